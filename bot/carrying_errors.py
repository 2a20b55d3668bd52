"""Refusals: what cannot be carried, or cannot be done with what is carried."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotPossible


@dataclass(eq=False)
class TakesNoMore(NotPossible):
    """The group stopped selling the pick for its supplier: orders stand, and nobody gets more."""

    number: int


@dataclass(eq=False)
class PortionSold(NotPossible):
    """Of what the supplier lets this group sell, no more than this is left."""

    left: int


class OwnListing(NotPossible):
    """A group does not carry what it supplies itself."""


@dataclass(eq=False)
class OtherCurrency(NotPossible):
    """What is sold in another currency than the group's is not carried there."""

    currency: str


@dataclass(eq=False)
class CarriedAlready(NotPossible):
    """The group carries it already, or did so until it closed: under this number."""

    number: int


class ListingOver(NotPossible):
    """Nobody else can carry it any more: it was ended, its pick is over, or it is stopped."""


class SupplierGone(NotPossible):
    """The bot is not in the supplier's group any more."""


@dataclass(eq=False)
class ListingNotOpen(NotPossible):
    """It can be carried from this moment on, which is told on the clock of the group that wants to."""

    opens_at: datetime


@dataclass(eq=False)
class ListingFull(NotPossible):
    """As many groups as its supplier wanted carry it."""

    limit: int


class NoSlotInTime(NotPossible):
    """The group bears its next post only when the supplier's pick has closed."""


@dataclass(eq=False)
class SupplierDecides(NotPossible):
    """What a carried pick offers, what it costs and when it closes is its supplier's to change."""

    number: int


@dataclass(eq=False)
class CarriedNotRepeated(NotPossible):
    """A further round of what another group supplies is that group's to open."""

    number: int


@dataclass(eq=False)
class CarryingOver(NotPossible):
    """The group does not sell it for anybody any more."""

    number: int
