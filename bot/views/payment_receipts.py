"""The numbered receipt of a payment, and an order's payments and refunds in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.receipts import MyOrdersButton, PaymentReceiptButton, ReceiptButton
from bot.i18n import Translator
from bot.money import Money, minor_digits
from bot.rules.receipts import ReceiptFacts, ReceiptLine, ReceiptPrice
from bot.rules.settlements import held_of, reckon
from bot.views.screens import Button, Screen, as_fits, in_rows, lines, paragraphs, shortened
from storage.models import Payment, Refund
from storage.repositories.payments import OrderMoney
from storage.states import (
    PaymentMethod,
    PaymentStage,
    PriceBasis,
    RefundReason,
    RefundStage,
)

_LONGEST_NAME = 60
_LONGEST_LINES = 2000
_LONGEST_MOVES = 1200
_MOST_BUTTONS = 12
_BUTTONS_A_ROW = 3


@dataclass(frozen=True, kw_only=True)
class OrderPayments:
    """An order's money, and every payment and refund of it, the first first."""

    money: OrderMoney
    payments: Sequence[Payment]
    refunds: Sequence[Refund]
    time_zone: str


def payment_receipt(t: Translator, payment: Payment, *, now: datetime, page: int | None = None) -> Screen:
    """A receipt as it was issued: new in the chat, or in the place of the page of orders that leads to it.

    Raises ValueError for a payment that has none.
    """
    if payment.receipt is None or payment.receipt_number is None:
        raise ValueError(f"payment {payment.id} has no receipt")
    facts = ReceiptFacts.read(payment.receipt)
    back = [Button(text=t("My orders"), data=MyOrdersButton(0))]
    if facts.is_own and payment.order_id is not None:
        label = t("My order") if page is None else t("‹ Back")
        back = [Button(text=label, data=ReceiptButton(payment.order_id, page or 0))]
    return Screen(
        text=paragraphs(
            lines(
                t.html(
                    "<b>Receipt {number}</b> · {moment}",
                    number=payment.receipt_number,
                    moment=t.moment(facts.issued_at, facts.time_zone, now=now),
                ),
                t.html(
                    "{group}, pick #{pick}, order number {number}",
                    group=_apart(facts.group_title),
                    pick=facts.pick_number,
                    number=facts.order_number,
                ),
            ),
            None
            if payment.stage is PaymentStage.RECEIVED
            else t.html("<b>It does not count any more</b>: your curator had confirmed it by mistake."),
            _ordered(t, facts, payment.currency),
            lines(_paid(t, payment, facts), _rest(t, payment, facts)),
        ),
        buttons=[back],
    )


def payment_words(t: Translator, money: OrderMoney) -> str | None:
    """Where an order's money is, in a sentence or two, as far as anything happened to it."""

    def amount(minor: int) -> str:
        return t.money(Money(amount=minor, currency=money.currency))

    held = held_of(money)
    said = []
    if money.claimed_amount:
        said.append(
            t("You said that you have paid {amount}; it waits for your curator.",
              amount=amount(money.claimed_amount))
        )  # fmt: skip
    if held > 0:
        is_less = reckon(money).outstanding_amount > 0
        said.append(
            t("Paid so far: {amount}.", amount=amount(held))
            if is_less
            else t("Paid: {amount}.", amount=amount(held))
        )
    if money.refund_due_amount:
        said.append(t("{amount} goes back.", amount=amount(money.refund_due_amount)))
    if money.refunded_amount:
        said.append(t("{amount} went back.", amount=amount(money.refunded_amount)))
    return " ".join(said) or None


def payment_list(t: Translator, of_order: OrderPayments, *, now: datetime, room: int) -> Markup | None:
    """Each payment and refund of an order on its line, the first first, in so many UTF-16 units."""
    said: list[tuple[datetime, Markup]] = []
    for payment in of_order.payments:
        words = _payment(t, payment, of_order.time_zone, now=now)
        if words is not None:
            said.append((payment.decided_at or payment.created_at, words))
    for refund in of_order.refunds:
        at = refund.done_at or refund.created_at
        is_hers = refund.person_id == of_order.money.person_id
        say = _refund if is_hers else _refund_to_another
        said.append((at, say(t, refund, of_order.time_zone, now=now)))
    if not said:
        return None
    listed = [words for _, words in sorted(said, key=lambda pair: pair[0])]
    return lines(t.html("<b>Money</b>"), as_fits(listed, between="\n", limit=min(room, _LONGEST_MOVES)))


def receipt_buttons(t: Translator, payments: Sequence[Payment], *, page: int) -> list[Sequence[Button]]:
    """A button for each numbered receipt of an order, the newest first."""
    numbered = [payment for payment in reversed(payments) if payment.receipt is not None]
    return in_rows(
        [
            Button(
                text=t("Receipt {number}", number=payment.receipt_number),
                data=PaymentReceiptButton(payment.id or 0, page),
            )
            for payment in numbered[:_MOST_BUTTONS]
        ],
        width=_BUTTONS_A_ROW,
    )


