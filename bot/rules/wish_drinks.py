"""What people of four languages call drinks, coffee, tea, grain and pasta that are asked for less often.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas.
"""

from typing import Final

DRINKS: Final = """
tomato juice | zumo de tomate, jugo de tomate | томатный сок, сок томатный | 番茄汁
pomegranate juice | zumo de granada, jugo de granada | гранатовый сок, сок гранатовый | 石榴汁
grape juice, must | mosto, zumo de uva, jugo de uva | виноградный сок, сок виноградный | 葡萄汁
cherry juice | zumo de cereza, jugo de cereza | вишневый сок, сок вишневый | 樱桃汁
pineapple juice | zumo de pina, jugo de pina | ананасовый сок, сок ананасовый | 菠萝汁
mango juice, mango nectar | zumo de mango, jugo de mango | манговый сок, сок манго | 芒果汁
peach juice, peach nectar | zumo de melocoton, jugo de durazno, nectar de melocoton | персиковый сок, персиковый нектар | 桃汁
carrot juice | zumo de zanahoria, jugo de zanahoria | морковный сок, сок морковный | 胡萝卜汁
beetroot juice, beet juice | zumo de remolacha, jugo de remolacha, jugo de betabel | свекольный сок, сок свекольный | 甜菜汁
birch sap, birch juice | savia de abedul | березовый сок, сок березовый | 桦树汁
cranberry juice | zumo de arandanos rojos, jugo de arandano | клюквенный сок, клюквенный морс, морс клюквенный | 蔓越莓汁
lemon juice | zumo de limon, jugo de limon | лимонный сок, сок лимона | 柠檬汁
aloe vera juice, aloe drink, aloe juice | zumo de aloe vera, bebida de aloe, jugo de sabila | сок алоэ, напиток алоэ | 芦荟汁
sea buckthorn juice | zumo de espino amarillo | облепиховый сок, облепиховый морс, сок облепихи | 沙棘汁
berry drink, mors | bebida de bayas | морс, ягодный морс | 莓果饮料
smoothie, smoothies | smoothie, batido de frutas, licuado | смузи | 奶昔果汁, 思慕雪
juice boxes, juice cartons | zumitos, juguitos, jugos en cajita, minibriks de zumo | детский сок, сок детский, сочки | 盒装果汁, 儿童果汁
sparkling mineral water, fizzy water, soda water, seltzer, sparkling water, carbonated water | agua con gas, soda, agua carbonatada, sifon de soda, agua gasificada, soda sifon | газированная вода, вода с газом, боржоми, ессентуки, минералка с газом | 气泡水, 苏打水, 巴黎水, 有气水
tonic, tonic water | tonica, agua tonica | тоник, швепс | 汤力水
ginger ale, ginger beer | ginger ale, cerveza de jengibre | имбирный эль, имбирный лимонад | 姜汁汽水, 干姜水
soft drinks, soda pop, fizzy drinks | refresco, refrescos, gaseosa, bebida gaseosa | газировка, сладкая вода | 汽水, 碳酸饮料, 雪碧, 芬达
iced tea, ice tea | te helado, te frio, te con hielo | холодный чай, айс ти | 冰红茶, 柠檬茶, 冰茶
plum juice drink, sour plum drink | bebida de ciruela acida | сливовый напиток | 酸梅汤, 乌梅汤
herbal jelly tea, wanglaoji | te de hierbas chino en lata | ванлаоцзи | 凉茶, 王老吉, 加多宝
isotonic drink, sports drink, electrolytes | bebida isotonica, isotonico, electrolitos, aquarius, suero oral | изотоник, электролиты, регидрон | 运动饮料, 电解质水, 电解质
horchata | horchata, horchata de chufa | орчата | 西班牙杏仁饮
kissel | kisel | кисель | 俄式果羹
sahlep, salep | salep | сахлеп | 萨列普
oat milk, oat drink barista, barista oat milk, oat drink | leche de avena barista | овсяное молоко бариста | 咖啡师燕麦奶
hazelnut milk | leche de avellanas, bebida de avellanas | молоко из фундука | 榛子奶
coffee cherry tea, cascara | cascara de cafe | каскара | 咖啡果皮茶
barley coffee, malt coffee | malta, cafe de cebada, cebada tostada | ячменный кофе, ячменный напиток | 大麦咖啡
barley tea | te de cebada | ячменный чай | 大麦茶
cold brew | cold brew, cafe frio | колд брю, холодный кофе | 冷萃咖啡, 冰咖啡
coffee sticks, coffee sachets | cafe en sobres, sobres de cafe | кофе в пакетиках, кофе в стиках | 条装咖啡
dolce gusto capsules, dolce gusto | capsulas dolce gusto, dolce gusto | капсулы дольче густо, дольче густо | 多趣酷思胶囊
coffee syrup, vanilla syrup | sirope de vainilla, sirope para cafe | сироп для кофе, ванильный сироп | 咖啡糖浆, 香草糖浆
coffee creamer, creamer | crema para cafe, cremora | сухие сливки, сливки сухие | 咖啡伴侣, 植脂末
tea bags, teabags | bolsitas de te, te en bolsitas, te en sobres, saquitos de te | чайные пакетики, чай в пакетиках, пакетированный чай | 茶包, 袋泡茶
assam, english breakfast tea, ceylon tea, darjeeling | te assam, te darjeeling, te ceylon, te ingles | цейлонский чай, чай ассам, английский чай, индийский чай | 锡兰红茶, 阿萨姆红茶, 大吉岭
tieguanyin | tieguanyin, tie guan yin | те гуань инь, тегуаньинь | 铁观音
da hong pao, rock tea | da hong pao | да хун пао, дахунпао | 大红袍, 岩茶
milk oolong | oolong de leche | молочный улун, улун молочный | 金萱乌龙, 奶香乌龙
longjing, dragon well tea | te longjing | лунцзин, чай лунцзин | 龙井, 龙井茶
biluochun | biluochun | билочунь | 碧螺春
lapsang souchong | lapsang souchong | лапсанг сушонг, копченый чай | 正山小种
keemun | keemun | кимун | 祁门红茶
dianhong, yunnan black tea | te rojo yunnan | дянь хун, дяньхун | 滇红
pressed tea cake, puer cake | torta de pu erh, te rojo prensado | блин пуэра, прессованный пуэр | 普洱茶饼, 普洱饼
red tea pu erh | te rojo | красный чай китайский | 熟普, 熟普洱
raw puer, sheng puer | pu erh crudo | шен пуэр | 生普, 生普洱
sencha, japanese green tea | sencha, te japones | сенча | 煎茶
genmaicha | genmaicha | генмайча | 玄米茶
hojicha | hojicha | ходзича | 焙茶
chai, masala chai, chai tea | te chai, chai, masala chai | масала чай, чай масала | 印度奶茶, 马萨拉茶
bubble tea, boba tea, milk tea | te de burbujas, bubble tea, te con leche | бабл ти, молочный чай, чай с молоком | 奶茶, 珍珠奶茶
hibiscus tea, hibiscus, karkade | te de hibisco, hibisco, flor de jamaica, agua de jamaica, jamaica | каркаде, чай каркаде, гибискус | 洛神花茶, 洛神花
mint tea, peppermint tea | te de menta, infusion de menta, menta poleo, poleo menta, te moruno | мятный чай, чай с мятой | 薄荷茶
lime blossom tea, linden tea | tila, infusion de tila | липовый чай, липовый цвет | 椴树花茶
ginger tea, lemon ginger tea | te de jengibre, infusion de jengibre | имбирный чай, чай с имбирем | 姜茶, 红糖姜茶, 柠檬姜茶
valerian, valerian tea | valeriana | валериана, валерьянка | 缬草
lemon balm, melissa | melisa, toronjil | мелисса, чай с мелиссой | 香蜂草
st john's wort | hierba de san juan, hiperico | зверобой | 圣约翰草
echinacea | equinacea | эхинацея | 紫锥菊
thistle, milk thistle | cardo mariano | расторопша | 水飞蓟
senna, slimming tea | sen, te adelgazante | сенна, чай для похудения | 番泻叶, 减肥茶
fruit tea, berry tea | te de frutas, infusion de frutas, te frutal | фруктовый чай, ягодный чай | 水果茶, 果茶
flower tea, blooming tea, rose tea | te de flores, te de rosas | цветочный чай, чай из роз, связанный чай | 玫瑰花茶, 花茶
goji tea, red date tea | te de goji | чай с годжи | 枸杞茶, 红枣枸杞茶
rice wine, mijiu | vino de arroz | рисовое вино | 米酒, 酒酿, 醪糟, 甜酒酿
shaoxing wine, cooking wine | vino de cocina chino, vino shaoxing | вино для готовки, шаосинское вино | 料酒, 黄酒, 绍兴酒, 花雕酒
soju | soju | соджу | 烧酒
rose wine, rosé | vino rosado, rosado | розовое вино, вино розовое | 桃红葡萄酒
sweet wine, port, sherry, port wine | vino dulce, oporto, jerez, moscatel, manzanilla sanlucar, fino jerez | портвейн, херес, сладкое вино, крепленое вино | 甜酒, 波特酒, 雪莉酒
mulled wine, gluhwein | vino caliente especiado | глинтвейн | 热红酒
sangria | sangria, tinto de verano | сангрия | 桑格利亚
craft beer, ipa, ale | cerveza artesana, cerveza artesanal, ipa, birra artesanal | крафтовое пиво, крафт, крафтовый эль | 精酿啤酒, 精酿
wheat beer, weissbier | cerveza de trigo | пшеничное пиво | 白啤, 小麦啤酒
stout, dark beer | cerveza negra, stout | темное пиво, стаут, портер | 黑啤
alcohol free beer, non alcoholic beer | cerveza sin alcohol, cerveza sin | безалкогольное пиво, пиво безалкогольное | 无酒精啤酒
tequila, mezcal | tequila, mezcal | текила, мескаль | 龙舌兰酒
brandy, cognac | conac, brandy, coñac | коньяк, бренди | 白兰地, 干邑
liqueur, baileys | licor, baileys, licor de cafe, orujo, pacharan | ликер, бейлис | 利口酒, 百利甜
aperol, campari | aperol, campari | апероль, кампари | 阿佩罗
pisco | pisco | писко | 皮斯科
fernet | fernet | фернет | 菲奈特
moonshine, chacha, grappa | aguardiente, grappa | чача, самогон, граппа | 果渣白兰地
umeshu, plum wine | vino de ciruela, umeshu | сливовое вино | 梅酒
basmati rice, basmati | arroz basmati, basmati | рис басмати, басмати | 印度香米, 巴斯马蒂大米, 巴斯马蒂米, 印度长粒米
jasmine rice, thai rice, jasmine | arroz jazmin, arroz tailandes | рис жасмин, жасминовый рис | 泰国香米, 茉莉香米, 泰米
brown rice, wholegrain rice | arroz integral | бурый рис, коричневый рис, рис бурый, нешлифованный рис | 糙米
sushi rice | arroz para sushi, arroz de sushi | рис для суши | 寿司米
glutinous rice, sticky rice | arroz glutinoso | клейкий рис | 糯米, 江米
risotto rice, arborio | arroz arborio, arroz para risotto, arroz carnaroli | рис арборио, рис для ризотто, арборио | 意大利米
paella rice, bomba rice | arroz bomba, arroz de paella, arroz para paella | рис для паэльи, рис бомба | 海鲜饭米
round rice, pudding rice | arroz redondo, arroz para arroz con leche | круглозерный рис, рис круглый, круглый рис | 圆粒米, 珍珠米
long grain rice, parboiled rice | arroz largo, arroz vaporizado | длиннозерный рис, пропаренный рис, рис пропаренный | 长粒米, 蒸谷米
red rice, devzira rice | arroz rojo | красный рис, девзира, рис девзира, рис для плова | 红米
black rice, forbidden rice | arroz negro, arroz venere | черный рис, рис черный | 黑米
wild rice | arroz salvaje | дикий рис | 野米, 菰米
mixed grains, five grain rice, multigrain | mezcla de cereales, cinco cereales | смесь круп, смесь злаков | 五谷杂粮, 杂粮, 八宝米
laba porridge, eight treasure porridge | gachas ocho tesoros | каша восемь сокровищ | 八宝粥, 腊八粥
porridge, instant porridge, oat porridge | gachas, gachas de avena, papilla de avena | каша, каша быстрого приготовления, овсяная каша | 粥, 麦片粥, 速食粥
oatmeal, rolled oats, oat flakes, porridge flakes | copos de avena, avena en copos, avena en hojuelas, hojuelas de avena, copos de avena integral | геркулес, овсяные хлопья, хлопья овсяные | 燕麦片, 即食燕麦
green buckwheat | trigo sarraceno verde, sarraceno crudo | зеленая гречка, гречка зеленая | 绿荞麦, 生荞麦
buckwheat, buckwheat groats, kasha, buckwheat kernels | grano de trigo sarraceno, alforfon en grano, sarraceno | греча, гречу, гречиха, крупа гречневая, ядрица, гречечка, гречка ядрица | 荞麦米
spelt, farro, emmer | espelta, farro | полба, спельта | 斯佩尔特小麦
freekeh | freekeh | фрике | 青麦
amaranth | amaranto | амарант | 苋菜籽
sorghum | sorgo | сорго | 高粱, 高粱米
pearl barley | cebada perlada | перловая крупа, крупа перловая, ячневая крупа, ячка | 珍珠大麦, 薏仁
job's tears, coix seed | lagrimas de job | коикс | 薏米, 薏苡仁
wheat groats, wheat berries | trigo en grano, trigo tierno | пшеничная крупа, крупа пшеничная, полтавка, пшеница | 小麦仁, 麦仁
flakes mix, multigrain flakes | copos de cereales, copos de cinco cereales | хлопья пять злаков, злаковые хлопья | 混合谷物片
spaghetti | espagueti, espaguetis, spaghetti | спагетти | 意大利面条, 意大利直面, 意大利细面
penne, fusilli, farfalle, short pasta | penne, plumas de pasta, fusilli, espirales, tornillos de pasta, mono, coditos | пенне, фузилли, перья макароны, рожки, ракушки макароны | 螺旋面
wholewheat pasta, wholegrain pasta | pasta integral, espaguetis integrales | цельнозерновые макароны, макароны цельнозерновые | 全麦意面
gluten free pasta | pasta sin gluten | макароны без глютена, безглютеновые макароны | 无麸质意面
lentil pasta, chickpea pasta | pasta de lentejas, pasta de garbanzos | макароны из чечевицы, паста из чечевицы, макароны из нута | 扁豆意面
egg noodles | fideos al huevo, tallarines al huevo | яичная лапша, домашняя лапша | 鸡蛋面, 蛋面
tagliatelle, fettuccine, pappardelle | tallarines, tagliatelle, cintas | тальятелле, феттучине, паппарделле | 宽面, 扁意面
noodle soup vermicelli, vermicelli, soup noodles | fideos para sopa, fideo cabellin, cabello de angel | вермишель, паутинка | 细面, 线面, 意式细面
fideua noodles | fideos para fideua, fideo fideua | лапша для фидеуа | 海鲜面短面
orzo | orzo, pasta orzo | орзо | 米粒面
tortellini | tortellini, tortelini | тортеллини | 意式小馄饨
cannelloni | canelones, canelon, placas de lasana | каннеллони | 意大利面卷
knife cut noodles, wide noodles | fideos anchos chinos | широкая лапша | 刀削面, 宽面条, 裤带面
hand pulled noodles, lanzhou noodles, beef noodles | fideos de lanzhou, fideos con ternera | ланьчжоуская лапша, тянутая лапша | 兰州拉面, 牛肉面
hot dry noodles | fideos secos picantes de wuhan | жэганьмянь | 热干面
chongqing noodles | fideos de chongqing | чунцинская лапша | 重庆小面
hot and sour noodles, sour spicy glass noodles | fideos agripicantes | кисло острая лапша | 酸辣粉
cold noodles, cold skin noodles | fideos frios | лянпи, холодная лапша | 凉皮, 凉面, 冷面
konjac noodles, shirataki, konjac | konjac, fideos konjac, shirataki | ширатаки, конжак, лапша конжак | 魔芋丝, 魔芋, 蒟蒻
sweet potato noodles | fideos de batata | крахмальная лапша | 红薯粉, 红薯粉条, 地瓜粉
samyang, buldak, korean spicy noodles | buldak, samyang, ramen coreano picante | самянг, булдак, корейская острая лапша | 火鸡面
"""
