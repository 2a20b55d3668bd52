"""What people of four languages call spices, oils, sauces, preserves, ready dishes and what keeps them well.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas.
"""

from typing import Final

DISHES: Final = """
sweet paprika | pimenton dulce | сладкая паприка, паприка сладкая | 甜椒粉
smoked paprika | pimenton ahumado, pimenton de la vera | копченая паприка, паприка копченая | 烟熏红椒粉
chili flakes, chilli flakes, crushed chili, red pepper flakes | copos de chile, chile en copos, aji molido, chile triturado, guindilla molida, chile en hojuelas, hojuelas de chile, chile en escamas | хлопья чили, чили хлопья | 辣椒碎
chili powder, cayenne, cayenne pepper, chilli powder | cayena, chile en polvo, aji en polvo, pimienta de cayena | молотый чили, кайенский перец, красный молотый перец, красный перец молотый | 辣椒粉, 辣椒面
dried chilies, dried chili peppers, dried chillies | chiles secos, chile ancho, chile guajillo, chile seco, guindillas secas | сушеный чили, сушеный острый перец | 干辣椒
white pepper | pimienta blanca | белый перец, перец белый | 白胡椒, 白胡椒粉
mixed peppercorns, pepper mix | mezcla de pimientas | смесь перцев | 混合胡椒
allspice | pimienta de jamaica, pimienta gorda | душистый перец, перец душистый | 多香果
nutmeg | nuez moscada | мускатный орех, мускат | 肉豆蔻
coriander seeds, ground coriander | semillas de cilantro, cilantro en grano, cilantro molido | кориандр, семена кориандра, кориандр молотый | 芫荽籽, 香菜籽
fennel seeds | semillas de hinojo | семена фенхеля | 小茴香, 茴香籽
anise, aniseed | anis, anis en grano | анис | 茴芹
caraway | alcaravea | тмин | 葛缕子
nigella, black cumin, black seed | comino negro, ajenuz, nigella | чернушка, черный тмин, калинджи | 黑种草籽
black seed oil, black cumin oil | aceite de comino negro | масло черного тмина | 黑种草油
fenugreek, utskho suneli | fenogreco, alholva | пажитник, уцхо сунели | 葫芦巴
sumac | zumaque | сумах | 盐肤木
zaatar | zaatar | заатар, затар | 中东香料
garam masala | garam masala | гарам масала | 印度综合香料, 马萨拉
five spice, five spice powder | cinco especias, cinco especias chinas | пять специй, китайские пять специй | 五香粉, 十三香
khmeli suneli | khmeli suneli | хмели сунели | 格鲁吉亚香料
barberry, dried barberries | agracejo | барбарис | 小檗果
garlic powder, granulated garlic | ajo en polvo, ajo granulado | сушеный чеснок, чеснок сушеный, чеснок гранулированный | 蒜粉, 大蒜粉
onion powder, fried onions, crispy onions | cebolla en polvo, cebolla frita, cebolla crujiente | сушеный лук, жареный лук, лук фри | 洋葱粉, 油葱酥
ginger powder, ground ginger | jengibre en polvo, jengibre molido | молотый имбирь, имбирь молотый, имбирь сушеный | 姜粉
pickled ginger, sushi ginger | jengibre encurtido, gari, jengibre para sushi | маринованный имбирь, имбирь маринованный, имбирь для суши | 寿司姜, 腌姜
curry paste | pasta de curry | паста карри, карри паста | 咖喱酱, 咖喱膏, 泰式咖喱
japanese curry, curry blocks, curry roux | curry japones, pastillas de curry | японский карри | 咖喱块, 日式咖喱
meat seasoning, bbq rub, grill seasoning | especias para carne, condimento para carne, sazonador | приправа для мяса, приправа для шашлыка, приправа для курицы, приправа | 烧烤料, 烧烤撒料, 腌肉料
bouillon cubes, stock cubes, broth cubes | pastillas de caldo, cubitos de caldo, avecrem, caldo en cubitos | бульонные кубики, кубики бульонные | 浓汤宝, 汤块, 高汤块
chicken essence powder, msg, chicken powder | glutamato, glutamato monosodico, ajinomoto | глутамат, усилитель вкуса, глутамат натрия | 味精, 鸡精
salt, iodised salt, table salt, fine salt, cooking salt, fine sea salt, sea salt fine | sal yodada, sal fina, sal de mesa | йодированная соль, соль йодированная | 食盐, 加碘盐, 精盐, 食用盐
coarse salt, kosher salt, rock salt | sal gorda, sal gruesa, sal en grano | крупная соль, соль крупная, каменная соль | 粗盐
smoked salt, salt flakes, flaky salt | sal ahumada, sal en escamas, sal maldon | четверговая соль, соль хлопьями | 盐片, 烟熏盐
pickling spices | especias para encurtir | специи для засолки | 腌菜料
braising spices, spice pack | especias para estofado chino | набор специй для тушения | 卤料包, 炖肉料
olive oil, extra virgin olive oil, first press olive oil | aceite de oliva virgen extra, aceite virgen extra, aove | оливковое масло первого отжима | 特级初榨橄榄油, 初榨橄榄油
pumpkin seed oil | aceite de pepitas de calabaza, aceite de semillas de calabaza, aceite de semilla de calabaza | тыквенное масло, масло тыквенное, масло из семян тыквы, масло тыквенных семечек | 南瓜籽油
walnut oil | aceite de nuez, aceite de nueces | масло грецкого ореха | 核桃油
grapeseed oil | aceite de semilla de uva, aceite de pepita de uva | масло виноградных косточек | 葡萄籽油
corn oil | aceite de maiz | кукурузное масло | 玉米油
soybean oil, soy oil | aceite de soja | соевое масло | 大豆油, 豆油
tea seed oil, camellia oil | aceite de camelia | масло камелии | 山茶油, 茶油
mustard oil | aceite de mostaza | горчичное масло | 芥末油
hemp oil | aceite de canamo | конопляное масло | 火麻油
frying oil, vegetable oil, cooking oil | aceite para freir, aceite vegetal | масло растительное, масло для жарки | 植物油, 调和油
truffle oil | aceite de trufa, aceite trufado | трюфельное масло, масло трюфельное | 松露油
castor oil | aceite de ricino | касторовое масло | 蓖麻油
palm oil, dende | aceite de palma, aceite de dende | пальмовое масло | 棕榈油
sichuan pepper oil | aceite de pimienta de sichuan | масло сычуаньского перца | 花椒油, 藤椒油
rice vinegar | vinagre de arroz | рисовый уксус, уксус рисовый | 米醋, 白米醋
chinkiang vinegar, black vinegar, mature vinegar | vinagre negro chino, vinagre de chinkiang | черный уксус, китайский уксус | 陈醋, 镇江香醋, 香醋
wine vinegar, sherry vinegar | vinagre de vino, vinagre de jerez | винный уксус | 葡萄酒醋
white vinegar, cleaning vinegar, spirit vinegar | vinagre blanco, vinagre de limpieza, vinagre de alcohol | столовый уксус, уксусная кислота, уксус 9 | 白醋
dark soy sauce | salsa de soja oscura | темный соевый соус | 
teriyaki sauce, teriyaki | teriyaki, salsa teriyaki | терияки, соус терияки | 照烧酱, 照烧汁
hoisin, hoisin sauce | hoisin, salsa hoisin | хойсин, соус хойсин | 海鲜酱
doubanjiang, broad bean chili paste | doubanjiang | доубаньцзян | 豆瓣酱, 郫县豆瓣
fermented black beans, douchi | judias negras fermentadas | ферментированные бобы | 豆豉
fermented tofu, fermented bean curd | tofu fermentado | ферментированный тофу | 腐乳, 豆腐乳
sweet bean sauce, noodle sauce | salsa de soja dulce, pasta de judias dulce | соус тяньмяньцзян | 甜面酱, 炸酱, 黄豆酱
gochujang | gochujang | кочудян, кочуджан | 韩式辣酱, 韩国辣酱
ssamjang, doenjang | doenjang | твенджан | 大酱, 韩式大酱
sambal | sambal | самбал | 参巴酱
harissa | harissa | харисса | 哈里萨辣酱
tabasco | tabasco | табаско | 塔巴斯科
sweet chili sauce, sweet and sour sauce | salsa agridulce, salsa de chile dulce | кисло сладкий соус, сладкий чили соус, соус сладкий чили | 甜辣酱, 糖醋酱
bbq sauce, barbecue sauce | salsa barbacoa, salsa bbq | соус барбекю, барбекю соус | 烧烤酱
salsa, mexican salsa, pico de gallo | pico de gallo, salsa mexicana, salsa roja, salsa verde | сальса | 莎莎酱
guacamole | guacamole | гуакамоле | 牛油果酱, 鳄梨酱
tzatziki | tzatziki | дзадзики, цацики | 希腊酸奶酱
aioli, garlic sauce | alioli, ajoaceite | айоли, чесночный соус | 蒜泥酱
mojo sauce, mojo picon | mojo, mojo picon, mojo verde | мохо | 加纳利辣酱
chimichurri | chimichurri | чимичурри | 阿根廷青酱
mole, mole sauce | mole, mole poblano, pasta de mole | моле | 墨西哥巧克力辣酱
tkemali | tkemali, salsa tkemali | ткемали, соус ткемали | 格鲁吉亚酸梅酱
narsharab, pomegranate molasses | melaza de granada | наршараб, гранатовый соус | 石榴糖浆
ajvar, pepper spread | ajvar | айвар | 红椒酱
satsebeli | satsebeli | сацебели | 格鲁吉亚番茄酱
tartar sauce | salsa tartara | соус тартар, тартар | 塔塔酱
caesar dressing, salad dressing | salsa cesar, alino para ensalada, aderezo | соус цезарь, заправка для салата | 凯撒酱, 沙拉汁, 油醋汁
tomato sauce, pasta sauce, marinara, bolognese | salsa de tomate, salsa bolonesa, salsa para pasta | томатный соус, соус для пасты, болоньезе | 意面酱, 番茄意面酱, 番茄酱意面酱
worcestershire sauce | salsa inglesa, salsa worcestershire, salsa perrins | вустерский соус | 伍斯特酱, 喼汁
dijon mustard | mostaza de dijon, mostaza antigua | дижонская горчица, горчица дижонская, зернистая горчица | 第戎芥末
chopped tomatoes, tinned tomatoes, canned tomatoes | tomate en lata, tomate en conserva, tomate pelado, tomate troceado, tomates enteros pelados, tomate triturado en lata, tomates en lata, tomate triturado, tomates pelados, tomate entero en lata | томаты в собственном соку, помидоры в собственном соку, консервированные помидоры | 番茄罐头, 罐装番茄
pickled tomatoes | tomates encurtidos | соленые помидоры, маринованные помидоры | 腌番茄
gherkins, pickled cucumbers, dill pickles, lightly salted cucumbers | pepinillos en vinagre, pepinillos agridulces | соленые огурчики, огурчики маринованные, огурцы бочковые | 酸青瓜
pickled garlic | ajos encurtidos, ajo encurtido | маринованный чеснок, соленый чеснок | 糖蒜, 腌蒜
pickled onions | cebollitas en vinagre, cebolla encurtida, cebollitas encurtidas | маринованный лук | 腌洋葱
preserved vegetables, pickled mustard greens, zhacai | verdura china en conserva | соленые овощи, чжацай | 榨菜, 梅干菜, 雪菜, 咸菜, 酱菜
roasted peppers, piquillo peppers | pimiento asado, pimientos del piquillo, pimientos asados, piquillos | печеный перец, запеченный перец | 烤甜椒罐头
padron peppers | pimientos de padron | перец падрон | 帕德龙小青椒
jalapenos, jalapeno | jalapeno, jalapenos | халапеньо | 墨西哥辣椒
chipotle | chipotle, chile chipotle | чипотле | 奇波雷辣椒
lecho, vegetable ragout, ratatouille, pisto | pisto, ratatouille | лечо, рататуй, овощное рагу | 炖菜罐头
squash caviar, aubergine caviar, vegetable caviar | caviar de berenjena, caviar de calabacin | кабачковая икра, икра кабачковая, баклажанная икра | 茄子酱
green olives, manzanilla olives | aceitunas verdes, aceituna manzanilla, aceitunas rellenas, aceitunas de anchoa | зеленые оливки, оливки зеленые | 绿橄榄
black olives, kalamata olives | aceitunas negras, aceitunas kalamata | маслины, черные маслины, маслин | 黑橄榄
gilda, banderillas | gildas, banderillas, encurtidos, encurtido | соленья, закуски маринованные | 腌菜拼盘
artichoke hearts | corazones de alcachofa, alcachofas en conserva | артишоки консервированные, сердцевины артишоков | 洋蓟心罐头
white asparagus jar | esparragos blancos, esparragos en conserva | белая спаржа | 白芦笋
hearts of palm | palmito, palmitos | сердцевина пальмы | 棕榈心
canned pineapple, pineapple slices | pina en almibar, pina en lata | консервированный ананас, ананасы кольцами | 菠萝罐头
canned peaches | melocoton en almibar, duraznos en almibar | консервированные персики, персики в сиропе | 黄桃罐头
canned beans, baked beans | alubias cocidas, judias en salsa, alubias en bote, frijoles refritos, frijoles enlatados | фасоль консервированная, консервированная фасоль | 焗豆, 茄汁黄豆
cooked chickpeas, chickpea jar | garbanzos cocidos, garbanzos en bote, garbanzo cocido | консервированный нут, нут консервированный | 鹰嘴豆罐头
falafel | falafel | фалафель | 法拉费
soya chunks, textured soy, soy meat | soja texturizada, carne de soja, proteina de soja | соевое мясо, соевый фарш, соевая спаржа | 素肉, 大豆蛋白, 豆干
tofu skin, yuba, bean curd sticks | yuba, piel de tofu | спаржа корейская, фучжу, спаржа соевая | 腐竹, 豆皮, 千张, 豆腐皮
silken tofu, soft tofu | tofu sedoso, tofu blando | мягкий тофу, шелковый тофу | 嫩豆腐, 内酯豆腐, 豆花
smoked tofu, fried tofu | tofu ahumado, tofu frito | копченый тофу, жареный тофу | 豆腐泡, 油豆腐
stinky tofu | tofu apestoso | вонючий тофу | 臭豆腐
natto | natto | натто | 纳豆
veggie burgers, vegan burgers, plant burger | hamburguesas veganas, hamburguesas vegetales, heura | веганские котлеты, растительные котлеты | 素汉堡, 植物肉
vegan cheese | queso vegano | веганский сыр | 纯素奶酪
ready meals, ready meal, frozen meals | plato preparado, platos preparados, comida preparada, tapers de comida | готовая еда, готовые блюда, полуфабрикаты | 预制菜, 速食, 方便菜
lunch set, meal prep, business lunch | menu del dia, viandas | бизнес ланч, готовые обеды, рационы | 便当, 盒饭, 套餐
frozen pizza | pizza congelada, pizzas congeladas | замороженная пицца, пицца замороженная | 速冻披萨
spanish omelette, tortilla de patatas | tortilla de patatas, tortilla espanola | испанская тортилья | 西班牙土豆饼
paella | paella | паэлья | 西班牙海鲜饭
salmorejo | salmorejo | сальморехо | 冷番茄汤
empanadas, empanada | empanada gallega, empanadas argentinas, empanadas, salteñas | эмпанада, эмпанадас | 阿根廷馅饼
arepas | arepa, arepas | арепас | 玉米夹饼
pupusas | pupusa, pupusas | пупусас | 普普萨
pao de queijo, cheese bread | pan de queso, pandebono, chipa | сырные шарики, сырные булочки | 巴西奶酪面包
khachapuri | khachapuri, jachapuri | хачапури | 格鲁吉亚奶酪饼
khinkali | khinkali, jinkali | хинкали | 格鲁吉亚汤包
manti | manti | манты, мантов | 中亚蒸饺
chebureki, samsa | cheburek, samsa | чебуреки, чебурек, самса | 烤包子, 炸馅饼
vareniki | vareniki | вареники, вареников, вареники с картошкой, вареники с вишней | 乌克兰饺子
pelmeni | pelmeni, pelmenis | пельмешки, сибирские пельмени, пельмени, пельмешков | 俄式饺子
pirozhki, stuffed buns, pasties | pirozhki, empanadillas rusas | пирожки, пирожок, пирожков, беляши | 俄式馅饼
borscht | borsch | борщ, борща | 罗宋汤, 红菜汤
okroshka, solyanka, shchi | solianka | солянка, щи, окрошка, рассольник | 俄式酸汤
olivier salad, russian salad | ensaladilla rusa, ensaladilla | оливье, салат оливье, винегрет | 俄式土豆沙拉
aspic, kholodets | aspic | холодец, студень, заливное | 肉冻
korean carrot, korean carrots | zanahoria coreana | морковь по корейски, корейская морковка, морковка по корейски | 韩式胡萝卜丝
pilaf, plov | plov, pilaf | плов, плова | 抓饭
kutaby, lahmacun | lahmacun | кутабы, лахмаджун | 土耳其薄饼
soup dumplings, xiaolongbao | xiaolongbao | сяолунбао | 小笼包, 灌汤包
shumai, siu mai, dim sum, har gow | dim sum, shumai | дим сам, димсамы, шумай | 烧卖, 点心, 虾饺, 流沙包, 奶黄包
scallion pancakes | tortitas de cebolleta chinas | лепешки с луком | 葱油饼, 手抓饼
spicy strips, latiao | latiao | латяо, острые палочки | 辣条
hotpot, mala tang, self heating hotpot | hotpot autocalentable, mala tang | самогреющийся хого, малатан | 自热火锅, 麻辣烫, 自热米饭, 冒菜
mala xiang guo sauce, mapo tofu sauce, stir fry sauce | salsa para wok, salsa mapo tofu | соус для вока, соус мапо тофу | 麻婆豆腐料, 麻辣香锅料, 炒菜料
sauerkraut fish seasoning | condimento para pescado con col agria | приправа для рыбы с квашеной капустой | 酸菜鱼料, 酸菜鱼
tomato hotpot base | base de hotpot de tomate | томатная основа для хого | 番茄火锅底料
seaweed snacks, roasted seaweed | snack de algas, algas tostadas, aperitivo de algas | чипсы нори, чипсы из водорослей | 海苔零食, 烤海苔
wakame | wakame | вакаме, чука | 裙带菜
spirulina, chlorella | espirulina, chlorella | спирулина, хлорелла | 螺旋藻
bibimbap, kimbap | kimbap | кимпаб | 紫菜包饭, 石锅拌饭
tom yum paste, tom yam | pasta tom yum, tom yum | том ям, паста том ям | 冬阴功酱
pad thai sauce | salsa pad thai | соус пад тай | 泰式炒河粉酱
soup mix, packet soup, instant soup | sopa de sobre, sopas de sobre | суп быстрого приготовления, суп в пакетиках | 速食汤, 即食汤
mashed potato powder, mashed potatoes | pure de patata, pure de papas | картофельное пюре, пюре картофельное | 土豆泥
potato waffles, hash browns, roast potatoes | patatas bravas congeladas, croquetas de patata | картофельные дольки, картофель по деревенски, драники | 薯饼
onion rings | aros de cebolla | луковые кольца | 洋葱圈
nachos, tortilla chips, doritos | nachos, totopos, doritos | начос, кукурузные чипсы | 玉米脆片, 多力多滋
pringles | pringles | принглс, чипсы принглс | 品客
pretzels, pretzel | pretzel, pretzels, lacitos salados | крендельки, претцели | 椒盐卷饼
prawn crackers | pan de gambas | креветочные чипсы | 虾片, 虾条
corn nuts, roasted corn | kikos, maiz tostado, quicos, cancha | жареная кукуруза | 玉米粒零食
corn puffs, puffs, cheetos | gusanitos, cheetos, ganchitos | кукурузные палочки, палочки кукурузные | 妙脆角
pork rinds, pork scratchings | cortezas, chicharron, chicharrones, torreznos | шкварки | 猪皮脆
gofio | gofio | гофио | 炒面粉
molasses, treacle | melaza, miel de cana, melaza de cana | патока, меласса | 糖蜜
date syrup | sirope de datil | финиковый сироп, сироп из фиников | 椰枣糖浆
glucose syrup, corn syrup, golden syrup | jarabe de maiz, glucosa, jarabe de glucosa | глюкозный сироп, инвертный сироп | 玉米糖浆, 葡萄糖浆
manuka honey | miel de manuka, miel manuka | мед манука, манука | 麦卢卡蜂蜜
acacia honey | miel de acacia | акациевый мед, мед акация, мед из акации | 槐花蜜, 洋槐蜜
linden honey, lime honey | miel de tilo | липовый мед, мед липовый | 椴树蜜
buckwheat honey | miel de trigo sarraceno, miel de alforfon | гречишный мед, мед гречишный | 荞麦蜜
orange blossom honey | miel de azahar | апельсиновый мед | 橙花蜜
chestnut honey | miel de castano | каштановый мед | 栗子蜜
rosemary honey, thyme honey, heather honey | miel de romero, miel de tomillo, miel de brezo | вересковый мед, тимьяновый мед | 迷迭香蜜
creamed honey, whipped honey | miel cremosa, miel batida | крем мед, мед суфле | 结晶蜜, 奶油蜂蜜
wildflower honey, flower honey | miel de mil flores, miel milflores, miel multifloral | цветочный мед, мед разнотравье, мед цветочный | 百花蜜
long pepper, pink pepper | pimienta rosa | розовый перец | 粉红胡椒
dried ginger sweets, candied ginger | jengibre confitado, jengibre cristalizado | имбирь в сахаре, цукаты имбиря | 姜糖
kombu, dashi | dashi, alga kombu, katsuobushi | комбу, даси | 木鱼花, 出汁
mirin | mirin | мирин | 味淋, 味醂
ponzu | ponzu | пондзу | 柚子醋
furikake | furikake | фурикаке | 拌饭料, 香松
lye, food grade lime | cal alimentaria | гашеная известь | 食用石灰
"""
