"""Refusals around telling a pick personally, as facts without words for people."""

from dataclasses import dataclass

from bot.errors import NotPossible


class TellingRefused(NotPossible):
    """It cannot be told like this."""


@dataclass(eq=False)
class TooFewToTell(TellingRefused):
    """Fewer members than that are likely to care and may be told."""

    fewest: int


class NotToldPersonally(TellingRefused):
    """Something like this is posted in one group at once, or not told at all."""


class OverBeforeMorning(TellingRefused):
    """It is quiet in the group, and the pick closes before anybody would hear of it."""
