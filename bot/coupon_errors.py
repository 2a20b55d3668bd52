"""Refusals about codes, as facts without words for people."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotPossible, Unreadable


class CouponRefused(NotPossible):
    """A code cannot be entered, or not now."""


class CodeUnreadable(Unreadable):
    """What was typed cannot be a code."""


@dataclass(eq=False)
class TooManyGuesses(CouponRefused):
    """She has tried so many wrong codes that she has to wait."""

    until: datetime


class CodeSwitchedOff(CouponRefused):
    """The code is out of use."""


class CodeUsedUp(CouponRefused):
    """The code, or its promotion, has been used as often as it can be."""


class CodeUsedByYou(CouponRefused):
    """She has used its promotion as often as each person may."""


class CodeOver(CouponRefused):
    """The promotion of the code is over."""


class CodePaused(CouponRefused):
    """The promotion of the code is paused."""


@dataclass(eq=False)
class CodeTooEarly(CouponRefused):
    """The promotion of the code has not begun."""

    at: datetime
