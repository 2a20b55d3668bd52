"""What groups owe one another: for whoever supplies, and for whoever sells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.carried_orders import (
    CarrierButton,
    OwedButton,
    PartnersButton,
    ReceivedButton,
    ReceivedUndoButton,
    SalesButton,
    SalesSheetButton,
)
from bot.callbacks.picks import ManageButton
from bot.i18n import Translator
from bot.money import Money
from bot.views.plans import percent_words
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import CarriedPayment, Group, Pick
from storage.repositories.carried_orders import CarrierSales, SuppliedSales, VariantSales
from storage.repositories.picks import PostedPick

PARTNERS_A_PAGE = 6
CARRIERS_A_PAGE = 6
PAYMENTS_SHOWN = 12

_LONGEST_BUTTON = 40
_LONGEST_TITLE = 60
_ROOM = 3500
_EXAMPLE_AMOUNT = 1_250


@dataclass(frozen=True, kw_only=True)
class Partners:
    """A page of what a group supplies to others, and of what it sells for others."""

    group: Group
    supplied: Sequence[SuppliedSales]
    carried: Sequence[CarrierSales]
    page: int
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class SalesPage:
    """A page of what other groups have sold of what a pick supplies, with the pieces of each."""

    supplied: PostedPick
    sales: Sequence[CarrierSales]
    pieces: Sequence[VariantSales]
    page: int
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class CarrierPage:
    """What one group has sold of another's, and what was paid for it."""

    sales: CarrierSales
    pieces: Sequence[VariantSales]
    payments: Sequence[CarriedPayment]
    time_zone: str


def which_partners(t: Translator, groups: Sequence[Group]) -> Screen:
    """Asks which group is meant."""
    buttons = [
        [Button(text=shortened(group.title, _LONGEST_BUTTON), data=PartnersButton(group.id or 0, 0))]
        for group in groups
    ]
    return Screen(text=t.html("Which group do you mean?"), buttons=buttons)


def partners(t: Translator, facts: Partners) -> Screen:
    """What a group and others have sold of each other's, and what is due for it."""
    group_id = facts.group.id or 0
    head = t.html("<b>{group} and other groups</b>", group=facts.group.title)
    if not facts.supplied and not facts.carried:
        nothing = t.html(
            "No other group has sold what this one supplies, and it has sold nothing for others."
        )
        return Screen(text=paragraphs(head, nothing))
    supplied = [_supplied_line(t, one) for one in facts.supplied]
    carried = [_carried_line(t, one) for one in facts.carried]
    return Screen(
        text=paragraphs(
            head,
            lines(t.html("<b>Others sell what you supply</b>"), *supplied) if supplied else None,
            lines(t.html("<b>You sell what others supply</b>"), *carried) if carried else None,
        ),
        buttons=[
            *(
                [_pick_button(t, one.number, one.title, SalesButton(one.pick_id, 0))]
                for one in facts.supplied
            ),
            *([_pick_button(t, one.number, one.title, OwedButton(one.pick_id))] for one in facts.carried),
            _turning(
                t,
                before=PartnersButton(group_id, facts.page - 1) if facts.page else None,
                after=PartnersButton(group_id, facts.page + 1) if facts.has_more else None,
            ),
        ],
    )


def sales_page(t: Translator, facts: SalesPage) -> Screen:
    """What each group has sold of a pick's offer, and what of it is still to be received."""
    pick_id = facts.supplied.id
    parts = [
        lines(
            Markup("<b>{}</b>").format(shortened(one.group_title, _LONGEST_TITLE)),
            _sold(t, one, facts.pieces),
            _supplier_sums(t, one),
        )
        for one in facts.sales
    ]
    return Screen(
        text=paragraphs(
            t.html(
                "<b>What others sell of #{number} {title}</b>",
                number=facts.supplied.pick.number,
                title=shortened(facts.supplied.offer.title, _LONGEST_TITLE),
            ),
            as_fits(parts, between="\n\n", limit=_ROOM) if parts else t.html("Nobody sells it yet."),
        ),
        buttons=[
            *([Button(text=_carrier_words(t, one), data=CarrierButton(one.pick_id))] for one in facts.sales),
            _turning(
                t,
                before=SalesButton(pick_id, facts.page - 1) if facts.page else None,
                after=SalesButton(pick_id, facts.page + 1) if facts.has_more else None,
            ),
            [Button(text=t("As a file (XLSX)"), data=SalesSheetButton(pick_id))],
            [Button(text=t("‹ Back to the pick"), data=ManageButton(pick_id, "home"))],
        ],
    )


