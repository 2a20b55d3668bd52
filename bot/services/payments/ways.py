"""Which ways to pay a group and its picks take, and when orders are paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import ButtonOutdated
from bot.payment_errors import InstructionsMissing, NoProvider, NoWayAtOnce, RateUnreadable
from bot.rules.payment_ways import (
    HOLD_MINUTES,
    MOST_STARS,
    can_be_paid_at_once,
    pays_now,
    stars_for_a_unit,
    toggled,
    ways_taken,
    words_of_way,
)
from storage.models import PaymentWay
from storage.repositories.picks import PostedPick
from storage.states import PaymentMethod, PaysWhen, PickState
from storage.unit_of_work import UnitOfWork

_CHANGEABLE = (PickState.SCHEDULED, PickState.LIVE, PickState.CLOSED)


@dataclass(frozen=True, kw_only=True)
class PickPayments:
    """How one pick is paid: the ways of its group, those that it takes, and when."""

    posted: PostedPick
    ways: Sequence[PaymentWay]
    taken: Sequence[PaymentMethod]
    is_now: bool


async def way_of(uow: UnitOfWork, group_id: int, method: PaymentMethod) -> PaymentWay:
    """A group's way to pay as it is kept; one that was never touched is switched off."""
    ways = await uow.payments.list_ways(group_id, active_only=False)
    found = next((way for way in ways if way.method is method), None)
    return found or PaymentWay(group_id=group_id, method=method, is_active=False)


async def switch_way(
    uow: UnitOfWork,
    group_id: int,
    method: PaymentMethod,
    *,
    on: bool,
    has_provider: bool,
    by_id: int,
    now: datetime,
) -> None:
    """Take a way to pay from now on, or no longer.

    Raises NoProvider, InstructionsMissing (a transfer needs them) and RateUnreadable (Stars need a rate).
    """
    await uow.groups.lock(group_id)
    way = await way_of(uow, group_id, method)
    if on and method is PaymentMethod.CARD and not has_provider:
        raise NoProvider
    if on and method is PaymentMethod.TRANSFER and not way.instructions:
        raise InstructionsMissing
    if on and method is PaymentMethod.STARS and way.stars_per_unit is None:
        raise RateUnreadable("", MOST_STARS)
    if way.is_active == on:
        return
    way.is_active = on
    await _save(uow, way, by_id=by_id, now=now)


async def describe_way(
    uow: UnitOfWork,
    group_id: int,
    method: PaymentMethod,
    text: str,
    *,
    switch_on: bool,
    by_id: int,
    now: datetime,
) -> None:
    """Say how members pay in this way or, of Stars, how many stand for one unit of money.

    Raises InstructionsMissing, InstructionsTooLong and RateUnreadable.
    """
    await uow.groups.lock(group_id)
    way = await way_of(uow, group_id, method)
    if method is PaymentMethod.STARS:
        way.stars_per_unit = stars_for_a_unit(text)
    else:
        way.instructions = words_of_way(text)
    way.is_active = way.is_active or switch_on
    await _save(uow, way, by_id=by_id, now=now)


async def pay_when(uow: UnitOfWork, group_id: int, when: PaysWhen, *, by_id: int, now: datetime) -> None:
    """Have a group's orders paid as they are placed, or after the close. Raises NoWayAtOnce."""
    await uow.groups.lock(group_id)
    ways = await uow.payments.list_ways(group_id)
    if when is PaysWhen.NOW and not can_be_paid_at_once(way.method for way in ways):
        raise NoWayAtOnce
    group = await uow.groups.get(group_id)
    group.pays_when = when
    await uow.groups.save(group)
    await _note(uow, group_id, "pays_when", by_id=by_id, now=now)


async def hold_for(uow: UnitOfWork, group_id: int, minutes: int, *, by_id: int, now: datetime) -> None:
    """Keep stock for so many minutes for somebody who pays at once. Raises ButtonOutdated."""
    if minutes not in HOLD_MINUTES:
        raise ButtonOutdated
    await uow.groups.lock(group_id)
    group = await uow.groups.get(group_id)
    group.hold_minutes = minutes
    await uow.groups.save(group)
    await _note(uow, group_id, "hold_minutes", by_id=by_id, now=now)


