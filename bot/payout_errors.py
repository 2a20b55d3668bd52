"""Refusals about paying out what was earned, as facts without words for people."""

from dataclasses import dataclass

from bot.errors import NotAllowed, NotPossible
from bot.money import Money


class PayoutRefused(NotPossible):
    """What was wanted with a payout cannot be done, or not now."""


class NothingToPayOut(PayoutRefused):
    """Nothing that the person earned is due, or all of it was asked for or paid."""


@dataclass(eq=False)
class BelowMinimum(PayoutRefused):
    """What is due is less than the least that the group pays out."""

    payable: Money
    minimum: Money


class PayoutUnderWay(PayoutRefused):
    """The person has asked for a payout already that is neither paid nor declined."""


class EarningsWithheld(PayoutRefused):
    """Somebody has decided that the group pays this person no rewards for now."""


class PayoutDetailsMissing(PayoutRefused):
    """Nothing was written about where to send it."""


@dataclass(eq=False)
class PayoutWordsTooLong(PayoutRefused):
    """What was written about a payout has more characters than there is room for."""

    limit: int


class PayoutReasonMissing(PayoutRefused):
    """Nobody's payout is declined without a reason."""


@dataclass(eq=False)
class PayoutSettled(PayoutRefused):
    """It was approved, paid, declined or taken back meanwhile."""

    name: str


@dataclass(eq=False)
class PayoutUncovered(PayoutRefused):
    """Since it was asked for, some of what was earned was taken back: so much is left."""

    amount: Money
    left: Money


class OwnPayout(NotAllowed):
    """Nobody but the owner of a group decides of a payout to herself."""
