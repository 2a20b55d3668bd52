"""What people of four languages call clothes, toys, tools, devices and what else a home holds.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas. The first word names it.
"""

from typing import Final

WARES: Final = """
sanitary pads, pads, period pads, sanitary towels | compresas, toallas sanitarias, toallas femeninas, toallitas femeninas, toallas higienicas, toalla higienica | прокладки, гигиенические прокладки | 卫生巾, 姨妈巾, 卫生棉, 护垫
tampons | tampones, tampon | тампоны | 卫生棉条, 棉条
menstrual cup | copa menstrual | менструальная чаша | 月经杯
condoms | condon, preservativo | презервативы | 避孕套, 安全套
plasters, band aids, bandages | tiritas, curitas, banditas, bandita, curita, tirita, apositos adhesivos | пластырь, пластыри, лейкопластырь, лейкопластыри | 创可贴, ok绷, 止血贴, 药水胶布
hand sanitizer, hand sanitiser | gel hidroalcoholico, gel antibacterial | антисептик, санитайзер | 免洗洗手液
first aid kit | botiquin | аптечка | 急救包
diapers, diaper, nappies, nappy, pampers, huggies | panal, panales, pampers, dodotis, huggies | подгузник, подгузники, памперсы, памперс, хаггис | 尿不湿, 纸尿裤, 尿布, 尿片, 帮宝适, 拉拉裤
lens wipes, lens cleaning wipes, wipes for glasses, wet wipes for glasses, glasses wipes | toallitas para gafas, toallitas para lentes, toallitas limpiagafas | салфетки для очков, влажные салфетки для очков | 擦眼镜湿巾, 眼镜湿巾, 擦镜纸, 眼镜布
wet wipes, baby wipes, wipes | toallitas, toallitas humedas, toallitas humedas para bebe | влажные салфетки | 湿巾, 湿纸巾
toilet paper, roll of paper, loo roll, toilet roll, bog roll, bathroom tissue, toilet tissue, toilet rolls, tp, bathroom roll, toilet paper rolls | papel higienico, papel de bano, papel sanitario, papel de wc, papel confort, confort, papel del vater, papel toilette, rollos de bano | туалетная бумага, туалетка, бумага туалетная, рулоны туалетной бумаги | 卫生纸, 卷纸, 厕纸, 卷筒纸, 卷筒卫生纸, 手纸, 厕所纸, 草纸, 卫生卷纸, 无芯卷纸, 厕所卷纸
paper towel, paper towels, kitchen roll, kitchen towel, kitchen paper, kitchen towels paper | papel de cocina, papel absorbente, servilletas de cocina, rollos de cocina, rollo de cocina, servitoallas, toallas de papel, nova, toalla de papel, nova papel | бумажные полотенца, кухонные бумажные полотенца, рулонные полотенца, бумажное полотенце | 厨房纸, 厨房用纸, 厨房纸巾, 厨房用纸
tissues, tissue, kleenex, paper handkerchiefs, paper hankies, box of tissues, facial tissue, hankies | panuelos, panuelos de papel, kleenex | салфетки, бумажные платочки, носовые платки | 纸巾, 抽纸, 面巾纸, 面纸, 面巾, 软抽, 手帕纸
napkins, paper napkins, serviettes | servilletas | бумажные салфетки, салфетки столовые, столовые салфетки | 餐巾纸, 餐巾
baby bottle, feeding bottle | biberon | детская бутылочка, бутылочка для кормления | 奶瓶
dummy, pacifier | chupete | соска, пустышка | 安抚奶嘴, 奶嘴
pushchair, stroller, pram, buggy | carrito de bebe, cochecito, silla de paseo | коляска | 婴儿车, 推车
car seat, child seat | silla de coche, silla para el coche | автокресло, детское кресло | 安全座椅
baby carrier, sling | portabebes, mochila portabebes | слинг, эргорюкзак | 婴儿背带
bib, bibs | babero | слюнявчик, нагрудник | 围嘴
towel, towels, bath towel | toalla, toalla de bano, toallon, toallones | полотенце | 毛巾, 浴巾
blanket, throw | manta, cobija, frazada | плед, одеялко | 毯子, 毛毯, 毯, 盖毯
duvet, quilt, comforter | edredon, nordico | одеяло | 被子, 羽绒被, 冬被, 被
pillow, pillows, memory foam pillow, bed pillows, bed pillow, sleeping pillow | almohada, almohada viscoelastica | подушка | 枕头, 枕, 记忆枕, 枕芯, 枕头芯
pillowcase, pillowcases | funda de almohada | наволочка | 枕套
bed linen, bedding, sheets, bed sheets, duvet cover, bed linens, linens, bedsheets | sabanas, ropa de cama, juego de sabanas, funda nordica, juego de cama, juegos de sabanas | постельное белье, простыня, пододеяльник, комплект постельного белья, постельное, простыни, белье постельное, постелька | 床单, 床上用品, 四件套, 被套, 床品, 床单被套, 三件套
mattress | colchon | матрас | 床垫
electric blanket | manta electrica | электроодеяло, электропростыня | 电热毯
hot water bottle | bolsa de agua caliente | грелка | 热水袋
curtain, curtains | cortina | шторы, занавески | 窗帘
carpet, rug | alfombra | ковер, коврик | 地毯
tablecloth | mantel | скатерть | 桌布
candle, candles, scented candle, scented candles | vela, vela aromatica | свеча, свечи, ароматическая свеча | 蜡烛, 香薰蜡烛
incense, incense sticks | incienso | благовония | 香, 线香
diffuser, aroma diffuser, reed diffuser | difusor | диффузор, аромадиффузор | 香薰机
light bulb, light bulbs, led bulbs, lightbulb | bombilla, bombillas, foco, focos, focos led, bombillas led, bombillo, bombillos, ampolleta, ampolletas, lamparita, lamparitas, bombita, bombitas, foco led | лампочка, лампочки, светодиодные лампочки, светодиодные лампы, светодиодная лампа, лампы светодиодные, лампа e27 | 灯泡, led灯泡, 电灯泡, 电灯胆, 球泡灯
lamp, desk lamp, table lamp | lampara, flexo | лампа, светильник, настольная лампа | 灯, 台灯
fairy lights, string lights | luces de navidad, guirnalda de luces | гирлянда, гирлянды | 彩灯, 串灯
extension cord, extension lead, power strip | regleta, alargador, zapatilla electrica, alargue, alargadera, zapatilla, multicontacto | удлинитель, сетевой фильтр | 插线板, 插座, 排插, 插排, 拖线板, 接线板
humidifier | humidificador | увлажнитель | 加湿器
air purifier | purificador de aire | очиститель воздуха | 空气净化器
fan | ventilador | вентилятор | 风扇, 电风扇
heater | calefactor, estufa | обогреватель | 取暖器, 电暖器
iron, steam iron | plancha | утюг | 熨斗
umbrella, umbrellas | paraguas, sombrilla de lluvia | зонт, зонтик | 雨伞, 伞, 遮阳伞雨伞, 折叠伞
suitcase, luggage | maleta | чемодан | 行李箱
wallet | cartera, billetera | кошелек | 钱包
handbag | bolso | сумка | 包包, 手提包
shoe polish | betun | крем для обуви | 鞋油
lego, lego set, lego bricks | lego | лего, конструктор лего | 乐高, 乐高积木
building blocks, blocks | bloques de construccion | конструктор, кубики | 积木
board game, board games | juego de mesa | настольная игра, настолка | 桌游
mahjong, mahjong set | mahjong, juego de mahjong | маджонг | 麻将, 麻将牌
chess, chess set | ajedrez | шахматы | 象棋, 国际象棋
playing cards | baraja, cartas, naipes | игральные карты | 扑克, 扑克牌
doll, dolls | muneca | кукла | 娃娃, 洋娃娃
teddy bear, plush toy, soft toy, stuffed animal | peluche | плюшевая игрушка, мягкая игрушка, плюшевый мишка | 毛绒玩具, 泰迪熊
toy car, toy cars | coche de juguete | машинка, игрушечная машинка | 玩具车
play dough, playdough, modelling clay, plasticine | plastilina | пластилин | 橡皮泥, 彩泥
harry potter, harry potter books | harry potter, libros de harry potter | гарри поттер, книги гарри поттер, книги про гарри поттера | 哈利波特, 哈利波特的书, 哈利波特全集
comics, comic book, manga | comic, manga, tebeo | комиксы, манга | 漫画, 漫画书
textbook, textbooks | libro de texto | учебник, учебники | 教材, 课本
sticker, stickers | pegatina, pegatinas | наклейки | 贴纸
coloured pencils, colored pencils, colour pencils, crayons, colouring pencils, color pencils, colouring in pencils | lapices de colores, ceras, pinturas de colores, colores de madera, pinturas de madera, pinturas de palo, lapices pinturas, colores lapices, lapices de color, lapices colores | цветные карандаши, мелки | 彩色铅笔, 彩铅, 蜡笔, 色铅笔, 彩笔
pencil, pencils | lapiz, lapices | карандаш, карандаши | 铅笔
felt tips, markers, marker | rotulador, rotuladores | фломастеры, маркер | 马克笔, 水彩笔
watercolours, watercolors, paints, paint | acuarela, acuarelas, pintura | акварель, краски | 水彩, 颜料
printer paper, a4 paper, copy paper, reams of paper, ream of paper, copier paper, office paper, printing paper, a4 sheets | papel de impresora, folios, papel a4, resma de papel, resmas de papel, resma, resmas, papel bond, papel de fotocopia, hojas a4, papel para impresora | бумага для принтера, бумага а4, офисная бумага, пачка бумаги а4, бумага для печати, снегурочка бумага | 打印纸, a4纸, 复印纸, 影印纸
printer ink, ink cartridges, toner | tinta de impresora, cartuchos de tinta, toner | картриджи для принтера, чернила для принтера, тонер | 墨盒, 打印机墨水, 硒鼓
adhesive tape, sticky tape, tape | cinta adhesiva, celo | скотч, клейкая лента | 胶带
glue | pegamento | клей | 胶水
wrapping paper, gift wrap | papel de regalo, papel para envolver | упаковочная бумага, подарочная бумага, бумага для подарков, упаковочная подарочная бумага | 包装纸, 礼品纸
calendar | calendario | календарь | 日历
planner, diary | agenda | ежедневник | 日程本, 手账
yarn, knitting wool | ovillo, hilo para tejer, lana para tejer | пряжа | 毛线
sewing machine | maquina de coser | швейная машинка | 缝纫机
ukulele | ukelele | укулеле | 尤克里里
guitar | guitarra | гитара | 吉他
ocarina | ocarina | окарина | 陶笛
harmonica | armonica | губная гармошка | 口琴
football, soccer ball | balon de futbol, balon, pelota de futbol, balon futbol | футбольный мяч, мяч для футбола | 足球
basketball | balon de baloncesto | баскетбольный мяч | 篮球
badminton, badminton racket, shuttlecocks | badminton, raqueta de badminton | бадминтон, ракетка для бадминтона, воланы | 羽毛球, 羽毛球拍
table tennis, ping pong | ping pong, tenis de mesa | настольный теннис, пинг понг | 乒乓球
dumbbells, dumbbell, weights | mancuerna, mancuernas, pesas | гантели, гантель | 哑铃
resistance bands | bandas elasticas | фитнес резинки, эспандер | 弹力带
skipping rope, jump rope | cuerda para saltar, comba | скакалка | 跳绳
yoga mat, exercise mat | esterilla de yoga, esterilla, tapete de yoga, mat de yoga, colchoneta de yoga, tapete yoga | коврик для йоги, йога мат, йоговский коврик, мат для йоги | 瑜伽垫, 瑜珈垫, 健身垫
scooter, kick scooter | patinete | самокат | 滑板车
ski, skis | esqui, esquis | лыжи | 滑雪板
sledge, sled, sleigh | trineo | санки | 雪橇
swimming goggles | gafas de natacion | очки для плавания | 泳镜
batteries, battery, cells battery | pila, pilas, baterias, bateria | батарейка, батарейки | 电池, 干电池, 碱性电池
rechargeable batteries, rechargeables | pilas recargables, pilas recargable, recargables | аккумуляторы, аккумуляторные батарейки | 充电电池
power bank, powerbank, portable charger | bateria externa, power bank, powerbank, cargador portatil, bateria portatil | повербанк, внешний аккумулятор, пауэрбанк, павербанк, портативная зарядка | 充电宝, 移动电源, 行动电源
charger, phone charger | cargador, cargador de movil | зарядка, зарядное устройство | 充电器, 充电头
cable, cord, charging cable | cable | кабель, шнур, провод | 数据线, 充电线, 线
usb c, type c, usbc | usb c, tipo c | тайп си, type c, usb c | typec, usbc, typec充电线, typec数据线, typec线
lightning cable, iphone cable | cable lightning, cable de iphone | лайтнинг, кабель для айфона | 苹果数据线
hdmi cable, hdmi | cable hdmi, hdmi | кабель hdmi, hdmi | hdmi线, 高清线
headphones, earphones, earbuds, headset | auriculares, audifonos, cascos, cascos musica, manos libres | наушники | 耳机, 头戴耳机
wireless headphones, wireless earbuds, bluetooth headphones | auriculares inalambricos, auriculares bluetooth | беспроводные наушники | 蓝牙耳机, 无线耳机
speaker, bluetooth speaker | altavoz, altavoz bluetooth, bocina | колонка, блютуз колонка | 音箱, 蓝牙音箱
phone case, phone cover | funda de movil, funda para movil, funda del telefono | чехол для телефона, чехол | 手机壳
screen protector, tempered glass | protector de pantalla, cristal templado | защитное стекло | 钢化膜, 手机膜
phone holder, phone stand | soporte para movil | держатель для телефона | 手机支架
memory card, sd card, microsd | tarjeta de memoria, tarjeta sd | карта памяти | 内存卡, 存储卡
usb stick, flash drive, usb drive | memoria usb, pendrive | флешка, флэшка | u盘, 优盘
mouse, computer mouse | raton | мышь, компьютерная мышь, мышка | 鼠标
keyboard | teclado | клавиатура | 键盘
webcam | camara web, webcam | веб камера, вебкамера | 摄像头
router | router | роутер | 路由器
tablet | tableta, tablet | планшет | 平板电脑
smart watch, smartwatch, fitness tracker | reloj inteligente, smartwatch | умные часы, фитнес браслет, смарт часы | 智能手表, 手环
alarm clock, clock | despertador, reloj | будильник, часы | 闹钟, 钟
cordless drill, cordless screwdriver, drill, power drill, drill driver, battery drill | taladro, taladro inalambrico, taladro a bateria, atornillador, taladro sin cable | дрель, шуруповерт, аккумуляторный шуруповерт, аккумуляторная дрель, шурик | 电钻, 无线电钻, 充电电钻, 充电钻
screwdriver, screwdriver set | destornillador | отвертка | 螺丝刀
hammer | martillo | молоток | 锤子
spanner, wrench | llave inglesa | гаечный ключ | 扳手
screws, nails | tornillo, tornillos | саморезы, шурупы, гвозди | 螺丝, 钉子
tool box, toolbox, tool set, tools | caja de herramientas, herramientas | набор инструментов, инструменты | 工具箱, 工具
ladder | escalera | лестница, стремянка | 梯子
saw | sierra | пила | 锯子
lock, padlock | candado | замок | 锁
bicycle, bike | bicicleta, bici | велосипед, велик | 自行车
bike lock | candado de bici | замок для велосипеда | 自行车锁
bike light, bike lights | luz de bici, luces de bici | велофара, фонарь для велосипеда | 自行车灯
motor oil, engine oil | aceite de motor | моторное масло | 机油
windscreen washer, screen wash | liquido limpiaparabrisas | омывайка, незамерзайка | 玻璃水
winter tyres, tyres, tires | neumatico, neumaticos, llantas | зимние шины, шины, резина зимняя | 轮胎
christmas decorations, christmas baubles, baubles, ornaments | adornos de navidad, bolas de navidad | елочные игрушки, новогодние украшения | 圣诞装饰
advent calendar | calendario de adviento | адвент календарь | 圣诞倒数日历, 降临节日历
fireworks, sparklers | bengalas, fuegos artificiales | фейерверк, бенгальские огни | 烟花
balloons, balloon | globo, globos | воздушные шары, шарики | 气球
paper lantern, lantern, lanterns | farolillo, farol | бумажный фонарик | 灯笼
red envelopes | sobres rojos | красные конверты | 红包
calligraphy brush | pincel de caligrafia | кисть для каллиграфии | 毛笔
microscope | microscopio | микроскоп | 显微镜
telescope | telescopio | телескоп | 望远镜
concert tickets, tickets, ticket | entradas, entrada, boleto, boletos | билеты, билет | 门票, 票
flower, flowers, bouquet | flor, flores, ramo | цветы, цветов, букет | 花, 鲜花
tulip | tulipan | тюльпан | 郁金香
rose, roses | rosa, rosas | роза, розы, роз | 玫瑰
christmas tree, fir tree, xmas tree | arbol de navidad, abeto | елка, елки, елку, новогодняя елка | 圣诞树
conditioner, hair conditioner | acondicionador, suavizante de pelo, suavizante para el pelo, balsamo para el pelo, crema de enjuague, acondicionador de pelo, suavizante capilar | кондиционер для волос, бальзам для волос | 护发素, 润发乳, 润发精, 润丝精, 润丝
perfume | perfume | духи, духов | 香水
toy, toys | juguete | игрушка, игрушки, игрушек | 玩具
puzzle, jigsaw | rompecabezas, puzle | пазл, пазлы, пазлов | 拼图
book, books | libro | книга, книги, книг | 书, 图书
notebook | cuaderno | тетрадь, блокнот | 笔记本, 本子
pen, pens, ballpoint pens, biros, biro, ballpoints | boligrafo, lapicero, boligrafos, lapicera, lapiceras, esfero, esferos, birome, biromes, plumas bic, bolis, boli | ручка, ручки, ручек, шариковые ручки, шариковая ручка | 笔, 圆珠笔, 原子笔, 签字笔, 中性笔
vitamin, vitamins | vitamina | витамины, витаминов, витамин | 维生素
"""
