"""Refusals: changing, withdrawing and posting picks again."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotPossible, PickClosed, Unreadable


@dataclass(eq=False)
class PickOver(PickClosed):
    """The pick is closed, failed or withdrawn already, or not open yet, as its state says."""

    state: str


@dataclass(eq=False)
class AlreadyOnOffer(NotPossible):
    """The same is on offer in this group now, or soon."""

    number: int


@dataclass(eq=False)
class HandedOver(NotPossible):
    """Some of the pick's goods are in their buyers' hands."""

    number: int


@dataclass(eq=False)
class StockBelowSold(NotPossible):
    """More of a variant is ordered than the new stock would hold."""

    variant: str
    sold: int


@dataclass(eq=False)
class SeveralPicks(NotPossible):
    """Several groups of this person have a pick with this number."""

    number: int
    groups: tuple[str, ...]


@dataclass(eq=False)
class ReasonMissing(Unreadable):
    """A pick is withdrawn for a reason that its buyers will read."""

    number: int


@dataclass(eq=False)
class EditUnreadable(Unreadable):
    """The command does not say what of the pick shall change, and into what."""

    number: int


@dataclass(eq=False)
class ClosesBeforeOpening(NotPossible):
    """The deadline would come before the pick opens."""

    opens_at: datetime


@dataclass(eq=False)
class RoundJoined(NotPossible):
    """The pick is a further round of something else already."""

    number: int


@dataclass(eq=False)
class RoundStopped(NotPossible):
    """What the pick offers is stopped, or was before it could be a further round of anything."""

    number: int


@dataclass(eq=False)
class RoundInUse(NotPossible):
    """Orders of the pick stand, or there are later rounds of the same."""

    number: int
