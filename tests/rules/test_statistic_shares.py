"""Shares of people: Wilson's interval of one, Newcombe's of a difference, and when that is no chance."""

from itertools import product
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import binom, binomtest, norm

from bot.rules.statistic_shares import Share, compared_shares, difference_interval
from bot.rules.statistics import Verdict

PUBLISHED = [
    # Newcombe (1998), Statistics in Medicine 17, page 873, table II: (a) to (h), method 10.
    *[((56, 70), (48, 80), (0.0524, 0.3339)), ((9, 10), (3, 10), (0.1705, 0.8090))],
    *[((6, 7), (2, 7), (0.0582, 0.8062)), ((5, 56), (0, 29), (-0.0381, 0.1926))],
    *[((0, 10), (0, 20), (-0.1611, 0.2775)), ((0, 10), (0, 10), (-0.2775, 0.2775))],
    *[((10, 10), (0, 20), (0.6791, 1.0)), ((10, 10), (0, 10), (0.6075, 1.0))],
]

counts = st.integers(1, 400).flatmap(
    lambda whole: st.builds(Share, part=st.integers(0, whole), whole=st.just(whole))
)


@pytest.mark.parametrize(("one", "other", "bounds"), PUBLISHED)
def test_the_interval_of_a_difference_is_the_published_one(
    one: tuple[int, int], other: tuple[int, int], bounds: tuple[float, float]
) -> None:
    found = difference_interval(Share(part=one[0], whole=one[1]), Share(part=other[0], whole=other[1]))
    assert found == pytest.approx(bounds, abs=5e-5)


def test_a_later_paper_says_the_same() -> None:
    # Fagerland, Lydersen and Laake (2015), Statistical Methods in Medical Research: 7 of 34 and 1 of 34.
    found = difference_interval(Share(part=7, whole=34), Share(part=1, whole=34))
    assert found == pytest.approx((0.019, 0.34), abs=5e-3)


def by_roots(share: Share) -> tuple[float, float]:
    """The two rates that a score test at 5 % just does not refute, found by searching."""
    seen, z = share.part / share.whole, norm.ppf(0.975)

    def beyond(rate: float) -> float:
        return float((seen - rate) ** 2 * share.whole - z * z * rate * (1 - rate))

    # None and all solve it, too, and are not meant.
    between = min(max(seen, 1e-9), 1 - 1e-9)
    low = brentq(beyond, 0.0, between, xtol=1e-14) if share.part > 0 else 0.0
    high = brentq(beyond, between, 1.0, xtol=1e-14) if share.part < share.whole else 1.0
    return low, high


@given(counts, counts)
def test_it_is_what_another_way_of_reckoning_gives(one: Share, other: Share) -> None:
    (low, high), (other_low, other_high) = by_roots(one), by_roots(other)
    assert one.interval == pytest.approx((low, high), abs=1e-9)
    difference = one.part / one.whole - other.part / other.whole
    expected = (
        difference - hypot(one.value - low, other_high - other.value),
        difference + hypot(high - one.value, other.value - other_low),
    )
    assert difference_interval(one, other) == pytest.approx(expected, abs=1e-9)


@given(counts)
def test_one_share_has_the_interval_that_scipy_gives(share: Share) -> None:
    found = binomtest(share.part, share.whole).proportion_ci(confidence_level=0.95, method="wilson")
    assert share.interval == pytest.approx((found.low, found.high), abs=1e-12)


@given(counts, counts)
def test_a_difference_lies_in_its_interval_and_turns_round_with_its_sides(one: Share, other: Share) -> None:
    low, high = difference_interval(one, other)
    assert -1 - 1e-12 <= low <= one.value - other.value <= high <= 1 + 1e-12
    turned = difference_interval(other, one)
    assert turned == pytest.approx((-high, -low), abs=1e-12)


def test_it_holds_the_truth_as_often_as_it_says() -> None:
    told, held = 90, 10
    pairs = list(product(range(told + 1), range(held + 1)))
    found = {
        pair: difference_interval(Share(part=pair[0], whole=told), Share(part=pair[1], whole=held))
        for pair in pairs
    }
    covered = []
    for one, other in product((0.05, 0.1, 0.2, 0.4), (0.02, 0.1, 0.2, 0.4)):
        of_told = binom.pmf(range(told + 1), told, one)
        of_held = binom.pmf(range(held + 1), held, other)
        holds = [(a, b) for a, b in pairs if found[a, b].low <= one - other <= found[a, b].high]
        covered.append(sum(of_told[a] * of_held[b] for a, b in holds))
    assert sum(covered) / len(covered) == pytest.approx(0.95, abs=0.02)
    assert min(covered) > 0.92


@pytest.mark.parametrize(
    ("told", "held", "verdict"),
    [
        ((9, 9), (0, 100), Verdict.TOO_FEW),
        ((60, 200), (0, 9), Verdict.TOO_FEW),
        ((31, 214), (2, 25), Verdict.AS_USUAL),
        ((0, 214), (0, 25), Verdict.AS_USUAL),
        ((80, 214), (1, 25), Verdict.MORE),
        ((2, 214), (10, 25), Verdict.FEWER),
    ],
)
def test_only_what_is_hardly_chance_is_called_a_difference(
    told: tuple[int, int], held: tuple[int, int], verdict: Verdict
) -> None:
    shares = Share(part=told[0], whole=told[1]), Share(part=held[0], whole=held[1])
    assert compared_shares(*shares) is verdict


@given(st.integers(1, 10_000))
def test_of_none_and_of_all_one_end_is_exact(whole: int) -> None:
    assert Share(part=0, whole=whole).interval.low == 0
    assert Share(part=whole, whole=whole).interval.high == 1


def test_of_nobody_nothing_is_known() -> None:
    nobody = Share(part=0, whole=0)
    assert (nobody.value, nobody.interval) == (0.0, (0.0, 1.0))
    assert difference_interval(nobody, nobody) == (-1.0, 1.0)
