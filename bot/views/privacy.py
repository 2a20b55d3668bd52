"""What is kept about a person and why, what she would lose, and good-bye."""

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from bot.callbacks.members import PrivacyButton
from bot.callbacks.notices import NoticesButton
from bot.i18n import Translator
from bot.rules.privacy import Kept
from bot.services.privacy import Losses, Owed
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.repositories.privacy import OpenOrder
from storage.states import AccountKind

_MOST_LISTED = 8
_LONGEST_TITLE = 40


def privacy_page(t: Translator, kept: Kept, *, failures: timedelta) -> Screen:
    """What is stored, why, who sees it and for how long; what failed is kept apart."""
    return Screen(
        text=paragraphs(
            t.html("<b>What I keep about you, and why</b>"),
            _what(t),
            t.html(
                "What is said in a group is not kept: I count ordinary messages, note the hour in which you "
                "were last active and whom you answered how often, and forget the words at once."
            ),
            t.html(
                "Whoever leads your group sees your orders, your payments and what you write to them. Other "
                "members see your name where you order, react or recommend in the group, and who brought "
                "whom; /chain can hide your name there. Your reviews stand without your name. People who "
                "know you see that somebody they know bought something, as a number, only if you agreed "
                "(/notices). Whoever runs this bot can see everything. I pass nothing on, but for card "
                "payments, which Telegram hands to its payment provider."
            ),
            _how_long(t, kept, failures),
            t.html(
                "/mydata sends you all of it. /notices chooses what I tell you. /forgetme makes me forget "
                "you: what you wrote as a member is deleted, and your orders, payments and stars stay in the "
                "books without your name."
            ),
        ),
        buttons=[
            [Button(text=t("Send me all of it"), data=PrivacyButton("data"))],
            [Button(text=t("What I tell you…"), data=NoticesButton(0))],
            [Button(text=t("Forget me…"), data=PrivacyButton("forget"))],
        ],
    )


def data_comes(t: Translator) -> str:
    """The files are on their way."""
    return t("Two files are on their way: one to read, one for machines.")


def forget_page(t: Translator, losses: Losses) -> Screen:
    """What happens to whoever is forgotten, and what she loses; the first question."""
    if losses.is_asked:
        return forgetting(t)
    if losses.owned:
        return _owner_page(t, losses.owned)
    return Screen(
        text=paragraphs(
            t.html("<b>Shall I forget you?</b>"),
            t.html(
                "I delete your name and your number, and what you wrote or sent me: questions, "
                "recommendations, the words of your reviews, proofs of payment, codes, reminders. Your "
                "orders, payments and stars stay in the books, under a number that says nothing. What you "
                "wrote as a curator, of goods and to members, stays with the group without your name. It "
                "cannot be undone."
            ),
            _owed(t, losses.owed),
            _orders(t, t.html("<b>These orders are cancelled</b>"), losses.cancelled),
            _bound(t, losses.bound),
            t.html(
                "You stay in your groups. If you write, order or react there afterwards, or leave them, "
                "I meet you anew, as a stranger; so leave first what you want to leave. I cannot take back "
                "what stands in the chats themselves, nor what people saved."
            ),
        ),
        buttons=[
            [Button(text=t("Send it all first"), data=PrivacyButton("data"))],
            [Button(text=t("Yes, go on"), data=PrivacyButton("sure"))],
            [Button(text=t("No, keep everything"), data=PrivacyButton("home"))],
        ],
    )


def forget_question(t: Translator, losses: Losses) -> Screen:
    """The second question."""
    if losses.is_asked or losses.owned:
        return forget_page(t, losses)
    return Screen(
        text=paragraphs(
            t.html("<b>Are you quite sure?</b>"),
            t.html("Nobody can undo it, whoever runs this bot included. What is owed to you is lost.")
            if losses.owed
            else t.html("Nobody can undo it, whoever runs this bot included."),
        ),
        buttons=[
            [Button(text=t("Forget me for good"), data=PrivacyButton("forgotten"))],
            [Button(text=t("No, keep everything"), data=PrivacyButton("home"))],
        ],
    )


def forgetting(t: Translator) -> Screen:
    """It is under way."""
    return Screen(
        text=t.html(
            "I am forgetting you. Your orders that are still open are being cancelled; if money is on its "
            "way back to you, I wait for it, at most a day. My last message to you will say that it is done."
        )
    )


def farewell(t: Translator) -> Screen:
    """The last message to somebody who is forgotten."""
    return Screen(
        text=t.html(
            "It is done: I do not know you any more. Good-bye, and thank you. Should you write to me again, "
            "we meet as strangers."
        )
    )


