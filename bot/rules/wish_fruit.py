"""What people of four languages call fruit, vegetables, herbs and mushrooms that are asked for less often.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas.
"""

from typing import Final

FRUIT: Final = """
dried apricot, dried apricots | orejones, orejon, orejones de albaricoque, albaricoques secos, damascos secos, chabacano seco | курага, сушеные абрикосы, урюк | 杏干, 杏脯
sour cherry, sour cherries, morello cherries, tart cherries | guinda, guindas, cerezas acidas | вишня, вишни, вишенка | 酸樱桃
cherry, cherries, sweet cherry, sweet cherries | cereza, cereza dulce, picota, picotas | черешня, черешни, черешенка | 车厘子, 大樱桃, 樱桃
flat peach, doughnut peach, paraguayo peaches | paraguaya, paraguayo, paraguayas | плоский персик, инжирный персик | 蟠桃
greengage, mirabelle | ciruela claudia, mirabela, claudias | алыча, мирабель, ренклод | 青梅, 黄香李
dogwood berries, cornelian cherry | cornejo | кизил | 山茱萸
rowan berries, rowan | serbas | рябина | 花楸果
aronia, chokeberry | aronia | черноплодная рябина, арония, черноплодка | 野樱莓
lingonberry, lingonberries, cowberry | arandano rojo silvestre, arandanos rojos silvestres | брусника | 越橘
bilberry, bilberries | mirtilo, arandano silvestre | черника | 野蓝莓, 越桔
cloudberry, cloudberries | mora de los pantanos | морошка | 云莓
viburnum | viburno | калина | 荚蒾
honeysuckle berries, haskap | madreselva azul | жимолость | 蓝靛果
hawthorn | espino, majuela | боярышник | 山楂
rosehip, rosehips, rose hip, rose hips | escaramujo, rosa mosqueta, escaramujos | шиповник, плоды шиповника, ягоды шиповника | 玫瑰果, 野玫瑰果
wild strawberry, wild strawberries | fresa silvestre, fresitas de bosque | земляника | 野草莓
kumquat, kumquats | kumquat, naranja china | кумкват | 金桔, 金橘
satsuma | satsuma | сацума | 
blood orange, blood oranges | naranja sanguina, naranjas sanguinas | красный апельсин, сицилийские апельсины, кровавые апельсины | 血橙
pomelo, pomelos | pampelmusa, pummelo | помело | 柚子, 文旦, 蜜柚
loquat, loquats | nispero, nisperos | мушмула, локва | 枇杷
cherimoya, custard apple | chirimoya, anona | черимойя, анона | 释迦, 番荔枝
soursop, graviola | guanabana | гуанабана | 刺果番荔枝
jackfruit | yaca, jaca | джекфрут | 菠萝蜜, 波罗蜜
mangosteen | mangostan | мангостин | 山竹
rambutan | rambutan | рамбутан | 红毛丹
longan, longans | longan | лонган | 龙眼, 桂圆
star fruit, carambola | carambola | карамбола | 杨桃
wax apple | manzana de agua | восковое яблоко | 莲雾
yangmei, waxberry, bayberry | yangmei | янгмэй, восковница | 杨梅
physalis, cape gooseberry, goldenberry | fisalis, uchuva, aguaymanto | физалис | 灯笼果, 姑娘果
tamarind | tamarindo | тамаринд | 罗望子, 酸角
plantain, plantains, cooking banana | platano macho, platano verde, platanos machos | плантан, овощной банан | 大蕉, 芭蕉
prickly pear, prickly pears, cactus pear | higo chumbo, tuna de nopal, chumbos | кактусовая груша, опунция | 仙人掌果
asian pear, nashi | pera nashi, nashi | азиатская груша, нэши | 库尔勒香梨, 水晶梨
granny smith apples, green apples | manzana verde, manzanas verdes, manzana granny smith | зеленые яблоки, антоновка, яблоки антоновка | 青苹果
date plum | palosanto | королек | 软枣
dried fruit, dried fruits, dried fruit mix | fruta deshidratada, fruta seca, frutas secas, frutas deshidratadas | сухофрукты, сухофруктов, сушеные фрукты, компотная смесь | 果干, 水果干, 蜜饯果干
dried figs, dried fig | higo seco, higos secos | сушеный инжир, инжир сушеный, вяленый инжир | 无花果干
dried persimmon | caqui seco | вяленая хурма, сушеная хурма | 柿饼
dried cranberries | arandanos rojos secos, arandano rojo deshidratado | сушеная клюква, вяленая клюква | 蔓越莓干
banana chips, dried banana | chips de platano, platano deshidratado, platano seco | банановые чипсы, сушеные бананы | 香蕉片, 香蕉干
candied fruit, candied peel, mixed peel | fruta confitada, frutas escarchadas, fruta escarchada | цукаты, цукат | 果脯, 糖渍水果
frozen berries, mixed berries, berry mix | frutos rojos, frutas del bosque, frutos del bosque, frutos rojos congelados | ягодная смесь, смесь ягод, замороженные ягоды | 混合莓果, 冷冻莓果
compote, fruit compote | compota | компот | 糖水水果
apple sauce, applesauce, apple puree | pure de manzana, compota de manzana | яблочное пюре | 苹果泥
red onion, red onions | cebolla morada, cebolla roja, cebollas moradas | красный лук, лук красный, ялтинский лук | 紫洋葱, 红洋葱
spring onion, spring onions, scallion, scallions, green onions | cebolleta, cebollino, cebolla de verdeo, cebollin, cebollita de cambray, cebolletas | зеленый лук, лук зеленый, лучок зеленый, перо лука | 葱, 小葱, 大葱, 青葱, 香葱
shallot, shallots | chalota, chalote, chalotas | лук шалот, шалот | 红葱头, 小洋葱
chives | cebollino fresco, ciboulette | шнитт лук, лук резанец | 细香葱
garlic chives, chinese chives | cebollino chino | джусай, чесночный лук | 韭菜, 韭黄
wild garlic, ramsons | ajo silvestre, ajo de oso | черемша | 熊葱, 野蒜
garlic scapes | ajetes, ajos tiernos | чесночные стрелки, стрелки чеснока | 蒜苔, 蒜薹
black garlic | ajo negro | черный чеснок | 黑蒜
napa cabbage, chinese cabbage | col china, repollo chino | пекинская капуста, китайская капуста, пекинка | 大白菜, 娃娃菜
pak choi, bok choy, pak choy | pak choi, bok choy | пак чой, бок чой | 小白菜, 上海青, 青菜, 油菜
red cabbage | lombarda, col morada, repollo morado | краснокочанная капуста, красная капуста | 紫甘蓝
brussels sprouts, brussel sprouts | coles de bruselas, col de bruselas, repollitos de bruselas | брюссельская капуста | 抱子甘蓝, 孢子甘蓝
kale | kale, col rizada | кейл, кудрявая капуста | 羽衣甘蓝
kohlrabi | colinabo, colirrabano | кольраби | 苤蓝, 大头菜
savoy cabbage | col de milan, repollo rizado | савойская капуста | 皱叶甘蓝
chard, swiss chard | acelga, acelgas | мангольд | 莙荙菜, 牛皮菜
rocket, arugula, rucola | rucula, arugula | руккола, рукола | 芝麻菜, 火箭菜
lamb's lettuce, lambs lettuce, corn salad | canonigos | корн салат | 羊生菜
watercress | berro, berros | кресс салат, водяной кресс | 西洋菜, 豆瓣菜
endive, chicory | endivia, escarola, endivias | эндивий, цикорный салат | 菊苣, 苦菊
chicory drink, chicory root | achicoria, achicoria soluble | цикорий, цикорий растворимый | 菊苣粉
sorrel | acedera, acederas | щавель | 酸模
nettle, nettles | ortiga, ortigas | крапива | 荨麻
rhubarb | ruibarbo | ревень | 大黄茎, 食用大黄
fennel, fennel bulb | hinojo | фенхель | 茴香, 茴香头
parsnip, parsnips | chirivia, chirivias | пастернак | 欧防风
turnip, turnips | nabo, nabos | репа, репка | 芜菁, 大头萝卜
swede, rutabaga | colinabo sueco, rutabaga | брюква | 芜青甘蓝
daikon, white radish, mooli | daikon, nabo daikon, rabano blanco | дайкон | 白萝卜
horseradish | rabano picante, raiz picante | хрен | 辣根
jerusalem artichoke | topinambur, tupinambo | топинамбур | 洋姜, 菊芋
celeriac, celery root | apionabo, apio nabo, raiz de apio | корень сельдерея | 根芹
taro | malanga, taro | таро | 芋头, 芋艿, 香芋
cassava, yuca, manioc | yuca, mandioca, casava | маниока, юка, кассава | 木薯
chinese yam, nagaimo | name chino, ñame | китайский ямс, горный ямс | 山药, 淮山
okra | okra, quimbombo | бамия, окра | 秋葵
chayote | chayote, chayota | чайот | 佛手瓜
nopal, nopales, cactus paddles | nopal, nopales | нопаль, нопалес | 仙人掌叶
tomatillo, tomatillos | tomatillo, tomate verde mexicano, tomate de cascara | томатильо | 墨西哥绿番茄
jicama | jicama | хикама | 凉薯, 豆薯
bitter melon, bitter gourd | melon amargo | горькая дыня, момордика | 苦瓜
winter melon, wax gourd | melon de invierno | восковая тыква | 冬瓜
luffa, sponge gourd | esponja vegetal, lufa | люффа, люфа | 丝瓜
patty pan squash | patison | патиссон | 飞碟瓜
butternut squash, butternut | calabaza cacahuete, calabaza butternut | мускатная тыква, тыква баттернат | 奶油南瓜, 贝贝南瓜
green beans, french beans, string beans, runner beans | judia verde, judias verdes, ejotes, chauchas, porotos verdes, vainitas, habichuelas verdes, habichuelas | стручковая фасоль, зеленая фасоль, спаржевая фасоль | 四季豆, 豆角, 豇豆, 长豆角, 扁豆角, 芸豆角, 敏豆
broad beans, fava beans | haba, habas | бобы конские, конские бобы, стручки бобов | 蚕豆
edamame | edamame | эдамаме, зеленые соевые бобы | 毛豆
mung beans, mung bean | soja verde, judia mungo, frijol mungo | маш, бобы мунг | 绿豆
adzuki beans, red beans, aduki beans | judia azuki, azuki, frijol azuki | бобы адзуки, адзуки | 红豆, 赤豆, 赤小豆
kidney beans, red kidney beans | alubias rojas, frijol rojo, habichuelas rojas, porotos colorados, porotos rojos, judias rojas, judion rojo, caraota roja, caraotas rojas | красная фасоль, фасоль красная | 红腰豆, 芸豆, 红芸豆, 大红豆, 红云豆
white beans, haricot beans, cannellini beans, butter beans | alubias blancas, judias blancas, frijol blanco, porotos blancos, judion, judiones, fabes, fabada | белая фасоль, фасоль белая | 白芸豆, 白豆
black beans, turtle beans | alubias negras, frijol negro, frijoles negros, porotos negros, caraotas | черная фасоль, фасоль черная | 黑豆, 黑芸豆
pinto beans | alubias pintas, frijol pinto, judias pintas | пестрая фасоль | 花豆, 斑豆
soybeans, soya beans, soy beans | habas de soja, granos de soja, porotos de soja | соевые бобы, соя в бобах | 黄豆, 大豆
split peas, dried peas, yellow peas | guisantes secos, guisantes partidos, arvejas partidas | колотый горох, горох колотый, сушеный горох | 干豌豆, 豌豆瓣
green peas, garden peas | guisantes verdes, chicharos, arvejas verdes | зеленый горошек, горошек зеленый | 青豆, 豌豆粒, 豌豆粒
sugar snap peas, mangetout, snow peas | tirabeques, arvejas chinas | сахарный горох | 荷兰豆, 甜豆
beluga lentils, black lentils | lenteja beluga, lentejas beluga, lenteja caviar | черная чечевица, чечевица белуга | 黑扁豆
bean sprouts, beansprouts, soy sprouts | brotes de soja, germinado de soja, brotes de alfalfa | проростки сои, пророщенный маш, ростки | 豆芽, 绿豆芽, 黄豆芽
microgreens | microgreens, germinados, brotes tiernos | микрозелень | 芽苗菜, 微型蔬菜
baby corn | mazorquitas, maicitos | мини кукуруза, мини початки | 玉米笋
tinned corn, sweetcorn tin, canned corn | maiz dulce en lata, maiz en lata | консервированная кукуруза, кукуруза в банке | 玉米罐头
mixed vegetables, frozen vegetables, vegetable mix, mixed frozen veg, frozen veg, mixed veg | menestra, menestra de verduras, verduras congeladas | овощная смесь, смесь овощей, замороженные овощи | 什锦蔬菜, 混合蔬菜, 冷冻蔬菜, 速冻蔬菜
vegetable box, veg box, veggie box | caja de verduras, cesta de verduras, cesta de la huerta, canasta de verduras | овощная корзина, набор овощей, ящик овощей | 蔬菜箱, 蔬菜礼盒
fruit box, fruit basket | caja de fruta, cesta de frutas, canasta de frutas | фруктовая корзина, набор фруктов | 水果箱, 果篮, 水果礼盒
salad mix, mixed salad, salad bag | mezcla de ensalada, ensalada en bolsa, mezclum | салатная смесь, салатный микс | 沙拉菜, 混合沙拉
bay leaf, bay leaves dried | hoja de laurel | лаврушка, лавровые листья | 香叶
thyme | tomillo | тимьян, чабрец | 百里香
sage | salvia | шалфей | 鼠尾草
tarragon | estragon | эстрагон, тархун | 龙蒿
marjoram | mejorana | майоран | 马郁兰
lemongrass | citronela, hierba limon | лемонграсс, лимонная трава | 香茅
perilla, shiso | shiso, perilla | шисо, перилла | 紫苏
galangal | galanga | галангал, калган | 南姜, 高良姜
kaffir lime leaves, lime leaves | hojas de lima kaffir, hojas de lima | листья каффир лайма | 柠檬叶, 青柠叶
curry leaves | hojas de curry | листья карри | 咖喱叶
vine leaves, grape leaves | hojas de parra | виноградные листья | 葡萄叶
epazote | epazote | эпазот | 土荆芥
fresh herbs, herbs | hierbas aromaticas, hierbas frescas | зелень, пряные травы | 香草植物, 香草盆栽
provencal herbs, herbes de provence, italian herbs, italian seasoning, mixed herbs | hierbas provenzales, hierbas italianas | прованские травы, итальянские травы | 普罗旺斯香草, 意大利香料
oyster mushrooms, oyster mushroom | seta ostra, gírgolas, girgola, setas ostra | вешенки, вешенка | 平菇, 秀珍菇
mushroom, button mushrooms, champignons, white mushrooms, chestnut mushrooms | champinones, champinon, champis, callampa, callampas | шампиньоны, шампиньон, шампики | 口蘑, 白蘑菇, 双孢菇, 洋菇
chanterelles, chanterelle | rebozuelo, rebozuelos, cantarela | лисички, лисичек, грибы лисички | 鸡油菌
milk cap mushrooms, saffron milk caps | niscalo, niscalos, rovellons, robellones | рыжики, грузди, груздь | 松乳菇
honey mushrooms | armilaria | опята, опят, опенок | 榛蘑, 蜜环菌
enoki, enoki mushrooms | enoki, setas enoki | эноки, опята эноки | 金针菇
king oyster mushrooms, eryngii | seta de cardo, eryngii | эринги, королевские вешенки | 杏鲍菇
tea tree mushroom | seta agrocybe | чайные грибы опята | 茶树菇
morels, morel mushrooms | colmenilla, colmenillas | сморчки | 羊肚菌
lion's mane, lions mane mushroom | melena de leon | ежовик гребенчатый, ежовик | 猴头菇
chaga | chaga | чага | 白桦茸, 桦树茸
reishi, lingzhi | reishi | рейши, линчжи | 灵芝
cordyceps | cordyceps | кордицепс | 虫草, 虫草花
dried mushrooms | setas secas, setas deshidratadas, hongos secos | сушеные грибы, грибы сушеные | 干蘑菇, 干菌菇
pickled mushrooms | setas en escabeche, champinones en conserva | маринованные грибы, соленые грибы, соленые грузди | 腌蘑菇
roasted chestnuts | castanas asadas | жареные каштаны | 糖炒栗子, 炒板栗
coconut flakes, desiccated coconut, shredded coconut, coconut chips, grated coconut | coco rallado, coco rayado, ralladura de coco, coco en escamas, coco deshidratado, copos de coco | кокосовая стружка, кокосовые чипсы | 椰蓉, 椰丝, 椰子片
coconut flour | harina de coco | кокосовая мука | 椰子粉
coconut cream | crema de coco, nata de coco | кокосовые сливки | 椰子奶油, 浓椰浆
tiger nuts, chufa | chufa, chufas | чуфа | 虎坚果, 油莎豆
hemp seeds | semillas de canamo, canamo pelado | семена конопли, конопляные семечки | 火麻仁
poppy seeds, poppy seed | semillas de amapola, amapola | мак, маковые семена, мак пищевой | 罂粟籽
sunflower kernels, shelled sunflower seeds | pipas peladas, pipas de girasol peladas | семечки очищенные, очищенные семечки | 葵花籽仁
watermelon seeds | semillas de sandia | арбузные семечки | 西瓜子
seed mix, mixed seeds | mezcla de semillas, semillas variadas | смесь семян, смесь семечек | 混合种子仁
trail mix | mezcla de estudiantes, mix de frutos secos con pasas | студенческая смесь, орехи с сухофруктами | 坚果果干混合
candied chestnuts, marron glace | marron glace, castanas confitadas | каштаны в сахаре | 糖渍栗子
lotus seeds | semillas de loto | семена лотоса | 莲子
gorgon nut, fox nuts, makhana | makhana | махана | 芡实
lily bulb | bulbo de lirio comestible | луковица лилии | 百合
"""
