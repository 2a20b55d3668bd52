"""Invoices as Telegram shows them, and what is said about them."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from bot.callbacks.payments import PayButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.ledger import STARS_CURRENCY
from bot.rules.payment_invoices import in_telegrams_units
from bot.rules.settlements import held_of
from bot.services.payments.bills import Bill
from bot.views.screens import Button, Screen, shortened
from storage.models import Payment
from storage.repositories.orders import OwnLine

LONGEST_TITLE = 32
LONGEST_DESCRIPTION = 255
LONGEST_LABEL = 60
MOST_PRICES = 30
LINK_OF_COPIES = "pay"
"""Where the button of a forwarded invoice leads, which only its buyer can pay."""


class _Price(TypedDict):
    label: str
    amount: int


def charged(t: Translator, amount: int, currency: str) -> str:
    """What is charged, in money or in Stars."""
    if currency == STARS_CURRENCY:
        return t.plural("{n} Star", "{n} Stars", amount)
    return t.money(Money(amount=amount, currency=currency))


def invoice(
    t: Translator,
    payment: Payment,
    bill: Bill,
    own: Sequence[OwnLine],
    *,
    provider_token: str,
    others_link: str,
) -> Mapping[str, Any]:
    """The parameters of sendInvoice; the Pay button comes first, as Telegram demands."""
    order = bill.order
    amount, currency = payment.charged_amount or payment.amount, payment.charged_currency or payment.currency
    in_stars = currency == STARS_CURRENCY
    words = t(
        "Order {number} on pick #{pick} in {group}",
        number=order.number,
        pick=order.pick_number,
        group=order.group_title,
    )
    whole: list[_Price] = [{"label": shortened(order.title, LONGEST_LABEL), "amount": amount}]
    pay = {"text": t("Pay {amount}", amount=charged(t, amount, currency)), "pay": True}
    # A link, since an invoice cannot become another message.
    others = Button(text=t("Other ways to pay"), url=others_link).as_json()
    return {
        "title": shortened(order.title, LONGEST_TITLE),
        "description": shortened(words, LONGEST_DESCRIPTION),
        "payload": payment.token,
        "provider_token": "" if in_stars else provider_token,
        "currency": currency,
        "prices": [
            {"label": part["label"], "amount": in_telegrams_units(part["amount"], currency)}
            for part in (whole if in_stars else _prices(t, payment, bill, own) or whole)
        ],
        "start_parameter": LINK_OF_COPIES,
        "reply_markup": {"inline_keyboard": [[pay], [others]]},
    }


def invoice_sent(t: Translator) -> str:
    """A toast: the invoice is in this chat in a moment."""
    return t("Your invoice is coming.")


def invoice_refused(t: Translator, payment: Payment, *, is_amount: bool) -> Screen:
    """Telegram did not take an invoice; the order can be paid otherwise."""
    amount = charged(
        t, payment.charged_amount or payment.amount, payment.charged_currency or payment.currency
    )
    words = (
        t.html("Telegram takes no payment of {amount} in this way. Please choose another one.", amount=amount)
        if is_amount
        else t.html("This way to pay does not work at the moment. Please choose another one.")
    )
    button = Button(text=t("Other ways to pay"), data=PayButton(payment.order_id or 0))
    return Screen(text=words, buttons=[[button]])


def charge_unplaced(t: Translator, payment: Payment) -> Screen:
    """What somebody paid fits no order of hers; Stars go back, for the rest somebody has to look at it."""
    amount = charged(t, payment.amount, payment.currency)
    if payment.currency == STARS_CURRENCY:
        return Screen(
            text=t.html(
                "{amount} came from you that fit no order of yours, so you are getting them back.",
                amount=amount,
            )
        )
    return Screen(
        text=t.html(
            "{amount} came from you that fit no order of yours. It is noted, and somebody looks into it.",
            amount=amount,
        )
    )


def _prices(t: Translator, payment: Payment, bill: Bill, own: Sequence[OwnLine]) -> list[_Price] | None:
    """Line by line how the amount comes about; None where the lines do not say it."""
    money = bill.money
    held = held_of(money)
    prices: list[_Price] = [
        {"label": _label(t, line), "amount": line.quantity * line.unit_amount} for line in own
    ]
    fee = own[0].fee_amount if own else 0
    if fee:
        prices.append({"label": t("Pick-up"), "amount": fee})
    off = own[0].discounts if own else ()
    prices += [{"label": shortened(one.rule.title, LONGEST_LABEL), "amount": -one.amount} for one in off]
    if money.goodwill_amount:
        prices.append({"label": t("Given for good will"), "amount": -money.goodwill_amount})
    if held > 0:
        prices.append({"label": t("Paid already"), "amount": -held})
    total = sum(price["amount"] for price in prices)
    return prices if own and total == payment.amount and len(prices) <= MOST_PRICES else None


def _label(t: Translator, line: OwnLine) -> str:
    words = t("{quantity} × {kind}", quantity=t.number(line.quantity), kind=line.variant or line.title)
    return shortened(words, LONGEST_LABEL)
