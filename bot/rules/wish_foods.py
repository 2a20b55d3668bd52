"""What people of four languages call fruit, vegetables, grain, meat, fish and what is made of them.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas. The first word names it.
"""

from typing import Final

FOODS: Final = """
mango | mango | манго | 芒果
apple | manzana | яблоко, яблоки, яблок | 苹果, 红富士, 富士苹果, 富士, 蛇果, 嘎啦果
pear | pera | груша | 梨, 梨子, 雪梨, 鸭梨, 香梨, 水梨, 皇冠梨
banana | platano, banana, banano, guineo, guineos, cambur, cambures | банан | 香蕉, 蕉, 香牙蕉
orange, navel oranges, valencia oranges | naranja, china naranja | апельсин, апельсинчик, апельсинчики | 橙子, 橙, 甜橙, 柳丁, 柳橙, 香橙, 脐橙, 冰糖橙, 鲜橙
mandarin, tangerine, clementine, satsumas, satsuma, tangerines | mandarina, clementina, tangerina, tangerinas | мандарин, мандаринка, мандаринки | 橘子, 桔子, 柑橘, 砂糖橘, 蜜桔, 蜜橘, 沙糖桔, 蜜柑, 椪柑
lemon | limon | лимон | 柠檬
grapefruit, pomelo | pomelo, toronja | грейпфрут, помело | 柚子, 西柚
grape, grapes | uva, uvas | виноград | 葡萄, 提子, 青提, 红提, 巨峰, 阳光玫瑰
cherry, cherries | cereza | вишня, вишни | 樱桃
strawberry, strawberries | fresa, frutilla, freson, fresones | клубника, земляника садовая, виктория ягода | 草莓, 士多啤梨, 草莓果
raspberry, raspberries | frambuesa | малина | 树莓, 覆盆子, 覆盆莓, 红莓, 山莓
blueberry, blueberries | arandano | голубика | 蓝莓, 蓝莓果, 蓝梅
cranberry, cranberries | arandano rojo | клюква | 蔓越莓
peach | melocoton, durazno | персик | 桃子, 桃, 水蜜桃
apricot | albaricoque, damasco, chabacano, chabacanos | абрикос | 杏, 杏子
plum | ciruela | слива | 李子, 布林, 西梅鲜果
prune | ciruela pasa | чернослив | 西梅
raisin, raisins, sultana | pasa, pasas, uvas pasas, uva pasa, pasas de uva, pasa de uva, pasitas | изюм, кишмиш сушеный, изюмчик | 葡萄干, 提子干, 黑加仑干
date, dates | datil, datiles | финик, финики, королевские финики, финики меджул | 椰枣, 枣, 蜜枣, 海枣, 伊拉克枣, 黑椰枣
fig | higo | инжир | 无花果
pineapple | pina, anana | ананас | 菠萝, 凤梨
kiwi, kiwi fruit, kiwifruit | kiwi | киви | 猕猴桃, 奇异果
avocado, avos, avo, hass avocado | aguacate, palta, palta hass, aguacate hass | авокадо | 牛油果, 鳄梨, 酪梨
watermelon | sandia, patilla, patillas | арбуз | 西瓜
melon, honeydew, cantaloupe, galia melon | melon, melon piel de sapo, melones piel de sapo, melon cantalupo | дыня | 甜瓜, 哈密瓜
pomegranate | granada | гранат | 石榴
persimmon, sharon fruit, kaki | caqui, kaki, persimon, caqui persimon | хурма | 柿子, 柿, 脆柿
lychee, litchi | lichi | личи | 荔枝
durian | durian | дуриан | 榴莲
fruit, fruits | fruta | фрукт, фрукты | 水果
berry, berries | baya, bayas | ягода, ягоды | 浆果
vegetable, vegetables, veggies | verdura, hortaliza | овощ, овощи | 蔬菜
tomato, tomatoes, toms, vine tomatoes, beef tomatoes, plum tomatoes, roma tomatoes, heirloom tomatoes | tomate, jitomate, tomates pera, tomate pera, tomate perita, tomates perita, tomate rama, tomate corazon de buey, tomate saladet | помидор, томат | 番茄, 西红柿, 蕃茄, 洋柿子
cucumber, cukes | pepino | огурец, огурцы, огурцов | 黄瓜, 青瓜, 刺瓜
potato, potatoes, new potatoes, baby potatoes, spuds, spud, taters, tatties | patata, papa, patatas nuevas, papas cambray, patatitas, papines, papas criollas, papa criolla | картофель, картошка, картоха, картопля, картофан, бульба, молодая картошка, молодой картофель | 土豆, 马铃薯, 小土豆, 新土豆, 洋芋, 薯仔, 山药蛋
sweet potato, sweet potatoes, yam | batata, boniato, camote | батат, сладкий картофель | 红薯, 地瓜, 番薯, 甘薯, 红苕, 蜜薯
carrot | zanahoria | морковь, морковка, морква, морковочка, каротель | 胡萝卜, 红萝卜, 甘笋
onion | cebolla | лук | 洋葱, 葱头, 圆葱
garlic, garlic bulbs, bulbs of garlic, garlic heads | ajo, cabeza de ajo, cabezas de ajo, ristra de ajos, ajo morado | чеснок | 大蒜, 蒜, 蒜头, 蒜瓣
cabbage | repollo, col, repollito | капуста | 白菜, 卷心菜, 包菜, 高丽菜, 圆白菜, 椰菜, 洋白菜, 莲花白
pepper, bell pepper, capsicum, red peppers, mixed peppers, romano peppers | pimiento, morron, morrones, pimiento morron, chile morron, aji morron, pimenton morron, locote | перец, перчик, перчики, болгарский перец, перец болгарский, сладкий перец | 辣椒, 甜椒, 青椒, 彩椒, 灯笼椒, 柿子椒, 甜青椒
chili, chilli, hot pepper | chile, aji, guindilla | чили | 小米辣
mushroom | seta, champinon, hongo | гриб, грибы, шампиньоны | 蘑菇, 菌菇
corn, sweetcorn, ear of corn | maiz, elote, choclo, mazorca, mazorcas, mazorcas de maiz, mazorca de maiz, elotes, choclos, maiz dulce, jojoto, jojotos | кукуруза, кукуруза в початках, початки кукурузы, початки | 玉米, 玉米棒, 甜玉米, 甜玉米棒, 苞米, 粟米, 包谷, 玉米粒
pumpkin, squash | calabaza, zapallo, auyama, ayote, ahuyama | тыква, тыковка | 南瓜, 金瓜, 倭瓜
ginger | jengibre, kion, gengibre | имбирь, корень имбиря | 生姜, 姜, 老姜, 嫩姜, 子姜
bean, beans | frijol, alubia, judia, poroto | фасоль, бобы | 豆子, 豆, 黄豆, 红豆
lentil, lentils, brown lentils, puy lentils | lenteja | чечевица | 扁豆, 兵豆, 小扁豆, 滨豆
chickpea, chickpeas, garbanzo beans, garbanzos, chick peas | garbanzo | нут, горох нут, турецкий горох, бараний горох | 鹰嘴豆, 雪莲子豆, 鸡心豆, 三角豆
pea, peas | guisante, arveja | горох, горошек | 豌豆
tofu, bean curd, beancurd | tofu, queso de soja, cuajada de soja | тофу, соевый сыр, сыр тофу | 豆腐
nut, nuts | fruto seco, frutos secos | орех, орехи | 坚果
walnut, walnut halves, walnut pieces, walnut kernels | nuez, nueces, nueces peladas, nuez pelada, nueces de nogal, nuez de castilla, nueces mariposa | грецкий орех, грецкие орехи, грецких орехов, очищенный грецкий орех, ядра грецкого ореха, ядро грецкого ореха | 核桃, 胡桃, 合桃, 合桃仁, 核桃仁, 薄皮核桃, 纸皮核桃
almond | almendra | миндаль | 杏仁, 巴旦木, 扁桃仁
cashew, cashews | anacardo, maranon, castanas de caju, caju, castana de caju, nueces de la india, nuez de la india, merey, maranones | кешью | 腰果
hazelnut | avellana | фундук, лесной орех | 榛子
pistachio | pistacho | фисташка, фисташки, фисташек | 开心果
peanut, monkey nuts, groundnuts, ground nuts | cacahuete, cacahuate, mani, manies, cacahuetes pelados | арахис | 花生, 花生米, 花生仁, 生花生, 生花生米
pine nut, pine nuts | pinon, pinones | кедровый орех, кедровые орехи, кедровых орехов | 松子
sunflower seed, sunflower seeds, sunflower kernels, sunflower hearts | pipas, pipas de girasol, semilla de girasol, semillas de girasol | семечки, семечек, семки, семки жареные, семечки подсолнуха, подсолнечные семечки | 瓜子, 葵花籽, 葵瓜子, 香瓜子
honey, honey pot | miel, miel de flores, miel de abeja, miel de abejas | мед, меда, медок, мед с пасеки, пасечный мед, медочек | 蜂蜜, 蜜, 蜜糖, 野蜂蜜, 蜂糖
jam, marmalade, preserve | mermelada, confitura, confituras | варенье, джем, повидло, джемчик, вареньице | 果酱, 果子酱
sugar | azucar | сахар | 糖, 白糖
salt | sal | соль, соли | 盐
flour, wheat flour, white flour, plain flour | harina, harina de trigo, harina blanca | мука, муки, пшеничная мука, мука пшеничная | 面粉, 小麦粉, 中筋面粉
rice, cooked rice | arroz | рис | 大米, 米
buckwheat | trigo sarraceno, alforfon | гречка, гречневая крупа, гречневый, гречишный | 荞麦
oatmeal, oats, oat, porridge oats | avena | овсянка, овсяные хлопья, овес | 燕麦, 麦片
pasta, spaghetti, macaroni | pasta, espagueti, macarrones | паста, макароны, спагетти, макарошки | 意面, 意大利面, 意大利面, 通心粉, 意粉, 意大利粉, 义大利面
noodle, noodles, ramen | fideo, fideos | лапша | 面条, 拉面, 挂面
bread, loaf | pan, pan de barra, hogaza de pan | хлеб, батон, буханка, хлебец белый, белый хлеб | 面包, 白面包, 大面包
cake | pastel, tarta, torta | торт | 蛋糕
pie | tarta salada, empanada | пирог, пироги, пирожки | 派
cookie, cookies, biscuit | galleta, bizcochitos, masitas, galletitas | печенье, печеньки, печенюшки, печенек | 饼干, 曲奇饼干, 曲奇
croissant, butter croissants | cruasan, croissant, medialuna, medialunas, cuernitos | круассан | 可颂, 牛角包, 羊角包, 牛角面包, 可颂面包
dumpling, dumplings, gyoza, potstickers, pot stickers | empanadilla, dumpling, gyoza, gyozas | пельменей, вареники, гедза, гёдза | 饺子, 水饺, 煎饺, 锅贴, 速冻水饺, 速冻饺子
chocolate, choc, chocs, chocolate bar, chocolate bars | chocolate, tableta de chocolate, tabletas de chocolate, chocolatina, chocolatinas | шоколад, шоколадка, шоколадки, шоколадку | 巧克力, 朱古力
candy, sweets, candies | dulce, dulces, caramelo, golosinas, golosina, chuches | конфета, конфеты, конфет | 糖果
ice cream, icecream | helado, nieve, nieves | мороженое, пломбир, мороженка, мороженки | 冰淇淋, 雪糕
milk, glass of milk, whole milk, fresh milk, farm milk, cow milk, cows milk, full fat milk, full cream milk, semi skimmed milk | leche, leche entera, leche fresca, leche de vaca, leche semidesnatada, leche descremada | молоко, молока, цельное молоко, жирное молоко, коровье молоко, молоко коровье, молочко, свежее молоко, деревенское молоко, фермерское молоко, молоко с фермы | 牛奶, 奶, 全脂牛奶, 鲜奶, 鲜牛奶, 新鲜牛奶, 牛乳, 鲜乳, 牛奶鲜奶
yogurt, yoghurt | yogur | йогурт | 酸奶, 优格, 酸乳酪, 优酪乳, 酸牛奶, 乳酪饮
kefir | kefir | кефир | 克菲尔, 开菲尔, 开菲尔酸奶, 克非尔
cheese, cheese wedge | queso | сыр | 奶酪, 芝士, 干酪
cottage cheese, curd, quark, curd cheese, farmers cheese | requeson, queso cottage, queso quark, quark, cuajada | творог | 白干酪, 茅屋芝士, 茅屋奶酪, 农家干酪
cream, double cream, heavy cream, pouring cream, single cream, whipping cream | nata, crema, nata para montar, crema para batir, crema de leche, nata montada | сливки, сливок, сливки для взбивания, жирные сливки | 奶油, 鲜奶油, 淡奶油, 稀奶油
sour cream | crema agria, nata agria, crema acida | сметана | 酸奶油
egg, eggs | huevo | яйцо, яйца, яиц, яички | 鸡蛋, 蛋
oil | aceite | масло, масла | 油, 食用油
coconut oil | aceite de coco | кокосовое масло, масло кокоса, масло кокосовое, кокосового масла | 椰子油
olive, olives | aceituna, oliva | оливки, маслины, оливок | 橄榄
vinegar | vinagre | уксус | 醋
soy sauce, soya sauce, shoyu, light soy, dark soy sauce, dark soy, tamari | salsa de soja, salsa de soya, sillao, siyau, salsa soja | соевый соус, соевого соуса | 酱油, 生抽, 豉油, 老抽
sauce | salsa | соус | 酱, 酱料
spice, spices | especia | специи, пряности, специй | 香料, 调料
cinnamon, cinnamon sticks | canela, canela en rama, palitos de canela | корица, корица палочками, палочки корицы, корица в палочках | 肉桂, 桂皮, 肉桂棒, 桂皮条
turmeric | curcuma | куркума | 姜黄
saffron | azafran | шафран | 藏红花
tea, teacup | te | чай, чая, чаек | 茶, 茶叶
matcha | matcha | матча, маття | 抹茶
coffee, hot beverage | cafe | кофе | 咖啡
bean coffee, coffee beans, whole bean coffee, espresso beans, espresso coffee, beans for espresso, beans for my espresso machine, arabica beans, roasted beans, coffee bean | cafe en grano, granos de cafe, cafe espresso, cafe expreso, cafe expresso, grano de cafe, cafe grano | кофе в зернах, зерновой кофе, кофе зерновой, эспрессо, кофе эспрессо, кофейные зерна, кофе зерно, зерно кофе | 咖啡豆, 意式咖啡豆, 浓缩咖啡, 阿拉比卡豆, 意式豆, 手冲豆
cocoa, cacao, cocoa powder | cacao, cacao en polvo | какао, какао порошок | 可可, 可可粉
juice | zumo, jugo | сок, соки, сока | 果汁, 汁
water | agua | вода, воды | 水
wine | vino | вино, вина | 葡萄酒, 酒
beer, lager, beers, cans of beer | cerveza, birra, cervezas, chela, chelas, cheve | пиво, пива, пивко, пивас, лагер | 啤酒, 鲜啤, 拉格, 扎啤, 黄啤
meat, cut of meat | carne | мясо, мяса | 肉
beef, beef meat | res, ternera, carne de res, vacuno, carne de vaca, carne de ternera, carne vacuna, carne de vacuno, vaca carne, carne de novillo, carne de buey | говядина, говяжье мясо, мясо говяжье, мясо говядина, говядинка, говяжья вырезка мясо, говяжья мякоть | 牛肉, 鲜牛肉, 黄牛肉
pork | cerdo, puerco, carne de chancho, chancho, carne de puerco, carne de marrano, cochino | свинина, свиное мясо, мясо свиное, мясо свинина, свининка, свиная мякоть | 猪肉, 土猪肉, 黑猪肉, 鲜猪肉
chicken, poultry leg | pollo | курица, курятина, куры, куриное мясо, мясо курицы, мясо куриное | 鸡肉, 鸡
lamb, mutton, lamb meat | cordero, borrego, carne de borrego, carne de cordero, ternasco, lechazo | баранина, мясо ягненка, ягнятина, ягненок, баранье мясо, мясо барана | 羊肉, 羔羊肉, 羊羔肉, 鲜羊肉
turkey | pavo | индейка | 火鸡
duck | pato | утка | 鸭, 鸭肉
ham |  | ветчина | 火腿
bacon, rashers, rashers of bacon, bacon rashers, streaky bacon | tocino, beicon, tocineta, panceta ahumada, panceta | бекон | 培根, 烟肉, 培根片
fish | pescado | рыба, рыбы | 鱼
tuna | atun | тунец | 金枪鱼
shrimp, prawn | gamba, camaron, langostino, gambas, camarones, langostinos pelados | креветка, креветки, креветок | 虾, 虾仁
crab | cangrejo | краб | 螃蟹, 蟹
caviar, roe | caviar, huevas | икра, икры | 鱼子酱
seaweed, nori | alga, algas | водоросли, нори | 海苔, 紫菜
snack, snacks | snack, aperitivo | снек, снеки | 零食
chips, crisps, potato chips | patatas fritas, papas fritas, papitas, sabritas, chips, patatas de bolsa, papas de paquete | чипсы, чипсов, картофельные чипсы, чипсики | 薯片, 洋芋片, 土豆片
popcorn | palomitas | попкорн | 爆米花
pizza | pizza | пицца | 披萨
sushi | sushi | суши, роллы | 寿司
soup | sopa | суп | 汤
maple syrup | jarabe de arce, sirope de arce, miel de maple, jarabe de maple, miel de arce | кленовый сироп, кленового сиропа | 枫糖浆, 枫糖
syrup | jarabe, sirope | сироп | 糖浆
dried mango, mango chips | mango seco, mango deshidratado, mango desidratado | сушеное манго, манго сушеное, вяленое манго | 芒果干, 芒果脯
apple chips, dried apples | manzana deshidratada, manzana seca | сушеные яблоки, яблочные чипсы | 苹果干, 苹果片
nectarine | nectarina | нектарин | 油桃
coconut | coco | кокос | 椰子, 椰青
coconut milk | leche de coco | кокосовое молоко | 椰奶, 椰浆
coconut water | agua de coco | кокосовая вода | 椰子水, 椰汁
coconut sugar | azucar de coco | кокосовый сахар | 椰糖
lime | lima | лайм | 青柠
passion fruit | maracuya, fruta de la pasion | маракуйя | 百香果
dragon fruit, pitaya | pitahaya, fruta del dragon | питахайя, питайя | 火龙果
papaya | papaya | папайя | 木瓜
guava | guayaba | гуава | 番石榴, 芭乐
quince | membrillo | айва | 榅桲
gooseberry, gooseberries | grosella espinosa | крыжовник | 醋栗
currant, currants, blackcurrant | grosella, casis | смородина | 黑加仑
blackberry, blackberries | mora, zarzamora | ежевика | 黑莓
sea buckthorn | espino amarillo | облепиха | 沙棘
goji, goji berries, wolfberry | goji, bayas de goji | годжи, ягоды годжи | 枸杞
jujube | jujube, azufaifa | унаби, зизифус, ююба | 红枣, 大枣, 枣子
mulberry, mulberries | morera | шелковица | 桑葚
aubergine, eggplant | berenjena | баклажан, синенькие | 茄子, 矮瓜, 长茄子
courgette, zucchini | calabacin, zapallito, zapallitos, calabacita, calabacitas, calabacines, zucchini | кабачок, цукини, кабачки | 西葫芦, 节瓜, 栉瓜, 夏南瓜, 角瓜
broccoli | brocoli, brecol | брокколи | 西兰花, 青花菜, 西蓝花
cauliflower | coliflor | цветная капуста | 花菜, 菜花, 花椰菜, 白花菜
spinach | espinaca | шпинат | 菠菜
lettuce, salad leaves | lechuga, cogollos, cogollo | салат листовой, салат, айсберг, латук | 生菜, 莴苣, 球生菜, 罗马生菜
beetroot, beet, beets | remolacha, betabel, betabeles, betarraga, betarragas | свекла, буряк, буряки, свеколка | 甜菜, 红菜头, 甜菜根, 甜菜头
radish | rabano, rabanito, rabanitos | редис, редиска, редька | 萝卜, 樱桃萝卜
celery | apio | сельдерей | 芹菜, 西芹
asparagus | esparrago | спаржа | 芦笋
artichoke | alcachofa | артишок | 洋蓟
leek | puerro, ajo porro, poro, ajoporro | лук порей, порей | 韭葱, 大葱韭葱
dill | eneldo | укроп | 莳萝, 茴香草, 刁草
parsley | perejil | петрушка | 欧芹, 香芹, 洋香菜
cilantro, coriander | cilantro, culantro, coriandro | кинза | 香菜, 芫荽, 芫茜
basil | albahaca | базилик | 罗勒, 九层塔, 罗勒叶
mint | menta, hierbabuena | мята | 薄荷
rosemary | romero | розмарин | 迷迭香
oregano | oregano | орегано, душица | 牛至
bay leaf, bay leaves | laurel, hojas de laurel | лавровый лист | 香叶, 月桂叶
lotus root | raiz de loto | корень лотоса | 莲藕
bamboo shoots | brotes de bambu | побеги бамбука | 竹笋, 笋
porcini, cep | boletus | белые грибы, боровик | 牛肝菌
shiitake | shiitake | шиитаке | 香菇
wood ear | oreja de madera | древесные грибы, муэр | 木耳
white fungus, snow fungus | hongo blanco | серебряные грибы | 银耳
brazil nut, brazil nuts | nuez de brasil, nueces de brasil | бразильский орех | 巴西坚果
pecan, pecans | pecana, nuez pecan | пекан | 碧根果
macadamia | macadamia | макадамия | 夏威夷果
chestnut, chestnuts | castana, castanas | каштан, каштаны | 栗子, 板栗
mixed nuts, nut mix, assorted nuts | mezcla de frutos secos, frutos secos mezclados, frutos secos variados, frutos secos surtidos, surtido de frutos secos | смесь орехов, ореховая смесь, орехи ассорти, ассорти орехов | 混合坚果, 每日坚果
peanut butter | crema de cacahuete, mantequilla de cacahuete, mantequilla de mani, pasta de mani, pasta de cacahuate, crema de mani | арахисовая паста, арахисовое масло | 花生酱
almond butter | crema de almendras | миндальная паста | 杏仁酱
tahini, sesame paste | tahini, tahin, pasta de sesamo | тахини, тхина, кунжутная паста | 芝麻酱
hummus, houmous | hummus, humus de garbanzo | хумус, хуммус | 鹰嘴豆泥
halva, halwa, sesame halva | halva, jalva | халва, кунжутная халва | 哈尔瓦, 酥糖, 芝麻酥糖
chia, chia seeds | chia, semillas de chia | чиа, семена чиа | 奇亚籽
flax seed, flaxseed, linseed | semillas de lino, linaza | семена льна, льняное семя | 亚麻籽
pumpkin seeds | semillas de calabaza, pipas de calabaza | тыквенные семечки, семечки тыквы, семена тыквы | 南瓜籽, 南瓜子
sesame, sesame seeds | sesamo, ajonjoli | кунжут | 芝麻
"""
