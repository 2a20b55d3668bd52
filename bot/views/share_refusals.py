"""Words for cards that cannot be shared or opened, and for names that cannot be noted."""

from bot import share_errors
from bot.errors import ShopError
from bot.i18n import Translator


def share_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence, if the refusal is about sharing."""
    match error:
        case share_errors.ShareUnknown():
            return t("This link leads nowhere any more. Ask whoever sent it for a new one.")
        case share_errors.NothingToShare():
            return t("This pick takes no orders any more, so there is nothing to share.")
        case share_errors.NamedHerself():
            return t("You cannot name yourself: it is about who told you.")
        case share_errors.OrderSettled():
            return t("This order is settled, so it stays as it is noted who told you of it.")
        case share_errors.NobodyNamed():
            return t("I find nobody of that name in the group. Try the @name, or another part of the name.")
    return None
