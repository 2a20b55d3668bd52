"""Evaluates the rankings on purchases that they did not see, at full history and at few purchases.

Every item is ranked that the data names, without what the person has; no negatives are sampled. At few
purchases, people with friends are cut down to so many, some hundreds at a time, while all others keep theirs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.recommending.measuring import Estimate, estimates, gains, ranks
from bot.recommending.purchases import Facts, Ids, gather, places
from bot.recommending.rankings import NEIGHBOURS, RANKINGS, SHIPPED, Scores
from bot.recommending.reading import Data
from bot.recommending.splitting import strip, turns

FEW: Final = (0, 1, 3)
"""How many purchases are left to those whom the bot hardly knows."""
STRIPPED_TOGETHER: Final = 500
SEED: Final = 8

_PEOPLE_AT_ONCE: Final = 512


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one ranking reached in one setting."""

    #: None is all that there are.
    purchases: int | None
    ranking: str
    cases: int
    #: One for each of METRICS.
    estimates: Sequence[Estimate]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """All lines, and by how much the shipped ranking finds more than item neighbours do, at each history."""

    lines: Sequence[Line]
    #: The difference in R@10, on the same cases.
    leads: Mapping[int | None, Estimate]

    def reached(self, ranking: str, purchases: int | None) -> Sequence[Estimate]:
        """What this ranking reached there; each of METRICS."""
        return next(
            line.estimates for line in self.lines if (line.ranking, line.purchases) == (ranking, purchases)
        )


def evaluate(data: Data, *, few: Iterable[int] = FEW) -> Evaluation:
    """Fit every ranking on the train file, and score it on the val file."""
    lines: list[Line] = []
    leads: dict[int | None, Estimate] = {}
    for purchases in [None, *few]:
        values = _values(settings(data, purchases))
        if not values:
            continue
        lines += [
            Line(purchases=purchases, ranking=name, cases=len(those), estimates=estimates(those))
            for name, those in values.items()
        ]
        leads[purchases] = estimates(values[SHIPPED] - values[NEIGHBOURS])[0]
    return Evaluation(lines=lines, leads=leads)


def score(facts: Facts, cases: Ids, learn: Callable[[Facts], Scores]) -> NDArray[np.float64]:
    """What each case (person, item) is worth in METRICS, to a ranking that learns from these facts."""
    scores = learn(facts)
    rows, held = places(cases[:, 0], facts.people), places(cases[:, 1], facts.items)
    parts = [
        ranks(scores(rows[at : at + _PEOPLE_AT_ONCE]), held[at : at + _PEOPLE_AT_ONCE])
        for at in range(0, len(cases), _PEOPLE_AT_ONCE)
    ]
    return gains(np.concatenate(parts))


def facts_of(data: Data, purchases: Ids) -> Facts:
    """These purchases among all people and items of the data."""
    return gather(
        purchases,
        data.links,
        people=np.unique(np.concatenate([data.train, data.val])[:, 0]),
        items=data.items,
    )


def settings(data: Data, purchases: int | None) -> Iterator[tuple[Facts, Ids]]:
    """What to learn from and what to foretell, one turn after the other."""
    if purchases is None:
        yield facts_of(data, data.train), data.val
        return
    linked = np.intersect1d(data.links, data.val[:, 0])
    for people in turns(linked, size=STRIPPED_TOGETHER, seed=SEED):
        left = strip(data.train, people, keep=purchases, seed=SEED)
        yield facts_of(data, left), data.val[np.isin(data.val[:, 0], people)]


def _values(settings: Iterable[tuple[Facts, Ids]]) -> dict[str, NDArray[np.float64]]:
    parts: dict[str, list[NDArray[np.float64]]] = {}
    for facts, cases in settings:
        for name, learn in RANKINGS.items():
            parts.setdefault(name, []).append(score(facts, cases, learn))
    return {name: np.concatenate(those) for name, those in parts.items()}
