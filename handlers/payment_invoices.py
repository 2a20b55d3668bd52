"""Paying by card and with Stars: the invoice, Telegram's last question before the charge, and the charge."""

import asyncio
from contextlib import suppress
from typing import Final

import structlog
from telegram import Message, Update
from telegram.error import BadRequest

from bot.errors import ShopError
from bot.i18n import Translator
from bot.payment_errors import CheckoutTooSlow, WayClosed
from bot.rules.payment_invoices import from_telegrams_units
from bot.services.members import open_private
from bot.services.payments.charges import Charge, record_charge
from bot.services.payments.invoices import Checkout, issue_invoice, open_checkout
from bot.services.payments.star_refunds import note_given_back
from bot.shop import Shop
from bot.views.payment_invoices import charge_unplaced, invoice_sent
from bot.views.refusals import refusal
from handlers.speaking import send, speaker
from handlers.updates import Tap, seen
from storage.repositories.members import Seen
from storage.states import PaymentMethod

log = structlog.get_logger(__name__)

ANSWER_SECONDS: Final = 7.0
"""Telegram gives up after ten, and the answer takes its time, too."""


_DECIDING: Final[set[asyncio.Task[ShopError | None]]] = set()
"""What is being decided, which nobody else may hold on to."""


async def card_chosen(tap: Tap, shop: Shop, order_id: int) -> None:
    """I pay by card: here is the invoice."""
    if not shop.provider_token:
        raise WayClosed
    await _invoice(tap, shop, order_id, PaymentMethod.CARD)


async def stars_chosen(tap: Tap, shop: Shop, order_id: int) -> None:
    """I pay with Stars: here is the invoice."""
    await _invoice(tap, shop, order_id, PaymentMethod.STARS)


async def checkout_asked(update: Update, shop: Shop) -> None:
    """May this person be charged for this invoice now? Nothing is charged without our yes."""
    query = update.pre_checkout_query
    assert query is not None
    person = seen(query.from_user)
    asked = Checkout(
        token=query.invoice_payload,
        person_id=person.id,
        amount=from_telegrams_units(query.total_amount, query.currency),
        currency=query.currency,
    )
    why = await _obstacle(shop, update.update_id, person, asked)
    # Too late, and nothing was charged: she will try again or not.
    with suppress(BadRequest):
        await query.answer(ok=why is None, error_message=why)


async def charge_told(update: Update, shop: Shop) -> None:
    """Somebody was charged; however often that is told, it is recorded once."""
    message = update.message
    assert message is not None
    charge = _charge(message)
    async with shop.writing() as uow:
        recorded = await record_charge(uow, charge, now=shop.now())
        if recorded is not None and not recorded.is_placed:
            t = await speaker(uow, charge.payer)
            await send(uow, shop, charge.payer.id, charge_unplaced(t, recorded.payment))
        if message.chat.type == message.chat.PRIVATE:
            await open_private(uow, charge.payer, now=shop.now())
    if recorded is not None and recorded.is_placed:
        log.info("charge_recorded", payment_id=recorded.payment.id)
    elif recorded is not None:
        log.error("charge_unplaced", payment_id=recorded.payment.id)


async def given_back_told(update: Update, shop: Shop) -> None:
    """Telegram has given somebody her Stars back, because we asked for it or not."""
    message = update.message
    assert message is not None
    assert message.refunded_payment is not None
    charge_id = message.refunded_payment.telegram_payment_charge_id
    try:
        async with shop.writing() as uow:
            await note_given_back(uow, charge_id, now=shop.now())
    except LookupError:
        # The comparison with Telegram's own book finds the charge, and then this.
        log.error("unknown_charge_given_back", charge_id=charge_id)


async def _invoice(tap: Tap, shop: Shop, order_id: int, method: PaymentMethod) -> None:
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        await issue_invoice(uow, order_id, person_id=tap.person.id, method=method, now=shop.now())
    await tap.answer(invoice_sent(t))


async def _obstacle(shop: Shop, update_id: int, person: Seen, asked: Checkout) -> str | None:
    """Why the payment may not begin, in the payer's language; None if it may, and then it has begun."""
    deciding = asyncio.create_task(_decide(shop, update_id, asked))
    _DECIDING.add(deciding)
    deciding.add_done_callback(_decided)
    # It is not cut off when it takes too long: what it writes only keeps others from paying for a while.
    done, _ = await asyncio.wait({deciding}, timeout=ANSWER_SECONDS)
    refused = deciding.result() if done else CheckoutTooSlow()
    if refused is None:
        return None
    if not done:
        log.warning("checkout_too_slow", person_id=person.id)
        return refusal(Translator(person.language), refused)
    async with shop.reading() as uow:
        return refusal(await speaker(uow, person), refused)


def _decided(deciding: asyncio.Task[ShopError | None]) -> None:
    _DECIDING.discard(deciding)
    if not deciding.cancelled() and (fault := deciding.exception()) is not None:
        log.warning("checkout_not_decided", error=type(fault).__name__)


async def _decide(shop: Shop, update_id: int, asked: Checkout) -> ShopError | None:
    try:
        async with shop.writing() as uow:
            # A question that is asked again is answered again, since the answer may have been lost.
            is_new = bool(await uow.updates.record([update_id], now=shop.now()))
            await open_checkout(uow, asked, is_told_again=not is_new, now=shop.now())
    except ShopError as error:
        return error
    return None


def _charge(message: Message) -> Charge:
    paid, payer = message.successful_payment, message.from_user
    assert paid is not None
    assert payer is not None
    return Charge(
        id=paid.telegram_payment_charge_id,
        provider_charge_id=paid.provider_payment_charge_id or None,
        payer=seen(payer),
        token=paid.invoice_payload,
        amount=from_telegrams_units(paid.total_amount, paid.currency),
        currency=paid.currency,
    )
