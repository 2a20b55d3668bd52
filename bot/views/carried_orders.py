"""What groups owe one another: for whoever supplies, and for whoever sells."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks.carried_orders import (
    CarrierButton,
    OwedButton,
    PartnersButton,
    SalesButton,
    SalesSheetButton,
)
from bot.callbacks.picks import ManageButton
from bot.i18n import Translator
from bot.money import Money
from bot.views.carried_order_sums import carrier_due, money_of, sold, supplier_sums
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Group, Pick
from storage.repositories.carried_orders import CarrierSales, SuppliedSales, VariantSales
from storage.repositories.picks import PostedPick

PARTNERS_A_PAGE = 6
CARRIERS_A_PAGE = 6

_LONGEST_BUTTON = 40
_LONGEST_TITLE = 60
_ROOM = 3500


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
            sold(t, one, facts.pieces),
            supplier_sums(t, one),
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
        due=carrier_due(t, one),
    )


def _carrier_words(t: Translator, one: CarrierSales) -> str:
    # What is due must not be cut off.
    group = shortened(one.group_title, _LONGEST_BUTTON // 2)
    return t("{group}: {amount}", group=group, amount=money_of(t, one, one.due_amount))


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
