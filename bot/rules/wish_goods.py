"""All goods that have a name, table by table: of two that are called the same, the first is meant."""

from typing import Final

from bot.rules.wish_bakery import BAKERY
from bot.rules.wish_beauty import BEAUTY
from bot.rules.wish_clothes import CLOTHES
from bot.rules.wish_dishes import DISHES
from bot.rules.wish_drinks import DRINKS
from bot.rules.wish_foods import FOODS
from bot.rules.wish_fruit import FRUIT
from bot.rules.wish_garden import GARDEN
from bot.rules.wish_household import HOUSEHOLD
from bot.rules.wish_kitchen import KITCHEN
from bot.rules.wish_meat import MEAT
from bot.rules.wish_pantry import PANTRY
from bot.rules.wish_wares import WARES

EATEN: Final = (FRUIT, MEAT, BAKERY, DRINKS, DISHES, FOODS, PANTRY)
GOODS: Final = (
    *EATEN,
    *(KITCHEN, BEAUTY, HOUSEHOLD, GARDEN, CLOTHES, WARES),
)
