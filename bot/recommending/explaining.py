"""Why an item is suggested to a person: facts that can be counted again, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.recommending.model import Model
from bot.recommending.purchases import Rows, places

MOST_NEIGHBOURS: Final = 3


@dataclass(frozen=True, kw_only=True)
class BoughtTogether:
    """Of all `others` who bought `item`, `both` bought the suggested one, too."""

    item: int
    both: int
    others: int


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """All that speaks for one item; what is empty or nothing does not."""

    #: What weighs most comes first.
    together: tuple[BoughtTogether, ...]
    #: The same for what her circle bought, and she did not.
    around: tuple[BoughtTogether, ...]
    #: The people she knows who bought it.
    friends: tuple[int, ...]
    #: How many people whom her friends know, and she does not, bought it.
    friends_of_friends: int
    #: How many bought it at all.
    buyers: int


def explain(model: Model, person: int, item: int, *, most: int = MOST_NEIGHBOURS) -> Reasons | None:
    """Why the item is suggested to this person; None for an item that the model does not know.

    `most` is how many of her purchases are told of.
    """
    column = int(places([item], model.facts.items)[0])
    if column < 0:
        return None
    buyers = _buyers(model, column)
    row = model.facts.row_of(person)
    if row is None:
        return Reasons(together=(), around=(), friends=(), friends_of_friends=0, buyers=len(buyers))
    mine, friends = model.facts.items_of(row), model.facts.friends_of(row)
    around = np.unique(model.facts.knows[friends].indices)
    theirs = model.circles(np.array([row])) @ model.facts.bought
    is_new = ~np.isin(theirs.indices, [*mine, column])
    return Reasons(
        together=tuple(_together(model, mine, np.ones(len(mine)), column, most, less=1)),
        around=tuple(_together(model, theirs.indices[is_new], theirs.data[is_new], column, most, less=0)),
        friends=tuple(int(model.facts.people[friend]) for friend in np.intersect1d(friends, buyers)),
        friends_of_friends=len(np.setdiff1d(np.intersect1d(around, buyers), [*friends, row])),
        buyers=len(buyers),
    )


def _together(
    model: Model, items: Rows, said: NDArray[Any], column: int, most: int, *, less: int
) -> Iterator[BoughtTogether]:
    """Which items speak most for the column; `less` is 1 where the person is herself a buyer of them."""
    buyers = _buyers(model, column)
    weights = model.near[items][:, [column]].toarray().ravel() * said
    for which in np.lexsort((items, -weights))[:most]:
        if weights[which] > 0:
            alike = _buyers(model, int(items[which]))
            yield BoughtTogether(
                item=int(model.facts.items[items[which]]),
                both=len(np.intersect1d(alike, buyers)),
                others=len(alike) - less,
            )


def _buyers(model: Model, column: int) -> Rows:
    index = model.bought_by
    rows: Rows = index.indices[index.indptr[column] : index.indptr[column + 1]].astype(np.intp)
    return rows
