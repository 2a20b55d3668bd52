"""Refusals about teams, as facts without words for people."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotPossible


class TeamRefused(NotPossible):
    """A team cannot be like this, or not be joined now."""


@dataclass(eq=False)
class TeamSizeUnreadable(TeamRefused):
    """A team of so many people cannot be."""

    least: int
    most: int


@dataclass(eq=False)
class TeamHoursUnreadable(TeamRefused):
    """A team cannot have so many hours to fill up."""

    most: int


class TeamNotCheaper(TeamRefused):
    """The price in a team is not lower than the price alone."""


class TeamWithTiers(TeamRefused):
    """An offer has price tiers and a team price at once."""


class OwnTeam(TeamRefused):
    """The person leads this team herself."""


class InThisTeam(TeamRefused):
    """The person is in this team already."""


class InAnotherTeam(TeamRefused):
    """The person is in another team of the same pick."""


class TeamFull(TeamRefused):
    """The last seat was taken."""


@dataclass(eq=False)
class TeamOver(TeamRefused):
    """The team's time is over; the moment is when."""

    at: datetime


class TeamDissolved(TeamRefused):
    """All of the team's people have left it."""


class TeamSettled(TeamRefused):
    """What becomes of the team is decided, so a choice comes too late."""
