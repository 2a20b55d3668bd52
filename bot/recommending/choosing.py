"""How the shipped parameters were chosen: on the train file alone, split once more, a parameter at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from bot.recommending.evaluation import score, settings
from bot.recommending.model import SHIPPED, Parameters, fit
from bot.recommending.purchases import Facts
from bot.recommending.rankings import Scores
from bot.recommending.reading import Data
from bot.recommending.splitting import hold_one_back

SEEDS: Final = (1, 2, 3)
HISTORIES: Final = (None, 0, 1, 3)
TRIED: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType(
    {
        "damp_buyer": (0.25, 0.75),
        "damp_item": (0.0, 0.5),
        "neighbours": (20, 200),
        "friend_weight": (1.0, 2.5),
        "damp_friend": (0.0, 1.0),
        "friends_of_friends": (0.0, 0.5),
        "near_circle": (0.0, 1.0),
    }
)
"""What else each parameter could be."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the ranking reaches with one parameter changed, or as shipped."""

    change: str
    #: R@10 for each of HISTORIES, the mean of all splits.
    recalls: tuple[float, ...]


def choose(data: Data) -> Iterator[Choice]:
    """The shipped parameters, then each change of them, scored on purchases held back from the train file."""
    inner = [_inner(data, seed) for seed in SEEDS]
    yield _tried(inner, "as shipped", SHIPPED)
    for name, values in TRIED.items():
        for value in values:
            changed = replace(SHIPPED, **{name: value})  # type: ignore[arg-type]
            yield _tried(inner, f"{name} {value:g}", changed)


def _inner(data: Data, seed: int) -> Data:
    """The train file as data of its own; nothing of the val file but which items there are."""
    train, held = hold_one_back(data.train, seed=seed)
    return replace(data, train=train, val=held)


def _tried(inner: list[Data], change: str, parameters: Parameters) -> Choice:
    def learn(facts: Facts) -> Scores:
        return fit(facts, parameters).scores

    recalls = []
    for history in HISTORIES:
        values = [score(*setting, learn) for data in inner for setting in settings(data, history)]
        recalls.append(float(np.concatenate(values)[:, 0].mean()) if values else 0.0)
    return Choice(change=change, recalls=tuple(recalls))
