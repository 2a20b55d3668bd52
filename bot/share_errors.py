"""Refusals about shared cards and about who told whom, as facts without words for people."""

from bot.errors import NotPossible


class ShareRefused(NotPossible):
    """A card cannot be shared, or nobody be named, like this."""


class ShareUnknown(ShareRefused):
    """The link belongs to no card that was ever shared."""


class NothingToShare(ShareRefused):
    """The pick takes no orders, so there is nothing to recommend."""


class NamedHerself(ShareRefused):
    """Nobody recommends anything to herself."""


class OrderSettled(ShareRefused):
    """The order is cancelled or all done, so it is settled who recommended it."""


class NobodyNamed(ShareRefused):
    """Nobody in the group is called what was typed."""
