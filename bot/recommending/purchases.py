"""Who bought what and who knows whom, as sparse matrices: the only facts that recommendations are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Ids: TypeAlias = NDArray[np.int64]
Rows: TypeAlias = NDArray[np.intp]
Floats: TypeAlias = NDArray[np.float32]
#: scipy has no types of its own; each matrix's shape stands beside its name.
Sparse: TypeAlias = Any

_NONE = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """What is known; a row is a person's place in `people`, a column an item's in `items`."""

    #: Ascending, each once.
    people: Ids
    items: Ids
    #: people x items, 1 where the person bought the item.
    bought: Sparse
    #: people x people, 1 where the two know each other; symmetric, nobody knows herself.
    knows: Sparse
    #: 1 where whoever knows the person may be told of what she bought, else 0; None: of everybody.
    speaks: Floats | None = None

    def row_of(self, person: int) -> int | None:
        """The person's row, if anything is known of her."""
        row = int(places([person], self.people)[0])
        return None if row == _NONE else row

    def items_of(self, row: int) -> Rows:
        """The columns of what the person bought, ascending."""
        return _line(self.bought, row)


def gather(
    purchases: ArrayLike,
    links: ArrayLike,
    *,
    people: Iterable[int] = (),
    items: Iterable[int] = (),
    speaking: Iterable[int] | None = None,
) -> Facts:
    """Make facts of pairs (person, item) and (person, person); any may come twice, links either way round.

    `people` and `items` name who and what shall be known of without a purchase or link; `speaking` those
    whose purchases may speak to whoever knows them: all, if it is not given.
    """
    sold, tied = _pairs(purchases), _pairs(links)
    whose = np.unique(np.concatenate([sold[:, 0], tied.ravel(), _ids(people)]))
    what = np.unique(np.concatenate([sold[:, 1], _ids(items)]))
    tied = tied[tied[:, 0] != tied[:, 1]]
    ends = places(tied.ravel(), whose).reshape(-1, 2)
    return Facts(
        people=whose,
        items=what,
        bought=_marked(places(sold[:, 0], whose), places(sold[:, 1], what), (len(whose), len(what))),
        knows=_marked(
            np.concatenate([ends[:, 0], ends[:, 1]]),
            np.concatenate([ends[:, 1], ends[:, 0]]),
            (len(whose), len(whose)),
        ),
        speaks=None if speaking is None else np.isin(whose, _ids(speaking)).astype(np.float32),
    )


def places(wanted: ArrayLike, among: Ids) -> Rows:
    """Where each id stands in an ascending array; -1 for what is not in it."""
    ids = np.asarray(wanted, dtype=np.int64)
    if not len(among):
        return np.full(ids.shape, _NONE, dtype=np.intp)
    at = np.minimum(np.searchsorted(among, ids), len(among) - 1)
    return np.where(among[at] == ids, at, _NONE)


def totals(matrix: Sparse, *, axis: int) -> Floats:
    """The sums down (0) or along (1) a sparse matrix, at least 1 each, so that they can divide."""
    return np.maximum(np.asarray(matrix.sum(axis=axis), dtype=np.float32).ravel(), np.float32(1))


def _marked(rows: Rows, columns: Rows, shape: tuple[int, int]) -> Sparse:
    matrix = csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def _line(matrix: Sparse, row: int) -> Rows:
    line: Rows = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].astype(np.intp)
    return line


def _pairs(pairs: ArrayLike) -> Ids:
    return np.asarray(pairs, dtype=np.int64).reshape(-1, 2)


def _ids(ids: Iterable[int]) -> Ids:
    return np.asarray(ids if isinstance(ids, np.ndarray) else list(ids), dtype=np.int64)
