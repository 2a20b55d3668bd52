"""A payment comes in: the one place where money is written down as received."""

from datetime import datetime

from bot.rules import ledger
from bot.rules.payments import PaymentEvent, stage_after
from bot.services.payments.lapses import restore_order
from bot.services.payments.receipts import issue_receipt
from bot.services.payments.settlements import settle_orders
from storage.models import Payment
from storage.repositories.outbox import Priority
from storage.repositories.payments import OrderMoney
from storage.states import OutboxKind, PaymentMethod, TransactionKind
from storage.unit_of_work import UnitOfWork


class CannotBeReceived(ValueError):
    """The payment is for no order, for one of another group or currency, or out of somebody else's credit."""


async def receive(uow: UnitOfWork, payment: Payment, *, now: datetime, by_id: int | None = None) -> None:
    """Record that a payment of a locked order came in: receipt number, ledger, reckoning, receipt.

    Whatever the order has become meanwhile, the money came in; what is too much goes back. Raises
    StepUnknown where it was received before, and CannotBeReceived.
    """
    stage = stage_after(payment.stage, PaymentEvent.RECEIVED)
    # The order first: whoever waits for the group's next number must wait for nothing more.
    facts = await _order_of(uow, payment)
    payment.stage = stage
    payment.decided_at, payment.decided_by_id, payment.expires_at = now, by_id, None
    await _number(uow, payment, facts)
    await uow.ledger.post(
        TransactionKind.PAYMENT,
        ledger.payment(facts.person_id, received_from(payment)),
        group_id=facts.group_id,
        order_id=facts.order_id,
        payment_id=payment.id,
        by_id=by_id,
        now=now,
    )
    await _acknowledge(uow, payment, facts.order_id, now=now)


async def count_for(
    uow: UnitOfWork, payment: Payment, order_id: int, amount: int, *, now: datetime, by_id: int
) -> None:
    """Let a payment that nobody could place pay for a locked order after all, so much of its currency.

    Raises CannotBeReceived where it pays for one already.
    """
    if payment.order_id is not None:
        raise CannotBeReceived(f"payment {payment.id} pays for order {payment.order_id}")
    payment.order_id = order_id
    facts = (await uow.payments.money([order_id], lock=True))[order_id]
    payment.amount, payment.currency = amount, facts.currency
    payment.decided_at, payment.decided_by_id = now, by_id
    _check_fits(payment, facts)
    await _number(uow, payment, facts)
    await uow.ledger.post(
        TransactionKind.CORRECTION,
        ledger.cleared(facts.person_id, received_from(payment)),
        group_id=facts.group_id,
        order_id=order_id,
        payment_id=payment.id,
        by_id=by_id,
        now=now,
    )
    await _acknowledge(uow, payment, order_id, now=now)


async def _order_of(uow: UnitOfWork, payment: Payment) -> OrderMoney:
    if payment.order_id is None:
        raise CannotBeReceived(f"payment {payment.id} is for no order")
    facts = (await uow.payments.money([payment.order_id], lock=True))[payment.order_id]
    _check_fits(payment, facts)
    return facts


def _check_fits(payment: Payment, facts: OrderMoney) -> None:
    if (payment.group_id, payment.currency) != (facts.group_id, facts.currency):
        raise CannotBeReceived(f"payment {payment.id} is not in the order's group and currency")
    if payment.method is PaymentMethod.CREDIT and payment.person_id != facts.person_id:
        raise CannotBeReceived(f"payment {payment.id} would come out of another's credit")


def received_from(payment: Payment) -> ledger.Received:
    """What the ledger has to know of a payment that comes in."""
    return ledger.Received(
        method=payment.method,
        amount=payment.amount,
        currency=payment.currency,
        charged_amount=payment.charged_amount or payment.amount,
        charged_currency=payment.charged_currency or payment.currency,
    )


async def _number(uow: UnitOfWork, payment: Payment, facts: OrderMoney) -> None:
    # What was undone and comes in after all keeps its number: another would leave a gap.
    if payment.receipt_number is None:
        payment.receipt_number = await uow.payments.next_receipt_number(facts.group_id)
    await uow.payments.save(payment)


async def _acknowledge(uow: UnitOfWork, payment: Payment, order_id: int, *, now: datetime) -> None:
    await restore_order(uow, order_id, now=now)
    await settle_orders(uow, [order_id], now=now)
    await issue_receipt(uow, payment)
    await uow.outbox.add(
        OutboxKind.PAYMENT_RECEIPT,
        chat_id=payment.person_id,
        subject_id=payment.id,
        merge_key=f"{OutboxKind.PAYMENT_RECEIPT}:{payment.id}",
        priority=Priority.RECEIPT,
        now=now,
    )
