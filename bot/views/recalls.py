"""What is said of goods that are stopped: to buyers, in groups, to curators, and to whoever stops them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.picks import ManageButton
from bot.callbacks.recalls import RecallAnswerButton, RecallButton, StopButton
from bot.i18n import Translator
from bot.money import Money
from bot.services.recalls import RecallSeen
from bot.views.case_steps import wrong_button
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.models import Recall
from storage.repositories.picks import PostedPick
from storage.repositories.pickups import OrderInHand
from storage.states import FulfilmentState, PickState, RecallAnswer, RecallReason

_LONGEST_NAME = 64


@dataclass(frozen=True, kw_only=True)
class BuyerFacts:
    """What a recall has to do with one order: what may be given back, if anything, and what was answered."""

    seen: RecallSeen
    order: OrderInHand
    money: Money | None
    answer: RecallAnswer | None


def recall_notice(t: Translator, facts: BuyerFacts) -> Screen:
    """In private, to somebody who has it: why it is stopped, and what she can have."""
    order, seen = facts.order, facts.seen
    head = t.html(
        "<b>{title}</b> is stopped: nobody can order it for now. You have order {number} of pick #{pick} "
        "in {group}.",
        title=order.title,
        number=t.number(order.number),
        pick=order.pick_number,
        group=order.group_title,
    )
    if seen.recall.lifted_at is not None:
        return Screen(text=lifted_line(t, title=order.title))
    return Screen(
        text=paragraphs(head, _why(t, seen, is_named=False), _what_now(t, facts)),
        buttons=_answers(t, facts),
    )


def recall_in_group(t: Translator, seen: RecallSeen, posted: PostedPick, *, link: str) -> Screen:
    """Once in a group that has it, for those as well who read nothing in private."""
    return Screen(
        text=paragraphs(
            t.html(
                "<b>#{number} {title}</b> is stopped: nobody can order it for now.",
                number=posted.pick.number,
                title=posted.offer.title,
            ),
            _why(t, seen, is_named=False),
            t.html("Whoever has it finds here what that means for the order."),
        ),
        buttons=[[Button(text=t("What about mine?"), url=link)]],
    )


def recall_news(t: Translator, seen: RecallSeen) -> Screen:
    """To those whose pick it is, and to the owners of its groups."""
    look = [[Button(text=t("Look at it"), data=RecallButton(seen.id, "page"))]]
    if seen.recall.lifted_at is not None:
        return Screen(text=lifted_line(t, title=seen.title), buttons=look)
    return Screen(text=paragraphs(_stopped_in(t, seen), _why(t, seen), _hold_back(t)), buttons=look)


def recall_page(t: Translator, seen: RecallSeen, *, time_zone: str, may_lift: bool, now: datetime) -> Screen:
    """What is stopped, since when and why, and what its buyers say to it."""
    recall, answers = seen.recall, seen.answers
    since = t.html("Since {moment}.", moment=t.moment(recall.begun_at, time_zone, now=now))
    until = (
        t.html("On sale again since {moment}.", moment=t.moment(recall.lifted_at, time_zone, now=now))
        if recall.lifted_at is not None
        else None
    )
    said = lines(
        t.html_plural("It concerns {n} order.", "It concerns {n} orders.", answers.orders),
        t.html_plural("{n} buyer was told.", "{n} buyers were told.", answers.told) if answers.told else None,
        t.html_plural("{n} buyer finds nothing wrong.", "{n} buyers find nothing wrong.", answers.fine)
        if answers.fine
        else None,
        t.html_plural("{n} wants the money back.", "{n} want the money back.", answers.wants_back)
        if answers.wants_back
        else None,
    )
    deeds = [[Button(text=t("Put it on sale again"), data=RecallButton(seen.id, "lift"))]]
    return Screen(
        text=paragraphs(_stopped_in(t, seen), lines(since, until), _why(t, seen), said),
        buttons=deeds if may_lift and recall.lifted_at is None else (),
    )


def lift_question(t: Translator, seen: RecallSeen) -> Screen:
    """Is she sure?"""
    return Screen(
        text=t.html(
            "Put <b>{title}</b> on sale again, wherever it was? Only do so if you know what was wrong, and "
            "that it no longer is. New complaints stop it again.",
            title=seen.title,
        ),
        buttons=[
            [Button(text=t("Yes, sell it again"), data=RecallButton(seen.id, "lifted"))],
            [Button(text=t("‹ Back"), data=RecallButton(seen.id, "page"))],
        ],
    )


def stop_question(t: Translator, posted: PostedPick, *, groups: int) -> Screen:
    """Why shall it be stopped? The answer is written."""
    return Screen(
        text=paragraphs(
            t.html(
                "Stop #{number} {title}? From then on nobody can order it, in no group and no further round, "
                "until you put it on sale again. Orders stay as they are.",
                number=posted.pick.number,
                title=posted.offer.title,
            ),
            t.html_plural(
                "It is, or was, on sale in {n} group.", "It is, or was, on sale in {n} groups.", groups
            ),
            t.html("What is wrong with it? Write it in a sentence: everybody who has it will read it."),
        ),
        buttons=[[_back(t, posted)]],
    )


def stop_sure(t: Translator, posted: PostedPick, *, words: str) -> Screen:
    """Her words are read; is money offered back?"""
    return Screen(
        text=paragraphs(
            t.html(
                "<b>Stop #{number} {title}?</b> Those who have it will read: “{words}”",
                number=posted.pick.number,
                title=posted.offer.title,
                words=words,
            ),
            t.html("You may offer them their money back: whoever wants it gets it the way it was paid."),
        ),
        buttons=[
            [Button(text=t("Stop, offer refunds"), data=StopButton(posted.id, 1))],
            [Button(text=t("Stop it"), data=StopButton(posted.id, 0))],
            [_back(t, posted)],
        ],
    )


def stopped_notice(t: Translator, *, number: int) -> str:
    """To somebody who spoke in the group's name: it is done."""
    return t("Pick #{number} is stopped, here and everywhere else. Its buyers are being told.", number=number)


