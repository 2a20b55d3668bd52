"""How far shared cards went: my own, pick by pick; and for who leads a group, member by member."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.picks import ManageButton
from bot.callbacks.shares import PickSharesButton, SharePickButton, SharesButton
from bot.i18n import Translator
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.repositories.picks import PostedPick
from storage.repositories.shares import Funnel, Steps
from storage.states import PickState

FUNNELS_A_PAGE = 8

_LONGEST_LIST = 3500
_LONGEST_BUTTON = 30


def own_funnels(
    t: Translator, cards: Sequence[tuple[PostedPick, Funnel]], *, page: int, has_more: bool
) -> Screen:
    """A page of how far my cards went, the newest first; those that still take orders can be sent again."""
    if not cards and page == 0:
        return Screen(
            text=paragraphs(
                t.html("<b>Your shared cards</b>"),
                t.html(
                    "You have shared nothing yet. Tap Share on a pick's card in your group: "
                    "I give you a link of your own, and tell you here how far it went."
                ),
            )
        )
    parts = [lines(_pick_line(t, posted), steps_line(t, funnel.steps)) for posted, funnel in cards]
    again = [
        [
            Button(
                text=t("Share {title}", title=shortened(posted.offer.title, _LONGEST_BUTTON)),
                data=SharePickButton(posted.id),
            )
        ]
        for posted, _ in cards
        if posted.pick.state is PickState.LIVE
    ]
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=SharesButton(page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=SharesButton(page + 1)))
    head = lines(t.html("<b>Your shared cards</b>"), _explained(t))
    return Screen(
        text=as_fits((head, *parts), between="\n\n", limit=_LONGEST_LIST), buttons=[*again, turning]
    )


def pick_funnels(
    t: Translator,
    posted: PostedPick,
    funnels: Sequence[Funnel],
    total: Steps,
    *,
    page: int,
    has_more: bool,
) -> Screen:
    """For who leads its group: how far everybody's cards of a pick went, and all of them together."""
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=PickSharesButton(posted.id, page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=PickSharesButton(posted.id, page + 1)))
    back = [Button(text=t("‹ Back to the pick"), data=ManageButton(posted.id, "home"))]
    head = lines(
        t.html(
            "<b>Shared cards of #{number} {title}</b>", number=posted.pick.number, title=posted.offer.title
        ),
        steps_line(t, total) if funnels else t.html("Nobody has shared it so far."),
        _explained(t) if funnels else None,
    )
    parts = [
        lines(Markup("<b>{}</b>").format(funnel.name), steps_line(t, funnel.steps)) for funnel in funnels
    ]
    return Screen(text=as_fits((head, *parts), between="\n\n", limit=_LONGEST_LIST), buttons=[turning, back])


def steps_line(t: Translator, steps: Steps) -> Markup:
    """How many took each step."""
    return t.html(
        "Sent: {sent} · looked: {seen} · opened: {opened} · joined: {joined} · ordered: {ordered}",
        **{name: t.number(count) for name, count in steps._asdict().items()},
    )


def _pick_line(t: Translator, posted: PostedPick) -> Markup:
    return t.html(
        "<b>#{number} {title}</b> ({group})",
        number=posted.pick.number,
        title=posted.offer.title,
        group=posted.group.title,
    )


def _explained(t: Translator) -> Markup:
    return t.html("<i>People are counted, each once; only what is sent is counted by chats.</i>")
