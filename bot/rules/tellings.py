"""Whom a pick is told to personally: who is likely to care, by facts that can be shown, and who is left out.

Each reason is true of its person and can be said to her; what cannot be said is no reason.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import ceil
from random import Random
from typing import Any, Final, NamedTuple, Protocol, Self, TypeVar

from bot.rules.typed_text import fold

LIKELY: Final = 3
"""Who has reasons worth so much together is likely to care."""

FEWEST: Final = 5
"""For fewer it is not worth doing: it would be known who was meant, and nothing learnt of it."""

MOST: Final = 300
"""So many are told of one pick at most: about ten seconds at Telegram's pace."""

RESTS: Final = timedelta(days=7)
"""Who was told of something personally is told of nothing else in that group for so long."""

FAITHFUL_FROM: Final = 2
"""Who bought so many of a curator's picks comes back to her."""

WHOLE_BPS: Final = 10_000
LEAST_BPS: Final = 500
MOST_BPS: Final = 5_000
HELD_BACK: Final = 0.1
"""Each is left out with this chance, so that those who were told can be compared with somebody."""


_PRIME: Final = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Draw:
    """Puts people in an order by lot: the same one wherever it is worked out, be it in the database."""

    factor: int
    shift: int

    @classmethod
    def by(cls, lot: Random) -> Self:
        """An order that nobody could foresee."""
        return cls(factor=lot.randrange(1, _PRIME), shift=lot.randrange(_PRIME))

    def place(self, person_id: Any) -> Any:
        """Where a person comes, by her key or by the column that holds it; below 2 ** 31."""
        return (person_id % _PRIME * self.factor + self.shift) % _PRIME


class Reason(StrEnum):
    """Why somebody is likely to care, the strongest first."""

    WISHED = "wished"
    BOUGHT = "bought"
    FOLLOWS = "follows"
    ALIKE = "alike"
    ASKED = "asked"
    SORT = "sort"
    LIKED = "liked"
    FAITHFUL = "faithful"


WORTH: Final[Mapping[Reason, int]] = {
    Reason.WISHED: 6,
    Reason.BOUGHT: 5,
    Reason.FOLLOWS: 4,
    Reason.ALIKE: 3,
    Reason.ASKED: 3,
    Reason.SORT: 3,
    Reason.LIKED: 2,
    Reason.FAITHFUL: 2,
}


@dataclass(frozen=True, kw_only=True)
class Ware:
    """What is to be told of, be it a draft or a pick already."""

    title: str
    language: str
    curator_id: int | None
    category: str | None = None
    #: The first round of its offer, if it is one of several.
    origin_id: int | None = None
    pick_id: int | None = None
    draft_id: int | None = None


class Round(Protocol):
    """A pick that was posted in a group before, its offer by its first round."""

    @property
    def pick_id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def origin_id(self) -> int: ...


R = TypeVar("R", bound=Round)


class Wanted(NamedTuple):
    """An open wish in its own words, and in what language they are."""

    person_id: int
    words: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Care:
    """What is known of one member that makes her likely to care; rounds by the keys of their picks."""

    #: Her own words.
    wished: str | None = None
    bought: int | None = None
    follows: bool = False
    #: What she bought that others bought together with this, by its first round.
    alike: int | None = None
    asked: int | None = None
    #: How many of the latest picks of its category she bought.
    sort: int = 0
    liked: int | None = None
    #: How many of the latest picks of its curator she bought.
    faithful: int = 0

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Her reasons, the strongest first."""
        true = {
            Reason.WISHED: self.wished is not None,
            Reason.BOUGHT: self.bought is not None,
            Reason.FOLLOWS: self.follows,
            Reason.ALIKE: self.alike is not None,
            Reason.ASKED: self.asked is not None,
            Reason.SORT: self.sort > 0,
            Reason.LIKED: self.liked is not None,
            Reason.FAITHFUL: self.faithful >= FAITHFUL_FROM,
        }
        return tuple(reason for reason in Reason if true[reason])

    @property
    def is_likely(self) -> bool:
        """Whether that is enough to tell her."""
        return self.worth >= LIKELY

    @property
    def worth(self) -> int:
        """How much her reasons are worth together."""
        return sum(WORTH[reason] for reason in self.reasons)


def earlier_rounds(ware: Ware, posted: Sequence[R]) -> list[R]:
    """The rounds of the same thing: of one offer, or under the very same title."""
    title = fold(ware.title)
    return [
        each
        for each in posted
        if each.pick_id != ware.pick_id and (each.origin_id == ware.origin_id or fold(each.title) == title)
    ]


def wishes_met(ware: Ware, wishes: Iterable[Wanted]) -> dict[int, str]:
    """Who waits for something like it, and in which words she said so."""
    # What reads wishes holds thousands of words: it is loaded for the first pick that is told.
    from bot.rules.wish_groups import SAME, likeness
    from bot.rules.wish_meaning import sense

    meant = sense(ware.title, language=ware.language)
    return {
        wish.person_id: wish.words
        for wish in wishes
        if likeness(sense(wish.words, language=wish.language), meant) >= SAME
    }


def likely(people: Mapping[int, Care], draw: Draw) -> list[int]:
    """Who is likely to care, the likeliest first, as many as are told at most; of equals the lot decides."""
    chosen = [person_id for person_id, care in people.items() if care.is_likely]
    return sorted(chosen, key=lambda person_id: _rank(people, person_id, draw))[:MOST]


def is_settled(people: Mapping[int, Care], draw: Draw, *, after: tuple[int, int]) -> bool:
    """Whether nobody can be among the likely any more who comes after so much worth, so drawn."""
    chosen = likely(people, draw)
    worth, drawn = after
    return len(chosen) == MOST and _rank(people, chosen[-1], draw) <= (-worth, drawn)


def _rank(people: Mapping[int, Care], person_id: int, draw: Draw) -> tuple[int, int]:
    return -people[person_id].worth, draw.place(person_id)


def held_back(people: Collection[int], lot: Random) -> frozenset[int]:
    """Who of these is left out: each by a draw of her own, though never all of them."""
    while True:
        drawn = frozenset(person_id for person_id in sorted(people) if lot.random() < HELD_BACK)
        if len(drawn) < len(people) or not people:
            return drawn


def weight_bps(told: int, members: int) -> int:
    """How much of a post it spends to tell so many of so many members, in basis points.

    Rounded up: three thirds are a whole post.
    """
    return min(max(ceil(told * WHOLE_BPS / max(members, 1)), LEAST_BPS), MOST_BPS)
