"""What goes without saying: qualities that goods have; what goods are besides."""

from typing import Final

USUAL: Final = """
dried | firewood, wine, pasta, noodle, bean, lentil, chickpea, pea, cat food, dog food, raisin, prune, dried mango, beef jerky, tea, green tea, black tea, herbal tea, chamomile tea, dried fruit, dried apricot, jujube, goji, wood ear, white fungus, bay leaf, oregano, jerky, seaweed, kelp, dried fish, hay, rosehip, dried shrimp, yeast, shiitake
kids | advent calendar, diapers, lego, harry potter, toy, wet wipes, baby formula, baby food, building blocks, puzzle, play dough, pushchair, teddy bear, doll, bib, baby bottle, dollhouse, toy train, baby monitor, nipple cream, changing mat, cot, high chair, pacifier clip, baby wipes, baby cereal, stickers, sticker, coloured pencils, finger paints, kite, bubbles, nappy cream, baby powder, potty, breast pump, toy car, tricycle, balance bike, school bag, rattle, baby bath, stroller, onesie, romper, dummy, car seat, baby carrier, lollipop, yogurt drink, picture books, slime, modelling clay, marbles, spinning top, yo yo
cats | cat litter, scratching post, cat treats, cat food, catnip, cat toy, cat carrier, cat litter tray, cat tree, cat grass, cat pouches, litter box
dogs | collar, dog leash, dog treats, dog food, dog bed, muzzle, puppy pads, dog harness, dog toy, poop bags, dog coat, chew bones, dog shampoo
wet | coconut milk, tomato sauce, tuna cans, chopped tomatoes, sardine, anchovy, canned fish, luncheon meat, cod liver, wet wipes, wet toilet paper, cat pouches, screen wipes
pickled | kimchi, gherkins, sauerkraut, olive, capers, jalapeno, sushi ginger, preserved vegetables, pickled ginger, herring, pickled garlic
sweet | paprika
green | asparagus, pea
black | sesame
powder | washing powder, milk powder, cocoa, protein powder, matcha, baking powder, baking soda, icing sugar, flour, turmeric, instant coffee, spice, cinnamon, paprika, curry, ginger powder, garlic powder, onion powder, collagen, creatine, starch, gelatine, citric acid, baby powder, cumin, jelly, washing soda, oxygen bleach
capsule | fish, fish oil, laundry capsules, coffee capsules, dishwasher tablets, probiotics, magnesium, vitamin d
ground | flour, cinnamon, paprika, turmeric, minced meat, ginger powder, ground coffee, poppy seeds, curry, black pepper
raw | sausage, goat milk
salted | lard
smoked | bacon, smoked salmon, sprats, smoked sausage
wool | felt boots, yarn, poncho, sheepskin
cotton | socks, t-shirt, bed linen, towel, cotton pads, jeans, fabric bag, cotton buds, shopping bag, socks basic, tablecloth plain, oven mitt, kitchen towels, bathrobe, underwear, pyjamas
rubber | rain boots, rubber gloves, balloons, rubber bands
plastic | lunch box, food containers, freezer bags, drinking straws, storage box, bin bags, bucket, cling film, seed trays, crate
wooden | firewood, chopping board, matryoshka, toothpick, skewers, bamboo skewers, chess, pencil, building blocks, drying rack
glass made | glasses, glass jars, decanter, vase, glass cleaner, wine glasses, spice jars, preserving jars, teapot, christmas decorations
stainless steel | cutlery, thermos, saucepan, kettle, fork, spoon, pressure cooker, knife
cast iron | dutch oven, cast iron
ceramic | plate, mug, botijo, flower pot, vase, bowl, tea set, teapot, baking dish, ocarina
silicone | spatula, menstrual cup, ice cube tray, swim cap, teether
bamboo | chopsticks, toothpick, bamboo shoots, skewers, steamer, cotton buds
leather | belt, wallet, shoes, boot, boots, leather jacket, ankle boots, handbag
non stick | pancake pan
disposable | cotton pads, napkins, tissues, shoe covers, disposable gloves, paper plates, plastic cups, puppy pads, razor blades, surgical masks, paper cups, disposable tableware, vape
electric | toothbrush heads, kettle, air fryer, toaster, hair dryer, blender, electric shaver, heater, mixer, massager, coffee grinder, rice cooker, hand mixer, waffle maker, vacuum cleaner, electric blanket, slow cooker, yogurt maker, epilator, hair clipper, fan, iron, extension cord, deep fryer, electric toothbrush, humidifier, coffee maker, meat grinder, sandwich maker, multicooker, food dehydrator
herbal | tea blend, herbal tea
soy | tofu, soy sauce, tempeh, miso, soy milk, natto
sheep | feta, pecorino, manchego, sheepskin
goat | goat cheese, goat milk
rye | rye bread, kvass, borodinsky bread
whole grain | oatmeal, bulgur, granola, spelt, crispbread, buckwheat, brown rice, quinoa
sushi grade | sushi rice
vegan | tofu, soy milk, oat milk, almond milk, hummus, tempeh, seitan, coconut milk, falafel, rice milk
lactose free | oat milk, almond milk, soy milk, rice milk
gluten free | buckwheat, rice flour, corn flour
instant | instant noodles, instant coffee, oat flakes
candied | candied ginger, candied chestnuts, candied fruit
manuka | manuka honey
wildflower | honey
"""
"""A quality, and the goods that have it unless another is named: to name it says nothing."""