def carrier_page(t: Translator, facts: CarrierPage, *, now: datetime, note: str | None = None) -> Screen:
    """What one group has sold, for its supplier, who says here what money has come."""
    one = facts.sales
    due = (
        [
            Button(
                text=t("Received: {amount}", amount=_money(t, one, one.due_amount)),
                data=ReceivedButton(one.pick_id, one.due_amount),
            )
        ]
        if one.due_amount > 0
        else []
    )
    undo = [
        [
            Button(
                text=t(
                    "Not received: {amount}, {moment}",
                    amount=_money(t, one, payment.amount),
                    moment=t.moment(payment.received_at, facts.time_zone, now=now),
                ),
                data=ReceivedUndoButton(payment.id or 0),
            )
        ]
        for payment in facts.payments
        if payment.undone_at is None
    ]
    return Screen(
        text=paragraphs(
            Markup.escape(note) if note else None,
            t.html(
                "<b>What {group} has sold of {title}</b>",
                group=shortened(one.group_title, _LONGEST_TITLE),
                title=shortened(one.title, _LONGEST_TITLE),
            ),
            lines(
                t.html("It keeps {share} of what goods cost.", share=percent_words(t, one.share_bps)),
                _sold(t, one, facts.pieces),
                _supplier_sums(t, one),
            ),
            _payments(t, facts, now=now),
        ),
        buttons=[
            due,
            [Button(text=t("Received another amount"), data=ReceivedButton(one.pick_id, 0))],
            *undo,
            [Button(text=t("‹ Back"), data=SalesButton(one.supplied_id, 0))],
        ],
    )


def owed_page(t: Translator, facts: CarrierPage, *, now: datetime) -> Screen:
    """What the group that sells owes its supplier."""
    one = facts.sales
    return Screen(
        text=paragraphs(
            t.html(
                "<b>You sell {title} for {supplier}</b>",
                title=shortened(one.title, _LONGEST_TITLE),
                supplier=shortened(one.supplier_title, _LONGEST_TITLE),
            ),
            lines(
                t.html("Your group keeps {share} of what goods cost.", share=percent_words(t, one.share_bps)),
                _sold(t, one, facts.pieces),
                _carrier_sums(t, one),
            ),
            _payments(t, facts, now=now),
            t.html("Pay by your own means; the supplier's curator says here what has come.")
            if one.due_amount > 0
            else None,
        ),
        buttons=[[Button(text=t("‹ Back to the pick"), data=ManageButton(one.pick_id, "home"))]],
    )


def ask_received(t: Translator, sales: CarrierSales) -> Screen:
    """How much has come?"""
    return Screen(
        text=paragraphs(
            t.html(
                "How much has come from {group}? Write an amount, like <code>{example}</code>.",
                group=shortened(sales.group_title, _LONGEST_TITLE),
                example=_money(t, sales, sales.due_amount if sales.due_amount > 0 else _EXAMPLE_AMOUNT),
            ),
            _supplier_sums(t, sales),
        ),
        buttons=[[Button(text=t("‹ Back"), data=CarrierButton(sales.pick_id))]],
    )


def received_words(t: Translator, sales: CarrierSales, amount: int) -> str:
    """To the supplier's curator: it is written down."""
    return t("{amount} is noted as received.", amount=_money(t, sales, amount))


def undone_words(t: Translator, sales: CarrierSales, amount: int) -> str:
    """To the supplier's curator: it counts no more."""
    return t("{amount} does not count as received any more.", amount=_money(t, sales, amount))


def received_notice(t: Translator, sales: CarrierSales, amount: int) -> Screen:
    """To the curator of the group that sold: what its supplier has got."""
    return _told(
        t,
        sales,
        t.html(
            "{supplier} has received {amount} from your group for #{number} {title}.",
            supplier=shortened(sales.supplier_title, _LONGEST_TITLE),
            amount=_money(t, sales, amount),
            number=sales.number,
            title=shortened(sales.title, _LONGEST_TITLE),
        ),
    )


def undone_notice(t: Translator, sales: CarrierSales, amount: int) -> Screen:
    """To the curator of the group that sold: that was a mistake."""
    return _told(
        t,
        sales,
        t.html(
            "{supplier} has not received {amount} from your group for #{number} {title} after all.",
            supplier=shortened(sales.supplier_title, _LONGEST_TITLE),
            amount=_money(t, sales, amount),
            number=sales.number,
            title=shortened(sales.title, _LONGEST_TITLE),
        ),
    )


def sheet_comes(t: Translator) -> str:
    """The file is being made."""
    return t("Your file is coming.")


def between_groups(t: Translator, pick: Pick, *, is_sold_by_others: bool) -> list[Button]:
    """On a pick's own page: the way to what is owed for it, where it has to do with another group."""
    if pick.is_carried:
        return [Button(text=t("What you owe"), data=OwedButton(pick.id or 0))]
    if is_sold_by_others:
        return [Button(text=t("What others sell of it"), data=SalesButton(pick.id or 0, 0))]
    return []


def pieces_of(pieces: Sequence[VariantSales], pick_id: int) -> list[VariantSales]:
    """Those pieces that one of the groups has sold."""
    return [piece for piece in pieces if piece.pick_id == pick_id]


def _told(t: Translator, sales: CarrierSales, said: Markup) -> Screen:
    return Screen(
        text=lines(said, _carrier_due(t, sales)),
        buttons=[[Button(text=t("What you owe"), data=OwedButton(sales.pick_id))]],
    )


