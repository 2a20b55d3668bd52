"""Refusals: what a group bears, and votes on it."""

from bot.errors import NotAllowed, NotPossible


class OnlyOwnerOverrides(NotAllowed):
    """A post does not fit the group's allowance, and whoever wants it all the same is not its owner."""


class VoteRunning(NotPossible):
    """The group is voting on its caps already."""
