"""Goods that are kept for somebody who has to pay at once: until they are paid for, or may be.

Locks are taken in the order pick, order, payment: whoever writes down a payment calls `lock_pick_of` first.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from bot.money import Money
from bot.rules.handover import new_code
from bot.rules.holds import asks_at_once, comes_back, still_to_come, whole_minutes
from storage.repositories.holds import HeldOrder, NewHold
from storage.repositories.outbox import Priority
from storage.repositories.payments import OrderMoney
from storage.states import OrderState, OutboxKind
from storage.unit_of_work import UnitOfWork


async def lock_pick_of(uow: UnitOfWork, order_id: int) -> None:
    """Lock the stock that an order may come back to; to be done before the order or a payment is locked."""
    if await uow.holds.find_lapse(order_id) is None:
        return
    order = await uow.holds.find(order_id)
    if order is not None:
        await uow.picks.lock([order.pick_id])


async def secure_orders(uow: UnitOfWork, money: Mapping[int, OrderMoney], *, now: datetime) -> bool:
    """Let no order lapse that is paid for, or may be; whether any was confirmed by that.

    What waited for its money while its pick closed is confirmed now. The orders are locked.
    """
    placed = [key for key, facts in money.items() if facts.order_state is OrderState.PLACED]
    held = await uow.holds.expiry_of(money)
    await uow.holds.remove([key for key in held if key not in placed or not still_to_come(money[key])])
    waiting = await uow.holds.list_unconfirmed(placed) if placed else []
    for pick_id, orders in groupby(waiting, key=lambda pair: pair[0]):
        await _confirm(uow, pick_id, [order_id for _, order_id in orders], now=now)
    return bool(waiting)


async def due_at_once(uow: UnitOfWork, order_id: int, *, now: datetime) -> tuple[Money, int] | None:
    """What is still to be paid for an order at once, and in how many whole minutes; None: nothing."""
    until = (await uow.holds.expiry_of([order_id])).get(order_id)
    facts = (await uow.payments.money([order_id])).get(order_id) if until is not None else None
    if until is None or facts is None or not still_to_come(facts):
        return None
    amount = Money(amount=still_to_come(facts), currency=facts.currency)
    return amount, whole_minutes(until, now=now)


async def hold_again(
    uow: UnitOfWork, order_id: int, *, now: datetime, at_least: timedelta = timedelta(0)
) -> None:
    """Give somebody time to pay once more whose claim to have paid counts no more; the order is locked.

    Once the pick has closed its orders stand, and what is owed is between her and her curator.
    """
    order = await uow.holds.find(order_id)
    billed = (await uow.bills.load([order_id])).get(order_id)
    if order is None or billed is None:
        return
    ways = await uow.payments.list_ways(billed.group_id)
    is_asked = asks_at_once(
        pick=billed.pays_when,
        group=billed.group_pays_when,
        price_can_fall=billed.price_can_fall,
        group_ways=[way.method for way in ways],
        named=billed.named_methods,
    )
    facts = (await uow.payments.money([order_id]))[order_id]
    if not (is_asked and order.state is OrderState.PLACED and still_to_come(facts)):
        return
    until = now + max(at_least, timedelta(minutes=billed.hold_minutes))
    keeps = comes_back(order.lines, paid_quantity=paid_quantity_of(order, facts))
    await uow.holds.save([NewHold(order_id, keeps, until)])


def paid_quantity_of(order: HeldOrder, facts: OrderMoney) -> int:
    """How many pieces are paid for, as far as anybody knows."""
    costs = facts.lines_amount + facts.fee_amount - facts.discount_amount
    if costs <= 0:
        return sum(order.lines.values())
    # Each piece bears its part of what is taken off the order, and of what fetching it costs.
    return (costs - still_to_come(facts)) * sum(order.lines.values()) // costs


async def _confirm(uow: UnitOfWork, pick_id: int, order_ids: Collection[int], *, now: datetime) -> None:
    confirmed = await uow.orders.confirm(pick_id, now=now, only=order_ids)
    await uow.pickups.give_codes({order_id: new_code() for order_id in confirmed})
    for order_id, person_id in await uow.orders.list_private_buyers(pick_id):
        if order_id in confirmed:
            await uow.outbox.add(
                OutboxKind.RECEIPT,
                chat_id=person_id,
                subject_id=order_id,
                priority=Priority.RECEIPT,
                now=now,
            )
