"""What people of four languages call what is needed in a kitchen, a garden, a bathroom and a laundry.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas. The first word names it.
"""

from typing import Final

HOUSEHOLD: Final = """
dog food, dog kibble, kibble | comida para perros, pienso para perros, croquetas para perros, alimento para perro, alimento perro, alimento balanceado perro, croquetas perro, comida perro, croquetas de perro, pienso perro, pienso de perro, balanceado para perros, concentrado para perros, purina perro | корм для собак, собачий корм, корм собаке, собаке корм | 狗粮, 狗狗粮, 狗干粮, 狗饲料, 犬粮, 狗主粮, 犬主粮
cat food, cat kibble, cat biscuits, kitty food, kibble for cats | comida para gatos, pienso para gatos, croquetas para gatos, alimento para gato, alimento gato, croquetas gato, comida gato, pienso gato, croquetas de gato, pienso de gato, balanceado para gatos, alimento balanceado para gatos, concentrado para gatos | корм для кошек, кошачий корм, корм кошкам, корм для котов, сухарики для кошки, сухой корм кошке | 猫粮, 猫咪粮, 猫干粮, 猫饲料, 猫咪干粮, 猫饼干, 猫咪饲料, 猫主粮, 成猫粮
cat litter, kitty litter, clumping cat litter, bentonite litter, tofu cat litter, tofu litter, clumping litter, cat sand, litter for cats | arena para gatos, arena gato, piedras sanitarias, piedritas para gato, arena aglomerante, arena bentonita, arena tofu para gatos, arena para gato, arena sanitaria, sanitario para gatos | наполнитель для кошачьего туалета, наполнитель для туалета, наполнитель кошачий, наполнитель, комкующийся наполнитель, бентонитовый наполнитель, соевый наполнитель, кошачий наполнитель, наполнитель для кошки, древесный наполнитель, наполнитель кошке | 猫砂, 膨润土猫砂, 毛砂, 猫沙, 豆腐砂, 猫咪砂, 膨润土砂, 混合猫砂
dog treats, dog chews, dog snacks, treats for the dog | premios para perros, snacks para perros, chuches para perro, chuches para perros, golosinas para perros, golosinas para perro, premios perro | лакомства для собак, вкусняшки собаке, вкусняшки для собак, лакомство собаке | 狗零食, 狗饼干, 狗狗零食
cat treats | premios para gatos, snacks para gatos, chuches para gatos, golosinas para gatos | лакомства для кошек, вкусняшки для кошек | 猫条, 猫零食, 猫咪零食
pet bed, dog bed, cat bed, bed for dog, dog basket | cama para perros, cama para gatos, cama de perro, camita para perro | лежанка, лежанка для собак, лежанка для кошек, лежак для собаки, лежак | 狗窝, 猫窝, 狗床, 宠物床, 猫床
scratching post, cat scratcher, cat tree | rascador, rascador para gatos | когтеточка | 猫抓板, 猫爬架
dog leash, leash, dog lead | correa, correa de perro | поводок, поводок для собак | 狗绳, 牵引绳
collar, dog collar | collar de perro | ошейник | 项圈
flea drops, flea collar, flea treatment | antiparasitario, pipetas antipulgas, collar antipulgas | капли от блох, ошейник от блох, средство от блох | 驱虫药, 除蚤
bird food, bird seed, birdseed | alpiste, comida para pajaros, semillas para pajaros, alimento para aves, comida de pajaros | корм для птиц, корм птичкам, корм птицам, семена для птиц, зерно для птиц | 鸟食, 鸟粮
fish food, aquarium fish food | comida para peces, alimento para peces | корм для рыбок | 鱼食, 鱼粮, 鱼饲料
hay | heno | сено | 干草, 提摩西草
frying pan, pan, skillet, fry pan, frypan | sarten, sarten de teflon, paila para freir, sartenes | сковорода, сковородка, сковородочка, сковорода тефлоновая | 平底锅, 煎锅, 平底煎锅, 不粘锅, 不沾锅, 平底不粘锅, 平底不沾锅, 煎盘
wok | wok | вок | 炒锅
saucepan, cooking pot, pot | olla, cazuela, cacerola, cazo | кастрюля | 锅, 汤锅, 炖锅, 奶锅
pressure cooker | olla a presion, olla express | скороварка | 高压锅
rice cooker | arrocera, olla arrocera | рисоварка | 电饭煲, 电饭锅
slow cooker | olla de coccion lenta | медленноварка, мультиварка | 慢炖锅
air fryer | freidora de aire, airfryer | аэрогриль, аэрофритюрница | 空气炸锅
kettle, electric kettle, water boiler | hervidor, tetera electrica, pava electrica | чайник, электрический чайник, электрочайник | 电热水壶, 水壶, 烧水壶
teapot | tetera | заварочный чайник, заварник | 茶壶
tea set | juego de te | чайный сервиз, чайный набор | 茶具
coffee maker, coffee machine, espresso machine | cafetera, maquina de cafe, cafetera espresso | кофеварка, кофемашина | 咖啡机
moka pot, stovetop espresso maker, stovetop coffee maker | cafetera italiana, moka, cafetera moka | гейзерная кофеварка, мока | 摩卡壶
french press | prensa francesa, cafetera francesa | френч пресс | 法压壶
coffee grinder | molinillo de cafe | кофемолка | 磨豆机, 咖啡研磨机
coffee filters, paper filters, coffee filter papers | filtros de cafe, filtros para cafetera, filtros de papel | фильтры для кофе, бумажные фильтры для кофе, фильтры для кофеварки | 咖啡滤纸, 滤纸
water filter, filter jug, water filter jug, brita jug | jarra filtrante, filtro de agua, jarra brita | фильтр для воды, фильтр кувшин, кувшин брита | 净水壶, 滤水壶, 净水器
filter cartridges, brita filter cartridges, brita filters, brita cartridges, replacement filters, brita, water filter cartridges, water filter refills | filtros brita, cartuchos brita, cartuchos de filtro, recambios brita, brita | кассеты для кувшина, кассеты для фильтра, картриджи для фильтра, кассеты брита, картриджи брита, брита, картридж для воды, фильтры брита, фильтр барьер, картриджи барьер | 碧然德滤芯, 滤芯, 碧然德, 净水器滤芯, 滤水壶滤芯
blender | batidora, licuadora | блендер | 搅拌机, 料理机, 破壁机
hand mixer, mixer | batidora de varillas, amasadora | миксер | 打蛋器, 厨师机
juicer | exprimidor | соковыжималка | 榨汁机
toaster | tostadora | тостер | 烤面包机, 吐司机
microwave | microondas | микроволновка, микроволновая печь | 微波炉
oven | horno | духовка, печь | 烤箱
baking tray, baking sheet, baking tin, cake tin | bandeja de horno, molde | противень, форма для выпечки | 烤盘, 蛋糕模具
baking paper, parchment paper, parchment, greaseproof paper | papel de horno, papel vegetal, papel manteca, papel de hornear, papel encerado | пергамент, бумага для выпечки, пергамент для выпечки | 烘焙纸, 油纸
cling film, plastic wrap, cling wrap, saran wrap | film transparente, papel film, papel transparente, papel vita, film de cocina, film alimentario, plastico para envolver, vitafilm | пищевая пленка | 保鲜膜, 保鲜纸
aluminium foil, aluminum foil, tin foil, foil | papel de aluminio, papel albal, papel plata | фольга, пищевая фольга | 锡纸, 铝箔, 铝箔纸
freezer bags, ziplock bags, zip bags, ziploc, zip lock bags, ziplocs | bolsas de congelacion, bolsas zip | пакеты для заморозки, зип пакеты, пакеты с застежкой | 密封袋, 保鲜袋, 自封袋
bin bags, rubbish bags, trash bags, garbage bags, bin liners, trash liners, garbage liners, refuse sacks, black bags for rubbish | bolsas de basura, bolsas de residuos, bolsas de desechos, bolsas para la basura, bolsas de consorcio, fundas de basura, fundas para basura, bolsas para residuos, bolsa de consorcio | мусорные пакеты, мешки для мусора, пакеты для мусора, мусорные мешки, мешки мусорные, мусорники | 垃圾袋, 塑料垃圾袋, 垃圾胶袋, 垃圾塑料袋
shopping bag, tote bag, tote | bolsa de tela, bolsa de compra | шоппер, сумка шоппер | 帆布袋, 购物袋
lunch box, lunchbox, bento box | fiambrera, tupper, lonchera | ланчбокс, контейнер для обеда | 饭盒, 便当盒
glass food containers, glass containers, glass tupperware | tuppers de vidrio, recipientes de vidrio, tuppers de cristal | стеклянные контейнеры, контейнеры из стекла | 玻璃保鲜盒, 玻璃饭盒
food containers, storage containers, tupperware, food containers with lids, containers with lids, glass containers with lids, storage tubs, tupperware boxes, plastic tubs with lids | recipiente, recipientes de comida, tuppers, taperes, taper, tupper, tuper, tupers, topers, toppers, recipientes, fiambreras, tapers, recipientes herméticos, envases para comida | контейнеры для еды, пищевые контейнеры, контейнеры, контейнер, контейнеры для хранения еды, пищевой контейнер | 保鲜盒, 收纳盒, 密封盒, 食品盒, 乐扣, 保鲜碗
chopping board, cutting board | tabla de cortar, tabla para picar, tabla de picar, tabla de cocina | разделочная доска, доска для нарезки, доска для резки, кухонная доска | 砧板, 菜板, 案板, 切菜板, 切板
kitchen knife, chefs knife, chef knife, knife, knives | cuchillo, cuchillo de cocina, cuchillo cocinero, cuchillo de chef | нож, ножи, кухонный нож, поварской нож | 刀, 菜刀, 厨刀, 刀具
knife sharpener, whetstone | afilador | точилка для ножей | 磨刀石, 磨刀器
scissors | tijeras | ножницы | 剪刀
fork, forks | tenedor | вилка, вилки | 叉子
spoon, spoons | cuchara | ложка, ложки | 勺子, 汤匙
cutlery | cuberteria, cubiertos | столовые приборы | 餐具
chopsticks | palillos | палочки для еды, палочки | 筷子
plate, plates | plato, platos llanos, platos hondos | тарелка, тарелки | 盘子, 碟子
bowl, bowls | cuenco, bol | миска, пиала | 碗
glasses, drinking glasses, set of glasses | vaso, vasos, copa, copas | стаканы, бокалы, бокал | 玻璃杯, 酒杯
mug, cup, mugs, coffee mugs, tea mugs | taza, tazas de cafe | кружка, чашка | 杯子, 马克杯
glass jars, mason jars, jars, glass jars with lids, jars with lids | tarros de cristal, frascos | стеклянные банки | 玻璃罐, 密封罐, 玻璃密封罐
kitchen scale, scales, scale | bascula, bascula de cocina, balanza | кухонные весы, весы | 厨房秤, 电子秤, 体重秤
thermometer | termometro | градусник, термометр | 温度计, 体温计
thermos, vacuum flask, thermos flask, insulated bottle, flask, flasks | termo | термос | 保温杯, 保温瓶, 暖水瓶, 热水壶保温
water bottle, drinking bottle, bottle | botella de agua, botella, cantimplora | бутылка для воды, бутылка, фляга | 水瓶, 水壶杯, 运动水壶, 瓶子
botijo, clay water jug | botijo, botijo de barro | ботихо | 西班牙陶罐
drinking straws, straws | pajitas, popotes | трубочки | 吸管
sponge, sponges, dish sponges | esponja, estropajo, fibras para trastes, fibra esponja, esponjas para platos | губка, губки, губки для посуды | 海绵, 洗碗海绵, 百洁布, 菜瓜布, 洗碗布海绵
dish soap, washing up liquid, dishwashing liquid for clothes, dishwashing liquid, dishwashing detergent | lavavajillas, lavavajillas a mano, jabon para platos | средство для мытья посуды, средство для посуды, фейри | 洗洁精
dishwasher tablets, dishwasher tabs, dishwasher pods | pastillas lavavajillas, pastillas para lavavajillas, capsulas lavavajillas | таблетки для посудомойки, таблетки для посудомоечной машины, капсулы для посудомойки | 洗碗块, 洗碗机块, 洗碗凝珠
washing powder, laundry powder, powder detergent, detergent powder, laundry detergent powder, laundry powder detergent, powdered detergent, soap powder | detergente en polvo, jabon en polvo, jabon polvo, detergente polvo | стиральный порошок, порошок для стирки, порошок, порошок автомат | 洗衣粉
laundry liquid, liquid detergent, laundry detergent, liquid laundry detergent, detergent, laundry gel, washing liquid for clothes, washing liquid, laundry liquid detergent | detergente liquido, detergente liquido ropa, detergente, detergente para ropa, jabon liquido para ropa, jabon para la lavadora, jabon para lavadora, jabon de lavadora | жидкий порошок, гель для стирки, жидкое средство для стирки, средство для стирки | 洗衣液, 洗衣精, 洗衣露
laundry capsules, laundry pods, washing pods, laundry tablets, washing capsules | capsulas de detergente, capsulas para lavadora, capsulas lavadora, capsulas de lavadora, pods de detergente | капсулы для стирки | 洗衣凝珠, 洗衣球, 洗衣珠
laundry sheets, laundry strips | hojas de detergente, tiras de detergente | листы для стирки, салфетки для стирки | 洗衣片
fabric softener, softener, fabric conditioner | suavizante, suavitel, vivere, suavizante ropa | кондиционер для белья, ополаскиватель для белья, ленор, кондиционер для стирки | 柔顺剂, 衣物柔顺剂, 柔软剂, 衣物柔软精, 柔软精, 金纺
stain remover | quitamanchas | пятновыводитель | 去渍剂, 彩漂
bleach | lejia, cloro, lavandina, agua lavandina, agua jane, clorox | отбеливатель, хлорка, белизна | 漂白剂, 84消毒液, 消毒液, 漂白水, 漂白粉, 漂水, 次氯酸
floor cleaner, all purpose cleaner, cleaner | limpiador, limpiasuelos, friegasuelos | средство для пола, моющее средство, чистящее средство, универсальное моющее, универсальное чистящее | 清洁剂, 地板清洁剂
glass cleaner, window cleaner | limpiacristales, limpiavidrios, limpia vidrios | средство для стекол, жидкость для мытья окон, средство для мытья окон, мистер мускул | 玻璃清洁剂
toilet cleaner, toilet duck | limpiador de inodoro, limpiador de vater, limpiador para el vater, limpiador para el inodoro, limpia inodoros, limpiador de wc, limpia wc, pato wc, limpiador wc | средство для унитаза, утенок, туалетный утенок, доместос | 洁厕灵, 马桶清洁剂, 马桶清洁, 洁厕剂
descaler | descalcificador | средство от накипи | 除垢剂
citric acid | acido citrico | лимонная кислота | 柠檬酸
mop | fregona, trapeador, mopa | швабра | 拖把
broom, brush for floor, floor brush | escoba | метла, веник | 扫帚, 扫把
sauna whisk, birch whisk, birch sauna whisk, bath broom | escobilla de abedul, vihta, ramas de abedul sauna | березовый веник, банный веник, веник для бани, березовый веник для бани | 桑拿桦树枝
vacuum cleaner, hoover | aspiradora, aspirador | пылесос | 吸尘器
robot vacuum, robot vacuum cleaner | robot aspirador, aspiradora robot | робот пылесос | 扫地机器人
vacuum bags, vacuum cleaner bags, hoover bags | bolsas de aspiradora | мешки для пылесоса, пылесборники, пылесборник | 吸尘袋, 吸尘器袋, 吸尘器尘袋, 尘袋
rubber gloves, kitchen gloves, washing up gloves, marigolds gloves | guantes de goma, guantes de latex, guantes de fregar, guantes de cocina goma, guantes para lavar platos, guantes de limpieza | резиновые перчатки, хозяйственные перчатки, перчатки для уборки, перчатки для посуды | 橡胶手套, 洗碗手套
disposable gloves, nitrile gloves, latex gloves | guantes desechables, guantes de nitrilo | одноразовые перчатки, нитриловые перчатки | 一次性手套, 丁腈手套
gardening gloves, garden gloves | guantes de jardin, guantes de jardineria | садовые перчатки, перчатки для сада, перчатки для работы в саду, перчатки садовые, перчатки саду | 园艺手套
work gloves | guantes de trabajo | рабочие перчатки, строительные перчатки | 劳保手套, 工作手套
seeds, seed | semilla | семена, семя | 种子, 籽
seedlings, seedling, young plants, starter plants, saplings | plantones, planton, plantula, plantulas, plantas jovenes, planteles, plantines, plantin, matas | рассада, саженцы, саженец, сеянцы | 苗, 秧苗, 幼苗, 树苗, 秧
bulbs, flower bulbs | bulbo, bulbos | луковицы цветов, луковицы | 球根, 种球
house plant, houseplant, potted plant, plant, pot plant, indoor plant | planta, planta de interior | комнатное растение, растение | 植物, 绿植, 盆栽
monstera, monstera plant, swiss cheese plant | monstera, planta monstera, costilla de adan | монстера | 龟背竹
orchid | orquidea | орхидея | 兰花, 蝴蝶兰
succulent, succulents, cactus | suculenta, cactus | суккулент, кактус | 多肉, 多肉植物, 仙人掌
peony, peonies | peonia, peonias | пион, пионы | 牡丹, 芍药
mimosa | mimosa | мимоза | 含羞草
lavender | lavanda | лаванда | 薰衣草
potting soil, compost, soil, garden soil, compost for plants, potting mix, potting compost, soil for pots | tierra, sustrato, tierra para macetas, abono organico, tierra para plantas, tierra de macetas | грунт, земля для цветов, почвогрунт, земля для рассады | 营养土, 花土, 种花的土, 种植土, 盆栽土, 培养土
fertilizer, fertiliser, plant food, plant fertilizer, plant fertiliser | fertilizante, abono, abono para plantas | удобрение, подкормка для растений, подкормка | 肥料, 化肥, 花肥, 复合肥, 有机肥
flower pot, plant pot, planter, pots for plants | maceta, macetero, maceteros, tiesto, tiestos | горшок для цветов, цветочный горшок, кашпо | 花盆
watering can | regadera | лейка, леечка | 洒水壶, 浇水壶, 浇花壶
garden hose, hose, hosepipe | manguera | шланг, садовый шланг, шланг для полива | 水管, 软管, 浇水软管, 浇水管, 花园水管
secateurs, pruning shears, pruners | tijeras de podar | секатор | 修枝剪
spade, shovel | pala | лопата | 铲子, 铁锹
rake | rastrillo | грабли | 耙子
beekeeper suit, bee suit, beekeeping suit | traje de apicultor | костюм пчеловода | 养蜂服, 防蜂服
firewood, logs, kiln dried logs, logs for the fire, wood for the stove, fire logs | lena, lena seca, lena para chimenea | дрова, дровишки, колотые дрова | 木柴, 柴火, 劈柴, 柴, 木头柴
charcoal, bbq charcoal, barbecue coal, bbq coal, lumpwood charcoal, barbecue charcoal | carbon, carbon vegetal | уголь, древесный уголь | 木炭, 烧烤炭, 果木炭, 机制炭, 炭
barbecue, bbq, grill | barbacoa, parrilla | мангал, гриль | 烧烤架, 烤炉
tent | tienda de campana, carpa | палатка | 帐篷
sleeping bag | saco de dormir, bolsa de dormir | спальник, спальный мешок | 睡袋
sleeping mat, camping mat | esterilla de camping | каремат, туристический коврик | 防潮垫
hammock | hamaca | гамак | 吊床
torch, flashlight | linterna | фонарик, фонарь | 手电筒
head torch, headlamp | linterna frontal, frontal | налобный фонарь | 头灯
mosquito repellent, insect repellent, bug spray, mozzie spray, mosquito spray | repelente, repelente de mosquitos, antimosquitos, spray antimosquitos | средство от комаров, репеллент, спрей от комаров | 驱蚊液, 驱蚊水, 花露水, 蚊香, 防蚊喷雾, 防蚊, 驱蚊喷雾
mosquito net | mosquitera | москитная сетка | 蚊帐
soap, bar soap, bar of soap | jabon, pastilla de jabon, jabones | мыло | 肥皂, 香皂, 手工皂, 皂, 番枧
liquid soap, hand soap, hand wash | jabon liquido, jabon de manos | жидкое мыло, мыло для рук | 洗手液
aleppo soap | jabon de alepo | алеппское мыло | 阿勒颇皂
shower gel, body wash | gel de ducha, gel de bano, jabon de ducha, jabon liquido corporal, jabon liquido de bano, gel corporal | гель для душа, душевой гель | 沐浴露, 沐浴乳, 沐浴液, 沐浴精, 冲凉液
shampoo, hair shampoo | champu, shampoo | шампунь, шампунька | 洗发水, 洗发露, 洗头膏, 洗发膏, 洗发精, 洗头水, 洗发乳, 洗发液, 洗髮精
dry shampoo | champu en seco, champu seco | сухой шампунь | 免洗喷雾, 干发喷雾, 免洗洗发
shampoo bar, solid shampoo | champu solido | твердый шампунь | 洗发皂
hair mask | mascarilla capilar, mascarilla para el pelo | маска для волос | 发膜
hair oil | aceite capilar, aceite para el pelo | масло для волос | 护发精油
hair dye, hair colour, hair color | tinte, tinte de pelo, tintura para el cabello, tinte de cabello, coloracion | краска для волос | 染发剂, 染发膏
hair dryer, hairdryer | secador, secador de pelo, secadora de pelo | фен | 吹风机, 电吹风, 风筒
hair ties, scrunchies | coletero, gomas de pelo | резинки для волос | 发圈
comb, hairbrush | peine, cepillo de pelo | расческа | 梳子
toothpaste | pasta de dientes, dentifrico, pasta dental | зубная паста | 牙膏
toothbrush, toothbrushes | cepillo de dientes, cepillo de bambu, cepillos de dientes, cepillo dental, cepillos dentales, cepillo de diente | зубная щетка | 牙刷
electric toothbrush | cepillo electrico, cepillo de dientes electrico | электрическая зубная щетка | 电动牙刷
toothbrush heads, brush heads, replacement heads for toothbrush, replacement toothbrush heads | cabezales de cepillo, recambios cepillo, recambios de cepillo electrico, cabezales de cepillo electrico, recambios de cepillo de dientes | насадки для зубной щетки, насадки для щетки | 牙刷头, 电动牙刷头, 牙刷头替换装, 替换刷头
dental floss, floss | hilo dental, seda dental | зубная нить | 牙线
mouthwash | enjuague bucal, colutorio, colutorios, listerine | ополаскиватель для рта | 漱口水
razor, razors, disposable razors, safety razor | maquinilla, maquinilla de afeitar, maquinillas de afeitar, rastrillos, rastrillo de afeitar, prestobarba | бритва, станки для бритья, бритвенный станок, станок для бритья, бритвенные станки | 剃须刀
razor blades, razor cartridges, blades | cuchillas de afeitar, cuchillas, recambios de cuchillas, hojas de afeitar, cuchillas gillette, cuchillas para afeitar, repuestos de afeitar, gillette | лезвия, кассеты для бритья, сменные кассеты для бритвы, кассеты для бритвы, лезвия для бритвы, сменные лезвия | 刀片, 剃须刀片, 刮胡刀片
shaving foam, shaving cream | espuma de afeitar, crema de afeitar | пена для бритья | 剃须泡沫, 剃须膏, 刮胡泡
deodorant, antiperspirant, anti perspirant, roll on deodorant | desodorante, antitranspirante, antitranspirantes, desodorante roll on | дезодорант, антиперспирант, дезик | 除臭剂, 止汗剂, 香体露, 止汗露, 体香剂, 体香膏
hand cream, hand lotion, hand balm | crema de manos | крем для рук | 护手霜
face cream, moisturiser, moisturizer, face moisturiser, day cream | crema facial, crema hidratante, crema para la cara, crema de cara | крем для лица, лицевой крем, увлажняющий крем, кремчик для лица | 面霜, 补水面霜, 乳液, 保湿霜, 润肤霜, 面膏, 雪花膏, 日霜
body lotion, body cream, body milk, body butter | crema corporal, locion corporal, leche corporal | крем для тела, лосьон для тела, молочко для тела, лосьон тело | 身体乳, 润肤乳, 润肤露, 乳液身体, 身体润肤露, 润体乳
lip balm, chapstick | balsamo labial, cacao labial, cacao de labios, protector labial | бальзам для губ, гигиеническая помада, гигиеничка | 润唇膏, 唇膏
lipstick | pintalabios, labial | помада | 口红
mascara | rimel, mascara de pestanas | тушь, тушь для ресниц | 睫毛膏
foundation | base de maquillaje | тональный крем | 粉底液
makeup remover, micellar water, cleansing water | agua micelar, desmaquillante | мицеллярная вода, средство для снятия макияжа | 卸妆水, 卸妆油
cotton pads, cotton rounds, cotton wool pads | discos de algodon, discos desmaquillantes | ватные диски | 化妆棉, 卸妆棉, 化妆棉片
cotton buds, cotton swabs, q tips | bastoncillos, hisopos, hisopo, cotonetes, cotonete, copitos | ватные палочки | 棉签, 棉花棒, 棉棒
face mask, sheet mask, sheet masks, facial mask | mascarilla facial, mascarillas faciales | маска для лица, тканевая маска, тканевые маски | 面膜
surgical masks, medical masks, ffp2, n95, mask, masks | mascarilla, mascarilla quirurgica, ffp2, cubrebocas, barbijo, barbijos, tapabocas, mascarillas quirurgicas | медицинские маски, маски, маска, респиратор | 口罩, 医用口罩, 外科口罩
serum, vitamin c serum | serum, suero facial | сыворотка для лица, сыворотка | 精华液, 精华
sunscreen, sun cream, suncream, sunblock, sun lotion, spf, sun block, suntan lotion | protector solar, crema solar, bloqueador solar, bronceador, bloqueador, protector, fotoprotector, protector solar spf, filtro solar | солнцезащитный крем, крем от солнца, кремчик от солнца, санскрин, крем от загара, защита от солнца, солнцезащитка, крем spf, спф крем, крем для загара | 防晒霜, 防晒乳, 防晒, 防晒液, 防晒油, 防晒露, 防晒喷雾, 隔离防晒, 防晒膏
after sun | after sun, aftersun | средство после загара | 晒后修复
essential oil, essential oils | aceite esencial, aceites esenciales | эфирное масло, эфирные масла | 精油
nail polish | esmalte de unas, pintaunas | лак для ногтей | 指甲油
"""
