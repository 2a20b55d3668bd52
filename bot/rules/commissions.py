"""What is earned by an order: by whom, at which rate, from what amount, within which bounds, and when.

Who earns is frozen as the order is placed; what it comes to is reckoned from the facts, as often as they
change. Reckoning less is what takes a commission back, so that a reversal mirrors its accrual to the cent.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from bot.money import allocate, share
from bot.rules import settlements
from storage.states import (
    CommissionSource,
    CommissionState,
    FulfilmentState,
    OrderState,
    TouchSource,
)

AFTER_RETURNS: Final = timedelta(days=1)
"""So long after the last day for returns a commission is due."""

NOTICE_AT: Final = 18
"""The hour of a group's day at which earners are told what has changed."""

_TOLD: Final = {TouchSource.OPENED: CommissionSource.OPENED, TouchSource.SAID: CommissionSource.SAID}


class Opening(Protocol):
    """What is known of a placed order as far as somebody may earn by it."""

    @property
    def buyer_id(self) -> int: ...
    @property
    def recommender_id(self) -> int | None: ...
    @property
    def inviter_id(self) -> int | None: ...
    @property
    def above_recommender_id(self) -> int | None: ...
    @property
    def above_inviter_id(self) -> int | None: ...
    @property
    def inviter_recommends(self) -> bool: ...
    @property
    def first_bps(self) -> int: ...
    @property
    def second_bps(self) -> int: ...


class Earner(NamedTuple):
    """Who earns by an order, on which level, at how many basis points, and how that is known."""

    level: int
    person_id: int
    source: CommissionSource
    bps: int


class Facts(settlements.Facts, Protocol):
    """What is known of an order's money, and of its goods."""

    @property
    def is_tracked(self) -> bool: ...


class Base(NamedTuple):
    """From what an order's commissions are reckoned, in minor units."""

    state: CommissionState
    #: What they are reckoned from if the order stays as it is.
    expected_amount: int
    #: What they are reckoned from now.
    earned_amount: int


class Known(Protocol):
    """A commission as it was reckoned last."""

    @property
    def state(self) -> CommissionState: ...
    @property
    def accrued_amount(self) -> int: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def released_at(self) -> datetime | None: ...
    @property
    def return_days(self) -> int: ...
    @property
    def completed_at(self) -> datetime | None: ...
    @property
    def is_barred(self) -> bool: ...


class Standing(NamedTuple):
    """What a commission comes to, in minor units, and how far it is."""

    state: CommissionState
    #: What it comes to if the order stays as it is, whatever its earner may have by then.
    expected_amount: int
    #: What it comes to now, before the bounds of its earner.
    accrued_amount: int
    accrued_at: datetime | None
    due_at: datetime | None
    released_at: datetime | None


def earners(
    opening: Opening, told: TouchSource | None, *, barred: Collection[int] = frozenset()
) -> list[Earner]:
    """Who earns by an order as it is placed: whoever recommended it, and whoever brought that person.

    Where nobody recommended it, whoever brought the buyer counts, if the plan says so. The buyer never earns,
    nor does who is barred (banned, or forgotten); who comes by somebody barred earns nothing by her either.
    """
    first_id, above_id = opening.recommender_id, opening.above_recommender_id
    source = _TOLD[told] if told is not None else CommissionSource.INVITED
    if first_id is None and opening.inviter_recommends:
        first_id, above_id = opening.inviter_id, opening.above_inviter_id
        source = CommissionSource.INVITED
    shut = {opening.buyer_id, *barred}
    if first_id is None or first_id in shut:
        return []
    found = [Earner(1, first_id, source, opening.first_bps)]
    if above_id is not None and above_id != first_id and above_id not in shut:
        found.append(Earner(2, above_id, CommissionSource.INVITED, opening.second_bps))
    return [earner for earner in found if earner.bps > 0]


