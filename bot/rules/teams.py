"""People who buy together: who may join, who leads, what an order costs, and how likely a team fills up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from bot.team_errors import (
    TeamDissolved,
    TeamFull,
    TeamHoursUnreadable,
    TeamNotCheaper,
    TeamOver,
    TeamSizeUnreadable,
    TeamWithTiers,
)
from storage.states import TeamFallback, TeamState

SIZE = 2
"""How many make a team where nobody says otherwise: nearly all teams that fill up have one joiner."""
HOURS = 24
SMALLEST_SIZE, LARGEST_SIZE = 2, 20
LONGEST_HOURS = 168
LEAST_HISTORY = 10
"""Of fewer teams nothing can be told."""

_Z = 1.96
"""So many standard deviations hold 95 of 100."""


@dataclass(frozen=True, kw_only=True)
class TeamTerms:
    """What a team pays a piece in minor units, how many it takes, and how many hours it has."""

    price_amount: int
    size: int
    hours: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A team's state and who leads it; a dissolved one keeps its last leader."""

    state: TeamState
    leader_id: int


@dataclass(frozen=True, kw_only=True)
class Completion:
    """So many of so many teams filled up; the next one does with a chance between these whole per cent."""

    filled: int
    settled: int
    least_percent: int
    most_percent: int


def checked_team(
    *,
    price_amount: int,
    solo_amount: int,
    size: int | None = None,
    hours: int | None = None,
    has_tiers: bool = False,
) -> TeamTerms:
    """Terms of a team that make sense; what was left out is as usual.

    Raises TeamWithTiers, TeamNotCheaper, TeamSizeUnreadable and TeamHoursUnreadable.
    """
    if has_tiers:
        raise TeamWithTiers
    if not 0 < price_amount < solo_amount:
        raise TeamNotCheaper
    terms = TeamTerms(
        price_amount=price_amount,
        size=SIZE if size is None else size,
        hours=HOURS if hours is None else hours,
    )
    if not SMALLEST_SIZE <= terms.size <= LARGEST_SIZE:
        raise TeamSizeUnreadable(SMALLEST_SIZE, LARGEST_SIZE)
    if not 1 <= terms.hours <= LONGEST_HOURS:
        raise TeamHoursUnreadable(LONGEST_HOURS)
    return terms


def expiry(*, opened_at: datetime, hours: int | None) -> datetime:
    """When a team's own time is over, whatever becomes of its pick."""
    return opened_at + timedelta(hours=hours or HOURS)


def deadline(*, expires_at: datetime, closes_at: datetime) -> datetime:
    """Until when a team can fill up: the end of its own time, or of its pick, if that comes first."""
    return min(expires_at, closes_at)


def check_seat(*, state: TeamState, taken: int, size: int, until: datetime, now: datetime) -> None:
    """Whether somebody can still join. Raises TeamDissolved, TeamOver and TeamFull."""
    if state is TeamState.DISSOLVED:
        raise TeamDissolved
    if state is TeamState.EXPIRED or (state is TeamState.OPEN and now >= until):
        raise TeamOver(until)
    if state is TeamState.COMPLETE or taken >= size:
        raise TeamFull


def after_joining(*, taken: int, size: int) -> TeamState:
    """The state of a team in which so many are now."""
    return TeamState.COMPLETE if taken >= size else TeamState.OPEN


def after_leaving(
    *, state: TeamState, leader_id: int, present: Sequence[int], size: int, until: datetime, now: datetime
) -> Standing:
    """What a team is without those who left; who is present stands in the order of joining.

    The first of them leads if the leader has left. A complete team takes somebody else in as long as it
    has time; later those who stay keep what they have.
    """
    if not present:
        return Standing(state=TeamState.DISSOLVED, leader_id=leader_id)
    reopens = state is TeamState.COMPLETE and len(present) < size and now < until
    return Standing(
        state=TeamState.OPEN if reopens else state,
        leader_id=leader_id if leader_id in present else present[0],
    )


def price_alone(fallback: TeamFallback, *, agreed_amount: int | None, solo_amount: int) -> int | None:
    """What a piece costs a member whose team did not fill up; None lets her order go.

    She never pays more than the price that she agreed to, even if it rose since.
    """
    if fallback is TeamFallback.DROP:
        return None
    return solo_amount if agreed_amount is None else min(agreed_amount, solo_amount)


def completion(*, filled: int, settled: int) -> Completion | None:
    """How likely a team fills up, from a group's own history (Wilson interval, 95 %); None of too few."""
    if settled < LEAST_HISTORY:
        return None
    share = filled / settled
    spread = 1 + _Z**2 / settled
    middle = (share + _Z**2 / (2 * settled)) / spread
    reach = _Z * sqrt(share * (1 - share) / settled + _Z**2 / (4 * settled**2)) / spread
    return Completion(
        filled=filled,
        settled=settled,
        least_percent=max(0, round(100 * (middle - reach))),
        most_percent=min(100, round(100 * (middle + reach))),
    )
