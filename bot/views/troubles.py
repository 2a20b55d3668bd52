"""Telling that something could not be shown as it was meant."""

from markupsafe import Markup

from bot.i18n import Translator
from storage.repositories.picks import PostedPick


def topic_gone_notice(t: Translator, posted: PostedPick) -> Markup:
    """The topic is closed or gone, so the card stands elsewhere."""
    return t.html(
        "The topic of pick #{number} {title} in {group} is closed to me or gone, so its card is outside "
        "of it now. Orders go on as before.",
        number=posted.pick.number,
        title=posted.offer.title,
        group=posted.group.title,
    )


def may_not_write_notice(t: Translator, posted: PostedPick) -> Markup:
    """The bot may not write in the group, so there is no card."""
    return t.html(
        "I may not write in {group}, so the card of pick #{number} {title} is not there. Make me an "
        "administrator of the group, and it follows at once.",
        number=posted.pick.number,
        title=posted.offer.title,
        group=posted.group.title,
    )


def file_not_made(t: Translator) -> Markup:
    """A picture or a file was asked for, and could not be made."""
    return t.html("I could not make this just now. Please ask for it again in a minute.")
