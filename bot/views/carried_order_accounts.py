"""What one group has sold for another, for either side, and what the supplier says has come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.carried_orders import (
    CarrierButton,
    OwedButton,
    ReceivedButton,
    ReceivedUndoButton,
    SalesButton,
)
from bot.callbacks.picks import ManageButton
from bot.i18n import Translator
from bot.views.carried_order_sums import carrier_due, carrier_sums, money_of, sold, supplier_sums
from bot.views.plans import percent_words
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.models import CarriedPayment
from storage.repositories.carried_orders import CarrierSales, VariantSales

PAYMENTS_SHOWN = 12

_LONGEST_TITLE = 60
_EXAMPLE_AMOUNT = 1_250


@dataclass(frozen=True, kw_only=True)
class CarrierPage:
    """What one group has sold of another's, and what was paid for it."""

    sales: CarrierSales
    pieces: Sequence[VariantSales]
    payments: Sequence[CarriedPayment]
    time_zone: str


def carrier_page(t: Translator, facts: CarrierPage, *, now: datetime, note: str | None = None) -> Screen:
    """What one group has sold, for its supplier, who says here what money has come."""
    one = facts.sales
    account = _account(
        t,
        facts,
        head=t.html(
            "<b>What {group} has sold of {title}</b>",
            group=shortened(one.group_title, _LONGEST_TITLE),
            title=shortened(one.title, _LONGEST_TITLE),
        ),
        kept=t.html("It keeps {share} of what goods cost.", share=percent_words(t, one.share_bps)),
        sums=supplier_sums(t, one),
        now=now,
    )
    return Screen(
        text=paragraphs(Markup.escape(note) if note else None, account),
        buttons=[
            *_received_buttons(t, facts, now=now),
            [Button(text=t("‹ Back"), data=SalesButton(one.supplied_id, 0))],
        ],
    )


def owed_page(t: Translator, facts: CarrierPage, *, now: datetime) -> Screen:
    """What the group that sells owes its supplier."""
    one = facts.sales
    account = _account(
        t,
        facts,
        head=t.html(
            "<b>You sell {title} for {supplier}</b>",
            title=shortened(one.title, _LONGEST_TITLE),
            supplier=shortened(one.supplier_title, _LONGEST_TITLE),
        ),
        kept=t.html("Your group keeps {share} of what goods cost.", share=percent_words(t, one.share_bps)),
        sums=carrier_sums(t, one),
        now=now,
    )
    how = t.html("Pay by your own means; the supplier's curator says here what has come.")
    return Screen(
        text=paragraphs(account, how if one.due_amount > 0 else None),
        buttons=[[Button(text=t("‹ Back to the pick"), data=ManageButton(one.pick_id, "home"))]],
    )


def ask_received(t: Translator, sales: CarrierSales) -> Screen:
    """How much has come?"""
    return Screen(
        text=paragraphs(
            t.html(
                "How much has come from {group}? Write an amount, like <code>{example}</code>.",
                group=shortened(sales.group_title, _LONGEST_TITLE),
                example=money_of(t, sales, sales.due_amount if sales.due_amount > 0 else _EXAMPLE_AMOUNT),
            ),
            supplier_sums(t, sales),
        ),
        buttons=[[Button(text=t("‹ Back"), data=CarrierButton(sales.pick_id))]],
    )


def received_words(t: Translator, sales: CarrierSales, amount: int) -> str:
    """To the supplier's curator: it is written down."""
    return t("{amount} is noted as received.", amount=money_of(t, sales, amount))


def undone_words(t: Translator, sales: CarrierSales, amount: int) -> str:
    """To the supplier's curator: it counts no more."""
    return t("{amount} does not count as received any more.", amount=money_of(t, sales, amount))


def received_notice(t: Translator, sales: CarrierSales, amount: int) -> Screen:
    """To the curator of the group that sold: what its supplier has got."""
    said = t.html(
        "{supplier} has received {amount} from your group for #{number} {title}.", **_paid(t, sales, amount)
    )
    return _told(t, sales, said)


def undone_notice(t: Translator, sales: CarrierSales, amount: int) -> Screen:
    """To the curator of the group that sold: that was a mistake."""
    said = t.html(
        "{supplier} has not received {amount} from your group for #{number} {title} after all.",
        **_paid(t, sales, amount),
    )
    return _told(t, sales, said)


def _account(
    t: Translator, facts: CarrierPage, *, head: Markup, kept: Markup, sums: Markup, now: datetime
) -> Markup:
    """What was sold, what is due for it, and what has come: the same for both, each in its own words."""
    said = lines(kept, sold(t, facts.sales, facts.pieces), sums)
    return paragraphs(head, said, _payments(t, facts, now=now))


def _received_buttons(t: Translator, facts: CarrierPage, *, now: datetime) -> list[list[Button]]:
    """All that is due has come, or another amount, or one that was noted has not."""
    one = facts.sales
    all_of_it = Button(
        text=t("Received: {amount}", amount=money_of(t, one, one.due_amount)),
        data=ReceivedButton(one.pick_id, one.due_amount),
    )
    undo = [
        Button(
            text=t(
                "Not received: {amount}, {moment}",
                amount=money_of(t, one, payment.amount),
                moment=t.moment(payment.received_at, facts.time_zone, now=now),
            ),
            data=ReceivedUndoButton(payment.id or 0),
        )
        for payment in facts.payments
        if payment.undone_at is None
    ]
    return [
        [all_of_it] if one.due_amount > 0 else [],
        [Button(text=t("Received another amount"), data=ReceivedButton(one.pick_id, 0))],
        *([button] for button in undo),
    ]


def _paid(t: Translator, sales: CarrierSales, amount: int) -> dict[str, str | int]:
    return {
        "supplier": shortened(sales.supplier_title, _LONGEST_TITLE),
        "amount": money_of(t, sales, amount),
        "number": sales.number,
        "title": shortened(sales.title, _LONGEST_TITLE),
    }


def _told(t: Translator, sales: CarrierSales, said: Markup) -> Screen:
    return Screen(
        text=lines(said, carrier_due(t, sales)),
        buttons=[[Button(text=t("What you owe"), data=OwedButton(sales.pick_id))]],
    )


def _payments(t: Translator, facts: CarrierPage, *, now: datetime) -> Markup | None:
    said = [_payment(t, facts, payment, now=now) for payment in facts.payments]
    return lines(t.html("<b>Received</b>"), *said) if said else None


def _payment(t: Translator, facts: CarrierPage, payment: CarriedPayment, *, now: datetime) -> Markup:
    fields = {
        "moment": t.moment(payment.received_at, facts.time_zone, now=now),
        "amount": money_of(t, facts.sales, payment.amount),
    }
    if payment.undone_at is not None:
        return t.html("{moment}: {amount}, which was a mistake", **fields)
    return t.html("{moment}: {amount}", **fields)
