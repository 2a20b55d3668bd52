"""A group's vote on its caps: what can be chosen, how many must vote, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

LASTS_DAYS: Final = (1, 2, 7)
"""How long a vote may run."""

_ENOUGH: Final = 30
_FEWEST: Final = 2
_ONE_IN: Final = 3


class Choice(NamedTuple):
    """So many posts a day and a week; 0 means no cap."""

    a_day: int
    a_week: int


_USUAL: Final = (
    Choice(1, 1),
    Choice(1, 3),
    Choice(1, 7),
    Choice(2, 7),
    Choice(3, 14),
    Choice(0, 0),
)


class Stays(StrEnum):
    """Why a vote changed nothing."""

    TOO_FEW = "too_few"
    TIE = "tie"
    AS_IT_WAS = "as_it_was"
    #: Its poll was deleted, or was never posted.
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Which option was taken, or why none was."""

    taken: int | None = None
    stays: Stays | None = None


def choices(current: Choice) -> Sequence[Choice]:
    """What a group may choose from, the fewest posts first; how it is now is always among them."""
    return sorted({*_USUAL, current}, key=lambda choice: (choice.a_week or 10**6, choice.a_day or 10**6))


def kept(choice: Choice) -> dict[str, Any]:
    """A choice as it is stored."""
    return {"posts_a_day": choice.a_day, "posts_a_week": choice.a_week}


def choice_of(stored: Mapping[str, Any]) -> Choice:
    """A choice as it was stored."""
    return Choice(int(stored.get("posts_a_day", 0)), int(stored.get("posts_a_week", 0)))


def quorum(members: int) -> int:
    """How many must vote: a third of the members, at least two, and thirty are always enough."""
    third = -(-members // _ONE_IN)
    return max(min(third, _ENOUGH), _FEWEST)


def outcome(counts: Sequence[int], *, members: int, current: int | None) -> Outcome:
    """What a vote with these counts by option decides; `current` is the option that changes nothing."""
    if sum(counts) < quorum(members):
        return Outcome(stays=Stays.TOO_FEW)
    most = max(counts)
    best = [option for option, count in enumerate(counts) if count == most]
    if len(best) > 1:
        return Outcome(stays=Stays.TIE)
    if best[0] == current:
        return Outcome(taken=current, stays=Stays.AS_IT_WAS)
    return Outcome(taken=best[0])
