"""What a group's numbers say: spans and their parts, rates, and whether more people leave after posts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import exp, lgamma, log, log1p
from typing import Final, NamedTuple

AFTER_A_POST: Final = timedelta(hours=24)
"""Who leaves so soon after a post may have left because of it."""
BASELINE: Final = timedelta(days=90)
"""So far back, at least, it is looked at how many leave otherwise."""
FEWEST_BUYERS: Final = 10
"""A share of fewer people than that is no percentage."""
FEWEST_LEAVES: Final = 10
FEWEST_HOURS: Final = 48.0
"""Fewer leaves, or fewer hours on either side, tell nothing."""

Stretch = tuple[datetime, datetime]
"""From one moment up to another."""

_CONFIDENCE: Final = 0.95
_HOURS_A_DAY: Final = 24
_MOST_DAYS: Final = 31
_MOST_WEEKS: Final = 26
_MOST_MONTHS: Final = 36
_MONTHS: Final = 12
_HALVINGS: Final = 60
_NEGLIGIBLE: Final = 1e-17


class Period(StrEnum):
    """How far back numbers are taken together."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    ALL = "all"


class Unit(StrEnum):
    """How long the parts of a span are."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Verdict(StrEnum):
    """Whether something happens more often on one side than on the other, beyond chance."""

    TOO_FEW = "too_few"
    AS_USUAL = "as_usual"
    MORE = "more"
    FEWER = "fewer"


class Interval(NamedTuple):
    """Both ends of a 95 % confidence interval."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of time in parts, each from one edge to the next, on the group's own calendar."""

    unit: Unit
    edges: Sequence[datetime]

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return self.edges[0]

    @property
    def until(self) -> datetime:
        """The end of its last part, which mostly lies ahead."""
        return self.edges[-1]


@dataclass(frozen=True, kw_only=True)
class Rate:
    """So many events in so many hours; of less than one hour there is no rate."""

    count: int
    hours: float

    @property
    def a_day(self) -> float | None:
        """How many a day."""
        return self.count / self.hours * _HOURS_A_DAY if self.hours >= 1 else None

    @property
    def interval_a_day(self) -> Interval | None:
        """Between which numbers a day its true rate lies."""
        if self.hours < 1:
            return None
        low, high = poisson_interval(self.count)
        return Interval(low / self.hours * _HOURS_A_DAY, high / self.hours * _HOURS_A_DAY)


def span_of(period: Period, *, began: datetime, now: datetime, zone: tzinfo) -> Span:
    """The last 7 or 30 days, 13 weeks, or everything since a group began, up to the end of today."""
    today = now.astimezone(zone).date()
    match period:
        case Period.WEEK:
            unit, days = Unit.DAY, [today - timedelta(days=n) for n in range(6, -2, -1)]
        case Period.MONTH:
            unit, days = Unit.DAY, [today - timedelta(days=n) for n in range(29, -2, -1)]
        case Period.QUARTER:
            unit, days = Unit.WEEK, [today + timedelta(days=1 - 7 * n) for n in range(13, -1, -1)]
        case Period.ALL:
            unit, days = _since(min(began, now).astimezone(zone).date(), today)
    return Span(unit=unit, edges=[_midnight(day, zone) for day in days])


def share_bps(part: int, whole: int, *, fewest: int = FEWEST_BUYERS) -> int | None:
    """A share in basis points; None of so few that a percentage would say more than is known."""
    return round(Decimal(part * 10_000) / whole) if whole >= max(fewest, 1) else None


def per_post(count: int, posts: int) -> Decimal | None:
    """How many on average, with one decimal; None without any post."""
    return (Decimal(count) / posts).quantize(Decimal("0.1"), ROUND_HALF_UP) if posts else None


def windows(posts: Iterable[datetime], *, since: datetime, until: datetime) -> list[Stretch]:
    """The hours that follow posts, within a stretch of time; those that overlap count once."""
    found: list[Stretch] = []
    for post in sorted(posts):
        begins, ends = max(post, since), min(post + AFTER_A_POST, until)
        if begins >= ends:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def hours_of(stretches: Iterable[Stretch]) -> float:
    """How many hours these stretches of time have together."""
    return sum((ends - begins).total_seconds() for begins, ends in stretches) / 3600


