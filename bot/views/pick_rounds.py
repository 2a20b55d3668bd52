"""Whether a pick is the same as an earlier one, in words: to whoever posted it."""

from bot.callbacks.picks import RoundButton
from bot.i18n import Translator
from bot.services.pick_rounds import EarlierRound
from bot.views.screens import Button, Screen, paragraphs
from storage.repositories.picks import PostedPick


def round_hint(t: Translator, posted: PostedPick, earlier: EarlierRound) -> Screen:
    """To whoever posted a pick of the same title as an earlier one: she knows whether it is the same."""
    return Screen(
        text=paragraphs(
            t.html_plural(
                "Is <b>#{number} {title}</b> in {group} the same as #{old}, which {n} person bought?",
                "Is <b>#{number} {title}</b> in {group} the same as #{old}, which {n} people bought?",
                earlier.buyers,
                number=posted.pick.number,
                title=posted.offer.title,
                group=posted.group.title,
                old=earlier.posted.pick.number,
            ),
            t.html(
                "If you say so, it goes on as a further round, with what buyers said of it. "
                "If not, or if you let the question be, it begins anew."
            ),
        ),
        buttons=[
            [Button(text=t("Yes, keep its reviews"), data=RoundButton(posted.id, earlier.posted.id, 1))],
            [Button(text=t("No, it is new"), data=RoundButton(posted.id, earlier.posted.id, 0))],
        ],
    )


def rounds_joined(t: Translator, posted: PostedPick, earlier: PostedPick) -> Screen:
    """It is the same, and how that is undone."""
    return Screen(
        text=paragraphs(
            t.html(
                "<b>#{number} {title}</b> is a further round of #{old}, with what buyers said of it.",
                number=posted.pick.number,
                title=posted.offer.title,
                old=earlier.pick.number,
            ),
            t.html("Until somebody orders it, you can take that back."),
        ),
        buttons=[[Button(text=t("It was not the same"), data=RoundButton(posted.id, earlier.id, 0))]],
    )


def rounds_apart(t: Translator, posted: PostedPick, earlier: PostedPick) -> Screen:
    """It is something new, unless she thinks better of it."""
    return Screen(
        text=t.html(
            "<b>#{number} {title}</b> is something new, and no further round of #{old}.",
            number=posted.pick.number,
            title=posted.offer.title,
            old=earlier.pick.number,
        ),
        buttons=[[Button(text=t("It is the same"), data=RoundButton(posted.id, earlier.id, 1))]],
    )
