"""Shares of people: between what they lie, and whether two of them differ."""

from dataclasses import dataclass
from math import hypot, sqrt
from typing import Final

from bot.rules.statistics import FEWEST_BUYERS, Interval, Verdict

_Z: Final = 1.959963984540054
"""Within so many standard deviations lie 95 %."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share as it was seen; of nobody it is nothing."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> Interval:
        """Between what the true share lies: Wilson's score interval at 95 %; of nobody it may be anything."""
        if not self.whole:
            return Interval(0.0, 1.0)
        square = _Z * _Z / self.whole
        spread = _Z * sqrt((self.value * (1 - self.value) + square / 4) / self.whole)
        middle, scale = self.value + square / 2, 1 + square
        # Of none and of all, one end is exact; what is reckoned may miss it by the last bit.
        low = (middle - spread) / scale if self.part else 0.0
        high = (middle + spread) / scale if self.part < self.whole else 1.0
        return Interval(low, high)


def difference_interval(one: Share, other: Share) -> Interval:
    """Between what the first true share less the second lies: Newcombe's hybrid score interval at 95 %.

    His method 10 (1998) of both shares' own intervals: unlike the usual one it holds for few people, and for
    none or all of them.
    """
    difference = one.value - other.value
    (one_low, one_high), (other_low, other_high) = one.interval, other.interval
    return Interval(
        difference - hypot(one.value - one_low, other_high - other.value),
        difference + hypot(one_high - one.value, other.value - other_low),
    )


def compared_shares(one: Share, other: Share) -> Verdict:
    """Whether the first share differs from the second by more than chance would bring about."""
    if min(one.whole, other.whole) < FEWEST_BUYERS:
        return Verdict.TOO_FEW
    low, high = difference_interval(one, other)
    if low > 0:
        return Verdict.MORE
    return Verdict.FEWER if high < 0 else Verdict.AS_USUAL
