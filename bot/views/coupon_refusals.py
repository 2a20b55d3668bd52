"""Words for codes that cannot be entered."""

from bot import coupon_errors as errors
from bot.errors import ShopError
from bot.i18n import Translator


def coupon_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence or two, as plain text; None: it is about something else."""
    match error:
        case errors.CodeUnreadable():
            return t("That is no code. A code has 3 to 32 letters and digits.")
        case errors.TooManyGuesses():
            return t("Those were too many wrong codes. Please try again later.")
        case errors.CodeSwitchedOff():
            return t("This code is not in use any more.")
        case errors.CodeUsedUp():
            return t("This code has been used up.")
        case errors.CodeUsedByYou():
            return t("You have used this code already.")
        case errors.CodeOver():
            return t("This code is no longer valid: its promotion is over.")
        case errors.CodePaused():
            return t("The promotion of this code is paused. Please try again later.")
        case errors.CodeTooEarly():
            return t("The promotion of this code has not begun yet. Please try again later.")
    return None
