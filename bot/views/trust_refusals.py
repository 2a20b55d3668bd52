"""Words for what a group does not bear."""

from bot import errors, trust_errors
from bot.i18n import Translator


def trust_refusal(t: Translator, error: errors.ShopError) -> str | None:
    """One clear sentence, if the refusal is about the group's allowance."""
    match error:
        case trust_errors.OnlyOwnerOverrides():
            return t(
                "It does not fit the group's allowance now, and only the owner of the group can post it all "
                "the same. It keeps its slot."
            )
        case trust_errors.VoteRunning():
            return t("The group is voting already. /trust says until when.")
    return None