def poisson_interval(count: int, *, confidence: float = _CONFIDENCE) -> Interval:
    """Between which means a Poisson count's true one lies: Garwood's exact interval."""
    tail = (1 - confidence) / 2
    reach = count + 10 * (count + 1) ** 0.5 + 10
    low = 0.0
    if count:
        low = _where(lambda mean: _poisson_from(count, mean) >= tail, 0.0, float(count))
    high = _where(lambda mean: _poisson_up_to(count, mean) <= tail, float(count), reach)
    return Interval(low, high)


def compared(after: Rate, otherwise: Rate) -> Verdict:
    """Whether the first rate differs from the second: the exact test of two Poisson counts at 5 %.

    Given how many there are together, how many of them fall on one side is binomial with its share of
    the hours; so it counts that the second rate is not known exactly, either.
    """
    together = after.count + otherwise.count
    if together < FEWEST_LEAVES or min(after.hours, otherwise.hours) < FEWEST_HOURS:
        return Verdict.TOO_FEW
    share = after.hours / (after.hours + otherwise.hours)
    tail = (1 - _CONFIDENCE) / 2
    if binomial_from(after.count, together, share) <= tail:
        return Verdict.MORE
    if binomial_from(otherwise.count, together, 1 - share) <= tail:
        return Verdict.FEWER
    return Verdict.AS_USUAL


def binomial_from(successes: int, tries: int, share: float) -> float:
    """How probable so many successes or more are, each having this share strictly between 0 and 1."""
    if successes <= 0:
        return 1.0
    if successes < tries * share:
        # The nearer tail is the shorter sum, and the more exact one.
        return 1 - binomial_from(tries - successes + 1, tries, 1 - share)
    odds = share / (1 - share)
    choose = lgamma(tries + 1) - lgamma(successes + 1) - lgamma(tries - successes + 1)
    term = exp(choose + successes * log(share) + (tries - successes) * log1p(-share))
    total = 0.0
    for k in range(successes, tries + 1):
        total += term
        term *= (tries - k) / (k + 1) * odds
        if term < total * _NEGLIGIBLE:
            break
    return min(total, 1.0)


def _since(first: date, today: date) -> tuple[Unit, list[date]]:
    """All days from the first on, in parts of which a picture can show each."""
    days = (today - first).days + 1
    tomorrow = today + timedelta(days=1)
    if days <= _MOST_DAYS:
        return Unit.DAY, [first + timedelta(days=n) for n in range(days + 1)]
    if days <= 7 * _MOST_WEEKS:
        weeks = -(-days // 7)
        return Unit.WEEK, [tomorrow - timedelta(days=7 * n) for n in range(weeks, -1, -1)]
    months = (today.year - first.year) * _MONTHS + today.month - first.month + 1
    if months <= _MOST_MONTHS:
        return Unit.MONTH, [_month(first, n) for n in range(months + 1)]
    return Unit.YEAR, [date(year, 1, 1) for year in range(first.year, today.year + 2)]


def _month(first: date, later: int) -> date:
    years, month = divmod(first.month - 1 + later, _MONTHS)
    return date(first.year + years, month + 1, 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _where(is_reached: Callable[[float], bool], low: float, high: float) -> float:
    """The point between two others from which on something holds."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_reached(middle) else (middle, high)
    return (low + high) / 2


def _poisson_from(count: int, mean: float) -> float:
    """How probable so many or more are, of a mean that is not above them."""
    if not mean:
        return 0.0
    total, term, k = 0.0, _poisson(count, mean), count
    while term > total * _NEGLIGIBLE:
        total += term
        k += 1
        term *= mean / k
    return total


def _poisson_up_to(count: int, mean: float) -> float:
    """How probable so many or fewer are, of a mean that is not below them."""
    if not mean:
        return 1.0
    total, term, k = 0.0, _poisson(count, mean), count
    while k >= 0 and term > total * _NEGLIGIBLE:
        total += term
        term *= k / mean
        k -= 1
    return total


def _poisson(count: int, mean: float) -> float:
    return exp(count * log(mean) - mean - lgamma(count + 1))
