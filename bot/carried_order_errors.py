"""Refusals about money between groups, as facts without words for people."""

from bot.errors import NotPossible


class CarriedPaymentRefused(NotPossible):
    """What was wanted with a payment between groups cannot be done, or not now."""


class ReceivedMeanwhile(CarriedPaymentRefused):
    """What is due is not what it was on the screen."""


class PaymentUndone(CarriedPaymentRefused):
    """The payment was undone already."""
