"""Reads a wish: `dried mango, by friday, up to 5.00, 2`, its parts in any order, in four languages.

One part names the goods; the others are until when, what one may cost at most, and how many. What is none of
these belongs to the goods, so nothing that was typed is lost.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import DeadlineUnreadable
from bot.money import Money, parse_price
from bot.rules.deadlines import read_deadline
from bot.rules.typed_text import fold, one_line, plain, says_something
from bot.wish_errors import WishInOtherCurrency, WishTooLarge, WishTooLong, WishWithoutGoods

LONGEST_WISH: Final = 100
LARGEST_QUANTITY: Final = 999

# A comma between digits belongs to a number.
_BREAK: Final = re.compile(r"(?<!\d)[,，、]|[,，、](?!\d)|[;；|｜\n]")
_AT_MOST: Final = re.compile(
    r"(?:(?:for )?up to|at most|no more than|not more than|max\.?|maximum|under|below|less than|"
    r"hasta|como mucho|como maximo|maximo|max\.? de|menos de|por menos de|no mas de|a lo sumo|"
    r"до|не дороже|не больше|не более|максимум|макс\.?|дешевле|в пределах|"
    r"不超过|不高于|最多|最高|低于|预算)[ :]*(?P<price>.*\d.*)"
)
_OR_LESS: Final = re.compile(
    r"(?P<price>.*\d.*?) ?(?:以内|以下|之内|or less|max\.?|maximum|maximo|como mucho|максимум)"
)
_INLINE_LIMIT: Final = re.compile(
    r"(?P<goods>.+?) "
    r"(?P<limit>(?:for )?(?:up to|at most|max|under|hasta|como mucho|не дороже|до|不超过|最多) ?"
    r"[^\s\d]{0,3}\d[\d.,]*(?: ?[^\s\d]{1,3})?)"
)
_COUNT: Final = re.compile(r"[x×+]? ?(?P<count>\d{1,9}) ?(?:[x×]|(?P<unit>[^\W\d_]{1,14})\.?)?")
_LEADING: Final = re.compile(r"(?P<count>\d{1,9}) ?[x×]? ?(?P<unit>[^\W\d_]+)\b.*")
_PRICED: Final = re.compile(r"[^\w\s.,'’]|\d[.,]\d|[a-z]{3}\b")
_MEASURES: Final = frozenset(
    [
        *(
            "mg",
            "g",
            "gr",
            "gram",
            "grams",
            "kg",
            "kilo",
            "kilos",
            "kilogram",
            "l",
            "liter",
            "liters",
            "litre",
            "litres",
        ),
        *("ml", "cl", "oz", "lb", "lbs", "cm", "mm", "m", "gramo", "gramos", "litro", "litros", "г", "гр"),
        *(
            "грамм",
            "граммов",
            "кг",
            "кило",
            "килограмм",
            "килограмма",
            "л",
            "литр",
            "литра",
            "литров",
            "мл",
            "克",
            "公斤",
            "斤",
        ),
        *("升", "毫升", "千克", "号", "号电池"),
    ]
)


@dataclass(frozen=True, kw_only=True)
class WishText:
    """What was wished: the goods in the words that were typed, how many, the limit for one, until when."""

    words: str
    quantity: int = 1
    limit: Money | None = None
    wanted_by: datetime | None = None


def read_wish(text: str, *, now: datetime, time_zone: str, language: str, currency: str) -> WishText:
    """A wish as it was typed behind its command; a limit without a sign is in the group's currency.

    Raises WishWithoutGoods, WishTooLong, WishTooLarge, WishInOtherCurrency, DeadlinePast, DeadlineTooFar.
    """
    goods: list[str] = []
    quantity: int | None = None
    limit: Money | None = None
    wanted_by: datetime | None = None
    for part in _parts(text):
        if limit is None and (found := _limit(part, currency)) is not None:
            limit = found
        elif quantity is None and (count := _count(part)) is not None:
            quantity = count
        elif wanted_by is None and (at := _deadline(part, now, time_zone, language)) is not None:
            wanted_by = at
        else:
            goods.append(part)
    words = ", ".join(goods)
    if limit is None and (inline := _INLINE_LIMIT.fullmatch(words)):
        limit = _limit(inline["limit"], currency)
        words = inline["goods"] if limit is not None else words
    if not says_something(words):
        raise WishWithoutGoods
    if len(words) > LONGEST_WISH:
        raise WishTooLong(LONGEST_WISH)
    if quantity is None:
        quantity = _leading_count(words)
    if limit is not None and limit.currency != currency:
        raise WishInOtherCurrency(limit.currency, currency)
    count = 1 if quantity is None else _checked(quantity)
    return WishText(words=words, quantity=count, limit=limit, wanted_by=wanted_by)


def _parts(text: str) -> list[str]:
    return [one_line(part) for part in _BREAK.split(plain(text)) if part.strip()]


def _limit(part: str, currency: str) -> Money | None:
    typed = fold(part).strip()
    match = _AT_MOST.fullmatch(typed) or _OR_LESS.fullmatch(typed)
    if match is None and (not any(map(str.isdigit, typed)) or _PRICED.search(typed) is None):
        return None
    try:
        return parse_price(match["price"] if match else typed, currency)
    except ValueError:
        return None


def _count(part: str) -> int | None:
    match = _COUNT.fullmatch(fold(part).strip())
    return int(match["count"]) if match and match["unit"] not in _MEASURES else None


def _leading_count(words: str) -> int | None:
    match = _LEADING.fullmatch(fold(words))
    is_count = match is not None and match["unit"] not in _MEASURES and not match["unit"].startswith("号")
    return int(match["count"]) if match is not None and is_count else None


def _checked(quantity: int) -> int:
    if not 0 < quantity <= LARGEST_QUANTITY:
        raise WishTooLarge(LARGEST_QUANTITY)
    return quantity


def _deadline(part: str, now: datetime, time_zone: str, language: str) -> datetime | None:
    try:
        return read_deadline(part, now=now, time_zone=time_zone, language=language)
    except DeadlineUnreadable:
        return None
