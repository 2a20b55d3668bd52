"""Scores: worked out by hand and by plain sums, and what they may never do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.scores import Outcome, score

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def outcomes(fine: int, disputed: int, *, days_ago: int = 0) -> list[Outcome]:
    at = NOW - timedelta(days=days_ago)
    return [Outcome(at, False)] * fine + [Outcome(at, True)] * disputed


def test_nothing_is_said_of_fewer_than_five_orders() -> None:
    assert score(outcomes(4, 0), now=NOW) is None
    assert score(outcomes(4, 1), now=NOW) is not None
    assert score(outcomes(50, 9, days_ago=360), now=NOW) is None


def test_few_orders_are_drawn_towards_what_is_believed_of_everybody() -> None:
    found = score(outcomes(31, 9), now=NOW)
    assert found is not None
    # (19 + 31) of (20 + 40).
    assert (found.bps, found.orders, found.disputed) == (8333, 40, 9)
    flawless = score(outcomes(5, 0), now=NOW)
    assert flawless is not None
    assert flawless.bps == 9600


def test_what_happened_ninety_days_ago_counts_half() -> None:
    found = score([*outcomes(10, 0), *outcomes(0, 10, days_ago=90)], now=NOW)
    assert found is not None
    # (19 + 10) of (20 + 10 + 5).
    assert found.bps == 10_000 * 29 // 35


def test_how_long_cases_take_is_their_median_from_three_on() -> None:
    took = [timedelta(hours=2), timedelta(hours=50), timedelta(hours=5)]
    found = score(outcomes(9, 3), now=NOW, resolved_after=took)
    assert found is not None
    assert found.hours == pytest.approx(5)
    of_two = score(outcomes(9, 3), now=NOW, resolved_after=took[:2])
    assert of_two is not None
    assert of_two.hours is None


@given(st.lists(st.tuples(st.integers(0, 359), st.booleans()), min_size=5, max_size=60), st.integers(-3, 359))
def test_a_dispute_never_raises_a_score(had: list[tuple[int, bool]], days: int) -> None:
    known = [Outcome(NOW - timedelta(days=ago), disputed) for ago, disputed in had]
    before = score(known, now=NOW)
    after = score([*known, Outcome(NOW - timedelta(days=days), True)], now=NOW)
    assert before is not None
    assert after is not None
    assert 0 <= after.bps <= before.bps < 10_000