def _ordered(t: Translator, facts: ReceiptFacts, currency: str) -> Markup:
    """What was ordered, what it comes to, and why a piece costs what it costs."""
    if not facts.is_own:
        return lines(
            _title(facts),
            t.html("You paid for somebody else's order, so what is in it is not shown here."),
        )
    if facts.is_cancelled or facts.price is None:
        return lines(_title(facts), t.html("<i>This order was cancelled.</i>"))
    return lines(
        _title(facts),
        as_fits((_line(t, line, currency) for line in facts.lines), between="\n", limit=_LONGEST_LINES),
        _because(t, facts.price, facts.quantity, currency),
        t.html("Pick-up: {fee}", fee=_money(t, facts.fee_amount, currency)) if facts.fee_amount else None,
        *(
            t.html("{title}: {amount} less", title=_apart(title), amount=_money(t, amount, currency))
            for title, amount in facts.savings
        ),
        t.html("Goodwill: {amount} less", amount=_money(t, facts.goodwill_amount, currency))
        if facts.goodwill_amount
        else None,
        t.html(
            "In all: <b>{amount}</b>",
            amount=_money(t, facts.costs_amount, currency),
        ),
    )


def _title(facts: ReceiptFacts) -> Markup:
    return Markup("<b>{}</b>").format(_apart(facts.title))


def _line(t: Translator, line: ReceiptLine, currency: str) -> Markup:
    fields = {
        "quantity": t.number(line.quantity),
        "price": _money(t, line.unit_amount, currency),
        "total": _money(t, line.unit_amount * line.quantity, currency),
    }
    if not line.variant:
        return t.html("{quantity} at {price} each: {total}", **fields)
    return t.html("{quantity} × {kind} at {price} each: {total}", kind=_apart(line.variant), **fields)


def _because(t: Translator, price: ReceiptPrice, quantity: int, currency: str) -> Markup | None:
    fields = {
        "full": _money(t, price.full_amount, currency),
        "saved": _money(t, price.saved_amount * quantity, currency),
    }
    said = None
    if price.basis is PriceBasis.TIER:
        said = t.html(
            "The price from {tier} on, instead of {full} each: you save {saved}.",
            tier=t.number(price.from_quantity or 0),
            **fields,
        )
    elif price.basis is PriceBasis.TEAM:
        said = t.html("The price in a team, instead of {full} each: you save {saved}.", **fields)
    elif price.basis is PriceBasis.KEPT:
        said = t.html("The older price that you kept, instead of {full} each: you save {saved}.", **fields)
    falls = t.html(
        "The price may still fall until the close; what you have paid too much then goes back to you."
    )
    return lines(said, falls if price.may_fall else None) or None


def _paid(t: Translator, payment: Payment, facts: ReceiptFacts) -> Markup:
    amount = _money(t, payment.amount, payment.currency)
    match payment.method:
        case PaymentMethod.CASH:
            return t.html("Paid in cash: <b>{amount}</b>", amount=amount)
        case PaymentMethod.TRANSFER:
            return t.html("Paid by transfer: <b>{amount}</b>", amount=amount)
        case PaymentMethod.CARD:
            return t.html("Paid by card: <b>{amount}</b>", amount=amount)
        case PaymentMethod.CREDIT:
            return t.html("Paid out of your credit: <b>{amount}</b>", amount=amount)
        case PaymentMethod.STARS:
            stars = _stars(t, payment.charged_amount or 0)
            if facts.stars_per_unit is None:
                return t.html("Paid with <b>{stars}</b>, for {amount}", stars=stars, amount=amount)
            return t.html(
                "Paid with <b>{stars}</b>, for {amount} at {rate} for {unit}",
                stars=stars,
                amount=amount,
                rate=_stars(t, facts.stars_per_unit),
                unit=_money(t, 10 ** minor_digits(payment.currency), payment.currency),
            )


def _rest(t: Translator, payment: Payment, facts: ReceiptFacts) -> Markup:
    def amount(minor: int) -> str:
        return _money(t, minor, payment.currency)

    in_all = facts.paid_amount if facts.is_own and facts.paid_amount != payment.amount else 0
    left = facts.outstanding_amount if facts.is_own else 0
    return lines(
        t.html("Paid in all: {amount}", amount=amount(in_all)) if in_all else None,
        t.html("Still to pay: <b>{amount}</b>", amount=amount(left)) if left else None,
        t.html("Goes back to you: <b>{amount}</b>", amount=amount(facts.back_amount))
        if facts.back_amount
        else None,
        t.html("Nothing is left to pay. Thank you!")
        if facts.is_own and not (left or facts.is_cancelled)
        else None,
    )


