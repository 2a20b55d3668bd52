"""How often something may be done, and when again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.rate_limits import COUPON_GUESSES, RateLimit, free_at, longest

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_five_slips_are_borne_and_then_one_waits_for_the_first_to_be_old() -> None:
    times = [NOW - 9 * MINUTE, NOW - 3 * MINUTE, NOW - 2 * MINUTE, NOW - MINUTE]
    assert free_at(COUPON_GUESSES, times, now=NOW) is None
    assert free_at(COUPON_GUESSES, [*times, NOW], now=NOW) == NOW + MINUTE


def test_whoever_guesses_slowly_meets_the_days_limit() -> None:
    times = [NOW - timedelta(hours=1) * hour for hour in range(20)]
    assert free_at(COUPON_GUESSES, times, now=NOW) == NOW + timedelta(hours=5)


def test_a_clock_that_was_put_back_locks_nobody_out() -> None:
    assert free_at(COUPON_GUESSES, [NOW + timedelta(days=300)] * 50, now=NOW) is None


@given(st.lists(st.integers(-2000, 2000), max_size=40), st.integers(1, 6), st.integers(1, 600))
def test_whoever_waits_as_told_may(minutes: list[int], most: int, within: int) -> None:
    limits = [RateLimit(most=most, within=timedelta(minutes=within))]
    times = [NOW + minute * MINUTE for minute in minutes if minute <= 0]
    at = free_at(limits, times, now=NOW)
    counted = [one for one in times if one > NOW - longest(limits)]
    assert (at is not None) == (len(counted) >= most)
    if at is not None:
        assert NOW < at <= NOW + longest(limits)
        assert free_at(limits, times, now=at) is None
        assert free_at(limits, times, now=at - MINUTE / 60) is not None