def base(facts: Facts, *, pays_none: bool = False) -> Base | None:
    """From what an order's commissions are reckoned: its goods after discounts, as far as they are paid.

    In a group that keeps no money here, what they cost counts. None: it is in review, where nothing moves.
    `pays_none`: it is cheaper by a promotion that pays no commission.
    """
    if facts.order_state is OrderState.NEEDS_REVIEW:
        return None
    goods = max(0, facts.lines_amount - facts.discount_amount - facts.goodwill_amount)
    is_back = facts.fulfilment_state is FulfilmentState.RETURNED
    if facts.order_state is OrderState.CANCELLED or is_back or pays_none or goods == 0:
        return Base(CommissionState.VOID, 0, 0)
    if facts.order_state is not OrderState.COMPLETED:
        return Base(CommissionState.EXPECTED, goods, 0)
    earned = min(goods, _paid(facts)) if facts.is_tracked or facts.received_amount else goods
    return Base(CommissionState.ACCRUED if earned else CommissionState.EXPECTED, goods, earned)


def split(base_amount: int, bps: Sequence[int], *, cap_amount: int | None) -> tuple[int, ...]:
    """What each level earns of an amount; together exactly the share of all rates, at most the cap.

    Of a smaller amount no level earns more.
    """
    if not bps:
        return ()
    whole = share(base_amount, sum(bps))
    return allocate(whole if cap_amount is None else min(whole, cap_amount), bps)


def standing(
    known: Known, state: CommissionState, *, expected_amount: int, earned_amount: int, now: datetime
) -> Standing:
    """How far a commission is, of whose order this much is expected and earned.

    To whoever is barred nothing accrues any more; what has stays hers, as far as the order does.
    """
    if known.is_barred:
        earned_amount = expected_amount = min(earned_amount, known.accrued_amount)
        state = state if earned_amount else CommissionState.VOID
    if state is not CommissionState.ACCRUED:
        return Standing(state, expected_amount, 0, None, None, None)
    completed_at = known.completed_at or now
    due = due_at(completed_at, return_days=known.return_days)
    was_released = known.state is CommissionState.DUE and known.due_at == due
    return Standing(
        CommissionState.DUE if was_released else CommissionState.ACCRUED,
        expected_amount,
        earned_amount,
        completed_at,
        due,
        known.released_at if was_released else None,
    )


def within(amount: int, *, accrued_amount: int, rooms: Collection[int | None]) -> int:
    """What may accrue of an amount where so much is left of each bound without it (None: unbounded).

    A bound that was lowered, or came later, takes nothing back that has accrued.
    """
    room = min((left for left in rooms if left is not None), default=amount)
    return min(amount, max(accrued_amount, room))


def due_at(completed_at: datetime, *, return_days: int) -> datetime:
    """From when on a commission can be paid out: one day after the goods can no longer be given back."""
    return completed_at + timedelta(days=return_days) + AFTER_RETURNS


def month_of(moment: datetime, time_zone: str) -> tuple[datetime, datetime]:
    """The calendar month of a moment where the group is: when it begins and when the next one does."""
    zone = ZoneInfo(time_zone)
    local = moment.astimezone(zone)
    begins = datetime(local.year, local.month, 1, tzinfo=zone)
    ends = datetime(local.year + local.month // 12, local.month % 12 + 1, 1, tzinfo=zone)
    return begins.astimezone(UTC), ends.astimezone(UTC)


def next_notice(now: datetime, time_zone: str) -> datetime:
    """When an earner is told what has changed: at the same hour of the group's day, so at most once a day."""
    local = now.astimezone(ZoneInfo(time_zone))
    told = local.replace(hour=NOTICE_AT, minute=0, second=0, microsecond=0)
    return (told if told > local else told + timedelta(days=1)).astimezone(UTC)


def _paid(facts: Facts) -> int:
    """What was paid for the goods and did not go back; the fee for fetching them is taken off first."""
    return max(0, settlements.held_of(facts) - facts.fee_amount)
