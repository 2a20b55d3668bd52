"""What people of four languages call fruit, vegetables, grain, meat, fish and what is made of them.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas. The first word names it.
"""

from typing import Final

FOODS: Final = """
mango | mango | манго | 芒果
apple | manzana | яблоко, яблоки, яблок | 苹果
pear | pera | груша | 梨, 梨子, 雪梨
banana | platano, banana, banano | банан | 香蕉
orange | naranja | апельсин | 橙子, 橙, 甜橙
mandarin, tangerine, clementine | mandarina, clementina | мандарин | 橘子, 桔子, 柑橘, 砂糖橘
lemon | limon | лимон | 柠檬
grapefruit, pomelo | pomelo, toronja | грейпфрут, помело | 柚子, 西柚
grape, grapes | uva, uvas | виноград | 葡萄
cherry, cherries | cereza | вишня, вишни | 樱桃
strawberry, strawberries | fresa, frutilla | клубника | 草莓
raspberry, raspberries | frambuesa | малина | 树莓
blueberry, blueberries | arandano | голубика | 蓝莓
cranberry, cranberries | arandano rojo | клюква | 蔓越莓
peach | melocoton, durazno | персик | 桃子, 桃, 水蜜桃
apricot | albaricoque, damasco | абрикос | 杏, 杏子
plum | ciruela | слива | 李子
prune | ciruela pasa | чернослив | 西梅
raisin, raisins, sultana | pasa, pasas | изюм | 葡萄干
date, dates | datil, datiles | финик, финики | 椰枣, 枣
fig | higo | инжир | 无花果
pineapple | pina, anana | ананас | 菠萝, 凤梨
kiwi | kiwi | киви | 猕猴桃, 奇异果
avocado | aguacate, palta | авокадо | 牛油果, 鳄梨, 酪梨
watermelon | sandia | арбуз | 西瓜
melon, honeydew, cantaloupe, galia melon | melon, melon piel de sapo, melones piel de sapo, melon cantalupo | дыня | 甜瓜, 哈密瓜
pomegranate | granada | гранат | 石榴
persimmon, sharon fruit, kaki | caqui, kaki, persimon, caqui persimon | хурма | 柿子, 柿, 脆柿
lychee, litchi | lichi | личи | 荔枝
durian | durian | дуриан | 榴莲
fruit, fruits | fruta | фрукт, фрукты | 水果
berry, berries | baya, bayas | ягода, ягоды | 浆果
vegetable, vegetables, veggies | verdura, hortaliza | овощ, овощи | 蔬菜
tomato, tomatoes | tomate, jitomate | помидор, томат | 番茄, 西红柿
cucumber | pepino | огурец, огурцы, огурцов | 黄瓜
potato, potatoes | patata, papa | картофель, картошка, картоха, картопля, картофан, бульба | 土豆, 马铃薯
sweet potato, sweet potatoes, yam | batata, boniato, camote | батат | 红薯, 地瓜, 番薯
carrot | zanahoria | морковь, морковка | 胡萝卜
onion | cebolla | лук | 洋葱
garlic | ajo | чеснок | 大蒜, 蒜
cabbage | repollo, col | капуста | 白菜, 卷心菜, 包菜
pepper, bell pepper, capsicum | pimiento | перец | 辣椒, 甜椒, 青椒
chili, chilli, hot pepper | chile, aji, guindilla | чили | 小米辣
mushroom | seta, champinon, hongo | гриб, грибы, шампиньоны | 蘑菇, 菌菇
corn, sweetcorn, ear of corn | maiz, elote, choclo, mazorca, mazorcas, mazorcas de maiz, mazorca de maiz, elotes, choclos | кукуруза, кукуруза в початках, початки кукурузы, початки | 玉米, 玉米棒, 甜玉米, 甜玉米棒
pumpkin | calabaza, zapallo | тыква | 南瓜
ginger | jengibre | имбирь | 生姜, 姜
bean, beans | frijol, alubia, judia, poroto | фасоль, бобы | 豆子, 豆, 黄豆, 红豆
lentil, lentils | lenteja | чечевица | 扁豆
chickpea, chickpeas | garbanzo | нут | 鹰嘴豆
pea, peas | guisante, arveja | горох, горошек | 豌豆
tofu | tofu | тофу | 豆腐
nut, nuts | fruto seco, frutos secos | орех, орехи | 坚果
walnut | nuez, nueces | грецкий орех, грецкие орехи, грецких орехов | 核桃
almond | almendra | миндаль | 杏仁, 巴旦木, 扁桃仁
cashew, cashews | anacardo, maranon, castanas de caju, caju, castana de caju | кешью | 腰果
hazelnut | avellana | фундук, лесной орех | 榛子
pistachio | pistacho | фисташка, фисташки, фисташек | 开心果
peanut | cacahuete, cacahuate, mani | арахис | 花生, 花生米, 花生仁, 生花生, 生花生米
pine nut, pine nuts | pinon, pinones | кедровый орех, кедровые орехи, кедровых орехов | 松子
sunflower seed, sunflower seeds | pipas, pipas de girasol, semilla de girasol, semillas de girasol | семечки, семечек, семки, семки жареные, семечки подсолнуха, подсолнечные семечки | 瓜子, 葵花籽, 葵瓜子, 香瓜子
honey, honey pot | miel | мед, меда, медок | 蜂蜜, 蜜
jam, marmalade, preserve | mermelada | варенье, джем | 果酱
sugar | azucar | сахар | 糖, 白糖
salt | sal | соль, соли | 盐
flour, wheat flour, white flour, plain flour | harina, harina de trigo, harina blanca | мука, муки, пшеничная мука, мука пшеничная | 面粉, 小麦粉, 中筋面粉
rice, cooked rice | arroz | рис | 大米, 米
buckwheat | trigo sarraceno, alforfon | гречка, гречневая крупа, гречневый, гречишный | 荞麦
oatmeal, oats, oat, porridge oats | avena | овсянка, овсяные хлопья, овес | 燕麦, 麦片
pasta, spaghetti, macaroni | pasta, espagueti, macarrones | паста, макароны, спагетти, макарошки | 意面, 意大利面, 意大利面
noodle, noodles, ramen | fideo, fideos | лапша | 面条, 拉面, 挂面
bread, loaf | pan | хлеб, батон | 面包
sourdough | masa madre | закваска, на закваске | 老面
cake | pastel, tarta, torta | торт | 蛋糕
pie | tarta salada, empanada | пирог, пироги, пирожки | 派
cookie, cookies, biscuit | galleta | печенье, печеньки, печенюшки, печенек | 饼干, 曲奇饼干
croissant, butter croissants | cruasan, croissant, medialuna, medialunas, cuernitos | круассан | 可颂, 牛角包
dumpling, dumplings | empanadilla, dumpling | пельмени, пельменей, вареники | 饺子, 水饺
chocolate, choc, chocs | chocolate | шоколад, шоколадка, шоколадки, шоколадку | 巧克力
candy, sweets, candies | dulce, dulces, caramelo, golosinas, golosina, chuches | конфета, конфеты, конфет | 糖果
ice cream, icecream | helado | мороженое | 冰淇淋, 雪糕
milk, glass of milk | leche | молоко, молока | 牛奶, 奶
yogurt, yoghurt | yogur | йогурт | 酸奶
kefir | kefir | кефир | 克菲尔
cheese, cheese wedge | queso | сыр | 奶酪, 芝士, 干酪
cottage cheese, curd | requeson | творог | 白干酪
cream | nata, crema | сливки, сливок | 奶油
sour cream | crema agria, nata agria | сметана | 酸奶油
egg, eggs | huevo | яйцо, яйца, яиц, яички | 鸡蛋, 蛋
oil | aceite | масло, масла | 油, 食用油
coconut oil | aceite de coco | кокосовое масло, масло кокоса, масло кокосовое, кокосового масла | 椰子油
olive, olives | aceituna, oliva | оливки, маслины, оливок | 橄榄
vinegar | vinagre | уксус | 醋
soy sauce, soya sauce | salsa de soja, salsa de soya | соевый соус, соевого соуса | 酱油, 生抽
sauce | salsa | соус | 酱, 酱料
spice, spices | especia | специи, пряности, специй | 香料, 调料
cinnamon, cinnamon sticks | canela, canela en rama, palitos de canela | корица, корица палочками, палочки корицы, корица в палочках | 肉桂, 桂皮, 肉桂棒, 桂皮条
turmeric | curcuma | куркума | 姜黄
saffron | azafran | шафран | 藏红花
tea, teacup | te | чай, чая, чаек | 茶, 茶叶
matcha | matcha | матча, маття | 抹茶
coffee, hot beverage | cafe | кофе | 咖啡
bean coffee, coffee beans, whole bean coffee | cafe en grano, granos de cafe | кофе в зернах, зерновой кофе, кофе зерновой | 咖啡豆
cocoa, cacao, cocoa powder | cacao, cacao en polvo | какао, какао порошок | 可可, 可可粉
juice | zumo, jugo | сок, соки, сока | 果汁, 汁
water | agua | вода, воды | 水
wine | vino | вино, вина | 葡萄酒, 酒
beer | cerveza, birra, cervezas | пиво, пива | 啤酒
meat, cut of meat | carne | мясо, мяса | 肉
beef | res, ternera, carne de res, vacuno, carne de vaca, carne de ternera | говядина | 牛肉
pork | cerdo, puerco | свинина | 猪肉
chicken, poultry leg | pollo | курица, курятина, куры | 鸡肉, 鸡
lamb, mutton | cordero | баранина | 羊肉
turkey | pavo | индейка | 火鸡
duck | pato | утка | 鸭, 鸭肉
ham |  | ветчина | 火腿
bacon | tocino, beicon | бекон | 培根
fish | pescado | рыба, рыбы | 鱼
tuna | atun | тунец | 金枪鱼
shrimp, prawn | gamba, camaron, langostino, gambas, camarones, langostinos pelados | креветка, креветки, креветок | 虾, 虾仁
crab | cangrejo | краб | 螃蟹, 蟹
caviar, roe | caviar, huevas | икра, икры | 鱼子酱
seaweed, nori | alga, algas | водоросли, нори | 海苔, 紫菜
snack, snacks | snack, aperitivo | снек, снеки | 零食
chips, crisps, potato chips | patatas fritas, papas fritas | чипсы, чипсов | 薯片, 洋芋片, 土豆片
popcorn | palomitas | попкорн | 爆米花
pizza | pizza | пицца | 披萨
sushi | sushi | суши, роллы | 寿司
soup | sopa | суп | 汤
maple syrup | jarabe de arce | кленовый сироп, кленового сиропа | 枫糖浆
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
aubergine, eggplant | berenjena | баклажан | 茄子
courgette, zucchini | calabacin, zapallito, zapallitos, calabacita, calabacitas, calabacines | кабачок, цукини, кабачки | 西葫芦
broccoli | brocoli | брокколи | 西兰花
cauliflower | coliflor | цветная капуста | 花菜, 菜花
spinach | espinaca | шпинат | 菠菜
lettuce, salad leaves | lechuga | салат листовой, салат | 生菜
beetroot, beet, beets | remolacha | свекла | 甜菜
radish | rabano | редис, редиска, редька | 萝卜
celery | apio | сельдерей | 芹菜, 西芹
asparagus | esparrago | спаржа | 芦笋
artichoke | alcachofa | артишок | 洋蓟
leek | puerro | лук порей, порей | 韭葱
dill | eneldo | укроп | 莳萝
parsley | perejil | петрушка | 欧芹
cilantro, coriander | cilantro | кинза | 香菜
basil | albahaca | базилик | 罗勒
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
pumpkin seeds | semillas de calabaza, pipas de calabaza | тыквенные семечки | 南瓜籽, 南瓜子
sesame, sesame seeds | sesamo, ajonjoli | кунжут | 芝麻
"""
