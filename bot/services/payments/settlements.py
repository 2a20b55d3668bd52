"""Reckoning the money of orders: the ledger follows the order, and what is too much goes back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.rules import ledger
from bot.rules.payments import may_become
from bot.rules.settlements import reckon
from bot.services.payments.obligations import give_back
from storage.models import Discrepancy
from storage.repositories.payments import OrderMoney
from storage.states import DiscrepancyKind, OrderState, PaymentState, RefundReason, TransactionKind
from storage.unit_of_work import UnitOfWork


async def settle_orders(uow: UnitOfWork, order_ids: Collection[int], *, now: datetime) -> None:
    """Reckon these orders' money anew; doing so twice changes nothing.

    Orders of groups that keep no money here, and that nothing was paid for, are passed over.
    """
    money = await uow.payments.money(order_ids, lock=True)
    charged = await uow.ledger.charged(list(money))
    for order_id, facts in money.items():
        if facts.is_tracked or facts.received_amount or order_id in charged:
            await _settle(uow, facts, charged.get(order_id, 0), now=now)
    await uow.payments.settled(order_ids)


async def _settle(uow: UnitOfWork, facts: OrderMoney, charged_amount: int, *, now: datetime) -> None:
    reckoning = reckon(facts)
    if not may_become(facts.payment_state, reckoning.state):
        await _review(uow, facts, reckoning.state, now=now)
        return
    change = reckoning.charged_amount - charged_amount
    if change:
        await uow.ledger.post(
            TransactionKind.CHARGE,
            ledger.charge(facts.person_id, change, facts.currency),
            group_id=facts.group_id,
            order_id=facts.order_id,
            now=now,
        )
    if reckoning.overpaid_amount:
        cancelled = facts.order_state is OrderState.CANCELLED
        reason = RefundReason.CANCELLED if cancelled else RefundReason.OVERPAID
        await give_back(uow, facts, reckoning.overpaid_amount, reason, now=now)
        facts = (await uow.payments.money([facts.order_id]))[facts.order_id]
        reckoning = reckon(facts)
    if reckoning.state is not facts.payment_state:
        await uow.payments.set_payment_states({facts.order_id: reckoning.state})


async def _review(uow: UnitOfWork, facts: OrderMoney, state: PaymentState, *, now: datetime) -> None:
    """No table knows this step, so a person has to look at it."""
    found: Sequence[tuple[str, object]] = [
        ("state", facts.order_state),
        ("payment_state", facts.payment_state),
        ("reckoned", state),
        ("lines", facts.lines_amount),
        ("received", facts.received_amount),
        ("refunded", facts.refunded_amount),
        ("refund_due", facts.refund_due_amount),
        ("currency", facts.currency),
    ]
    await uow.payments.open_discrepancy(
        Discrepancy(
            group_id=facts.group_id,
            order_id=facts.order_id,
            kind=DiscrepancyKind.STATES_DISAGREE,
            facts=dict(found),
            merge_key=f"states:{facts.order_id}:{facts.payment_state}:{state}",
            opened_at=now,
        )
    )
