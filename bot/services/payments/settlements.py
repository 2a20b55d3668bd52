"""Reckoning the money of orders: the ledger follows the order, and what is too much goes back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.rules import ledger
from bot.rules.payments import may_become
from bot.rules.settlements import Back, Given, backs, reckon
from storage.models import Discrepancy, Payment, Refund
from storage.repositories.outbox import Priority
from storage.repositories.payments import OrderMoney
from storage.states import (
    DiscrepancyKind,
    OrderState,
    OutboxKind,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    RefundReason,
    RefundStage,
    TransactionKind,
)
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
        await _give_back(uow, facts, reckoning.overpaid_amount, now=now)
        facts = (await uow.payments.money([facts.order_id]))[facts.order_id]
        reckoning = reckon(facts)
    if reckoning.state is not facts.payment_state:
        await uow.payments.set_payment_states({facts.order_id: reckoning.state})


async def _give_back(uow: UnitOfWork, facts: OrderMoney, amount: int, *, now: datetime) -> None:
    payments = {p.id or 0: p for p in await uow.payments.list_of_order(facts.order_id)}
    refunds = await uow.refunds.list_of_order(facts.order_id)
    given = [
        Given(key, p.method, p.amount, p.amount - sum(r.amount for r in refunds if r.payment_id == key))
        for key, p in payments.items()
        if p.stage is PaymentStage.RECEIVED
    ]
    reason = RefundReason.CANCELLED if facts.order_state is OrderState.CANCELLED else RefundReason.OVERPAID
    for back in backs(amount, given):
        await _owe_back(uow, facts, payments[back.payment_id], back, reason, now=now)


async def _owe_back(
    uow: UnitOfWork, facts: OrderMoney, payment: Payment, back: Back, reason: RefundReason, *, now: datetime
) -> None:
    refund = await uow.refunds.add(
        Refund(
            group_id=facts.group_id,
            order_id=facts.order_id,
            payment_id=payment.id,
            person_id=payment.person_id,
            method=back.method,
            stage=RefundStage.DUE,
            reason=reason,
            amount=back.amount,
            currency=facts.currency,
            created_at=now,
        )
    )
    postings = ledger.refund_due(facts.person_id, back.amount, facts.currency)
    if payment.person_id != facts.person_id:
        # Somebody else paid: it is she who gets it back.
        postings = [postings[0], postings[1]._replace(person_id=payment.person_id)]
    await uow.ledger.post(
        TransactionKind.REFUND_DUE,
        postings,
        group_id=facts.group_id,
        order_id=facts.order_id,
        payment_id=payment.id,
        refund_id=refund.id,
        now=now,
    )
    if back.method is PaymentMethod.CREDIT:
        await _credit(uow, facts, refund, now=now)
    await _announce(uow, refund, now=now)


async def _credit(uow: UnitOfWork, facts: OrderMoney, refund: Refund, *, now: datetime) -> None:
    """What was paid out of credit goes back there at once."""
    given = ledger.Received(
        PaymentMethod.CREDIT, refund.amount, refund.currency, refund.amount, refund.currency
    )
    refund.stage, refund.done_at = RefundStage.DONE, now
    await uow.refunds.save(refund)
    await uow.ledger.post(
        TransactionKind.REFUND,
        ledger.refund(refund.person_id, given),
        group_id=facts.group_id,
        order_id=facts.order_id,
        refund_id=refund.id,
        now=now,
    )


async def _announce(uow: UnitOfWork, refund: Refund, *, now: datetime) -> None:
    kind = OutboxKind.REFUND_DONE if refund.stage is RefundStage.DONE else OutboxKind.REFUND_DUE
    if refund.method is PaymentMethod.STARS:
        kind = OutboxKind.STAR_REFUND
    await uow.outbox.add(
        kind,
        chat_id=refund.person_id,
        subject_id=refund.id,
        merge_key=f"{kind}:{refund.id}",
        priority=Priority.RECEIPT,
        now=now,
    )


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
