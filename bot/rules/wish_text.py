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
from bot.rules.wish_counts import count_alone, counted
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
    r"[^\s\d]{0,3}\d[\d.,]*(?: ?[^\s\d]{1,3})?(?: ?(?:each|apiece|cada un[oa]|за штуку))?)",
    re.IGNORECASE,
)
_INLINE_DAY: Final = re.compile(
    r"(?P<goods>.+) (?P<day>(?:by|until|till|before|para|antes del?|до|к) \S+(?: \S+){0,2})", re.IGNORECASE
)
_EACH: Final = re.compile(
    r" ?(?:each|apiece|a piece|per piece|cada un[oa]|c/u|за штуку|за шт|每个|一个|每份|每包)\.?"
)
_PRICED: Final = re.compile(r"[^\w\s.,'’]|\d[.,]\d|[a-z]{3}\b")


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
        elif quantity is None and (count := count_alone(part)) is not None:
            quantity = count
        elif wanted_by is None and (at := _deadline(part, now, time_zone, language)) is not None:
            wanted_by = at
        else:
            goods.append(part)
    words = ", ".join(goods)
    if wanted_by is None:
        words, wanted_by = _day_behind(words, now, time_zone, language)
    if limit is None:
        words, limit = _limit_behind(words, currency)
    if wanted_by is None:
        words, wanted_by = _day_behind(words, now, time_zone, language)
    if quantity is None:
        quantity, words = counted(words)
    if not says_something(words):
        raise WishWithoutGoods
    if len(words) > LONGEST_WISH:
        raise WishTooLong(LONGEST_WISH)
    if limit is not None and limit.currency != currency:
        raise WishInOtherCurrency(limit.currency, currency)
    count = 1 if quantity is None else _checked(quantity)
    return WishText(words=words, quantity=count, limit=limit, wanted_by=wanted_by)


def _parts(text: str) -> list[str]:
    return [one_line(part) for part in _BREAK.split(plain(text)) if part.strip()]


def _limit(part: str, currency: str) -> Money | None:
    typed = _EACH.sub("", fold(part).strip())
    match = _AT_MOST.fullmatch(typed) or _OR_LESS.fullmatch(typed)
    if match is None and (not any(map(str.isdigit, typed)) or _PRICED.search(typed) is None):
        return None
    try:
        return parse_price(match["price"] if match else typed, currency)
    except ValueError:
        return None


def _limit_behind(words: str, currency: str) -> tuple[str, Money | None]:
    """A limit that follows the goods without a comma, and the goods without it."""
    found = _INLINE_LIMIT.fullmatch(words)
    limit = _limit(found["limit"], currency) if found else None
    return (found["goods"], limit) if found and limit is not None else (words, None)


def _day_behind(words: str, now: datetime, time_zone: str, language: str) -> tuple[str, datetime | None]:
    """The same for a day."""
    found = _INLINE_DAY.fullmatch(words)
    day = _deadline(found["day"], now, time_zone, language) if found else None
    return (found["goods"], day) if found and day is not None else (words, None)


def _checked(quantity: int) -> int:
    if not 0 < quantity <= LARGEST_QUANTITY:
        raise WishTooLarge(LARGEST_QUANTITY)
    return quantity


def _deadline(part: str, now: datetime, time_zone: str, language: str) -> datetime | None:
    try:
        return read_deadline(part, now=now, time_zone=time_zone, language=language)
    except DeadlineUnreadable:
        return None
