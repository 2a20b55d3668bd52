"""Refusals: what a group bears, and votes on it."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed, NotPossible


class OnlyOwnerOverrides(NotAllowed):
    """A post does not fit the group's allowance, and whoever wants it all the same is not its owner."""


@dataclass(eq=False)
class VoteRunning(NotPossible):
    """The group is voting on its caps already."""

    closes_at: datetime
    time_zone: str
