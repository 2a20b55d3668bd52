"""Whether the evaluation measures what it says: splits, ranks, intervals, and real purchases."""

import os
from pathlib import Path

import numpy as np
import pytest

from bot.recommending.evaluation import evaluate
from bot.recommending.measuring import estimates, gains, ranks
from bot.recommending.rankings import FRIENDS, NEIGHBOURS, POPULARITY, RANKINGS, SHIPPED
from bot.recommending.reading import Data, read_data
from bot.recommending.splitting import hold_one_back, strip, turns
from bot.recommending.table import words_of

PURCHASES = np.array([(person, item) for person in range(20) for item in range(person % 5 + 1)])


def pairs(purchases: np.ndarray) -> set[tuple[int, ...]]:
    return set(map(tuple, purchases.tolist()))


@pytest.fixture(scope="module")
def beidian() -> Data:
    folder = os.environ.get("VOUCH_DATA")
    if folder is None:
        pytest.skip("VOUCH_DATA names no folder with data")
    return read_data(Path(folder) / "beidian")


@pytest.fixture
def town() -> Data:
    """Two tastes of fifteen items each; who knows whom shares one; a purchase of some is held back."""
    chance = np.random.default_rng(3)
    bought = [
        (person, person % 2 * 15 + item)
        for person in range(80)
        for item in chance.choice(15, size=6, replace=False)
    ]
    train, val = hold_one_back(np.array(bought[:120]), seed=1)
    links = np.array([(person, person + more) for person in range(20) for more in (20, 40, 60)])
    return Data(train=np.concatenate([train, bought[120:]]), val=val, links=links, items=np.arange(30))


def test_what_is_held_back_is_in_no_other_part() -> None:
    train, held = hold_one_back(PURCHASES, seed=4)
    assert pairs(train) | pairs(held) == pairs(PURCHASES)
    assert not pairs(train) & pairs(held)
    assert sorted(held[:, 0]) == [person for person in range(20) if person % 5]
    assert (
        pairs(held)
        == pairs(hold_one_back(PURCHASES, seed=4)[1])
        != pairs(hold_one_back(PURCHASES, seed=5)[1])
    )


def test_who_is_stripped_keeps_so_many_and_others_keep_all() -> None:
    people = np.array([4, 8, 9])
    one, three = (strip(PURCHASES, people, keep=keep, seed=2) for keep in (1, 3))
    assert pairs(one) < pairs(three) < pairs(PURCHASES)
    assert {person: int((three[:, 0] == person).sum()) for person in (3, 4, 8, 9)} == {3: 4, 4: 3, 8: 3, 9: 3}
    assert not np.isin(strip(PURCHASES, people, keep=0, seed=2)[:, 0], people).any()


def test_turns_take_everybody_once() -> None:
    parts = turns(np.arange(11), size=5, seed=1)
    assert [len(part) for part in parts] == [4, 4, 3]
    assert sorted(np.concatenate(parts)) == list(range(11))
    assert turns(np.array([], dtype=np.int64), size=5, seed=1) == []


def test_a_rank_counts_who_stands_before_and_half_of_who_stands_level() -> None:
    scores = np.array([[5, 4, 3, -np.inf], [1, 1, 1, 1], [0, 9, 9, 0]], dtype=np.float32)
    assert ranks(scores, np.array([2, 0, 0])).tolist() == [2, 1.5, 2.5]


def test_what_a_rank_is_worth() -> None:
    worth = gains(np.array([0.0, 1.0, 9.5, 10.0, 20.0]))
    assert worth[:, 0].tolist() == [1, 1, 1, 0, 0]
    assert worth[:, 1].tolist() == [1, 1, 1, 1, 0]
    assert worth[:2, 2].tolist() == [1, pytest.approx(1 / np.log2(3))]
    assert worth[3:, 2].tolist() == [0, 0]


def test_an_interval_is_as_wide_as_chance_makes_it() -> None:
    values = np.repeat([[1.0], [0.0]], [100, 900], axis=0)
    (estimate,) = estimates(values)
    assert estimate.mean == pytest.approx(0.1)
    # The normal one is 0.1 and 1.96 standard errors to each side.
    assert estimate.low == pytest.approx(0.081, abs=0.003)
    assert estimate.high == pytest.approx(0.119, abs=0.003)
    assert estimates(values) == [estimate]


def test_a_town_of_two_tastes_is_foretold(town: Data) -> None:
    evaluation = evaluate(town, few=(0, 1))
    assert len(evaluation.lines) == 3 * len(RANKINGS)
    assert evaluation.reached(SHIPPED, None)[0].mean > evaluation.reached(POPULARITY, None)[0].mean
    assert evaluation.reached(SHIPPED, 0)[0].mean > evaluation.reached(POPULARITY, 0)[0].mean
    assert evaluation.reached(NEIGHBOURS, 0) == evaluation.reached(POPULARITY, 0)
    assert evaluation == evaluate(town, few=(0, 1))
    assert sum(line.startswith("| ") for line in words_of(evaluation, town)) == 1 + len(evaluation.lines)


def test_real_purchases_are_foretold_as_well_as_we_say(beidian: Data) -> None:
    evaluation = evaluate(beidian, few=(0,))
    recalls = {(line.ranking, line.purchases): line.estimates[0].mean for line in evaluation.lines}
    assert recalls[POPULARITY, None] == pytest.approx(0.022, abs=0.0005)
    assert recalls[NEIGHBOURS, None] == pytest.approx(0.094, abs=0.0005)
    assert recalls[SHIPPED, None] > 0.104
    assert recalls[SHIPPED, 0] > 0.085 > 2 * recalls[POPULARITY, 0]
    assert recalls[SHIPPED, 0] > recalls[FRIENDS, 0]
    assert evaluation.leads[None].low > 0
