"""Refusals about money between groups, as facts without words for people."""

from dataclasses import dataclass

from bot.errors import NotPossible


class CarriedPaymentRefused(NotPossible):
    """What was wanted with a payment between groups cannot be done, or not now."""


class ReceivedMeanwhile(CarriedPaymentRefused):
    """What is due is not what it was on the screen."""


class ReceivedUndone(CarriedPaymentRefused):
    """That this payment came was taken back already."""


@dataclass(eq=False)
class ReceivedUnreadable(CarriedPaymentRefused):
    """What was typed is no amount in the currency of what was sold."""

    currency: str
