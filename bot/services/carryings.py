"""Selling in one group what another supplies, and ending that from either side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.carrying_errors import CarryingOver
from bot.edit_errors import AlreadyOnOffer
from bot.errors import ButtonOutdated
from bot.posting import Place, Posting, share_offer
from bot.rules.carryings import Supplied, check_carriable
from bot.supplying import end_carryings
from storage.models import Carrying, Group, Listing, Pick
from storage.repositories.carryings import Supply
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.states import CarryingEnd, OutboxKind, PickState
from storage.unit_of_work import UnitOfWork

_GONE = (PickState.WITHDRAWN, PickState.FAILED)
_OPEN = (PickState.SCHEDULED, PickState.LIVE)


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A group carries something now: as this pick, which is posted, or waits for a free slot."""

    pick: Pick
    group: Group
    supply: Supply


async def carry(uow: UnitOfWork, listing_id: int, group_id: int, *, by_id: int, now: datetime) -> Carried:
    """Sell in a group what another supplies, on the terms of now, as a pick of its own.

    Where it had stopped, it begins anew: what is ordered from the earlier pick stands on the terms of then.
    Raises ButtonOutdated, AlreadyOnOffer, NoSlotInTime, OfferStopped and what `check_carriable` raises.
    """
    # The group first, as those do who post; then what is listed, as those do who end it.
    await uow.groups.lock(group_id)
    group = await uow.groups.get(group_id)
    listing = await uow.listings.find(listing_id, lock=True)
    if listing is None or not group.is_active:
        raise ButtonOutdated
    source = await uow.picks.get(listing.pick_id)
    pieces_left = await _pieces_left(uow, listing, source, group, now=now)
    posting = Posting(
        curator_id=by_id,
        closes_at=source.pick.closes_at,
        is_carried=True,
        quantity_limit=pieces_left,
    )
    [pick] = await share_offer(uow, listing.offer_id, [Place(group=group)], posting, now=now)
    assert pick.id is not None
    await uow.carryings.add(
        Carrying(
            pick_id=pick.id,
            listing_id=listing_id,
            group_id=group_id,
            supplier_id=listing.group_id,
            begun_by_id=by_id,
            begun_at=now,
            share_bps=listing.share_bps,
        )
    )
    await _note(uow, "carrying_begun", pick, source, by_id=by_id, now=now)
    await _show_source(uow, source, now=now)
    supply = Supply(listing.group_id, source.group.title, listing.share_bps, None)
    return Carried(pick=pick, group=group, supply=supply)


def check_carried(posted: PostedPick) -> None:
    """Raise unless a group sells a pick for another now: ButtonOutdated, CarryingOver."""
    if not posted.pick.is_carried:
        raise ButtonOutdated
    if posted.pick.state not in _OPEN or posted.pick.ended_at is not None:
        raise CarryingOver(posted.pick.number)


async def end_carrying(uow: UnitOfWork, pick_id: int, *, by_id: int | None, now: datetime) -> None:
    """A group stops selling what it carries; what is ordered stands. Raises ButtonOutdated, CarryingOver."""
    posted = (await uow.picks.load([pick_id], lock=True))[pick_id]
    check_carried(posted)
    await end_carryings(uow, [posted], CarryingEnd.BY_CARRIER, by_id=by_id, now=now)
    source = await uow.picks.get(await uow.carryings.source_of(pick_id))
    await _note(uow, "carrying_ended", posted.pick, source, by_id=by_id, now=now)


async def give_word(
    uow: UnitOfWork, pick_id: int, words: str | None, *, by_id: int, now: datetime
) -> PostedPick:
    """What its curator says of a carried pick herself stands on its card; None takes it away.

    Raises ButtonOutdated, CarryingOver.
    """
    posted = (await uow.picks.load([pick_id], lock=True))[pick_id]
    check_carried(posted)
    pick = posted.pick
    pick.vouched_by_id, pick.vouch_words = (by_id, words) if words else (None, None)
    await uow.picks.save(pick)
    await uow.audit.add("word_given", group_id=pick.group_id, person_id=by_id, pick_id=pick_id, now=now)
    await uow.outbox.add_cards({pick_id: posted.group.chat_id}, now=now)
    return posted


async def toggle_point(
    uow: UnitOfWork, pick_id: int, point_id: int, *, by_id: int, now: datetime
) -> PostedPick:
    """A carried pick can be fetched at this point of its group, too, or no longer; what is chosen stands.

    Without any it is all of them. Raises ButtonOutdated, CarryingOver.
    """
    posted = (await uow.picks.load([pick_id], lock=True))[pick_id]
    check_carried(posted)
    points = await uow.pickups.list_points(posted.pick.group_id, in_use=True)
    if point_id not in {point.id for point in points}:
        raise ButtonOutdated
    await uow.posts.set_points(pick_id, {*await uow.posts.list_points(pick_id)} ^ {point_id})
    await uow.audit.add(
        "carried_points_chosen", group_id=posted.pick.group_id, person_id=by_id, pick_id=pick_id, now=now
    )
    return posted


async def end_missed(uow: UnitOfWork, pick_id: int, *, now: datetime) -> None:
    """What waited for a slot until its supplier's deadline came is not posted any more."""
    posted = (await uow.picks.load([pick_id], lock=True))[pick_id]
    if posted.pick.state is PickState.SCHEDULED and posted.pick.ended_at is None:
        await end_carryings(uow, [posted], CarryingEnd.BY_SUPPLIER, by_id=None, now=now)


