"""Who has not paid yet, for curators; and asking members to pay."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.payments import AskToPayButton, CashButton, PayButton, PaymentsButton, UnpaidButton
from bot.i18n import Translator
from bot.money import Money
from bot.services.payments.bills import Bill
from bot.services.payments.requests import Asked, Unpaid
from bot.views.boards import pages_of, turned
from bot.views.payment_claims import undo_button
from bot.views.payments import bill_head, to_pay
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Payment
from storage.states import PickState

NAMES_A_PAGE = 10
_LONGEST_BUTTON = 50
_LONGEST_NAME = 30


def unpaid_picks(t: Translator, unpaid: Sequence[Unpaid], *, waiting: int) -> Screen:
    """The picks for which something is still to be paid, with a button for each."""
    claims = [
        Button(text=t("Payments that wait ({count})", count=t.number(waiting)), data=PaymentsButton("claims"))
    ]
    return Screen(
        text=t.html("Who owes something, by pick:") if unpaid else t.html("Nobody owes anything."),
        buttons=[
            *([Button(text=_pick(t, each), data=UnpaidButton(each.posted.id, 0))] for each in unpaid),
            claims if waiting else [],
        ],
    )


def unpaid_orders(t: Translator, unpaid: Unpaid, *, page: int, undo: Payment | None = None) -> Screen:
    """Who has not paid a pick; cash can be ticked off, and everybody be reminded."""
    posted, bills = unpaid.posted, unpaid.bills
    pages = pages_of(len(bills), NAMES_A_PAGE)
    page = min(max(page, 0), pages - 1)
    shown = bills[page * NAMES_A_PAGE : (page + 1) * NAMES_A_PAGE]
    head = t.html(
        "<b>#{number} {title}</b>, {group}",
        number=posted.pick.number,
        title=posted.offer.title,
        group=posted.group.title,
    )
    total = Money(amount=unpaid.amount, currency=posted.offer.currency)
    count = t.html_plural(
        "{n} order is still to be paid: {amount}.",
        "{n} orders are still to be paid: {amount}.",
        len(bills),
        amount=t.money(total),
    )
    cash = [
        Button(
            text=shortened(
                t(
                    "{name}: {amount} in cash",
                    name=shortened(bill.order.name, _LONGEST_NAME),
                    amount=t.money(to_pay(bill)),
                ),
                _LONGEST_BUTTON,
            ),
            data=CashButton(bill.order.order_id, bill.amount, page),
        )
        for bill in shown
        if bill.takes_cash
    ]
    remind = Button(text=t("Remind all"), data=AskToPayButton(posted.id))
    return Screen(
        text=paragraphs(
            lines(head, count if bills else t.html("Everybody has paid.")),
            as_fits((_owes(t, bill) for bill in shown), between="\n", limit=2500) if shown else None,
            t.html("Tap a name when you have the money in your hands.") if cash else None,
        ),
        buttons=[
            *([button] for button in cash),
            turned(t, page, pages, lambda to: UnpaidButton(posted.id, to)),
            undo_button(t, undo),
            [remind] if bills and posted.pick.state is not PickState.LIVE else [],
            [Button(text=t("‹ Back"), data=PaymentsButton("unpaid"))],
        ],
    )


def payment_request(t: Translator, bill: Bill) -> Screen:
    """To a member who has not paid yet."""
    return Screen(
        text=paragraphs(
            bill_head(t, bill),
            t.html(
                "Please pay <b>{amount}</b>: you have not paid this order yet.", amount=t.money(to_pay(bill))
            ),
        ),
        buttons=[[Button(text=t("Pay"), data=PayButton(bill.order.order_id))]],
    )


def asked_toast(t: Translator, asked: Asked) -> str:
    """How many were reminded."""
    if not asked.orders:
        return t("Nobody to remind: each person is reminded once a day at most.")
    return t.plural("{n} person is reminded.", "{n} people are reminded.", asked.orders)


def cash_toast(t: Translator, bill: Bill, amount: Money) -> str:
    """Cash was received."""
    return t("{name} has paid {amount} in cash.", name=bill.order.name, amount=t.money(amount))


def cash_button(t: Translator, bill: Bill) -> Button:
    """Beside a hand-over: the money for it was taken."""
    text = t("Paid {amount} in cash", amount=t.money(to_pay(bill)))
    return Button(text=text, data=CashButton(bill.order.order_id, bill.amount, -1))


def hand_over_standing(t: Translator, bill: Bill) -> Markup | None:
    """At a hand-over: what is still to be paid, as far as money is kept here."""
    if not bill.money.is_tracked:
        return None
    if bill.amount <= 0:
        return t.html("Paid.") if bill.money.lines_amount else None
    return lines(
        t.html("❗ To pay: <b>{amount}</b>", amount=t.money(to_pay(bill))),
        t.html("Said to be paid; nobody has confirmed it yet.") if bill.money.claimed_amount else None,
    )


def _pick(t: Translator, unpaid: Unpaid) -> str:
    total = Money(amount=unpaid.amount, currency=unpaid.posted.offer.currency)
    return shortened(
        t(
            "#{number} {title}: {amount} ({count})",
            number=unpaid.posted.pick.number,
            title=shortened(unpaid.posted.offer.title, 20),
            amount=t.money(total),
            count=t.number(len(unpaid.bills)),
        ),
        60,
    )


def _owes(t: Translator, bill: Bill) -> Markup:
    said = {"number": bill.order.number, "name": bill.order.name, "amount": t.money(to_pay(bill))}
    if bill.money.claimed_amount:
        return t.html("{number}. {name}: {amount}, says that it is paid", **said)
    return t.html("{number}. {name}: {amount}", **said)
