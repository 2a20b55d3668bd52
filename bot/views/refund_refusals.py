"""Words for money that cannot be given back like this, and for credit that cannot be given or spent."""

from bot import payment_errors
from bot.errors import ShopError
from bot.i18n import Translator
from bot.views.screens import shortened

_LONGEST = 60


def refund_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence or two, if the refusal is about giving back or about credit."""
    return _of_amounts(t, error) or _of_ticking_off(t, error) or _of_credit(t, error)


def _of_amounts(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.RefundUnreadable():
            return t(
                "Write it like /refund 1 12 3.00 broken jar: the pick's number, the order's number, how much "
                "and why. Without an amount it is everything."
            )
        case payment_errors.RefundAmountUnreadable(text=text):
            return t("I cannot read “{text}” as an amount. Write it like 3.00.", text=_short(text))
        case payment_errors.RefundInAnotherCurrency(currency=currency):
            return t("This order was paid in {currency}; please write the amount in that.",
                     currency=_short(currency))  # fmt: skip
        case payment_errors.NoteTooLong(limit=limit):
            return t("That is too long: {limit} characters at most.", limit=limit)
        case payment_errors.OrderToRefundUnknown(pick_number=pick, number=number):
            return t("You lead no pick #{pick} with an order number {number}.", pick=pick, number=number)
        case payment_errors.NothingLeftToGiveBack(number=number):
            return t(
                "All that was paid for order {number} has gone back already, or is on its way.", number=number
            )
        case payment_errors.NothingWasPaid(number=number):
            return t("Nothing was paid for order {number}, so nothing can go back.", number=number)
        case payment_errors.RefundTooLarge(number=number, most=most):
            return t(
                "Of what was paid for order {number}, {amount} can go back at most.",
                number=number,
                amount=t.money(most),
            )
        case payment_errors.RefundInReview(number=number):
            return t("Order {number} waits for a decision first: /review", number=number)
    return None


def _of_ticking_off(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.GivenBackAlready(name=name, at=at):
            return t(
                "{name} has ticked this off already: {time}.",
                name=_short(name),
                time=t.moment(at, str(at.tzinfo), now=at),
            )
        case payment_errors.KeptAsCredit(name=name):
            return t("{name} has kept this as credit; nothing is to be given back.", name=_short(name))
        case payment_errors.GoesBackByItself():
            return t("This goes back by itself, so there is nothing to tick off or to undo.")
        case payment_errors.NotGivenBackYet():
            return t("This was not ticked off, so there is nothing to undo.")
    return None


def _of_credit(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.CreditUnreadable():
            return t("Write it like /credit @ann 5.00 thank you: to whom, how much, and why.")
        case payment_errors.CreditReasonMissing():
            return t("Please write after the amount why you give it.")
        case payment_errors.CreditSwitchedOff():
            return t("Store credit is switched off in this group. Its owner can switch it on: /settings")
        case payment_errors.NoCredit():
            return t("You have no credit left for this. Please choose another way to pay.")
        case payment_errors.CreditPersonUnknown(name=name):
            return t("I know nobody called “{name}” in a group where you can give credit.", name=_short(name))
    return None


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST)
