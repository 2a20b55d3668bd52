"""What promotions in the making, and changes of those that run, are refused for."""

from dataclasses import dataclass

from bot.errors import NotAllowed, NotPossible, Unreadable
from bot.money import Money


class NotTheOwner(NotAllowed):
    """Only the group's owner, or whoever runs the bot, may do this."""


@dataclass(eq=False)
class PercentUnreadable(Unreadable):
    """This is no rate from a hundredth of a percent to all of it."""

    text: str


@dataclass(eq=False)
class PromotionAmountUnreadable(Unreadable):
    """This is no amount in the promotion's currency."""

    text: str
    currency: str


@dataclass(eq=False)
class PackUnreadable(Unreadable):
    """These are not two numbers, the larger one first: so many for the price of so many."""

    text: str


@dataclass(eq=False)
class CountUnreadable(Unreadable):
    """This is no whole number within bounds."""

    text: str
    most: int


class PromotionTitleMissing(Unreadable):
    """The title says nothing."""


@dataclass(eq=False)
class PromotionTitleTooLong(Unreadable):
    """The title does not fit on a card."""

    length: int
    limit: int


@dataclass(eq=False)
class CurrencyUnknown(Unreadable):
    """No currency in use has this code."""

    text: str


class PromotionChoiceNeeded(Unreadable):
    """At this step something is to be chosen by a button."""


@dataclass(eq=False)
class PromotionIncomplete(NotPossible):
    """Steps are missing without which it cannot be launched."""

    steps: tuple[str, ...]


class PromotionEndsTooEarly(NotPossible):
    """It would be over before it begins, or is over by now."""


@dataclass(eq=False)
class FlashPriceTooHigh(NotPossible):
    """A piece costs no more than the flash price already."""

    title: str
    price: Money


@dataclass(eq=False)
class BudgetTooSmall(NotPossible):
    """The budget does not suffice for a single use."""

    needed: Money


@dataclass(eq=False)
class BudgetBelowSpent(NotPossible):
    """More than the new budget has been given away already."""

    spent: Money


@dataclass(eq=False)
class BoundBelowUsed(NotPossible):
    """More than the new bound has been used already."""

    used: int


class FriendsNeedCredit(NotPossible):
    """The group has store credit switched off, so friends can be given none."""


@dataclass(eq=False)
class TooManyPromotions(NotPossible):
    """The group has as many promotions that run or wait as it can."""

    limit: int


class PromotionOver(NotPossible):
    """The promotion is over and does not change any more."""


@dataclass(eq=False)
class TooManyCodes(NotPossible):
    """A promotion can have no more codes than that."""

    limit: int


@dataclass(eq=False)
class CodeUnfit(Unreadable):
    """A code has letters and digits alone, so many at least and so many at most."""

    text: str
    least: int
    most: int


@dataclass(eq=False)
class CodeTaken(NotPossible):
    """Another promotion has this code, or one that looks like it."""

    shown: str


class NeedsNoCodes(NotPossible):
    """The promotion holds by itself, without a code."""
