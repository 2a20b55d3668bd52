"""Words for money between groups that cannot be noted like this."""

from bot import carried_order_errors
from bot.errors import ShopError
from bot.i18n import Translator
from bot.views.screens import shortened

_LONGEST_CODE = 3


def carried_order_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence or two, if the refusal is about money between groups."""
    match error:
        case carried_order_errors.ReceivedMeanwhile():
            return t("What is due has changed since you looked. Please look again.")
        case carried_order_errors.ReceivedUndone():
            return t("That was taken back already.")
        case carried_order_errors.ReceivedUnreadable(currency=currency):
            return t(
                "Please write one amount in {currency}, like 12.50.",
                currency=shortened(currency, _LONGEST_CODE),
            )
    return None
