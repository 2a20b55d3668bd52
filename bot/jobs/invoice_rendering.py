"""Invoices and refunds of Stars: the calls that they are, and what Telegram's answer means."""

from typing import Final

import structlog

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer
from bot.services.payments.bills import find_bill
from bot.services.payments.invoices import lapse_invoice
from bot.services.payments.star_refunds import stars_gone_back, stars_not_given_back
from bot.shop import Shop
from bot.telegram.parcels import Refusal
from bot.views.payment_invoices import invoice, invoice_refused
from storage.states import OutboxKind, PaymentMethod, PaymentStage, RefundStage
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

_ABOUT_AMOUNTS = ("amount", "price")


async def _invoice(due: Due) -> Call | None:
    payment = await due.uow.payments.get(due.subject_id)
    if payment.stage not in (PaymentStage.OPEN, PaymentStage.PAYING) or payment.order_id is None:
        return None
    bill = await find_bill(due.uow, payment.order_id)
    person = await due.uow.members.get(payment.person_id)
    if bill is None:
        return None
    own = await due.uow.orders.list_own_lines([payment.order_id])
    t = Translator(person.language)
    drawn = invoice(
        t,
        payment,
        bill,
        own,
        provider_token=due.shop.provider_token,
        others_link=due.shop.link(f"pay_{payment.order_id}"),
    )
    return "sendInvoice", dict(drawn)


async def _star_refund(due: Due) -> Call | None:
    refund = await due.uow.refunds.get(due.subject_id)
    is_ours = refund.method is PaymentMethod.STARS and refund.payment_id is not None
    if refund.stage is RefundStage.DONE or not is_ours:
        return None
    payment = await due.uow.payments.get(refund.payment_id or 0)
    return "refundStarPayment", {
        "user_id": payment.person_id,
        "telegram_payment_charge_id": payment.charge_id,
    }


async def invoice_not_sent(uow: UnitOfWork, shop: Shop, payment_id: int, error: Refusal) -> None:
    """Telegram takes no such invoice: its buyer is told so once, and can pay in another way."""
    payment = await lapse_invoice(uow, payment_id)
    if payment is None:
        return
    log.error("invoice_refused", payment_id=payment_id, method=payment.method, reason=error.description)
    person = await uow.members.get(payment.person_id)
    is_amount = any(word in error.description.lower() for word in _ABOUT_AMOUNTS)
    screen = invoice_refused(Translator(person.language), payment, is_amount=is_amount)
    await uow.outbox.add(
        OutboxKind.MESSAGE, chat_id=payment.person_id, payload=screen.payload(), now=shop.now()
    )


async def star_refund_answered(uow: UnitOfWork, shop: Shop, refund_id: int) -> None:
    """Telegram has given the Stars back, just now or before."""
    await stars_gone_back(uow, refund_id, now=shop.now())


async def star_refund_refused(uow: UnitOfWork, shop: Shop, refund_id: int, error: Refusal) -> None:
    """Telegram does not give the Stars back, so now the curator has to."""
    log.error("star_refund_refused", refund_id=refund_id, reason=error.description)
    await stars_not_given_back(uow, refund_id, error.description, now=shop.now())


INVOICE_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.INVOICE: _invoice,
    OutboxKind.STAR_REFUND: _star_refund,
}
