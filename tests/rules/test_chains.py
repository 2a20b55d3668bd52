"""Which people of a chain a picture names."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.chains import DEEPEST, MOST_BARS, MOST_ROWS, Bar, Row, Twig, bars, outline, widest

Tree = Mapping[int, Sequence[int]]
ROOT = 0


def twigs(tree: Tree) -> dict[int, list[Twig]]:
    """The people of a tree by who brought them, as the database tells of them."""

    below: dict[int, int] = {}
    # Everybody came after whoever brought her.
    for key in sorted({ROOT, *(child for children in tree.values() for child in children)}, reverse=True):
        below[key] = sum(1 + below[child] for child in tree.get(key, ()))

    def twig(key: int) -> Twig:
        return Twig(key=key, name=f"Person {key}", direct=len(tree.get(key, ())), people_below=below[key])

    brought = {key: [twig(child) for child in children] for key, children in tree.items()}
    for children in brought.values():
        children.sort(key=lambda twig: (-twig.people_below, -twig.key))
    brought[-1] = [twig(ROOT)]
    return brought


def drawn(tree: Tree, *, most: int = MOST_ROWS, deepest: int = DEEPEST) -> list[Row]:
    brought = twigs(tree)
    [root] = brought.pop(-1)
    return outline(root, brought, most=most, deepest=deepest)


def star(people: int) -> Tree:
    return {ROOT: range(1, people + 1)}


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A tree in which each person was brought by one who came before her."""
    tree: dict[int, list[int]] = {}
    for key in range(1, draw(st.integers(0, 120)) + 1):
        tree.setdefault(draw(st.integers(max(0, key - 25), key - 1)), []).append(key)
    return tree


def test_whoever_brought_nobody_stands_alone() -> None:
    assert drawn({}) == [Row(depth=0, name="Person 0", people_below=0)]


def test_a_few_people_are_all_named() -> None:
    rows = drawn({ROOT: [1, 2], 1: [3, 4], 3: [5]})
    assert [(row.depth, row.name, row.people_below) for row in rows] == [
        (0, "Person 0", 5),
        (1, "Person 1", 3),
        (2, "Person 3", 1),
        (3, "Person 5", 0),
        (2, "Person 4", 0),
        (1, "Person 2", 0),
    ]


def test_of_many_the_rest_is_counted() -> None:
    rows = drawn(star(300), most=6)
    assert [row.name for row in rows[1:-1]] == [f"Person {key}" for key in (300, 299, 298, 297)]
    assert rows[-1] == Row(depth=1, name=None, people_below=0, many=296)


def test_the_rest_tells_how_many_stand_below_it() -> None:
    tree = {ROOT: [1, 2, 3], 1: [10, 11, 12], 2: [20, 21], 3: [30]}
    rows = drawn(tree, most=3)
    assert rows == [
        Row(depth=0, name="Person 0", people_below=9),
        Row(depth=1, name="Person 1", people_below=3),
        Row(depth=1, name=None, people_below=3, many=2),
    ]


def test_one_long_branch_leaves_room_for_others() -> None:
    chain = {key: [key + 1] for key in range(1, 500)}
    rows = drawn({ROOT: [1, *range(600, 640)], **chain})
    assert len([row for row in rows if row.depth == 1]) > MOST_ROWS // 2
    assert max(row.depth for row in rows) == DEEPEST


def test_only_whom_a_picture_may_name_is_looked_up() -> None:
    people = [Twig(key=key, name=None, direct=key % 3, people_below=key % 3) for key in range(100)]
    chosen = widest(people)
    assert len(chosen) == MOST_ROWS
    assert {twig.people_below for twig in chosen} == {2}


@given(trees(), st.integers(3, 30), st.integers(1, 9))
def test_every_picture_fits_and_counts_everybody(tree: Tree, most: int, deepest: int) -> None:
    rows = drawn(tree, most=most, deepest=deepest)
    assert len(rows) <= most
    assert max(row.depth for row in rows) <= deepest
    for place, row in enumerate(rows):
        inside = []
        for further in rows[place + 1 :]:
            if further.depth <= row.depth:
                break
            if further.depth == row.depth + 1:
                inside.append(further)
        if inside and not row.many:
            # Whoever has anybody beneath her in the picture has all of them there, by name or in number.
            assert row.people_below == sum(one.people_below + (one.many or 1) for one in inside)


@given(trees(), st.integers(3, 30))
def test_the_largest_branch_is_always_there(tree: Tree, most: int) -> None:
    brought = twigs(tree)
    rows = drawn(tree, most=most)
    if brought.get(ROOT) and (most > 3 or len(brought[ROOT]) < 3):
        assert rows[1].name == brought[ROOT][0].name


@pytest.mark.parametrize(
    ("levels", "people", "expected"),
    [
        ({}, 0, []),
        ({1: 4, 2: 2}, 6, [(1, 4, False), (2, 2, False)]),
        ({n: 1 for n in range(1, 11)}, 10, [(n, 1, False) for n in range(1, 11)]),
        ({n: 1 for n in range(1, 21)}, 500, [*((n, 1, False) for n in range(1, 10)), (10, 491, True)]),
        ({0: 3, 1: 4}, 7, [(0, 3, False), (1, 4, False)]),
    ],
)
def test_people_by_level(
    levels: Mapping[int, int], people: int, expected: Sequence[tuple[int, int, bool]]
) -> None:
    found = bars(levels, people)
    assert found == [Bar(level=level, people=n, is_last_of_many=last) for level, n, last in expected]
    assert sum(bar.people for bar in found) == people
    assert len(found) <= MOST_BARS
