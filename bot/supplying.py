"""What a supplier's deeds mean for those who sell its goods: for all who end, close or move a pick.

A listing is locked after groups and before picks, and the picks of an offer all at once.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.carrying_errors import SupplierDecides
from storage.models import Listing
from storage.repositories.picks import PostedPick
from storage.states import CarryingEnd, PickState
from storage.unit_of_work import UnitOfWork

_OPEN = (PickState.SCHEDULED, PickState.LIVE)
_HAS_ORDERS = (*_OPEN, PickState.CLOSED)


def require_own(posted: PostedPick) -> None:
    """Raise SupplierDecides for what is sold for another group."""
    if posted.pick.is_carried:
        raise SupplierDecides(posted.pick.number)


async def lock_offer(uow: UnitOfWork, pick_id: int) -> dict[int, PostedPick]:
    """A pick with all that post its offer, in other groups too, locked; and its listing before them."""
    await uow.listings.find_by_pick(pick_id, lock=True)
    beside = await uow.pricing.list_picks_beside(pick_id)
    return await uow.picks.load([other.id for other in beside], lock=True)


async def end_carryings(
    uow: UnitOfWork,
    carried: Collection[PostedPick],
    reason: CarryingEnd,
    *,
    by_id: int | None,
    now: datetime,
) -> None:
    """These picks, which are locked, take no further orders; a job tells those whom that concerns."""
    ended = {posted.id: posted for posted in carried}
    if not ended:
        return
    await uow.carryings.end(ended, reason, by_id=by_id, now=now)
    live = [posted for posted in ended.values() if posted.pick.state is PickState.LIVE]
    await uow.outbox.add_cards({posted.id: posted.group.chat_id for posted in live}, now=now)
    for posted in sorted(live, key=lambda one: one.pick.group_id):
        await uow.outbox.add_overview(posted.pick.group_id, posted.group.chat_id, now=now)


async def end_supply(
    uow: UnitOfWork,
    pick_id: int,
    locked: Mapping[int, PostedPick],
    reason: CarryingEnd,
    *,
    by_id: int | None,
    now: datetime,
) -> None:
    """Nobody can carry a pick any more, and whoever does takes no further orders.

    `locked` are all that post its offer. What is withdrawn goes from those as well who had ended it before.
    """
    listing = await uow.listings.find_by_pick(pick_id)
    if listing is None:
        return
    await _end(uow, listing, by_id=by_id, now=now)
    carried = [locked[key] for key in await uow.carryings.list_supplied(pick_id)]
    if reason is CarryingEnd.WITHDRAWN:
        gone = [posted for posted in carried if posted.pick.state in _HAS_ORDERS]
    else:
        gone = [posted for posted in carried if posted.pick.state in _OPEN and posted.pick.ended_at is None]
    await end_carryings(uow, gone, reason, by_id=by_id, now=now)


async def give_deadline(
    uow: UnitOfWork,
    pick_id: int,
    locked: Mapping[int, PostedPick],
    closes_at: datetime,
    *,
    now: datetime,
) -> None:
    """Whoever carries a pick closes it at this moment, too; `locked` are all that post its offer."""
    for posted in [locked[key] for key in await uow.carryings.list_supplied(pick_id)]:
        if posted.pick.state not in _OPEN:
            continue
        posted.pick.closes_at = closes_at
        await uow.picks.save(posted.pick)
        if posted.pick.state is PickState.LIVE:
            await uow.outbox.add_cards({posted.id: posted.group.chat_id}, now=now)
            await uow.outbox.add_overview(posted.pick.group_id, posted.group.chat_id, now=now)


async def leave_market(uow: UnitOfWork, group_id: int, *, now: datetime) -> None:
    """The bot is in a group no more: it supplies nobody any longer, and sells for nobody."""
    for listing in await uow.listings.lock_open(group_id):
        await _end(uow, listing, by_id=None, now=now)
    unfinished = await uow.carryings.list_unfinished(group_id)
    locked = await uow.picks.load(unfinished, lock=True)
    own = [posted for posted in locked.values() if posted.pick.group_id == group_id]
    supplied = [posted for posted in locked.values() if posted.pick.group_id != group_id]
    await end_carryings(uow, own, CarryingEnd.CARRIER_GONE, by_id=None, now=now)
    await end_carryings(uow, supplied, CarryingEnd.SUPPLIER_GONE, by_id=None, now=now)


async def _end(uow: UnitOfWork, listing: Listing, *, by_id: int | None, now: datetime) -> None:
    if listing.ended_at is None:
        listing.ended_at, listing.ended_by_id = now, by_id
        await uow.listings.save(listing)
