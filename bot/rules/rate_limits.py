"""How often somebody may do what is open to abuse, and when she may again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


@dataclass(frozen=True, kw_only=True)
class RateLimit:
    """So many times at most within this length of time, whenever it begins."""

    most: int
    within: timedelta


COUPON_GUESSES: Final = (
    RateLimit(most=5, within=timedelta(minutes=10)),
    RateLimit(most=20, within=timedelta(days=1)),
)
"""Wrong codes that one person may try."""

LINKS_OF_A_PERSON: Final = (RateLimit(most=10, within=timedelta(hours=1)),)
"""New invite links that one person may have made, in all groups together."""

LINKS_OF_A_GROUP: Final = (RateLimit(most=30, within=timedelta(minutes=1)),)
"""New invite links that Telegram is asked for in one group."""


def longest(limits: Sequence[RateLimit]) -> timedelta:
    """How far back one must look to apply these limits."""
    return max(limit.within for limit in limits)


def free_at(limits: Sequence[RateLimit], times: Sequence[datetime], *, now: datetime) -> datetime | None:
    """When it may be done again, or None: now.

    `times` are those at which it was done, in any order. What lies ahead of now was noted before a clock was
    put back, and holds nobody up: else she might wait for years.
    """
    waits = [at for limit in limits if (at := _free_at(limit, times, now=now)) is not None]
    return max(waits, default=None)


def _free_at(limit: RateLimit, times: Sequence[datetime], *, now: datetime) -> datetime | None:
    counted = sorted(at for at in times if now - limit.within < at <= now)
    if len(counted) < limit.most:
        return None
    # As soon as so many have passed out of sight that one is free.
    return counted[len(counted) - limit.most] + limit.within
