"""What is kept of a model: each person's best of what is on offer to her, and what of hers says so."""

import numpy as np
import pytest

from bot.recommending.model import fit
from bot.recommending.purchases import gather
from bot.recommending.serving import MOST_RANKED, look_at, popular, rankings

TEA, BREAD, SOAP, UNSOLD = 1, 2, 3, 4
ANN, NEW = 100, 101


def bought(item: int, *people: int) -> list[tuple[int, int]]:
    return [(person, item) for person in people]


def test_it_is_the_models_ranking_of_what_is_on_offer_to_each() -> None:
    chance = np.random.default_rng(3)
    purchases = np.unique(chance.integers([80, 40], size=(900, 2)), axis=0)
    model = fit(gather(purchases, chance.integers(80, size=(60, 2)), speaking=range(0, 80, 2)))
    offered = {1: frozenset(range(0, 20)), 2: frozenset(range(10, 40, 3))}
    window = look_at(model, np.array(sorted(offered[1] | offered[2])))
    people = [(person, [1] if person % 2 else [1, 2]) for person in range(80)]
    found = dict(rankings(window, offered, people))
    for person, groups in people:
        among = set().union(*(offered[group] for group in groups))
        best = [suggestion.item for suggestion in model.suggest(person, most=MOST_RANKED, among=among)]
        assert [item for item, _ in found[person]] == best
        for item, because in found[person]:
            if because:
                those = {who for who, what in purchases.tolist() if what == because} - {person}
                both = {who for who, what in purchases.tolist() if what == item} & those
                assert (person, because) in purchases.tolist() or [person, because] in purchases.tolist()
                assert 3 <= len(both) < len(those)


@pytest.mark.parametrize(("others", "because"), [((1, 2, 3, 4), TEA), ((1, 2, 3), 0), ((1, 2), 0)])
def test_what_tells_of_too_few_or_of_all_is_no_reason(others: tuple[int, ...], because: int) -> None:
    model = fit(gather([*bought(TEA, ANN, *others), *bought(BREAD, *others[:3])], []))
    window = look_at(model, np.array([BREAD]))
    assert list(rankings(window, {1: frozenset([BREAD])}, [(ANN, [1])])) == [(ANN, [[BREAD, because]])]


def test_of_strangers_nothing_is_said_and_nothing_unsold_is_popular() -> None:
    model = fit(gather([*bought(TEA, 1), *bought(BREAD, 1, 2)], [], items=[UNSOLD]))
    window = look_at(model, np.array([TEA, BREAD, UNSOLD, 99]))
    assert popular(window) == [BREAD, TEA]
    assert list(rankings(window, {1: frozenset([TEA])}, [(NEW, [1]), (2, [1, 7])])) == [
        (NEW, []),
        (2, [[TEA, 0]]),
    ]
    nothing = look_at(model, np.array([], dtype=np.int64))
    assert popular(nothing) == []
    assert list(rankings(nothing, {}, [(1, [1])])) == [(1, [])]
