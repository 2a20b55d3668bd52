"""Refusals around what somebody wants to be told, as facts without words for people."""

from bot.errors import NotPossible


class NoticeRefused(NotPossible):
    """It cannot be told, or sorted, like this."""


class TooManyWishes(NoticeRefused):
    """Nobody has wishes of so many categories of one group."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class WishUnreadable(NoticeRefused):
    """What was written says neither what to tell nor of what."""


class CategoryUnreadable(NoticeRefused):
    """That cannot be the name of a category."""

    def __init__(self, text: str, most: int) -> None:
        super().__init__(text)
        self.text = text
        self.most = most
