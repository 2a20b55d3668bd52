"""What wishes come to together, how long they last, and how often somebody may wish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low
from typing import Final

from bot.rules.rate_limits import RateLimit

WISH_LASTS: Final = timedelta(days=30)
"""So long somebody waits who does not say until when."""

WISHES_OF_A_PERSON: Final = (
    RateLimit(most=20, within=timedelta(hours=1)),
    RateLimit(most=60, within=timedelta(days=1)),
)
"""New wishes of one person, in all groups together."""

MOST_OPEN: Final = 40
"""Open wishes of one person in one group."""

TAKEN_BACK_WITHIN: Final = timedelta(seconds=60)
"""So long whoever said which pick is what was wished for may take it back: before, nobody hears of it."""

SOON: Final = timedelta(hours=1)
"""A pick that would close sooner is not proposed."""


@dataclass(frozen=True, kw_only=True)
class Wished:
    """One wish, as it counts: whose, how many, the limit for one in minor units, until when."""

    person_id: int
    quantity: int
    limit_amount: int | None = None
    wanted_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What a need comes to: people, how many in all, the median of the limits, by when."""

    people: int
    quantity: int
    limits: int
    limit_amount: int | None
    wanted_by: datetime | None
    #: How many people want it by that first day; the others later, or whenever it comes.
    hurried: int


def demand_of(wishes: Sequence[Wished], *, now: datetime) -> Demand:
    """What these wishes come to; of two limits in the middle the lower counts."""
    limits = [wish.limit_amount for wish in wishes if wish.limit_amount is not None]
    days = [wish.wanted_by for wish in wishes if wish.wanted_by is not None and wish.wanted_by > now]
    first = min(days, default=None)
    return Demand(
        people=len({wish.person_id for wish in wishes}),
        quantity=sum(wish.quantity for wish in wishes),
        limits=len(limits),
        limit_amount=median_low(limits) if limits else None,
        wanted_by=first,
        hurried=len({wish.person_id for wish in wishes if first is not None and wish.wanted_by == first}),
    )


def closing_of(demand: Demand, *, now: datetime) -> datetime | None:
    """Until when a pick could run that answers it in time; None: nobody said, or that is too soon."""
    at = demand.wanted_by
    return at if at is not None and at > now + SOON else None


def over_at(wanted_by: datetime | None, *, now: datetime) -> datetime:
    """When a wish is over, if nothing answers it."""
    return wanted_by or now + WISH_LASTS
