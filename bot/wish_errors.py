"""Refusals around wishes and the needs that they make, as facts without words for people."""

from dataclasses import dataclass

from bot.errors import NotPossible


class WishRefused(NotPossible):
    """Nothing can be wished, or made of wishes, like this."""


class WishWithoutGoods(WishRefused):
    """It does not say what is wished for."""


@dataclass(eq=False)
class WishTooLong(WishRefused):
    """What is wished for is named in so many words that nobody would read them."""

    most: int


@dataclass(eq=False)
class WishTooLarge(WishRefused):
    """Nobody wishes for so many."""

    most: int


@dataclass(eq=False)
class WishInOtherCurrency(WishRefused):
    """The limit is in a currency that the group does not use."""

    currency: str
    used: str


@dataclass(eq=False)
class WishesTooOften(WishRefused):
    """Somebody wished for so much in a short time that she has to wait."""

    minutes: int


@dataclass(eq=False)
class TooManyOpenWishes(WishRefused):
    """Nobody has so many open wishes in one group."""

    most: int


class InNoGroup(WishRefused):
    """She is in no group that could fulfil it."""


class NeedOver(WishRefused):
    """Nobody waits for it any more, or a pick answers it already."""


class WishersTold(WishRefused):
    """It cannot be taken back any more that a pick is what was wished for: it is told."""


class NeedInWork(WishRefused):
    """Another curator makes a pick of it already."""
