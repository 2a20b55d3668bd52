"""Who is likely to care, who is left out by lot, and what telling spends."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.tellings import (
    LIKELY,
    MOST,
    WORTH,
    Care,
    Draw,
    Reason,
    Wanted,
    Ware,
    earlier_rounds,
    held_back,
    is_settled,
    likely,
    weight_bps,
    wishes_met,
)
from storage.repositories.telling_facts import PostedRound

HONEY = Ware(title="Yunnan honey", language="en", curator_id=1, origin_id=7, pick_id=70)


@pytest.mark.parametrize(
    ("care", "reasons", "is_likely"),
    [
        (Care(), (), False),
        (Care(wished="honey"), (Reason.WISHED,), True),
        (Care(bought=3), (Reason.BOUGHT,), True),
        (Care(follows=True), (Reason.FOLLOWS,), True),
        (Care(alike=9), (Reason.ALIKE,), True),
        (Care(asked=3), (Reason.ASKED,), True),
        (Care(sort=1), (Reason.SORT,), True),
        (Care(liked=3), (Reason.LIKED,), False),
        (Care(faithful=1), (), False),
        (Care(faithful=2), (Reason.FAITHFUL,), False),
        (Care(liked=3, faithful=2), (Reason.LIKED, Reason.FAITHFUL), True),
        (Care(bought=3, sort=2, wished="honey"), (Reason.WISHED, Reason.BOUGHT, Reason.SORT), True),
    ],
)
def test_facts_make_reasons(care: Care, reasons: tuple[Reason, ...], is_likely: bool) -> None:
    assert care.reasons == reasons
    assert care.is_likely is is_likely


def test_each_reason_is_worth_something_and_the_stronger_come_first() -> None:
    worth = [WORTH[reason] for reason in Reason]
    assert worth == sorted(worth, reverse=True)
    assert min(worth) < LIKELY <= max(worth)


def test_the_likeliest_come_first_and_the_lot_decides_among_equals() -> None:
    people = {
        **{number: Care(bought=1) for number in range(MOST)},
        **{1000 + number: Care(wished="honey") for number in range(5)},
        5000: Care(liked=1),
    }
    firsts: Counter[int] = Counter()
    for seed in range(20):
        chosen = likely(people, Draw.by(Random(seed)))
        assert len(chosen) == MOST
        assert set(chosen[:5]) == set(range(1000, 1005))
        assert 5000 not in chosen
        assert [people[key].worth for key in chosen] == [6] * 5 + [5] * (MOST - 5)
        firsts[chosen[5]] += 1
    assert len(firsts) > 10, "not always the same"


def test_who_comes_later_is_looked_at_while_she_may_still_be_told() -> None:
    draw = Draw.by(Random(4))
    people = {number: Care(bought=1) for number in range(MOST)}
    last = draw.place(likely(people, draw)[-1])
    assert is_settled(people, draw, after=(5, last))
    assert not is_settled(people, draw, after=(5, last - 1))
    assert is_settled(people, draw, after=(4, 0))
    assert not is_settled({**people, 0: Care(liked=1)}, draw, after=(4, 0)), "one too few"


def test_rounds_of_one_offer_and_of_one_title_are_the_same_thing() -> None:
    def posted(pick_id: int, title: str, origin_id: int) -> PostedRound:
        return PostedRound(pick_id, pick_id, title, origin_id, None, None)

    rounds = [
        posted(70, "Yunnan honey", 7),
        posted(60, "Honey, second harvest", 7),
        posted(50, "YUNNAN HONÉY", 5),
        posted(40, "Socks", 4),
    ]
    assert [each.pick_id for each in earlier_rounds(HONEY, rounds)] == [60, 50]


def test_wishes_are_met_across_languages() -> None:
    wishes = [
        Wanted(1, "honey", "en"),
        Wanted(2, "мёд", "ru"),
        Wanted(3, "wool socks", "en"),
        Wanted(4, "!!!", "en"),
    ]
    met = wishes_met(Ware(title="Honey", language="en", curator_id=None), wishes)
    assert met == {1: "honey", 2: "мёд"}


@given(st.sets(st.integers(min_value=1), max_size=50), st.integers())
def test_somebody_is_always_told(people: set[int], seed: int) -> None:
    held = held_back(people, Random(seed))
    assert held <= people
    assert held != people or not people


def test_a_tenth_is_left_out_each_by_a_draw_of_her_own() -> None:
    lot = Random(8)
    people = range(20)
    counts: Counter[int] = Counter()
    sizes: Counter[int] = Counter()
    for _ in range(4000):
        held = held_back(people, lot)
        counts.update(held)
        sizes[len(held)] += 1
    assert all(0.08 < counts[person] / 4000 < 0.12 for person in people)
    # As many as independent draws would leave out: none in 12 %, one in 27 %, two in 29 % of all cases.
    assert [round(sizes[size] / 4000, 1) for size in range(3)] == [0.1, 0.3, 0.3]


@pytest.mark.parametrize(
    ("told", "members", "bps"),
    [
        (0, 100, 500),
        (3, 100, 500),
        (5, 100, 500),
        (13, 100, 1300),
        (28, 214, 1309),
        (1, 3, 3334),
        (90, 100, 5000),
        (5, 0, 5000),
    ],
)
def test_what_telling_spends(told: int, members: int, bps: int) -> None:
    assert weight_bps(told, members) == bps
