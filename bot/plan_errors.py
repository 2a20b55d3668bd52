"""Refusals about what a group pays for recommendations, as facts without words for people."""

from dataclasses import dataclass

from bot.errors import Unreadable


class PlanRefused(Unreadable):
    """What was typed about the plan is nothing that it can say."""


@dataclass(eq=False)
class PercentUnreadable(PlanRefused):
    """It is no percentage with two decimals at most."""

    text: str


class ThirdLevel(PlanRefused):
    """Rewards were wanted for more than two people."""


class RewardsTooHigh(PlanRefused):
    """The rewards together would be more than the order."""


@dataclass(eq=False)
class ReturnDaysUnreadable(PlanRefused):
    """It is no number of days that goods may be given back in."""

    text: str
    limit: int


@dataclass(eq=False)
class BoundUnreadable(PlanRefused):
    """It is no amount of the group's own money."""

    text: str
    currency: str
