"""Signs of lost trust: each against SciPy's numbers, and what they do to a group's caps over weeks."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, binom, binomtest, poisson

from bot.rules.statistics import Rate, Stretch, hours_of
from bot.rules.stretches import TOLD_LATER, seen_stretches, within, without
from bot.rules.trust_signals import (
    AGAINST,
    CHANCE,
    FLOOR_BPS,
    FOR,
    WHOLE_BPS,
    Leaning,
    Sign,
    dispute_interval,
    disputes_sign,
    leaning,
    leaves_sign,
    next_step,
    reactions_sign,
    weeks_to_whole,
    weighed,
)
from storage.states import TrustChangeReason

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUICKLY = settings(max_examples=50)
counts = st.integers(0, 200)


@QUICKLY
@given(counts, counts, st.integers(24, 400), st.integers(168, 2160))
def test_leaves_are_a_sign_where_the_exact_test_of_two_poisson_counts_says_so(
    after: int, otherwise: int, hours_after: int, hours_otherwise: int
) -> None:
    sign = leaves_sign(Rate(count=after, hours=hours_after), Rate(count=otherwise, hours=hours_otherwise))
    share = hours_after / (hours_after + hours_otherwise)
    if after < 10:
        assert sign is None
        return
    chance = binomtest(after, after + otherwise, share, alternative="greater").pvalue
    assert (sign is not None) == (chance <= CHANCE)
    if sign is not None:
        assert sign.numbers["chance"] == pytest.approx(chance, rel=1e-6)
        assert sign.reason is TrustChangeReason.LEAVES


@pytest.mark.parametrize(
    ("after", "otherwise", "is_sign"),
    [
        # A group of three: whoever leaves, it proves nothing.
        ((3, 72), (0, 2000), False),
        ((9, 72), (0, 2000), False),
        ((10, 72), (0, 2000), True),
        # Hours without which nothing can be compared.
        ((40, 23.9), (10, 2000), False),
        ((40, 72), (10, 167), False),
        ((40, 72), (10, 168), True),
        # scipy: binom.sf(k - 1, 60 + k, 72 / 972) is 0.015 for 11 and 0.0064 for 12.
        ((11, 72), (60, 900), False),
        ((12, 72), (60, 900), True),
        # A group of 200,000, of which 400 a day leave anyway.
        ((1_260, 72), (15_000, 900), False),
        ((1_300, 72), (15_000, 900), True),
        ((0, 72), (500, 900), False),
    ],
)
def test_few_leaves_prove_nothing_and_many_only_what_is_beyond_chance(
    after: tuple[int, float], otherwise: tuple[int, float], is_sign: bool
) -> None:
    found = leaves_sign(Rate(count=after[0], hours=after[1]), Rate(count=otherwise[0], hours=otherwise[1]))
    assert (found is not None) is is_sign


@pytest.mark.parametrize("a_day", [0.2, 1.0, 5.0, 15.0])
def test_chance_alone_is_taken_for_a_sign_no_oftener_than_it_may(a_day: float) -> None:
    """Over all that chance can bring to a group from which as many leave after posts as otherwise."""
    hours, baseline = 72.0, 900.0
    mean, other = a_day * hours / 24, a_day * baseline / 24
    false_alarms = 0.0
    lows, highs = poisson.ppf([1e-7, 1 - 1e-7], other)
    for otherwise in range(int(lows), int(highs) + 1):
        most = int(poisson.ppf(1 - 1e-9, mean)) + 10
        first = next(
            (
                after
                for after in range(most + 1)
                if leaves_sign(Rate(count=after, hours=hours), Rate(count=otherwise, hours=baseline))
            ),
            None,
        )
        if first is not None:
            false_alarms += float(poisson.pmf(otherwise, other)) * float(poisson.sf(first - 1, mean))
    assert false_alarms <= CHANCE


@QUICKLY
@given(counts, counts)
def test_reactions_are_a_sign_where_the_sign_test_says_so(people_for: int, people_against: int) -> None:
    sign = reactions_sign(people_for, people_against)
    together = people_for + people_against
    chance = float(binom.sf(people_against - 1, together, 0.5))
    assert (sign is not None) == (together >= 10 and chance <= CHANCE)


@pytest.mark.parametrize(
    ("people_for", "people_against", "is_sign"),
    # scipy: binom.sf(k - 1, 10, 0.5) is 0.0547 for 8, 0.0107 for 9 and 0.00098 for all ten.
    [(0, 9, False), (1, 9, False), (0, 10, True), (2, 8, False), (100, 135, False), (100, 140, True)],
)
def test_a_few_thumbs_down_prove_nothing(people_for: int, people_against: int, is_sign: bool) -> None:
    assert (reactions_sign(people_for, people_against) is not None) is is_sign


@pytest.mark.parametrize(
    ("disputed", "delivered", "is_sign"),
    # The posterior's own turns are tested with recalls; of fewer than ten deliveries it is not asked.
    [(9, 9, False), (5, 10, True), (4, 10, False), (8, 40, False), (9, 40, True), (0, 0, False)],
)
def test_disputes_are_a_sign_of_enough_deliveries(disputed: int, delivered: int, is_sign: bool) -> None:
    assert (disputes_sign(disputed, delivered) is not None) is is_sign


@QUICKLY
@given(st.integers(0, 300), st.integers(0, 300))
def test_the_interval_of_disputes_is_the_beta_distributions(disputed: int, fine: int) -> None:
    found = dispute_interval(disputed, disputed + fine)
    expected = beta.ppf([0.025, 0.975], 1 + disputed, 19 + fine)
    assert found == pytest.approx(tuple(expected), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("emojis", "expected"),
    [
        (["👍"], Leaning.FOR),
        (["❤️"], Leaning.FOR),
        (["❤"], Leaning.FOR),
        (["⭐", "🤔"], Leaning.FOR),
        (["👎"], Leaning.AGAINST),
        (["👎", "😢"], Leaning.AGAINST),
        (["👎", "👍"], Leaning.NEITHER),
        (["✨"], Leaning.NEITHER),
        ([], Leaning.NEITHER),
    ],
)
def test_reactions_lean(emojis: list[str], expected: Leaning) -> None:
    assert leaning(emojis) is expected


def test_a_person_counts_once_and_unnamed_reactions_one_by_one() -> None:
    people = [["👍", "🔥", "🎉"], ["👎"], ["👎", "🤮"], ["👍", "👎"], ["🤔"]]
    assert weighed(people, {"👍": 3, "💩": 2, "🤔": 9}) == (4, 4)
    assert not FOR & AGAINST


SIGN = Sign(reason=TrustChangeReason.LEAVES, numbers={"after": 12})


def test_signs_halve_down_to_an_eighth_and_at_most_once_a_week() -> None:
    bps, lowered_at, now, path = WHOLE_BPS, None, NOW, []
    for _ in range(30):
        step = next_step(bps, [SIGN], changed_at=lowered_at, lowered_at=lowered_at, now=now)
        if step is not None:
            path.append((step.is_bps, now))
            bps, lowered_at = step.is_bps, now
        now += DAY
    assert [one for one, _ in path] == [5_000, 2_500, FLOOR_BPS]
    assert [other[1] - one[1] for one, other in pairwise(path)] == [7 * DAY] * 2


@pytest.mark.parametrize(("bps", "weeks"), [(5_000, 4), (2_500, 6), (1_250, 7), (9_999, 1), (WHOLE_BPS, 0)])
def test_an_eighth_comes_back_each_quiet_week(bps: int, weeks: int) -> None:
    assert weeks_to_whole(bps) == weeks
    changed_at, now, steps = NOW, NOW, []
    for _ in range(80):
        now += DAY
        step = next_step(bps, [], changed_at=changed_at, lowered_at=NOW, now=now)
        if step is not None:
            assert step.reason is TrustChangeReason.RESTORED
            steps.append(now - changed_at)
            bps, changed_at = step.is_bps, now
    assert (bps, steps) == (WHOLE_BPS, [7 * DAY] * weeks)


def test_nothing_comes_back_while_a_sign_stands() -> None:
    week = NOW + 6 * DAY
    assert next_step(5_000, [SIGN], changed_at=NOW - 30 * DAY, lowered_at=NOW, now=week) is None
    assert next_step(FLOOR_BPS, [SIGN], changed_at=NOW, lowered_at=NOW, now=NOW + 30 * DAY) is None
    assert next_step(5_000, [], changed_at=NOW, lowered_at=NOW, now=week) is None


def test_a_bot_that_was_away_for_long_gives_one_step_back() -> None:
    step = next_step(1_250, [], changed_at=NOW, lowered_at=NOW, now=NOW + 300 * DAY)
    assert step is not None
    assert (step.is_bps, step.is_whole) == (2_500, False)


# Which times were seen


def test_a_night_without_the_bot_is_seen_later_but_a_week_is_not() -> None:
    runs = [
        (NOW - 30 * DAY, NOW - 20 * DAY),
        (NOW - 20 * DAY + 9 * HOUR, NOW - 10 * DAY),
        (NOW - 3 * DAY, NOW),
    ]
    seen = seen_stretches(runs, since=NOW - 25 * DAY, until=NOW)
    assert seen == [(NOW - 25 * DAY, NOW - 10 * DAY), (NOW - 3 * DAY - TOLD_LATER, NOW)]
    # It comes back now: what happened yesterday it is told now.
    assert seen_stretches(runs[:1], since=NOW - 90 * DAY, until=NOW)[-1] == (NOW - TOLD_LATER, NOW)
    assert seen_stretches([], since=NOW - 2 * HOUR, until=NOW) == [(NOW - 2 * HOUR, NOW)]
    assert seen_stretches([], since=NOW, until=NOW) == []


edges = st.lists(st.integers(0, 400), max_size=12, unique=True).map(sorted)


def _stretches(hours: list[int]) -> list[Stretch]:
    return [(NOW + a * HOUR, NOW + b * HOUR) for a, b in zip(hours[::2], hours[1::2], strict=False)]


@QUICKLY
@given(edges, edges)
def test_common_and_other_hours_are_all_hours(one: list[int], other: list[int]) -> None:
    first, second = _stretches(one), _stretches(other)
    common, rest = within(first, second), without(first, second)
    assert hours_of(common) + hours_of(rest) == pytest.approx(hours_of(first))
    assert within(rest, second) == []
    assert within(common, second) == common
    assert without(common, first) == []
