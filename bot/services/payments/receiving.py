"""A payment comes in: the one place where money is written down as received."""

from datetime import datetime

from bot.rules import ledger
from bot.services.payments.receipts import issue_receipt
from bot.services.payments.settlements import settle_orders
from storage.models import Payment
from storage.repositories.outbox import Priority
from storage.states import OutboxKind, PaymentStage, TransactionKind
from storage.unit_of_work import UnitOfWork


async def receive(uow: UnitOfWork, payment: Payment, *, now: datetime, by_id: int | None = None) -> None:
    """Record that a locked payment of a known order came in: receipt number, ledger, reckoning, receipt.

    The caller has made sure that it was not received before. Raises ValueError where it has no order.
    """
    if payment.order_id is None or payment.group_id is None or payment.stage is PaymentStage.RECEIVED:
        raise ValueError(f"payment {payment.id} cannot be received")
    payment.stage = PaymentStage.RECEIVED
    payment.decided_at, payment.decided_by_id, payment.expires_at = now, by_id, None
    # The order first: whoever waits for the group's next number must wait for nothing more.
    buyer_id = (await uow.payments.money([payment.order_id], lock=True))[payment.order_id].person_id
    payment.receipt_number = await uow.payments.next_receipt_number(payment.group_id)
    await uow.payments.save(payment)
    received = ledger.Received(
        method=payment.method,
        amount=payment.amount,
        currency=payment.currency,
        charged_amount=payment.charged_amount or payment.amount,
        charged_currency=payment.charged_currency or payment.currency,
    )
    await uow.ledger.post(
        TransactionKind.PAYMENT,
        ledger.payment(buyer_id, received),
        group_id=payment.group_id,
        order_id=payment.order_id,
        payment_id=payment.id,
        by_id=by_id,
        now=now,
    )
    await settle_orders(uow, [payment.order_id], now=now)
    await issue_receipt(uow, payment)
    await uow.outbox.add(
        OutboxKind.PAYMENT_RECEIPT,
        chat_id=payment.person_id,
        subject_id=payment.id,
        merge_key=f"{OutboxKind.PAYMENT_RECEIPT}:{payment.id}",
        priority=Priority.RECEIPT,
        now=now,
    )
