"""What people of four languages call spices, drinks, sweets, dishes and what else is in a pantry.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas. The first word names it.
"""

from typing import Final

PANTRY: Final = """
quinoa | quinoa | киноа | 藜麦
bulgur | bulgur | булгур | 布格麦
couscous | cuscus | кускус | 古斯米
millet | mijo | пшено | 小米
barley | cebada | перловка, ячмень | 大麦, 薏米
semolina | semola | манка, манная крупа | 粗麦粉
granola, muesli | granola, muesli | гранола, мюсли | 格兰诺拉, 坚果麦片, 麦片坚果
cornflakes, cereal, breakfast cereal, corn flakes | cereales, copos de maiz, zucaritas | хлопья, кукурузные хлопья, сухой завтрак | 玉米片, 早餐麦片, 早餐谷物, 谷物圈
oat milk | leche de avena, bebida de avena | овсяное молоко | 燕麦奶, 燕麦乳
almond milk, almond drink | leche de almendras, bebida de almendras | миндальное молоко | 杏仁奶, 杏仁露
soy milk, soya milk, soy drink | leche de soja, bebida de soja | соевое молоко | 豆浆, 豆奶
rice milk | leche de arroz | рисовое молоко | 米浆
condensed milk | leche condensada, lechera, lecherita | сгущенное молоко, сгущенка | 炼乳, 炼奶
milk powder, powdered milk | leche en polvo | сухое молоко | 奶粉
baby formula, infant formula, formula milk, baby milk powder, follow on milk | leche de formula, formula infantil, leche de inicio, leche de inicio para bebe, leche infantil, leche maternizada, leche de continuacion, leche de bebe | детская смесь, молочная смесь, смесь для новорожденного, смесь для новорожденных | 婴儿奶粉, 宝宝奶粉, 配方奶粉, 婴幼儿奶粉, 婴幼儿配方奶粉, 婴儿配方奶粉
rye flour | harina de centeno | ржаная мука | 黑麦粉
almond flour | harina de almendra | миндальная мука | 杏仁粉
rice flour | harina de arroz | рисовая мука | 糯米粉, 粘米粉
bread flour, strong flour | harina de fuerza, harina 0000 | хлебопекарная мука | 高筋面粉
rye bread | pan de centeno | ржаной хлеб | 黑麦面包
sourdough bread, loaf of sourdough, sourdough loaf, sourdough, sour dough, sour dough bread | pan de masa madre, hogaza de masa madre, hogaza, pan masa madre, masa madre | хлеб на закваске, бездрожжевой хлеб, заквасочный хлеб, ремесленный хлеб, подовый хлеб, закваска, на закваске | 酸种面包, 酸面包, 老面面包, 天然酵母面包, 欧包, 酸酵面包, 天然酵母欧包, 老面
baguette | baguette, barra de pan | багет | 法棍, 法式长棍
bagel, bagels | bagel | бейгл, бублик, бублики | 贝果
yeast | levadura | дрожжи | 酵母
baking powder | polvo de hornear, levadura quimica, levadura royal, polvo royal, polvos de hornear | разрыхлитель | 泡打粉
baking soda, bicarbonate of soda | bicarbonato, bicarbonato de sodio | пищевая сода, сода | 小苏打
vanilla, vanilla flavoured | vainilla, sabor vainilla | ваниль, ванильный | 香草, 香草味
black pepper, peppercorns, ground pepper, pepper mill refill | pimienta negra, pimienta | черный перец, черный перец горошком, перец черный, перец горошком, молотый перец, перец молотый | 黑胡椒, 胡椒, 胡椒粉, 黑胡椒粉, 黑胡椒粒
sichuan pepper, sichuan peppercorns, szechuan pepper, szechuan peppercorns | pimienta de sichuan | сычуаньский перец, сычуанский перец | 花椒, 四川花椒
paprika | pimenton | паприка | 红椒粉
cumin | comino | зира, кумин | 孜然
cardamom | cardamomo | кардамон | 豆蔻, 小豆蔻
cloves | clavo | гвоздика | 丁香
star anise | anis estrellado | бадьян | 八角
curry, curry powder | curry | карри | 咖喱
mustard | mostaza | горчица | 芥末酱, 芥末
wasabi | wasabi | васаби | 山葵
ketchup, tomato ketchup | ketchup, catsup | кетчуп | 番茄酱, 番茄沙司, 茄汁
mayonnaise, mayo | mayonesa, mahonesa, mayo | майонез, майонезик | 蛋黄酱, 沙拉酱, 美乃滋, 美奶滋
chili oil, chilli oil, chili crisp, lao gan ma, laoganma, chilli crisp oil, crispy chili oil | aceite de chile, aceite picante, laoganma, chile crujiente, aceite de chile crujiente | масло чили, чили масло, лао ган ма | 辣椒油, 红油, 老干妈, 油泼辣子, 香辣油, 油辣子
chili sauce, hot sauce, sriracha | salsa picante, salsa de chile, sriracha, aji en salsa | острый соус, шрирача, соус чили | 辣椒酱, 辣酱
fish sauce | salsa de pescado | рыбный соус | 鱼露
oyster sauce | salsa de ostras | устричный соус | 蚝油
hotpot base, hot pot base, hotpot soup base | base de hot pot, base para hotpot | основа для хого, хого | 火锅底料
pesto | pesto | песто | 青酱
adjika | adjika | аджика | 阿吉卡酱
balsamic vinegar, balsamic | vinagre balsamico, balsamico, vinagre de modena | бальзамический уксус, бальзамик, бальзамико | 香醋, 意大利黑醋, 意大利香醋, 黑醋
apple cider vinegar, cider vinegar, acv | vinagre de manzana, vinagre de sidra | яблочный уксус | 苹果醋
sesame oil | aceite de sesamo | кунжутное масло | 芝麻油, 香油, 麻油
olive oil, evoo | aceite de oliva, aove | оливковое масло | 橄榄油
sunflower oil, sunflower seed oil | aceite de girasol | подсолнечное масло, постное масло, масло постное, растительное масло, подсолнечка, семечковое масло | 葵花籽油, 葵花子油, 葵花油, 葵籽油, 向日葵油
rapeseed oil, canola oil | aceite de colza, aceite de canola | рапсовое масло | 菜籽油, 芥花油, 芥花籽油
peanut oil | aceite de cacahuete | арахисовое масло для жарки, арахисовое масло растительное | 花生油
flaxseed oil, linseed oil | aceite de lino, aceite de linaza | льняное масло | 亚麻籽油
avocado oil | aceite de aguacate | масло авокадо | 牛油果油
ghee, clarified butter | ghee, mantequilla clarificada | гхи, топленое масло | 酥油, 印度酥油
butter | mantequilla, manteca, manteca sin sal | сливочное масло, масло сливочное, маслице, масло 82, масло коровье | 黄油, 奶油块, 牛油, 奶油黄油, 动物黄油
margarine | margarina | маргарин | 人造黄油
mozzarella | mozzarella, bolas de mozzarella, muzzarella | моцарелла | 马苏里拉, 莫扎里拉奶酪, 莫扎里拉, 水牛芝士
parmesan, parmigiano, parmigiano reggiano | parmesano | пармезан | 帕玛森, 帕尔马干酪
feta | feta, queso feta | фета, брынза | 菲达奶酪, 羊奶酪块, 菲达, 菲达芝士, 羊奶芝士
cream cheese, philadelphia | queso crema, queso para untar, queso philadelphia, philadelphia | сливочный сыр, творожный сыр | 奶油奶酪, 奶油芝士
manchego | manchego, queso manchego | манчего | 曼彻格
goat cheese | queso de cabra, rulo de cabra, queso cabra | козий сыр | 山羊奶酪, 羊奶酪
blue cheese | queso azul | сыр с плесенью | 蓝纹奶酪
quail eggs | huevos de codorniz | перепелиные яйца | 鹌鹑蛋
duck eggs | huevos de pato | утиные яйца | 鸭蛋
salted duck eggs | huevos de pato salados | соленые утиные яйца | 咸鸭蛋
century eggs | huevos centenarios | столетние яйца | 皮蛋
minced meat, mince, ground meat | carne picada, carne molida | фарш | 肉末, 绞肉
steak | bistec, filete, solomillo, chuleton | стейк | 牛排
ribs | costillas | ребрышки, ребра | 
chicken breast, chicken fillets, chicken fillet, chicken breast fillets | pechuga de pollo, pechuga, pechugas, filetes de pechuga, filetes de pollo, suprema de pollo, supremas de pollo, milanesa de pollo cruda | куриная грудка, куриное филе, грудки куриные, филе куриное, филе курицы, филе цыпленка, филе грудки | 鸡胸肉, 鸡胸, 鸡脯肉, 大胸肉, 鸡柳
chicken feet | patas de pollo | куриные лапки | 鸡爪, 凤爪
sausage, sausages, frankfurter, pork sausages, bangers, breakfast sausages, snags | salchicha, chorizo fresco, chorizo parrillero, longaniza | колбаса, сосиски, колбаски, сардельки, сосисочки | 香肠, 腊肠, 热狗肠, 台湾香肠
chorizo | chorizo | чоризо | 西班牙香肠
salami | salami, salchichon, fuet | салями | 萨拉米
iberian ham, jamon iberico, jamon, serrano ham, cured ham | jamon iberico, jamon serrano, jamon, iberico | хамон | 伊比利亚火腿, 西班牙火腿
lard, salo, pork lard, pork fat | tocino de cerdo, manteca de cerdo, manteca de chancho, manteca de puerco | сало, смалец, свиной жир, топленый жир | 猪油
beef jerky, biltong, jerky | cecina, carne seca, tasajo | вяленое мясо, джерки | 牛肉干, 肉干
salmon, salmon fillet, salmon fillets, salmon steak, salmon steaks, side of salmon, salmon filet, salmon filets, salmon portions | salmon, filete de salmon, lomo de salmon, lomos de salmon, rodaja de salmon, rodajas de salmon, salmon fresco, supremas de salmon, salmon en lomos | лосось, семга, филе лосося, филе семги, стейк лосося, стейк семги, стейки семги, красная рыба | 三文鱼, 鲑鱼, 三文鱼片, 三文鱼排, 三文鱼块, 三文鱼柳, 鲑鱼排, 鲑鱼片, 鲑鱼块, 鲑鱼菲力
smoked salmon | salmon ahumado | копченый лосось, копченая семга | 烟熏三文鱼
trout | trucha | форель | 鳟鱼
cod, cod fillets, cod loin | bacalao, merluza, lomos de bacalao, lomo de bacalao, bacalao fresco | треска | 鳕鱼, 鳕鱼块, 鳕鱼片, 银鳕鱼, 鳕鱼排
herring | arenque | сельдь, селедка | 鲱鱼
mackerel | caballa | скумбрия | 鲭鱼, 青花鱼, 鲐鱼
sardine, sardines | sardina, sardinas | сардина, сардины, шпроты | 沙丁鱼, 茄汁沙丁鱼
anchovy, anchovies | anchoa, boqueron | анчоус, анчоусы | 凤尾鱼
squid, calamari | calamar | кальмар | 鱿鱼
octopus | pulpo | осьминог | 章鱼
mussel, mussels | mejillon, mejillones, choritos, cholgas | мидии, мидия | 青口, 贻贝
oyster, oysters | ostra, ostras | устрица, устрицы | 生蚝, 牡蛎
scallop, scallops | vieira, vieiras | гребешок, гребешки | 扇贝, 干贝
crayfish, crawfish | cangrejo de rio | раки | 小龙虾
hairy crab, hairy crabs | cangrejo peludo | мохнатый краб | 大闸蟹
red caviar, salmon roe | caviar rojo, huevas de salmon | красная икра, икра лососевая | 鲑鱼子
kelp | kelp, kombu | морская капуста, ламинария | 海带, 昆布
luosifen, luosifen noodles, snail noodles | luosifen, fideos luosifen | лосыфэнь, лосифэнь | 螺蛳粉, 螺狮粉
instant noodles, cup noodles, ramen noodles, pot noodle, pot noodles, ramen packs, ramen packets | fideos instantaneos, ramen instantaneo, sopa maruchan, maruchan, sopa instantanea, fideos cup noodles | лапша быстрого приготовления, доширак, роллтон, бичпакет | 方便面, 泡面, 速食面, 公仔面, 即食面
rice noodles | fideos de arroz | рисовая лапша | 米粉, 河粉, 米线
glass noodles | fideos de cristal | фунчоза, стеклянная лапша | 粉丝, 粉条
soba, buckwheat noodles | soba | соба, гречневая лапша | 荞麦面
udon | udon | удон | 乌冬面, 乌冬
lasagne, lasagna | lasana | лазанья | 千层面
ravioli | ravioli | равиоли | 意大利饺子
gnocchi | noquis | ньокки | 意式土豆团
tortilla, tortillas, tortilla wraps, corn tortillas, wraps, flour tortillas | tortillas de maiz, tortillas de trigo, tortillas, tortillas de harina | тортилья, лаваш, кукурузные тортильи, кукурузные лепешки, лепешки тортилья | 墨西哥薄饼, 玉米饼, 墨西哥饼, 卷饼皮, 墨西哥卷饼皮
tamales | tamal, tamales | тамалес | 玉米粽
tacos | taco, tacos | тако | 塔可
zongzi, rice dumplings | zongzi | цзунцзы | 粽子
mooncake, mooncakes, moon cake | pastel de luna, pasteles de luna | лунный пряник, лунные пряники, юэбин | 月饼
tangyuan | tangyuan | танъюань | 汤圆
baozi, steamed buns | baozi, bollos al vapor | баоцзы, паровые булочки, манты | 包子
mantou | mantou | маньтоу | 馒头
wonton, wontons | wonton | вонтоны | 馄饨, 云吞
spring rolls | rollitos de primavera | спринг роллы | 春卷
hot dog, hot dogs | perrito caliente | хот дог | 热狗
burger, burgers, hamburger | hamburguesa | бургер, котлеты для бургеров | 汉堡
fries, french fries | papas fritas congeladas | картофель фри | 薯条
pancakes, blini | tortitas, panqueques, hotcakes, hot cakes | блины, блинчики, оладьи, оладушки | 煎饼, 薄饼, 松饼, 薄煎饼, 班戟
waffle, waffles | gofre, gofres, waffle | вафли, вафля | 华夫饼
muffin, muffins, cupcakes | magdalena, magdalenas | маффин, кексы, кекс | 玛芬, 纸杯蛋糕
brownie, brownies | brownie | брауни | 布朗尼
cheesecake | tarta de queso | чизкейк | 芝士蛋糕, 起司蛋糕
gingerbread | pan de jengibre | пряник, пряники, имбирное печенье | 姜饼
panettone | panettone, paneton | панеттоне, кулич | 潘妮托尼
roscon | roscon, roscon de reyes, rosca de reyes | роскон | 国王饼
polvorones, mantecados | polvoron, polvorones, mantecado | польворонес | 西班牙酥饼
turron, nougat | turron | туррон, нуга | 牛轧糖
alfajores | alfajor, alfajores | альфахорес | 阿尔法霍
churros | churro, churros | чуррос | 吉事果
donut, donuts, doughnut, doughnuts | dona, donut, rosquilla | пончик, пончики | 甜甜圈
zefir | zefir, malvavisco ruso | зефир | 泽菲尔
marshmallow, marshmallows | malvavisco, nube | маршмеллоу | 棉花糖
pastila | pastila | пастила | 果泥糕
gummies, gummy bears, jelly candy, jelly babies | gominola, gominolas, gomitas, ositos de goma, gomitas de ositos, chuches | мармелад, жевательный мармелад, мармеладные мишки, жевательные мишки, желейные мишки, жевательные конфеты | 软糖, 小熊软糖
lollipop, lollipops | piruleta, chupachups | леденец, чупа чупс | 棒棒糖
chewing gum, gum | chicle | жвачка, жевательная резинка | 口香糖
dark chocolate | chocolate negro, chocolate amargo | горький шоколад, темный шоколад, черный шоколад | 黑巧克力, 黑巧, 黑朱古力
milk chocolate | chocolate con leche, tableta de chocolate con leche | молочный шоколад | 牛奶巧克力
white chocolate | chocolate blanco | белый шоколад | 白巧克力
protein bar, protein bars | barrita de proteina, barrita proteica | протеиновый батончик, протеиновые батончики | 蛋白棒
nutella, chocolate spread, hazelnut spread | nutella, nocilla, crema de cacao, crema de avellanas | нутелла, шоколадная паста, ореховая паста | 能多益, 榛子酱, 巧克力酱
dulce de leche | dulce de leche, cajeta | вареная сгущенка | 焦糖牛奶酱
brown sugar, cane sugar | azucar moreno, azucar morena, panela | тростниковый сахар, коричневый сахар | 红糖, 黑糖, 蔗糖
stevia, sweetener, erythritol | estevia, edulcorante, eritritol | стевия, эритрит, подсластитель, сахарозаменитель | 甜菊糖, 代糖, 赤藓糖醇
sea salt | sal marina | морская соль | 海盐
himalayan salt, pink salt | sal del himalaya, sal rosa | гималайская соль, розовая соль | 喜马拉雅盐, 玫瑰盐
honeycomb | panal de miel | соты, мед в сотах | 蜂巢蜜
royal jelly | jalea real | маточное молочко | 蜂王浆
propolis | propoleo | прополис | 蜂胶
bee pollen | polen, polen de abeja | пыльца, перга | 花粉
agave syrup | sirope de agave, jarabe de agave | сироп агавы | 龙舌兰糖浆
ground coffee, coffee powder, filter coffee | cafe molido | молотый кофе, кофе молотый | 咖啡粉
instant coffee, coffee granules, nescafe, freeze dried coffee | cafe soluble, cafe instantaneo, nescafe, cafe nescafe | растворимый кофе, нескафе, сублимированный кофе | 速溶咖啡, 即溶咖啡, 雀巢咖啡, 三合一咖啡
coffee capsules, coffee pods, nespresso capsules, nespresso pods, nespresso | capsulas de cafe, capsulas nespresso, nespresso | капсулы для кофемашины, кофе в капсулах, неспрессо, капсулы неспрессо | 咖啡胶囊, 胶囊咖啡
drip coffee bags, drip coffee | cafe de goteo | дрип кофе, дрип пакеты | 挂耳咖啡, 挂耳
black tea, breakfast tea, english breakfast | te negro | черный чай | 红茶
green tea | te verde | зеленый чай | 绿茶
white tea | te blanco | белый чай | 白茶
oolong, oolong tea | oolong, te oolong | улун, чай улун | 乌龙茶, 铁观音, 大红袍
puer, pu erh, puerh, puer tea, pu erh tea | pu erh, puerh, te pu erh | пуэр, чай пуэр | 普洱, 普洱茶
jasmine tea | te de jazmin | жасминовый чай | 茉莉花茶, 茉莉茶
earl grey | earl grey | эрл грей, чай с бергамотом | 伯爵茶, 伯爵红茶, 伯爵
chamomile tea, camomile, chamomile | manzanilla | ромашка, ромашка аптечная, ромашковый чай | 洋甘菊, 洋甘菊茶, 甘菊茶, 黄春菊茶
herbal tea, herb tea, tisane | infusion, te de hierbas, tisana | травяной чай, травяной сбор | 花草茶, 草本茶
chrysanthemum tea | te de crisantemo | чай из хризантемы | 菊花茶, 菊花
ivan tea, fireweed tea | te de adelfilla | иван чай | 柳兰茶
rooibos | rooibos | ройбуш | 路易波士茶, 博士茶
mate, yerba mate | yerba mate, mate, yerba | мате, чай мате | 马黛茶, 巴拉圭茶, 马黛
kombucha | kombucha, te kombucha | комбуча | 康普茶
kombucha scoby, scoby, kombucha mother, kombucha culture | scoby, scoby kombucha, madre kombucha, hongo kombucha | чайный гриб | 红茶菌
kefir grains | granos de kefir, bulgaros de kefir, nodulos de kefir | кефирный гриб, кефирные грибки, молочный гриб | 开菲尔菌, 克菲尔菌
kvass | kvas | квас | 格瓦斯
lemonade | limonada | лимонад | 柠檬水
cola, coke, coca cola | cola, coca cola, refresco de cola, cocas, coca | кола, кока кола | 可乐
energy drink | bebida energetica | энергетик | 能量饮料
mineral water, still water, bottled water, drinking water, spring water | agua mineral, agua embotellada, garrafa de agua, agua sin gas, agua potable, agua de mesa | минеральная вода, минералка, питьевая вода, вода в бутылках, вода без газа, негазированная вода, бутилированная вода, вода питьевая, водичка питьевая | 矿泉水, 瓶装水, 饮用水, 纯净水, 桶装水, 山泉水
orange juice, oj | zumo de naranja, jugo de naranja | апельсиновый сок | 橙汁
apple juice | zumo de manzana, jugo de manzana | яблочный сок | 苹果汁
cider | sidra | сидр | 苹果酒, 西打酒
red wine | vino tinto, vino rioja, tinto, ribera del duero vino | красное вино | 红酒, 干红, 赤霞珠, 红葡萄酒
white wine | vino blanco | белое вино | 白葡萄酒, 干白
champagne, sparkling wine, prosecco, cava | champan, cava, vino espumoso, espumante, espumoso | шампанское, игристое вино, просекко, игристое, шампусик | 香槟, 起泡酒
vermouth | vermut, vermu | вермут | 味美思
vodka | vodka | водка | 伏特加
whisky, whiskey | whisky | виски | 威士忌
baijiu | baijiu | байцзю | 白酒
rum | ron | ром | 朗姆酒
gin | ginebra | джин | 金酒, 杜松子酒
sake | sake | саке | 清酒
gazpacho | gazpacho | гаспачо | 西班牙冷汤
croquettes | croqueta, croquetas | крокеты | 可乐饼
broth, stock, bone broth | caldo | бульон | 高汤, 骨汤
miso, miso paste | miso | мисо | 味噌
tempeh | tempeh | темпе | 天贝
seitan | seitan | сейтан | 面筋
gherkins, pickled cucumbers, pickles | pepinillo, pepinillos, pepinos encurtidos | соленые огурцы, маринованные огурцы, малосольные огурцы | 酸黄瓜, 腌黄瓜
sauerkraut, pickled cabbage | chucrut, col fermentada, col agria, repollo agrio | квашеная капуста | 酸菜, 泡菜卷心菜, 酸白菜
kimchi | kimchi | кимчи | 泡菜, 辣白菜
sun dried tomatoes, dried tomatoes | tomate seco, tomates secos | вяленые томаты, вяленые помидоры | 番茄干
tomato paste, tomato puree, passata | tomate frito, concentrado de tomate, extracto de tomate, tomate concentrado | томатная паста | 番茄膏, 番茄酱膏
capers | alcaparra, alcaparras | каперсы | 刺山柑
truffle, truffles | trufa, trufas | трюфель, трюфели | 松露
cherry tomatoes | tomate cherry, tomates cherry | помидоры черри, черри | 小番茄, 圣女果
baby food, baby puree, fruit pouches | potito, potitos, pure para bebe, papilla, compotas para bebe, compota de bebe | детское пюре, детское питание, пюре для малышей | 宝宝辅食, 婴儿辅食, 果泥, 辅食, 果泥辅食
protein powder, protein, whey protein, whey | proteina, proteina en polvo, proteina de suero | протеин, сывороточный протеин | 蛋白粉, 乳清蛋白
creatine | creatina | креатин | 肌酸
collagen | colageno | коллаген | 胶原蛋白
fish oil, omega 3, omega | omega 3, aceite de pescado, omega | омега 3, рыбий жир, омега | 鱼油, 欧米伽
magnesium | magnesio | магний | 镁片, 镁
vitamin c, vit c | vitamina c | витамин c, аскорбинка, аскорбиновая кислота | 维生素c, 维c, 维他命c
vitamin d, vit d, d3, vit d3 | vitamina d, vitamina d3, d3 | витамин д, витамин d, витамин д3, д3, витамин d3 | 维生素d, 维d, 维他命d, 维他命d3
probiotics | probiotico, probioticos | пробиотики, пробиотик | 益生菌
ginseng | ginseng | женьшень | 人参
birds nest, bird nest | nido de golondrina | ласточкино гнездо | 燕窝
"""
