"""Refusals about money, as facts without words for people."""

from dataclasses import dataclass

from bot.errors import NotPossible


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
