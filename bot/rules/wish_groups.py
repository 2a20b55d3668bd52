"""Which wishes are one need: a measure that says why, and needs that it makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from bot.rules.wish_lexicon import implied, makes_another_kind, unsaid_of
from bot.rules.wish_meaning import Sense

SAME: Final = 0.7
"""Wishes that are at least so alike are one need."""
_ANOTHER_KIND: Final = 0.5
_SAID_BY_ONE: Final = 0.98
_OTHER_NAMES: Final = 0.75
_A_NAME_MORE: Final = 0.95
_NAMES_ALIKE: Final = 0.8
_SHORTEST_ALIKE: Final = 4
_GROWN: Final = "adult"
"""Who wants something for grown-up people, if for others besides, wants what is sold to anybody."""


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """The wishes of one need: what they are about, and their words, folded.

    What a curator put together need not be alike: what is like one of its wishes belongs to it.
    """

    senses: Sequence[Sense]
    words: frozenset[str] = frozenset()
    is_by_hand: bool = False


def likeness(one: Sense, other: Sense) -> float:
    """How alike two wishes are, 0 to 1: the same goods, and no quality that makes other ones."""
    things = _things(one)
    if one.is_empty or other.is_empty:
        return 0.0
    if things != _things(other):
        return _OTHER_NAMES if _is_the_name_of(one, other) or _is_the_name_of(other, one) else 0.0
    if contradicts(one, other):
        return 0.0
    mine, yours = _qualities(one), _qualities(other)
    alike = 1.0
    for dimension in mine.keys() ^ yours.keys():
        said = mine.get(dimension) or yours[dimension]
        alike *= _ANOTHER_KIND if _makes_another_kind(said, things) else _SAID_BY_ONE
    return float(alike * _names(one.names, other.names, has_things=bool(things)))


def contradicts(one: Sense, other: Sense) -> bool:
    """Whether both say something of the same dimension, and nothing that agrees."""
    mine, yours = _qualities(one), _qualities(other)
    return any(mine[each].isdisjoint(yours[each]) for each in mine.keys() & yours.keys())


def nearest(one: Sense, needs: Sequence[Gathered], *, words: str = "") -> int | None:
    """The place of the need to which a wish belongs, of equally near ones that with its very words, folded.

    None: it is a new need.
    """
    scores = [(_nearness(one, need), words in need.words) for need in needs]
    best = max(range(len(needs)), key=lambda at: (*scores[at], -at), default=None)
    return best if best is not None and scores[best][0] >= SAME else None


def needs_of(wishes: Sequence[Sense]) -> list[list[int]]:
    """The needs that wishes make, each put where it belongs as it comes: the places of those in each."""
    found: list[list[int]] = []
    for at, one in enumerate(wishes):
        best = nearest(one, [Gathered(senses=[wishes[each] for each in need]) for need in found])
        if best is None:
            found.append([at])
        else:
            found[best].append(at)
    return found


def _nearness(one: Sense, need: Gathered) -> float:
    alike = [likeness(one, each) for each in need.senses]
    if not alike:
        return 0.0
    if need.is_by_hand:
        return max(alike)
    return 0.0 if any(contradicts(one, each) for each in need.senses) else sum(alike) / len(alike)


def _things(of: Sense) -> frozenset[str]:
    besides = frozenset[str]().union(*(implied().get(thing, ()) for thing in of.things))
    return of.things - besides


def _qualities(of: Sense) -> dict[str, frozenset[str]]:
    unsaid = unsaid_of(of.things)
    return {dimension: said - unsaid for dimension, said in of.qualities.items() if said - unsaid}


def _makes_another_kind(said: frozenset[str], things: frozenset[str]) -> bool:
    """Whether goods of which this is said are not those of which it is not."""
    if _GROWN in said and len(said) > 1:
        return False
    return any(makes_another_kind(each, goods) for each in said for goods in things or {""})


def _is_the_name_of(short: Sense, full: Sense) -> bool:
    """Whether a wish is only the name, unexplained, that another says the goods of."""
    if short.things or not short.names or not full.things or _qualities(short) != _qualities(full):
        return False
    return _matched(short.names, full.names) == len(short.names)


def _names(mine: frozenset[str], yours: frozenset[str], *, has_things: bool) -> float:
    if not mine and not yours:
        return 1.0
    both = _matched(mine, yours)
    if not has_things:
        is_within = both == min(len(mine), len(yours)) > 0
        return max(2 * both / (len(mine) + len(yours)), _OTHER_NAMES if is_within else 0)
    return _OTHER_NAMES if mine and yours and not both else 1.0 if mine == yours else _A_NAME_MORE


def _matched(mine: frozenset[str], yours: frozenset[str]) -> int:
    left = sorted(yours)
    for name in sorted(mine):
        twin = next((other for other in left if _is_one_name(name, other)), None)
        if twin is not None:
            left.remove(twin)
    return len(yours) - len(left)


def _is_one_name(one: str, other: str) -> bool:
    if one == other:
        return True
    is_long = min(len(one), len(other)) >= _SHORTEST_ALIKE
    return is_long and SequenceMatcher(None, one, other).ratio() >= _NAMES_ALIKE