IMPLIED: Final = """
book | harry potter, picture books, cookbook, comics, textbook, colouring book
chips | dried mango, banana chips
mango | dried mango
building blocks | lego, duplo, magnetic tiles
oil | sardine, tuna cans, anchovy
milk | yogurt, kefir, cheese
tea | kombucha
tomato | ketchup, tomato sauce
oil | castile soap
olive | castile soap
pork | lard
phone | charger, phone case
ice cream | sorbet
toothbrush | toothbrush heads
diapers | nappy pants
coffee maker | coffee capsules, coffee filters, moka pot
glass jars | preserving jars
soup | broth
salmon | salmon fillet
fruit trees | apple tree
candle | tealights, birthday candles
toy | lego, board game, building blocks, doll, teddy bear, toy car, puzzle, play dough, barbie, hot wheels, train set, dinosaur toys, slime
charger | cable, wireless charger, car charger
cable | usb c, lightning cable, hdmi cable, micro usb cable
tea | chamomile tea, herbal tea, puer, oolong, mate, matcha, black tea, green tea, white tea, jasmine tea, rooibos, ivan tea, earl grey, chrysanthemum tea, hibiscus tea, mint tea, ginger tea, lime blossom tea, fruit tea, flower tea, tieguanyin, da hong pao, longjing, biluochun, lapsang souchong, keemun, dianhong, sencha, genmaicha, hojicha, milk oolong, tea bags, tea blend, chai
oolong | tieguanyin, da hong pao, milk oolong
green tea | longjing, biluochun, sencha, matcha
black tea | lapsang souchong, keemun, dianhong, earl grey, assam
puer | raw puer, pressed tea cake
herbal tea | chamomile tea, ivan tea, rooibos, mint tea, lime blossom tea, hibiscus tea
mint | mint tea
rose | rosehip
nut | almond, walnut, cashew, hazelnut, pistachio, peanut, pecan, macadamia, brazil nut, pine nut, mixed nuts
cheese | mozzarella, parmesan, feta, manchego, blue cheese, goat cheese, cream cheese, gouda, cheddar, emmental, brie, gorgonzola, pecorino, burrata, halloumi, suluguni, ricotta, mascarpone, oaxaca cheese, raclette, cured cheese, adyghe cheese
bread | baguette, sourdough bread, rye bread, bagel, sliced bread, wholegrain bread, ciabatta, focaccia, pita, naan, borodinsky bread, bread rolls, burger buns, lavash
fish | salmon, trout, cod, herring, mackerel, tuna, sardine, hake, pollock, halibut, carp, pike, sea bass, sea bream, tilapia, smoked salmon, smoked mackerel, dried fish, eel, sturgeon, pangasius, pink salmon
mackerel | smoked mackerel
salmon | smoked salmon, gravlax
mushroom | porcini, shiitake, wood ear, chanterelles, oyster mushrooms, enoki, king oyster mushrooms, honey mushrooms, morels, lions mane
sausage | chorizo, salami, bratwurst, smoked sausage, black pudding, boiled sausage, chinese sausage
vinegar | gherkins, balsamic vinegar, apple cider vinegar, rice vinegar, chinkiang vinegar, white vinegar, wine vinegar
cucumber | gherkins
tomato | cherry tomatoes, sun dried tomatoes, tomato paste, chopped tomatoes
sauce | pesto, soy sauce, fish sauce, oyster sauce, chili sauce, adjika, ketchup, mayonnaise, tkemali, hoisin, teriyaki sauce, salsa, ajvar, satsebeli, narsharab, mole, mojo sauce, chimichurri, tabasco, gochujang, harissa
flower | tulip, rose, peony, orchid, mimosa, lavender, sunflower, hydrangea, lily, chrysanthemum, carnation, daffodil, geranium
chicken | egg
house plant | seedlings, monstera, orchid, succulent, ficus, fern, pothos, snake plant, spathiphyllum, aloe plant
christmas tree | fairy lights, christmas decorations
spice | cinnamon, turmeric, saffron, paprika, cumin, cardamom, cloves, curry, black pepper, sumac, zaatar, garam masala, five spice, khmeli suneli, nutmeg, allspice
rice | basmati rice, jasmine rice, sushi rice, glutinous rice, risotto rice, round rice, paella rice
honey | manuka honey, acacia honey, linden honey, buckwheat honey, orange blossom honey, wildflower honey
pasta | spaghetti, penne, tagliatelle, orzo, lasagne
noodle | udon, soba, rice noodles, glass noodles, instant noodles, egg noodles, luosifen
bean | kidney beans, white beans, black beans, pinto beans, mung beans, adzuki beans, soybeans
jam | strawberry jam, raspberry jam, apricot jam, fig jam, blueberry jam
cake | tiramisu, medovik, honey cake, napoleon cake, carrot cake, cheesecake, sponge cake, birthday cake
cookie | shortbread, oat cookies, chocolate chip cookies, oreo, biscoff, gingerbread
candy | lollipop, gummies, toffee, mints, white rabbit candy, liquorice
chocolate | dark chocolate, milk chocolate, white chocolate, dubai chocolate, truffles chocolate, kinder, ferrero rocher, milka
snack | chips, popcorn, spicy strips
beer | craft beer, wheat beer, alcohol free beer, stout
wine | red wine, white wine, rose wine, champagne, mulled wine
meat | beef, pork, lamb, chicken, turkey, barbecue meat, veal, venison
steak | ribeye
beef | minced beef, beef brisket, beef shank, beef tenderloin, beef ribs, steak, ribeye, beef jerky, hotpot beef slices
pork | minced pork, pork belly, pork chops, pork neck, pork ribs, pork knuckle, pork tenderloin
chicken | chicken thighs, chicken legs, chicken wings, chicken breast, whole chicken, minced chicken, chicken feet
shrimp | dried shrimp
fruit | dried fruit, fruit box
vegetable | vegetable box, mixed vegetables
socks | socks basic
vitamin | multivitamin, vitamin c, vitamin d, vitamin b, magnesium, zinc
batteries | aa batteries, aaa batteries, coin batteries, rechargeable batteries
seeds | grass seed, flower seeds, sunflower seed, chia, sesame, flax seed, pumpkin seeds
sunflower | sunflower seed, sunflower oil
seedlings | tomato seedlings, pepper seedlings, cucumber seedlings
boot | rain boots, hiking boots, snow boots, felt boots
jacket | down jacket, raincoat
board game | card game, catan, chess, mahjong, domino
headphones | wireless headphones
knife | utility knife
salt | sea salt, himalayan salt, coarse salt
sugar | brown sugar, icing sugar, beet sugar
"""
"""What goods are besides, and which: to name it, too, says nothing."""

BESIDE: Final = """
water bottle, bread rolls, jug, tray, gift bags, glass jars, food containers, storage box, crate, bucket, glasses, basket, sack, spoon
house plant, table, desk, sofa, chair, bed, fridge, microwave, oven, freezer, saucepan, frying pan, kettle, wok, barbecue, rice cooker, air fryer, washing machine
chopsticks, lid, plate, bowl, mug, cling film, cutlery, shopping bag, freezer bags, paper bags, cardboard boxes
"""
"""Things that goods come in, are made with, or stand in: beside others they are not what is wished for."""
