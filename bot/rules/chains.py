"""Which people of a chain a picture names, so that it can be read with five people and with a million."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

MOST_ROWS: Final = 24
"""How many rows fit on a telephone's screen."""
DEEPEST: Final = 7
MOST_BARS: Final = 10

_HALVING: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class Twig:
    """Somebody in a chain, how many she brought herself and how many stand below her at any depth."""

    key: int
    name: str | None
    direct: int
    people_below: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a picture: a person, or (`many`) so many together whom the person above brought too.

    `people_below` are those below that person, or below all of these together.
    """

    depth: int
    name: str | None
    people_below: int
    many: int = 0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """So many people at one level, or (`is_last_of_many`) at it and all further ones."""

    level: int
    people: int
    is_last_of_many: bool = False


def widest(twigs: Sequence[Twig], *, most: int = MOST_ROWS) -> list[Twig]:
    """Those of one depth under whom a picture may look further: it can name no others' people."""
    branching = [twig for twig in twigs if twig.people_below]
    return sorted(branching, key=lambda twig: (-twig.people_below, twig.key))[:most]


def outline(
    root: Twig, brought: Mapping[int, Sequence[Twig]], *, most: int = MOST_ROWS, deepest: int = DEEPEST
) -> list[Row]:
    """At most so many rows, in the order of the tree, the branches with most people first.

    `brought` has for a person those whom she brought herself, most people below first. A branch counts
    half as much with each step down, and the less the more others of the same person come before it:
    else one long branch would leave no room for others, nor many without a branch for any.
    """
    shown: dict[int, int] = {root.key: 0}
    rows = 1
    waiting: list[tuple[float, int, int, int]] = []

    def offer(above: Twig, depth: int) -> None:
        if depth <= deepest:
            for place, twig in enumerate(brought.get(above.key, ())):
                weight = (twig.people_below + 1) * _HALVING**depth / (place + 1) ** 0.5
                heappush(waiting, (-weight, depth, place, twig.key))
                known[twig.key] = (twig, above)

    known: dict[int, tuple[Twig, Twig]] = {}
    offer(root, 1)
    while waiting:
        _, depth, _, key = heappop(waiting)
        twig, above = known[key]
        cost = 1 + _rests(above, shown[above.key] + 1) - _rests(above, shown[above.key])
        if rows + cost <= most:
            rows += cost
            shown[above.key] += 1
            shown[key] = 0
            offer(twig, depth + 1)
    return list(_lines(root, brought, shown, depth=0))


def bars(levels: Mapping[int, int], people: int, *, most: int = MOST_BARS) -> list[Bar]:
    """People by level, of all these people; a chain that goes further down has the rest in its last bar."""
    first = sorted(levels.items())[:most]
    if people <= sum(count for _, count in first):
        return [Bar(level=level, people=count) for level, count in first]
    head = first[: most - 1]
    last = first[most - 1][0] if len(first) == most else head[-1][0] + 1
    rest = people - sum(count for _, count in head)
    return [
        *(Bar(level=level, people=count) for level, count in head),
        Bar(level=last, people=rest, is_last_of_many=True),
    ]


def _rests(above: Twig, shown: int) -> int:
    """Whether it takes a row to tell of those who are not shown."""
    return 1 if 0 < shown < above.direct else 0


def _lines(
    twig: Twig, brought: Mapping[int, Sequence[Twig]], shown: Mapping[int, int], *, depth: int
) -> list[Row]:
    rows = [Row(depth=depth, name=twig.name, people_below=twig.people_below)]
    named = [below for below in brought.get(twig.key, ()) if below.key in shown]
    for below in named:
        rows += _lines(below, brought, shown, depth=depth + 1)
    many = twig.direct - len(named)
    if named and many:
        rest = twig.people_below - sum(below.people_below + 1 for below in named) - many
        rows.append(Row(depth=depth + 1, name=None, people_below=rest, many=many))
    return rows