def _payment(t: Translator, payment: Payment, time_zone: str, *, now: datetime) -> Markup | None:
    amount = _money(t, payment.amount, payment.currency)
    moment = t.moment(payment.decided_at or payment.created_at, time_zone, now=now)
    match payment.stage:
        case PaymentStage.RECEIVED:
            return _received(t, payment, amount=amount, moment=moment)
        case PaymentStage.CLAIMED:
            return t.html("{moment}: you said that you have paid {amount}. It waits for your curator.",
                          moment=moment, amount=amount)  # fmt: skip
        case PaymentStage.DECLINED if payment.receipt_number is not None:
            return t.html("{moment}: receipt {number} was a mistake and does not count.",
                          moment=moment, number=payment.receipt_number)  # fmt: skip
        case PaymentStage.DECLINED:
            return t.html("{moment}: your curator could not confirm {amount}.", moment=moment, amount=amount)
        case PaymentStage.PAYING:
            return t.html("{moment}: a payment of {amount} is under way.", moment=moment, amount=amount)
        case PaymentStage.OPEN | PaymentStage.LAPSED:
            return None


def _received(t: Translator, payment: Payment, *, amount: str, moment: str) -> Markup:
    match payment.method:
        case PaymentMethod.CASH:
            return t.html("{moment}: {amount} in cash.", moment=moment, amount=amount)
        case PaymentMethod.TRANSFER:
            return t.html("{moment}: {amount} by transfer.", moment=moment, amount=amount)
        case PaymentMethod.CARD:
            return t.html("{moment}: {amount} by card.", moment=moment, amount=amount)
        case PaymentMethod.CREDIT:
            return t.html("{moment}: {amount} out of your credit.", moment=moment, amount=amount)
        case PaymentMethod.STARS:
            stars = _stars(t, payment.charged_amount or 0)
            return t.html("{moment}: {stars}, for {amount}.", moment=moment, stars=stars, amount=amount)


def _refund(t: Translator, refund: Refund, time_zone: str, *, now: datetime) -> Markup:
    amount = _money(t, refund.amount, refund.currency)
    moment = t.moment(refund.done_at or refund.created_at, time_zone, now=now)
    back = (
        _gone_back(t, refund, amount) if refund.stage is RefundStage.DONE else _to_go_back(t, refund, amount)
    )
    return Markup("{} {}").format(_why(t, refund, moment), back)


def _refund_to_another(t: Translator, refund: Refund, time_zone: str, *, now: datetime) -> Markup:
    amount = _money(t, refund.amount, refund.currency)
    moment = t.moment(refund.done_at or refund.created_at, time_zone, now=now)
    if refund.stage is RefundStage.DONE:
        return t.html("{moment}: {amount} went back to whoever had paid it.", moment=moment, amount=amount)
    return t.html("{moment}: {amount} goes back to whoever has paid it.", moment=moment, amount=amount)


def _why(t: Translator, refund: Refund, moment: str) -> Markup:
    match refund.reason:
        case RefundReason.CANCELLED:
            return t.html("{moment}: the order was cancelled.", moment=moment)
        case RefundReason.OVERPAID:
            return t.html("{moment}: more was paid than it costs.", moment=moment)
        case RefundReason.RETURNED:
            return t.html("{moment}: the goods came back.", moment=moment)
        case RefundReason.GOODWILL:
            return t.html("{moment}: your curator gives you something back.", moment=moment)
        case RefundReason.UNWANTED:
            return t.html("{moment}: this payment was not wanted.", moment=moment)


def _to_go_back(t: Translator, refund: Refund, amount: str) -> Markup:
    match refund.method:
        case PaymentMethod.CASH:
            return t.html("{amount} goes back in cash.", amount=amount)
        case PaymentMethod.CARD:
            return t.html("{amount} goes back by card.", amount=amount)
        case PaymentMethod.STARS:
            return t.html("{amount} goes back in Stars.", amount=amount)
        case PaymentMethod.CREDIT:
            return t.html("{amount} becomes your credit.", amount=amount)
        case PaymentMethod.TRANSFER:
            return t.html("{amount} goes back by transfer.", amount=amount)


def _gone_back(t: Translator, refund: Refund, amount: str) -> Markup:
    match refund.method:
        case PaymentMethod.CASH:
            return t.html("{amount} went back in cash.", amount=amount)
        case PaymentMethod.CARD:
            return t.html("{amount} went back by card.", amount=amount)
        case PaymentMethod.STARS:
            return t.html("{amount} went back in Stars.", amount=amount)
        case PaymentMethod.CREDIT:
            return t.html("{amount} is your credit now.", amount=amount)
        case PaymentMethod.TRANSFER:
            return t.html("{amount} went back by transfer.", amount=amount)


def _stars(t: Translator, count: int) -> str:
    return t.plural("{n} Star", "{n} Stars", count)


def _money(t: Translator, amount: int, currency: str) -> str:
    return t.money(Money(amount=amount, currency=currency))


def _apart(name: str) -> Markup:
    """A name whose direction of writing turns nothing around beside it."""
    return Markup("\u2068{}\u2069").format(shortened(name, _LONGEST_NAME))
