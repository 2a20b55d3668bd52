"""Refusals: what cannot be opened to other groups, or not on such terms."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotPossible


class ListingRefused(NotPossible):
    """Nothing can be opened to other groups like this."""


@dataclass(eq=False)
class TermsUnreadable(ListingRefused):
    """This part says nothing about a share, a moment, groups or pieces."""

    text: str


@dataclass(eq=False)
class ShareTooHigh(ListingRefused):
    """Nobody gives away so much of what goods cost; in basis points."""

    most_bps: int


@dataclass(eq=False)
class TooManyGroups(ListingRefused):
    """So many groups, or none at all, is no limit."""

    most: int


@dataclass(eq=False)
class TooManyPieces(ListingRefused):
    """So many pieces for each group, or none at all, is no limit."""

    most: int


@dataclass(eq=False)
class OpensTooLate(ListingRefused):
    """Others could begin only when the pick is closed."""

    closes_at: datetime


@dataclass(eq=False)
class CarriedNotListed(ListingRefused):
    """What a group sells for its supplier is the supplier's to open to others."""

    number: int


@dataclass(eq=False)
class PersonalNotListed(ListingRefused):
    """What only some members are told of is not on offer in the group itself."""

    number: int
