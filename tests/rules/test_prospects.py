"""How many orders to expect: against scipy, and as often right as is said."""

import numpy as np
import pytest
from scipy.stats import betabinom, nbinom, poisson

from bot.rules.prospects import (
    FEWEST_ANSWERED,
    FEWEST_GROUPS,
    FEWEST_PICKS,
    FEWEST_TOLD,
    Answered,
    Forecast,
    Sold,
    elsewhere,
    of_own,
    of_wishes,
)


def test_a_thin_history_says_nothing() -> None:
    counts = [[count] for count in range(3, 3 + FEWEST_PICKS)]
    assert of_own([], counts[:-1]) is None
    assert of_own([], [[0]] * FEWEST_PICKS) is None
    assert of_own([], counts) is not None


def test_an_interval_that_says_hardly_anything_is_not_told() -> None:
    assert of_own([], [[1], [30], [0], [2], [14], [0], [9], [3]]) is None


def test_an_offer_that_was_posted_often_is_judged_by_itself() -> None:
    others = [[5], [7], [20, 22], [3, 4], [11], [16, 15], [2, 2]]
    once, often = of_own([20], others), of_own([20, 21, 19, 22, 20, 18], others)
    new = of_own([], others)
    assert once is not None
    assert often is not None
    assert new is not None
    assert new.mean < once.mean < often.mean

    def width(found: Forecast) -> float:
        return (found.high - found.low) / found.mean

    assert width(often) < width(once) < width(new)


def test_rounds_that_only_vary_by_chance_are_a_poisson_count() -> None:
    found = of_own([8, 8], [[8], [8, 8], [8, 8, 8]])
    assert found is not None
    assert found.mean == 8
    # Widened, for the variance was estimated from so few.
    low, high = nbinom.ppf([0.1, 0.9], *_negative_binomial(8, 8 * 7 / 5))
    assert (found.low, found.high) == (low, high)
    assert found.low <= poisson.ppf(0.1, 8)
    assert found.high >= poisson.ppf(0.9, 8)


@pytest.mark.parametrize(
    ("people", "told", "ordered"), [(23, 30, 15), (1, 10, 5), (60, 200, 20), (5, 15, 15), (9, 400, 0)]
)
def test_those_who_wish_order_as_those_before_them_did(people: int, told: int, ordered: int) -> None:
    found = of_wishes(people, answered=[Answered(told // 5, ordered // 5)] * 5)
    # Widened, for it was estimated from five picks; these differ not at all.
    certain = (told + 3) / 2 - 1
    share = (1 + ordered) / (2 + told)
    known = betabinom(people, share * certain, (1 - share) * certain)
    expected = Forecast(mean=known.mean(), low=int(known.ppf(0.1)), high=int(known.ppf(0.9)))
    if expected.high - expected.low > 2.2 * max(expected.mean, 1):
        assert found is None
    else:
        assert found is not None
        assert (found.low, found.high) == (expected.low, expected.high)
        assert found.mean == pytest.approx(expected.mean)


def test_of_few_who_were_told_before_nothing_is_concluded() -> None:
    assert of_wishes(23, answered=[]) is None
    assert of_wishes(23, answered=[Answered(1, 1)] * (FEWEST_TOLD - 1)) is None
    assert of_wishes(23, answered=[Answered(50, 25)] * (FEWEST_ANSWERED - 1)) is None
    assert of_wishes(0, answered=[Answered(20, 10)] * FEWEST_ANSWERED) is None


@pytest.mark.parametrize("ordering", [(2, 2), (4, 6), (40, 40)])
def test_what_is_wished_for_differs_and_the_interval_holds_all_the_same(ordering: tuple[int, int]) -> None:
    chance = np.random.default_rng(8)
    held = told = 0
    for _ in range(300):
        shares = chance.beta(*ordering, 9)
        answered = [
            Answered(size, int(chance.binomial(size, share))) for size, share in enumerate(shares[1:], 5)
        ]
        found = of_wishes(20, answered=answered)
        if found is not None:
            told += 1
            held += found.low <= chance.binomial(20, shares[0]) <= found.high
    assert told > 220
    assert 0.76 <= held / told <= 0.95


def test_few_groups_say_nothing_of_another_one() -> None:
    groups = [Sold(orders=10, active=100)] * FEWEST_GROUPS
    assert elsewhere(groups[:-1], active=80) is None
    assert elsewhere([*groups[:-1], Sold(orders=4, active=4)], active=80) is None
    assert elsewhere(groups, active=4) is None
    found = elsewhere(groups, active=80)
    assert found is not None
    assert found.mean == pytest.approx(8)


def test_a_group_is_expected_to_order_as_much_more_as_it_is_larger() -> None:
    groups = [Sold(orders=orders, active=100) for orders in (8, 12, 10, 9, 14, 11)]
    small, large = elsewhere(groups, active=50), elsewhere(groups, active=200)
    assert small is not None
    assert large is not None
    assert large.mean == pytest.approx(4 * small.mean)


@pytest.mark.parametrize(
    ("rounds", "spread", "repeats"), [(0, 1.0, 1), (2, 1.0, 2), (0, 2.0, 2), (3, 2.0, 3)]
)
def test_the_interval_holds_about_eight_times_in_ten(rounds: int, spread: float, repeats: int) -> None:
    """Offers differ as a gamma distribution, their rounds by chance, or twice as much."""
    chance = np.random.default_rng(8)

    def counts(mean: float, times: int) -> list[int]:
        size = mean / (spread - 1) if spread > 1 else None
        drawn = (
            chance.poisson(mean, times) if size is None else chance.negative_binomial(size, 1 / spread, times)
        )
        return [int(count) for count in drawn]

    held = told = 0
    for _ in range(500):
        means = chance.gamma(4, 5, 16)
        others = [counts(mean, repeats) for mean in means[1:]]
        found = of_own(counts(means[0], rounds), others)
        (came,) = counts(means[0], 1)
        if found is not None:
            told += 1
            held += found.low <= came <= found.high
    assert told > 450
    assert 0.76 <= held / told <= 0.92


def _negative_binomial(mean: float, spread: float) -> tuple[float, float]:
    return mean**2 / (spread - mean), mean / spread
