"""What people of four languages call things for body, health, babies and pets.

A line is one meaning: English, Spanish, Russian, Chinese, with synonyms between commas.
"""

from typing import Final

BEAUTY: Final = """
bath salts, bath salt, epsom salt, epsom salts | sales de bano, sal de bano, sal de epsom, sales de epsom | соль для ванны, соль для ванн, морская соль для ванн, английская соль | 浴盐, 泻盐
bath bombs, bubble bath, bath foam | bomba de bano, bombas de bano, espuma de bano, gel de bano espuma | бомбочки для ванны, бомбочка для ванны, пена для ванны, пена для ванн | 泡澡球, 泡泡浴, 泡澡
body scrub, scrub, sugar scrub | exfoliante, exfoliante corporal | скраб, скраб для тела | 磨砂膏, 身体磨砂
foot cream, heel balm | crema de pies, crema para pies, crema para los pies | крем для ног, крем для пяток | 护足霜, 足膜
foot file, pumice | lima de pies, piedra pomez | пемза, терка для пяток | 磨脚石
eye cream, eye patches | contorno de ojos, parches de ojos, parches para ojos | крем для век, патчи, патчи для глаз | 眼霜, 眼膜
face wash, cleanser, face cleanser, facial cleanser | limpiador facial, gel limpiador, espuma limpiadora | гель для умывания, пенка для умывания, средство для умывания | 洗面奶, 洁面乳, 洁面
toner, face toner, tonic lotion | tonico facial | тоник для лица, тонер для лица | 爽肤水, 化妆水
retinol | retinol | ретинол | 视黄醇, a醇
hyaluronic acid | acido hialuronico | гиалуроновая кислота, гиалуронка | 玻尿酸, 透明质酸
niacinamide | niacinamida | ниацинамид | 烟酰胺
aloe vera gel | gel de aloe vera, gel de aloe, aloe vera, sabila | гель алоэ, гель алоэ вера, алоэ | 芦荟胶
petroleum jelly, vaseline | vaselina | вазелин | 凡士林
glycerin, glycerine | glicerina | глицерин | 甘油
shea butter | manteca de karite, karite | масло ши | 乳木果油
argan oil | aceite de argan | аргановое масло, масло арганы | 摩洛哥坚果油, 阿甘油
jojoba oil | aceite de jojoba | масло жожоба | 荷荷巴油
almond oil | aceite de almendras, aceite de almendras dulces | миндальное масло, масло миндаля | 甜杏仁油, 杏仁油
rosehip oil | aceite de rosa mosqueta | масло шиповника | 玫瑰果油
tea tree oil | aceite de arbol de te, arbol de te | масло чайного дерева | 茶树精油, 茶树油
lavender oil, lavender essential oil | aceite de lavanda, aceite esencial de lavanda | масло лаванды, лавандовое масло, эфирное масло лаванды | 薰衣草精油
eucalyptus oil | aceite de eucalipto | масло эвкалипта, эвкалиптовое масло | 尤加利精油
massage oil | aceite de masaje, aceite para masajes | массажное масло, масло для массажа | 按摩油
body oil | aceite corporal | масло для тела | 身体油
henna | henna, jena | хна, басма | 海娜粉
hair spray, hairspray | laca, laca de pelo | лак для волос | 发胶, 定型喷雾
hair gel, hair wax, styling mousse | gomina, gel de pelo, cera para el pelo, espuma para el pelo | гель для волос, воск для волос, мусс для волос | 发蜡, 发泥, 摩丝
hair straightener, flat iron | plancha de pelo, planchas de pelo, plancha alisadora | утюжок для волос, выпрямитель, выпрямитель для волос | 直发器, 夹板
curling iron, curler, airwrap, hair styler | rizador, rizador de pelo, moldeador, airwrap | плойка, стайлер, фен стайлер, бигуди, аирврап | 卷发棒, 卷发器
hair clipper, hair trimmer | cortapelos, maquina de cortar pelo | машинка для стрижки, триммер | 理发器, 推子
hair clips, hairpins, bobby pins, claw clip | horquilla, horquillas, pinza de pelo, pinzas de pelo, broches para el cabello | заколки, заколка, невидимки, крабик для волос, шпильки | 发夹, 抓夹
headband, hair band | diadema, vincha | ободок, повязка на голову | 发箍
anti lice, lice shampoo, lice comb | champu antipiojos, antipiojos, liendrera, lendrera | средство от вшей, шампунь от вшей | 除虱, 灭虱洗发水
dandruff shampoo, anti dandruff shampoo | champu anticaspa | шампунь от перхоти | 去屑洗发水
baby shampoo | champu de bebe, champu para bebe, champu para bebes, champu infantil | детский шампунь, шампунь детский | 婴儿洗发水, 儿童洗发水
beard oil, beard balm | aceite para barba, balsamo para barba, aceite de barba | масло для бороды | 胡须油
aftershave | after shave, aftershave, locion para despues del afeitado | лосьон после бритья, бальзам после бритья | 须后水
electric shaver | afeitadora, afeitadora electrica, rasuradora | электробритва | 电动剃须刀
epilator, wax strips, depilatory wax | depiladora, cera depilatoria, bandas de cera | эпилятор, воск для депиляции, восковые полоски | 脱毛器, 脱毛膏, 脱毛蜡
tweezers | pinzas de depilar, pinzas de cejas | пинцет | 镊子
nail clippers, nail scissors, nail file, manicure set | cortaunas, lima de unas, set de manicura | маникюрный набор, пилка для ногтей, кусачки для ногтей | 指甲刀, 指甲钳, 修甲套装
gel polish, uv nail lamp | esmalte semipermanente, lampara de unas | гель лак, лампа для маникюра | 甲油胶, 美甲灯
nail polish remover, acetone | quitaesmalte, acetona | жидкость для снятия лака, ацетон | 卸甲水, 洗甲水
false eyelashes, lashes | pestanas postizas | накладные ресницы | 假睫毛
eyeshadow, eyeshadow palette | sombra de ojos, paleta de sombras | тени для век, палетка теней | 眼影, 眼影盘
eyeliner, eye pencil | delineador de ojos, delineador, eyeliner | подводка, подводка для глаз, карандаш для глаз | 眼线笔, 眼线液
eyebrow pencil | lapiz de cejas | карандаш для бровей | 眉笔
blush, blusher | colorete, rubor | румяна | 腮红
concealer | corrector de ojeras, corrector facial | консилер | 遮瑕, 遮瑕膏
face powder, setting powder | polvos compactos, polvos sueltos | пудра, пудра для лица | 散粉, 粉饼
bb cream, cushion foundation, primer | bb cream, prebase de maquillaje | bb крем, кушон, праймер | 气垫, bb霜, 隔离霜, 妆前乳
lip gloss, lip tint | brillo de labios, gloss, tinta de labios | блеск для губ, тинт, тинт для губ | 唇釉, 唇彩
makeup, cosmetics | maquillaje, cosmetica, cosmeticos | косметика, макияж | 化妆品, 彩妆
makeup brushes, makeup sponge | brochas de maquillaje, esponja de maquillaje | кисти для макияжа, спонж, спонжи | 化妆刷, 美妆蛋
cotton wool, cotton balls | algodon hidrofilo, bolas de algodon | вата, ватные шарики | 棉球, 脱脂棉
intimate wash, intimate gel | gel intimo, jabon intimo | гель для интимной гигиены, интимный гель | 私处洗液
panty liners, liners | salvaslips, protegeslip, pantiprotectores | ежедневки, ежедневные прокладки | 
period pants, period underwear | bragas menstruales, calzon menstrual | менструальные трусы | 生理裤, 安睡裤
adult diapers, incontinence pads | panales de adulto, panales para adultos, empapadores, compresas de incontinencia | подгузники для взрослых, взрослые подгузники, урологические прокладки | 成人纸尿裤, 成人尿不湿, 成人尿垫
tongue scraper, interdental brushes, water flosser | cepillos interdentales, irrigador dental, irrigador bucal | ирригатор, межзубные ершики | 冲牙器, 牙缝刷
whitening strips, tooth powder | polvo dental, tiras blanqueadoras | зубной порошок, отбеливающие полоски | 牙粉, 美白牙贴
toothpaste, toothpaste gel, tooth paste, dental paste | crema dental, pasta dentifrica, pasta para los dientes, dentrifico | паста для зубов, зубной гель | 牙膏膏体, 牙粉膏
denture cleaner, denture tablets | pastillas para dentadura, limpiador de protesis | таблетки для протезов | 假牙清洁片
tar soap | jabon de alquitran | дегтярное мыло | 焦油皂
castile soap, olive oil soap | jabon de castilla, jabon de aceite de oliva, jabon de oliva | кастильское мыло, оливковое мыло, мыло из оливкового масла | 橄榄皂, 橄榄油皂
crystal deodorant, alum stone | piedra de alumbre, desodorante de piedra | кристалл дезодорант, алунит | 明矾石
sulphur cream, ointment, healing ointment | pomada, unguento | мазь, заживляющая мазь | 药膏, 软膏
tiger balm, menthol balm, vicks | balsamo de tigre, vaporub, vicks | звездочка, бальзам звездочка, тигровый бальзам | 清凉油, 虎标, 风油精
pain relief patches, heat patches | parches de calor, parches calientes, salonpas | согревающий пластырь, перцовый пластырь, грелка пластырь | 膏药, 暖宝宝, 暖贴
hand warmers, heat packs | calentadores de manos, calentamanos | грелки для рук, химические грелки | 暖手宝
painkillers, ibuprofen, paracetamol | ibuprofeno, paracetamol, analgesico, acetaminofen, tylenol | ибупрофен, парацетамол, обезболивающее, нурофен | 布洛芬, 止痛药, 对乙酰氨基酚, 扑热息痛
antihistamine, allergy tablets | antihistaminico | антигистаминное, таблетки от аллергии | 抗过敏药
cough syrup | jarabe para la tos | сироп от кашля | 止咳糖浆, 枇杷膏, 川贝枇杷膏
nasal spray, saline spray | spray nasal, suero fisiologico | спрей для носа, капли в нос, физраствор | 鼻喷, 洗鼻水, 生理盐水
eye drops, artificial tears | colirio, gotas para los ojos, lagrimas artificiales | глазные капли, капли для глаз | 眼药水
contact lenses, contacts | lentillas, lentes de contacto, pupilentes | контактные линзы, линзы | 隐形眼镜
contact lens solution, lens solution | liquido de lentillas, solucion para lentillas, solucion para lentes de contacto, liquido de lentes de contacto | раствор для линз, жидкость для линз | 隐形眼镜护理液, 隐形眼镜药水
reading glasses | gafas de lectura, gafas de cerca, lentes de lectura | очки для чтения | 老花镜
blood pressure monitor | tensiometro | тонометр | 血压计
nebuliser, inhaler | nebulizador | небулайзер, ингалятор | 雾化器
pulse oximeter | pulsioximetro, oximetro | пульсоксиметр | 血氧仪
covid tests, rapid tests, antigen tests | test de antigenos, test covid | тесты на ковид, экспресс тесты | 抗原检测, 试剂盒
bandage, gauze, elastic bandage | venda, vendas, gasa, gasas | бинт, бинты, марля, эластичный бинт | 绷带, 纱布
knee brace, knee support, back support | rodillera, faja lumbar, tobillera | наколенник, бандаж, корсет | 护膝, 护腰
massage gun, massager | pistola de masaje, masajeador | массажер, массажный пистолет, перкуссионный массажер | 筋膜枪, 按摩仪, 按摩器
kinesio tape, sports tape | cinta kinesiologica, kinesiotape | кинезио тейп, тейпы | 肌贴, 运动胶布
multivitamin, multivitamins | multivitaminas, complejo vitaminico, multivitaminico | мультивитамины, поливитамины | 复合维生素, 综合维生素
vitamin b, vitamin b12, b complex | vitamina b, vitamina b12 | витамин b, витамины группы b, витамин в12 | 维生素b, b族维生素
iron supplement, iron tablets | suplemento de hierro, hierro en pastillas | препарат железа, железо в таблетках, гематоген | 补铁剂, 铁剂
calcium, calcium tablets | calcio, pastillas de calcio | кальций, таблетки кальция | 钙片
zinc | zinc | цинк | 锌, 锌片
iodine | yodo | йод | 碘, 碘伏
activated charcoal | carbon activado | активированный уголь | 活性炭
melatonin | melatonina | мелатонин | 褪黑素
coenzyme q10 | coenzima q10 | коэнзим q10 | 辅酶
ashwagandha, maca | ashwagandha, maca | ашваганда, мака перуанская | 玛卡
psyllium | psyllium, plantago | псиллиум | 洋车前子
glucosamine | glucosamina | глюкозамин, хондроитин | 氨糖, 软骨素
lutein | luteina | лютеин | 叶黄素
bcaa, amino acids | aminoacidos, bcaa | аминокислоты, bcaa | 氨基酸, 支链氨基酸
mass gainer, meal replacement | sustitutivo de comida, batido sustitutivo | гейнер, заменитель питания | 代餐, 代餐奶昔, 增肌粉
donkey hide gelatin | ejiao | эцзяо | 阿胶, 阿胶糕
mumijo, shilajit | shilajit | мумие | 喜来芝
baby wipes, baby wet wipes | toallitas de bebe, toallitas para bebe, toallitas humedas para bebe | детские влажные салфетки, салфетки для малышей, влажные салфетки для детей | 婴儿湿巾, 宝宝湿巾
nappy pants, pull ups, training pants | braguita panal, braguitas panal, panales de entrenamiento | трусики подгузники, подгузники трусики | 学步裤
swim nappies | panal de agua, panales banador, panal de piscina | подгузники для плавания | 游泳尿裤
cloth nappies, reusable nappies, cloth diapers | panales de tela, panales reutilizables | многоразовые подгузники | 布尿布, 可洗尿布
nappy cream, diaper cream, diaper rash cream | crema del panal, crema para el culito, pasta al agua | крем под подгузник, бепантен | 护臀膏, 屁屁霜
baby powder, talc | polvos de talco, talco | присыпка, тальк, детская присыпка | 爽身粉, 痱子粉
baby oil | aceite de bebe, aceite para bebe | детское масло, масло для младенцев | 婴儿油, 抚触油
baby cream, baby lotion | crema de bebe, crema para bebe, locion para bebe | детский крем, крем детский | 宝宝霜, 婴儿润肤露
potty | orinal, pelela, bacinica | горшок детский, детский горшок | 儿童马桶, 小马桶
changing mat, changing pad, disposable changing pads | cambiador, cambiador de bebe, empapadores bebe | пеленальный матрасик, одноразовые пеленки, пеленки | 隔尿垫, 尿布台
swaddle, muslin, muslin cloth | muselina, muselinas, arrullo | муслиновая пеленка, муслин, пеленка | 纱布巾, 包被, 襁褓
baby bath, bath tub baby | banera de bebe, banera para bebe, banerita | детская ванночка, ванночка | 婴儿浴盆, 洗澡盆
breast pump | sacaleches, extractor de leche | молокоотсос | 吸奶器
nursing pads, breast pads | discos de lactancia | прокладки для груди, лактационные прокладки | 防溢乳垫
breast milk bags | bolsas para leche materna | пакеты для грудного молока | 储奶袋
bottle teats, bottle nipples | tetina, tetinas | соски для бутылочек | 奶嘴头
steriliser, bottle steriliser, bottle warmer | esterilizador de biberones, calienta biberones | стерилизатор, подогреватель для бутылочек | 消毒器, 温奶器
sippy cup, training cup | vaso de aprendizaje, vaso antiderrame | поильник, непроливайка | 学饮杯, 吸管杯
teether, teething ring | mordedor, mordedores | прорезыватель, грызунок | 牙胶, 咬胶
high chair, highchair | trona, silla alta para bebe | стульчик для кормления | 儿童餐椅, 宝宝餐椅
cot, crib, baby bed | cuna, cuna de viaje | детская кроватка, кроватка | 婴儿床
baby monitor | vigilabebes, monitor de bebe | радионяня, видеоняня | 婴儿监视器
baby bouncer, baby swing | hamaca de bebe, hamaca para bebe, columpio de bebe | шезлонг для малыша, качели для малыша, детский шезлонг | 婴儿摇椅
play mat, baby gym | manta de juegos, gimnasio de bebe, alfombra de juegos | развивающий коврик, детский коврик | 爬行垫, 爬爬垫
baby gate, safety gate | barrera de seguridad | ворота безопасности | 安全门栏
baby walker | andador, tacatá, correpasillos | ходунки | 学步车
rattle | sonajero | погремушка, погремушки | 摇铃, 拨浪鼓
baby cereal, baby porridge | papilla de cereales, cereales para bebe, cereales de bebe | детская каша, каша детская, детские каши | 米糊, 婴儿米粉
follow on milk, toddler milk, goat formula | leche de crecimiento | смесь нан, молочная смесь для детей | 三段奶粉, 儿童奶粉
bodysuit, onesie, romper, baby grow | body de bebe, bodi, mameluco, pelele, bodies de bebe | боди, ползунки, слип, комбинезон для малыша, песочник | 连体衣, 哈衣, 爬服
booties | patucos, peucos | пинетки | 婴儿鞋
wet dog food, dog wet food, dog tins | comida humeda para perros, latas para perros, comida humeda perro | влажный корм для собак, консервы для собак | 狗罐头, 狗湿粮
wet cat food, cat wet food, cat tins, cat pouches, cat food pouches, wet food for cats | comida humeda para gatos, latas para gatos, sobres para gatos, comida humeda gato, latitas para gatos, sobres de comida para gatos, sobres para gato | влажный корм для кошек, влажный корм для котов, консервы для кошек, паучи для кошек, паучи, кошачьи консервы, консервы для котов | 猫湿粮, 猫餐盒, 猫咪湿粮, 猫罐头, 猫主食罐, 猫罐, 猫餐包, 主食罐
kitten food | comida para gatitos, pienso para gatitos, pienso gatito | корм для котят | 幼猫粮, 奶猫粮
puppy food | comida para cachorros, pienso para cachorros, pienso cachorro | корм для щенков | 幼犬粮
silica cat litter, crystal litter | arena de silice, arena silice | силикагелевый наполнитель | 水晶猫砂, 硅胶猫砂
wood pellets litter, wood litter | pellet para gatos, pellets gato | наполнитель древесный | 松木猫砂, 木屑猫砂
litter tray, litter box, cat toilet | arenero, bandeja de arena | кошачий туалет, лоток для кошек, лоток кошачий | 猫砂盆, 猫厕所
cat toy, cat toys, cat teaser | juguete para gatos, juguetes para gatos | игрушка для кошек, игрушки для кошек, дразнилка для кошек | 猫玩具, 逗猫棒
dog toy, dog toys | juguete para perros, juguetes para perros | игрушка для собак, игрушки для собак | 狗玩具, 狗狗玩具
catnip, cat grass | hierba gatera, catnip, hierba para gatos | кошачья мята, трава для кошек | 猫薄荷, 猫草
cat carrier, pet carrier | transportin, transportin para gatos, transportadora | переноска для кошек, переноска, переноска для собак | 猫包, 宠物包, 航空箱
puppy pads, pee pads, training pads, dog pads, wee wee pads | empapadores para perros, empapador perro, tapetes entrenadores, sabanillas para perro, panales para perro, panos absorbentes perro, panales para cachorros, empapadores para cachorro, empapadores para el cachorro, empapadores cachorro, empapadores de perro, panos para perros, sabanillas para perros, empapadores para mascotas, tapete entrenador | пеленки для собак, одноразовые пеленки для собак, пеленки для щенка, пеленки щенку, пеленки одноразовые для щенка, пеленки для животных, пеленки собачьи, пеленки для щенков, пеленки собаке, впитывающие пеленки для собак | 狗尿垫, 宠物尿垫, 尿垫, 狗狗尿垫, 宠物尿片, 狗狗尿片, 狗尿片
poop bags, dog waste bags | bolsas para caca de perro, bolsas para perros, bolsas de caca | пакеты для собак, пакетики для собак, пакеты для выгула | 拾便袋, 狗便袋
dog harness, harness | arnes, arnes para perro | шлейка, шлейка для собаки | 狗胸背, 胸背带
dog coat, dog clothes | abrigo para perro, ropa para perros | одежда для собак, комбинезон для собаки | 狗衣服, 宠物衣服
muzzle | bozal | намордник | 狗嘴套
chew bones, dog bones | hueso para perro, huesos para perros, huesos masticables | косточки для собак, кость для собаки, жевательные кости | 狗咬胶, 磨牙骨
pet bowl, dog bowl, cat bowl, pet fountain | comedero, bebedero, fuente para gatos, plato para perro | миска для собаки, миска для кошки, поилка, питьевой фонтанчик | 猫碗, 狗碗, 宠物饮水机
dog shampoo, pet shampoo, puppy shampoo | champu para perros, champu canino, champu de perro, shampoo para perros | шампунь для собак, собачий шампунь, шампунь собаке, шампунь для кошек | 狗沐浴露, 宠物沐浴露, 狗香波, 狗狗沐浴露, 狗狗洗澡液, 宠物香波, 狗狗香波, 宠物洗毛精, 洗毛沐浴露, 宠物洗澡液
pet brush, furminator, deshedding brush | cepillo para perros, cepillo para gatos, furminator | пуходерка, фурминатор, щетка для шерсти, расческа для кошек | 宠物梳, 梳毛刷
deworming tablets, dewormer | antiparasitario interno, desparasitante, pastillas para lombrices | таблетки от глистов, глистогонное | 宠物驱虫, 打虫药
hamster bedding, small pet bedding, sawdust, wood shavings | viruta para hamster, viruta, virutas de madera, serrin, lecho para hamster, lecho para roedores | опилки, опилки для хомяка, наполнитель для грызунов, наполнитель для хомяков, подстилка для хомяка, подстилка хомяку | 仓鼠垫料, 木屑, 垫料
hamster food, rodent food | comida para hamster, comida para roedores | корм для хомяка, корм для хомяков, корм для грызунов | 仓鼠粮, 鼠粮
rabbit food, guinea pig food | comida para conejos, pienso para conejos, comida para cobayas | корм для кроликов, корм для морских свинок | 兔粮, 豚鼠粮
parrot food, budgie seed | comida para loros, comida para periquitos, semillas para canarios | корм для попугаев, корм для попугая | 鹦鹉粮
chicken feed, layer pellets, hen feed, layers pellets | pienso para gallinas, comida para gallinas, alimento para gallinas, maiz para gallinas | корм для кур, комбикорм, корм для несушек | 鸡饲料, 鸡食
turtle food, reptile food | comida para tortugas | корм для черепах | 龟粮
aquarium, fish tank | acuario, pecera | аквариум | 鱼缸
aquarium filter, aquarium pump | filtro de acuario | фильтр для аквариума | 鱼缸过滤器
bird cage, hamster cage, cage | jaula, jaula para hamster | клетка, клетка для хомяка, клетка для попугая | 笼子, 鸟笼, 仓鼠笼
bird feeder | comedero de pajaros, comedero para pajaros | кормушка, кормушка для птиц | 喂鸟器
"""
