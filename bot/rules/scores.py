"""How well those fared whom somebody's word brought to buy, or who bought of her: newer orders count more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.rules.cases import median_hours

HALF_LIFE: Final = timedelta(days=90)
"""After this long an order counts half."""
REACH: Final = 4 * HALF_LIFE
"""What is older counts nothing: it would be less than a sixteenth."""
SUPPOSED_GOOD: Final = 19
SUPPOSED_BAD: Final = 1
"""What is believed of everybody at first, as if she had had so many orders: as of goods."""
SHOWN_FROM: Final = 5
"""Of fewer orders, nothing is said."""
FEWEST_CASES: Final = 3
"""Of fewer cases, nobody is told how long they take."""

_WHOLE: Final = 10_000


class Outcome(NamedTuple):
    """How one order went: when its goods were handed over or said to be wrong, and whether they were."""

    at: datetime
    is_disputed: bool


@dataclass(frozen=True, kw_only=True)
class Score:
    """What share of orders went well, in basis points, of how many; and how long cases took, in hours."""

    bps: int
    orders: int
    disputed: int
    hours: float | None = None


def score(
    outcomes: Iterable[Outcome], *, now: datetime, resolved_after: Sequence[timedelta] = ()
) -> Score | None:
    """The score of whoever answers for these orders; None of so few that it would say nothing.

    It is drawn towards what is believed of everybody, the more so the fewer and the older the orders are.
    `resolved_after` is how long each of her cases took.
    """
    within = [one for one in outcomes if now - one.at < REACH]
    if len(within) < SHOWN_FROM:
        return None
    good = SUPPOSED_GOOD + sum(_weight(one, now) for one in within if not one.is_disputed)
    bad = SUPPOSED_BAD + sum(_weight(one, now) for one in within if one.is_disputed)
    return Score(
        # Rounded down: nobody's score looks perfect.
        bps=int(_WHOLE * good / (good + bad)),
        orders=len(within),
        disputed=sum(one.is_disputed for one in within),
        hours=median_hours(resolved_after) if len(resolved_after) >= FEWEST_CASES else None,
    )


def _weight(one: Outcome, now: datetime) -> float:
    return float(0.5 ** (max(timedelta(), now - one.at) / HALF_LIFE))
