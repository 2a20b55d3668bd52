"""sendInvoice and createInvoiceLink, and what an invoice must be."""

import json
import re
from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.content import SEND_IGNORES, SEND_REFUSES, extras, placement
from sandbox.methods.markup import read_inline
from sandbox.methods.registry import Call, ChatId, method, only_fields
from sandbox.models.invoices import Invoice
from sandbox.models.users import Json
from sandbox.posting import post

_LONGEST_TITLE = 32
_LONGEST_DESCRIPTION = 255
_LONGEST_PAYLOAD = 128  # bytes
_MOST_TIPS = 4
_BIGGEST_AMOUNT = 9999_9999_9999
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{0,64}")
_PRICE_FIELDS = frozenset({"label", "amount"})


@method("sendInvoice", ignores=SEND_IGNORES, refuses=SEND_REFUSES - {"business_connection_id"})
async def send_invoice(
    call: Call,
    *,
    chat_id: ChatId,
    title: str,
    description: str,
    payload: str,
    currency: str,
    prices: list[Any],
    provider_token: str = "",
    max_tip_amount: int = 0,
    suggested_tip_amounts: list[Any] | None = None,
    start_parameter: str = "",
    provider_data: str = "",
    photo_url: str = "",
    photo_size: int = 0,
    photo_width: int = 0,
    photo_height: int = 0,
    need_name: bool = False,
    need_phone_number: bool = False,
    need_email: bool = False,
    need_shipping_address: bool = False,
    send_phone_number_to_provider: bool = False,
    send_email_to_provider: bool = False,
    is_flexible: bool = False,
    message_thread_id: int = 0,
    protect_content: bool = False,
    reply_parameters: dict[str, Any] | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Json:
    """Post an invoice with a Pay button."""
    chat = call.writable(chat_id)
    invoice = read_invoice(
        call,
        title=title,
        description=description,
        payload=payload,
        currency=currency,
        prices=prices,
        provider_token=provider_token,
        max_tip_amount=max_tip_amount,
        suggested_tip_amounts=suggested_tip_amounts,
        start_parameter=start_parameter,
        provider_data=provider_data,
        photo=_photo(photo_url, photo_size, photo_width, photo_height),
        need_name=need_name,
        need_phone_number=need_phone_number or send_phone_number_to_provider,
        need_email=need_email or send_email_to_provider,
        need_shipping_address=need_shipping_address,
        is_flexible=is_flexible,
    )
    message = post(
        call.world,
        chat,
        call.bot.user,
        invoice=invoice,
        markup=read_inline(chat, reply_markup, for_invoice=True) or invoice.pay_markup,
        **placement(call, chat, message_thread_id, reply_parameters),
        **extras(protect_content=protect_content),
    )
    return message.to_json()


@method("createInvoiceLink", refuses=frozenset({"business_connection_id", "subscription_period"}))
async def create_invoice_link(
    call: Call,
    *,
    title: str,
    description: str,
    payload: str,
    currency: str,
    prices: list[Any],
    provider_token: str = "",
    max_tip_amount: int = 0,
    suggested_tip_amounts: list[Any] | None = None,
    provider_data: str = "",
    photo_url: str = "",
    photo_size: int = 0,
    photo_width: int = 0,
    photo_height: int = 0,
    need_name: bool = False,
    need_phone_number: bool = False,
    need_email: bool = False,
    need_shipping_address: bool = False,
    send_phone_number_to_provider: bool = False,
    send_email_to_provider: bool = False,
    is_flexible: bool = False,
) -> str:
    """Make a link that opens an invoice wherever it is posted."""
    invoice = read_invoice(
        call,
        title=title,
        description=description,
        payload=payload,
        currency=currency,
        prices=prices,
        provider_token=provider_token,
        max_tip_amount=max_tip_amount,
        suggested_tip_amounts=suggested_tip_amounts,
        provider_data=provider_data,
        photo=_photo(photo_url, photo_size, photo_width, photo_height),
        need_name=need_name,
        need_phone_number=need_phone_number or send_phone_number_to_provider,
        need_email=need_email or send_email_to_provider,
        need_shipping_address=need_shipping_address,
        is_flexible=is_flexible,
    )
    return call.world.payments.add_link(invoice)


def read_invoice(
    call: Call,
    *,
    title: str,
    description: str,
    payload: str,
    currency: str,
    prices: list[Any],
    provider_token: str = "",
    max_tip_amount: int = 0,
    suggested_tip_amounts: list[Any] | None = None,
    start_parameter: str = "",
    provider_data: str = "",
    photo: Json | None = None,
    need_name: bool = False,
    need_phone_number: bool = False,
    need_email: bool = False,
    need_shipping_address: bool = False,
    is_flexible: bool = False,
) -> Invoice:
    """Return the invoice that a bot describes; raises ApiError 400."""
    given = {"title": title, "description": description, "payload": payload, "currency": currency}
    for name, value in given.items():
        if not value:
            raise bad_request(f'parameter "{name}" is required')
    needs = {
        "name": need_name,
        "phone_number": need_phone_number,
        "email": need_email,
        "shipping_address": need_shipping_address or is_flexible,
    }
    # Telegram ignores these for Stars, whose payer fills in nothing.
    in_stars = currency == "XTR"
    invoice = Invoice(
        bot=call.bot.user,
        title=title,
        description=description,
        payload=payload,
        currency=currency,
        prices=_prices(prices or []),
        provider_token=provider_token,
        provider_data=provider_data,
        start_parameter=start_parameter,
        max_tip_amount=max_tip_amount,
        suggested_tip_amounts=_tips(suggested_tip_amounts or [], most=max_tip_amount),
        needs=frozenset() if in_stars else frozenset(name for name, needed in needs.items() if needed),
        is_flexible=is_flexible and not in_stars,
        photo=photo or {},
    )
    _check_words(invoice)
    _check_money(call, invoice)
    return invoice


def _photo(url: str, size: int, width: int, height: int) -> Json:
    given = {"photo_url": url, "photo_size": size, "photo_width": width, "photo_height": height}
    return {name: value for name, value in given.items() if value}


def _prices(prices: list[Any]) -> tuple[tuple[str, int], ...]:
    """Return labels and amounts; raises ApiError 400 where the parts or their sum are no price."""
    read = []
    for price in prices:
        if not isinstance(price, dict):
            raise bad_request("can't parse labeled price: expected an Object")
        only_fields("LabeledPrice", price, _PRICE_FIELDS)
        label, amount = price.get("label"), price.get("amount")
        if not isinstance(label, str) or not label:
            raise bad_request('can\'t parse labeled price: field "label" must be a non-empty String')
        if not isinstance(amount, int) or isinstance(amount, bool):
            raise bad_request('can\'t parse labeled price: field "amount" must be a Number')
        if abs(amount) > _BIGGEST_AMOUNT:
            raise bad_request("too big amount of the currency specified")
        read.append((label, amount))
    total = sum(amount for _, amount in read)
    if total <= 0:
        raise bad_request("total price must be positive")
    if total > _BIGGEST_AMOUNT:
        raise bad_request("total price is too big")
    return tuple(read)


def _tips(tips: list[Any], *, most: int) -> tuple[int, ...]:
    """Return suggested tips in minor units; raises ApiError 400."""
    if not 0 <= most <= _BIGGEST_AMOUNT:
        raise bad_request("invalid max_tip_amount of the currency specified")
    for tip in tips:
        if not isinstance(tip, int) or isinstance(tip, bool):
            raise bad_request("can't parse suggested_tip_amounts: expected a Number")
        if tip <= 0:
            raise bad_request("suggested tip amount must be positive")
        if tip > most:
            raise bad_request("suggested tip amount can't be bigger than max_tip_amount")
    if len(tips) > _MOST_TIPS:
        raise bad_request("there can be at most 4 suggested tip amounts")
    if tips != sorted(set(tips)):
        raise bad_request("suggested tip amounts must be passed in a strictly increased order")
    return tuple(tips)


def _check_words(invoice: Invoice) -> None:
    if len(invoice.title) > _LONGEST_TITLE or len(invoice.description) > _LONGEST_DESCRIPTION:
        raise bad_request("MEDIA_INVALID")
    if len(invoice.payload.encode()) > _LONGEST_PAYLOAD:
        raise bad_request("INVOICE_PAYLOAD_INVALID")
    if not _START_PARAMETER.fullmatch(invoice.start_parameter):
        raise bad_request("START_PARAM_INVALID")
    if invoice.provider_data:
        try:
            json.loads(invoice.provider_data)
        except ValueError:
            raise bad_request("DATA_JSON_INVALID") from None


def _check_money(call: Call, invoice: Invoice) -> None:
    payments = call.world.payments
    currency = payments.currencies.get(invoice.currency)
    if currency is None:
        raise bad_request("CURRENCY_INVALID")
    if invoice.is_in_stars:
        if invoice.provider_token or len(invoice.prices) != 1 or invoice.max_tip_amount:
            raise bad_request("STARS_INVOICE_INVALID")
    elif not payments.has_provider(call.bot, invoice.provider_token):
        raise bad_request("PAYMENT_PROVIDER_INVALID")
    if not currency.least <= invoice.total_amount <= currency.most:
        raise bad_request("CURRENCY_TOTAL_AMOUNT_INVALID")
