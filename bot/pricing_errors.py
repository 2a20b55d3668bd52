"""Refusals: prices, tiers, minimums and limits that cannot be."""

from dataclasses import dataclass

from bot.errors import NotPossible, Unreadable
from bot.money import Money


@dataclass(eq=False)
class TierUnreadable(Unreadable):
    """This is no price tier: a quantity of two or more and a unit price in the pick's currency."""

    text: str


@dataclass(eq=False)
class TierRepeated(Unreadable):
    """Two price tiers begin at the same quantity."""

    quantity: int


@dataclass(eq=False)
class TierTooDear(Unreadable):
    """A price tier is not cheaper than the one from `before` on, or, where that is 0, than the price."""

    quantity: int
    before: int


@dataclass(eq=False)
class TooManyTiers(Unreadable):
    """More price tiers than a card can show."""

    count: int
    limit: int


@dataclass(eq=False)
class TierAboveStock(Unreadable):
    """A price tier begins where there is nothing left to be sold."""

    quantity: int
    stock: int


@dataclass(eq=False)
class MinimumUnreadable(Unreadable):
    """The minimum quantity is not a whole number from two to a million."""

    text: str


@dataclass(eq=False)
class MinimumAboveStock(Unreadable):
    """The minimum quantity is more than there is."""

    minimum: int
    stock: int


@dataclass(eq=False)
class LimitUnreadable(Unreadable):
    """The limit per person is not a whole number from one to a million."""

    text: str


@dataclass(eq=False)
class LimitReached(NotPossible):
    """More than one person may order of this offer; so many she has of it already."""

    limit: int
    held: int


@dataclass(eq=False)
class KeepsOldPrice(NotPossible):
    """The order keeps an older price for what it holds; more would cost this."""

    price: Money


class PriceSettled(NotPossible):
    """Another group has closed at its price already, so it cannot rise for this one."""