def nothing_of_it(t: Translator) -> Screen:
    """To somebody who has none of what is stopped; what that is, only its groups know."""
    return Screen(text=t.html("You have no order of what is stopped, so nothing has to be done."))


def answered_fine(t: Translator, order: OrderInHand) -> Screen:
    """To a buyer who has nothing to complain of."""
    if order.fulfilment is FulfilmentState.HANDED_OVER:
        words = t.html(
            "Good that yours is fine. Thank you for saying so: it helps to find out what is wrong."
        )
    else:
        words = t.html("Thank you. Your order stays as it is, and you hear when it is to be fetched.")
    return Screen(text=paragraphs(Markup("<b>{}</b>").format(order.title), words))


def stopped_line(t: Translator) -> Markup:
    """On a card, in the place of until when it takes orders."""
    return t.html("<b>Stopped</b>: something may be wrong with it, so it takes no orders for now.")


def leave_line(t: Translator) -> Markup:
    """On a card, in the place of how to order."""
    return t.html("<i>You have ordered and want out? Reply to this card with 0.</i>")


def lifted_line(t: Translator, *, title: str) -> Markup:
    """It goes on."""
    return t.html("<b>{title}</b> was looked at, and is on sale again wherever it was.", title=title)


def recall_act(t: Translator, action: str, details: Mapping[str, object]) -> str | None:
    """In the audit log, if it was about what is stopped."""
    title = shortened(str(details.get("title", "")), _LONGEST_NAME)
    match action:
        case "offer_stopped" if details.get("reason"):
            return t("stopped “{title}”: {reason}", title=title, reason=details["reason"])
        case "offer_stopped":
            return t(
                "“{title}” was stopped, since {disputed} of {delivered} orders had something wrong",
                title=title,
                disputed=details.get("disputed", 0),
                delivered=details.get("delivered", 0),
            )
        case "recall_lifted":
            return t("put “{title}” on sale again", title=title)
    return None


def _stopped_in(t: Translator, seen: RecallSeen) -> Markup:
    return t.html_plural(
        "<b>{title}</b> was stopped in {n} group.",
        "<b>{title}</b> was stopped in {n} groups.",
        seen.group_count,
        title=seen.title,
    )


def _why(t: Translator, seen: RecallSeen, *, is_named: bool = True) -> Markup:
    """Why it is stopped, and by whom: not to buyers, who may be in other groups than whoever did it."""
    recall = seen.recall
    if recall.reason is RecallReason.DISPUTES:
        return _numbers(t, recall)
    if seen.begun_by and is_named:
        name = shortened(seen.begun_by, _LONGEST_NAME)
        return t.html("{name} stopped it: “{words}”", name=name, words=recall.words)
    return t.html("The reason: {reason}", reason=recall.words)


def _numbers(t: Translator, recall: Recall) -> Markup:
    return t.html(
        "Of {delivered} orders, {disputed} had something wrong. That is too many to be chance, so it is "
        "stopped until it is known why.",
        delivered=t.number(recall.delivered),
        disputed=t.number(recall.disputed),
    )


def _hold_back(t: Translator) -> Markup:
    return t.html(
        "Please hand nothing of it out until you know what is wrong. Nothing of it closes or opens meanwhile."
    )


def _what_now(t: Translator, facts: BuyerFacts) -> Markup:
    is_there = facts.order.fulfilment is FulfilmentState.HANDED_OVER
    if facts.answer is RecallAnswer.WANTS_BACK:
        return t.html("You want your money back: that is being seen to.")
    if facts.money is not None and facts.seen.recall.offers_refunds:
        amount = t.money(facts.money)
        if is_there:
            return t.html(
                "If you want it, you get your {amount} back. If yours is fine, say so.", amount=amount
            )
        return t.html(
            "You have not fetched yours yet. You can wait, or get your {amount} back.", amount=amount
        )
    if is_there:
        return t.html("If something is wrong with yours as well, say so, and it is seen to.")
    if facts.order.pick_state is PickState.LIVE:
        return t.html("You hear how it goes on. If you want out, /my cancels your order.")
    return t.html("You have not fetched yours yet. You hear how it goes on.")


def _answers(t: Translator, facts: BuyerFacts) -> list[list[Button]]:
    if facts.answer is RecallAnswer.WANTS_BACK:
        return []
    order, recall_id = facts.order, facts.seen.id
    is_there = order.fulfilment is FulfilmentState.HANDED_OVER

    def says(text: str, answer: RecallAnswer) -> list[Button]:
        return [Button(text=text, data=RecallAnswerButton(recall_id, order.id, answer.value))]

    fine = says(t("Mine is fine") if is_there else t("I wait"), RecallAnswer.FINE)
    if facts.money is not None and facts.seen.recall.offers_refunds:
        return [fine, says(t("I want my money back"), RecallAnswer.WANTS_BACK)]
    if not is_there:
        return []
    return [fine, [wrong_button(t, order.id, in_place=False)]]


def _back(t: Translator, posted: PostedPick) -> Button:
    return Button(text=t("‹ Back"), data=ManageButton(posted.id, "home"))
