"""What is said of money that goes back: to the member it goes to, and to the curator who owes it."""

from markupsafe import Markup

from bot.callbacks.refunds import KeepCreditButton, RefundsButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.ledger import STARS_CURRENCY
from bot.views.payment_invoices import charged
from bot.views.screens import Button, Screen, paragraphs
from storage.repositories.picks import PostedPick
from storage.repositories.refunds import OwedRefund, PickOwed
from storage.states import PaymentMethod, PickState, RefundReason


def refund_due_notice(
    t: Translator, owed: OwedRefund, *, may_keep: bool, is_correction: bool = False
) -> Screen:
    """A member gets money back: how much, why and how; perhaps she would rather keep it as credit."""
    head = t.html("<b>You get {amount} back</b>", amount=refund_money(t, owed))
    if is_correction:
        head = t.html(
            "<b>Correction: {amount} has not gone back to you yet</b>", amount=refund_money(t, owed)
        )
    keep = Button(text=t("Keep it as credit"), data=KeepCreditButton(owed.id))
    return Screen(
        text=paragraphs(
            head,
            _why(t, owed),
            _how_it_comes(t, owed),
            t.html("Or keep it as credit, which pays for later orders in {group}.", group=owed.group_title)
            if may_keep
            else None,
        ),
        buttons=[[keep]] if may_keep else (),
    )


def refund_done_notice(t: Translator, owed: OwedRefund, *, note: str = "", credit_amount: int = 0) -> Screen:
    """Money has gone back to a member, or has become credit of this amount in all."""
    return Screen(
        text=paragraphs(
            _done_head(t, owed),
            _why(t, owed),
            _how_it_went(t, owed, credit_amount=credit_amount),
            t.html("Note: {note}", note=note) if note else None,
        )
    )


def refunds_owed_notice(t: Translator, posted: PostedPick, owed: PickOwed) -> Screen:
    """To a curator, once for all of a pick: how much goes back, and to how many."""
    show = Button(text=t("Show whom"), data=RefundsButton(posted.pick.group_id, 0, 0))
    return Screen(
        text=paragraphs(
            t.html(
                "<b>Money goes back: #{number} {title}</b> ({group})",
                number=owed.pick_number,
                title=owed.title,
                group=posted.group.title,
            ),
            t.html_plural(
                "You owe {n} member {amount}. /refunds lists whom, and you tick off each when it "
                "has gone back.",
                "You owe {n} members {amount}. /refunds lists whom, and you tick off each when it "
                "has gone back.",
                owed.open,
                amount=t.money(Money(amount=owed.open_amount, currency=owed.currency)),
            ),
        ),
        buttons=[[show]],
    )


def something_waits(t: Translator, posted: PostedPick, *, name: str, link: str) -> Screen:
    """In the group, to a curator who reads nothing in private: no word of money."""
    return Screen(
        text=t.html(
            "{name}, something about #{number} {title} waits for you.",
            name=name,
            number=posted.pick.number,
            title=posted.offer.title,
        ),
        buttons=[[Button(text=t("Open"), url=link)]],
    )


def refund_money(t: Translator, owed: OwedRefund) -> str:
    """Its amount, which is of Stars where nobody knows which order they were for."""
    return charged(t, owed.amount, owed.currency)


def reason_words(t: Translator, owed: OwedRefund) -> str:
    """Why it goes back."""
    match owed.reason:
        case RefundReason.CANCELLED if owed.pick_state is PickState.WITHDRAWN:
            return t("the pick was withdrawn")
        case RefundReason.CANCELLED if owed.pick_state is PickState.FAILED:
            return t("the pick did not come about")
        case RefundReason.CANCELLED:
            return t("the order was cancelled")
        case RefundReason.OVERPAID:
            return t("more was paid than the order costs")
        case RefundReason.RETURNED:
            return t("the goods came back")
        case RefundReason.GOODWILL:
            return t("for good will: {reason}", reason=owed.note) if owed.note else t("for good will")
        case RefundReason.UNWANTED:
            return t("the payment could not be accepted")


def way_words(t: Translator, method: PaymentMethod) -> str:
    """By which way it goes back."""
    words = {
        PaymentMethod.CASH: t("in cash"),
        PaymentMethod.TRANSFER: t("by bank transfer or wallet"),
        PaymentMethod.CARD: t("to the card"),
        PaymentMethod.STARS: t("as Stars, by Telegram"),
        PaymentMethod.CREDIT: t("as store credit"),
    }
    return words[method]


def order_words(t: Translator, owed: OwedRefund) -> str:
    """For which order."""
    if owed.number is None:
        return owed.group_title
    return t(
        "#{pick} {title} ({group}), order number {number}",
        pick=owed.pick_number,
        title=owed.title,
        group=owed.group_title,
        number=owed.number,
    )


def is_part_of_stars(owed: OwedRefund) -> bool:
    """Whether a part of what was paid in Stars goes back, which Telegram cannot do."""
    return owed.paid_by is PaymentMethod.STARS and owed.method is not PaymentMethod.STARS


def _why(t: Translator, owed: OwedRefund) -> Markup:
    return t.html("{order}: {reason}.", order=order_words(t, owed), reason=reason_words(t, owed))


def _how_it_comes(t: Translator, owed: OwedRefund) -> Markup:
    if owed.method is PaymentMethod.STARS:
        return t.html("Telegram gives your Stars back.")
    if is_part_of_stars(owed):
        return t.html(
            "Telegram cannot give these Stars back, so your curator gives you the amount {way}. I tell you "
            "when it is done.",
            way=way_words(t, owed.method),
        )
    return t.html(
        "Your curator gives it back {way}, the way it was paid. I tell you when it is done.",
        way=way_words(t, owed.method),
    )


def _done_head(t: Translator, owed: OwedRefund) -> Markup:
    if owed.method is PaymentMethod.CREDIT:
        return t.html("<b>{amount} is your credit now</b>", amount=refund_money(t, owed))
    return t.html("<b>{amount} has gone back to you</b>", amount=refund_money(t, owed))


def _how_it_went(t: Translator, owed: OwedRefund, *, credit_amount: int) -> Markup:
    if owed.method is PaymentMethod.CREDIT:
        return t.html(
            "Your credit in {group} is {amount}. It pays for your next orders there.",
            group=owed.group_title,
            amount=t.money(Money(amount=credit_amount, currency=owed.currency)),
        )
    if owed.method is PaymentMethod.STARS:
        return t.html(
            "Telegram has given your Stars back: {stars}.",
            stars=charged(t, owed.charged_amount or owed.amount, STARS_CURRENCY),
        )
    return t.html(
        "{name} has noted that it went back {way}. If it does not come, ask them.",
        name=owed.done_by or "?",
        way=way_words(t, owed.method),
    )
