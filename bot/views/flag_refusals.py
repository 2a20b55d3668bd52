"""Words for what cannot be decided about a suspicion like this, and for what was done too often."""

from bot import flag_errors
from bot.i18n import Translator


def flag_refusal(t: Translator, error: flag_errors.FlagRefused) -> str:
    """One clear sentence or two, as plain text."""
    match error:
        case flag_errors.FlagDecided():
            return t("Somebody else has decided this meanwhile.")
        case flag_errors.FlagNoteMissing():
            return t("Please write why, in a few words: whoever it concerns will read them.")
        case flag_errors.FlagAboutYourself():
            return t("This is about your own rewards, so somebody else has to decide it.")
        case flag_errors.TooManyLinks(minutes=minutes):
            return t.plural(
                "Many invite links were made just now. Please try again in {n} minute.",
                "Many invite links were made just now. Please try again in {n} minutes.",
                minutes,
            )
    raise LookupError(f"no words for {type(error).__name__}")
