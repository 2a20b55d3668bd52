"""Refusals: what cannot be decided about a suspicion like this, and what was done too often."""

from dataclasses import dataclass

from bot.errors import NotPossible


class FlagRefused(NotPossible):
    """A suspicion cannot be settled like this, or something was done too often."""


class FlagDecided(FlagRefused):
    """Somebody else decided meanwhile."""


class FlagNoteMissing(FlagRefused):
    """Whoever gets no rewards is told why, and that needs words."""


class FlagAboutYourself(FlagRefused):
    """Nobody decides about her own rewards."""


@dataclass(eq=False)
class TooManyLinks(FlagRefused):
    """So many invite links were made that another has to wait."""

    minutes: int
