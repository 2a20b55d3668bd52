"""A chain as a picture: the biggest branches by name, row by row, and beneath them people by level."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.pictures.paper import FADED, FAINT, INK, PALETTE, WASH, Paper, drawable

_WIDTH, _MARGIN = 1080, 48
_TITLES = (46, 40, 34)
_SAID, _NAME, _NUMBER, _SMALL = 30, 34, 30, 26
_COUNTS = (26, 22, 18)
_HEAD, _ROW, _STEP = 170, 54, 46
_LEVELS_HEIGHT, _BAR_HEIGHT = 330, 150
_NUMBERS_AT, _LONGEST_BAR = 150, 150
_LARGEST_DOT, _SMALLEST_DOT = 17.0, 7.0


def paint(data: Mapping[str, Any]) -> bytes:
    """Draw `title`, `subtitle`, `below` (a heading), `rows` and `levels` under `levels_title`.

    A row has its `depth`, `name`, `number` in words, `people` and whether it stands for many; a level its
    `level`, `label`, `number` in words and `people`. `unnamed` stands where no letter of a name can be drawn.
    """
    rows, levels = data["rows"], data["levels"]
    tree_height = len(rows) * _ROW
    paper = Paper(_WIDTH, _HEAD + tree_height + (_LEVELS_HEIGHT if levels else 0) + _MARGIN)
    _head(paper, data)
    _tree(paper, rows, unnamed=data["unnamed"])
    if levels:
        _levels(paper, data, top=_HEAD + tree_height + _MARGIN / 2)
    return paper.png()


def _head(paper: Paper, data: Mapping[str, Any]) -> None:
    room = _WIDTH - 2 * _MARGIN
    size = paper.size_for(data["title"], _TITLES, within=room)
    paper.text(_MARGIN, 62, data["title"], size=size, within=room)
    heading = paper.width_of(drawable(data["below"]), size=_SMALL)
    paper.text(_MARGIN, 122, data["subtitle"], size=_SAID, color=FADED, within=room - heading - 40)
    paper.text(_WIDTH - _MARGIN, 126, data["below"], size=_SMALL, color=FADED, side="right")


def _tree(paper: Paper, rows: Sequence[Mapping[str, Any]], *, unnamed: str) -> None:
    most = max((row["people"] for row in rows[1:] if not row["is_many"]), default=0)
    above: dict[int, tuple[float, float]] = {}
    for place, row in enumerate(rows):
        depth = row["depth"]
        x, y = _MARGIN + _LARGEST_DOT + depth * _STEP, _HEAD + (place + 0.5) * _ROW
        if place % 2 == 0:
            paper.rectangle(0, y - _ROW / 2, _WIDTH, _ROW, color=WASH)
        if depth:
            from_x, from_y = above[depth - 1]
            paper.line([(from_x, from_y), (from_x, y), (x, y)], bend=16)
        above[depth] = (x, y)
        _row(paper, row, x, y, share=row["people"] / most if most else 0.0, unnamed=unnamed)


def _row(paper: Paper, row: Mapping[str, Any], x: float, y: float, *, share: float, unnamed: str) -> None:
    color = PALETTE[row["depth"] % len(PALETTE)]
    numbers_at = _WIDTH - _MARGIN - _NUMBERS_AT
    room = numbers_at - _LONGEST_BAR - 20 - (x + 30)
    if row["is_many"]:
        paper.dot(x, y, _SMALLEST_DOT, color=color, is_hollow=True)
        paper.text(x + 30, y, row["name"], size=_NUMBER, color=FADED, within=room)
    else:
        growth = min(share, 1.0) ** 0.5
        paper.dot(x, y, _SMALLEST_DOT + (_LARGEST_DOT - _SMALLEST_DOT) * growth, color=color)
        name = drawable(row["name"] or "")
        paper.text(x + 30, y, name or unnamed, size=_NAME, color=INK if name else FADED, within=room)
    if row["depth"] and share and not row["is_many"]:
        length = max(_LONGEST_BAR * share, 4)
        paper.bar(numbers_at - _LONGEST_BAR, y - 9, length, 18, color=color)
    paper.text(_WIDTH - _MARGIN, y, row["number"], size=_NUMBER, color=FADED, side="right")


def _levels(paper: Paper, data: Mapping[str, Any], *, top: float) -> None:
    levels = data["levels"]
    paper.text(_MARGIN, top + 34, data["levels_title"], size=_SAID, color=FADED)
    bottom = top + 34 + 60 + _BAR_HEIGHT
    step = min((_WIDTH - 2 * _MARGIN) / len(levels), 180)
    most = max(level["people"] for level in levels)
    paper.line([(_MARGIN, bottom), (_WIDTH - _MARGIN, bottom)], color=FAINT, width=2)
    for place, level in enumerate(levels):
        middle = _MARGIN + (place + 0.5) * step
        height = max(_BAR_HEIGHT * level["people"] / most, 3)
        color = PALETTE[level["level"] % len(PALETTE)]
        paper.rectangle(middle - step * 0.32, bottom - height, step * 0.64, height, color=color)
        size = paper.size_for(level["number"], _COUNTS, within=step - 14)
        paper.text(middle, bottom - height - 20, level["number"], size=size, side="center")
        paper.text(middle, bottom + 26, level["label"], size=_SMALL, color=FADED, side="center", within=step)
