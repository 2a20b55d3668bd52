"""What people of four languages call bread, pastry, sweets and what these are baked of.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas.
"""

from typing import Final

BAKERY: Final = """
sliced bread, sandwich bread, toast bread, sandwich loaf, white sliced bread | pan de molde, pan bimbo, pan lactal, pan de sandwich, pan de caja, pan tostado de molde | тостовый хлеб, хлеб для тостов, хлеб для сэндвичей, хлеб тостовый | 吐司, 吐司面包, 切片面包
wholegrain bread, wholemeal bread, whole wheat bread, brown bread, wholegrain loaf | pan integral, pan integral de molde, panecillos integrales | цельнозерновой хлеб, хлеб цельнозерновой, хлебушек цельнозерновой, хлеб из цельнозерновой муки | 全麦面包, 全麦吐司
borodinsky bread, borodino bread | pan borodinski | бородинский хлеб, бородинский | 俄式黑面包
gluten free bread | pan sin gluten | хлеб без глютена, безглютеновый хлеб | 无麸质面包
spelt bread | pan de espelta | хлеб из полбы | 斯佩尔特面包
ciabatta | ciabatta, chapata | чиабатта | 恰巴塔, 夏巴塔
focaccia | focaccia | фокачча | 佛卡夏
pita, pitta bread, pita bread, flatbread | pan de pita, pan pita, pan arabe | пита, лепешка, лепешки | 皮塔饼, 馕
lavash | lavash | лаваш, армянский лаваш | 亚美尼亚薄饼
naan | naan, pan naan | наан | 印度烤饼, 飞饼, 手抓饼
burger buns, hamburger buns | pan de hamburguesa, panes de hamburguesa, pan para hamburguesas | булочки для бургеров, булки для гамбургеров | 汉堡胚, 汉堡面包
hot dog buns | pan de perrito, pan para perritos | булочки для хот догов | 热狗面包
bread rolls, rolls, buns, bread buns, dinner rolls | panecillo, panecillos, bollito de pan, mollete, molletes, bolillo, bolillos | булочки, булочка, сдобные булочки, плюшки | 小餐包, 餐包
cinnamon rolls, cinnamon buns | rollos de canela, roles de canela | булочки с корицей, синнабон, синнабоны | 肉桂卷
brioche | brioche | бриошь | 布里欧修
pain au chocolat, chocolate croissant | napolitana de chocolate, napolitanas, pan de chocolate | круассан с шоколадом, шоколадный круассан | 巧克力可颂
ensaimada | ensaimada, ensaimadas | энсаймада | 西班牙螺旋面包
pastries, danish, viennoiserie, pastry | bolleria, facturas, bollos, bollo | выпечка, слойки, слойка, сдоба | 酥皮点心, 糕点
crispbread, knackebrod, rye crispbread | pan crujiente, pan sueco, biscote, biscotes | хлебцы, хлебец | 脆面包片
crackers, saltines | galletas saladas, crackers, cracker, galletitas saladas | крекер, крекеры, соленое печенье | 苏打饼干, 咸饼干
rice cakes, corn cakes | tortitas de arroz, tortitas de maiz, galletas de arroz | рисовые хлебцы, кукурузные хлебцы | 米饼, 仙贝
breadsticks, grissini | picos, regana, reganas, grisines, colines | хлебные палочки, гриссини, соломка | 面包棒, 手指饼
croutons, rusks | picatostes, crutones | сухари, сухарики, гренки | 面包干
bagels dried, sushki | rosquilletas | сушки, баранки, сушка, бублики мелкие | 俄式面包圈
breadcrumbs, panko | pan rallado, pan molido, panko | панировочные сухари, панировка, панко | 面包糠
pizza base, pizza dough | masa de pizza, base de pizza | тесто для пиццы, основа для пиццы | 披萨饼底, 披萨皮
puff pastry, puff pastry dough | hojaldre, masa de hojaldre | слоеное тесто, тесто слоеное | 酥皮, 飞饼皮
filo pastry, phyllo | pasta filo, masa filo | тесто фило | 费罗酥皮
yeast dough, bread dough | masa de pan, masa con levadura | дрожжевое тесто, тесто | 面团
empanada wrappers, empanada discs | tapas de empanada, obleas para empanadillas, discos de empanada | тесто для эмпанадас | 馅饼皮
dumpling wrappers, wonton wrappers | obleas de wonton, masa para dumplings | тесто для пельменей, тесто для вареников | 饺子皮, 馄饨皮, 云吞皮
rice paper, spring roll wrappers | papel de arroz, obleas de arroz | рисовая бумага | 米纸, 春卷皮, 越南春卷皮
sourdough starter, starter culture | fermento de masa madre, starter masa madre | закваска для хлеба, ржаная закваска, хлебная закваска | 酸面团酵种, 天然酵种, 鲁邦种
dry yeast, instant yeast | levadura seca, levadura de panadero, levadura de panaderia | сухие дрожжи, дрожжи сухие, быстрые дрожжи | 干酵母, 酵母粉
fresh yeast | levadura fresca | свежие дрожжи, прессованные дрожжи | 鲜酵母
nutritional yeast | levadura nutricional | пищевые дрожжи | 营养酵母
cornflour, cornstarch, corn starch | maicena, almidon de maiz, fecula de maiz | кукурузный крахмал | 玉米淀粉, 生粉, 鹰粟粉
potato starch, starch | fecula de patata, almidon, fecula de papa | картофельный крахмал, крахмал | 土豆淀粉, 淀粉, 太白粉
tapioca, tapioca starch, tapioca pearls, boba | tapioca, almidon de yuca, perlas de tapioca | тапиока, шарики тапиоки | 木薯粉, 木薯淀粉, 西米, 珍珠粉圆, 珍珠
corn flour, cornmeal, polenta, masa harina | harina de maiz, masa harina, polenta, harina pan, maseca | кукурузная мука, кукурузная крупа, мамалыга, полента | 玉米面, 玉米粉, 玉米糁
chickpea flour, gram flour, besan | harina de garbanzo, harina de garbanzos | нутовая мука, мука из нута, мука нутовая | 鹰嘴豆粉
buckwheat flour | harina de trigo sarraceno | гречневая мука, мука гречневая | 荞麦粉
oat flour | harina de avena | овсяная мука, толокно | 燕麦粉
spelt flour | harina de espelta | мука из полбы, полбяная мука | 斯佩尔特面粉
wholemeal flour, whole wheat flour, wholegrain flour | harina integral, harina de trigo integral | цельнозерновая мука, мука цельнозерновая | 全麦粉, 全麦面粉
cake flour, pastry flour | harina de reposteria, harina floja, harina leudante | мука для выпечки, мука высшего сорта | 低筋面粉, 蛋糕粉
glutinous rice flour, mochiko | harina de arroz glutinoso | клейкая рисовая мука | 糯米粉, 水磨糯米粉
gluten free flour | harina sin gluten | мука без глютена, безглютеновая мука | 无麸质面粉
bran, oat bran, wheat bran | salvado, salvado de avena, salvado de trigo | отруби, отрубей, овсяные отруби | 麦麸, 燕麦麸
icing sugar, powdered sugar, confectioners sugar | azucar glas, azucar glass, azucar impalpable, azucar flor | сахарная пудра, пудра сахарная | 糖粉, 糖霜
vanilla sugar | azucar vainillado, azucar avainillada | ванильный сахар, ванилин | 香草糖
vanilla pods, vanilla beans | vainas de vainilla, vaina de vainilla | стручки ванили, ваниль стручковая | 香草荚
vanilla extract, vanilla essence | extracto de vainilla, esencia de vainilla | экстракт ванили, ванильный экстракт | 香草精
rock sugar | azucar piedra, azucar candy | леденцовый сахар | 冰糖, 黄冰糖
sugar cubes | terrones de azucar, azucarillos | рафинад, кусковой сахар | 方糖
sugar, beet sugar, granulated sugar, white sugar | azucar blanco, azucar blanquilla | сахарный песок, сахар песок | 白砂糖, 绵白糖, 砂糖
xylitol | xilitol | ксилит | 木糖醇
gelatin, gelatine | gelatina, cola de pescado | желатин | 吉利丁, 明胶, 鱼胶片
agar agar, agar | agar agar | агар агар, агар | 琼脂, 寒天
pectin | pectina | пектин | 果胶
jelly powder, jello | gelatina de sabores, gelatina de fresa | желе, желе в пакетиках | 果冻粉
food colouring, food coloring | colorante alimentario, colorante alimenticio | пищевой краситель, пищевые красители | 食用色素
sprinkles, cake decorations | fideos de colores, virutas de chocolate, granillo | посыпка, кондитерская посыпка | 糖珠, 彩糖针
marzipan | mazapan, mazapanes | марципан | 杏仁膏, 马兹潘
chocolate chips, chocolate drops | pepitas de chocolate, chispas de chocolate | шоколадные капли, шоколадная крошка | 巧克力豆
cooking chocolate, baking chocolate | chocolate de cobertura, cobertura de chocolate, chocolate para postres | шоколад для выпечки, кондитерский шоколад | 烘焙巧克力
hot chocolate, drinking chocolate | chocolate a la taza, chocolate en polvo, cola cao, nesquik | горячий шоколад, несквик | 热巧克力, 可可饮品
cocoa butter | manteca de cacao | какао масло, масло какао | 可可脂
cocoa nibs, cacao nibs | nibs de cacao | какао бобы, какао крупка | 可可碎
carob | algarroba | кэроб | 角豆粉
apple pie | tarta de manzana, pay de manzana | шарлотка, яблочный пирог | 苹果派
birthday cake | tarta de cumpleanos, pastel de cumpleanos, torta de cumpleanos, torta de cumple, tarta de cumple, pastel de cumple | торт на день рождения, именинный торт | 生日蛋糕
honey cake, medovik | medovik, pastel de miel ruso | медовик, торт медовик | 蜂蜜千层蛋糕, 提拉米苏蜂蜜
napoleon cake, mille feuille | milhojas, milhoja | наполеон, торт наполеон | 拿破仑蛋糕
carrot cake | tarta de zanahoria, pastel de zanahoria | морковный торт, морковный пирог | 胡萝卜蛋糕
tiramisu | tiramisu | тирамису | 提拉米苏
macarons, macaroons | macarons, macarrones dulces | макаруны, макарон, макаронс | 马卡龙
eclairs, profiteroles | profiterol, profiteroles, eclair, palo de nata | эклеры, эклер, заварные пирожные, профитроли | 泡芙, 闪电泡芙
sponge cake, swiss roll | bizcocho, bizcochuelo, brazo de gitano | бисквит, рулет бисквитный | 海绵蛋糕, 戚风蛋糕, 瑞士卷
egg tarts, pasteis de nata | pastel de nata portugues, pasteles de nata, pasteles de belem | паштел де ната | 蛋挞, 葡式蛋挞
easter cake, kulich | kulich, mona de pascua | кулич, куличи, пасхальный кулич | 复活节面包
stollen | stollen | штоллен | 史多伦
shortbread, butter cookies | galletas de mantequilla, pastas de mantequilla | песочное печенье, масляное печенье, курабье | 黄油曲奇
oat cookies, oatmeal cookies | galletas de avena | овсяное печенье, печенье овсяное | 燕麦饼干
chocolate chip cookies | galletas con chips de chocolate, galletas con pepitas | печенье с шоколадом, печенье с шоколадной крошкой | 巧克力曲奇
digestive biscuits, maria biscuits, plain biscuits | galletas maria, galletas digestive | печенье юбилейное, печенье мария | 消化饼, 玛丽饼
oreo | oreo, galletas oreo | орео, печенье орео | 奥利奥
baby biscuits, rusks for babies | galletas para bebe | детское печенье, печенье для малышей | 宝宝磨牙饼干, 磨牙棒
dog biscuits | galletas para perros | печенье для собак | 狗饼干
wafers, wafer rolls | barquillo, barquillos, oblea, obleas, neula | вафельные трубочки, вафельный торт, вафельные коржи | 威化饼干, 蛋卷
egg rolls snack, phoenix rolls | rollitos de huevo dulces | яичные рулетики | 凤凰卷
pineapple cake, pineapple cakes | pastel de pina taiwanes, pastelitos de pina | ананасовые пирожные | 凤梨酥
mochi, daifuku | mochi, mochis | моти, мочи | 麻糬, 大福, 雪媚娘
green bean cake, mung bean cake | pastel de judia mungo | пирожные из маша | 绿豆糕
nian gao, rice cake new year | nian gao, pastel de arroz chino | няньгао | 年糕
tteokbokki, korean rice cakes | tteokbokki | токпокки | 炒年糕, 辣炒年糕
sachima | sachima | сацима | 沙琪玛
walnut biscuits | galletas de nuez chinas | ореховое печенье | 桃酥
fried dough sticks, youtiao | youtiao, churros chinos | ютяо | 油条
baklava | baklava | пахлава, баклава | 巴克拉瓦, 果仁蜜饼
turkish delight, lokum | delicias turcas, lokum | рахат лукум, лукум | 土耳其软糖
chak chak | chak chak | чак чак | 恰克恰克
kozinaki, sesame brittle, peanut brittle | palanqueta, guirlache, crocante de sesamo | козинаки, козинак | 花生糖, 芝麻糖, 花生酥
churchkhela | churchkhela | чурчхела | 楚瓜, 葡萄核桃串
liquorice, licorice | regaliz, regalices | лакрица | 甘草糖
toffee, fudge, caramels | toffee, tofe, caramelos blandos, caramelos de tofe | ирис, ириски, ириска, коровка, конфеты коровка | 太妃糖
white rabbit candy, milk candy | caramelos conejo blanco | белый кролик конфеты | 大白兔, 大白兔奶糖, 奶糖
mints, mint candy, tic tac | caramelos de menta, pastillas de menta | мятные конфеты, мятные леденцы, тик так | 薄荷糖
cough drops, throat lozenges | caramelos para la garganta, pastillas para la garganta | леденцы от кашля, леденцы от горла | 润喉糖, 喉糖
cotton candy, candy floss | algodon de azucar | сахарная вата | 棉花糖云
truffles chocolate, chocolates box, box of chocolates, pralines, chocolate box | bombon, bombones, caja de bombones, trufas de chocolate | шоколадные конфеты, коробка конфет, трюфели шоколадные | 巧克力礼盒, 松露巧克力
kinder, kinder surprise, chocolate eggs | kinder, huevo kinder, huevos de chocolate | киндер, киндер сюрприз, шоколадные яйца | 健达, 奇趣蛋, 巧克力蛋
ferrero rocher, ferrero | ferrero rocher, ferrero | ферреро роше, ферреро | 费列罗
milka | milka | милка, шоколад милка | 妙卡
dubai chocolate | chocolate de dubai | дубайский шоколад, шоколад дубай | 迪拜巧克力
ruby chocolate, filled chocolate | chocolate relleno | шоколад с начинкой | 夹心巧克力
bird's milk, ptichye moloko | leche de pajaro | птичье молоко, конфеты птичье молоко | 鸟奶糖
halva sunflower | halva de girasol | подсолнечная халва, халва подсолнечная | 葵花籽酥糖
snack bars, muesli bars, granola bars, cereal bars | barritas de cereales, barritas de muesli, barrita energetica | батончики мюсли, злаковые батончики, фруктовые батончики | 能量棒, 谷物棒
popsicles, ice lollies, ice pops | polo, polos de hielo, paletas de hielo, flash de hielo | фруктовый лед, эскимо | 冰棒, 冰棍
sorbet | sorbete | сорбет, щербет | 雪葩
jam strawberry, strawberry jam | mermelada de fresa, dulce de frutilla | клубничное варенье, клубничный джем, варенье из клубники, джем клубничный | 草莓酱, 草莓果酱
raspberry jam | mermelada de frambuesa | малиновое варенье, варенье из малины, малиновый джем | 树莓酱
apricot jam | mermelada de albaricoque, mermelada de melocoton, mermelada de damasco | абрикосовое варенье, варенье из абрикосов, абрикосовый джем | 杏子酱
fig jam | mermelada de higo, mermelada de higos | инжирное варенье, варенье из инжира | 无花果酱
orange marmalade | mermelada de naranja, mermelada de naranja amarga | апельсиновый джем, апельсиновое варенье | 橙子酱, 橘子酱
blueberry jam | mermelada de arandanos | черничное варенье, черничный джем | 蓝莓酱
quince paste, membrillo | dulce de membrillo, carne de membrillo | айвовый мармелад | 榅桲糕
guava paste | bocadillo de guayaba, dulce de guayaba, ate de guayaba | паста из гуавы | 番石榴糕
cone jam, pine cone jam | mermelada de pinas de pino | варенье из шишек, варенье из сосновых шишек | 松果酱
sweet red bean paste, bean paste | pasta de judia roja, anko | паста из красных бобов | 红豆沙, 豆沙
black sesame paste | pasta de sesamo negro | черная кунжутная паста | 黑芝麻糊, 黑芝麻酱
cashew butter | crema de anacardos | паста из кешью | 腰果酱
pistachio cream, pistachio paste, pistachio butter | crema de pistacho, pasta de pistacho | фисташковая паста, паста фисташковая, фисташковый крем | 开心果酱
hazelnut butter, hazelnut paste | pasta de avellana | паста из фундука | 榛果酱
biscoff, lotus biscuits, speculoos | lotus, galletas lotus, speculoos | лотус, печенье лотус | 焦糖饼干, 和情饼干
cake mix, pancake mix, muffin mix | preparado para bizcocho, mezcla para tortitas, premezcla | смесь для выпечки, смесь для блинов, смесь для кекса | 蛋糕预拌粉, 松饼粉
"""
