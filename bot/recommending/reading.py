"""Reads data to evaluate on: files of purchases to learn from, purchases to foretell, and shares."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from bot.recommending.purchases import Ids

_KINDS: Final = {"train": 2, "val": 2, "share": 3}
"""How each file's name ends, and how many numbers its lines hold."""


class DataWrong(Exception):
    """A folder does not hold what is to be evaluated; the text is a sentence for whoever named it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Data:
    """Pairs of ids, each an array of two columns; shares of which only who knows whom is kept."""

    #: Person, item.
    train: Ids
    val: Ids
    #: Person, person.
    links: Ids
    #: Each item that any of the files names, ascending: what is ranked.
    items: Ids


def read_data(folder: Path) -> Data:
    """Read the folder's only file of each kind. Raises DataWrong."""
    if not folder.is_dir():
        raise DataWrong(f"{folder} is no folder.")
    train, val, shares = (_numbers(_file(folder, kind), columns) for kind, columns in _KINDS.items())
    known = set(map(tuple, train.tolist()))
    if again := sum(tuple(row) in known for row in val.tolist()):
        raise DataWrong(f"{again} purchases of the val file in {folder} stand in the train file, too.")
    return Data(
        train=train,
        val=val,
        # Which item was shared must not count: shares of what is to be foretold may have been left out.
        links=shares[:, :2],
        items=np.unique(np.concatenate([train[:, 1], val[:, 1], shares[:, 2]])),
    )


def _file(folder: Path, kind: str) -> Path:
    found = sorted(path for path in folder.iterdir() if path.name.endswith(kind) and path.is_file())
    if len(found) != 1:
        there = ", ".join(path.name for path in found) or "none"
        raise DataWrong(f"{folder} must hold one file whose name ends with “{kind}”; there is {there}.")
    return found[0]


def _numbers(path: Path, columns: int) -> Ids:
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise DataWrong(f"{path} cannot be read ({type(exc).__name__}).") from None
    for number, line in enumerate(lines, start=1):
        parts = line.split(",")
        try:
            row = [int(part) for part in parts]
        except ValueError:
            row = []
        if len(row) != columns or not all(0 <= part < 2**63 for part in row):
            raise DataWrong(f"Line {number} of {path} is not {columns} whole numbers with commas between.")
        rows.append(row)
    if not rows and columns == 2:
        raise DataWrong(f"{path} is empty.")
    return np.array(rows, dtype=np.int64).reshape(-1, columns)
