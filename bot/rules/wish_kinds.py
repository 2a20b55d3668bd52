"""Which qualities make other goods of those of which nobody says them: the rest may go without saying."""

from typing import Final

KINDS: Final = """
dried, smoked, pickled, candied, wet, instant | any
powder, capsule | any
ground | coffee, almond, walnut, hazelnut, meat, flax seed, chili, ginger, garlic, cardamom, cumin
wool, cotton, linen, leather, silk, cashmere | any
bamboo, cast iron, non stick, stainless steel, ceramic, wooden | any
plastic, silicone, rubber, glass made, carbon steel | any
goat, sheep, camel, rye, soy, herbal | any
acacia, linden, manuka, orange blossom, wildflower, eucalyptus, heather | any
basmati, sushi grade, bomba, whole grain | any
kids, dogs, cats | any
adult | diapers
decaf, gluten free, lactose free, alcohol free, vegan, electric, disposable | any
aa, aaa, size d | any
frozen | strawberry, raspberry, blueberry, blackberry, cranberry, cherry, currant, berry
frozen | mango, apple, peach, avocado, fruit, durian, vegetable, spinach, broccoli, pea, corn
frozen | mushroom, pumpkin, tomato, pepper, carrot, onion
raw | milk, goat milk, puer
roasted | duck, chicken, pork, lamb, beef, turkey, fish, pepper, chestnut, buckwheat
salted | fish, egg, duck eggs, tomato, cucumber, mushroom, lemon, lard, caramel
red | tea, wine, bean, cabbage, onion, caviar, rice, lentil, currant, miso
green | tea, bean, pea, olive, apple, onion, lentil, buckwheat, coffee, curry paste, asparagus
black | tea, bean, olive, pepper, garlic, rice, caviar, currant, radish, sesame, salt, lentil, vinegar
white | tea, bean, wine, pepper, chocolate, vinegar, mushroom, miso, asparagus, radish, egg
blue | cheese
yellow | wine, tea, pea, lentil
brown | sugar, rice
bitter | chocolate, almond
sweet | wine, potato, paprika
spicy | paprika, pepper, chorizo, sausage, ketchup
glutinous | rice, flour, rice flour, corn
"""
"""Qualities, and the goods of which each makes other ones."""