async def find_withdrawal(uow: UnitOfWork, pick_id: int) -> str | None:
    """Why a carried pick is to be withdrawn: its supplier's reason, or none in words where it never ran."""
    carrying = await uow.carryings.find(pick_id)
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if carrying is None or posted is None or posted.pick.state in _GONE:
        return None
    if carrying.end_reason is CarryingEnd.WITHDRAWN:
        return (await uow.picks.get(await uow.carryings.source_of(pick_id))).pick.reason or ""
    return "" if posted.pick.state is PickState.SCHEDULED else None


async def tell_of_end(uow: UnitOfWork, pick_id: int, *, now: datetime) -> None:
    """Tell the curator of the other side that a carrying has ended and, where a group is gone, the buyers."""
    # Another worker may be telling of it.
    carrying = await uow.carryings.find(pick_id, lock=True)
    if carrying is None or carrying.ended_at is None or carrying.told_at is not None:
        return
    posted = await uow.picks.get(pick_id)
    source = await uow.picks.get(await uow.carryings.source_of(pick_id))
    reason = carrying.end_reason
    if reason in (CarryingEnd.BY_CARRIER, CarryingEnd.CARRIER_GONE):
        await _tell_leaders(uow, source, posted, now=now)
    if reason is not CarryingEnd.BY_CARRIER:
        await _tell_leaders(uow, posted, posted, now=now)
    if reason in (CarryingEnd.CARRIER_GONE, CarryingEnd.SUPPLIER_GONE):
        await _tell_buyers(uow, posted, now=now)
    await uow.carryings.mark_told(pick_id, now=now)


async def _pieces_left(
    uow: UnitOfWork, listing: Listing, source: PostedPick, group: Group, *, now: datetime
) -> int | None:
    """How many pieces a group that can carry it may sell, beside those that it has sold; None: any number."""
    assert listing.id is not None
    assert group.id is not None
    zone = ZoneInfo(group.time_zone)
    here = await uow.carryings.find_here(listing.id, group.id)
    supplied = Supplied(
        supplier_id=listing.group_id,
        supplier_is_here=source.group.is_active,
        currency=source.offer.currency,
        state=source.pick.state,
        pick_opens_at=source.pick.opens_at.astimezone(zone),
        closes_at=source.pick.closes_at,
        is_stopped=source.offer.stopped_at is not None,
        opens_at=listing.opens_at.astimezone(zone),
        is_ended=listing.ended_at is not None,
        groups_limit=listing.groups_limit,
        carrier_count=(await uow.listings.count_carriers([listing.id])).get(listing.id, 0),
    )
    pieces_left = None if listing.pieces_limit is None else listing.pieces_limit - here.quantity
    check_carriable(
        supplied,
        group_id=group.id,
        currency=group.currency,
        number_here=here.number,
        pieces_left=pieces_left,
        now=now,
    )
    twin = await uow.posts.find_twin(group.id, source.offer)
    if twin is not None:
        raise AlreadyOnOffer(twin)
    return pieces_left


async def _note(
    uow: UnitOfWork, action: str, pick: Pick, source: PostedPick, *, by_id: int | None, now: datetime
) -> None:
    """In the audit log of the carrying group."""
    await uow.audit.add(
        action,
        group_id=pick.group_id,
        person_id=by_id,
        pick_id=pick.id,
        details={"supplier": source.group.title},
        now=now,
    )


async def _show_source(uow: UnitOfWork, source: PostedPick, *, now: datetime) -> None:
    """The supplier's card says that it is counted together with others."""
    await uow.outbox.add_cards({source.id: source.group.chat_id}, now=now)


async def _tell_leaders(uow: UnitOfWork, of: PostedPick, carried: PostedPick, *, now: datetime) -> None:
    """Whose pick it is, or her group's owner; where neither reads private messages, the group itself."""
    leaders = [key for key in (of.pick.curator_id, of.group.owner_id) if key is not None]
    reading = await uow.posts.list_private_readers(leaders)
    in_group = [of.group.chat_id] if of.group.is_active else []
    chats = [key for key in leaders if key in reading] or in_group
    side = "carrier" if of.id == carried.id else "supplier"
    rows = [_notice(carried, chat_id=chat, side=side, now=now) for chat in chats[:1]]
    await uow.outbox.add_all(rows, now=now)


async def _tell_buyers(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> None:
    """Each in private; where somebody does not read that, once in the group, if it can be told there."""
    chats = await uow.carryings.list_waiting(posted.id)
    if posted.group.is_active and await uow.carryings.count_open_orders(posted.id) > len(chats):
        chats.append(posted.group.chat_id)
    rows = [_notice(posted, chat_id=chat_id, side="buyer", now=now) for chat_id in chats]
    await uow.outbox.add_all(rows, now=now)


def _notice(posted: PostedPick, *, chat_id: int, side: str, now: datetime) -> dict[str, Any]:
    return {
        "kind": OutboxKind.CARRYING_ENDED,
        "chat_id": chat_id,
        "subject_id": posted.id,
        "payload": {"side": side},
        "merge_key": f"{OutboxKind.CARRYING_ENDED}:{posted.id}:{chat_id}:{side}",
        "priority": int(Priority.RECEIPT),
        "due_at": now,
    }
