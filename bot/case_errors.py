"""Refusals about cases, as facts without words for people."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotPossible
from bot.money import Money


class CaseRefused(NotPossible):
    """What was wanted with a case cannot be done, or not now."""


class CaseWordsMissing(CaseRefused):
    """Nobody can tell from this what is meant: it needs words."""


@dataclass(eq=False)
class CaseWordsTooLong(CaseRefused):
    """What was written about a case has more characters than there is room for."""

    limit: int


@dataclass(eq=False)
class TooManyPhotos(CaseRefused):
    """More photos than one message about a case takes."""

    limit: int


class CaseTakesNoFiles(CaseRefused):
    """A case takes words and photos, nothing else."""


class TooManyCases(CaseRefused):
    """There have been so many cases about this order that another one would help nobody."""


class CaseOver(CaseRefused):
    """The case is settled, or its member has taken it back."""


class CaseMovedOn(CaseRefused):
    """Something was decided or offered in the case since its page was drawn."""


class CaseWithOthers(CaseRefused):
    """Somebody else has to decide the case now."""


class CaseAboutYourself(CaseRefused):
    """Nobody decides a case of her own."""


@dataclass(eq=False)
class CaseTooEarly(CaseRefused):
    """Whoever has to answer still has time to, until this moment on the group's clock."""

    due_at: datetime


@dataclass(eq=False)
class CaseAmountTooLarge(CaseRefused):
    """More than this cannot be given back."""

    most: Money


class CaseAmountMissing(CaseRefused):
    """It was not said how much."""


class NothingToRefund(CaseRefused):
    """Nothing was paid for the order, or all of it went back."""


class CaseNeedsCredit(CaseRefused):
    """The group gives no store credit, or no longer."""


class CaseMoneyInReview(CaseRefused):
    """Somebody has to look at the order's money before anything of it can move."""
