"""Reckoning the money of orders: the ledger follows the order, and what is too much goes back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.quoting import requote
from bot.reckoning import reckon_later
from bot.rules import ledger
from bot.rules.payments import Contradiction, contradictions
from bot.rules.settlements import reckon
from bot.services.payments.findings import open_discrepancy
from bot.services.payments.holds import secure_orders
from bot.services.payments.obligations import give_back
from storage.models import Discrepancy
from storage.repositories.payments import OrderMoney
from storage.states import DiscrepancyKind, FulfilmentState, OrderState, RefundReason, TransactionKind
from storage.unit_of_work import UnitOfWork


async def settle_orders(uow: UnitOfWork, order_ids: Collection[int], *, now: datetime) -> None:
    """Reckon these orders' money anew; doing so twice changes nothing.

    Orders of groups that keep no money here, and that nothing was paid for, are passed over.
    """
    # First of all, so that what somebody changes while we reckon is reckoned once more.
    await uow.payments.lock(order_ids)
    await uow.payments.settled(order_ids)
    await requote(uow, order_ids, now=now)
    await reckon_later(uow, order_ids, now=now)
    money = await uow.payments.money(order_ids)
    if await secure_orders(uow, money, now=now):
        money = await uow.payments.money(order_ids)
    charged = await uow.ledger.charged(list(money))
    for order_id, facts in money.items():
        if facts.is_tracked or facts.received_amount or order_id in charged:
            await _settle(uow, facts, charged.get(order_id, 0), now=now)


async def _settle(uow: UnitOfWork, facts: OrderMoney, charged_amount: int, *, now: datetime) -> None:
    found = contradictions(facts)
    if found:
        await _review(uow, facts, found, now=now)
        facts = await _again(uow, facts)
    await _charge(uow, facts, charged_amount, now=now)
    overpaid_amount = reckon(facts).overpaid_amount
    if overpaid_amount:
        await give_back(uow, facts, overpaid_amount, _why(facts), now=now)
        facts = await _again(uow, facts)
    state = reckon(facts).state
    if state is not facts.payment_state:
        await uow.payments.set_payment_states({facts.order_id: state})


def _why(facts: OrderMoney) -> RefundReason:
    """Why more was paid for an order than it costs."""
    if facts.order_state is OrderState.CANCELLED:
        return RefundReason.CANCELLED
    if facts.fulfilment_state is FulfilmentState.RETURNED:
        return RefundReason.RETURNED
    return RefundReason.OVERPAID


async def _charge(uow: UnitOfWork, facts: OrderMoney, charged_amount: int, *, now: datetime) -> None:
    wanted = reckon(facts).charged_amount
    if wanted is None or wanted == charged_amount:
        return
    await uow.ledger.post(
        TransactionKind.CHARGE,
        ledger.charge(facts.person_id, wanted - charged_amount, facts.currency),
        group_id=facts.group_id,
        order_id=facts.order_id,
        now=now,
    )


async def _again(uow: UnitOfWork, facts: OrderMoney) -> OrderMoney:
    return (await uow.payments.money([facts.order_id]))[facts.order_id]


async def _review(
    uow: UnitOfWork, facts: OrderMoney, found: Sequence[Contradiction], *, now: datetime
) -> None:
    """Facts that cannot be true together: a person has to look at them, once for each set of them."""
    amounts = {
        "lines": facts.lines_amount,
        "received": facts.received_amount,
        "refunded": facts.refunded_amount,
        "refund_due": facts.refund_due_amount,
    }
    named = [str(one) for one in [*found, facts.fulfilment_state, *amounts.values()]]
    await open_discrepancy(
        uow,
        Discrepancy(
            group_id=facts.group_id,
            order_id=facts.order_id,
            kind=DiscrepancyKind.STATES_DISAGREE,
            facts={"found": list(found), **amounts, "currency": facts.currency},
            merge_key=":".join(["states", str(facts.order_id), *named]),
            opened_at=now,
        ),
    )
