"""Words for what somebody's role does not allow."""

from bot import errors, role_errors
from bot.i18n import Translator
from bot.views.screens import shortened


def role_refusal(t: Translator, error: errors.ShopError) -> str | None:
    """One clear sentence, if the refusal is about roles."""
    match error:
        case errors.NotACurator():
            return t("Only the owner and the curators of this group can do that.")
        case role_errors.NotTheOwner():
            return t("Only the owner of this group can do that.")
        case role_errors.NotYourPick():
            return t("You curate picks of your own in this group; this one is somebody else's.")
        case role_errors.MayNotConfigure():
            return t("You curate picks of your own in this group; its settings are up to the others.")
        case role_errors.MayNotHandOver():
            return t("Only curators and the helpers of this pick-up point can hand goods over here.")
        case role_errors.PersonUnknown(name=name):
            return t(
                "I find nobody called “{name}” in your group. Answer a message of theirs there with "
                "/appoint.",
                name=shortened(name, 40),
            )
        case role_errors.AppointedByTelegram(name=name):
            return t(
                "{name} is an administrator of the chat; take that away in Telegram first.",
                name=shortened(name, 64),
            )
    return None
