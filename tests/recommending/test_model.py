"""What is recommended to whom, and in which order."""

import pickle

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.recommending.model import Model, fit
from bot.recommending.purchases import Facts, gather
from tests.recommending.conftest import (
    ANN,
    BEN,
    BREAD,
    CAT,
    DAN,
    EVE,
    HONEY,
    JAM,
    NEW,
    SOAP,
    TEA,
    UNSOLD,
)

PEOPLE = st.integers(1, 9)
ITEMS = st.integers(1, 7)
PURCHASES = st.lists(st.tuples(PEOPLE, ITEMS), min_size=1, max_size=40)
LINKS = st.lists(st.tuples(PEOPLE, PEOPLE), max_size=12)


def suggested(model: Model, person: int, *, most: int = 10) -> list[int]:
    return [suggestion.item for suggestion in model.suggest(person, most=most)]


def test_who_bought_as_others_did_is_told_of_what_they_bought_too(model: Model) -> None:
    assert suggested(model, ANN)[0] == JAM


def test_who_bought_nothing_is_told_of_what_friends_bought(model: Model) -> None:
    assert suggested(model, EVE)[:2] == [SOAP, TEA], "a friend's, and then a friend's friend's"


def test_what_is_near_to_what_a_friend_bought_comes_next() -> None:
    model = fit(gather([(ANN, HONEY), (BEN, HONEY), (BEN, JAM), (CAT, HONEY)], [(EVE, ANN)]))
    assert suggested(model, EVE) == [HONEY, JAM]


def test_a_stranger_is_told_of_what_many_bought(model: Model) -> None:
    assert suggested(model, NEW, most=3) == [HONEY, BREAD, JAM]


def test_only_what_is_on_offer_is_suggested(model: Model) -> None:
    assert [s.item for s in model.suggest(ANN, most=5, among={SOAP, HONEY, UNSOLD, 999})] == [SOAP]
    assert model.suggest(ANN, most=5, among=set()) == []
    assert model.suggest(ANN, most=0) == []


def test_who_bought_everything_is_told_of_nothing() -> None:
    assert fit(gather([(ANN, HONEY), (ANN, JAM), (BEN, JAM)], [])).suggest(ANN, most=5) == []


def test_nothing_is_learnt_from_nothing() -> None:
    assert fit(gather([], [])).suggest(ANN, most=5) == []


def test_a_model_can_be_kept_for_later(model: Model) -> None:
    kept = pickle.loads(pickle.dumps(model))
    assert suggested(kept, ANN) == suggested(model, ANN)


@settings(deadline=None)
@given(PURCHASES, LINKS)
def test_what_a_person_has_is_never_suggested_and_all_else_that_was_bought_is(
    purchases: list[tuple[int, int]], links: list[tuple[int, int]]
) -> None:
    model = fit(gather(purchases, links))
    sold = {item for _, item in purchases}
    for person in {person for person, _ in purchases} | {end for link in links for end in link}:
        has = {item for who, item in purchases if who == person}
        suggestions = suggested(model, person)
        assert set(suggestions) == sold - has
        assert suggestions[:2] == suggested(model, person, most=2)


@settings(deadline=None)
@given(PURCHASES, LINKS)
def test_the_order_of_the_facts_changes_nothing(
    purchases: list[tuple[int, int]], links: list[tuple[int, int]]
) -> None:
    one = fit(gather(purchases, links))
    other = fit(gather([*reversed(purchases), *purchases], [(b, a) for a, b in reversed(links)]))
    for person in range(1, 10):
        assert one.suggest(person, most=9) == other.suggest(person, most=9)


@settings(deadline=None)
@given(PURCHASES, LINKS)
def test_scores_of_many_are_those_of_one(
    purchases: list[tuple[int, int]], links: list[tuple[int, int]]
) -> None:
    facts: Facts = gather(purchases, links)
    model = fit(facts)
    together = model.scores(np.arange(len(facts.people)))
    assert np.array_equal(np.isneginf(together), facts.bought.toarray() > 0)
    for row in range(len(facts.people)):
        assert np.allclose(together[row], model.scores(np.array([row]))[0], rtol=1e-5)


def test_who_did_not_agree_is_told_of_to_nobody_who_knows_her() -> None:
    purchases = [(DAN, SOAP), (ANN, HONEY), (BEN, HONEY)]
    assert suggested(fit(gather(purchases, [(EVE, DAN)])), EVE) == [SOAP, HONEY]
    assert suggested(fit(gather(purchases, [(EVE, DAN)], speaking=[ANN, BEN])), EVE) == [HONEY, SOAP]
    assert suggested(fit(gather(purchases, [(EVE, DAN)], speaking=[DAN])), EVE) == [SOAP, HONEY]
