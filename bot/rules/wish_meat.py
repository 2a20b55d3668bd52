"""What people of four languages call cuts of meat, fish, seafood and dairy food.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas.
"""

from typing import Final

MEAT: Final = """
chicken thighs, chicken thigh, thighs of chicken | muslos de pollo, muslitos de pollo, contramuslos de pollo, contramuslo, contramuslos, encuentros de pollo, contramuslo de pollo | куриные бедра, бедро куриное, куриные бедрышки, бедра курицы, бедро курицы, бедрышки, куриное бедро | 鸡腿肉, 去骨鸡腿, 鸡大腿, 鸡腿排
chicken legs, chicken drumsticks, drumsticks, chicken leg | jamoncitos de pollo, patitas de pollo, piernas de pollo, pierna de pollo | куриные голени, куриные ножки, окорочка, куриные окорочка, голень | 鸡腿, 琵琶腿, 鸡小腿
chicken wings, wings, chicken wing | alitas de pollo, alas de pollo, alitas, alita | куриные крылышки, крылышки, куриные крылья, крылья куриные, крылышко | 鸡翅, 鸡翅中, 鸡中翅
whole chicken, roasting chicken, farm chicken, whole bird | pollo entero, pollo de corral | тушка курицы, целая курица, цыпленок, цыпленок бройлер, домашняя курица, курочка домашняя | 整鸡, 三黄鸡, 走地鸡, 土鸡, 白条鸡, 老母鸡
chicken liver, chicken livers | higaditos de pollo, higado de pollo | куриная печень, куриная печенка | 鸡肝
chicken hearts, gizzards | corazones de pollo, mollejas de pollo | куриные сердечки, куриные желудки | 鸡心, 鸡胗
chicken nuggets, nuggets | nuggets, nuggets de pollo | наггетсы, куриные наггетсы | 鸡块, 鸡米花
minced turkey, ground turkey, turkey mince | carne picada de pavo, pavo picado, carne molida de pavo | фарш из индейки, индюшиный фарш, фарш индейки | 火鸡肉末
minced chicken, ground chicken, chicken mince | carne picada de pollo, pollo picado, carne molida de pollo | куриный фарш, фарш куриный, фарш из курицы | 鸡肉末, 鸡肉馅
minced pork, ground pork, pork mince | carne picada de cerdo, cerdo picado, carne molida de cerdo | свиной фарш, фарш свиной, фарш из свинины | 猪肉末, 猪肉馅, 肉馅, 猪绞肉, 猪肉碎
minced beef, beef mince, ground beef | carne picada de ternera, carne picada de vacuno, carne molida de res, ternera picada, carne molida de res, carne picada de vaca, picada de vaca, molida de vaca | говяжий фарш, фарш говяжий, фарш из говядины | 牛肉末, 牛肉馅, 牛肉糜, 牛绞肉, 牛肉碎
turkey breast, turkey fillet | pechuga de pavo, filetes de pavo, filete de pavo | грудка индейки, филе индейки | 火鸡胸, 火鸡胸肉
goose | ganso, oca | гусь, гусятина | 鹅, 鹅肉
quail, quails | codorniz, codornices | перепелка, перепела, перепел | 鹌鹑
rabbit, rabbit meat | conejo, carne de conejo | кролик, крольчатина, мясо кролика | 兔肉, 兔子肉
veal | carne de ternera blanca, ternera lechal | телятина | 小牛肉
venison, game meat, deer meat | venado, ciervo, carne de caza, carne de ciervo | оленина, лосятина, дичь | 鹿肉
wild boar | jabali | кабан, мясо кабана | 野猪肉
horse meat | carne de caballo | конина, казы | 马肉
goat meat, kid meat | cabrito, chivo, carne de cabra | козлятина | 山羊肉
lamb chops, lamb cutlets | chuletas de cordero, chuletillas de cordero | бараньи отбивные, каре ягненка | 羊排
leg of lamb, lamb leg | pierna de cordero, pierna de lechal | баранья нога | 羊腿
pork chops, pork chop | chuletas de cerdo, chuleta de cerdo | свиные отбивные, свиная корейка, корейка | 猪大排
pork belly, belly pork | panceta de cerdo, panceta fresca, tocino fresco | свиная грудинка, грудинка, подчеревок | 五花肉, 猪五花, 五花
pork neck, pork shoulder | aguja de cerdo, paleta de cerdo, cabeza de lomo | свиная шея, шея свиная, свиная шейка, ошеек | 梅花肉, 猪颈肉
pork tenderloin, pork loin, pork fillet | solomillo de cerdo, lomo de cerdo, cinta de lomo | свиная вырезка, вырезка свиная, карбонад свиной | 猪里脊, 里脊肉
pork ribs, spare ribs, spareribs | costillas de cerdo, costillitas de cerdo, costilla de cerdo | свиные ребра, свиные ребрышки, ребра свиные, ребрышки свиные | 猪排骨, 猪肋排, 小排, 排骨, 猪排
beef ribs, short ribs, beef short ribs, short rib | costilla de ternera, costillas de res, asado de tira, tira de asado | говяжьи ребра, ребра говяжьи | 牛仔骨, 牛肋骨, 牛排骨
pork knuckle, pork hock, trotters | codillo, codillo de cerdo, manitas de cerdo | рулька, свиная рулька, свиные ножки | 猪蹄, 猪脚, 肘子, 猪手
beef brisket, brisket | pecho de res, falda de ternera, pecho de ternera | говяжья грудинка, брискет | 牛腩, 牛胸肉
beef shank, beef shin | morcillo, jarrete, osobuco, ossobuco, chambarete | голяшка, говяжья голяшка, оссобуко | 牛腱, 牛腱子
beef tenderloin, beef fillet | solomillo de ternera, lomo fino, filete de res | говяжья вырезка, вырезка говяжья | 牛里脊, 牛柳
ribeye, rib eye, entrecote | entrecot, lomo alto, ojo de bife, ribeye | рибай, антрекот | 肉眼牛排, 眼肉
picanha, rump cap | picana, picanha, tapa de cuadril | пиканья | 牛臀盖
oxtail | rabo de toro, rabo de buey, cola de res | бычьи хвосты, говяжий хвост | 牛尾
beef tongue, tongue | lengua de ternera, lengua de res | говяжий язык, язык говяжий | 牛舌, 口条
liver, beef liver | higado, higado de ternera, higado de res | печень, печенка, говяжья печень | 猪肝, 牛肝
tripe | callos, mondongo, panza de res | рубец, требуха | 牛百叶, 毛肚, 牛肚
bones for broth, beef bones, marrow bones | huesos de caldo, huesos para caldo, huesos de ternera, tuetano | мозговые кости, говяжьи кости, суповой набор, кости | 牛骨, 筒骨, 猪骨
hotpot beef slices, sliced beef, beef rolls | carne en lonchas para hotpot, ternera en laminas | мясо для хого, тонко нарезанная говядина | 肥牛, 肥牛卷, 肥牛片
hotpot lamb slices, lamb rolls | cordero en laminas | баранина для хого | 羊肉卷, 羊肉片
barbecue meat, bbq meat, kebab meat, shashlik | carne para barbacoa, carne para asar, carne para parrilla | шашлык, мясо для шашлыка, маринованный шашлык | 烤肉, 烤串肉
kebab, doner, shawarma | kebab, doner, shawarma | кебаб, шаурма, люля | 烤肉串, 羊肉串, 沙威玛
meatballs, meatball | albondiga, albondigas | фрикадельки, тефтели, тефтелей | 肉丸, 牛肉丸, 贡丸
cutlets, meat patties | filetes rusos, milanesa, milanesas | котлеты, котлета, котлетки | 肉饼
schnitzel, breaded cutlets | escalope, escalopes, san jacobo | шницель, отбивная | 炸猪排
stuffed cabbage rolls | rollos de col | голубцы, голубцов | 菜卷
pate, liver pate | pate, foie, foie gras | паштет, печеночный паштет | 肉酱罐头, 鹅肝酱
black pudding, blood sausage | morcilla, morcillas, moronga | кровяная колбаса, кровянка | 血肠
bratwurst, grill sausages | bratwurst, salchichas para asar, choripan | купаты, колбаски для гриля | 烤肠
smoked sausage | salchicha ahumada | копченая колбаса, сырокопченая колбаса, сервелат | 熏肠
chinese sausage, lap cheong | salchicha china | китайская колбаса | 腊肠, 广式腊肠, 川味腊肠
cured meat, chinese bacon | carne curada china | китайский бекон | 腊肉, 腌肉
boiled sausage, mortadella, bologna | mortadela | вареная колбаса, докторская колбаса, мортаделла | 大红肠, 博洛尼亚香肠
ham, cooked ham, york ham | jamon york, jamon cocido, jamon dulce | вареная ветчина | 熟火腿
prosciutto, parma ham | prosciutto, jamon de parma | прошутто, пармская ветчина | 帕尔玛火腿
cured loin, lomo | lomo embuchado, lomo iberico, cana de lomo | сыровяленая вырезка | 西班牙里脊火腿
sobrasada | sobrasada | собрасада | 索布拉萨达
cold cuts, deli meat | embutido, embutidos, fiambre, fiambres | мясная нарезка, колбасная нарезка, мясные деликатесы | 冷切肉
stew meat, canned stew | carne guisada en lata | тушенка, тушеное мясо | 红烧肉罐头
luncheon meat, spam | magro de cerdo en lata | консервированная ветчина | 午餐肉
duck breast, magret | magret, magret de pato, pechuga de pato | утиная грудка, утиное филе | 鸭胸
duck neck | cuello de pato | утиные шейки | 鸭脖
roast duck, peking duck | pato pekin, pato laqueado | утка по пекински | 烤鸭, 北京烤鸭
braised snacks, marinated snacks | aperitivo chino estofado | тушеные закуски | 卤味, 卤料
gravlax, salted salmon, lightly salted salmon | gravlax, salmon marinado | слабосоленая семга, малосольная семга, слабосоленый лосось, малосольный лосось | 腌三文鱼
pink salmon | salmon rosado | горбуша | 粉鲑
halibut | halibut, fletan | палтус | 比目鱼, 大比目鱼
flounder, sole, plaice | lenguado, platija | камбала | 鲽鱼, 龙利鱼
sea bass, seabass | lubina, robalo | сибас | 鲈鱼, 海鲈鱼
sea bream, dorade, gilthead | dorada, besugo | дорадо | 鲷鱼, 金鲷
hake | merluza, merluza congelada | хек | 无须鳕
pollock, alaska pollock | abadejo, fogonero | минтай | 明太鱼, 狭鳕
pangasius, basa | panga, pangasius | пангасиус | 巴沙鱼, 龙利鱼柳
carp | carpa | карп, сазан | 鲤鱼, 草鱼
perch, zander, pike perch | perca, lucioperca | судак, окунь | 梭鲈
pike | lucio | щука | 狗鱼
sturgeon | esturion | осетр, осетрина, стерлядь | 鲟鱼
swordfish | pez espada, emperador | рыба меч | 剑鱼
monkfish | rape | морской черт, удильщик | 鮟鱇鱼
turbot | rodaballo | тюрбо | 多宝鱼
eel, unagi | anguila | угорь, копченый угорь | 鳗鱼, 烤鳗
tilapia | tilapia, mojarra | тилапия | 罗非鱼
yellow croaker | corvina amarilla | желтый горбыль | 黄花鱼, 大黄鱼, 小黄鱼
hairtail, beltfish | pez sable | рыба сабля | 带鱼
capelin | capelan | мойва | 多春鱼
sprats, smoked sprats | espadin, espadines | шпроты, килька, кильки | 西鲱鱼罐头
smoked mackerel | caballa ahumada | копченая скумбрия, скумбрия копченая, скумбрия холодного копчения, скумбрия горячего копчения | 烟熏鲭鱼
dried fish, stockfish | pescado seco, stockfish | вобла, вяленая рыба, сушеная рыба, тарань, лещ вяленый | 鱼干, 咸鱼
salt cod, salted cod, bacalao | bacalao salado, bacalao seco | соленая треска | 咸鳕鱼
fish fillet, white fish | filete de pescado, filetes de pescado, pescado blanco | рыбное филе, филе рыбы, белая рыба | 鱼片, 鱼柳
fish fingers, fish sticks | palitos de pescado, varitas de pescado, varitas de merluza | рыбные палочки | 鱼条, 炸鱼条, 鱼柳条
crab sticks, surimi | palitos de cangrejo, surimi, palitos de mar | крабовые палочки, сурими | 蟹棒, 蟹柳, 蟹肉棒
fish balls | bolas de pescado | рыбные шарики | 鱼丸, 鱼蛋
shrimp balls, shrimp paste balls | bolas de gamba | креветочные шарики | 虾滑, 虾丸
shrimp, king prawns, tiger prawns, jumbo shrimp | langostinos tigre, langostinos, gambones, gambon, langostino | тигровые креветки, королевские креветки | 大虾, 虎虾, 对虾, 基围虾
langoustine, scampi | cigala, cigalas | лангустины, лангустин | 海螯虾, 小龙虾尾
lobster | bogavante, langosta | лобстер, омар, лангуст | 龙虾, 波士顿龙虾, 澳龙
king crab, crab legs | cangrejo real, patas de cangrejo | камчатский краб, фаланги краба | 帝王蟹, 蟹腿
clams, clam | almeja, almejas, berberecho, berberechos | моллюски, вонголе | 蛤蜊, 花甲, 蛤
razor clams | navaja, navajas | морские черенки | 蛏子
abalone | abulon, abalon | морское ушко, абалон | 鲍鱼
sea cucumber | pepino de mar | трепанг | 海参
sea urchin | erizo de mar, erizos | морской еж | 海胆
cuttlefish | sepia, choco, chipiron, chipirones | каракатица | 墨鱼, 乌贼
jellyfish | medusa comestible | медуза съедобная | 海蜇
snails, escargot | caracoles, caracol | улитки, виноградные улитки | 田螺, 蜗牛
seafood, seafood mix, seafood cocktail | marisco, mariscos, preparado de paella, coctel de mariscos | морепродукты, морской коктейль | 海鲜, 海鲜什锦
dried shrimp | camaron seco, gambas secas | сушеные креветки | 虾米, 虾皮, 海米, 开洋
dried scallops, conpoy | vieira seca | сушеные гребешки | 干贝, 瑶柱
dried squid | calamar seco | сушеный кальмар | 鱿鱼丝, 鱿鱼干
black caviar, sturgeon caviar | caviar negro, caviar de esturion | черная икра, осетровая икра | 黑鱼子酱
pike roe, cod roe, capelin roe | huevas de bacalao, huevas de lucio | щучья икра, икра щуки, икра мойвы, икра трески | 鳕鱼子
tuna cans, canned tuna, tinned tuna | atun en lata, latas de atun, atun en conserva, atun claro | тунец консервированный, тунец в банке, консервы тунец | 金枪鱼罐头, 吞拿鱼罐头, 鲔鱼罐头, 吞拿鱼, 鲔鱼罐, 金枪鱼罐
ventresca, bonito | bonito, bonito del norte, ventresca, melva | пеламида | 长鳍金枪鱼
canned fish, tinned fish | conservas de pescado, pescado en conserva | рыбные консервы, сайра, консервы рыбные | 鱼罐头, 豆豉鲮鱼
cod liver | higado de bacalao | печень трески | 鳕鱼肝
goat milk | leche de cabra, lechita de cabra | козье молоко, молоко козье, молочко козье, молоко от козы | 羊奶, 山羊奶
lactose free milk | leche sin lactosa, leche deslactosada | безлактозное молоко, молоко без лактозы | 无乳糖牛奶, 舒化奶
raw milk, unpasteurised milk | leche cruda, leche fresca de vaca, leche de granja | парное молоко, сырое молоко, домашнее молоко | 生牛乳
buttermilk | suero de mantequilla, buttermilk | пахта | 酪乳
ryazhenka | ryazhenka | ряженка, варенец | 俄式烤酸奶
ayran, tan | ayran | айран, тан | 咸酸奶
greek yogurt, greek yoghurt | yogur griego | греческий йогурт | 希腊酸奶
yogurt drink, drinking yogurt, yakult | yogur liquido, yogur bebible, actimel, yakult | питьевой йогурт, активиа, имунеле | 养乐多, 乳酸菌饮料, 酸奶饮品
skyr | skyr | скир | 冰岛酸奶
milk drink, milkshake | batido de chocolate, leche chocolatada, leche con cacao, batido | молочный коктейль, шоколадное молоко, какао с молоком | 巧克力牛奶, 奶昔
cooking cream | nata para cocinar, nata liquida | сливки для готовки, питьевые сливки | 烹饪奶油
clotted cream | crema inglesa espesa | каймак, топленые сливки | 凝脂奶油
mascarpone | mascarpone | маскарпоне | 马斯卡彭
ricotta | ricota, ricotta | рикотта | 里科塔
gouda, edam, maasdam | gouda, edam, maasdam | гауда, маасдам, эдам, голландский сыр | 高达奶酪
cheddar | cheddar | чеддер | 切达奶酪, 切达, 车打芝士, 车打, 切达芝士, 车达
emmental, gruyere, swiss cheese | emmental, gruyer, queso suizo | эмменталь, грюйер, швейцарский сыр | 大孔奶酪, 瑞士奶酪
brie, camembert | brie, camembert | бри, камамбер | 布里奶酪, 卡芒贝尔
gorgonzola, roquefort | gorgonzola, roquefort, cabrales | горгонзола, рокфор, дорблю | 戈贡佐拉
pecorino | pecorino | пекорино | 佩科里诺
burrata | burrata | буррата | 布拉塔
halloumi, grilling cheese | halloumi, queso para asar, provoleta | халуми, сыр для жарки | 哈罗米, 烧烤奶酪
suluguni | suluguni | сулугуни, сыр сулугуни | 苏鲁古尼
adyghe cheese, paneer | paneer, queso adigue | адыгейский сыр, панир | 印度奶酪
string cheese, smoked string cheese | queso en hebras | сыр косичка, чечил, копченая косичка, сырные палочки | 手撕奶酪, 奶酪棒
fresh cheese, queso fresco | queso fresco, queso de burgos, quesillo | свежий сыр | 鲜奶酪
cured cheese, aged cheese, mature cheese | queso curado, queso viejo, queso semicurado, queso anejo | выдержанный сыр | 陈年奶酪
oaxaca cheese | queso oaxaca, quesillo oaxaca | сыр оахака, оахака | 瓦哈卡奶酪
processed cheese, cheese slices, sandwich cheese, sliced cheese | queso en lonchas, quesitos, queso fundido, tranchetes, lonchas de queso | плавленый сыр, сырок плавленый, сыр в нарезке, сыр ломтиками, сыр нарезка, нарезанный сыр | 芝士片, 奶酪片
grated cheese, shredded cheese | queso rallado, queso rayado | тертый сыр, сыр тертый | 芝士碎, 马苏里拉碎
raclette | raclette, queso raclette | раклет, сыр раклет | 拉可雷特
tvorog snack, curd snack, glazed curd bars | barritas de requeson | глазированные сырки, глазированный сырок, сырки глазированные, творожные сырки | 奶酪凝乳棒
syrniki | syrniki | сырники, сырников | 俄式奶渣饼
egg, free range eggs, farm eggs, hens eggs, hen eggs, chicken eggs, chooks eggs | huevos camperos, huevos de corral, huevos de campo, huevos de gallinas camperas, huevos de gallina, blanquillos, blanquillo | деревенские яйца, домашние яйца, яйца куриные, куриные яйца, домашних яиц, деревенских яиц, яйцо куриное, яйцо домашнее, яйца домашние, куриные яички, яичко | 土鸡蛋, 柴鸡蛋, 散养鸡蛋, 鸡子, 鸡卵, 笨鸡蛋, 草鸡蛋, 鸡旦
tea eggs, braised eggs | huevos de te | чайные яйца | 茶叶蛋, 卤蛋
salted egg yolk, salted egg | yema de huevo salada | соленый желток | 咸蛋黄
egg whites, liquid egg | claras de huevo, clara de huevo, huevo liquido | яичный белок, белок яичный, жидкие яйца | 蛋清, 蛋白液
"""
