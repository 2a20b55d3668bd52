"""What a group pays for recommendations: what its owner types, and what a card says of it."""

import re
from typing import Final, NamedTuple

from bot.money import WHOLE_BPS, parse_price
from bot.plan_errors import (
    BoundUnreadable,
    PercentUnreadable,
    ReturnDaysUnreadable,
    RewardsTooHigh,
    ThirdLevel,
)
from bot.rules.commissions import split
from bot.rules.typed_text import plain

MOST_RETURN_DAYS: Final = 90
MOST_LEVELS: Final = 2

_PERCENT: Final = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?")
# A comma with a digit on both sides is a decimal one.
_BETWEEN: Final = re.compile(r"[;+/\s]+|,(?![0-9])")
_NONE: Final = frozenset({"-", "–", "—"})
_NOTHING: Final = _NONE | {"0"}


class Reward(NamedTuple):
    """What one piece pays at the price of now, in minor units; about, since prices and bounds change it."""

    first_bps: int
    second_bps: int
    first_amount: int
    second_amount: int
    currency: str
    #: Where nobody recommended it, whoever brought the buyer earns as who did.
    inviter_recommends: bool


def reward_for(
    *,
    first_bps: int,
    second_bps: int,
    order_cap_amount: int | None,
    inviter_recommends: bool,
    unit_amount: int,
    currency: str,
) -> Reward | None:
    """What a piece that costs so much pays to whoever recommended it; None where that is nothing at all."""
    if first_bps + second_bps == 0:
        return None
    first, second = split(unit_amount, (first_bps, second_bps), cap_amount=order_cap_amount)
    return Reward(first_bps, second_bps, first, second, currency, inviter_recommends)


def read_rates(text: str) -> tuple[int, int]:
    """`10`, or `10 2` for two levels, as basis points; the first is more than nothing.

    Raises PercentUnreadable, ThirdLevel and RewardsTooHigh.
    """
    typed = re.sub(r"\s*%", "", plain(text)).strip()
    parts = [part for part in _BETWEEN.split(typed) if part]
    if len(parts) > MOST_LEVELS and all(_PERCENT.fullmatch(part) for part in parts):
        raise ThirdLevel
    if not 1 <= len(parts) <= MOST_LEVELS:
        raise PercentUnreadable(text)
    first, second = (*(_bps(part, text) for part in parts), 0)[:MOST_LEVELS]
    if first == 0:
        raise PercentUnreadable(text)
    check_rates(first, second)
    return first, second


def read_second_rate(text: str) -> int:
    """The second level in basis points; nothing is written as - or 0.

    Raises PercentUnreadable and RewardsTooHigh.
    """
    typed = re.sub(r"\s*%", "", plain(text)).strip()
    return 0 if typed in _NOTHING else _bps(typed, text)


def check_rates(first_bps: int, second_bps: int) -> None:
    """Raise RewardsTooHigh where the levels together come to more than the order."""
    if first_bps + second_bps > WHOLE_BPS:
        raise RewardsTooHigh


def read_return_days(text: str) -> int:
    """For how many days goods may be given back. Raises ReturnDaysUnreadable."""
    typed = plain(text).strip()
    if not typed.isdecimal() or len(typed) > 3 or int(typed) > MOST_RETURN_DAYS:
        raise ReturnDaysUnreadable(text, MOST_RETURN_DAYS)
    return int(typed)


def read_bound(text: str, currency: str) -> int | None:
    """A bound in minor units of this currency; none is written as -. Raises BoundUnreadable.

    Also for 0: whoever writes that of what is paid at most does not mean that all of it is.
    """
    typed = plain(text).strip()
    if typed in _NONE:
        return None
    try:
        money = parse_price(typed, currency)
    except ValueError:
        raise BoundUnreadable(text, currency) from None
    if money.currency != currency:
        raise BoundUnreadable(text, currency)
    return money.amount


def read_least(text: str, currency: str) -> int:
    """The least that is paid out, in minor units; any amount is written as - or 0. Raises BoundUnreadable."""
    return 0 if plain(text).strip() in _NOTHING else read_bound(text, currency) or 0


def _bps(part: str, text: str) -> int:
    match = _PERCENT.fullmatch(part)
    if match is None:
        raise PercentUnreadable(text)
    bps = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    if bps > WHOLE_BPS:
        raise RewardsTooHigh
    return bps