def _what(t: Translator) -> Markup:
    return lines(
        t.html("· your Telegram number, name, username and language: to know who orders, and to answer you"),
        t.html("· your groups, your part in them, who brought you and whom you brought: for rewards"),
        t.html("· what you order, fetch, pay, get back and earn: the books of your group"),
        t.html(
            "· what you write for others to read: questions, recommendations, reviews, and what you say is "
            "wrong"
        ),
        t.html("· proofs of payment, and where your earnings are to be sent: for whoever leads your group"),
        t.html(
            "· your reactions to picks, which reviews helped you, the codes you entered, and whose card, "
            "link or campaign you opened: to know what is liked and who told you"
        ),
        t.html("· what you wish for: to gather it with what others wish for, and to tell you of it once"),
        t.html(
            "· what looks like abuse of rewards, and what you did with rights: for whoever leads your group"
        ),
        t.html("· what you chose here or began: language, notices, reminders, answers to a stop, drafts"),
        t.html(
            "· what you may like best of all that is on offer, of what you were told personally (or by lot "
            "not) and why, and what you said is not for you"
        ),
    )


def _how_long(t: Translator, kept: Kept, failures: timedelta) -> Markup:
    return lines(
        t.html("<b>How long</b>"),
        t.html("· orders, payments and earnings: for good, since they are the books"),
        _period(t, t("proofs of payment and where earnings were sent, once decided"), kept.proofs),
        _period(t, t("questions on picks, and wishes that are over"), kept.questions),
        _period(t, t("whose card, link or campaign you opened, and codes that were none"), kept.visits),
        _period(t, t("whom you answered"), kept.acquaintances),
        _period(t, t("what those with rights did"), kept.audit),
        _period(t, t("messages that I failed to read or to send, and drafts that you deleted"), failures),
        t.html_plural(
            "· all else: until you want to be forgotten, or {n} day after I learn that your account is gone",
            "· all else: until you want to be forgotten, or {n} days after I learn that your account is gone",
            kept.deleted_accounts.days,
        ),
    )


def _period(t: Translator, what: str, kept: timedelta | None) -> Markup:
    if kept is None:
        return t.html("· {what}: until you want to be forgotten", what=what)
    return t.html_plural("· {what}: {n} day", "· {what}: {n} days", kept.days, what=what)


def _owner_page(t: Translator, owned: Sequence[str]) -> Screen:
    return Screen(
        text=paragraphs(
            t.html("<b>You own a group that I serve</b>"),
            lines(*(t.html("· {title}", title=title) for title in owned[:_MOST_LISTED])),
            t.html(
                "As long as I am there, Telegram tells me again and again whose group it is. Give it to "
                "somebody else, or take me out of it; then /forgetme works."
            ),
        ),
        buttons=[[Button(text=t("‹ Back"), data=PrivacyButton("home"))]],
    )


def _owed(t: Translator, owed: Sequence[Owed]) -> Markup | None:
    if not owed:
        return None
    return lines(
        t.html("<b>You lose what is owed to you</b>"), *(_owed_line(t, one) for one in owed[:_MOST_LISTED])
    )


def _owed_line(t: Translator, one: Owed) -> Markup:
    fields = {"amount": t.money(one.money), "group": _short(one.group_title)}
    match one.kind:
        case AccountKind.CREDIT:
            return t.html("· {amount} of credit in {group}", **fields)
        case AccountKind.EARNINGS:
            return t.html("· {amount} of earnings in {group}", **fields)
    return t.html("· {amount} that goes back to you in {group}", **fields)


def _orders(t: Translator, title: Markup, orders: Sequence[OpenOrder]) -> Markup | None:
    if not orders:
        return None
    rest = len(orders) - _MOST_LISTED
    return lines(
        title,
        *(_order_line(t, o) for o in orders[:_MOST_LISTED]),
        t.html_plural("and {n} more order", "and {n} more orders", rest) if rest > 0 else None,
    )


def _order_line(t: Translator, order: OpenOrder) -> Markup:
    fields = {"number": order.pick_number, "title": _short(order.title), "group": _short(order.group_title)}
    return t.html("· #{number} {title}, {group}", **fields)


def _short(title: str) -> str:
    return shortened(title, _LONGEST_TITLE)


def _bound(t: Translator, orders: Sequence[OpenOrder]) -> Markup | None:
    listed = _orders(t, t.html("<b>These orders can no longer be cancelled</b>"), orders)
    if listed is None:
        return None
    return lines(
        listed,
        t.html("Fetch them first, or write down their codes (/my): whoever shows the code gets the order."),
    )
