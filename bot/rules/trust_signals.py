"""What reactions, leaves and disputes say of a group's trust, and how much of its caps it may use for that.

A sign needs counts, and an exact test that chance would pass once in a hundred. It halves what a group may
use; each week without one gives an eighth of the whole back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.rules.recalls import SUPPOSED_BAD, SUPPOSED_GOOD, is_too_bad, probably_bad
from bot.rules.statistics import Interval, Rate, binomial_from
from storage.states import TrustChangeReason

WHOLE_BPS: Final = 10_000
FLOOR_BPS: Final = 1_250
"""Below an eighth of its caps no sign brings a group."""
STEP_BPS: Final = 1_250
"""So much comes back at once."""
STEP_EVERY: Final = timedelta(days=7)
"""So long lies between two steps, up or down."""

POOLED: Final = timedelta(days=14)
"""The posts of so long are looked at together: one alone is rarely followed by enough leaves."""
DISPUTED_WITHIN: Final = timedelta(days=28)
"""What was delivered in that time counts for a group's disputes."""

CHANCE: Final = 0.01
"""A sign is what chance would bring about no oftener."""
FEWEST_LEAVES: Final = 10
FEWEST_REACTIONS: Final = 10
FEWEST_DELIVERED: Final = 10
FEWEST_HOURS_AFTER: Final = 24.0
FEWEST_HOURS_OTHERWISE: Final = 168.0
"""Fewer people, or hours, tell nothing; a week, because people leave by the day of the week, too."""

_TAIL: Final = 0.025
_HALVINGS: Final = 60
_VARIATION = "\ufe0f"

FOR: Final = frozenset(
    {
        *("👍", "❤", "🔥", "🥰", "😍", "👏", "😁", "🎉", "🤩", "🙏", "👌", "💯"),
        *("⚡", "🏆", "🤗", "😘", "🫡", "🤝", "🆒", "💘", "🍾", "😎", "⭐", "❤‍🔥"),
    }
)
"""Reactions that speak for a post."""
AGAINST: Final = frozenset({"👎", "🤬", "😡", "🤮", "💩", "🖕", "🤡", "🥱"})
"""Reactions that speak against it; all others may mean either."""


class Leaning(StrEnum):
    """What somebody's reactions to a post say together."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True, kw_only=True)
class Sign:
    """Something that is probably no chance, with the numbers that say so."""

    reason: TrustChangeReason
    numbers: Mapping[str, float]

    def written(self) -> dict[str, float | str]:
        """As a document keeps it."""
        return {"reason": self.reason.value, **self.numbers}


@dataclass(frozen=True, kw_only=True)
class Step:
    """How much of its caps a group may use from now on, and why."""

    reason: TrustChangeReason
    was_bps: int
    is_bps: int
    signs: Sequence[Sign] = field(default=())

    @property
    def is_whole(self) -> bool:
        """Nothing is left to be restored."""
        return self.is_bps >= WHOLE_BPS


def leaning(emojis: Iterable[str]) -> Leaning:
    """Whether one person is for a post or against it; who is both is neither."""
    bare = {emoji.replace(_VARIATION, "") for emoji in emojis}
    is_for, is_against = bool(bare & FOR), bool(bare & AGAINST)
    if is_for == is_against:
        return Leaning.NEITHER
    return Leaning.FOR if is_for else Leaning.AGAINST


def weighed(people: Iterable[Collection[str]], unnamed: Mapping[str, int]) -> tuple[int, int]:
    """How many are for a post and how many against: each person once, unnamed reactions one by one."""
    found = dict.fromkeys(Leaning, 0)
    for emojis in people:
        found[leaning(emojis)] += 1
    for emoji, count in unnamed.items():
        found[leaning([emoji])] += count
    return found[Leaning.FOR], found[Leaning.AGAINST]


def leaves_sign(after: Rate, otherwise: Rate) -> Sign | None:
    """More people leave within a day of a post than otherwise: two Poisson counts, tested exactly."""
    has_hours = after.hours >= FEWEST_HOURS_AFTER and otherwise.hours >= FEWEST_HOURS_OTHERWISE
    # A family that goes together is no Poisson process: of a handful nothing is said, however rare it is.
    if after.count < FEWEST_LEAVES or not has_hours:
        return None
    together = after.count + otherwise.count
    chance = binomial_from(after.count, together, after.hours / (after.hours + otherwise.hours))
    if chance > CHANCE:
        return None
    return Sign(
        reason=TrustChangeReason.LEAVES,
        numbers={
            "after": after.count,
            "after_hours": round(after.hours, 1),
            "otherwise": otherwise.count,
            "otherwise_hours": round(otherwise.hours, 1),
            "chance": chance,
        },
    )


def reactions_sign(people_for: int, people_against: int) -> Sign | None:
    """More people are against a group's posts than for them: the sign test."""
    together = people_for + people_against
    if together < FEWEST_REACTIONS:
        return None
    chance = binomial_from(people_against, together, 0.5)
    if chance > CHANCE:
        return None
    numbers = {"for": people_for, "against": people_against, "chance": chance}
    return Sign(reason=TrustChangeReason.REACTIONS, numbers=numbers)


def disputes_sign(disputed: int, delivered: int) -> Sign | None:
    """More than a tenth of what a group delivers is probably disputed."""
    if delivered < FEWEST_DELIVERED or not is_too_bad(disputed, delivered):
        return None
    numbers = {
        "disputed": disputed,
        "delivered": delivered,
        "probability": probably_bad(disputed, delivered),
    }
    return Sign(reason=TrustChangeReason.DISPUTES, numbers=numbers)


def dispute_interval(disputed: int, delivered: int) -> Interval:
    """Between which shares that of disputed orders lies with a probability of 95 %.

    Its distribution is Beta(1 + disputed, 19 + the others); both are whole, so a binomial gives its tails.
    """
    bad = SUPPOSED_BAD + disputed
    tries = bad + SUPPOSED_GOOD + delivered - disputed - 1
    return Interval(_quantile(_TAIL, bad, tries), _quantile(1 - _TAIL, bad, tries))


def next_step(
    bps: int,
    signs: Sequence[Sign],
    *,
    changed_at: datetime | None,
    lowered_at: datetime | None,
    now: datetime,
) -> Step | None:
    """What changes now: down at a sign, at most once a week; up after a week without one."""
    if signs:
        is_too_soon = lowered_at is not None and now - lowered_at < STEP_EVERY
        is_bps = max(bps // 2, FLOOR_BPS)
        if is_too_soon or is_bps >= bps:
            return None
        return Step(reason=signs[0].reason, was_bps=bps, is_bps=is_bps, signs=signs)
    if bps >= WHOLE_BPS or (changed_at is not None and now - changed_at < STEP_EVERY):
        return None
    is_bps = min(bps + STEP_BPS, WHOLE_BPS)
    return Step(reason=TrustChangeReason.RESTORED, was_bps=bps, is_bps=is_bps)


def weeks_to_whole(bps: int) -> int:
    """After so many weeks without a further sign a group may use all of its caps again."""
    return -(-max(WHOLE_BPS - bps, 0) // STEP_BPS)


def _quantile(share: float, bad: int, tries: int) -> float:
    """Below which rate so much of the probability lies."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        # That a rate lies below x is as probable as so many of all tries, or more, with chance x each.
        if binomial_from(bad, tries, middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
