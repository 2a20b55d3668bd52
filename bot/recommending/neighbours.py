"""Which items stand near which: the same people bought them."""

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array, vstack

from bot.recommending.purchases import Floats, Rows, Sparse, totals

#: Items looked at together: few enough that all their neighbours fit into memory.
_TOGETHER: Final = 256

_Weigh: TypeAlias = Callable[[Floats, Rows, Rows], Floats]
"""What the strength between each two items comes to; rows and columns say which two."""


def near(bought: Sparse, *, damp_buyer: float, damp_item: float, most: int) -> Sparse:
    """How near each item is to the others (items x items); of each row the `most` nearest are kept.

    Each person who bought both brings them nearer, the less the more she bought (to the power `damp_buyer`);
    what many bought speaks less for each of its neighbours (to the power `damp_item`).
    """
    voices = diags_array(totals(bought, axis=1) ** np.float32(-damp_buyer)) @ bought
    weights = totals(bought, axis=0) ** np.float32(-damp_item)
    return _blocks(bought, voices, lambda strengths, rows, _: strengths * weights[rows], most=most)


def near_plainly(bought: Sparse, *, shrink: float) -> Sparse:
    """The cosine of each two items, shrunk towards nothing where few bought them (items x items)."""
    roots = np.sqrt(totals(bought, axis=0)).astype(np.float32, copy=False)
    return _blocks(
        bought,
        bought,
        lambda strengths, rows, columns: strengths / (roots[rows] * roots[columns] + np.float32(shrink)),
        most=bought.shape[1],
    )


def _blocks(bought: Sparse, voices: Sparse, weigh: _Weigh, *, most: int) -> Sparse:
    """Some rows at a time, since all of them against all would not fit into memory."""
    buyers = bought.T.tocsr()
    blocks = []
    for start in range(0, buyers.shape[0], _TOGETHER):
        pairs = (buyers[start : start + _TOGETHER] @ voices).tocoo()
        # No item is its own neighbour.
        is_other = pairs.row + start != pairs.col
        rows, columns = pairs.row[is_other], pairs.col[is_other]
        strengths = weigh(pairs.data[is_other], rows + start, columns)
        blocks.append(_strongest(coo_array((strengths, (rows, columns)), shape=pairs.shape).tocsr(), most))
    return vstack(blocks, format="csr", dtype=np.float32) if blocks else csr_array((0, 0), dtype=np.float32)


def _strongest(block: Sparse, most: int) -> Sparse:
    """The block with but the strongest of each row."""
    is_kept = np.ones(block.nnz, dtype=bool)
    for row in np.flatnonzero(np.diff(block.indptr) > most):
        line = slice(block.indptr[row], block.indptr[row + 1])
        is_kept[line.start + np.argpartition(block.data[line], -most)[:-most]] = False
    ends = np.concatenate([[0], np.cumsum(is_kept)])[block.indptr]
    return csr_array((block.data[is_kept], block.indices[is_kept], ends), shape=block.shape)
