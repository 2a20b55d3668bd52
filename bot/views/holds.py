"""Paying at once: what an order's answer says of it, and what is told when its time is over."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.details import DetailsButton
from bot.callbacks.payments import PayButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.holds import still_to_come
from bot.services.payments.bills import Bill
from bot.views.payments import bill_head
from bot.views.screens import Button, Screen, paragraphs, shortened
from storage.repositories.picks import PostedPick
from storage.states import PickState

_LONGEST_WHAT = 1000

Pieces = Sequence[tuple[str, int]]
"""How many of which kind; the sole kind of an offer has no name."""


def pay_now(t: Translator, amount: Money, *, minutes: int) -> str:
    """What is to be paid at once, and in how many whole minutes."""
    if minutes < 1:
        return t("Pay {amount} now.", amount=t.money(amount))
    return t.plural(
        "Pay {amount} within {n} minute.",
        "Pay {amount} within {n} minutes.",
        minutes,
        amount=t.money(amount),
    )


def hold_request(t: Translator, bill: Bill, *, until: datetime, now: datetime) -> Screen:
    """To somebody who has to pay at once: how much, and until when her order is kept."""
    amount = Money(amount=still_to_come(bill.money), currency=bill.money.currency)
    return Screen(
        text=paragraphs(
            bill_head(t, bill),
            t.html(
                "Please pay <b>{amount}</b>. Your order is kept for you until {moment}.",
                amount=t.money(amount),
                moment=t.moment(until, bill.order.time_zone, now=now),
            ),
        ),
        buttons=[[Button(text=t("Pay"), data=PayButton(bill.order.order_id))]],
    )


def lapsed_notice(t: Translator, posted: PostedPick, *, lost: Pieces, kept: Pieces) -> Screen:
    """To somebody who has not paid in time: what she has no more, what stays, and how to order again."""
    is_open = posted.pick.state is PickState.LIVE
    return Screen(
        text=paragraphs(
            t.html(
                "<b>{group}</b>: this was not paid in time, so others can have it now: {what} "
                "(#{pick} {title}). You owe nothing for it.",
                group=posted.group.title,
                what=_what(t, lost, posted.offer.title),
                pick=posted.pick.number,
                title=posted.offer.title,
            ),
            t.html("You keep {what}.", what=_what(t, kept, posted.offer.title)) if kept else None,
            t.html(
                "A payment that is still on its way brings it back if it can still be had. "
                "Otherwise you get the money back."
            )
            if is_open
            else t.html("A payment that is still on its way goes back to you."),
        ),
        buttons=[[Button(text=t("Order again"), data=DetailsButton(posted.id, 0))]] if is_open else [],
    )


def restored_notice(t: Translator, posted: PostedPick, *, has: Pieces) -> Screen:
    """To somebody whose money came late, but not too late."""
    return Screen(
        text=t.html(
            "<b>{group}</b>: your payment for #{pick} {title} came late, but not too late. You have {what}.",
            group=posted.group.title,
            pick=posted.pick.number,
            title=posted.offer.title,
            what=_what(t, has, posted.offer.title),
        )
    )


def too_late_notice(t: Translator, posted: PostedPick) -> Screen:
    """To somebody whose money came too late."""
    return Screen(
        text=t.html(
            "<b>{group}</b>: your payment for #{pick} {title} came after its time was over, and what it was "
            "for can no longer be had. You get the money back.",
            group=posted.group.title,
            pick=posted.pick.number,
            title=posted.offer.title,
        )
    )


def _what(t: Translator, pieces: Pieces, title: str) -> Markup:
    said = t.listed([f"{t.number(quantity)} × {name or title}" for name, quantity in pieces])
    return Markup.escape(shortened(said, _LONGEST_WHAT))
