"""Words for what was earned and cannot be paid out like this."""

from bot import payout_errors
from bot.errors import ShopError
from bot.i18n import Translator
from bot.views.screens import shortened

_LONGEST = 60


def payout_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence or two, if the refusal is about a payout."""
    return _of_asking(t, error) or _of_deciding(t, error)


def _of_asking(t: Translator, error: ShopError) -> str | None:
    match error:
        case payout_errors.NothingToPayOut():
            return t("There is nothing to be paid out to you now. /earnings shows what is on its way.")
        case payout_errors.BelowMinimum(payable=payable, minimum=minimum):
            return t(
                "You have {amount}, and this group pays out from {minimum} on. It stays yours until then.",
                amount=t.money(payable),
                minimum=t.money(minimum),
            )
        case payout_errors.PayoutUnderWay():
            return t("You have asked for a payout already. Once it is paid, you can ask for the next.")
        case payout_errors.EarningsWithheld():
            return t("Payouts to this person are stopped for now: the group's owner looks into it.")
        case payout_errors.PayoutDetailsMissing():
            return t("Please write where it shall be sent: an account, a wallet, or “in cash”.")
        case payout_errors.PayoutWordsTooLong(limit=limit):
            return t("That is too long: {limit} characters at most.", limit=limit)
    return None


def _of_deciding(t: Translator, error: ShopError) -> str | None:
    match error:
        case payout_errors.PayoutReasonMissing():
            return t("Please write why; the member reads it.")
        case payout_errors.PayoutSettled(name=name):
            if not name:
                return t("This payout is not what it was when you looked. Please open the list anew.")
            return t(
                "{name} has decided about this payout already. Please open the list anew.", name=_short(name)
            )
        case payout_errors.PayoutUncovered(amount=amount, left=left):
            return t(
                "Goods came back since: of {amount}, only {left} is still earned. Please decline it; the "
                "rest can be asked for anew.",
                amount=t.money(amount),
                left=t.money(left),
            )
        case payout_errors.OwnPayout():
            return t("This payout is to yourself, so somebody else has to decide about it.")
    return None


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST)
