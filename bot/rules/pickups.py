"""Pick-up points: what they may be called, and in which order they stand."""

from collections.abc import Collection, Sequence

from bot.handover_errors import (
    PointFeeUnreadable,
    PointNameMissing,
    PointNameTaken,
    PointNameTooLong,
    PointWordsTooLong,
    TooManyPoints,
)
from bot.money import parse_price
from bot.rules.typed_text import fold, one_line, plain, says_something

MOST_POINTS = 30
LONGEST_NAME = 40
LONGEST_WORDS = 300


def point_name(text: str, *, others: Collection[str]) -> str:
    """The name that a curator typed, good to be kept.

    Raises PointNameMissing, PointNameTooLong and PointNameTaken.
    """
    name = one_line(text)
    if not says_something(name):
        raise PointNameMissing
    if len(name) > LONGEST_NAME:
        raise PointNameTooLong(len(name), LONGEST_NAME)
    if fold(name) in {fold(other) for other in others}:
        raise PointNameTaken(name)
    return name


def point_words(text: str) -> str:
    """Address, hours and the like, line by line. Raises PointWordsTooLong."""
    words = "\n".join(line for line in map(one_line, text.splitlines()) if line)
    if len(words) > LONGEST_WORDS:
        raise PointWordsTooLong(len(words), LONGEST_WORDS)
    return words


def point_fee(text: str, currency: str) -> int:
    """What fetching an order costs, in minor units; 0 or a dash: nothing. Raises PointFeeUnreadable."""
    typed = plain(one_line(text))
    if not typed.strip("0.,-–— "):
        return 0
    try:
        money = parse_price(typed, currency)
    except ValueError:
        raise PointFeeUnreadable(text, currency) from None
    if money.currency != currency:
        raise PointFeeUnreadable(text, currency)
    return money.amount


def check_room_for_another(count: int) -> None:
    """So many points are there already. Raises TooManyPoints."""
    if count >= MOST_POINTS:
        raise TooManyPoints(MOST_POINTS)


def moved(keys: Sequence[int], key: int, *, by: int) -> list[int]:
    """The keys in a new order, one of them so many places further on; at the ends it stays."""
    rest = [other for other in keys if other != key]
    place = min(max(keys.index(key) + by, 0), len(rest))
    return [*rest[:place], key, *rest[place:]]
