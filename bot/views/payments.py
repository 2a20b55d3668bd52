"""What somebody has to pay, and how: the list, one order, and its ways."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.payments import PayButton, PayWayButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.settlements import held_of
from bot.services.payments.bills import Bill, pays_at_once
from bot.views.payment_ways import way_name
from bot.views.promotion_discounts import cost_lines, savings_of
from bot.views.screens import Button, Screen, as_fits, in_rows, lines, paragraphs, shortened
from storage.repositories.orders import OwnLine
from storage.states import PaymentMethod, PickState

_MOST_LISTED = 20
_LONGEST_BUTTON = 40


def owed_list(t: Translator, bills: Sequence[Bill]) -> Screen:
    """All that a member has to pay, with a button for each order."""
    if not bills:
        return Screen(text=t.html("You owe nothing. Thank you!"))
    shown = bills[:_MOST_LISTED]
    return Screen(
        text=as_fits(
            (t.html("<b>What you have to pay</b>"), *(_owed_line(t, bill) for bill in shown)), between="\n"
        ),
        buttons=[
            [
                Button(
                    text=shortened(
                        t(
                            "Pay {amount}: #{pick} {title}",
                            amount=t.money(to_pay(bill)),
                            pick=bill.order.pick_number,
                            title=bill.order.title,
                        ),
                        _LONGEST_BUTTON,
                    ),
                    data=PayButton(bill.order.order_id),
                )
            ]
            for bill in shown
        ],
    )


def ways_to_pay(t: Translator, bill: Bill, own: Sequence[OwnLine]) -> Screen:
    """One order: what is to be paid for it, how that was computed, and its ways as buttons."""
    order_id = bill.order.order_id
    return Screen(
        text=paragraphs(
            bill_head(t, bill),
            lines(computed(t, bill, own), _credit_line(t, bill)),
            kept_line(t, bill),
            t.html("How do you want to pay?")
            if bill.ways_open
            else t.html("Your curator has not said yet how this is paid."),
        ),
        buttons=in_rows(
            [
                Button(text=way_name(t, way.method), data=PayWayButton(order_id, way.method.value))
                for way in bill.ways_open
            ],
            width=1,
        ),
    )


def bill_head(t: Translator, bill: Bill) -> Markup:
    """Which order it is."""
    order = bill.order
    return t.html(
        "<b>{title}</b> (#{pick}, {group}), order number {number}",
        title=order.title,
        pick=order.pick_number,
        group=order.group_title,
        number=order.number,
    )


def computed(t: Translator, bill: Bill, own: Sequence[OwnLine], *, room: int = 2500) -> Markup:
    """How an amount comes about: the lines, what was paid already, and what is left."""
    money = bill.money

    def amount(minor: int) -> str:
        return t.money(Money(amount=minor, currency=money.currency))

    held = held_of(money)
    return lines(
        as_fits(
            (
                t.html(
                    "{quantity} × {kind}: {price} each, {total}",
                    quantity=t.number(line.quantity),
                    kind=line.variant or line.title,
                    price=amount(line.unit_amount),
                    total=amount(line.unit_amount * line.quantity),
                )
                for line in own
            ),
            between="\n",
            limit=room,
        ),
        cost_lines(
            t,
            fee=Money(amount=own[0].fee_amount, currency=money.currency) if own[0].fee_amount else None,
            savings=savings_of(own[0].discounts, money.currency),
        )
        if own
        else None,
        t.html("Given for good will: {amount}", amount=amount(money.goodwill_amount))
        if money.goodwill_amount
        else None,
        t.html("Paid already: {amount}", amount=amount(held)) if held > 0 else None,
        t.html("To pay: <b>{amount}</b>", amount=amount(bill.amount)),
    )


def pay_line(t: Translator, bill: Bill | None) -> Markup | None:
    """In a receipt: what is still to be paid, by when and how; nothing where no money is kept here."""
    if bill is None or not bill.money.is_tracked or not bill.is_payable:
        return None
    if bill.amount <= 0:
        return t.html("Paid.") if bill.money.lines_amount else None
    amount = t.money(to_pay(bill))
    if bill.money.claimed_amount:
        return t.html("To pay: <b>{amount}</b>. You said that you have paid; your curator looks at it.",
                      amount=amount)  # fmt: skip
    if [way.method for way in bill.ways_open] == [PaymentMethod.CASH]:
        return t.html("You pay <b>{amount}</b> in cash when you fetch it.", amount=amount)
    ways = t.listed([way_name(t, way.method) for way in bill.ways_open])
    if pays_at_once(bill.order) and bill.order.pick_state is PickState.LIVE:
        return t.html("Please pay <b>{amount}</b> now: {ways}", amount=amount, ways=ways)
    return t.html("Please pay <b>{amount}</b> by the time you fetch it: {ways}", amount=amount, ways=ways)


def pay_button(t: Translator, bill: Bill | None) -> list[Button]:
    """Leads to the ways to pay, where something is still to be paid."""
    if bill is None or not bill.money.is_tracked or not bill.is_payable or bill.amount <= 0:
        return []
    text = t("Pay {amount}", amount=t.money(to_pay(bill)))
    return [Button(text=text, data=PayButton(bill.order.order_id))]


def to_pay(bill: Bill) -> Money:
    """What is still to be paid."""
    return Money(amount=bill.amount, currency=bill.money.currency)


def kept_line(t: Translator, bill: Bill) -> Markup | None:
    """Until when the goods are kept for whoever has to pay at once."""
    until = bill.kept_until
    if until is None:
        return None
    # It is a matter of minutes or hours: never of another year.
    return t.html(
        "Your order is kept for you until {moment}.",
        moment=t.moment(until, bill.order.time_zone, now=until),
    )


def _credit_line(t: Translator, bill: Bill) -> Markup | None:
    """What can be spent on it: a tap on the way spends it at once."""
    if bill.credit_amount <= 0:
        return None
    credit = Money(amount=bill.credit_amount, currency=bill.money.currency)
    return t.html("Your store credit: <b>{amount}</b>", amount=t.money(credit))


def _owed_line(t: Translator, bill: Bill) -> Markup:
    return t.html(
        "{group}, #{pick} {title}: {amount}",
        group=bill.order.group_title,
        pick=bill.order.pick_number,
        title=bill.order.title,
        amount=t.money(to_pay(bill)),
    )
