"""How many orders a pick may get: an interval that holds eight times in ten, from its group's own history.

Nothing is said where the history is too thin, or where the interval would be too wide to decide by.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p
from statistics import fmean, variance
from typing import Final, NamedTuple

CONFIDENCE: Final = 0.8

FEWEST_PICKS: Final = 8
"""Fewer ended picks tell nothing of what a group orders."""
FEWEST_TOLD: Final = 10
"""So many people at least must have been told of what they wished for, to say how many of them order it."""
FEWEST_ANSWERED: Final = 5
"""Fewer picks that were wished for tell nothing of how they differ."""
FEWEST_GROUPS: Final = 5
"""Fewer other groups tell nothing of how groups differ."""
FEWEST_ACTIVE: Final = 5
"""Where fewer people are active, orders for each of them mean nothing."""

MOST_SHOWN: Final = 5
"""So many of a kind are proposed: a choice, not a list."""

_FEWEST_REPEATS: Final = 5
_WIDEST: Final = 2.2
_LEAST_MEAN: Final = 0.5
_MOST_UNKNOWN: Final = 0.9


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Orders to expect: their mean, and both ends of what holds eight times in ten."""

    mean: float
    low: int
    high: int


class Answered(NamedTuple):
    """How many were told of a pick that they had wished for, and how many of them ordered it."""

    told: int
    ordered: int


class Sold(NamedTuple):
    """How many orders something got in another group, and how many of its members were active."""

    orders: int
    active: int


def of_own(rounds: Sequence[int], others: Sequence[Sequence[int]]) -> Forecast | None:
    """What an offer may get whose rounds got so many orders, beside the group's other offers.

    Bühlmann's credibility: the fewer rounds it had, the nearer its mean is to that of all. The variance is
    that within an offer, and what is not known of its mean.
    """
    offers = [one for one in (rounds, *others) if one]
    counts = [count for one in offers for count in one]
    if len(counts) < FEWEST_PICKS or not any(counts):
        return None
    mean, spread = fmean(counts), variance(counts)
    within = _within(offers, mean=mean, spread=spread)
    between = max(0.0, spread - within * mean)
    weight = len(rounds) / (len(rounds) + within * mean / between) if between and rounds else 0.0
    expected = weight * fmean(rounds) + (1 - weight) * mean if rounds else mean
    unknown = (1 - weight) * between + (1 - weight) ** 2 * spread / len(counts)
    return _useful(_counted(expected, (within * expected + unknown) * _widened(len(counts))))


def of_wishes(people: int, *, answered: Sequence[Answered]) -> Forecast | None:
    """How many of so many who wish for something may order it, by how many of those told before did.

    The number is beta-binomial; the share is uniform beforehand, and differs from pick to pick by as much
    more than chance alone explains.
    """
    told, ordered = (sum(counts) for counts in zip(*answered, strict=True)) if answered else (0, 0)
    if told < FEWEST_TOLD or len(answered) < FEWEST_ANSWERED or not people:
        return None
    share = (1 + ordered) / (2 + told)
    alike = _alike(answered, share=share)
    unknown = alike + (1 + alike * (told / len(answered) - 1)) / (told + 3)
    certain = 1 / min(unknown * _widened(len(answered)), _MOST_UNKNOWN) - 1
    return _useful(_between(people * share, _beta_binomial(people, share * certain, (1 - share) * certain)))


def elsewhere(sold: Iterable[Sold], *, active: int) -> Forecast | None:
    """What something may get in a group with so many active members that got this in other groups.

    Orders for each active member differ from group to group, by how much more than chance alone explains
    is taken from those groups: the next one may differ as much.
    """
    known = [one for one in sold if one.active >= FEWEST_ACTIVE]
    if len(known) < FEWEST_GROUPS or active < FEWEST_ACTIVE:
        return None
    rates = [one.orders / one.active for one in known]
    by_chance = fmean(one.orders / one.active**2 for one in known)
    between = max(0.0, variance(rates) - by_chance)
    mean = active * fmean(rates)
    unknown = active**2 * (between + variance(rates) / len(rates))
    return _useful(_counted(mean, mean + unknown * _widened(len(rates))))


def _within(offers: Sequence[Sequence[int]], *, mean: float, spread: float) -> float:
    """How many times its mean the variance of an offer's rounds is; at least as of a Poisson count.

    Where hardly anything was repeated, half of what is beyond chance is taken to be of the rounds.
    """
    repeats = sum(len(one) - 1 for one in offers)
    if repeats < _FEWEST_REPEATS:
        return max(1.0, (1 + spread / mean) / 2)
    squares = sum(
        (count - fmean(one)) ** 2 / max(fmean(one), _LEAST_MEAN)
        for one in offers
        if len(one) > 1
        for count in one
    )
    return max(1.0, squares / repeats)


def _alike(answered: Sequence[Answered], *, share: float) -> float:
    """How much more alike those decide who wished for the same than those who wished for other things.

    From 0, by chance alone, to 1: all of them or nobody.
    """
    squares = sum((one.ordered - one.told * share) ** 2 / one.told for one in answered) / share / (1 - share)
    others = sum(one.told - 1 for one in answered)
    return min(max(0.0, squares - (len(answered) - 1)) / others, 1.0) if others else 0.0


def _widened(count: int) -> float:
    """How much wider Student's distribution is, for the variance was estimated from so many numbers."""
    return (count - 1) / (count - 3)


def _counted(mean: float, spread: float) -> Forecast | None:
    """Of a count with this mean and variance: negative binomial, or Poisson where that is all there is."""
    if mean <= 0:
        return None
    return _between(mean, _negative_binomial(mean, spread) if spread > mean else _poisson(mean))


def _between(mean: float, probabilities: Iterable[float]) -> Forecast:
    """From the first number that is not surely too low, up to the first that is surely not too low."""
    tail, total, low = (1 - CONFIDENCE) / 2, 0.0, None
    number = 0
    for number, probability in enumerate(probabilities):
        total += probability
        if low is None and total >= tail:
            low = number
        if total >= 1 - tail:
            break
    return Forecast(mean=mean, low=low or 0, high=number)


def _poisson(mean: float) -> Iterable[float]:
    number, chance = 0, -mean
    while True:
        yield exp(chance)
        number += 1
        chance += log(mean) - log(number)


def _negative_binomial(mean: float, spread: float) -> Iterable[float]:
    size = mean**2 / (spread - mean)
    failing = mean / spread
    number, chance = 0, size * log(failing)
    while True:
        yield exp(chance)
        chance += log(size + number) - log(number + 1) + log1p(-failing)
        number += 1


def _beta_binomial(tries: int, yes: float, no: float) -> Iterable[float]:
    for number in range(tries + 1):
        ways = lgamma(tries + 1) - lgamma(number + 1) - lgamma(tries - number + 1)
        yield exp(ways + _beta(number + yes, tries - number + no) - _beta(yes, no))


def _beta(first: float, second: float) -> float:
    return lgamma(first) + lgamma(second) - lgamma(first + second)


def _useful(found: Forecast | None) -> Forecast | None:
    """An interval that says hardly anything is not told."""
    if found is None or found.high - found.low > _WIDEST * max(found.mean, 1.0):
        return None
    return found
