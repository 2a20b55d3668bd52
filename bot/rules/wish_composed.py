"""Goods that are said in a word of their own and in several: in either form they are the same."""

from typing import Final

COMPOSED: Final = """
dried apricot | apricot | dried
dried fruit | fruit | dried
dried figs | fig | dried
dried persimmon | persimmon | dried
dried cranberries | cranberry | dried
candied fruit | fruit | candied
frozen berries | berry | frozen
red onion | onion | red
black garlic | garlic | black
red cabbage | cabbage | red
white beans | bean | white
black beans | bean | black
green peas | pea | green
dried mushrooms | mushroom | dried
pickled mushrooms | mushroom | pickled
roasted chestnuts | chestnut | roasted
coconut flour | flour | coconut
candied chestnuts | chestnut | candied
goat meat | meat | goat
smoked sausage | sausage | smoked
roast duck | duck | roasted
smoked mackerel | mackerel | smoked
dried fish | fish | dried
dried shrimp | shrimp | dried
dried scallops | scallop | dried
dried squid | squid | dried
black caviar | caviar | black
goat milk | milk | goat
lactose free milk | milk | lactose free
raw milk | milk | raw
egg whites | egg | white
wholegrain bread | bread | whole grain
gluten free bread | bread | gluten free
dry yeast | yeast | dried
corn flour | flour | corn
chickpea flour | flour | chickpea
buckwheat flour | flour | buckwheat
oat flour | flour | oatmeal
spelt flour | flour | spelt
wholemeal flour | flour | whole grain
glutinous rice flour | rice flour | glutinous
gluten free flour | flour | gluten free
baby biscuits | cookie | kids
raspberry jam | jam | raspberry
apricot jam | jam | apricot
fig jam | jam | fig
blueberry jam | jam | blueberry
tomato juice | juice | tomato
pomegranate juice | juice | pomegranate
grape juice | juice | grape
cherry juice | juice | cherry
pineapple juice | juice | pineapple
mango juice | juice | mango
peach juice | juice | peach
carrot juice | juice | carrot
beetroot juice | juice | beetroot
cranberry juice | juice | cranberry
lemon juice | juice | lemon
sea buckthorn juice | juice | sea buckthorn
raw puer | puer | raw
sweet wine | wine | sweet
alcohol free beer | beer | alcohol free
basmati rice | rice | basmati
brown rice | rice | brown
glutinous rice | rice | glutinous
red rice | rice | red
black rice | rice | black
green buckwheat | buckwheat | green
gluten free pasta | pasta | gluten free
sweet paprika | paprika | sweet
smoked paprika | paprika | smoked
chili powder | chili | powder
dried chilies | chili | dried
white pepper | pepper | white
pickled ginger | ginger | pickled
smoked salt | salt | smoked
olive oil | oil | olive
pumpkin seed oil | oil | pumpkin seeds
walnut oil | oil | walnut
corn oil | oil | corn
soybean oil | oil | soybeans
mustard oil | oil | mustard
truffle oil | oil | truffle
sichuan pepper oil | oil | sichuan pepper
rice vinegar | vinegar | rice
wine vinegar | vinegar | wine
white vinegar | vinegar | white
fermented tofu | tofu | pickled
sweet chili sauce | chili sauce | sweet
pickled tomatoes | tomato | pickled
pickled garlic | garlic | pickled
pickled onions | onion | pickled
roasted peppers | pepper | roasted
green olives | olive | green
black olives | olive | black
canned pineapple | pineapple | wet
canned peaches | peach | wet
canned beans | bean | wet
smoked tofu | tofu | smoked
vegan cheese | cheese | vegan
frozen pizza | pizza | frozen
date syrup | syrup | date
manuka honey | honey | manuka
acacia honey | honey | acacia
linden honey | honey | linden
buckwheat honey | honey | buckwheat
orange blossom honey | honey | orange blossom
chestnut honey | honey | chestnut
rosemary honey | honey | rosemary
wildflower honey | honey | wildflower
coconut oil | oil | coconut
soy milk | milk | soy
milk powder | milk | powder
rye flour | flour | rye
almond flour | flour | almond
rice flour | flour | rice
rye bread | bread | rye
black pepper | pepper | black
sesame oil | oil | sesame
sunflower oil | oil | sunflower
peanut oil | oil | peanut
flaxseed oil | oil | flax seed
avocado oil | oil | avocado
goat cheese | cheese | goat
blue cheese | cheese | blue
salted duck eggs | duck eggs | salted
smoked salmon | salmon | smoked
red caviar | caviar | red
dark chocolate | chocolate | bitter
white chocolate | chocolate | white
brown sugar | sugar | brown
ground coffee | coffee | ground
instant coffee | coffee | instant
black tea | tea | black
green tea | tea | green
white tea | tea | white
orange juice | juice | orange
apple juice | juice | apple
red wine | wine | red
white wine | wine | white
fish oil | oil | fish
disposable cutlery | cutlery | disposable
glass food containers | food containers | glass made
silicone lids | lid | silicone
baby laundry detergent | laundry liquid | kids
almond oil | oil | almond
baby shampoo | shampoo | kids
adult diapers | diapers | adult
baby wipes | wet wipes | kids
dog coat | winter coat | dogs
dog shampoo | shampoo | dogs
electric toothbrush | toothbrush | electric
flower seeds | seeds | flower
pepper seedlings | seedlings | pepper
tomato seedlings | seedlings | tomato
cucumber seedlings | seedlings | cucumber
dried flowers | flower | dried
aa batteries | batteries | aa
aaa batteries | batteries | aaa
electric scooter | scooter | electric
electric blanket | blanket | electric
wireless headphones | headphones | wireless
wet cat food | cat food | wet
wet dog food | dog food | wet
jam strawberry | jam | strawberry
tinned corn | corn | wet
fermented black beans | black beans | pickled
dog toy | toy | dogs
cat toy | toy | cats
strawberry plants | seedlings | strawberry
minced turkey | minced meat | turkey
minced chicken | minced meat | chicken
minced pork | minced meat | pork
minced beef | minced meat | beef
wholewheat pasta | pasta | whole grain
rice noodles | noodle | rice
tomato sauce | sauce | tomato
ginger tea | tea | ginger
mint tea | tea | mint
fruit tea | tea | fruit
apple pie | pie | apple
carrot cake | cake | carrot
coconut milk | milk | coconut
almond milk | milk | almond
oat milk | milk | oatmeal
rice milk | milk | rice
egg noodles | noodle | egg
garlic powder | garlic | powder
onion powder | onion | powder
ginger powder | ginger | powder
"""
"""Goods with a word of their own, and what they are in others: other goods, and a quality or what they are made of."""
