"""Words for what only those who run the bot may do."""

from bot import admin_errors, errors
from bot.i18n import Translator
from bot.views.screens import shortened


def admin_refusal(t: Translator, error: errors.ShopError) -> str | None:
    """One clear sentence or two, if the refusal is about admins."""
    match error:
        case admin_errors.NotAnAdmin():
            return t("Only those who run the bot can do that.")
        case admin_errors.AdminBySettings(name=name):
            return t(
                "{name} is an admin by the settings of the bot; take the number out of VOUCH_ADMIN_IDS "
                "there.",
                name=shortened(name, 64),
            )
        case admin_errors.AdminUnknown(text=text):
            if not text:
                return t(
                    "Whom do you mean? Write their @name or number behind the command, or answer a message "
                    "of theirs with it."
                )
            return t(
                "I know nobody by “{text}”. Write their @name or number; they must have spoken to me or in "
                "a group once.",
                text=shortened(text, 40),
            )
    return None
