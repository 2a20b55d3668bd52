"""How well purchases were foretold: Recall and NDCG over a full ranking, with intervals."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.recommending.purchases import Floats, Rows

DRAWS: Final = 1_000
METRICS: Final = ("R@10", "R@20", "NDCG@10")
_SEED: Final = 20
_TOGETHER: Final = 50


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A mean, and between what it would lie in 95 of 100 samples of such people."""

    mean: float
    low: float
    high: float


def ranks(scores: Floats, held: Rows) -> NDArray[np.float64]:
    """How many items stand before the held one in each row; of those that stand level with it, half."""
    own = scores[np.arange(len(held)), held][:, None]
    ahead = (scores > own).sum(axis=1)
    level = (scores == own).sum(axis=1) - 1
    return np.asarray(ahead + level / 2, dtype=np.float64)


def gains(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each case is worth in each of METRICS (cases x metrics); one item each is right."""
    return np.column_stack(
        [places < 10, places < 20, np.where(places < 10, 1 / np.log2(places + 2), 0)]
    ).astype(np.float64)


def estimates(values: NDArray[np.float64]) -> list[Estimate]:
    """Each column's mean with its 95 % interval: a percentile bootstrap over cases, the same each time."""
    chance = np.random.default_rng(_SEED)
    means = np.concatenate(
        [
            values[chance.integers(len(values), size=(_TOGETHER, len(values)))].mean(axis=1)
            for _ in range(DRAWS // _TOGETHER)
        ]
    )
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return [
        Estimate(mean=float(mean), low=float(at_least), high=float(at_most))
        for mean, at_least, at_most in zip(values.mean(axis=0), low, high, strict=True)
    ]
