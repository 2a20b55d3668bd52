"""What promotions take off: exact, bounded, never more on a lower price."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.promotions import (
    Basket,
    BasketLine,
    Chance,
    Held,
    Obstacle,
    Quote,
    kept_at,
    left_of,
    quote,
    why_not_in_force,
)
from storage.states import PromotionKind, PromotionState

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
PERCENT, AMOUNT, FLASH, PACK, PICKUP, FRIEND = (
    PromotionKind.PERCENT,
    PromotionKind.AMOUNT,
    PromotionKind.FLASH_PRICE,
    PromotionKind.BUY_N_PAY_M,
    PromotionKind.FREE_PICKUP,
    PromotionKind.FRIEND,
)


@dataclass(frozen=True, kw_only=True)
class Terms:
    kind: PromotionKind = PERCENT
    state: PromotionState = PromotionState.ACTIVE
    currency: str = "EUR"
    bps: int | None = 1000
    amount: int | None = 150
    unit_amount: int | None = 700
    buy_quantity: int | None = 3
    pay_quantity: int | None = 2
    by_coupon: bool = False
    first_order_only: bool = False
    minimum_amount: int | None = None
    minimum_quantity: int | None = None
    stacks: bool = False
    starts_at: datetime = NOW - timedelta(days=1)
    ends_at: datetime | None = NOW + timedelta(days=1)
    budget_amount: int | None = None
    uses_limit: int | None = None
    uses_per_person: int | None = None
    quantity_limit: int | None = None
    used_count: int = 0
    used_quantity: int = 0
    spent_amount: int = 0


def basket(quantity: int = 2, unit_amount: int = 1000, **more: object) -> Basket:
    lines = (BasketLine(quantity, unit_amount),) if quantity else ()
    return Basket(**{"currency": "EUR", "offer_id": 1, "lines": lines, "is_first": True, **more})  # type: ignore[arg-type]


def chance(promotion_id: int = 1, *, terms: Terms | None = None, **more: object) -> Chance:
    return Chance(promotion_id=promotion_id, rule=terms or Terms(), **more)  # type: ignore[arg-type]


def off(quoted: Quote) -> dict[int, int]:
    return {one.promotion_id: one.amount for one in quoted.discounts}


@pytest.mark.parametrize(
    ("terms", "quantity", "unit", "amount"),
    [
        (Terms(), 1, 1005, 100),  # a tenth of 10.05, rounded for the group
        (Terms(bps=10_000), 2, 999, 1998),
        (Terms(kind=AMOUNT), 2, 1000, 150),
        (Terms(kind=AMOUNT, amount=5000), 2, 1000, 2000),  # never below nothing
        (Terms(kind=FLASH), 2, 1000, 600),
        (Terms(kind=FLASH), 2, 650, 0),  # it is cheaper by itself
        (Terms(kind=FLASH, quantity_limit=10, used_quantity=9), 3, 1000, 300),
        (Terms(kind=PACK), 2, 1000, 0),
        (Terms(kind=PACK), 7, 1000, 2000),
        (Terms(kind=FRIEND), 2, 1000, 0),  # that is no discount on an order
        (Terms(budget_amount=500, spent_amount=450), 2, 1000, 50),  # what is left of it
        (Terms(budget_amount=500, spent_amount=500), 2, 1000, 0),
        (Terms(currency="USD"), 2, 1000, 0),
        (Terms(), 0, 1000, 0),
    ],
)
def test_each_kind_takes_off_what_it_says(terms: Terms, quantity: int, unit: int, amount: int) -> None:
    quoted = quote(basket(quantity, unit), [chance(terms=terms)], now=NOW)
    assert quoted.discount_amount == amount
    assert quoted.total_amount == quantity * unit - amount


def test_free_pickup_takes_the_fee_and_nothing_else() -> None:
    free = Terms(kind=PICKUP)
    assert off(quote(basket(fee_amount=300), [chance(terms=free)], now=NOW)) == {1: 300}
    assert off(quote(basket(), [chance(terms=free)], now=NOW)) == {}
    named = chance(terms=free, points=frozenset({7}))
    assert off(quote(basket(fee_amount=300, point_id=7), [named], now=NOW)) == {1: 300}
    elsewhere = quote(basket(fee_amount=300, point_id=8), [named], now=NOW)
    assert elsewhere.obstacles == {1: Obstacle.ELSEWHERE}
    both = [chance(terms=replace(free, stacks=True)), chance(2, terms=Terms(bps=10_000, stacks=True))]
    assert quote(basket(fee_amount=300), both, now=NOW).total_amount == 0


@pytest.mark.parametrize(
    ("terms", "more", "obstacle"),
    [
        (Terms(state=PromotionState.DRAFT), {}, Obstacle.NOT_YET),
        (Terms(starts_at=NOW + timedelta(seconds=1)), {}, Obstacle.NOT_YET),
        (Terms(state=PromotionState.PAUSED), {}, Obstacle.PAUSED),
        (Terms(state=PromotionState.ENDED), {}, Obstacle.OVER),
        (Terms(ends_at=NOW), {}, Obstacle.OVER),
        (Terms(uses_limit=3, used_count=3), {}, Obstacle.USED_UP),
        (Terms(by_coupon=True), {}, Obstacle.NO_CODE),
        (Terms(uses_per_person=1), {"used_by_person": 1}, Obstacle.USED_BY_PERSON),
        (Terms(minimum_quantity=3), {}, Obstacle.TOO_FEW),
        (Terms(minimum_amount=2001), {}, Obstacle.TOO_LITTLE),
        (Terms(), {"offers": frozenset({2})}, Obstacle.ELSEWHERE),
        (Terms(), {"takes_new": False}, Obstacle.OVER),
    ],
)
def test_what_does_nothing_says_why(terms: Terms, more: dict[str, object], obstacle: Obstacle) -> None:
    quoted = quote(basket(), [replace(chance(terms=terms), **more)], now=NOW)  # type: ignore[arg-type]
    assert (quoted.discounts, quoted.obstacles) == ((), {1: obstacle})


def test_only_a_first_order_is_a_first_order() -> None:
    first = chance(terms=Terms(first_order_only=True))
    assert off(quote(basket(), [first], now=NOW)) == {1: 200}
    assert quote(basket(is_first=False), [first], now=NOW).obstacles == {1: Obstacle.NOT_FIRST}
    held = replace(first, held=Held(200, 0, None))
    assert off(quote(basket(is_first=False), [held], now=NOW)) == {1: 200}


def test_the_best_counts_unless_joining_gives_more() -> None:
    alone, joins, too = (
        chance(1, terms=Terms(kind=AMOUNT, amount=250)),
        chance(2, terms=Terms(stacks=True)),
        chance(3, terms=Terms(kind=AMOUNT, amount=100, stacks=True)),
    )
    assert off(quote(basket(), [alone, joins], now=NOW)) == {1: 250}
    assert off(quote(basket(), [alone, joins, too], now=NOW)) == {2: 200, 3: 100}
    assert quote(basket(), [alone, joins], now=NOW).obstacles == {2: Obstacle.BETTER_ONE}


def test_of_equals_a_code_is_saved_and_what_is_had_is_kept() -> None:
    coded = chance(1, terms=Terms(by_coupon=True), coupon_id=5)
    assert off(quote(basket(), [coded, chance(2)], now=NOW)) == {2: 200}
    held = chance(3, held=Held(200, 0, None))
    assert off(quote(basket(), [chance(2), held], now=NOW)) == {3: 200}


@pytest.mark.parametrize(
    "met",
    [
        chance(terms=Terms(ends_at=NOW)),
        chance(terms=Terms(state=PromotionState.ENDED)),
        chance(terms=Terms(by_coupon=True)),
        chance(offers=frozenset({2})),
        chance(takes_new=False),
    ],
)
def test_what_an_order_has_it_keeps_and_no_more(met: Chance) -> None:
    has = replace(met, held=Held(200, 0, 9))
    assert off(quote(basket(9), [has], now=NOW)) == {1: 200}
    assert off(quote(basket(1), [has], now=NOW)) == {1: 100}


def test_what_is_left_counts_what_the_order_has_itself() -> None:
    used = Terms(uses_limit=1, used_count=1, budget_amount=200, spent_amount=200)
    assert left_of(used).is_used_up
    assert why_not_in_force(used, now=NOW) is Obstacle.USED_UP
    assert off(quote(basket(3), [chance(terms=used, held=Held(200, 0, None))], now=NOW)) == {1: 200}


def test_a_price_that_fell_keeps_what_still_fits() -> None:
    @dataclass(frozen=True)
    class Had:
        rule: Terms
        amount: int
        quantity: int = 0
        coupon_id: int | None = None

    had = [Had(Terms(minimum_amount=2000), 200)]
    assert kept_at(had, [(2, 600)], full_amount=1000, fee_amount=0) == (120,)
    assert kept_at(had, [(1, 600)], full_amount=1000, fee_amount=0) == (0,)
    assert kept_at([], [(1, 600)], full_amount=1000, fee_amount=0) == ()


amounts = st.integers(0, 3000)
terms_of_any_kind = st.builds(
    Terms,
    kind=st.sampled_from([PERCENT, AMOUNT, FLASH, PACK, PICKUP]),
    bps=st.integers(1, 10_000),
    amount=st.integers(1, 5000),
    unit_amount=st.integers(1, 2000),
    buy_quantity=st.integers(2, 5),
    pay_quantity=st.integers(1, 1),
    stacks=st.booleans(),
    minimum_amount=st.none() | amounts,
    budget_amount=st.none() | amounts,
    quantity_limit=st.none() | st.integers(0, 6),
)
baskets = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 3000)), max_size=3)


@given(st.lists(terms_of_any_kind, max_size=4), baskets, st.integers(0, 500), st.integers(0, 100))
def test_a_lower_price_never_costs_more_nor_is_given_more(
    rules: list[Terms], lines: list[tuple[int, int]], fee: int, percent: int
) -> None:
    chances = [chance(key, terms=rule) for key, rule in enumerate(rules)]
    full = max((unit for _, unit in lines), default=0)

    def at(percent: int) -> Quote:
        shown = tuple(BasketLine(n, unit * percent // 100) for n, unit in lines)
        return quote(basket(lines=shown, full_amount=full, fee_amount=fee), chances, now=NOW)

    whole = basket(lines=tuple(BasketLine(*line) for line in lines), full_amount=full, fee_amount=fee)
    high, low = at(100), at(percent)
    assert low.total_amount <= high.total_amount
    assert low.discount_amount <= high.discount_amount
    for quoted in (high, low):
        assert 0 <= quoted.total_amount <= quoted.lines_amount + quoted.fee_amount
        alone = [quote(whole, [one], now=NOW).discount_amount for one in chances]
        assert high.discount_amount >= max(alone, default=0)
        for one in quoted.discounts:
            left = left_of(rules[one.promotion_id])
            assert one.amount > 0
            assert left.amount is None or one.amount <= left.amount
            assert left.pieces is None or one.quantity <= left.pieces
