"""Closing a pick: its price is settled, its orders are confirmed or cancelled, and everybody is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.edit_errors import PickOver
from bot.quoting import requote
from bot.recall_errors import StoppedOpen
from bot.reckoning import reckon_pick_later
from bot.rules.handover import new_code
from bot.rules.pricing import Ending, Terms, TierPrice, ending, own_price
from storage.models import Person
from storage.repositories.outbox import Priority
from storage.repositories.picks import CountChange, PostedPick
from storage.states import OutboxKind, PickState
from storage.unit_of_work import UnitOfWork


async def close_pick(uow: UnitOfWork, pick_id: int, *, now: datetime) -> PostedPick:
    """End a live pick: it closes at the best price reached, or fails below its minimum quantity.

    Raises PickOver, StoppedOpen for what is stopped, and LookupError where there is no such pick.
    """
    # All picks of the offer, since the price of those that closed before may fall with this one.
    beside = await uow.pricing.list_picks_beside(pick_id)
    locked = await uow.picks.load([pick.id for pick in beside] or [pick_id], lock=True)
    posted = locked.pop(pick_id, None)
    if posted is None:
        raise LookupError(f"no pick {pick_id}")
    if posted.pick.state is not PickState.LIVE:
        raise PickOver(posted.pick.number, posted.pick.state)
    if posted.offer.stopped_at is not None:
        raise StoppedOpen(posted.pick.number)
    if posted.offer.team_price_amount is not None and await uow.teams.list_open(pick_id):
        raise RuntimeError(f"pick {pick_id} has open teams: they are settled before it closes")
    closed = [other for other in locked.values() if other.pick.state is PickState.CLOSED]
    terms = await _terms(uow, posted)
    quantity = sum(variant.sold for variant in posted.variants)
    end = ending(
        terms,
        quantity=quantity,
        minimum=posted.offer.minimum_quantity,
        earlier=[other.pick.final_amount for other in closed if other.pick.final_amount is not None],
    )
    posted.pick.closed_at, posted.pick.final_quantity = now, quantity
    if end.fails:
        await _fail(uow, posted, now=now)
    else:
        await _settle(uow, posted, terms, end, now=now)
        for other in closed:
            await _lower(uow, other, end, now=now)
    await uow.outbox.add_cards(
        {pick_id: posted.group.chat_id, **(await uow.posts.cards_of([posted.pick.offer_id]))}, now=now
    )
    await uow.outbox.add_overview(posted.pick.group_id, posted.group.chat_id, now=now)
    if not end.fails:
        await _send_roll_up(uow, posted, now=now)
    return posted


async def _terms(uow: UnitOfWork, posted: PostedPick) -> Terms:
    tiers = (await uow.pricing.tiers([posted.pick.offer_id])).get(posted.pick.offer_id, [])
    return Terms(price_amount=posted.offer.price_amount, tiers=tuple(TierPrice(*tier) for tier in tiers))


async def _settle(uow: UnitOfWork, posted: PostedPick, terms: Terms, end: Ending, *, now: datetime) -> None:
    pick = posted.pick
    pick.state = PickState.CLOSED
    if posted.offer.team_price_amount is None:
        pick.final_amount = end.unit_amount
        kept = await uow.pricing.kept([posted.id])
        await uow.pricing.lower([posted.id], end.unit_amount, but=kept, now=now)
        await uow.pricing.set_prices(_kept_prices(kept, end, quantity=pick.final_quantity or 0), now=now)
    await uow.picks.save(pick)
    confirmed = await uow.orders.confirm(posted.id, now=now)
    # After the orders, since promotions are locked after them.
    await requote(uow, await uow.promotions.list_in([posted.id]), now=now)
    await uow.payments.settle_pick_later(posted.id, now=now)
    await reckon_pick_later(uow, posted.id, now=now)
    await uow.pickups.give_codes({key: new_code() for key in confirmed})
    buyers = await uow.orders.list_private_buyers(posted.id)
    await _tell(uow, OutboxKind.RECEIPT, buyers, now=now)


def _kept_prices(kept: Mapping[int, Mapping[str, object]], end: Ending, *, quantity: int) -> dict[int, int]:
    """What those who keep older terms pay, where that is not what they were promised at most."""
    settled = Terms(price_amount=end.unit_amount)
    older = {order_id: Terms.read(document) for order_id, document in kept.items()}
    prices = {order_id: own_price(settled, terms, quantity) for order_id, terms in older.items()}
    return {key: price for key, price in prices.items() if price != older[key].price_amount}


async def _lower(uow: UnitOfWork, other: PostedPick, end: Ending, *, now: datetime) -> None:
    """A pick that closed before costs no more than the offer's last."""
    if other.pick.final_amount is None or other.pick.final_amount <= end.unit_amount:
        return
    other.pick.final_amount = end.unit_amount
    await uow.picks.save(other.pick)
    lowered = set(await uow.pricing.lower([other.id], end.unit_amount, now=now))
    await requote(uow, lowered, now=now)
    await uow.payments.settle_later(lowered, now=now)
    buyers = await uow.orders.list_private_buyers(other.id)
    await _tell(
        uow,
        OutboxKind.RECEIPT,
        [(order_id, person_id) for order_id, person_id in buyers if order_id in lowered],
        payload={"has_fallen": True},
        now=now,
    )
    await uow.outbox.add_cards({other.id: other.group.chat_id}, now=now)
    await _send_roll_up(uow, other, now=now)


