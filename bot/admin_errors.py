"""Refusals: what only those who run the bot may do, and what they cannot."""

from dataclasses import dataclass

from bot.errors import NotAllowed, NotPossible


class NotAnAdmin(NotAllowed):
    """Only those who run the bot may do this."""


@dataclass(eq=False)
class AdminBySettings(NotPossible):
    """The settings name her as an admin; only they can take that back."""

    name: str


@dataclass(eq=False)
class AdminUnknown(NotPossible):
    """The bot knows nobody of this name or number."""

    text: str
