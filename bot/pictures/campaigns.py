"""What came of a campaign: from groups to orders, and by day."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.pictures.paper import FADED, INK, PALETTE, WASH, Paper

_WIDTH: Final = 1080
_EDGE: Final = 60
_STEP: Final = 96
_DAYS: Final = 380
_ROOM: Final = _WIDTH - 2 * _EDGE
_OPENS, _ORDERS = PALETTE[1], PALETTE[4]


def paint(data: Mapping[str, Any]) -> bytes:
    """The chart as PNG."""
    steps, costs, days = data["steps"], data["costs"], data["days"]
    top = 170
    costs_at = top + len(steps) * _STEP + 20
    days_at = costs_at + len(costs) * 48 + (30 if costs else 0)
    paper = Paper(_WIDTH, days_at + _DAYS + 60)
    paper.text(_EDGE, 70, data["title"], size=44, within=_ROOM)
    paper.text(_EDGE, 122, data["subtitle"], size=28, color=FADED, within=_ROOM)
    _draw_steps(paper, steps, top=top)
    for at, words in enumerate(costs):
        paper.text(_EDGE, costs_at + 24 + 48 * at, words, size=30, within=_ROOM)
    _draw_days(paper, data, days, top=days_at)
    return paper.png()


def _draw_steps(paper: Paper, steps: Sequence[tuple[str, int, str]], *, top: float) -> None:
    """A bar each, as long as it is many; each has its own colour."""
    most = max(1, *(count for _, count, _ in steps))
    for at, (name, count, shown) in enumerate(steps):
        y = top + at * _STEP
        paper.text(_EDGE, y + 18, name, size=28, within=_ROOM - 220)
        paper.text(_WIDTH - _EDGE, y + 18, shown, size=32, side="right")
        paper.bar(_EDGE, y + 42, _ROOM, 26, color=WASH)
        if count:
            paper.bar(_EDGE, y + 42, max(6.0, _ROOM * count / most), 26, color=PALETTE[at])


def _draw_days(
    paper: Paper, data: Mapping[str, Any], days: Sequence[tuple[str, int, int]], *, top: float
) -> None:
    paper.text(_EDGE, top + 20, data["days_title"], size=32, color=INK)
    x = float(_WIDTH - _EDGE)
    for words, color in ((data["orders"], _ORDERS), (data["opens"], _OPENS)):
        x -= paper.text(x, top + 20, words, size=26, color=FADED, side="right") + 22
        paper.dot(x, top + 20, 9, color=color)
        x -= 34
    most = max(1, *(max(opens, orders) for _, opens, orders in days))
    base, tall = top + _DAYS - 50, _DAYS - 140
    room = _ROOM / max(len(days), 7)
    wide = min(room * 0.36, 44)
    for at, (name, opens, orders) in enumerate(days):
        middle = _EDGE + room * (at + 0.5)
        for side, count, color in ((-1, opens, _OPENS), (1, orders, _ORDERS)):
            left = middle + (side - 1) * wide / 2
            if count:
                height = max(4.0, tall * count / most)
                paper.rectangle(left, base - height, wide - 3, height, color=color)
                paper.text(
                    left + wide / 2, base - height - 16, str(count), size=20, color=FADED, side="center"
                )
        paper.text(middle, base + 28, name, size=20, color=FADED, side="center", within=room)
    paper.line([(_EDGE, base), (_WIDTH - _EDGE, base)], width=2)
