"""Statistics: spans, shares, exact intervals, and whether more people leave after posts."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import comb
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.statistics import (
    Period,
    Rate,
    Unit,
    Verdict,
    binomial_from,
    compared,
    hours_of,
    per_post,
    poisson_interval,
    share_bps,
    span_of,
    windows,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.integers(0, 7 * 365 * 24 * 60).map(lambda n: FIRST + timedelta(minutes=n))
ZONES = ["UTC", "Asia/Shanghai", "America/Santiago"]
QUICKLY = settings(max_examples=40)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # Garwood, Fiducial limits for the Poisson distribution, 1936, as reprinted in many tables.
    [(0, 0, 3.689), (1, 0.0253, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (10, 4.795, 18.39),
     (20, 12.217, 30.888), (50, 37.111, 65.919), (100, 81.364, 121.627)],
)  # fmt: skip
def test_an_interval_is_the_published_one(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), rel=2e-3)


@pytest.mark.parametrize(
    ("count", "confidence", "low", "high"),
    # By scipy 1.17: chi2.ppf(tail, 2 n) / 2 and chi2.isf(tail, 2 n + 2) / 2.
    [
        (3, 0.99, 0.3379, 10.9775),
        (500, 0.95, 457.1286, 545.8093),
        (1_234, 0.95, 1166.1017, 1304.8204),
        (50_000, 0.99, 49425.9055, 50578.8569),
    ],
)
def test_an_interval_of_any_size_is_exact(count: int, confidence: float, low: float, high: float) -> None:
    assert poisson_interval(count, confidence=confidence) == pytest.approx((low, high), rel=2e-4)


@pytest.mark.parametrize(
    ("successes", "tries", "share", "expected"),
    # By scipy 1.17: binom.sf(k - 1, n, p).
    [
        (0, 7, 0.3, 1.0),
        (1, 10, 0.01, 0.09561792499119552),
        (12, 60, 0.2, 0.5513825262506507),
        (30, 78, 0.2, 0.00013196007265657333),
        (700, 3_000, 0.21, 0.0010364514314260113),
        (1, 3_000, 0.5, 1.0),
        (150, 3_000, 0.1, 1.0),
        (2_999, 3_000, 0.999, 0.19899886246060733),
    ],
)
def test_a_tail_is_the_known_one(successes: int, tries: int, share: float, expected: float) -> None:
    assert binomial_from(successes, tries, share) == pytest.approx(expected, rel=1e-6)


@QUICKLY
@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 99))
def test_a_tail_is_the_sum_of_its_terms(one: int, other: int, percent: int) -> None:
    successes, tries = min(one, other), max(one, other)
    share = Fraction(percent, 100)
    terms = (comb(tries, k) * share**k * (1 - share) ** (tries - k) for k in range(successes, tries + 1))
    assert binomial_from(successes, tries, float(share)) == pytest.approx(float(sum(terms)), abs=1e-9)


@pytest.mark.parametrize(
    ("together", "share", "fewer_up_to", "more_from"),
    # Where scipy's binomtest(k, n).proportion_ci(0.95, "exact") leaves the share out.
    [(10, 0.2, -1, 6), (78, 0.2, 8, 24), (400, 0.1, 28, 53), (1_000, 0.5, 468, 532)],
)
def test_a_verdict_turns_where_the_exact_interval_does(
    together: int, share: float, fewer_up_to: int, more_from: int
) -> None:
    def verdict(after: int) -> Verdict:
        rates = (
            Rate(count=after, hours=5_000 * share),
            Rate(count=together - after, hours=5_000 * (1 - share)),
        )
        return compared(*rates)

    if fewer_up_to >= 0:
        assert verdict(fewer_up_to) is Verdict.FEWER
    assert verdict(fewer_up_to + 1) is Verdict.AS_USUAL
    assert verdict(more_from - 1) is Verdict.AS_USUAL
    assert verdict(more_from) is Verdict.MORE


@pytest.mark.parametrize(
    ("after", "other", "verdict"),
    [
        # Three of three prove nothing, however odd it looks.
        ((3, 240), (0, 2000), Verdict.TOO_FEW),
        # A post a day leaves no hours to compare with.
        ((200, 2160), (0, 0), Verdict.TOO_FEW),
        ((200, 2160), (1, 24), Verdict.TOO_FEW),
        ((0, 0), (90, 2160), Verdict.TOO_FEW),
        ((12, 240), (48, 960), Verdict.AS_USUAL),
        ((30, 240), (48, 960), Verdict.MORE),
        ((1, 240), (60, 960), Verdict.FEWER),
    ],
)
def test_few_leaves_tell_nothing(
    after: tuple[int, float], other: tuple[int, float], verdict: Verdict
) -> None:
    assert compared(Rate(count=after[0], hours=after[1]), Rate(count=other[0], hours=other[1])) is verdict


def test_a_rate_is_told_a_day() -> None:
    rate = Rate(count=10, hours=240)
    assert rate.a_day == pytest.approx(1)
    assert rate.interval_a_day == pytest.approx((0.4795, 1.839), rel=1e-3)
    assert Rate(count=0, hours=0).a_day is None
    assert Rate(count=0, hours=0).interval_a_day is None


@QUICKLY
@given(st.lists(moments, max_size=30), moments, st.integers(0, 24 * 400))
def test_hours_after_posts_count_once(posts: list[datetime], since: datetime, hours: int) -> None:
    until = since + hours * HOUR
    found = windows(posts, since=since, until=until)
    assert all(since <= begins < ends <= until for begins, ends in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert hours_of(found) <= min(hours, 24 * len(posts)) + 1e-6
    middles = [since + timedelta(hours=part) for part in range(0, hours, max(1, hours // 50))]
    for at in middles:
        is_after = any(post <= at < post + timedelta(hours=24) for post in posts)
        assert is_after == any(begins <= at < ends for begins, ends in found)


def test_two_posts_within_a_day_are_one_stretch() -> None:
    posts = [NOW, NOW + 6 * HOUR, NOW + 60 * HOUR]
    found = windows(posts, since=NOW - HOUR, until=NOW + 70 * HOUR)
    assert found == [(NOW, NOW + 30 * HOUR), (NOW + 60 * HOUR, NOW + 70 * HOUR)]
    assert hours_of(found) == 40


def test_shares_of_a_few_people_are_no_percentages() -> None:
    assert share_bps(2, 3) is None
    assert share_bps(0, 0, fewest=0) is None
    assert share_bps(1, 10) == 1_000
    assert share_bps(12, 31) == 3_871


def test_an_average_needs_posts() -> None:
    assert per_post(5, 0) is None
    assert per_post(17, 4) == Decimal("4.3")


def test_a_week_is_seven_days_of_the_group() -> None:
    span = span_of(Period.WEEK, began=NOW, now=NOW, zone=BERLIN)
    assert span.unit is Unit.DAY
    assert len(span.edges) == 8
    assert span.since == datetime(2026, 11, 16, 23, tzinfo=UTC)
    assert span.until == datetime(2026, 11, 23, 23, tzinfo=UTC)


def test_days_are_the_calendars_when_clocks_change() -> None:
    span = span_of(Period.MONTH, began=NOW, now=NOW, zone=BERLIN)
    lengths = {day: later - day for day, later in pairwise(span.edges)}
    assert len(lengths) == 30
    assert [day.day for day, length in lengths.items() if length != 24 * HOUR] == [24]
    assert lengths[datetime(2026, 10, 24, 22, tzinfo=UTC)] == 25 * HOUR


@pytest.mark.parametrize(
    ("days", "unit", "parts"),
    [(-3, Unit.DAY, 1), (0, Unit.DAY, 1), (30, Unit.DAY, 31), (31, Unit.WEEK, 5), (181, Unit.WEEK, 26),
     (182, Unit.MONTH, 7), (900, Unit.MONTH, 30), (2_000, Unit.YEAR, 6)],
)  # fmt: skip
def test_everything_is_shown_in_parts_that_fit(days: int, unit: Unit, parts: int) -> None:
    span = span_of(Period.ALL, began=NOW - timedelta(days=days), now=NOW, zone=BERLIN)
    assert span.unit is unit
    assert len(span.edges) == parts + 1


@given(st.sampled_from(Period), moments, moments, st.sampled_from(ZONES))
def test_a_span_holds_now_and_its_edges_rise(
    period: Period, began: datetime, now: datetime, zone: str
) -> None:
    span = span_of(period, began=began, now=now, zone=ZoneInfo(zone))
    assert span.since <= now < span.until
    assert all(one < other for one, other in pairwise(span.edges))
    assert len(span.edges) <= 38
    if period is Period.ALL:
        assert span.since <= min(began, now)
