"""Refusals: what the shop says no to, as facts without words for people.

ShopError                       nothing happened; the member is told why and what to do
├── Unreadable                  what was typed cannot be understood
├── NotPossible                 understood, but the shop's state does not allow it
└── NotAllowed                  the person may not do this here

AlreadyDone                     this very update was handled before: say and do nothing

Those of one noun stand in a file of its own: `draft_errors.py`, `handover_errors.py` and so on.

Raising leaves the unit of work, so everything in it is undone. `bot/views/refusals.py` puts
words to each. Anything that is not a ShopError is a fault: it is logged and tried again.
"""

from dataclasses import dataclass
from datetime import datetime


class ShopError(Exception):
    """Something was refused and nothing was changed."""

    language: str | None = None
    """The reader's language, where whoever refused already knew it."""


class Unreadable(ShopError):
    """What was typed cannot be understood."""


class NotPossible(ShopError):
    """The state of the shop does not allow it."""


class NotAllowed(ShopError):
    """The person may not do this here."""


class AlreadyDone(Exception):
    """The update was handled before; its effects stand."""


class GroupUnknown(NotPossible):
    """The bot does not serve this chat."""


class ButtonOutdated(NotPossible):
    """The button belongs to nothing that exists here."""


class PickMissing(Unreadable):
    """The command needs the number of a pick."""


@dataclass(eq=False)
class PickUnknown(NotPossible):
    """The group has no pick with this number."""

    number: int


@dataclass(eq=False)
class PickClosed(NotPossible):
    """The pick no longer takes orders."""

    number: int


@dataclass(eq=False)
class SoldOut(NotPossible):
    """Fewer are left than were asked for."""

    variant: str
    left: int


@dataclass(eq=False)
class QuantityTooLarge(NotPossible):
    """More than one person may order."""

    limit: int


@dataclass(eq=False)
class VariantMissing(Unreadable):
    """The pick has several variants and the order names none."""

    variants: tuple[str, ...]


@dataclass(eq=False)
class NothingOrdered(NotPossible):
    """There is no order to lessen or to cancel."""

    number: int


class NotInGroup(NotAllowed):
    """The person is not in the group."""


class NotACurator(NotAllowed):
    """Only the group's curators may do this."""


class Anonymous(NotAllowed):
    """Whoever hides behind the group or a channel cannot order."""


class OnlyInGroup(NotAllowed):
    """The command works in a group."""


class OnlyInPrivate(NotAllowed):
    """The command works in private."""


class NoInviteRight(NotPossible):
    """The bot may not make invite links in this group."""


@dataclass(eq=False)
class SettingUnreadable(Unreadable):
    """This is no value of the named setting; without a name, there is no such setting."""

    name: str
    text: str


@dataclass(eq=False)
class PriceUnreadable(Unreadable):
    """The price is missing, negative, zero, too large or has too many decimals."""

    text: str


@dataclass(eq=False)
class OrderUnreadable(Unreadable):
    """What follows the pick's number is no quantity and no variant."""

    text: str


@dataclass(eq=False)
class VariantUnknown(Unreadable):
    """The order names no variant that the pick has, or could mean several."""

    name: str
    variants: tuple[str, ...]


class TitleMissing(Unreadable):
    """The pick has a price but no title."""


@dataclass(eq=False)
class TitleTooLong(Unreadable):
    """The title has more characters than a card can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class WordsTooLong(Unreadable):
    """The description has more characters than a card can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class TooManyVariants(Unreadable):
    """More variants than a card can show."""

    count: int
    limit: int


@dataclass(eq=False)
class VariantRepeated(Unreadable):
    """Two variants have names that nobody could tell apart."""

    name: str


@dataclass(eq=False)
class VariantNameTooLong(Unreadable):
    """A variant's name does not fit on a button."""

    name: str
    limit: int


@dataclass(eq=False)
class StockUnreadable(Unreadable):
    """The stock is not a whole number from one to a million."""

    text: str


@dataclass(eq=False)
class DeadlineUnreadable(Unreadable):
    """This is not a time, or it could be two."""

    text: str


class DeadlineMissing(Unreadable):
    """The command needs a time."""


@dataclass(eq=False)
class DeadlinePast(Unreadable):
    """The deadline is over already."""

    text: str
    at: datetime


@dataclass(eq=False)
class DeadlineTooFar(Unreadable):
    """The deadline is further away than a pick may run."""

    text: str
    limit_days: int