async def _fail(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> None:
    posted.pick.state = PickState.FAILED
    await uow.picks.save(posted.pick)
    buyers = await uow.pricing.list_buyers([posted.id])
    given = await uow.orders.cancel_all(posted.id, by_id=None, now=now)
    await requote(uow, [order.order_id for order in given], now=now)
    await uow.payments.settle_pick_later(posted.id, now=now)
    await reckon_pick_later(uow, posted.id, now=now)
    await uow.teams.end_all(posted.id, now=now)
    back: dict[int, int] = {}
    for order in given:
        for variant_id, quantity in order.quantities.items():
            back[variant_id] = back.get(variant_id, 0) - quantity
    if given:
        await uow.picks.sell(back)
        change = CountChange(orders=-len(given), quantity=sum(back.values()))
        await uow.picks.count({posted.id: change})
    told = [(posted.id, buyer.person_id) for buyer in buyers if buyer.private_is_open]
    await _tell(uow, OutboxKind.ORDER_FAILED, told, now=now)
    shut = [buyer.person_id for buyer in buyers if not buyer.private_is_open]
    reader = await _reader(uow, posted)
    knows = reader is not None and reader.private_is_open
    if knows:
        await _send_roll_up(uow, posted, now=now)
    if shut or not knows:
        await uow.outbox.add(
            OutboxKind.PICK_FAILED,
            chat_id=posted.group.chat_id,
            subject_id=posted.id,
            payload={"person_ids": shut},
            priority=Priority.RECEIPT,
            now=now,
        )


async def _tell(
    uow: UnitOfWork,
    kind: OutboxKind,
    buyers: Iterable[tuple[int, int]],
    *,
    now: datetime,
    payload: Mapping[str, object] | None = None,
) -> None:
    """Tell people something in private, by (subject, person)."""
    rows = [
        {
            "kind": kind,
            "chat_id": person_id,
            "subject_id": order_id,
            "payload": payload,
            "merge_key": None,
            "priority": int(Priority.RECEIPT),
            "due_at": now,
        }
        for order_id, person_id in buyers
    ]
    await uow.outbox.add_all(rows, now=now)


async def _send_roll_up(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> None:
    reader = await _reader(uow, posted)
    in_private = reader is not None and reader.private_is_open
    await uow.outbox.add(
        OutboxKind.ROLL_UP,
        chat_id=reader.id if reader is not None and in_private else posted.group.chat_id,
        subject_id=posted.id,
        payload={"reader_id": reader.id if reader is not None else None, "in_private": in_private},
        priority=Priority.RECEIPT,
        now=now,
    )


async def _reader(uow: UnitOfWork, posted: PostedPick) -> Person | None:
    """Whose list it is: the curator's; a pick posted in the group's name is its owner's, or a leader's."""
    reader_id = posted.pick.curator_id or posted.group.owner_id
    if reader_id is not None:
        return await uow.members.find(reader_id)
    return next(iter(await uow.members.list_leaders(posted.pick.group_id)), None)
