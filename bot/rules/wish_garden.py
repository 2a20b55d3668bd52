"""What people of four languages call things for garden, workshop, school, play, sport, feasts and devices.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas.
"""

from typing import Final

GARDEN: Final = """
grass seed, lawn seed | semillas de cesped, cesped | газонная трава, семена газона, газон | 草籽, 草坪种子
flower seeds | semillas de flores, semillas flores | семена цветов | 花种, 花卉种子
seed potatoes | patatas de siembra, papa semilla | семенной картофель, картофель на посадку | 土豆种
onion sets | bulbos de cebolla, cebollino para plantar | лук севок, севок | 洋葱种球
tulip bulbs | bulbos de tulipan, bulbos de tulipanes | луковицы тюльпанов | 郁金香种球, 郁金香球根, 郁金香球茎
strawberry plants | plantas de fresa, plantas de fresas, planteles de fresa | рассада клубники, кустики клубники, усы клубники | 草莓苗
pepper seedlings, pepper plants, chilli plants, pepper starts | plantones de pimiento, plantines de pimiento, planteles de pimientos, plantas de pimiento | рассада перца, рассада перцев, перец рассадой | 辣椒苗, 甜椒苗, 青椒苗
tomato seedlings, tomato plants, tomato starts, tomato plugs, baby tomato plants | plantones de tomate, plantines de tomate, planteles de tomate, tomateras, plantas de tomate, almacigo de tomate, plantin de tomate, matas de tomate, plantitas de tomate | рассада помидоров, рассада томатов, рассада томата, помидорная рассада, томатная рассада | 番茄苗, 西红柿苗, 小番茄苗, 番茄秧, 西红柿秧
cucumber seedlings, cucumber plants | plantones de pepino, plantines de pepino, plantas de pepino | рассада огурцов | 黄瓜苗
herb plants | plantas aromaticas | пряные травы в горшке | 香草盆栽苗
fruit trees, fruit tree | arbol frutal, frutales, arboles frutales | плодовые деревья, плодовое дерево | 果树苗, 果树
apple tree, apple sapling | manzano, arbol de manzano, manzanos | яблоня, саженец яблони, саженцы яблони, яблоньки | 苹果树, 苹果树苗
rose bush, rose bushes | rosal, rosales | куст розы, саженцы роз, кусты роз | 玫瑰苗, 月季
hydrangea | hortensia | гортензия | 绣球花
geranium, pelargonium | geranio | герань, пеларгония | 天竺葵
petunia | petunia | петуния | 矮牵牛
sunflower, sunflowers | girasol, girasoles | подсолнух, подсолнухи | 向日葵
lily, lilies | lirio, azucena | лилия, лилии | 百合花
chrysanthemum | crisantemo | хризантема, хризантемы | 菊花盆栽
carnation, carnations | clavel, claveles | гвоздики цветы, гвоздики | 康乃馨
daffodil, narcissus, hyacinth | narciso, jacinto | нарцисс, нарциссы, гиацинт | 水仙花, 水仙, 风信子
poinsettia | flor de pascua, nochebuena planta, poinsettia | пуансеттия, рождественская звезда | 一品红
aloe plant | planta de aloe vera, planta de aloe | растение алоэ | 芦荟盆栽
ficus | ficus | фикус | 橡皮树, 琴叶榕
bonsai | bonsai | бонсай | 盆景
fern | helecho | папоротник | 蕨类
pothos, ivy | poto, potos, hiedra | потос, плющ, эпипремнум | 绿萝
snake plant, sansevieria | sansevieria, lengua de suegra | сансевиерия | 虎皮兰
spathiphyllum, peace lily | espatifilo | спатифиллум | 白掌
dried flowers | flores secas, flores preservadas | сухоцветы, сухие цветы | 干花
artificial flowers, fake plants | flores artificiales, plantas artificiales | искусственные цветы | 假花, 仿真花
peat, coco coir | turba, fibra de coco | торф, кокосовый субстрат, кокосовый грунт | 泥炭土, 椰砖, 椰糠
perlite, vermiculite, expanded clay | perlita, vermiculita, arcilla expandida | перлит, вермикулит, керамзит | 珍珠岩, 蛭石, 陶粒
worm castings, humus, manure | humus de lombriz, estiercol, mantillo | биогумус, навоз, перегной, конский навоз | 蚯蚓粪, 羊粪
mulch, bark mulch | corteza de pino, acolchado | мульча, кора, кора сосны | 树皮覆盖物
ash, lime for garden, bone meal | ceniza, harina de hueso | зола, костная мука | 骨粉, 草木灰
pesticide, aphid spray, neem oil | aceite de neem, insecticida plantas, antipulgones | средство от тли, фитоверм, масло нима | 杀虫剂植物, 印楝油
weed killer, herbicide | herbicida, matamalezas | гербицид, средство от сорняков | 除草剂
slug pellets | antilimacos, antibabosas | средство от слизней | 杀蜗剂
seed trays, seedling trays, plug trays | semillero, semilleros, bandeja de semillero | кассеты для рассады, лотки для рассады, контейнеры для рассады | 育苗盘, 穴盘
peat pots, nursery pots | macetas biodegradables, vasos de turba | торфяные горшочки, стаканчики для рассады, торфяные таблетки | 育苗杯, 育苗盆
plant stand, plant hanger, macrame hanger | soporte para plantas, macetero colgante, portamacetas | подставка для цветов, подвесное кашпо | 花架
grow light, plant lamp | luz de cultivo, lampara de cultivo | фитолампа, лампа для растений | 植物灯, 补光灯
plant labels, garden stakes, plant support, trellis | tutor de plantas, tutores, cana de bambu, enrejado | подвязка для растений, опора для растений, колышки, шпалера | 爬藤架, 植物支架
garden twine, jute twine, rope, string | cuerda, cordel, soga, hilo de yute | веревка, шпагат, джутовый шпагат, бечевка, канат | 绳子, 麻绳
greenhouse, polytunnel | invernadero | теплица, парник | 温室, 大棚
garden fleece, ground cover fabric | malla antihierbas, manta termica para plantas | агроволокно, спанбонд, укрывной материал | 防草布, 地布
drip irrigation, sprinkler, garden sprinkler | riego por goteo, aspersor | капельный полив, дождеватель, разбрызгиватель | 滴灌, 洒水器
sprayer, spray bottle | pulverizador, fumigador, bote pulverizador | опрыскиватель, пульверизатор, распылитель | 喷壶, 喷雾器, 喷瓶
trowel, garden tools, hoe | azada, palita de jardin, herramientas de jardin, azadon | тяпка, мотыга, садовый совок, садовый инвентарь, садовые инструменты | 园艺工具, 小铲子, 锄头
wheelbarrow | carretilla | тачка, садовая тачка | 手推车
lawn mower, grass trimmer | cortacesped, desbrozadora, podadora | газонокосилка, триммер для травы, косилка | 割草机
chainsaw | motosierra | бензопила, цепная пила | 电锯, 油锯
axe | hacha | топор | 斧头
hedge trimmer, loppers | cortasetos, tijeras cortasetos | кусторез, сучкорез | 绿篱机
compost bin, composter | compostador, compostera | компостер | 堆肥桶
hive, beehive, bee frames | colmena, colmenas | улей, ульи, рамки для ульев | 蜂箱
bird house, nesting box | casita de pajaros, caja nido | скворечник | 鸟屋
solar lights, garden lights | luces solares, lampara solar, luces de jardin | садовые светильники, фонари на солнечных батареях, солнечные фонари | 太阳能灯
parasol, garden umbrella, sun shade | sombrilla, parasol, toldo | садовый зонт, зонт от солнца пляжный, тент, навес | 遮阳伞, 遮阳棚
inflatable pool, paddling pool, pool | piscina hinchable, piscina, pileta | надувной бассейн, бассейн | 充气泳池
pool chlorine, chlorine tablets | cloro para piscina, pastillas de cloro | хлор для бассейна, таблетки хлора | 泳池消毒片
fire starters, firelighters | pastillas de encendido, pastillas enciendefuegos | розжиг, средство для розжига | 引火块
briquettes, wood briquettes | briquetas | брикеты, топливные брикеты | 炭块
wood pellets, pellets | pellets, pellet, pellets de madera | пеллеты, древесные пеллеты | 木颗粒
gas canister, camping gas | bombona de gas, cartucho de gas, camping gas | газовый баллон, газовые баллончики | 气罐, 卡式炉气罐
camping stove, gas stove portable | hornillo, cocina de gas portatil | газовая горелка, туристическая плитка, примус | 卡式炉, 露营炉
cool box, cooler, cool bag | nevera portatil, bolsa termica, neverita | сумка холодильник, термосумка, переносной холодильник | 保温袋, 冷藏箱, 保温箱
ice packs, freezer blocks | acumuladores de frio, placas de hielo, bolsas de frio | хладоэлементы, аккумуляторы холода, хладагент | 冰袋, 冰板
picnic blanket, picnic basket | manta de picnic, cesta de picnic | плед для пикника, корзина для пикника, коврик для пикника | 野餐垫, 野餐篮
fishing rod, fishing gear, fishing line | cana de pescar, sedal, hilo de pescar | удочка, спиннинг, леска | 鱼竿, 钓鱼竿, 鱼线
trekking poles, walking poles | bastones de senderismo, bastones de trekking | треккинговые палки, палки для скандинавской ходьбы | 登山杖
drill bits, drill bit set | brocas, broca, juego de brocas | сверла, набор сверл, буры | 钻头
pliers, cutters | alicate, alicates, tenazas | плоскогубцы, пассатижи, кусачки | 钳子, 老虎钳
allen keys, hex keys | llaves allen, llave allen | шестигранники, шестигранный ключ | 内六角扳手
tape measure, measuring tape | metro, cinta metrica, flexometro | рулетка, измерительная лента | 卷尺
spirit level, laser level | nivel laser, nivel de burbuja | уровень лазерный, лазерный уровень | 水平仪
utility knife, box cutter | cuter, cutter | канцелярский нож, строительный нож | 美工刀
penknife, multitool, pocket knife, swiss army knife | navaja suiza, multiherramienta, navaja de bolsillo | мультитул, складной нож, перочинный нож | 瑞士军刀, 多功能刀
sandpaper | lija, papel de lija | наждачная бумага, наждачка, шкурка | 砂纸
wall paint, emulsion paint | pintura de pared, pintura plastica, pintura para paredes | краска для стен, водоэмульсионка | 墙漆, 乳胶漆
spray paint | pintura en spray, aerosol de pintura | аэрозольная краска, краска в баллончике | 喷漆
varnish, wood varnish, wood oil | barniz, aceite para madera, lasur | лак для дерева, масло для дерева, пропитка для дерева | 清漆, 木蜡油
paint brushes, paint roller, brushes | brocha, brochas, pincel, pinceles, rodillo de pintura | кисти, кисточки, кисть, малярный валик, валик | 油漆刷, 滚筒刷, 画笔刷, 毛刷
silicone sealant, sealant | silicona selladora, sellador | герметик, силиконовый герметик | 玻璃胶, 密封胶
expanding foam | espuma de poliuretano | монтажная пена | 发泡胶
super glue, hot glue, glue gun | superglue, pistola de silicona, pegamento instantaneo, loctite | суперклей, клеевой пистолет, термоклей | 502胶, 热熔胶枪
duct tape, gaffer tape | cinta americana, cinta de embalar | армированный скотч, малярный скотч, упаковочный скотч, изолента | 布基胶带, 封箱胶带, 电工胶带
double sided tape | cinta de doble cara | двусторонний скотч, двухсторонний скотч | 双面胶
cable ties, zip ties | bridas, brida, cinchos | хомуты, кабельные стяжки, стяжки | 扎带
bolts, nuts and bolts, washers | tuercas, pernos, arandelas | болты, гайки, шайбы | 螺栓, 螺母
wall plugs, rawl plugs | tacos de pared, taquetes | дюбели, дюбель | 膨胀螺丝, 墙塞
wd40, lubricant, silicone spray | wd40, lubricante, tres en uno | смазка, вэдэшка, силиконовая смазка | 润滑油, 除锈剂
furniture pads, felt pads | fieltros adhesivos, protectores de sillas | накладки на ножки стула, войлочные накладки | 桌脚垫, 椅脚套
draught excluder, weather strip | burlete, burletes | уплотнитель для окон, уплотнитель | 密封条, 门缝条
work light, torch lamp | lampara de trabajo, foco de obra | прожектор, строительный фонарь | 工作灯
led strip, led strips, strip light, led tape | tira led, tiras led, tira de led, tira de leds, tiras de luces led | светодиодная лента, лента светодиодная, led лента, диодная лента | 灯带, led灯带
night light, nightlight | luz nocturna, lampara quitamiedos, luz de noche | ночник, ночничок | 小夜灯
smart bulb, smart plug | bombilla inteligente, enchufe inteligente | умная лампочка, умная розетка | 智能灯泡, 智能插座
plug adapter, travel adapter, socket | adaptador de enchufe, adaptador de viaje, enchufe, ladron | переходник для розетки, дорожный адаптер, розетка, тройник | 转换插头, 旅行插头
coin batteries, button cells, cr2032 | pilas de boton, pila de boton, pila cr2032 | батарейки таблетки, круглые батарейки, батарейка cr2032 | 纽扣电池
aa batteries, double a batteries | pilas aa, pilas doble a | пальчиковые батарейки, батарейки аа, батарейки пальчиковые | 五号电池
aaa batteries, triple a batteries | pilas aaa, pilas triple a | мизинчиковые батарейки, батарейки ааа, батарейки мизинчиковые | 七号电池
battery charger | cargador de pilas | зарядка для батареек, зарядное для аккумуляторов | 电池充电器
wireless charger, charging pad | cargador inalambrico, base de carga | беспроводная зарядка | 无线充电器
car charger | cargador de coche, cargador para el coche | автомобильная зарядка, зарядка в машину | 车载充电器
micro usb cable | cable micro usb, micro usb | кабель микро usb, микро usb | 安卓数据线
lightning adapter, usb hub, docking station, usb adapter | hub usb, adaptador usb | usb хаб, usb концентратор, переходник usb | 扩展坞, 分线器
ethernet cable, network cable, lan cable | cable de red, cable ethernet | сетевой кабель, патч корд, интернет кабель | 网线
ssd, hard drive, external drive | disco duro, disco duro externo, ssd | жесткий диск, внешний жесткий диск, ssd диск | 硬盘, 移动硬盘, 固态硬盘
monitor, computer screen | monitor, pantalla de ordenador | монитор | 显示器
laptop, notebook computer | portatil, ordenador portatil | ноутбук, ноут | 笔记本电脑
laptop stand, laptop sleeve, laptop bag | soporte para portatil, funda de portatil, maletin para portatil, soporte para ordenador, soporte para ordenador portatil | подставка для ноутбука, чехол для ноутбука, сумка для ноутбука | 电脑支架, 电脑包, 笔记本支架
mouse pad | alfombrilla de raton | коврик для мыши | 鼠标垫
printer | impresora | принтер | 打印机
phone, smartphone, mobile phone | movil, telefono, celular, smartphone | телефон, смартфон | 手机
phone case, mobile cover, iphone case | funda de celular, funda para celular, carcasa para el movil, carcasa de movil, carcasa de telefono, funda para iphone | чехол для айфона, чехол на айфон, чехольчик для телефона, чехол на телефон | 手机套, 手机保护壳
tablet case, ipad case, kindle case | funda de tablet, funda para tablet, funda ipad | чехол для планшета | 平板保护套
e reader, kindle, ereader | lector electronico, ebook, kindle | электронная книга, читалка, киндл | 电子书, 阅读器
selfie stick, tripod | palo selfie, tripode | селфи палка, штатив, тренога | 自拍杆, 三脚架
ring light | aro de luz | кольцевая лампа | 环形灯, 补光
dash cam, dashcam | camara de coche, dashcam | видеорегистратор | 行车记录仪
camera, security camera | camara, camara de vigilancia | камера, камера наблюдения, фотоаппарат | 相机, 监控摄像头
instant film, instax film, polaroid film | pelicula instax, papel polaroid | пленка инстакс, кассеты инстакс | 拍立得相纸
game controller, gamepad | mando de consola, mando ps5, mando | геймпад, джойстик | 游戏手柄
console, playstation, nintendo switch | consola, playstation, nintendo switch | приставка, плейстейшен, нинтендо | 游戏机
airtag, tracker tag | airtag, localizador | аиртег, метка для поиска | 防丢器
drone | dron | дрон, квадрокоптер | 无人机
3d printer filament, filament | filamento, filamento pla | пластик для 3d принтера, филамент | 打印耗材
watch strap, watch band | correa de reloj, pulsera de reloj | ремешок для часов | 表带
wall clock | reloj de pared | настенные часы, часы настенные | 挂钟
kitchen timer, timer | temporizador, minutero | таймер, кухонный таймер | 计时器, 定时器
weather station | estacion meteorologica | метеостанция | 气象站
notebook, notebook paper, exercise books, exercise book | cuadernos, libreta, libretas | тетради, тетрадки, тетрадь в клетку, тетрадь в линейку | 作业本, 练习本
sketchbook, drawing pad, drawing paper | cuaderno de dibujo, bloc de dibujo | альбом для рисования, скетчбук | 素描本, 画纸, 图画本
sticky notes, post it | notas adhesivas, post it | стикеры для заметок, липкие листочки | 便利贴
highlighters, highlighter | subrayador, subrayadores, marcatextos | текстовыделители, текстовыделитель | 荧光笔
eraser, rubber eraser | goma de borrar, borrador | ластик, ластики, стерка | 橡皮, 橡皮擦
pencil sharpener, sharpener | sacapuntas | точилка, точилка для карандашей | 卷笔刀, 削笔刀
pencil case | estuche, estuche escolar, cartuchera, plumier | пенал, школьный пенал | 笔袋, 文具盒
ruler, geometry set, compass set | regla, escuadra, compas | линейка, циркуль, транспортир | 尺子, 圆规
folders, ring binder, binder, file folders | carpeta, carpetas, archivador | папка, папки, папка для документов, скоросшиватель | 文件夹
stapler, staples | grapadora, grapas, engrapadora | степлер, скобы для степлера | 订书机, 订书钉
paper clips, push pins | clips de papel, chinchetas | скрепки, кнопки канцелярские | 回形针, 图钉
envelopes, envelope | sobres de papel, sobre de carta | конверты, конверт | 信封
postcards, greeting cards | postal, postales, tarjetas de felicitacion | открытка, открытки | 明信片, 贺卡
school supplies, stationery | material escolar, utiles escolares, papeleria | канцтовары, канцелярия, школьные принадлежности | 文具, 学习用品
gel pens | bolis de gel | гелевые ручки, гелевая ручка | 水笔
fountain pen, ink | pluma estilografica, tinta | перьевая ручка, чернила | 钢笔, 墨水
chalk, blackboard, whiteboard | tiza, tizas, pizarra, gis | мел, мелки для асфальта, доска для рисования, магнитная доска | 粉笔, 白板, 黑板
acrylic paints, oil paints, gouache | pintura acrilica, oleos, gouache, temperas, acrilicos | акриловые краски, гуашь, масляные краски, акрил | 丙烯颜料, 水粉, 油画颜料
canvas, painting canvas | lienzo, lienzos | холст, холсты | 画布
paint by numbers | pintar por numeros | картина по номерам, картины по номерам | 数字油画
diamond painting | pintura de diamantes | алмазная мозаика | 钻石画
colouring book, coloring book | libro para colorear, cuaderno de colorear | раскраска, раскраски | 涂色书, 填色书
picture books, childrens books, kids books, story books | cuentos, cuento infantil, libros infantiles, cuentos infantiles | детские книги, детские книжки, книжки с картинками, сказки | 绘本, 儿童书, 童书, 故事书
cookbook, recipe book | libro de recetas, libro de cocina | кулинарная книга, книга рецептов | 食谱, 菜谱书
dictionary | diccionario | словарь | 词典, 字典
magazine, magazines | revista, revistas | журнал, журналы | 杂志
map, atlas, globe | mapa, globo terraqueo, atlas | карта мира, глобус, атлас | 地图, 地球仪
crochet hook, knitting needles | agujas de tejer, ganchillo, aguja de croche | спицы, крючок для вязания | 毛衣针, 钩针
sewing thread, thread, needles, sewing kit | hilo de coser, agujas de coser, kit de costura, aguja | нитки, нитки для шитья, иголки, швейный набор | 缝纫线, 针线, 针线盒
embroidery kit, cross stitch | kit de bordado, punto de cruz | набор для вышивания, вышивка крестиком, мулине | 十字绣, 刺绣
fabric, cloth by the metre | tela, telas | ткань, ткани, отрез ткани | 布料, 布
buttons, zippers | boton, botones, cremalleras, cremallera | пуговицы, молния, молнии | 纽扣, 拉链
beads, beading | abalorios, cuentas, mostacilla | бусины, бисер | 珠子, 串珠
resin, epoxy resin | resina epoxi, resina | эпоксидная смола, смола | 滴胶, 环氧树脂
puzzle, jigsaw puzzle, piece puzzle | puzle, puzzle, puzle de piezas, rompecabezas de piezas | пазлы, пазл на деталей | 拼图玩具, 千片拼图
card game, uno cards, uno game | juego de cartas, cartas uno | карточная игра, карты уно, игра уно | 桌游卡牌, 优诺牌
rubiks cube, magic cube | cubo de rubik | кубик рубика | 魔方
catan, monopoly, scrabble | catan, monopoly, scrabble | монополия, колонизаторы, скрабл | 大富翁, 卡坦岛
domino, dominoes | domino | домино | 多米诺骨牌
magnetic tiles, magnetic blocks | imanes de construccion, bloques magneticos | магнитный конструктор | 磁力片
duplo | duplo, lego duplo | дупло, лего дупло | 得宝
dinosaur toys, dinosaur | dinosaurio, dinosaurios de juguete | динозавр, динозавры, игрушка динозавр | 恐龙玩具, 恐龙
barbie | barbie, muneca barbie | барби, кукла барби | 芭比, 芭比娃娃
hot wheels | hot wheels | хот вилс | 风火轮
train set, toy train | tren de juguete | железная дорога, игрушечный поезд | 玩具火车, 轨道火车
dollhouse | casa de munecas | кукольный домик | 娃娃屋
bubbles, bubble machine | pompas de jabon, pompero, burbujas de jabon | мыльные пузыри | 泡泡水, 泡泡机
slime | slime, moco de gorila | слайм | 史莱姆
kinetic sand, play sand | arena magica, arena cinetica, arena de juego | кинетический песок | 太空沙, 动力沙
sandbox toys, beach toys | juguetes de playa, cubo y pala | игрушки для песочницы, формочки для песка | 沙滩玩具
water gun, water pistol | pistola de agua | водяной пистолет | 水枪
kite | cometa, papalote, barrilete | воздушный змей | 风筝
trampoline | cama elastica, trampolin | батут | 蹦床
swing, slide | columpio, tobogan | качели, горка | 秋千, 滑梯
tricycle, balance bike | triciclo, bici sin pedales, bicicleta sin pedales | трехколесный велосипед, беговел | 三轮车, 平衡车
electric scooter | patinete electrico, monopatin electrico | электросамокат | 电动滑板车
skateboard | monopatin, skate, patineta | скейтборд, скейт | 滑板
bike pump, ball pump, pump | bomba de bici, bomba de aire, inflador | велонасос, насос | 打气筒
inner tubes, bike tyre | camara de bici, cubierta de bici | велокамера, велопокрышка, камера для велосипеда | 自行车内胎
child bike seat, bike basket | silla de bici, silla portabebe para bici, cesta de bici | велокресло, детское велокресло, велокорзина | 自行车儿童座椅
volleyball | balon de voleibol, voleibol | волейбольный мяч | 排球
tennis balls, tennis racket | pelotas de tenis, raqueta de tenis | теннисные мячи, теннисная ракетка | 网球, 网球拍
padel racket, padel balls | pala de padel, pelotas de padel | ракетка для падел | 板式网球拍
exercise ball, gym ball, swiss ball | pelota de pilates, fitball, pelota de yoga | фитбол, гимнастический мяч | 瑜伽球
foam roller | rodillo de espuma, foam roller | массажный ролик, массажный валик | 泡沫轴
yoga block, yoga strap | bloque de yoga, cinturon de yoga | блок для йоги, кирпич для йоги | 瑜伽砖
kettlebell | pesa rusa, kettlebell | гиря | 壶铃
pull up bar | barra de dominadas | турник | 单杠, 引体向上
treadmill, exercise bike | cinta de correr, bicicleta estatica | беговая дорожка, велотренажер | 跑步机, 动感单车
boxing gloves | guantes de boxeo | боксерские перчатки | 拳击手套
cycling gloves, bike gloves | guantes de ciclismo, guantes de bici | велоперчатки | 骑行手套
ski gloves | guantes de esqui | лыжные перчатки, горнолыжные перчатки | 滑雪手套
swim cap | gorro de piscina, gorro de natacion | шапочка для плавания, шапочка для бассейна | 泳帽
swim ring, armbands, float | flotador, manguitos | нарукавники, надувной круг, плавательный круг | 泳圈, 游泳圈
snorkel, diving mask | gafas de buceo, tubo de buceo, snorkel | маска для ныряния, маска с трубкой | 潜水镜, 浮潜
life jacket | chaleco salvavidas | спасательный жилет | 救生衣
paddle board, sup board, surfboard | paddle surf, tabla de surf | сапборд, сап доска | 桨板, 冲浪板
snow chains | cadenas de nieve | цепи противоскольжения, цепи на колеса | 防滑链
ice scraper, antifreeze | rascador de hielo, anticongelante | скребок для льда, антифриз | 除雪铲, 防冻液
car shampoo, car wax | champu para coches, cera para coches | автошампунь | 洗车液
car air freshener | ambientador de coche, pino ambientador | ароматизатор в машину, освежитель в машину | 车载香薰
fairy lights, christmas lights, tree lights | luces para el arbol, luces de arbol de navidad, guirnalda navidena, luces navidenas | елочная гирлянда, гирлянда на елку, новогодняя гирлянда, гирлянды новогодние | 圣诞灯
tinsel, garland | espumillon, guirnalda | мишура, дождик | 彩条, 拉花
wreath, advent wreath | corona de navidad, corona de adviento | рождественский венок, венок | 圣诞花环
nativity figures, nativity set | belen, figuras del belen, nacimiento | вертеп | 圣诞马槽
christmas stockings | calcetin de navidad, botas de navidad | рождественский носок | 圣诞袜
gift bags, gift boxes, ribbon | bolsas de regalo, caja de regalo, lazo, cinta de regalo, cajas de regalo | подарочные пакеты, подарочный пакет, подарочная коробка, лента подарочная | 礼品袋, 礼盒, 丝带
birthday candles | velas de cumpleanos, vela de cumpleanos | свечи для торта, свечи на торт | 生日蜡烛
party decorations, bunting, confetti | decoracion de fiesta, banderines, confeti | конфетти, украшения для праздника, серпантин, флажки | 派对装饰, 彩纸
pinata | pinata | пиньята | 皮纳塔
carnival costume, halloween costume, fancy dress | disfraz, disfraces, disfraz de halloween | карнавальный костюм, костюм на хэллоуин, новогодний костюм | 万圣节服装, 变装服
face paint | pintura de cara, pinturas de cara | аквагрим | 脸彩
easter egg dye, egg dye | tinte para huevos de pascua | краска для яиц, красители для яиц | 彩蛋染料
spring couplets, new year decorations, fu characters | decoracion ano nuevo chino | парные надписи | 春联, 对联, 福字, 窗花
piggy bank | hucha, alcancia | копилка | 存钱罐
key ring, keychain | llavero, llaveros | брелок, брелоки | 钥匙扣
jewellery, earrings, necklace, bracelet | pendientes, aretes, collar, pulsera, joyeria, bisuteria | серьги, сережки, ожерелье, бусы, браслет, украшения | 耳环, 项链, 手链, 首饰
watch, wristwatch | reloj de pulsera | наручные часы | 手表
matryoshka, russian doll | matrioska, matrioshka | матрешка, матрешки | 套娃, 俄罗斯套娃
fridge magnets, magnets | imanes, iman de nevera | магнитики, магнит на холодильник, магниты | 冰箱贴, 磁铁
voucher, gift card | tarjeta regalo, vale regalo | подарочная карта, подарочный сертификат | 礼品卡, 购物卡
newborn bag, nappy bag | bolso de maternidad, bolsa de panales | сумка для мамы | 妈咪包
fabric bag, cotton bag, canvas bag, mesh bags, produce bags | bolsa de algodon, bolsas de malla, bolsas de rejilla | сетчатые мешочки, авоська, тканевая сумка, мешочки для овощей | 棉布袋, 网袋, 环保袋
shopping trolley | carro de la compra, carrito de compra | сумка тележка, тележка для продуктов | 买菜车, 购物车
cardboard boxes, moving boxes | cajas de carton, cajas de mudanza | картонные коробки, коробки для переезда | 纸箱, 搬家箱
bubble wrap, packing paper | plastico de burbujas, papel burbuja | пузырчатая пленка, воздушно пузырчатая пленка | 气泡膜
tofu cat litter | arena de tofu, arena de tofu para gatos | наполнитель тофу, тофу наполнитель | 豆腐猫砂
"""
