"""What a code gives, where and until when, and the codes that somebody has."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import Money
from bot.rules.promotions import Obstacle
from bot.services.coupons import CodeTaken, EnteredCode
from bot.views.promotion_discounts import savings_of
from bot.views.promotion_words import condition_words, gift_words
from bot.views.screens import Screen, as_fits, lines, paragraphs
from storage.discounts import OrderDiscount
from storage.repositories.promotions import OpenOrder

_MOST_GROUPS = 5


def code_taken(t: Translator, taken: CodeTaken, *, now: datetime) -> Screen:
    """The code counts: what it gives, for what, and which open orders cost less by it at once."""
    entered = taken.entered
    head = (
        t.html("The code <b>{code}</b> counts for you.", code=entered.coupon.shown)
        if taken.is_new
        else t.html("You have the code <b>{code}</b> already; it counts.", code=entered.coupon.shown)
    )
    then = (
        lines(*(_order(t, order, off) for order, off in taken.orders))
        if taken.orders
        else t.html("It is taken off by itself as soon as you order what it fits.")
    )
    return Screen(text=paragraphs(head, _terms(t, entered, now=now), then))


def code_unknown(t: Translator) -> Screen:
    """Nobody made such a code."""
    return Screen(
        text=t.html(
            "I do not know this code. Please look at it once more; "
            "letters that look alike make no difference."
        )
    )


def own_codes(t: Translator, codes: Sequence[EnteredCode], *, now: datetime) -> Screen:
    """The codes that somebody has entered, and how to enter one."""
    how = t.html("To enter a code, write it behind the command: <code>/coupon SPRING-5</code>")
    if not codes:
        return Screen(text=paragraphs(t.html("You have entered no code yet."), how))
    each = [
        lines(
            Markup("<b>{}</b>").format(one.coupon.shown),
            _terms(t, one, now=now),
            Markup("<i>{}</i>").format(_stands(t, one)),
        )
        for one in codes
    ]
    text = as_fits((t.html("<b>Your codes</b>"), *each), between="\n\n", limit=3500)
    return Screen(text=paragraphs(text, how))


def _terms(t: Translator, entered: EnteredCode, *, now: datetime) -> Markup:
    promotion = entered.promotion
    conditions = [words for words in condition_words(t, promotion) if words != t("with a code")]
    zone = entered.groups[0].time_zone if entered.groups else "UTC"
    until = promotion.ends_at
    return lines(
        t.html("{title}: {gift}", title=promotion.title, gift=gift_words(t, promotion)),
        t.html("Holds {conditions}.", conditions=t.listed(conditions)) if conditions else None,
        t.html("Where: {groups}", groups=_where(t, entered)),
        t.html("Until {moment}", moment=t.moment(until, zone, now=now)) if until else None,
    )


def _where(t: Translator, entered: EnteredCode) -> str:
    if not entered.groups:
        return t("in every group")
    named = [group.title for group in entered.groups[:_MOST_GROUPS]]
    more = len(entered.groups) - len(named)
    if more:
        named.append(t.plural("{n} more group", "{n} more groups", more))
    return t.listed(named)


def _stands(t: Translator, entered: EnteredCode) -> str:
    match entered.obstacle:
        case None:
            return t("It counts for your next order that it fits.")
        case Obstacle.USED_BY_PERSON:
            return t("You have used it.")
        case Obstacle.USED_UP:
            return t("It is used up.")
        case Obstacle.OVER:
            return t("It is over.")
        case Obstacle.PAUSED:
            return t("It is paused.")
        case Obstacle.NOT_YET:
            return t("It has not begun yet.")
    return t("It is out of use.")


def _order(t: Translator, order: OpenOrder, off: Sequence[OrderDiscount]) -> Markup:
    savings = savings_of(off, order.currency)
    whole = Money(amount=sum(one.amount.amount for one in savings), currency=order.currency)
    return t.html(
        "Your order of <b>{title}</b> (#{pick}, {group}) has {amount} off now.",
        title=order.title,
        pick=order.pick_number,
        group=order.group_title,
        amount=t.money(whole),
    )
