"""The ranking that Vouch ships: what was bought together, what friends bought, and at last what many bought.

A score is `near + weight * known + little * popular`, of which each part is at most 1:

- near: how near the item is to all that the person bought;
- known: how many of her circle bought it, and a part of how near it is to what they bought; her circle
  are her friends, each the less the more people that one knows, and friends of theirs;
- weight: `friend_weight / (1 + n)` after n purchases, so that friends speak first and purchases later;
- popular: breaks ties, and is all that there is for somebody of whom nothing is known.

It knows no I/O and no clock: the same facts give the same ranking.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.sparse import csr_array, diags_array

from bot.recommending.neighbours import near
from bot.recommending.purchases import Facts, Floats, Rows, Sparse, places, totals

_LITTLE: Final = np.float32(0.001)
_TINY: Final = np.float32(1e-9)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What the ranking was tuned to; docs/recommendations.md says how these were found."""

    damp_buyer: float = 0.5
    damp_item: float = 0.25
    neighbours: int = 100
    friend_weight: float = 4.0
    #: The more people a friend knows, the less she says, to this power.
    damp_friend: float = 0.5
    #: What friends of friends say, against friends.
    friends_of_friends: float = 1.0
    #: What is near to what the circle bought, against what they bought.
    near_circle: float = 0.5


SHIPPED: Final = Parameters()


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An item for a person; scores of one person can be compared, those of two cannot."""

    item: int
    score: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """What was learnt from the facts, and the facts themselves, from which every reason is read."""

    facts: Facts
    parameters: Parameters
    #: items x items: how much having bought the row speaks for the column.
    near: Sparse = field(repr=False)
    #: How many people each knows, at least 1.
    known_by: Floats = field(repr=False)
    #: items x people: who bought each.
    bought_by: Sparse = field(repr=False)
    #: How many bought each item.
    buyers: Floats = field(repr=False)

    def scores(self, rows: Rows) -> Floats:
        """Scores of all items (rows x items) for these people; what they have is at minus infinity."""
        bought = self.facts.bought[rows]
        weights = np.float32(self.parameters.friend_weight) / (1 + _counts(bought))
        scores = scaled(bought @ self.near) + weights[:, None] * self._known(rows)
        scores += self._scores_of_strangers()
        return without_seen(scores, bought)

    def suggest(self, person: int, *, most: int, among: Collection[int] | None = None) -> list[Suggestion]:
        """The best for a person first, of `among` if it is given; never what she has, or nobody bought."""
        row = self.facts.row_of(person)
        scores = self._scores_of_strangers() if row is None else self.scores(np.array([row]))[0]
        columns = self._columns(among)
        columns = columns[(self.buyers[columns] > 0) & np.isfinite(scores[columns])]
        if most < len(columns):
            # Sorting a few takes less than sorting all; what stands level with the last of them may be more.
            last = np.partition(scores[columns], -most)[-most] if most else np.inf
            columns = columns[scores[columns] >= last]
        best = columns[np.lexsort((columns, -scores[columns]))][:most]
        return [
            Suggestion(item=int(self.facts.items[column]), score=float(scores[column])) for column in best
        ]

    def _scores_of_strangers(self) -> Floats:
        return _LITTLE * popularity(self.buyers)

    def _known(self, rows: Rows) -> Floats:
        """What the circles of these people speak for (rows x items), at most 1."""
        bought = self.circles(rows) @ self.facts.bought
        known = scaled(bought) + np.float32(self.parameters.near_circle) * scaled(bought @ self.near)
        return _scaled(known)

    def circles(self, rows: Rows) -> Sparse:
        """How much each of all people says to these (rows x people)."""
        friends = self.facts.knows[rows]
        known_by = self.known_by[friends.indices]
        theirs = (_weighted(friends, 1 / known_by) @ self.facts.knows).tocoo()
        is_other = theirs.col != rows[theirs.row]
        others = csr_array(
            (theirs.data[is_other], (theirs.row[is_other], theirs.col[is_other])), shape=theirs.shape
        )
        damped = _weighted(friends, known_by ** np.float32(-self.parameters.damp_friend))
        said = damped + np.float32(self.parameters.friends_of_friends) * others
        # Who did not agree to be counted is told of to nobody who knows her, not even by an order of things.
        return said if self.facts.speaks is None else said @ diags_array(self.facts.speaks, format="csr")

    def _columns(self, among: Collection[int] | None) -> Rows:
        if among is None:
            return np.arange(len(self.facts.items))
        columns = np.unique(places(sorted(among), self.facts.items))
        return columns[columns >= 0]


def fit(facts: Facts, parameters: Parameters = SHIPPED) -> Model:
    """Learn from the facts; 5 million purchases take some seconds, so it is no work for the event loop."""
    return Model(
        facts=facts,
        parameters=parameters,
        near=near(
            facts.bought,
            damp_buyer=parameters.damp_buyer,
            damp_item=parameters.damp_item,
            most=parameters.neighbours,
        ),
        known_by=totals(facts.knows, axis=1),
        bought_by=facts.bought.T.tocsr(),
        buyers=np.asarray(facts.bought.sum(axis=0), dtype=np.float32).ravel(),
    )


def scaled(matrix: Sparse) -> Floats:
    """Each row as a share of its greatest; a row of nothing stays one."""
    dense: Floats = matrix.toarray().astype(np.float32, copy=False)
    return _scaled(dense)


def popularity(buyers: Floats) -> Floats:
    """How many bought each item, as a share of the most bought."""
    return buyers / max(float(buyers.max(initial=0)), 1.0)


def without_seen(scores: Floats, bought: Sparse) -> Floats:
    """The scores, with what each person has at minus infinity; changes them in place."""
    scores[bought.nonzero()] = -np.inf
    return scores


def _scaled(rows: Floats) -> Floats:
    shares: Floats = rows / np.maximum(rows.max(axis=1, keepdims=True, initial=0), _TINY)
    return shares


def _weighted(matrix: Sparse, weights: Floats) -> Sparse:
    return csr_array((matrix.data * weights, matrix.indices, matrix.indptr), shape=matrix.shape)


def _counts(bought: Sparse) -> Floats:
    counts: Floats = np.diff(bought.indptr).astype(np.float32)
    return counts
