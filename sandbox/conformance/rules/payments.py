"""Payments: amounts in the smallest unit of a currency, and what Stars do without."""

import re
from collections.abc import Iterator

from sandbox.conformance.problems import Problem, rule, short
from sandbox.conformance.rules.texts import in_bytes, within
from sandbox.models.users import Json

STARS = "XTR"
CURRENCY = re.compile(r"[A-Z]{3}")


@rule("Invoice", "PreCheckoutQuery", "SuccessfulPayment", "RefundedPayment")
def amount_is_of_a_currency(payment: Json) -> Iterator[Problem]:
    """A positive amount of a currency of three letters, for a payload of 1-128 bytes."""
    if not CURRENCY.fullmatch(payment["currency"]):
        yield Problem("currency", f"{short(payment['currency'])} is no currency")
    if payment["total_amount"] < 1:
        yield Problem("total_amount", f"{payment['total_amount']} is no amount to pay")
    if "invoice_payload" in payment:
        yield from in_bytes("invoice_payload", payment["invoice_payload"], 128)


@rule("Invoice")
def invoice_is_described(invoice: Json) -> Iterator[Problem]:
    """A title of 1-32 and a description of 1-255."""
    yield from within("title", invoice["title"], 32, least=1)
    yield from within("description", invoice["description"], 255, least=1)


@rule("PreCheckoutQuery", "SuccessfulPayment")
def stars_are_sent_nowhere(payment: Json) -> Iterator[Problem]:
    """What is paid with Stars has neither an address nor a name."""
    if payment["currency"] == STARS:
        for field in ("shipping_option_id", "order_info"):
            if field in payment:
                yield Problem(field, "is never asked for a payment in Stars")


@rule("SuccessfulPayment", "RefundedPayment")
def payment_is_charged(payment: Json) -> Iterator[Problem]:
    """Telegram's charge has an id; so has the provider's, except for Stars."""
    if not payment["telegram_payment_charge_id"]:
        yield Problem("telegram_payment_charge_id", "is empty")


@rule("ShippingQuery")
def shipping_is_asked(query: Json) -> Iterator[Problem]:
    """A payload of 1-128 bytes."""
    yield from in_bytes("invoice_payload", query["invoice_payload"], 128)


@rule("StarTransaction")
def transaction_goes_one_way(transaction: Json) -> Iterator[Problem]:
    """Stars come from somebody or go to somebody."""
    if ("source" in transaction) == ("receiver" in transaction):
        yield Problem("", "exactly one of source and receiver is needed")
    if transaction["amount"] < 0 or (transaction["amount"] == 0 and not transaction.get("nanostar_amount")):
        yield Problem("amount", f"{transaction['amount']} Stars")


@rule("LabeledPrice")
def price_is_labelled(price: Json) -> Iterator[Problem]:
    """A part of the price says what it is for; discounts are negative."""
    if not price["label"]:
        yield Problem("label", "is empty")


@rule("ShippingOption")
def shipping_costs(option: Json) -> Iterator[Problem]:
    """An id and a list of prices."""
    if not option["id"]:
        yield Problem("id", "is empty")
    if not option["prices"]:
        yield Problem("prices", "is empty")
