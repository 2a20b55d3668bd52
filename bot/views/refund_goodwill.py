"""Giving money of an order back for good will, as a curator sees it."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.refunds import GoodwillButton, GoodwillSureButton, RefundButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.refunds import BY_HAND
from bot.rules.settlements import Back
from bot.views.refund_notices import way_words
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.models import Refund
from storage.repositories.payments import OrderMoney
from storage.repositories.pickups import OrderInHand

_LONGEST_BUTTON = 60


def ask_goodwill(t: Translator, order: OrderInHand, facts: OrderMoney, most: int, *, credit: bool) -> Screen:
    """How much of an order's money shall go back, and why."""

    def amount(minor: int) -> str:
        return t.money(Money(amount=minor, currency=facts.currency))

    back = facts.refunded_amount + facts.refund_due_amount
    rows = [
        [Button(text=t("Everything: {amount}", amount=amount(most)), data=GoodwillButton(order.id, "all"))]
        if most
        else [],
        [Button(text=t("Give credit instead"), data=GoodwillButton(order.id, "credit"))] if credit else [],
    ]
    return Screen(
        text=paragraphs(
            lines(_order_head(t, order), _order_title(t, order)),
            lines(
                t.html("Paid: {amount}", amount=amount(facts.received_amount)),
                t.html("Gone back, or on its way: {amount}", amount=amount(back)) if back else None,
            ),
            t.html(
                "How much of it do you give back, and why? Up to {amount}. Write it like this: {example}",
                amount=amount(most),
                example=t("3.00 broken jar"),
            )
            if most
            else t.html("There is nothing more to give back."),
        ),
        buttons=rows,
    )


def sure_of_goodwill(
    t: Translator,
    order: OrderInHand,
    money: Money,
    parts: Sequence[Back],
    *,
    reason: str,
    draft_id: int,
) -> Screen:
    """Before it is owed: how much, how it goes back, and why."""
    written = t.money(money)
    return Screen(
        text=paragraphs(
            lines(_order_head(t, order), _order_title(t, order)),
            lines(
                *(
                    t.html(
                        "{amount} {way}",
                        amount=t.money(Money(amount=part.amount, currency=money.currency)),
                        way=way_words(t, part.method),
                    )
                    for part in parts
                ),
                t.html("Why: {reason}", reason=reason) if reason else None,
            ),
        ),
        buttons=[
            [Button(text=t("Yes, give {amount} back", amount=written), data=GoodwillSureButton(draft_id, 1))],
            [Button(text=t("No"), data=GoodwillSureButton(draft_id, 0))],
        ],
    )


def goodwill_given(t: Translator, order: OrderInHand, refunds: Sequence[Refund]) -> Screen:
    """Good will is owed now, or done; what is the curator's to give has a button."""
    total = Money(amount=sum(refund.amount for refund in refunds), currency=order.currency)
    by_hand = [refund for refund in refunds if refund.method in BY_HAND]
    return Screen(
        text=paragraphs(
            lines(_order_head(t, order), _order_title(t, order)),
            t.html("{amount} goes back to {name}.", amount=t.money(total), name=order.name),
            t.html("Tick it off here or in /refunds when you have given it.") if by_hand else None,
        ),
        buttons=[
            [
                Button(
                    text=shortened(f"{_amount(t, refund)} {way_words(t, refund.method)}", _LONGEST_BUTTON),
                    data=RefundButton(refund.id or 0),
                )
            ]
            for refund in by_hand
        ],
    )


def goodwill_stopped(t: Translator) -> Screen:
    """Nothing was given back."""
    return Screen(text=t.html("Nothing was given back."))


def which_order_to_refund(t: Translator, found: Sequence[OrderInHand]) -> Screen:
    """Several groups have an order with the numbers that were typed."""
    return Screen(
        text=t.html("Which order {number} do you mean?", number=found[0].number),
        buttons=[
            [
                Button(
                    text=shortened(f"#{order.pick_number} {order.group_title}: {order.name}", 60),
                    data=GoodwillButton(order.id, "ask"),
                )
            ]
            for order in found
        ],
    )


def _order_head(t: Translator, order: OrderInHand) -> Markup:
    return t.html("<b>Give money back: order {number}, {name}</b>", number=order.number, name=order.name)


def _order_title(t: Translator, order: OrderInHand) -> Markup:
    return t.html(
        "#{number} {title} ({group})",
        number=order.pick_number,
        title=order.title,
        group=order.group_title,
    )


def _amount(t: Translator, refund: Refund) -> str:
    return t.money(Money(amount=refund.amount, currency=refund.currency))
