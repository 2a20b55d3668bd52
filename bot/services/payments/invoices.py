"""Telegram's invoices: issued for exactly what is owed, and checked before anybody is charged."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.payment_errors import InvoiceUnknown, WayClosed
from bot.rules.ledger import STARS_CURRENCY
from bot.rules.payment_invoices import (
    Charged,
    Issued,
    Standing,
    check_alone,
    check_checkout,
    in_telegrams_units,
    stars_for,
)
from bot.rules.payments import PaymentEvent, stage_after
from bot.services.payments.bills import Bill, bill_of, find_bill
from storage.models import Payment
from storage.repositories.outbox import Priority
from storage.states import OutboxKind, PaymentMethod, PaymentStage
from storage.unit_of_work import UnitOfWork

TOKEN_BEGINS: Final = "vouch-"
"""How the payload of each invoice begins, so that one's own are told from those of another program."""


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """Somebody is about to be charged: Telegram asks whether she may be."""

    token: str
    person_id: int
    amount: int
    currency: str


async def issue_invoice(
    uow: UnitOfWork, order_id: int, *, person_id: int, method: PaymentMethod, now: datetime
) -> Payment:
    """Send an invoice for what this order still owes; one that says so already is sent again.

    Raises what `bill_of` does, ClaimWaits and PaymentUnderWay, and WayClosed for a currency of doubt.
    """
    bill = await bill_of(uow, order_id, person_id=person_id, method=method, lock=True)
    charged_amount, charged_currency = _charged(bill, method)
    invoices = await _invoices(uow, order_id)
    others_until = _being_paid(i for i in invoices if i.method is not method)
    check_alone(others_until, claimed_amount=bill.money.claimed_amount, now=now)
    found: Payment | None = None
    for invoice in invoices:
        if _asks_for(invoice, bill, method, charged_amount):
            found = invoice
        elif invoice.stage is PaymentStage.OPEN and invoice.amount != bill.amount:
            invoice.stage = stage_after(invoice.stage, PaymentEvent.LAPSED)
            await uow.payments.save(invoice)
    if found is None:
        found = await uow.payments.add(
            Payment(
                group_id=bill.order.group_id,
                order_id=order_id,
                person_id=person_id,
                method=method,
                stage=PaymentStage.OPEN,
                amount=bill.amount,
                currency=bill.money.currency,
                charged_amount=charged_amount,
                charged_currency=charged_currency,
                token=TOKEN_BEGINS + secrets.token_urlsafe(24),
                created_at=now,
            )
        )
    await uow.outbox.add(
        OutboxKind.INVOICE,
        chat_id=person_id,
        subject_id=found.id,
        merge_key=f"{OutboxKind.INVOICE}:{found.id}",
        priority=Priority.ANSWER,
        now=now,
    )
    return found


async def open_checkout(uow: UnitOfWork, asked: Checkout, *, is_told_again: bool, now: datetime) -> None:
    """Let a payment begin: until it is over, or its time is, nobody pays the same by another invoice.

    The same invoice may be tried again by its person: a bank that refuses a card tells us nothing. Raises
    InvoiceUnknown and what `check_checkout` and `bill_of` raise.
    """
    known = await uow.payments.find_by_token(asked.token)
    if known is None or known.id is None or known.order_id is None:
        raise InvoiceUnknown
    bill = await find_bill(uow, known.order_id, lock=True)
    payment = await uow.payments.get(known.id, lock=True)
    if bill is None:
        raise InvoiceUnknown
    others = [i for i in await _invoices(uow, known.order_id) if i.id != payment.id]
    standing = Standing(
        state=bill.money.order_state,
        outstanding_amount=bill.amount,
        others_until=_being_paid(others),
        claimed_amount=bill.money.claimed_amount,
    )
    charged = Charged(asked.person_id, asked.amount, asked.currency)
    check_checkout(issued(payment), charged, standing, now=now)
    await bill_of(uow, known.order_id, person_id=asked.person_id, method=payment.method)
    if is_told_again:
        return
    payment.stage = stage_after(payment.stage, PaymentEvent.BEGUN)
    payment.expires_at = now + timedelta(minutes=bill.order.hold_minutes)
    await uow.payments.save(payment)


async def lapse_invoice(uow: UnitOfWork, payment_id: int) -> Payment | None:
    """Give up an invoice that nobody has begun to pay; None if it is too late for that."""
    payment = await uow.payments.get(payment_id, lock=True)
    if payment.stage is not PaymentStage.OPEN:
        return None
    payment.stage = stage_after(payment.stage, PaymentEvent.LAPSED)
    await uow.payments.save(payment)
    return payment


async def lapse_open(uow: UnitOfWork, order_id: int) -> None:
    """Give up the invoices of a locked order that are for more than it owes now."""
    bill = await find_bill(uow, order_id)
    for invoice in await _invoices(uow, order_id):
        if invoice.stage is PaymentStage.OPEN and (bill is None or invoice.amount > bill.amount):
            invoice.stage = stage_after(invoice.stage, PaymentEvent.LAPSED)
            await uow.payments.save(invoice)


def issued(payment: Payment) -> Issued:
    """An invoice as it was issued."""
    return Issued(
        person_id=payment.person_id,
        method=payment.method,
        stage=payment.stage,
        amount=payment.amount,
        currency=payment.currency,
        charged_amount=payment.charged_amount or payment.amount,
        charged_currency=payment.charged_currency or payment.currency,
    )


def _charged(bill: Bill, method: PaymentMethod) -> tuple[int, str]:
    if method is PaymentMethod.CARD:
        in_telegrams_units(bill.amount, bill.money.currency)
        return bill.amount, bill.money.currency
    way = bill.way(method)
    if way is None or not way.stars_per_unit:
        raise WayClosed
    return stars_for(bill.amount, bill.money.currency, way.stars_per_unit), STARS_CURRENCY


async def _invoices(uow: UnitOfWork, order_id: int) -> Sequence[Payment]:
    return [payment for payment in await uow.payments.list_of_order(order_id) if payment.token is not None]


def _being_paid(invoices: Iterable[Payment]) -> tuple[datetime, ...]:
    return tuple(
        invoice.expires_at
        for invoice in invoices
        if invoice.stage is PaymentStage.PAYING and invoice.expires_at is not None
    )


def _asks_for(invoice: Payment, bill: Bill, method: PaymentMethod, charged_amount: int) -> bool:
    """Whether an invoice that can still be paid asks for exactly this."""
    return (
        invoice.stage in (PaymentStage.OPEN, PaymentStage.PAYING)
        and invoice.method is method
        and invoice.amount == bill.amount
        and invoice.charged_amount == charged_amount
    )
