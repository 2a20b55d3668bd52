"""Orders that lapse for want of money, come back when it arrives late, or are given up for it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.quoting import costs_by_quantity, requote
from bot.rules.holds import Held, asks_at_once, comes_back, falls_back_to, still_to_come
from bot.rules.settlements import costs_of, reckon
from bot.rules.teams import after_leaving, deadline
from bot.services.payments.holds import paid_quantity_of
from storage.repositories.holds import HeldOrder, Lapse
from storage.repositories.orders import LineChange, NewEvent
from storage.repositories.outbox import Priority
from storage.repositories.payments import OrderMoney
from storage.repositories.picks import CountChange, LockedPick, PostedPick
from storage.states import OrderEventKind, OrderState, OutboxKind, PickState
from storage.unit_of_work import UnitOfWork

_LIST_AGAIN_AFTER = timedelta(minutes=1)
"""Several orders that lapse at once change a curator's list once."""


async def lapse_hold(uow: UnitOfWork, order_id: int, *, now: datetime) -> bool:
    """Let an order fall back to what is paid for, once its time is over; whether it did.

    It waits while somebody is paying, and lets an order stand that need not be paid at once any more.
    """
    found = await uow.holds.find(order_id)
    if found is None:
        return False
    posted = (await uow.picks.lock([found.pick_id]))[found.pick_id]
    await uow.payments.lock([order_id])
    # What was read before the locks may be paid for since.
    order = await uow.holds.find(order_id)
    if order is None or order.keeps is None or order.expires_at is None or order.expires_at > now:
        return False
    if await uow.holds.is_being_paid(order_id, now=now):
        return False
    facts = (await uow.payments.money([order_id]))[order_id]
    await uow.holds.remove([order_id])
    await uow.payments.settle_later([order_id], now=now)
    kept = falls_back_to(
        Held(order.keeps, order.expires_at), order.lines, paid_quantity=paid_quantity_of(order, facts)
    )
    lost = {key: count - kept.get(key, 0) for key, count in order.lines.items() if count > kept.get(key, 0)}
    is_due = order.state is OrderState.PLACED and _asks(posted) and still_to_come(facts)
    if not (is_due and lost):
        return False
    await _let_go(uow, posted, order, kept=kept, lost=lost, now=now)
    return True


async def restore_order(uow: UnitOfWork, order_id: int, *, now: datetime) -> bool:
    """Give an order back what it lost for want of money that has come after all; whether it could.

    That is while the pick is open, as long as there is enough left, at no higher price; else the money goes
    back, as what is too much does. The payment is written down already, and the pick was locked before it.
    """
    if await uow.holds.find_lapse(order_id) is None:
        return False
    order = await uow.holds.find(order_id)
    assert order is not None
    posted = (await uow.picks.lock([order.pick_id]))[order.pick_id]
    await uow.payments.lock([order_id])
    order, lapse = await uow.holds.find(order_id), await uow.holds.find_lapse(order_id)
    if order is None or lapse is None:
        return False
    facts = (await uow.payments.money([order_id]))[order_id]
    back = comes_back(lapse.quantities, paid_quantity=await _paid_for(uow, order, lapse, facts, now=now))
    if not back:
        return False
    if not await _can_come_back(uow, posted, order, lapse, back, now=now):
        await _tell(uow, order, {"news": "too_late"}, now=now)
        return False
    await _put_back(uow, posted, order, back, now=now)
    return True


async def give_up(uow: UnitOfWork, order_id: int, *, now: datetime) -> bool:
    """Let go of an order whose goods nobody has fetched, so that what was paid goes back; whether it could.

    Its money is still to be reckoned. The pick was locked before the order, and the order before this.
    """
    order = await uow.holds.find(order_id)
    if order is None or order.state not in (OrderState.PLACED, OrderState.CONFIRMED):
        return False
    posted = (await uow.picks.lock([order.pick_id]))[order.pick_id]
    await uow.holds.remove([order_id])
    await _free(uow, posted, order, kept={}, lost=order.lines, now=now)
    changes = {key: -count for key, count in order.lines.items()}
    event = NewEvent(
        order_id=order_id, kind=OrderEventKind.CANCELLED, changes=changes, message_id=None, update_id=None
    )
    await uow.orders.add_events([event], now=now)
    return True