async def payments_of(uow: UnitOfWork, posted: PostedPick) -> PickPayments:
    """How a pick is paid."""
    ways = await uow.payments.list_ways(posted.pick.group_id)
    now = await _pays_now(uow, posted)
    taken = ways_taken([way.method for way in ways], posted.pick.payment_methods, now=now)
    return PickPayments(posted=posted, ways=ways, taken=taken, is_now=now)


async def toggle_way(
    uow: UnitOfWork, pick_id: int, method: PaymentMethod, *, by_id: int, now: datetime
) -> None:
    """Let a pick take one way more, or one fewer. Raises ButtonOutdated, LastWay and NoWayAtOnce."""
    posted = await _locked(uow, pick_id)
    ways = [way.method for way in await uow.payments.list_ways(posted.pick.group_id)]
    if method not in ways:
        raise ButtonOutdated
    named = toggled(ways, posted.pick.payment_methods, method)
    _require_a_way(ways, named, is_now=await _pays_now(uow, posted))
    posted.pick.payment_methods = named
    await _save_pick(uow, posted, by_id=by_id, now=now)


async def pay_pick_when(
    uow: UnitOfWork, pick_id: int, when: PaysWhen | None, *, by_id: int, now: datetime
) -> None:
    """Have a pick's orders paid at once or after its close; None: as its group does.

    Raises ButtonOutdated and NoWayAtOnce.
    """
    posted = await _locked(uow, pick_id)
    ways = [way.method for way in await uow.payments.list_ways(posted.pick.group_id)]
    _require_a_way(ways, posted.pick.payment_methods, is_now=when is PaysWhen.NOW)
    posted.pick.pays_when = when
    await _save_pick(uow, posted, by_id=by_id, now=now)


async def _pays_now(uow: UnitOfWork, posted: PostedPick) -> bool:
    tiers = (await uow.pricing.tiers([posted.pick.offer_id])).get(posted.pick.offer_id)
    return pays_now(
        pick=posted.pick.pays_when,
        group=posted.group.pays_when,
        price_can_fall=bool(tiers) or posted.offer.team_price_amount is not None,
    )


def _require_a_way(ways: Sequence[PaymentMethod], named: Sequence[str] | None, *, is_now: bool) -> None:
    if is_now and not can_be_paid_at_once(ways_taken(ways, named, now=False)):
        raise NoWayAtOnce


async def _locked(uow: UnitOfWork, pick_id: int) -> PostedPick:
    posted = (await uow.picks.load([pick_id], lock=True)).get(pick_id)
    if posted is None or posted.pick.state not in _CHANGEABLE:
        raise ButtonOutdated
    return posted


async def _save(uow: UnitOfWork, way: PaymentWay, *, by_id: int, now: datetime) -> None:
    await uow.payments.save_way(way)
    await _keep_or_not(uow, way.group_id, now=now)
    await uow.audit.add(
        "payment_way_changed",
        group_id=way.group_id,
        person_id=by_id,
        now=now,
        details={"method": way.method.value, "is_active": way.is_active},
    )


async def _keep_or_not(uow: UnitOfWork, group_id: int, *, now: datetime) -> None:
    """What follows from the ways that are left: since when money is kept, and that cash waits."""
    group = await uow.groups.get(group_id)
    methods = [way.method for way in await uow.payments.list_ways(group_id)]
    if methods and group.payments_since is None:
        group.payments_since = now
    if not can_be_paid_at_once(methods):
        group.pays_when = PaysWhen.AFTER_CLOSE
    await uow.groups.save(group)


async def _save_pick(uow: UnitOfWork, posted: PostedPick, *, by_id: int, now: datetime) -> None:
    await uow.picks.save(posted.pick)
    await uow.audit.add(
        "pick_payments_changed",
        group_id=posted.pick.group_id,
        person_id=by_id,
        pick_id=posted.id,
        now=now,
    )


async def _note(uow: UnitOfWork, group_id: int, setting: str, *, by_id: int, now: datetime) -> None:
    await uow.audit.add(
        "group_configured", group_id=group_id, person_id=by_id, now=now, details={"setting": setting}
    )
