"""The rankings that are compared: the shipped one, and what each of its parts would do alone."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from bot.recommending.model import fit, popularity, scaled, without_seen
from bot.recommending.neighbours import near_plainly
from bot.recommending.purchases import Facts, Floats, Rows

SHIPPED: Final = "shipped ranking"
NEIGHBOURS: Final = "item neighbours"
FRIENDS: Final = "friends"
POPULARITY: Final = "popularity"

Scores: TypeAlias = Callable[[Rows], Floats]
"""Scores of all items (rows x items) for these rows of people; what they have is at minus infinity."""

_SHRINK: Final = 20
_LITTLE: Final = np.float32(0.001)


def _popularity(facts: Facts) -> Scores:
    popular = _popular(facts)
    return lambda rows: without_seen(np.tile(popular, (len(rows), 1)), facts.bought[rows])


def _friends(facts: Facts) -> Scores:
    popular = _LITTLE * _popular(facts)
    return lambda rows: without_seen(scaled(facts.knows[rows] @ facts.bought) + popular, facts.bought[rows])


def _neighbours(facts: Facts) -> Scores:
    popular, near = _LITTLE * _popular(facts), near_plainly(facts.bought, shrink=_SHRINK)
    return lambda rows: without_seen(scaled(facts.bought[rows] @ near) + popular, facts.bought[rows])


def _popular(facts: Facts) -> Floats:
    return popularity(np.asarray(facts.bought.sum(axis=0), dtype=np.float32).ravel())


RANKINGS: Final[Mapping[str, Callable[[Facts], Scores]]] = MappingProxyType(
    {
        POPULARITY: _popularity,
        FRIENDS: _friends,
        NEIGHBOURS: _neighbours,
        SHIPPED: lambda facts: fit(facts).scores,
    }
)
"""Each learns from facts and can score then."""