async def _paid_for(
    uow: UnitOfWork, order: HeldOrder, lapse: Lapse, facts: OrderMoney, *, now: datetime
) -> int:
    """How many of the pieces that have lapsed the money suffices for, with what promotions take off."""
    has, lost = sum(order.lines.values()), sum(lapse.quantities.values())
    quantities = range(has + 1, has + lost + 1)
    amounts = await costs_by_quantity(uow, order.order_id, quantities, lapse.unit_amount, now=now)
    most = costs_of(facts) + reckon(facts).overpaid_amount
    return max((count for count, amount in enumerate(amounts, start=1) if amount <= most), default=0)


def _asks(posted: LockedPick) -> bool:
    return asks_at_once(
        pick=posted.pays_when,
        group=posted.group_pays_when,
        price_can_fall=bool(posted.tier_count) or posted.team_price_amount is not None,
        group_ways=posted.group_ways or (),
        named=posted.named_ways,
    )


async def _let_go(
    uow: UnitOfWork,
    posted: LockedPick,
    order: HeldOrder,
    *,
    kept: Mapping[int, int],
    lost: Mapping[int, int],
    now: datetime,
) -> None:
    await _free(uow, posted, order, kept=kept, lost=lost, now=now)
    await uow.holds.note_lapse(order.order_id, Lapse(lost, order.unit_amount), now=now)
    await _tell(uow, order, {"news": "lapsed", "lost": {str(key): n for key, n in lost.items()}}, now=now)


async def _free(
    uow: UnitOfWork,
    posted: LockedPick,
    order: HeldOrder,
    *,
    kept: Mapping[int, int],
    lost: Mapping[int, int],
    now: datetime,
) -> None:
    """What an order loses is there for others; an order that has nothing left is cancelled."""
    await uow.orders.set_lines(
        [LineChange(order.order_id, key, kept.get(key, 0), order.unit_amount) for key in sorted(lost)]
    )
    if not kept:
        await uow.orders.set_states({order.order_id: OrderState.CANCELLED})
        await uow.pricing.forget([order.order_id])
        if order.team_id is not None:
            await _leave_team(uow, posted, order.team_id, order.person_id, now=now)
    await requote(uow, [order.order_id], now=now)
    await _count(uow, posted, {key: -n for key, n in lost.items()}, orders=0 if kept else -1, now=now)
    if posted.state is PickState.CLOSED:
        await _send_list_again(uow, posted, now=now)


async def _can_come_back(
    uow: UnitOfWork,
    posted: LockedPick,
    order: HeldOrder,
    lapse: Lapse,
    back: Mapping[int, int],
    *,
    now: datetime,
) -> bool:
    stands = order.state in (OrderState.PLACED, OrderState.CANCELLED)
    if not stands or posted.state is not PickState.LIVE or now >= posted.closes_at:
        return False
    if posted.is_stopped or posted.is_ended:
        return False
    if posted.room is not None and sum(back.values()) > posted.room:
        return False
    if _price(posted, order) > lapse.unit_amount:
        return False
    left = {v.id: None if v.stock is None else v.stock - v.sold for v in posted.variants}
    if any(key not in left for key in back):
        return False
    if any((room := left[key]) is not None and count > room for key, count in back.items()):
        return False
    if posted.limit_per_person is None:
        return True
    mine = (posted.offer_id, order.person_id)
    has = (await uow.pricing.held({mine})).get(mine, 0)
    return has + sum(back.values()) <= posted.limit_per_person


def _price(posted: LockedPick, order: HeldOrder) -> int:
    """What one piece more of an order costs: as those that it has, or as things stand now."""
    return order.unit_amount if order.lines else posted.price_amount


