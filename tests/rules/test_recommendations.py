"""What may be suggested to whom, in which order, and what may be said for it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.rules.recommendations import (
    LASTS,
    RESTS,
    Silence,
    Taste,
    in_order,
    is_due,
    is_good_enough,
    is_praise,
    open_to,
    rests_for,
    tells_of_many,
    why_silent,
)
from storage.states import PickState

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ANN, MEI = 1, 2


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A pick as the rules see it."""

    pick_id: int = 1
    group_id: int = 1
    origin_id: int = 1
    state: PickState = PickState.LIVE
    closes_at: datetime = NOW
    order_count: int = 0
    curator_id: int | None = MEI
    category: str | None = None
    is_stopped: bool = False
    is_left: bool = True


def taste(**known: Any) -> Taste:
    return Taste(**{"person_id": ANN, "ordered": (), "dismissed": (), "muted": {}, **known})


@pytest.mark.parametrize(
    ("offered", "known"),
    [
        (Offered(), taste(ordered={1})),
        (Offered(), taste(dismissed={1})),
        (Offered(curator_id=ANN), taste()),
        (Offered(category="tea"), taste(muted={1: {"tea"}})),
        (Offered(is_stopped=True), taste()),
        (Offered(is_left=False), taste()),
    ],
)
def test_some_things_are_not_for_her(offered: Offered, known: Taste) -> None:
    assert open_to([offered], known) == []


@pytest.mark.parametrize(
    ("offered", "known"),
    [
        (Offered(), taste(ordered={2}, dismissed={3}, muted={1: {"tea"}})),
        (Offered(category="tea"), taste(muted={2: {"tea"}})),
        (Offered(curator_id=None), taste()),
        (Offered(state=PickState.SCHEDULED), taste()),
    ],
)
def test_all_else_is(offered: Offered, known: Taste) -> None:
    assert open_to([offered], known) == [offered]


def test_of_one_offer_in_several_groups_she_is_shown_what_she_can_order_soonest() -> None:
    later = Offered(pick_id=1, closes_at=NOW + timedelta(days=1))
    sooner = Offered(pick_id=2, group_id=2)
    comes = Offered(pick_id=3, state=PickState.SCHEDULED, closes_at=NOW - timedelta(hours=1))
    assert open_to([comes, later, sooner], taste()) == [sooner]
    assert open_to([comes, later, sooner], taste(muted={2: {"tea"}})) == [sooner]
    muted = Offered(pick_id=2, group_id=2, category="tea")
    assert open_to([comes, later, muted], taste(muted={2: {"tea"}})) == [later]


def test_her_own_ranking_comes_first_then_what_many_bought_then_what_many_order() -> None:
    offered = [
        Offered(pick_id=n, origin_id=n, order_count=count) for n, count in enumerate([1, 2, 3, 4, 5], 1)
    ]
    ordered = in_order(offered, best=[3, 9, 1], popular=[9, 5, 3])
    assert [one.origin_id for one in ordered] == [3, 1, 5, 4, 2]


@pytest.mark.parametrize(
    ("offered", "ordered", "is_member", "silence"),
    [
        ([], (), False, Silence.NO_GROUP),
        ([], (), True, Silence.NOTHING_ON_OFFER),
        ([Offered(is_stopped=True), Offered(is_left=False)], (), True, Silence.NOTHING_ON_OFFER),
        ([Offered(), Offered(origin_id=2)], (1, 2), True, Silence.HAS_ALL),
        ([Offered(), Offered(origin_id=2)], (1,), True, Silence.NOTHING_TO_SAY),
    ],
)
def test_why_there_is_nothing(
    offered: list[Offered], ordered: tuple[int, ...], is_member: bool, silence: Silence
) -> None:
    assert why_silent(offered, taste(ordered=ordered), is_member=is_member) is silence


@pytest.mark.parametrize(
    ("pleased", "buyers", "disputed", "delivered", "is_good"),
    [
        (0, 0, 0, 0, True),
        # Wilson's lower bounds of those who are not pleased: 0.207 (one of one), 0.342, 0.438; 0.237, 0.313.
        (0, 1, 0, 0, True),
        (0, 2, 0, 0, False),
        (0, 3, 0, 0, False),
        (1, 3, 0, 0, True),
        (5, 10, 0, 0, True),
        (4, 10, 0, 0, False),
        # P(more than a tenth are bad): 0.392 with 1 of 1, 0.620 with 2 of 2, and 0.537 with 2 of 5.
        (9, 10, 1, 1, True),
        (9, 10, 2, 2, False),
        (9, 10, 2, 5, False),
        (9, 10, 2, 20, True),
    ],
)
def test_what_disappoints_is_suggested_to_nobody(
    pleased: int, buyers: int, disputed: int, delivered: int, is_good: bool
) -> None:
    said = is_good_enough(pleased=pleased, buyers=buyers, disputed=disputed, delivered=delivered)
    assert said is is_good


@pytest.mark.parametrize(
    ("both", "others", "is_told"), [(12, 15, True), (3, 4, True), (2, 9, False), (3, 3, False), (0, 0, False)]
)
def test_no_reason_tells_of_few_or_of_all(both: int, others: int, is_told: bool) -> None:
    assert tells_of_many(both, others) is is_told


@pytest.mark.parametrize(
    ("stars", "buyers", "is_said"), [(4.7, 31, True), (4.0, 3, True), (5.0, 2, False), (3.9, 50, False)]
)
def test_stars_speak_for_something_where_they_are_many_and_good(
    stars: float, buyers: int, is_said: bool
) -> None:
    assert is_praise(stars, buyers) is is_said


def test_it_learns_when_there_is_something_new_and_takes_but_a_little_of_all_time() -> None:
    def due(**facts: Any) -> bool:
        usual = {"mark": "1", "was": "1", "fitted_at": NOW, "asked_at": None, "now": NOW + RESTS}
        return is_due(**{**usual, **facts})

    assert not due()
    assert due(mark="2")
    assert due(fitted_at=None)
    assert due(asked_at=NOW)
    assert due(now=NOW + LASTS)
    assert rests_for(2) == RESTS
    assert rests_for(60) == timedelta(minutes=20)
