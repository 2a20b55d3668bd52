"""Words for what cannot be done with money."""

from bot import payment_errors
from bot.errors import ShopError
from bot.i18n import Translator
from bot.views.refund_refusals import refund_refusal
from bot.views.screens import shortened

_LONGEST = 40
"""So much of what was typed, or of a name, is repeated."""


def payment_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence, if the refusal is about money."""
    of_paying = _of_paying(t, error) or _of_ways(t, error) or _of_claims(t, error) or _of_invoices(t, error)
    return of_paying or refund_refusal(t, error) or _of_decisions(t, error)


def _of_paying(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.OrderOfSomebodyElse():
            return t("This is somebody else's order; only whoever placed it can pay it here.")
        case payment_errors.NothingToPay():
            return t("There is nothing to pay for this order.")
        case payment_errors.NotToBePaidYet():
            return t("This order is paid when its pick has closed. Until then you owe nothing.")
        case payment_errors.WayClosed():
            return t("This order cannot be paid in this way now. /pay shows the ways that are open.")
        case payment_errors.PaymentInReview():
            return t("Your curator looks into this order first. Please wait until that is done.")
    return None


def _of_ways(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.InstructionsMissing():
            return t("Please write how members pay you in this way, in words.")
        case payment_errors.InstructionsTooLong(length=length, limit=limit):
            return t(
                "That is too long: {length} characters, {limit} at most. Please write it shorter.",
                length=t.number(length),
                limit=t.number(limit),
            )
        case payment_errors.RateUnreadable(limit=limit):
            return t("Please write a whole number of Stars, from 1 to {limit}.", limit=t.number(limit))
        case payment_errors.LastWay():
            return t("A pick needs at least one way to pay.")
        case payment_errors.NoWayAtOnce():
            return t("Cash alone cannot be paid at once. Switch on another way first.")
        case payment_errors.AmountChanged(amount=amount):
            return t("The amount has changed: it is {amount} now. Please look again.", amount=t.money(amount))
        case payment_errors.NoProvider():
            return t("Cards are not possible here yet: whoever runs me has to name a payment provider.")
    return None


def _of_claims(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.ClaimOutdated():
            return t("This payment was withdrawn or replaced; nothing was changed.")
        case payment_errors.ClaimConfirmed(name=name):
            return t("{name} has already confirmed this payment.", name=shortened(name, _LONGEST))
        case payment_errors.ClaimDeclined(name=name):
            return t("{name} has already declined this payment.", name=shortened(name, _LONGEST))
        case payment_errors.PaymentNotUndoable():
            return t("This cannot be undone: some of it has gone back already, or it was paid by itself.")
        case payment_errors.ProofMissing():
            return t("Please send a picture or a file, or write a line about your transfer.")
        case payment_errors.NoteTooLong(limit=limit):
            return t("That is too long: {limit} characters at most. Please write it shorter.", limit=limit)
        case payment_errors.AmountUnreadable(text=text, currency=currency):
            return t(
                "I cannot read “{text}” as an amount in {currency}. Write it like 12.90.",
                text=shortened(text, _LONGEST),
                currency=shortened(currency, _LONGEST),
            )
    return None


def _of_invoices(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.InvoiceUnknown():
            return t("This invoice is not known any more. /pay shows what you have to pay.")
        case payment_errors.InvoiceOutdated():
            return t("Your order has changed since this invoice. /pay shows what is to be paid now.")
        case payment_errors.OrderCancelled():
            return t("This order was cancelled, so there is nothing to pay.")
        case payment_errors.PaidAlready():
            return t("This is paid already. /pay shows whether anything is left to pay.")
        case payment_errors.PaymentUnderWay(minutes=minutes):
            return t.plural(
                "This order is being paid by another invoice. If that failed, try again in {n} minute.",
                "This order is being paid by another invoice. If that failed, try again in {n} minutes.",
                minutes,
            )
        case payment_errors.ClaimWaits():
            return t(
                "You said that you have sent the money, and your curator looks at it. "
                "To pay in another way, take that back first: /pay"
            )
        case payment_errors.CheckoutTooSlow():
            return t("That took too long, so nothing was charged. Please try again.")
    return None


def _of_decisions(t: Translator, error: ShopError) -> str | None:
    match error:
        case payment_errors.DiscrepancyDecided(name=name, at=at):
            when = t.moment(at, str(at.tzinfo), now=at)
            return t("{name} has already decided this: {time}.", name=shortened(name, _LONGEST), time=when)
        case payment_errors.DecisionImpossible():
            return t("What is known of it has changed meanwhile. Please look at it once more with /review.")
        case payment_errors.AccountsHidden():
            return t("You curate picks of your own in this group; its accounts are up to the others.")
        case payment_errors.DecisionNoteMissing():
            return t("Please write in a few words how it was settled.")
    return None