async def _put_back(
    uow: UnitOfWork, posted: LockedPick, order: HeldOrder, back: Mapping[int, int], *, now: datetime
) -> None:
    price = _price(posted, order)
    await uow.orders.set_lines(
        [LineChange(order.order_id, key, order.lines.get(key, 0) + n, price) for key, n in back.items()]
    )
    kind = OrderEventKind.AMENDED
    if order.state is OrderState.CANCELLED:
        kind = OrderEventKind.PLACED
        await uow.orders.set_states({order.order_id: OrderState.PLACED})
    event = NewEvent(order_id=order.order_id, kind=kind, changes=dict(back), message_id=None, update_id=None)
    await uow.orders.add_events([event], now=now)
    await requote(uow, [order.order_id], now=now, anew=True)
    await _count(uow, posted, back, orders=int(kind is OrderEventKind.PLACED), now=now)
    await _tell(uow, order, {"news": "restored"}, now=now)


async def _count(
    uow: UnitOfWork, posted: LockedPick, changes: Mapping[int, int], *, orders: int, now: datetime
) -> None:
    """Move stock and counters, and have every card show it."""
    await uow.picks.sell(dict(sorted(changes.items())))
    await uow.picks.count({posted.id: CountChange(orders=orders, quantity=sum(changes.values()))})
    shared = await uow.posts.cards_of([posted.offer_id]) if posted.pick_count > 1 else {}
    await uow.outbox.add_cards({posted.id: posted.chat_id, **shared}, now=now)
    if posted.tier_count:
        # With the quantity its price may have changed, which stands in the lists of open picks.
        for shown in await uow.posts.list_shown(posted.offer_id):
            await uow.outbox.add_overview(shown.group_id, shown.chat_id, now=now)


async def _leave_team(
    uow: UnitOfWork, posted: LockedPick, team_id: int, person_id: int, *, now: datetime
) -> None:
    """Free her seat; whoever is still in the team is told."""
    team = (await uow.teams.load([team_id]))[team_id]
    await uow.teams.vacate([(team_id, person_id)])
    present = [seat.person_id for seat in team.seats if seat.person_id != person_id]
    standing = after_leaving(
        state=team.state,
        leader_id=team.leader_id,
        present=present,
        size=team.size,
        until=deadline(expires_at=team.expires_at, closes_at=posted.closes_at),
        now=now,
    )
    await uow.teams.set_standing(team_id, state=standing.state, leader_id=standing.leader_id, now=now)
    news = {"news": "left", "who": [person_id], "led": team.leader_id == person_id}
    await uow.outbox.add_team_news(team_id, dict.fromkeys(present, news), now=now)


async def _send_list_again(uow: UnitOfWork, posted: LockedPick, *, now: datetime) -> None:
    """To the curator, who had it at the close with what has lapsed now; of what is carried, to both."""
    pick = await uow.picks.get(posted.id)
    await _send_list(uow, pick, now=now)
    if pick.pick.is_carried:
        supplied = await uow.picks.get(await uow.carryings.source_of(posted.id))
        if supplied.pick.state is PickState.CLOSED:
            await _send_list(uow, supplied, now=now)


async def _send_list(uow: UnitOfWork, pick: PostedPick, *, now: datetime) -> None:
    reader_id = pick.pick.curator_id or pick.group.owner_id
    reader = await uow.members.find(reader_id) if reader_id is not None else None
    in_private = reader is not None and reader.private_is_open
    await uow.outbox.add(
        OutboxKind.ROLL_UP,
        chat_id=reader.id if reader is not None and in_private else pick.group.chat_id,
        subject_id=pick.id,
        payload={"reader_id": reader.id if reader is not None else None, "in_private": in_private},
        merge_key=f"{OutboxKind.ROLL_UP}:{pick.id}",
        priority=Priority.RECEIPT,
        now=now,
        due_at=now + _LIST_AGAIN_AFTER,
    )


async def _tell(uow: UnitOfWork, order: HeldOrder, news: Mapping[str, object], *, now: datetime) -> None:
    person = await uow.members.find(order.person_id)
    if person is None or not person.private_is_open:
        return
    await uow.outbox.add(
        OutboxKind.HOLD_LAPSED,
        chat_id=order.person_id,
        subject_id=order.order_id,
        payload=news,
        priority=Priority.RECEIPT,
        now=now,
    )
