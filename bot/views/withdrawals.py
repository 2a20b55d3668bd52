"""Telling of a pick that was withdrawn."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.screens import Screen, as_fits, mention, paragraphs, shortened
from storage.models import Person
from storage.repositories.picks import PostedPick

_LONGEST_NAME = 64
_ROOM_FOR_NAMES = 2800


def withdrawn_notice(t: Translator, posted: PostedPick) -> Screen:
    """In private, to somebody who had ordered."""
    return Screen(
        text=paragraphs(
            t.html(
                "Pick #{number} {title} in {group} was withdrawn, so your order is cancelled. "
                "You owe nothing for it.",
                number=posted.pick.number,
                title=posted.offer.title,
                group=posted.group.title,
            ),
            _reason(t, posted),
        )
    )


def withdrawn_in_group(t: Translator, posted: PostedPick, people: Sequence[Person]) -> Screen:
    """In the group, once, to those who had ordered and read nothing in private."""
    names = as_fits(
        (_mention(person) for person in people), between=t.listed(["", ""]), limit=_ROOM_FOR_NAMES
    )
    return Screen(
        text=paragraphs(
            t.html(
                "{names}: pick #{number} {title} was withdrawn, so your orders are cancelled. "
                "Nobody owes anything for it.",
                names=names,
                number=posted.pick.number,
                title=posted.offer.title,
            ),
            _reason(t, posted),
        )
    )


def pick_withdrawn_notice(t: Translator, *, number: int) -> str:
    """To the curator who withdrew a pick."""
    return t("Pick #{number} is withdrawn. Everybody who ordered is being told.", number=number)


def _reason(t: Translator, posted: PostedPick) -> Markup | None:
    return t.html("The reason: {reason}", reason=posted.pick.reason) if posted.pick.reason else None


def _mention(person: Person) -> Markup:
    return mention(person.id, shortened(person.name, _LONGEST_NAME))
