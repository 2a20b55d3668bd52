"""The best tier reached is what everybody pays, and nobody pays more than was promised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pricing_errors import (
    LimitUnreadable,
    MinimumAboveStock,
    MinimumUnreadable,
    TierAboveStock,
    TierRepeated,
    TierTooDear,
    TierUnreadable,
    TooManyTiers,
)
from bot.rules.pricing import (
    MOST_TIERS,
    Step,
    Terms,
    TierPrice,
    check_reachable,
    checked_limit,
    checked_minimum,
    ending,
    own_price,
    terms_of,
)

HONEY = terms_of(1290, [(30, 990), (10, 1190)])


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    price = draw(st.integers(10, 50))
    quantities = sorted(draw(st.sets(st.integers(2, 40), max_size=3)))
    amounts = sorted(draw(st.sets(st.integers(1, price - 1), min_size=3, max_size=3)), reverse=True)
    return terms_of(price, list(zip(quantities, amounts, strict=False)))


@pytest.mark.parametrize(
    ("quantity", "price", "step"),
    [
        (0, 1290, Step(10, 1190)),
        (9, 1290, Step(1, 1190)),
        (10, 1190, Step(20, 990)),
        (29, 1190, Step(1, 990)),
        (30, 990, None),
        (500, 990, None),
    ],
)
def test_the_price_of_now_and_the_next_one(quantity: int, price: int, step: Step | None) -> None:
    assert HONEY.price_at(quantity) == price
    assert HONEY.next_after(quantity) == step


def test_a_price_without_tiers_never_changes() -> None:
    plain = terms_of(1290)
    assert (plain.price_at(1000), plain.next_after(0)) == (1290, None)


@pytest.mark.parametrize(
    ("tiers", "refusal"),
    [
        ([(10, 1290)], TierTooDear(10, 0)),
        ([(10, 1500)], TierTooDear(10, 0)),
        ([(10, 990), (30, 1190)], TierTooDear(30, 10)),
        ([(10, 990), (30, 990)], TierTooDear(30, 10)),
        ([(10, 1190), (10, 990)], TierRepeated(10)),
        ([(1, 990)], TierUnreadable("1")),
        ([(n, 1290 - n) for n in range(2, 3 + MOST_TIERS)], TooManyTiers(MOST_TIERS + 1, MOST_TIERS)),
    ],
)
def test_tiers_that_make_no_sense_are_refused(tiers: list[tuple[int, int]], refusal: Exception) -> None:
    with pytest.raises(type(refusal)) as refused:
        terms_of(1290, tiers)
    assert vars(refused.value) == vars(refusal)


def test_nothing_is_promised_that_the_stock_does_not_allow() -> None:
    check_reachable(stocks=[20, 20], tiers=HONEY.tiers, minimum=40)
    check_reachable(stocks=[5, None], tiers=HONEY.tiers, minimum=40)
    check_reachable(stocks=[5])
    with pytest.raises(TierAboveStock):
        check_reachable(stocks=[20, 9], tiers=HONEY.tiers)
    with pytest.raises(MinimumAboveStock):
        check_reachable(stocks=[20], minimum=21)


def test_minimum_and_limit_mean_something() -> None:
    assert (checked_minimum(2), checked_limit(1)) == (2, 1)
    for quantity in (1, 0, 1_000_001):
        with pytest.raises(MinimumUnreadable):
            checked_minimum(quantity)
    with pytest.raises(LimitUnreadable):
        checked_limit(0)


@given(terms())
def test_terms_come_back_from_their_document(some: Terms) -> None:
    assert Terms.read(some.document()) == some


@given(terms(), st.integers(0, 60), st.integers(0, 60))
def test_a_price_only_falls(some: Terms, quantity: int, more: int) -> None:
    assert some.price_at(quantity + more) <= some.price_at(quantity) <= some.price_amount


@given(terms(), st.integers(0, 60))
def test_the_next_step_is_where_the_price_falls(some: Terms, quantity: int) -> None:
    step = some.next_after(quantity)
    if step is not None:
        assert some.price_at(quantity + step.missing) == step.unit_amount
        assert some.price_at(quantity + step.missing - 1) == some.price_at(quantity)


@given(terms(), terms())
def test_never_dearer_means_at_no_quantity(one: Terms, other: Terms) -> None:
    everywhere = all(one.price_at(quantity) <= other.price_at(quantity) for quantity in range(1, 60))
    assert one.never_dearer_than(other) == everywhere


@given(terms(), terms(), st.integers(0, 60))
def test_who_keeps_older_terms_pays_what_is_less(new: Terms, kept: Terms, quantity: int) -> None:
    price = own_price(new, kept, quantity)
    assert price == min(new.price_at(quantity), kept.price_at(quantity))
    assert own_price(new, None, quantity) == new.price_at(quantity)


def test_a_pick_below_its_minimum_fails() -> None:
    assert ending(HONEY, quantity=9, minimum=10).fails
    assert not ending(HONEY, quantity=10, minimum=10).fails
    assert not ending(HONEY, quantity=0).fails


def test_what_has_gone_ahead_in_one_group_goes_ahead_in_all_at_the_best_price() -> None:
    end = ending(HONEY, quantity=9, minimum=10, earlier=[1190])
    assert (end.fails, end.unit_amount) == (False, 1190)
    assert ending(HONEY, quantity=30, earlier=[1190]).unit_amount == 990


def test_a_tier_is_a_pair() -> None:
    assert HONEY.tiers == (TierPrice(10, 1190), TierPrice(30, 990))