def _supplied_line(t: Translator, one: SuppliedSales) -> Markup:
    amount = t.money(Money(amount=abs(one.due_amount), currency=one.currency))
    fields = {"number": one.number, "title": shortened(one.title, _LONGEST_TITLE), "amount": amount}
    if one.due_amount < 0:
        return t.html_plural(
            "#{number} {title}: {n} group; you have {amount} too much",
            "#{number} {title}: {n} groups; you have {amount} too much",
            one.carriers,
            **fields,
        )
    return t.html_plural(
        "#{number} {title}: {n} group; {amount} is due to you",
        "#{number} {title}: {n} groups; {amount} is due to you",
        one.carriers,
        **fields,
    )


def _carried_line(t: Translator, one: CarrierSales) -> Markup:
    return t.html(
        "#{number} {title}, of {supplier}: {due}",
        number=one.number,
        title=shortened(one.title, _LONGEST_TITLE),
        supplier=shortened(one.supplier_title, _LONGEST_TITLE),
        due=_carrier_due(t, one),
    )


def _sold(t: Translator, one: CarrierSales, pieces: Sequence[VariantSales]) -> Markup:
    """How many orders and pieces, and how far they are."""
    orders = t.html_plural(
        "{n} order, {completed} handed over",
        "{n} orders, {completed} handed over",
        one.orders,
        completed=t.number(one.completed),
    )
    counted = Markup(", ").join(
        t.html("{variant}: {quantity}", variant=piece.name, quantity=t.number(piece.quantity))
        if piece.name
        else t.html_plural("{n} piece", "{n} pieces", piece.quantity)
        for piece in pieces_of(pieces, one.pick_id)
    )
    return lines(orders, counted or None)


def _supplier_sums(t: Translator, one: CarrierSales) -> Markup:
    sums = t.html(
        "Goods for {goods}: it keeps {share}, {owed} is yours",
        goods=_money(t, one, one.goods_amount),
        share=_money(t, one, one.share_amount),
        owed=_money(t, one, one.owed_amount),
    )
    return lines(sums if one.goods_amount else None, _supplier_due(t, one))


def _supplier_due(t: Translator, one: CarrierSales) -> Markup:
    fields = {"paid": _money(t, one, one.paid_amount), "due": _money(t, one, abs(one.due_amount))}
    if one.due_amount < 0:
        return t.html("Received: {paid}, which is <b>{due} too much</b>.", **fields)
    if one.due_amount == 0:
        return t.html("Received: {paid}. Nothing is due.", **fields)
    return t.html("Received: {paid}. <b>{due} is due.</b>", **fields)


def _carrier_sums(t: Translator, one: CarrierSales) -> Markup:
    sums = t.html(
        "Goods for {goods}: your group keeps {share}, {owed} is the supplier's",
        goods=_money(t, one, one.goods_amount),
        share=_money(t, one, one.share_amount),
        owed=_money(t, one, one.owed_amount),
    )
    paid = t.html("The supplier has received {paid}.", paid=_money(t, one, one.paid_amount))
    return lines(sums if one.goods_amount else None, paid, _carrier_due(t, one))


def _carrier_due(t: Translator, one: CarrierSales) -> Markup:
    due = _money(t, one, abs(one.due_amount))
    if one.due_amount < 0:
        return t.html("The supplier has <b>{due} too much</b>.", due=due)
    if one.due_amount == 0:
        return t.html("You owe nothing.")
    return t.html("You owe <b>{due}</b>.", due=due)


def _payments(t: Translator, facts: CarrierPage, *, now: datetime) -> Markup | None:
    said = [_payment(t, facts, payment, now=now) for payment in facts.payments]
    return lines(t.html("<b>Received</b>"), *said) if said else None


def _payment(t: Translator, facts: CarrierPage, payment: CarriedPayment, *, now: datetime) -> Markup:
    fields = {
        "moment": t.moment(payment.received_at, facts.time_zone, now=now),
        "amount": _money(t, facts.sales, payment.amount),
    }
    if payment.undone_at is not None:
        return t.html("{moment}: {amount}, which was a mistake", **fields)
    return t.html("{moment}: {amount}", **fields)


def _carrier_words(t: Translator, one: CarrierSales) -> str:
    # What is due must not be cut off.
    group = shortened(one.group_title, _LONGEST_BUTTON // 2)
    return t("{group}: {amount}", group=group, amount=_money(t, one, one.due_amount))


def _pick_button(t: Translator, number: int, title: str, data: SalesButton | OwedButton) -> Button:
    return Button(
        text=shortened(t("#{number} {title}", number=number, title=title), _LONGEST_BUTTON), data=data
    )


def _turning(
    t: Translator, *, before: PartnersButton | SalesButton | None, after: PartnersButton | SalesButton | None
) -> list[Button]:
    return [
        *([Button(text=t("‹ Back"), data=before)] if before is not None else []),
        *([Button(text=t("More ›"), data=after)] if after is not None else []),
    ]


def _money(t: Translator, of: CarrierSales, amount: int) -> str:
    return t.money(Money(amount=amount, currency=of.currency))
