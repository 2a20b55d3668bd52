"""A scheduled pick and its slot: posted at once, moved to another time; all with the group locked first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.allowance import books_of, go_live, pull_forward, reschedule, slot_for
from bot.carrying_errors import NoSlotInTime, TakesNoMore
from bot.errors import ButtonOutdated
from bot.recall_errors import OfferStopped
from bot.rules.trust_allowance import Slot, slot
from bot.trust_errors import OnlyOwnerOverrides
from storage.models import Group
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PickState
from storage.unit_of_work import UnitOfWork

MOST_OFFERED: Final = 6
_HOURS: Final = (10, 14, 18)
_DAYS_AHEAD: Final = 21
_APART: Final = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A pick that is not posted yet, and whether it could be now."""

    posted: PostedPick
    slot: Slot


async def waiting_pick(uow: UnitOfWork, pick_id: int, *, now: datetime) -> Waiting | None:
    """A scheduled pick with what keeps it from being posted now; None where it waits no more."""
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None or posted.pick.state is not PickState.SCHEDULED:
        return None
    pick = posted.pick
    found = await slot_for(
        uow, posted.group, curator_id=pick.curator_id, wanted=now, now=now, opening=pick_id
    )
    return Waiting(posted=posted, slot=found)


async def post_at_once(uow: UnitOfWork, pick_id: int, *, by_id: int, now: datetime) -> PostedPick:
    """Post a scheduled pick now; where it does not fit, its group's owner alone may, and that is noted.

    Raises ButtonOutdated, OfferStopped, TakesNoMore, NoSlotInTime, OnlyOwnerOverrides.
    """
    posted = await _locked(uow, pick_id)
    pick, group = posted.pick, posted.group
    if await uow.recalls.is_stopped(pick.offer_id):
        raise OfferStopped
    if pick.ended_at is not None:
        raise TakesNoMore(pick.number)
    if pick.is_carried and pick.closes_at <= now:
        raise NoSlotInTime
    found = await slot_for(uow, group, curator_id=pick.curator_id, wanted=now, now=now, opening=pick_id)
    if not found.fits and by_id != group.owner_id:
        raise OnlyOwnerOverrides
    reschedule(group, pick, at=now)
    await go_live(uow, group, pick, now=now, overridden_by_id=None if found.fits else by_id)
    await uow.audit.add(
        "pick_posted" if found.fits else "allowance_overridden",
        group_id=group.id,
        person_id=by_id,
        pick_id=pick_id,
        now=now,
    )
    # Its own slot is free now, which may be sooner than what others wait for, override or not.
    await pull_forward(uow, group, now=now)
    return posted


async def move_pick(
    uow: UnitOfWork, pick_id: int, *, to: datetime, by_id: int | None, now: datetime
) -> PostedPick:
    """Plan a scheduled pick for another time, or the first free slot from then on; its deadline moves along.

    Raises ButtonOutdated, NoSlotInTime.
    """
    posted = await _locked(uow, pick_id)
    pick, group = posted.pick, posted.group
    wanted = max(to, now)
    found = await slot_for(uow, group, curator_id=pick.curator_id, wanted=wanted, now=now, opening=pick_id)
    if pick.is_carried and found.at >= pick.closes_at:
        raise NoSlotInTime
    reschedule(group, pick, at=found.at)
    pick.wanted_at = None if found.fits else wanted
    await uow.picks.save(pick)
    await uow.audit.add(
        "pick_moved",
        group_id=group.id,
        person_id=by_id,
        pick_id=pick_id,
        details={"to": found.at.isoformat()},
        now=now,
    )
    await pull_forward(uow, group, now=now)
    return posted


async def free_slots(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> Sequence[datetime]:
    """The next moments, some hours apart, at which a scheduled pick could be posted."""
    pick, group = posted.pick, posted.group
    found = _usual_times(group, now=now)
    if group.keeps_allowance:
        book = (await books_of(uow, [group], now=now, opening=posted.id))[group.id or 0]
        is_owner = pick.curator_id is not None and pick.curator_id == group.owner_id
        found = (
            slot(group, book, wanted=wanted, now=now, curator_id=pick.curator_id, is_owner=is_owner).at
            for wanted in _usual_times(group, now=now)
        )
    # A supplier's deadline does not move along.
    return _apart(at for at in found if not pick.is_carried or at < pick.closes_at)


async def ask_owner(uow: UnitOfWork, posted: PostedPick, *, by_id: int, now: datetime) -> bool:
    """Show the owner a pick that waits, so that she may post it at once; says whether she can be reached."""
    group = posted.group
    owner = await uow.members.find(group.owner_id) if group.owner_id is not None else None
    if owner is None or not owner.private_is_open:
        return False
    await uow.outbox.add(
        OutboxKind.SLOT,
        chat_id=owner.id,
        subject_id=posted.id,
        payload={"asked_by": by_id},
        merge_key=f"slot:{posted.id}:{owner.id}",
        now=now,
    )
    return True


async def _locked(uow: UnitOfWork, pick_id: int) -> PostedPick:
    found = (await uow.picks.load([pick_id])).get(pick_id)
    if found is None:
        raise ButtonOutdated
    await uow.groups.lock(found.pick.group_id)
    posted = (await uow.picks.load([pick_id], lock=True))[pick_id]
    if posted.pick.state is not PickState.SCHEDULED:
        raise ButtonOutdated
    return posted


def _usual_times(group: Group, *, now: datetime) -> Iterator[datetime]:
    """Times of the coming days at which people post, by the group's clock."""
    zone = ZoneInfo(group.time_zone)
    today: date = now.astimezone(zone).date()
    for days in range(_DAYS_AHEAD):
        for hour in _HOURS:
            at = datetime.combine(today + timedelta(days=days), time(hour), zone).astimezone(UTC)
            if at > now:
                yield at


def _apart(moments: Iterator[datetime]) -> Sequence[datetime]:
    kept: list[datetime] = []
    for moment in sorted(set(moments)):
        if len(kept) < MOST_OFFERED and (not kept or moment - kept[-1] >= _APART):
            kept.append(moment)
    return kept
