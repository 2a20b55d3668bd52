"""Words for what cannot be done with money."""

from bot import payment_errors
from bot.errors import ShopError
from bot.i18n import Translator


def payment_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence, if the refusal is about money."""
    return _of_paying(t, error) or _of_claims(t, error)


def _of_paying(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.OrderOfSomebodyElse():
            return t("This is somebody else's order; only its owner can pay it here.")
        case payment_errors.NothingToPay():
            return t("There is nothing to pay for this order.")
        case payment_errors.NotToBePaidYet():
            return t("This order is paid when its pick has closed. Until then you owe nothing.")
        case payment_errors.WayClosed():
            return t("This order cannot be paid in this way now. /pay shows the ways that are open.")
        case payment_errors.PaymentInReview():
            return t("Your curator looks into this order first. Please wait until she has.")
    return None


def _of_claims(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.ClaimOutdated():
            return t("This payment was withdrawn or replaced; nothing was changed.")
        case payment_errors.ClaimConfirmed(name=name):
            return t("{name} has already confirmed this payment.", name=name)
        case payment_errors.ClaimDeclined(name=name):
            return t("{name} has already declined this payment.", name=name)
    return None
