"""Refusals: pick-up points and handing over."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotPossible


class HandoverRefused(NotPossible):
    """Goods cannot be handed over, or pick-up points not be changed, like this."""


class OrderNumberMissing(HandoverRefused):
    """The command needs the number or the code of an order."""


@dataclass(eq=False)
class OrderUnknown(HandoverRefused):
    """No pick that is being handed over has an order with this number."""

    number: int


class CodeUnknown(HandoverRefused):
    """No order has this code."""


class CodeOfAnotherGroup(HandoverRefused):
    """The code is of an order in a group in which the person hands nothing over."""


@dataclass(eq=False)
class FetchedElsewhere(HandoverRefused):
    """The order is to be fetched at another pick-up point than the person's own."""

    number: int
    point: str


@dataclass(eq=False)
class OrderIsCancelled(HandoverRefused):
    """The order was cancelled."""

    number: int


@dataclass(eq=False)
class OrderInReview(HandoverRefused):
    """Something about the order must be decided by a person first."""

    number: int


@dataclass(eq=False)
class PickStillOpen(HandoverRefused):
    """The pick still takes orders, so there is nothing to hand over."""

    number: int


@dataclass(eq=False)
class OrderStillHeld(HandoverRefused):
    """The pick has closed, but the order has to be paid before it is confirmed."""

    number: int


@dataclass(eq=False)
class HandedOverAlready(HandoverRefused):
    """Somebody handed the order over before; the moment is on the clock of its group."""

    number: int
    by: str
    at: datetime


@dataclass(eq=False)
class NotHandedOver(HandoverRefused):
    """There is no hand-over to be undone."""

    number: int


@dataclass(eq=False)
class CameBackAlready(HandoverRefused):
    """The goods were handed over, and came back."""

    number: int


@dataclass(eq=False)
class GoodsFetched(HandoverRefused):
    """The goods were fetched, so it matters no more where."""

    number: int


class NothingToHandOver(HandoverRefused):
    """No pick waits for this person to hand it over."""


@dataclass(eq=False)
class PointGone(HandoverRefused):
    """The pick-up point is not in use any more."""

    name: str


class PointNameMissing(HandoverRefused):
    """The pick-up point has no name."""


@dataclass(eq=False)
class PointNameTooLong(HandoverRefused):
    """The name of a pick-up point does not fit on a button."""

    length: int
    limit: int


@dataclass(eq=False)
class PointNameTaken(HandoverRefused):
    """Another pick-up point of the group has a name that nobody could tell apart."""

    name: str


@dataclass(eq=False)
class PointWordsTooLong(HandoverRefused):
    """Address and hours have more characters than a message can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class PointFeeUnreadable(HandoverRefused):
    """What fetching an order at a point costs is no amount in the group's currency."""

    text: str
    currency: str


@dataclass(eq=False)
class TooManyPoints(HandoverRefused):
    """The group has as many pick-up points as can be shown."""

    limit: int
