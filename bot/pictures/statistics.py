"""A group's numbers as a picture: figures, orders and revenue over time, who leaves, what it cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.pictures.paper import FADED, FAINT, INK, PALETTE, WASH, Paper

_WIDTH: Final = 1080
_EDGE: Final = 48
_ROOM: Final = _WIDTH - 2 * _EDGE
_HEAD: Final = 158
_TILE, _GAP = 136, 16
_CHART, _BARS = 312, 172
_LEAVES_HEAD, _LEAVES_ROW = 118, 62
_COSTS_HEAD, _COSTS_ROW = 76, 74
_NAME, _VALUE, _NOTE, _TITLE, _LABEL = 28, (50, 44, 38, 32), 26, 32, 26
_TITLES = (44, 38, 32)
_BAR_FROM, _BAR_TO = 340, 760


@dataclass(frozen=True, kw_only=True)
class _Look:
    ground: str
    ink: str
    faded: str
    faint: str
    wash: str
    orders: str
    revenue: str
    good: str
    bad: str
    costs: str


_LIGHT: Final = _Look(
    ground="white", ink=INK, faded=FADED, faint=FAINT, wash=WASH,
    orders=PALETTE[0], revenue=PALETTE[1], good=PALETTE[2], bad=PALETTE[5], costs=PALETTE[3],
)  # fmt: skip
_DARK: Final = _Look(
    ground="#17212b", ink="#f2f5f8", faded="#a3b1bf", faint="#3a4856", wash="#212e3b",
    orders="#6ab3f3", revenue="#4fc3b2", good="#8fcf6f", bad="#f0716e", costs="#e8b949",
)  # fmt: skip


def paint(data: Mapping[str, Any]) -> bytes:
    """Draw `title`, `subtitle`, `tiles`, `charts`, `leaves` and `costs`, dark or not.

    A tile has its `name`, `value` and `note`; a chart its `title`, `values`, `labels` and the words of its
    `peak`; of leaves there are `title`, `verdict`, `tone` and `rows` with `name`, `rate`, `low`, `high` and
    `value` in words; a cost has `name`, `value` and its `share` of what was sold, or none.
    """
    look = _DARK if data["dark"] else _LIGHT
    tiles, charts, leaves, costs = data["tiles"], data["charts"], data["leaves"], data["costs"]
    charts_at = _HEAD + -(-len(tiles) // 2) * (_TILE + _GAP) + 14
    leaves_at = charts_at + len(charts) * _CHART
    costs_at = leaves_at + _LEAVES_HEAD + len(leaves["rows"]) * _LEAVES_ROW
    height = costs_at + (_COSTS_HEAD + len(costs["rows"]) * _COSTS_ROW if costs["rows"] else 0) + 24
    paper = Paper(_WIDTH, height, ground=look.ground)
    _head(paper, look, data)
    for at, tile in enumerate(tiles):
        _tile(paper, look, tile, at)
    for at, (chart, color) in enumerate(zip(charts, (look.orders, look.revenue), strict=False)):
        _chart(paper, look, chart, top=charts_at + at * _CHART, color=color, nothing=data["nothing"])
    _leaves(paper, look, leaves, top=leaves_at)
    if costs["rows"]:
        _costs(paper, look, costs, top=costs_at)
    return paper.png()


def _head(paper: Paper, look: _Look, data: Mapping[str, Any]) -> None:
    size = paper.size_for(data["title"], _TITLES, within=_ROOM)
    paper.text(_EDGE, 62, data["title"], size=size, color=look.ink, within=_ROOM)
    paper.text(_EDGE, 116, data["subtitle"], size=30, color=look.faded, within=_ROOM)


def _tile(paper: Paper, look: _Look, tile: Mapping[str, str], at: int) -> None:
    width = (_ROOM - _GAP) / 2
    x, y = _EDGE + (at % 2) * (width + _GAP), _HEAD + (at // 2) * (_TILE + _GAP)
    paper.rectangle(x, y, width, _TILE, color=look.wash)
    room = width - 48
    paper.text(x + 24, y + 34, tile["name"], size=_NAME, color=look.faded, within=room)
    size = paper.size_for(tile["value"], _VALUE, within=room)
    wide = paper.text(x + 24, y + 92, tile["value"], size=size, color=look.ink, within=room)
    if room - wide > 90:
        room -= wide + 20
        size = paper.size_for(tile["note"], (_NOTE, 24, 22), within=room)
        paper.text(x + 44 + wide, y + 98, tile["note"], size=size, color=look.faded, within=room)


def _chart(
    paper: Paper, look: _Look, chart: Mapping[str, Any], *, top: float, color: str, nothing: str
) -> None:
    values, labels = chart["values"], chart["labels"]
    base = top + 76 + _BARS
    most = max(values, default=0)
    paper.text(_EDGE, top + 26, chart["title"], size=_TITLE, color=look.ink, within=_ROOM * 0.6)
    if most > 0:
        paper.text(_WIDTH - _EDGE, top + 28, chart["peak"], size=_LABEL, color=look.faded, side="right")
        paper.line([(_EDGE, base - _BARS), (_WIDTH - _EDGE, base - _BARS)], color=look.faint, width=1.5)
    else:
        paper.text(_WIDTH / 2, base - _BARS / 2, nothing, size=_TITLE, color=look.faded, side="center")
    step = _ROOM / max(len(values), 4)
    wide = min(step * 0.72, 110)
    for at, (value, label) in enumerate(zip(values, labels, strict=True)):
        middle = _EDGE + step * (at + 0.5)
        if value > 0:
            tall = max(4.0, _BARS * value / most)
            paper.rectangle(middle - wide / 2, base - tall, wide, tall, color=color)
        if label:
            half = paper.width_of(label, size=_LABEL) / 2
            middle = min(max(middle, _EDGE + half), _WIDTH - _EDGE - half)
            paper.text(middle, base + 28, label, size=_LABEL, color=look.faded, side="center")
    paper.line([(_EDGE, base), (_WIDTH - _EDGE, base)], color=look.faint, width=2.5)


def _leaves(paper: Paper, look: _Look, leaves: Mapping[str, Any], *, top: float) -> None:
    tones = {"bad": look.bad, "good": look.good}
    color = tones.get(leaves["tone"], look.faded)
    paper.text(_EDGE, top + 26, leaves["title"], size=_TITLE, color=look.ink, within=_ROOM)
    paper.text(_EDGE, top + 76, leaves["verdict"], size=_NAME, color=color, within=_ROOM)
    most = max((row["high"] for row in leaves["rows"]), default=0.0)
    for at, row in enumerate(leaves["rows"]):
        y = top + _LEAVES_HEAD + (at + 0.5) * _LEAVES_ROW
        bar = look.faded if at else color
        _measured(paper, look, row, y=y, most=most, color=bar)


def _measured(
    paper: Paper, look: _Look, row: Mapping[str, Any], *, y: float, most: float, color: str
) -> None:
    """A bar as long as its rate, and across its end the line within which the true rate lies."""

    def x_of(rate: float) -> float:
        return _BAR_FROM + (_BAR_TO - _BAR_FROM) * rate / most if most else _BAR_FROM

    room = _BAR_FROM - _EDGE - 16
    size = paper.size_for(row["name"], (_NAME, 26, 24), within=room)
    paper.text(_EDGE, y, row["name"], size=size, color=look.faded, within=room)
    paper.rectangle(_BAR_FROM, y - 15, max(3.0, x_of(row["rate"]) - _BAR_FROM), 30, color=color)
    low, high = x_of(row["low"]), x_of(row["high"])
    paper.rectangle(low, y - 1.5, high - low, 3, color=look.ink)
    for end in (low, high):
        paper.rectangle(end - 1.5, y - 9, 3, 18, color=look.ink)
    room = _WIDTH - _EDGE - _BAR_TO - 16
    size = paper.size_for(row["value"], (28, 26, 24, 22), within=room)
    paper.text(_WIDTH - _EDGE, y, row["value"], size=size, color=look.ink, side="right", within=room)


def _costs(paper: Paper, look: _Look, costs: Mapping[str, Any], *, top: float) -> None:
    paper.text(_EDGE, top + 36, costs["title"], size=_TITLE, color=look.ink, within=_ROOM)
    for at, row in enumerate(_rows(costs)):
        y = top + _COSTS_HEAD + at * _COSTS_ROW
        wide = paper.text(_WIDTH - _EDGE, y + 18, row["value"], size=30, color=look.ink, side="right")
        paper.text(_EDGE, y + 18, row["name"], size=_NAME, color=look.faded, within=_ROOM - wide - 24)
        if row["share"] is not None:
            paper.bar(_EDGE, y + 42, _ROOM, 14, color=look.wash)
            length = _ROOM * min(row["share"], 1.0)
            if length > 0:
                paper.bar(_EDGE, y + 42, max(length, 6.0), 14, color=look.costs)


def _rows(costs: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = costs["rows"]
    return rows
