"""Refusals about money, as facts without words for people."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed, NotPossible
from bot.money import Money


class PaymentRefused(NotPossible):
    """What was wanted with money cannot be done, or not now."""


# Paying an order


class OrderOfSomebodyElse(PaymentRefused):
    """The order is not this person's, so she can neither pay it nor say that she has."""


class NothingToPay(PaymentRefused):
    """The order costs nothing more: it is paid, cancelled, or its group keeps no money here."""


class NotToBePaidYet(PaymentRefused):
    """The order is paid once its pick has closed, and it has not."""


class WayClosed(PaymentRefused):
    """The pick does not take this way to pay, or no longer."""


class PaymentInReview(PaymentRefused):
    """Somebody has to look at the order's money first."""


# Ways to pay, in the settings


class InstructionsMissing(PaymentRefused):
    """Nothing was written about a way to pay."""


@dataclass(eq=False)
class InstructionsTooLong(PaymentRefused):
    """What was written about a way to pay is too long, in characters."""

    length: int
    limit: int


@dataclass(eq=False)
class RateUnreadable(PaymentRefused):
    """What was written is no number of Stars."""

    text: str
    limit: int


class LastWay(PaymentRefused):
    """A pick of a group that keeps its money here needs one way to pay."""


class NoWayAtOnce(PaymentRefused):
    """Orders cannot be paid as they are placed where cash is the only way."""


class NoProvider(PaymentRefused):
    """Cards need a provider, whom only the operator can name."""


@dataclass(eq=False)
class AmountChanged(PaymentRefused):
    """The order costs another amount than what was shown: this one."""

    amount: Money


# Claims: what was paid outside of Telegram


class ClaimOutdated(PaymentRefused):
    """The claim was withdrawn or replaced, so there is nothing to decide."""


@dataclass(eq=False)
class ClaimConfirmed(PaymentRefused):
    """Somebody has confirmed it already; with her name, where it is known."""

    name: str


@dataclass(eq=False)
class ClaimDeclined(PaymentRefused):
    """Somebody has declined it already; with her name, where it is known."""

    name: str


class PaymentNotUndoable(PaymentRefused):
    """It was not received by hand, or some of it has gone back, so its confirmation stands."""


class ProofMissing(PaymentRefused):
    """What was sent proves no payment: neither a picture, a file nor a line of text."""


@dataclass(eq=False)
class AmountUnreadable(PaymentRefused):
    """What was written is no amount of this currency."""

    text: str
    currency: str


# Giving back


class RefundUnreadable(PaymentRefused):
    """The command needs the numbers of a pick and of an order in it."""


@dataclass(eq=False)
class RefundAmountUnreadable(PaymentRefused):
    """What was typed is no positive amount of money."""

    text: str


@dataclass(eq=False)
class RefundInAnotherCurrency(PaymentRefused):
    """The order was paid in one currency, and the amount is in another."""

    currency: str


@dataclass(eq=False)
class NoteTooLong(PaymentRefused):
    """A reason or a note has more characters than a line can bear."""

    limit: int


@dataclass(eq=False)
class OrderToRefundUnknown(PaymentRefused):
    """No pick that the person may touch has this number and an order with that one."""

    pick_number: int
    number: int


@dataclass(eq=False)
class NothingWasPaid(PaymentRefused):
    """Nothing was paid for the order, so nothing can go back."""

    number: int


@dataclass(eq=False)
class NothingLeftToGiveBack(PaymentRefused):
    """All that was paid for the order has gone back, or is on its way."""

    number: int


@dataclass(eq=False)
class RefundTooLarge(PaymentRefused):
    """More is to be given back than is left of what was paid."""

    number: int
    most: Money


@dataclass(eq=False)
class RefundInReview(PaymentRefused):
    """Somebody has to decide first what is wrong with the order's money."""

    number: int


@dataclass(eq=False)
class GivenBackAlready(PaymentRefused):
    """Somebody ticked it off before; the moment is on the clock of its group."""

    name: str
    at: datetime


@dataclass(eq=False)
class KeptAsCredit(PaymentRefused):
    """The member has kept as credit what was to be given back to her."""

    name: str


class GoesBackByItself(PaymentRefused):
    """Telegram gives it back, or has; there is nothing to be ticked off or undone by hand."""


class NotGivenBackYet(PaymentRefused):
    """It was not ticked off, so there is nothing to undo."""


# Store credit


class CreditUnreadable(PaymentRefused):
    """The command needs a person, an amount and a reason."""


class CreditReasonMissing(PaymentRefused):
    """Nobody is given credit without a reason."""


class CreditSwitchedOff(PaymentRefused):
    """The group takes no store credit."""


class NoCredit(PaymentRefused):
    """The person has no credit in the group, in the order's currency."""


@dataclass(eq=False)
class CreditPersonUnknown(PaymentRefused):
    """No group in which the person may give credit knows somebody of this name."""

    name: str


# Invoices: paying by card or with Stars


class InvoiceUnknown(PaymentRefused):
    """Nobody here issued this invoice, or it is for nothing that is left."""


class InvoiceOutdated(PaymentRefused):
    """The invoice does not say what the order owes now."""


class OrderCancelled(PaymentRefused):
    """The order was cancelled, by whomever, and costs nothing any more."""


class PaidAlready(PaymentRefused):
    """What the invoice is for has been paid."""


@dataclass(eq=False)
class PaymentUnderWay(PaymentRefused):
    """Another invoice for the same order is being paid, for so many minutes yet at most."""

    minutes: int


class ClaimWaits(PaymentRefused):
    """The person says that she has paid the order outside of Telegram, and nobody has looked at it yet."""


class CheckoutTooSlow(PaymentRefused):
    """It could not be found out in time whether the invoice may be paid."""


# What does not fit, and somebody has to decide


@dataclass(eq=False)
class DiscrepancyDecided(PaymentRefused):
    """Somebody has decided it already; the moment is on the clock of its group."""

    name: str
    at: datetime


class DecisionImpossible(PaymentRefused):
    """What was to be decided has changed meanwhile, and cannot be decided like this any more."""


class AccountsHidden(NotAllowed):
    """A curator who is limited to her own picks wanted the whole group's accounts."""


class DecisionNoteMissing(PaymentRefused):
    """Nothing was written about how it was settled."""
