"""Refusals around what somebody wants to be told, as facts without words for people."""

from dataclasses import dataclass

from bot.errors import NotPossible


class NoticeRefused(NotPossible):
    """It cannot be told, or sorted, like this."""


@dataclass(eq=False)
class TooManyWishes(NoticeRefused):
    """Nobody has wishes of so many categories of one group."""

    most: int


class WishUnreadable(NoticeRefused):
    """What was written says neither what to tell nor of what."""


@dataclass(eq=False)
class CategoryUnreadable(NoticeRefused):
    """That cannot be the name of a category."""

    text: str
    most: int
