"""Caps as they are typed, and the vote on them: what can be chosen, when it counts, what comes of it."""

import pytest

from bot.rules.trust_caps import MOST, NAMES, OFFERED, NewCap, find_cap
from bot.rules.trust_votes import Choice, Outcome, Stays, choice_of, choices, kept, outcome, quorum


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("day 2", NewCap("posts_a_day", 2)),
        ("week-14", NewCap("posts_a_week", 14)),
        (" Curator  off ", NewCap("curator_days", 0)),
        ("messages none", NewCap("messages_between", 0)),
        ("messages 0", NewCap("messages_between", 0)),
    ],
)
def test_a_cap_is_read(text: str, found: NewCap) -> None:
    assert find_cap(text) == found


@pytest.mark.parametrize("text", ["", "yes", "day", "day2", "day -1", "day 51", "month 3", "week 1000"])
def test_what_is_no_cap_is_none(text: str) -> None:
    assert find_cap(text) is None


def test_every_button_is_a_cap_that_may_be() -> None:
    for name, values in OFFERED.items():
        for value in values:
            assert find_cap(f"{name}-{value}") == NewCap(NAMES[name], value)
            assert value <= MOST[NAMES[name]]


def test_how_it_is_now_can_always_be_chosen() -> None:
    offered = choices(Choice(4, 9))
    assert offered == [
        Choice(1, 1),
        Choice(1, 3),
        Choice(1, 7),
        Choice(2, 7),
        Choice(4, 9),
        Choice(3, 14),
        Choice(0, 0),
    ]
    assert len(choices(Choice(1, 3))) == 6
    assert [choice_of(kept(choice)) for choice in offered] == offered


@pytest.mark.parametrize(
    ("members", "needed"), [(0, 2), (1, 2), (3, 2), (4, 2), (7, 3), (30, 10), (90, 30), (200_000, 30)]
)
def test_how_many_must_vote(members: int, needed: int) -> None:
    assert quorum(members) == needed


@pytest.mark.parametrize(
    ("counts", "members", "found"),
    [
        ([0, 0, 0], 3, Outcome(stays=Stays.TOO_FEW)),
        ([1, 0, 0], 3, Outcome(stays=Stays.TOO_FEW)),
        ([2, 0, 0], 3, Outcome(taken=0)),
        ([1, 1, 0], 3, Outcome(stays=Stays.TIE)),
        ([0, 2, 1], 3, Outcome(taken=1, stays=Stays.AS_IT_WAS)),
        ([29, 0, 0], 200_000, Outcome(stays=Stays.TOO_FEW)),
        ([10, 9, 11], 200_000, Outcome(taken=2)),
        ([10, 10, 10], 200_000, Outcome(stays=Stays.TIE)),
    ],
)
def test_what_comes_of_it(counts: list[int], members: int, found: Outcome) -> None:
    assert outcome(counts, members=members, current=1) == found


def test_where_nothing_is_as_it_is_now_what_most_chose_is_taken() -> None:
    assert outcome([0, 5], members=9, current=None) == Outcome(taken=1)
