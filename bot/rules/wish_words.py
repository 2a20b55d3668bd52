"""What tells kinds of goods apart, what is said of all alike, and what says nothing of any.

A quality belongs to a dimension: of two wishes with different qualities of one dimension, the goods differ.
A line is one meaning, as in the lists of goods.
"""

from collections.abc import Mapping
from typing import Final

QUALITIES: Final[Mapping[str, str]] = {
    "state": """
dried, dry | seco, deshidratado, desidratado | сушеный, сухой, вяленый, сушка | 干, 风干, 晒干
frozen | congelado | замороженный, мороженый, заморозка | 冷冻, 速冻, 冰冻
smoked | ahumado | копченый | 烟熏, 熏
roasted, toasted | tostado, asado | жареный, обжаренный | 烤, 炒
pickled, fermented | encurtido, fermentado | маринованный, квашеный, малосольный | 腌, 腌制, 发酵
wet, canned, tinned | humedo, enlatado, en lata, lata | влажный, консервированный, консервы | 湿, 湿粮, 罐头
instant | instantaneo, soluble | растворимый, быстрого приготовления | 速溶, 即食
candied | confitado, glaseado | цукаты, засахаренный | 蜜饯
raw, unroasted | crudo, sin tostar | сырой, необжаренный | 生的, 原味
""",
    "salt": """
salted | salado, con sal | соленый | 盐焗, 咸
unsalted | sin sal | несоленый, без соли | 无盐
""",
    "form": """
ground | molido | молотый | 磨, 粉状
powder, powdered | polvo, en polvo | порошковый, в порошке | 粉
liquid | liquido | жидкий | 液体
capsule, capsules, pods | capsula, capsulas | капсулы, в капсулах | 胶囊
whole bean, whole beans, beans whole | en grano, grano | в зернах, зерновой, зерно | 整豆
loose leaf, loose | a granel, hebras | листовой, рассыпной | 散装, 散茶
bar, solid | solido | твердый | 固体
spray | spray, en spray | спрей | 喷雾
""",
    "colour": """
red | rojo, tinto | красный | 红色, 红
green | verde | зеленый | 绿色, 绿
black | negro | черный | 黑色, 黑
white | blanco | белый | 白色, 白
blue | azul | синий, голубой | 蓝色, 蓝
yellow | amarillo | желтый | 黄色, 黄
brown | marron, moreno | коричневый, бурый | 棕色, 棕
pink | rosado | розовый | 粉色, 粉红
purple, violet | morado, violeta | фиолетовый | 紫色, 紫
grey, gray | gris | серый | 灰色, 灰
golden, gold | dorado | золотой | 金色
""",
    "material": """
wool, woollen, woolen, merino, woolly | lana, de lana, merino | шерстяной, из шерсти, шерсть | 羊毛, 毛
cotton | algodon, de algodon | хлопковый, хлопок, из хлопка, хлопчатобумажный | 棉, 纯棉, 全棉
linen, flaxen | lino, de lino | льняной, из льна | 亚麻
leather | cuero, de cuero, piel | кожаный, из кожи | 皮, 真皮
silk | seda, de seda | шелковый, из шелка, шелк | 丝绸, 真丝
cashmere | cachemira, cachemir | кашемировый, кашемир | 羊绒
bamboo | bambu, de bambu | бамбуковый, бамбук | 竹, 竹子
cast iron, iron cast | hierro fundido, hierro | чугунный | 铸铁, 铁
non stick, nonstick | antiadherente | антипригарный | 不粘
stainless steel, steel, stainless, metal | acero inoxidable, acero, metalico, metal, metalica | нержавеющий, нержавейка, стальной, металлический, железный | 不锈钢, 金属
ceramic, clay | ceramica, barro, de barro | керамический, керамика, глиняный | 陶瓷, 陶
wooden, wood | madera, de madera | деревянный, дерево | 木, 木头, 实木
plastic | plastico | пластиковый, пластмассовый | 塑料
silicone | silicona | силиконовый | 硅胶
rubber | goma, de goma | резиновый | 橡胶
glass made, glass | de cristal, de vidrio, vidrio | стеклянный | 玻璃
carbon steel | acero al carbono | из углеродистой стали | 碳钢
""",
    "taste": """
sweet, sweetened | dulce | сладкий | 甜
sour | acido, agrio | кислый | 酸
spicy, hot | picante | острый | 辣, 香辣, 麻辣
bitter, dark | amargo, oscuro | горький, темный | 苦
""",
    "source": """
goat, goats | de cabra, cabra | козий | 山羊
sheep | de oveja, oveja | овечий | 绵羊
cow, cows | de vaca, vaca | коровий | 奶牛
camel | de camello | верблюжий | 骆驼
rye | centeno, de centeno | ржаной | 黑麦
soy, soya | de soja, soja | соевый | 豆制
acacia | de acacia | акациевый, из акации, акация | 槐花, 洋槐
linden, lime blossom | de tilo, tilo | липовый | 椴树, 椴树蜜
manuka | manuka | манука | 麦卢卡
orange blossom | azahar, de azahar | апельсиновый цвет | 橙花
wildflower, wild flower | mil flores, milflores | цветочный, разнотравье | 百花
eucalyptus | eucalipto | эвкалиптовый | 桉树
heather | brezo | вересковый | 石楠
mountain | de montana | горный, таежный, лесной | 高山
herbal | de hierbas | травяной | 草本
basmati | basmati | басмати | 印度香米, 巴斯马蒂, 印度
sushi grade | para sushi | для суши | 寿司用
bomba, paella | bomba, paella, para paella | для паэльи | 海鲜饭
whole grain, wholegrain, wholemeal, whole wheat | integral | цельнозерновой | 全麦, 糙
glutinous, sticky | glutinoso | клейкий | 糯, 糯米
""",
    "wearer": """
kids, kid, children, childrens, child, baby, babies, toddler, newborn | infantil, ninos, nino, ninas, nina, bebe, bebes, peques | детский, детям, дети, детей, ребенок, ребенку, ребенка, малыш, малышам, малышей, младенец | 儿童, 宝宝, 婴儿, 小孩, 孩子, 小朋友, 幼儿
mens, men, man | de hombre, hombre, hombres, caballero | мужской, мужчин, мужчинам, мужчина | 男士, 男, 男款
womens, women, ladies, woman | de mujer, mujer, mujeres, senora | женский, женщин, женщинам, женщина | 女士, 女, 女款
adult, adults | adulto, adultos | взрослый, взрослых, взрослым | 成人, 大人
puppy, kitten, puppies, kittens | cachorro, gatito | щенок, щенкам, котенок, котятам | 幼犬, 幼猫
senior | senior, mayores | пожилых, пожилым | 老人
dogs, dog | perro, perros | собак, собаки, собака, собаке, собачий | 狗, 狗狗
cats, cat | gato, gatos | кошка, кошек, кошкам, кошачий, кот, кота | 猫, 猫咪
""",
    "grade": """
decaf, decaffeinated, caffeine free | descafeinado, sin cafeina | без кофеина, декаф | 无咖啡因, 低因, 脱因
gluten free, glutenfree | sin gluten | без глютена, безглютеновый | 无麸质
sugar free, sugarfree, unsweetened, no sugar | sin azucar | без сахара | 无糖
lactose free | sin lactosa | безлактозный, без лактозы | 无乳糖, 零乳糖
low fat, skimmed, fat free | desnatado, bajo en grasa | обезжиренный | 低脂, 脱脂
alcohol free, non alcoholic | sin alcohol | безалкогольный | 无酒精
seedless | sin semillas, sin pepitas | без косточек | 无籽
vegan, plant based | vegano, vegetal | веганский, растительный | 素, 纯素
electric | electrico | электрический | 电动
disposable | desechable, descartable, de un solo uso | одноразовый, разовый | 一次性
fragrance free, unscented | sin perfume | без запаха | 无香
wireless, cordless, bluetooth, blue tooth | inalambrico, bluetooth | беспроводной, аккумуляторный, блютуз | 无线, 蓝牙
""",
    "size": """
aa | aa | пальчиковый, пальчиковые, аа | 五号
aaa | aaa | мизинчиковый, мизинчиковые, ааа | 七号
size d | tipo d | d | 一号
""",
}
"""Qualities that make it something else, by what they say."""

