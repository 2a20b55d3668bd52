"""What people of four languages call what is worn: of it, it matters for whom it is.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas. The first word names it.
"""

from typing import Final

CLOTHES: Final = """
bathrobe, dressing gown | albornoz, bata | халат | 浴袍, 睡袍
backpack, rucksack, school bag | mochila | рюкзак, ранец | 背包, 书包, 双肩包
belt | cinturon | ремень | 皮带, 腰带
socks, sock, sox | calcetin, calcetines, medias, calcetas, calceta, soquetes, medias cortas | носок, носки, носочки, носочков | 袜子, 袜
tights, stockings | pantis, leotardos, leotardo, medias infantiles, panties, medias de mujer | колготки, чулки | 丝袜, 连裤袜
underwear, underpants, boxers, briefs, panties | ropa interior, calzoncillos, bragas, calzones | трусы, нижнее белье, белье | 内裤, 内衣
thermal underwear, thermals, base layer | ropa termica, ropa interior termica | термобелье | 保暖内衣, 秋衣, 秋裤
bra, bras | sujetador, brasier | бюстгальтер, лифчик | 胸罩, 文胸
swimsuit, swimming costume, bikini, swimwear | banador, traje de bano | купальник, плавки | 泳衣, 泳装
leggings, thermal leggings | leggings, mallas, leggings termicos, mallas termicas | леггинсы, лосины, термолосины | 打底裤, 保暖打底裤, 加绒打底裤
shorts | pantalon corto, pantalones cortos | шорты | 短裤
skirt | falda | юбка | 半身裙
raincoat, rain jacket, waterproof jacket | impermeable, chubasquero | дождевик, плащ | 雨衣
down jacket, puffer jacket | plumifero, plumas | пуховик | 羽绒服
winter coat, coat, winter jacket, winter jackets | abrigo, chaqueta de invierno, chamarra de invierno, campera de invierno | пальто, шуба, зимняя куртка, куртка зимняя | 大衣, 外套, 冬天外套, 冬季外套, 冬天穿的外套, 冬天的外套
vest, gilet, body warmer | chaleco | жилет, жилетка | 马甲, 背心
cardigan | cardigan, rebeca | кардиган | 开衫
apron | delantal | фартук | 围裙
uniform, school uniform | uniforme, uniforme escolar | школьная форма | 校服
rain boots, rainboots, wellies, wellington boots, wellingtons, gumboots, rubber boots | botas de agua, botas de lluvia, botas de goma | резиновые сапоги, резиновые сапожки | 雨鞋, 雨靴
hiking boots, walking boots | botas de montana, botas de senderismo | треккинговые ботинки | 登山鞋, 徒步鞋
snow boots, winter boots | botas de nieve, botas de invierno | зимние сапоги, зимние ботинки, дутики | 雪地靴
felt boots, valenki | botas de fieltro, valenki | валенки | 毡靴
running shoes, trainers, sneakers | zapatillas de correr, zapatillas deportivas, deportivas, tenis, championes, playeras zapatillas | кроссовки, беговые кроссовки, кроссы | 跑鞋, 运动鞋
sandals | sandalia | сандалии, босоножки | 凉鞋
flip flops | chanclas | шлепанцы, вьетнамки | 人字拖
espadrilles | alpargata, alpargatas | эспадрильи | 草编鞋
shoes | zapatos | туфли, обувь | 鞋, 鞋子
insoles | plantillas | стельки | 鞋垫
helmet, bike helmet, cycling helmet | casco, casco de bici, casco de bicicleta | шлем, велошлем, велосипедный шлем, шлем для велосипеда | 头盔, 自行车头盔, 骑行头盔
skates, roller skates, ice skates | patines | коньки, ролики | 溜冰鞋, 轮滑鞋
sunglasses, sun glasses | gafas de sol, lentes de sol, anteojos de sol | солнечные очки, солнцезащитные очки, очки от солнца | 太阳镜, 墨镜
scarf, scarves | bufanda, panuelo de seda, panuelo de cuello | шарф, платок, шарфик, шелковый платок | 围巾, 丝巾
glove, gloves | guante | перчатка, перчатки, перчаток | 手套
mitten, mittens | manopla | варежки, варежек | 连指手套
hat, beanie | gorro, sombrero | шапка, шапки, шапочка | 帽子, 帽, 毛线帽
t-shirt, tshirt, tee, t shirt | camiseta, playera, remera, polera, poleras, franela, franelas, playeras | футболка, майки, майка | t恤, 短袖, 短袖t恤, t恤衫, 体恤
shirt | camisa | рубашка | 衬衫
sweater, jumper, pullover | sueter, jersey | свитер, кофта | 毛衣
hoodie, hooded sweatshirt, sweatshirt | sudadera, sudadera con capucha, buzo | худи, толстовка, толстовка с капюшоном | 卫衣, 连帽卫衣
jacket | chaqueta | куртка | 夹克
dress | vestido | платье | 连衣裙, 裙子
trousers, pants | pantalon | брюки, штаны, брюк, штанов | 裤子
jeans | vaquero, vaqueros, jeans, pantalones vaqueros, pantalon vaquero, pantalon de mezclilla | джинсы, джинсов | 牛仔裤
slipper, slippers, house shoes | zapatilla de casa, pantufla, chinelas, chinela | тапочки, тапки, тапочек | 拖鞋, 棉拖鞋
boot, boots | bota, botas | ботинки, сапоги, ботинок | 靴子
pyjamas, pajamas | pijama | пижама | 睡衣
"""
