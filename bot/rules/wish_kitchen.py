"""What people of four languages call kitchenware, cleaning things, laundry things and what furnishes a home.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas.
"""

from typing import Final

KITCHEN: Final = """
grill pan, griddle pan | plancha de asar, parrilla de cocina, sarten grill | сковорода гриль | 牛排锅, 烤盘锅
pancake pan, crepe pan | sarten para crepes, crepera | блинная сковорода, блинница, сковорода для блинов | 煎饼锅, 可丽饼锅
dutch oven, enamelled casserole | cocotte, olla de hierro fundido | казан, жаровня, утятница, чугунок | 珐琅锅, 铸铁炖锅
paella pan | paellera | сковорода для паэльи, паэльера | 海鲜饭锅
lid, pot lid | tapa de olla, tapa de sarten | крышка для сковороды, крышка для кастрюли | 锅盖
steamer, bamboo steamer, steamer basket | vaporera, cesta de vapor, olla vaporera | пароварка, мантоварка, бамбуковая пароварка | 蒸锅, 蒸笼
hotpot cooker, electric hotpot | olla para hotpot | кастрюля для хого | 火锅锅, 鸳鸯锅, 电火锅
instant pot, multicooker, thermomix | thermomix, robot de cocina, olla programable | мультиварка, кухонный комбайн | 多功能锅, 电压力锅
food processor | procesador de alimentos, picadora | измельчитель, чоппер | 食物处理器, 绞肉机, 绞菜机
hand blender, stick blender | minipimer, batidora de mano, batidora de brazo | погружной блендер | 手持搅拌棒, 料理棒
meat grinder, mincer | picadora de carne, molino de carne | мясорубка | 电动绞肉机
waffle maker, waffle iron | gofrera, waflera | вафельница | 华夫饼机
sandwich maker, panini press | sandwichera | бутербродница, сэндвичница | 三明治机, 早餐机
bread maker, bread machine | panificadora, maquina de pan | хлебопечка | 面包机
yogurt maker | yogurtera | йогуртница | 酸奶机
soy milk maker | maquina de leche vegetal | соевая корова, аппарат для растительного молока | 豆浆机
egg cooker, egg boiler | hervidor de huevos, cuecehuevos | яйцеварка | 煮蛋器
food dehydrator, dehydrator | deshidratador, deshidratadora | сушилка для овощей, дегидратор | 干果机, 烘干机食品
vacuum sealer | envasadora al vacio, selladora al vacio | вакууматор, вакуумный упаковщик | 真空封口机
vacuum bags food, sous vide bags | bolsas de vacio, bolsas para envasar al vacio | вакуумные пакеты, пакеты для вакууматора | 真空袋
milk frother | espumador de leche, batidor de leche | капучинатор, вспениватель молока | 奶泡机, 打奶器
sodastream, soda maker | sodastream, maquina de soda, gasificador | сифон для газировки, содастрим | 气泡水机
ice cube tray, ice mould | cubitera, molde de hielo, hielera | форма для льда, формочки для льда | 冰格, 冰块模具
ice cubes, ice, bag of ice | hielo, bolsa de hielo, cubitos de hielo | лед, кубики льда, пищевой лед | 冰块, 食用冰
cake mould, silicone mould, muffin tin, bundt tin | moldes de silicona, molde de silicona, molde para magdalenas | силиконовая форма, форма для кексов, форма для торта | 硅胶模具, 烘焙模具
cupcake cases, muffin cases | capsulas de magdalenas, pirotines, papelitos para magdalenas | бумажные формочки для кексов, капсулы для кексов | 蛋糕纸杯
baking dish, casserole dish, oven dish | fuente de horno, bandeja de cristal, pyrex | форма для запекания, стеклянная форма | 烤碗, 烘焙盘
rolling pin | rodillo, rodillo de cocina, rodillo de amasar | скалка | 擀面杖
whisk | batidor, varillas, batidor manual, globo batidor | венчик | 手动打蛋器
spatula, turner | espatula, lengua pastelera | лопатка, силиконовая лопатка | 锅铲, 刮刀
ladle | cucharon | половник, поварешка | 汤勺, 大勺
kitchen utensils | utensilios de cocina | кухонные принадлежности, кухонная утварь | 厨具, 厨房用具
tongs | pinzas de cocina | щипцы кухонные, кухонные щипцы | 食物夹
peeler, vegetable peeler | pelador, pelapatatas, pelapapas | овощечистка | 削皮刀, 刨刀
grater | rallador, rallador de queso | терка, терки | 刨丝器, 擦丝器
mandoline slicer, vegetable slicer, spiralizer | mandolina, cortador de verduras | овощерезка, шинковка | 切菜器, 切片器
garlic press | prensa de ajos, prensaajos | чеснокодавка, пресс для чеснока | 压蒜器
can opener, tin opener | abrelatas | открывалка, консервный нож | 开罐器
corkscrew, bottle opener | sacacorchos, descorchador, abridor, abrebotellas | штопор | 开瓶器
colander, sieve, strainer | colador, escurridor de pasta | дуршлаг, сито | 漏勺, 沥水篮, 筛子
salad spinner | centrifugadora de lechuga, escurridor de ensalada | сушилка для салата | 沙拉甩干器
measuring cup, measuring spoons, measuring jug | tazas medidoras, jarra medidora, cucharas medidoras | мерный стакан, мерные ложки | 量杯, 量勺
mortar, pestle and mortar, molcajete | mortero, molcajete | ступка, ступка с пестиком | 研钵, 蒜臼
pepper mill, salt mill, pepper grinder | molinillo de pimienta, molinillo de sal | мельница для перца, мельница для специй, перцемолка | 胡椒研磨器
spice jars, spice rack | especiero, tarros de especias, botes de especias | баночки для специй, банки для специй | 调料罐, 调料盒
oil dispenser, oil bottle, oil sprayer | aceitera, pulverizador de aceite | бутылка для масла, распылитель масла | 油壶, 喷油瓶
bread bin, bread bag | panera, bolsa para el pan | хлебница, мешочек для хлеба | 面包箱
sugar bowl, salt cellar, salt shaker, butter dish | azucarero, salero, mantequera | сахарница, солонка, масленка | 糖罐, 盐罐
cake stand, tiered tray | expositor de tartas, portatartas | подставка для торта | 蛋糕架
tray, serving tray | bandeja, charola | поднос | 托盘
jug, pitcher, carafe, decanter | jarra, decantador, jarra de agua | графин, кувшин | 冷水壶, 凉水壶, 醒酒器
cups and saucers, coffee cups, espresso cups | tazas con platillo | кофейные чашки, чашка с блюдцем, чайная пара | 咖啡杯, 杯碟
travel mug, coffee to go cup, thermal mug | taza termica, vaso termico, taza de viaje | термокружка, термостакан | 随行杯, 咖啡随行杯
wine glass, wine goblets, wine glasses, glasses for wine | copas de vino, copa de vino | бокалы для вина, бокал для вина, винные бокалы | 红酒杯, 高脚杯, 葡萄酒杯
champagne glasses, flutes | copas de champan, copas de cava | бокалы для шампанского, фужеры | 香槟杯
beer glasses, beer mug | vasos de cerveza, jarra de cerveza | пивные бокалы, пивная кружка | 啤酒杯
tumblers, water glasses | vasos de agua, vasos de cristal | стакан, стакана, стаканчики | 水杯
mate gourd, mate cup, bombilla straw | calabaza de mate, vaso de mate, bombilla de mate, matero | калабас, бомбилья | 马黛茶杯
gaiwan, tea tray, gongfu set | gaiwan, bandeja de te | гайвань, чабань | 盖碗, 茶盘, 茶宠
tea strainer, tea infuser | colador de te, infusor de te | ситечко для чая, ситечко | 茶漏, 滤茶器
dinner set, crockery, dinnerware, tableware | vajilla, juego de platos | сервиз, посуда, столовый сервиз, набор посуды | 碗碟套装, 餐具套装
teaspoons, tea spoons | cucharitas, cucharilla, cucharillas | чайные ложки, чайная ложка | 茶匙, 咖啡勺
coasters, placemats, place mats | posavasos, manteles individuales, salvamanteles | подставки под кружки, подставка под горячее, сервировочные салфетки | 杯垫, 餐垫, 隔热垫
oven gloves, oven mitts, pot holders | guantes de horno, manopla de horno, agarradores | прихватки, прихватка, рукавица для духовки | 隔热手套, 烤箱手套
tea towels, dish towels, kitchen towels cloth, linen tea towels | pano de cocina, panos de cocina, trapos de cocina, repasadores | кухонные полотенца, полотенца кухонные, вафельные полотенца | 擦碗布, 厨房毛巾
dish rack, dish drainer | escurreplatos, escurridor de platos | сушилка для посуды | 碗架, 沥水架
paper plates, disposable plates | platos desechables, platos de papel, platos de carton | одноразовые тарелки, бумажные тарелки | 一次性盘子, 纸盘
paper cups, disposable cups, plastic cups | vasos desechables, vasos de papel, vasos de plastico, vasos de carton | одноразовые стаканчики, бумажные стаканчики, одноразовые стаканы | 一次性杯子, 纸杯
disposable cutlery, disposable tableware, wooden cutlery | cubiertos desechables, vajilla desechable, cubiertos de madera | одноразовая посуда, одноразовые приборы, одноразовые вилки | 一次性餐具, 一次性筷子
bamboo skewers, skewers, wooden skewers | brochetas, palillos de brocheta, pinchos de madera | шпажки, шампуры, деревянные шпажки | 竹签, 烤串签
toothpicks, toothpick | mondadientes, escarbadientes, palillos mondadientes | зубочистки, зубочистка | 牙签
beeswax wraps, beeswax wrap, reusable food wrap | envoltorio de cera, paño de cera de abeja | восковые салфетки | 蜂蜡布
silicone lids | tapas de silicona | силиконовые крышки | 硅胶盖
preserving jars, canning jars, jar lids | tarros para conservas, tapas para conservas, frascos para conserva | банки для консервирования, крышки для банок, крышки для закатки | 玻璃密封罐, 罐头瓶
rubber bands, elastic bands | gomas elasticas, ligas | резинки, канцелярские резинки, резинки для денег | 橡皮筋
bag clips, food clips | pinzas para bolsas, pinzas cierrabolsas | зажимы для пакетов, клипсы для пакетов | 封口夹
water dispenser, water pump for bottle | dispensador de agua | помпа для воды, кулер | 饮水机, 抽水器
scouring pads, steel wool, scourers | estropajo de aluminio, lana de acero, nanas | металлическая губка, железная мочалка, губка металлическая | 钢丝球
microfibre cloths, microfiber cloths, microfibre cloth, cleaning cloths, dusters | bayeta, bayetas, bayetas de microfibra, panos de microfibra, trapos de microfibra, pano de microfibra, gamuza | салфетки из микрофибры, микрофибра, тряпки из микрофибры, тряпки микрофибра, тряпочки из микрофибры | 超细纤维布, 抹布, 清洁布
rags, floor cloth | trapo, trapos | тряпки, тряпка, тряпочки | 擦地布
magic eraser, melamine sponge | borrador magico, esponja magica, esponja borradora | меламиновая губка, меламиновые губки | 魔术擦, 纳米海绵
bath sponge, loofah, shower puff | esponja de bano, esponja de ducha, guante exfoliante | мочалка, мочалки | 搓澡巾, 沐浴球, 浴花
toilet brush | escobilla de bano, escobilla del vater, cepillo de bano | ершик для унитаза, ершик, ершик туалетный | 马桶刷
cleaning brush, scrubbing brush, bottle brush | cepillo de limpieza, cepillo para platos, cepillo para botellas | щетка для посуды, щетка для мытья, ершик для бутылок | 清洁刷, 杯刷
dustpan, dustpan and brush | recogedor, cogedor | совок, совок и щетка | 簸箕
bucket, pail | cubo, balde, cubeta | ведра, ведро для мытья | 水桶
mop heads, mop pads, mop head refill | recambio de mopa, recambio de fregona | насадка для швабры, насадки для швабры | 拖把头, 拖把布
window squeegee, squeegee | limpiacristales de goma | скребок для окон, окномойка | 擦窗器, 玻璃刮
dish soap, eco dish soap, washing up liquid refill, dish liquid, washing-up liquid, fairy liquid | fairy, lavaloza, lavatrastes, detergente para platos, lavaplatos, jabon de trastes, jabon de platos, jabon lavaplatos, liquido lavaplatos, detergente vajilla | фэйри, гель для мытья посуды, гель для посуды, моющее для посуды, жидкость для посуды | 餐具洗涤剂, 洗碗液, 洗碗精, 洗洁剂, 餐洗净
dishwasher salt | sal para lavavajillas, sal lavavajillas | соль для посудомойки, соль для посудомоечной машины | 洗碗盐, 洗碗机盐
rinse aid, dishwasher rinse aid | abrillantador, abrillantador lavavajillas | ополаскиватель для посудомойки, ополаскиватель для посудомоечной машины | 漂洗剂, 亮碟剂
dishwasher tablets, dishwasher capsules | tabletas lavavajillas, tabletas de lavavajillas, pastillas del lavaplatos, pastillas para lavaplatos | таблетки для пмм, капсулы для посудомоечной машины, капсулы для пмм, таблетки посудомойка | 洗碗机专用块
oxygen bleach, oxi bleach, percarbonate | percarbonato, blanqueador de oxigeno, vanish | кислородный отбеливатель, перкарбонат, ваниш | 过碳酸钠, 爆炸盐, 彩漂粉
washing soda, soda ash | sosa, carbonato de sodio, percarbonato sosa | кальцинированная сода, сода кальцинированная | 碱面, 苏打粉
laundry soap, soap bar for laundry, soap flakes | jabon lagarto, jabon de marsella, jabon para lavar ropa, escamas de jabon | хозяйственное мыло, мыло хозяйственное | 洗衣皂, 马赛皂
baby laundry detergent | detergente para bebes, detergente de bebe | детский порошок, детский стиральный порошок, средство для стирки детского белья | 婴儿洗衣液, 宝宝洗衣液
wool detergent, delicates detergent | detergente para lana, detergente ropa delicada | средство для стирки шерсти, гель для шерсти | 羊毛洗涤剂, 真丝洗液
colour catcher sheets | toallitas atrapacolor, toallitas anticolor | салфетки ловушки цвета, ловушки для цвета | 吸色片, 防串色
laundry scent beads, scent boosters | perlas perfumadas, perlas para la ropa | ароматизатор для белья, гранулы для белья | 留香珠
dryer balls, wool dryer balls | bolas de secadora, bolas de lana | шары для сушки | 羊毛烘干球
washing machine cleaner | limpiador de lavadora, limpialavadoras | средство для стиральной машины, очиститель стиральной машины | 洗衣机清洁剂, 洗衣机槽清洁剂
laundry bags, mesh laundry bag | bolsa de lavado, bolsas de red para lavar | мешок для стирки, мешки для стирки | 洗衣袋
laundry basket, hamper | cesto de ropa, cesto de la ropa sucia, canasto de ropa | корзина для белья | 脏衣篮, 洗衣篮
clothes pegs, clothes pins, pegs | pinzas de la ropa, pinzas de ropa, broches de ropa | прищепки, прищепка | 晾衣夹, 衣夹, 晾衣夹子, 衣服夹子
drying rack, clothes horse, clothes airer | tendedero, tendedero de ropa | сушилка для белья | 晾衣架
ironing board | tabla de planchar, burro de planchar | гладильная доска, доска гладильная | 烫衣板, 熨衣板
garment steamer, clothes steamer | vaporeta, plancha vertical, vaporizador de ropa | отпариватель | 挂烫机
hangers, clothes hangers, coat hangers | percha, perchas, ganchos de ropa | вешалки, вешалка, плечики | 衣架
lint roller, lint remover | rodillo quitapelusas, quitapelusas, rodillo de pelusas | ролик для одежды, липкий ролик, ролик от шерсти, машинка для катышков | 粘毛器, 去毛球器, 毛球修剪器
moth repellent, mothballs, cedar balls | antipolillas, bolas de naftalina, bolsitas antipolillas | средство от моли, шарики от моли, таблетки от моли | 樟脑丸, 防蛀
dehumidifier, moisture absorber | deshumidificador, absorbehumedad, antihumedad | осушитель воздуха, влагопоглотитель | 除湿机, 除湿袋, 除湿盒
air freshener, room spray | ambientador, aromatizante | освежитель воздуха, освежитель | 空气清新剂
drain cleaner, drain unblocker | desatascador, desatascador liquido | средство от засоров, средство для труб, крот | 管道疏通剂
oven cleaner, degreaser, kitchen degreaser | quitagrasas, limpiador de horno, desengrasante | антижир, средство от жира, средство для духовки, жироудалитель | 油污清洁剂, 去油剂, 重油污
bathroom cleaner, limescale remover, mould remover | antical, limpiador de bano, antimoho, quitamoho | средство для ванной, средство от плесени, средство от известкового налета | 浴室清洁剂, 除霉剂
toilet blocks, toilet rim blocks | pastilla wc, pastillas para el inodoro, colgador wc | блок для унитаза, туалетный блок | 马桶清洁块, 洁厕块
furniture polish, wood polish | abrillantador de muebles, limpiador de madera, cera para muebles | полироль для мебели, полироль | 家具蜡, 家具护理
carpet cleaner | limpiador de alfombras | средство для ковров | 地毯清洁剂
disinfectant, disinfectant spray, dettol | desinfectante, lysol, desinfectante de superficies | дезинфицирующее средство, дезинфектор, септик | 消毒剂, 消毒喷雾, 滴露
rubbing alcohol, isopropyl alcohol, alcohol | alcohol, alcohol isopropilico | спирт, медицинский спирт | 酒精, 消毒酒精
hydrogen peroxide | agua oxigenada, peroxido de hidrogeno | перекись водорода, перекись | 双氧水
green soap, black soap, eco cleaner | jabon potasico, jabon negro | зеленое мыло, черное мыло | 黑皂
cockroach bait, ant bait, insecticide | insecticida, cebo para cucarachas, antihormigas, matacucarachas | средство от тараканов, средство от муравьев, дихлофос | 蟑螂药, 杀虫剂, 蚂蚁药
mouse trap, rat trap | trampa para ratones, ratonera | мышеловка | 捕鼠器, 粘鼠板
fly trap, fly paper, fly swatter | matamoscas, trampa para moscas | липучка от мух, мухобойка, ловушка для мух | 苍蝇贴, 苍蝇拍
mosquito coils, mosquito plug in | antimosquitos electrico, espirales antimosquitos, pastillas antimosquitos | фумигатор, спирали от комаров, пластины от комаров | 电蚊香, 蚊香液
tick remover, tick repellent | quitagarrapatas, repelente de garrapatas | средство от клещей, спрей от клещей | 防蜱虫喷雾
wet toilet paper, moist toilet tissue, flushable wipes | papel higienico humedo, toallitas wc | влажная туалетная бумага | 湿厕纸
screen wipes, screen cleaner | toallitas para pantallas, toallitas limpiapantallas, limpiador de pantallas | салфетки для экранов, влажные салфетки для экранов, салфетки для монитора, влажные салфетки для монитора | 屏幕清洁湿巾, 屏幕清洁剂
disinfecting wipes, antibacterial wipes, cleaning wipes | toallitas desinfectantes, toallitas antibacterianas | антибактериальные салфетки, дезинфицирующие салфетки, спиртовые салфетки | 消毒湿巾, 酒精湿巾, 酒精棉片
glasses wipes, lens wipes | toallitas para gafas, toallitas limpiagafas | салфетки для очков | 眼镜布, 镜片清洁湿巾
facial tissue cotton, face towels disposable | toallitas secas faciales | одноразовые полотенца, сухие салфетки | 洗脸巾, 棉柔巾
beach towel | toalla de playa | пляжное полотенце | 沙滩巾
hand towels, small towels | toallas de manos, toalla de manos | полотенца для рук, маленькие полотенца | 擦手巾, 小方巾
bath mat, bathroom rug | alfombrilla de bano, alfombra de bano, alfombrilla de ducha | коврик для ванной, коврик в ванную | 浴室垫, 吸水地垫
shower curtain | cortina de ducha, cortina de bano | шторка для ванной, штора для душа | 浴帘
shower head, shower hose | alcachofa de ducha, telefono de ducha, cabezal de ducha | лейка для душа, душевая лейка | 花洒, 淋浴喷头
shower filter | filtro de ducha | фильтр для душа | 花洒滤芯
soap dish, soap dispenser | jabonera, dispensador de jabon, dosificador de jabon | мыльница, дозатор для мыла | 皂盒, 皂液器
fitted sheet, fitted sheets, bed sheet | sabana bajera, sabana, bajera | простыня на резинке, натяжная простыня | 床笠
duvet covers, duvet cover set | fundas nordicas | пододеяльники | 被罩
mattress protector, mattress pad, mattress topper | protector de colchon, cubrecolchon, topper | наматрасник, топпер | 床垫保护垫, 床褥
weighted blanket | manta pesada, manta con peso | утяжеленное одеяло | 重力毯
bedspread, coverlet | colcha, cubrecama | покрывало | 床罩, 床盖
sofa cover, couch cover | funda de sofa, cubresofa | чехол на диван, накидка на диван | 沙发套, 沙发垫
cushion, cushions, throw pillow, cushion cover | cojin, cojines, funda de cojin | декоративная подушка, диванная подушка | 抱枕, 靠垫
neck pillow, travel pillow | almohada de viaje, almohada cervical | подушка для шеи, дорожная подушка | 颈枕, u型枕
sleep mask, eye mask | antifaz, antifaz para dormir | маска для сна | 眼罩
ear plugs, earplugs | tapones para los oidos, tapones de oido | беруши | 耳塞
storage box, storage bins, plastic box, organiser, organizer | caja de almacenaje, cajas organizadoras, organizador, caja organizadora, cajas de plastico, cajas de almacenaje, cajas para guardar ropa | контейнер для хранения, ящик для хранения, органайзер, короб для хранения, контейнеры для хранения вещей, контейнеры для вещей, короба для хранения | 储物盒, 储物箱, 收纳箱, 整理箱
vacuum storage bags, space bags | bolsas al vacio para ropa, bolsas de vacio ropa | вакуумные мешки для одежды, вакуумные пакеты для одежды | 真空压缩袋, 压缩袋
basket, wicker basket | cesta, cesto, cesta de mimbre, canasta | корзина, плетеная корзина, корзинка | 篮子, 编织篮
shelf, shelving, bookshelf, rack | estante, estanteria, repisa | полка, стеллаж, этажерка | 置物架, 书架, 架子
shoe rack | zapatero | обувница, полка для обуви | 鞋架
coat hook, wall hooks, adhesive hooks | gancho adhesivo, ganchos adhesivos, colgador | крючки, самоклеющиеся крючки, крючок | 挂钩, 粘钩
mirror | espejo | зеркало | 镜子
picture frame, photo frame | marco de fotos, portarretratos | фоторамка, рамка для фото, рамка | 相框
vase | florero, jarron | ваза | 花瓶
doormat, door mat | felpudo | придверный коврик, коврик у двери | 门垫, 地垫
chair, chairs | silla, sillas | стул, стулья, стульев | 椅子
folding chair, camping chair | silla plegable, silla de camping | складной стул, раскладной стул, складное кресло | 折叠椅, 露营椅
table, desk | mesa, escritorio | стол, столик | 桌子, 书桌
folding table, camping table | mesa plegable, mesa de camping | складной стол, раскладной стол | 折叠桌
office chair, gaming chair | silla de oficina, silla gamer, silla de escritorio | офисное кресло, компьютерное кресло | 办公椅, 电竞椅
stool, footstool | taburete, banqueta, banquito | табурет, табуретка | 凳子, 小板凳
wallpaper | papel pintado, papel tapiz | обои | 墙纸, 壁纸
blinds, roller blind | persiana, estor, estores | жалюзи, рулонные шторы | 百叶窗, 卷帘
tealights, tea lights, tea light candles | velas de te, velitas | чайные свечи, свечи таблетки | 蜡烛茶烛, 小蜡烛
beeswax candles | velas de cera de abeja, vela de cera de abejas | восковые свечи, свечи из воска, свечи из вощины | 蜂蜡蜡烛
soy wax, candle wax, candle making kit | cera de soja, kit de velas, cera para velas | воск для свечей, соевый воск | 大豆蜡, 蜡烛材料
paper bags, paper bag, brown paper bags | bolsas de papel, bolsitas de papel, bolsa de papel | бумажные пакеты, бумажный пакет, крафт пакеты | 纸袋, 牛皮纸袋
coffee machine cleaner, coffee machine cleaning tablets, espresso machine cleaning tablets, coffee machine descaler | pastillas de limpieza para cafetera, limpiador de cafetera, pastillas limpiadoras de cafetera, descalcificador de cafetera | таблетки для кофемашины, таблетки для чистки кофемашины, средство для кофемашины | 咖啡机清洁片, 咖啡机清洁剂, 咖啡机清洁药片
matches | cerillas, fosforos, cerillos | спички, спичек | 火柴
lighter, lighters | mechero, encendedor | зажигалка, зажигалки | 打火机
air conditioner, ac unit | aire acondicionado, aire portatil | сплит система | 空调
washing machine | lavadora | стиральная машина, стиралка | 洗衣机
dishwasher | maquina lavavajillas | посудомоечная машина, посудомойка | 洗碗机
fridge, refrigerator, freezer | nevera, frigorifico, refrigerador, heladera, arcon congelador | холодильник, морозилка, морозильная камера | 冰箱, 冰柜
steam mop, steam cleaner | mopa a vapor, limpiador a vapor | паровая швабра, пароочиститель | 蒸汽拖把
handheld vacuum, cordless vacuum | aspiradora de mano, aspirador de mano, aspirador sin cable | ручной пылесос, беспроводной пылесос | 手持吸尘器, 无线吸尘器
"""