PRAISE: Final = """
fresh, freshly, waterproof, water resistant, windproof, memory foam, rechargeable, portable, reusable, washed | fresco, recien hecho, recien, resistente al agua, resistentes al agua, impermeable, impermeables, viscoelastico, recargable, lavado, limpio | свежий, свежеиспеченный, водостойкий, непромокаемый, водонепроницаемый, молодой, мытый, перезаряжаемый | 新鲜, 鲜, 现做, 防水, 记忆棉, 可充电, 防滑, 便携, 耐用
organic, bio, eco | ecologico, organico, bio | органический, фермерский, био, эко | 有机
natural | natural | натуральный | 天然
homemade, home made, handmade, artisan, farm | casero, artesano, artesanal, de pueblo | домашний, самодельный, деревенский, ручной | 自制, 手工, 农家, 土
local | local, de la zona | местный | 本地, 当地
good, nice, tasty, delicious, great, best, decent, quality, proper | bueno, buen, rico, sabroso, calidad, mejor, bien | хороший, вкусный, качественный, лучший | 好, 好吃, 好的, 优质, 正品
cheap, inexpensive, affordable | barato, economico | дешевый, недорогой | 便宜, 实惠
big, large, huge, long, wide, tall | grande, gran, largo, larga, largos, largas, ancho, ancha | большой, крупный, длинный, широкий, высокий | 大, 大号, 大包, 长, 长款, 宽
small, little, mini, short, thin, slim | pequeno, chico, corto, corta, cortos, cortas, delgado, delgada | маленький, мелкий, небольшой, короткий, тонкий, узкий | 小, 小号, 短, 薄, 细
warm, thick, soft | calido, grueso, caliente, suave | теплый, толстый, мягкий | 保暖, 厚, 加厚, 软
ripe, juicy | maduro, jugoso | спелый, сочный, зрелый, грунтовый, тепличный, парниковый | 熟, 成熟
extra, virgin, extra virgin, cold pressed | virgen, extra, virgen extra, prensado frio | первого отжима, нерафинированный, холодного отжима | 特级, 初榨
real, genuine, pure, original, authentic | autentico, puro, original | настоящий, чистый, оригинальный | 正宗, 纯, 原装
new | nuevo | новый | 新, 新的
peeled, shelled, pitted, sliced, chopped | pelado, pelada, deshuesado, sin hueso, en rodajas | очищенный, чищенный, нарезанный, без кожуры | 去皮, 去壳, 去核, 切片
hair | pelo, cabello | волос, волосы | 头发
royal canin | royal canin | роял канин, роял канина | 皇家
whole | entero | цельный, целый | 整
old | viejo, antiguo | старый | 旧, 老
wild | silvestre | дикий | 野生
classic, traditional, ordinary, normal, plain, usual | clasico, tradicional, normal, corriente | классический, обычный, традиционный, простой | 传统, 普通, 经典
set, kit, collection | set, kit, juego, coleccion | набор, комплект, коллекция, сет | 套装, 全集, 一套, 套
set of | juego de | набор | 组
type, kind, sort, style | tipo, clase, marca | вид, сорт, тип, марка | 种, 款, 品种
stuff, product, thing, things | cosa, producto, cosas | товар, продукт, штука, средство | 产品, 东西
pack, packs, bag, bags, box, boxes, jar, jars, kg, kilo, kilos, g, gram, grams, dozen, pair, pairs, piece, pieces, tin, tins, packet, packets, carton, cartons, liter, liters, litre, litres, roll, rolls, loaf, loaves, sack, can, cans, tub, tube, l, ml, bunch | paquete, bolsa, caja, tarro, bote, kilo, kg, docena, par, pares, litro, rollo, saco, garrafa, unidad, unidades, bolsita, bandeja, brick, tubo, gramo, gramos, kilito, racimo, manojo | пачка, пачки, пачек, упаковка, упаковки, банка, банки, банок, баночка, баночку, коробка, кг, кило, килограмм, пара, пар, пары, штук, штуки, шт, бутылка, бутылок, бутылочка, десяток, десятка, пакет, пакетик, литр, литра, литров, мешок, мешочек, рулон, грамм, тюбик, ведро, ведерко, пучок, лоток | 包, 袋, 盒, 瓶, 罐, 斤, 公斤, 双, 件, 个, 箱, 打, 块, 根, 条, 只, 桶, 卷, 升, 本, 把, 张, 支, 份, 颗, 粒, 提, 串, 枚, 片
"""
"""What people say of the same goods, and how these are packed: it tells nothing apart."""
