"""What each person may like best of what is on offer to her, and which of her purchases says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from bot.recommending.model import Model
from bot.recommending.purchases import Floats, Ids, Rows, Sparse, places
from bot.rules.acquaintances import LEAST_SHOWN

MOST_RANKED: Final = 30
"""So many of the best are kept for each person."""
_PEOPLE_AT_ONCE: Final = 256

Best = list[list[int]]
"""Pairs of an item and of what the person bought that speaks for it (or 0), the best first."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Window:
    """What is on offer: its columns of the model, and how near and how often bought with all others it is."""

    model: Model
    #: Ascending; what nobody bought is not among it.
    columns: Rows
    #: items x columns.
    near: Sparse = field(repr=False)
    #: items x columns: how many bought both.
    both: Sparse = field(repr=False)


def look_at(model: Model, items: Ids) -> Window:
    """Narrow a model down to what is on offer."""
    columns = np.unique(places(items, model.facts.items))
    columns = columns[columns >= 0]
    columns = columns[model.buyers[columns] > 0]
    bought = model.facts.bought
    return Window(
        model=model,
        columns=columns,
        near=model.near[:, columns].tocsr(),
        both=(model.bought_by @ bought[:, columns]).tocsr(),
    )


def popular(window: Window) -> list[int]:
    """What is on offer, the most bought first: for whom nothing is known of."""
    buyers = window.model.buyers[window.columns]
    order = np.lexsort((window.columns, -buyers))
    return [int(item) for item in window.model.facts.items[window.columns[order]]]


def rankings(
    window: Window, offered: Mapping[int, frozenset[int]], people: Sequence[tuple[int, Sequence[int]]]
) -> Iterator[tuple[int, Best]]:
    """Each person's best; she comes with her groups, and `offered` says what is on offer in each.

    Of whom nothing is known, there is nothing that she may like best.
    """
    facts = window.model.facts
    for at in range(0, len(people), _PEOPLE_AT_ONCE):
        known = []
        for person_id, groups in people[at : at + _PEOPLE_AT_ONCE]:
            row = facts.row_of(person_id)
            if row is None or not len(window.columns):
                yield person_id, []
            else:
                known.append((row, person_id, groups))
        if not known:
            continue
        scores = window.model.scores(np.array([row for row, _, _ in known]))[:, window.columns]
        for (row, person_id, groups), mine in zip(known, scores, strict=True):
            open_to_her = set().union(*(offered.get(group_id, frozenset()) for group_id in groups))
            yield person_id, _best(window, row, mine, open_to_her)


def _best(window: Window, row: int, scores: Floats, offered: set[int]) -> Best:
    items = window.model.facts.items[window.columns]
    is_open = np.isfinite(scores) & np.isin(items, np.fromiter(offered, dtype=np.int64, count=len(offered)))
    chosen = np.flatnonzero(is_open)
    order = chosen[np.lexsort((chosen, -scores[chosen]))][:MOST_RANKED]
    because = _because(window, row, order)
    return [[int(items[at]), said] for at, said in zip(order, because, strict=True)]


def _because(window: Window, row: int, chosen: Rows) -> list[int]:
    """What of hers speaks most for each, where enough others bought both, and not all did."""
    facts = window.model.facts
    mine = facts.items_of(row)
    if not len(mine):
        return [0] * len(chosen)
    both = window.both[mine][:, chosen].toarray()
    others = window.model.buyers[mine][:, None] - 1
    may_be_told = (both >= LEAST_SHOWN) & (both < others)
    weights = np.where(may_be_told, window.near[mine][:, chosen].toarray(), 0)
    strongest = weights.argmax(axis=0)
    return [
        int(facts.items[mine[at]]) if weights[at, column] > 0 else 0 for column, at in enumerate(strongest)
    ]
