"""Who earns by an order, from what amount, how it is split, and within which bounds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.money import WHOLE_BPS, share
from bot.rules.commissions import (
    Base,
    Earner,
    base,
    due_at,
    earners,
    month_of,
    next_notice,
    split,
    standing,
    within,
)
from storage.repositories.commissions import Opening
from storage.repositories.payments import OrderMoney
from storage.states import (
    CommissionState,
    FulfilmentState,
    OrderState,
    PaymentState,
    TouchSource,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BUYER, ANN, BEN, CEM, DAN = range(1, 6)
PEOPLE = st.one_of(st.none(), st.integers(1, 5))
AMOUNTS = st.integers(0, 10**9)


def opening(**known: Any) -> Opening:
    """An order that nobody recommended, in a group that pays 10 % and 2 %."""
    fields = {
        "order_id": 1, "buyer_id": BUYER, "recommender_id": None, "group_id": 1, "currency": "EUR",
        "first_bps": 1000, "second_bps": 200, "inviter_recommends": True, "order_cap_amount": None,
        "return_days": 7, "inviter_id": None, "above_recommender_id": None, "above_inviter_id": None,
    }  # fmt: skip
    return Opening(**{**fields, **known})


def money(**known: Any) -> OrderMoney:
    """An order of 100.00 that is completed and paid."""
    fields = {
        "order_id": 1, "number": 1, "group_id": 1, "pick_id": 1, "person_id": BUYER, "currency": "EUR",
        "order_state": OrderState.COMPLETED, "payment_state": PaymentState.PAID,
        "fulfilment_state": FulfilmentState.HANDED_OVER, "lines_amount": 10_000, "received_amount": 10_000,
        "claimed_amount": 0, "refunded_amount": 0, "refund_due_amount": 0, "goodwill_amount": 0,
        "is_tracked": True, "fee_amount": 0, "discount_amount": 0,
    }  # fmt: skip
    return OrderMoney(**{**fields, **known})


@pytest.mark.parametrize(
    ("known", "barred", "found"),
    [
        ({}, (), []),
        ({"inviter_id": ANN}, (), [(1, ANN, "invited", 1000)]),
        ({"inviter_id": ANN, "inviter_recommends": False}, (), []),
        (
            {"inviter_id": ANN, "above_inviter_id": BEN},
            (),
            [(1, ANN, "invited", 1000), (2, BEN, "invited", 200)],
        ),
        (
            {"recommender_id": CEM, "above_recommender_id": DAN, "inviter_id": ANN, "above_inviter_id": BEN},
            (),
            [(1, CEM, "said", 1000), (2, DAN, "invited", 200)],
        ),
        ({"recommender_id": CEM, "above_recommender_id": BUYER}, (), [(1, CEM, "said", 1000)]),
        ({"recommender_id": CEM, "inviter_id": ANN}, (CEM,), []),
        ({"recommender_id": CEM, "above_recommender_id": DAN}, (CEM,), []),
        ({"recommender_id": CEM, "above_recommender_id": DAN}, (DAN,), [(1, CEM, "said", 1000)]),
        ({"recommender_id": CEM, "above_recommender_id": DAN, "second_bps": 0}, (), [(1, CEM, "said", 1000)]),
        (
            {"recommender_id": CEM, "above_recommender_id": DAN, "first_bps": 0},
            (),
            [(2, DAN, "invited", 200)],
        ),
    ],
)
def test_who_earns(known: dict[str, Any], barred: Sequence[int], found: list[Any]) -> None:
    told = TouchSource.SAID if "recommender_id" in known else None
    assert earners(opening(**known), told, barred=barred) == found


@given(PEOPLE, PEOPLE, PEOPLE, PEOPLE, st.booleans(), st.sets(st.integers(1, 5)))
def test_no_order_earns_its_own_buyer_nor_anybody_twice(
    told: int | None, above: int | None, inviter: int | None, over: int | None, counts: bool, barred: set[int]
) -> None:
    order = opening(
        recommender_id=told, above_recommender_id=above, inviter_id=inviter, above_inviter_id=over,
        inviter_recommends=counts,
    )  # fmt: skip
    found = earners(order, TouchSource.OPENED if told else None, barred=barred)
    people = [earner.person_id for earner in found]
    assert not {BUYER, *barred} & set(people)
    assert len(people) == len(set(people)) <= 2
    assert all(isinstance(earner, Earner) and earner.bps > 0 for earner in found)
    if told is None and not counts:
        assert found == []


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({}, (CommissionState.ACCRUED, 10_000, 10_000)),
        ({"order_state": OrderState.PLACED}, (CommissionState.EXPECTED, 10_000, 0)),
        ({"order_state": OrderState.CONFIRMED}, (CommissionState.EXPECTED, 10_000, 0)),
        ({"order_state": OrderState.CANCELLED}, (CommissionState.VOID, 0, 0)),
        ({"fulfilment_state": FulfilmentState.RETURNED}, (CommissionState.VOID, 0, 0)),
        ({"received_amount": 0}, (CommissionState.EXPECTED, 10_000, 0)),
        ({"received_amount": 4_000}, (CommissionState.ACCRUED, 10_000, 4_000)),
        ({"received_amount": 14_000, "refund_due_amount": 4_000}, (CommissionState.ACCRUED, 10_000, 10_000)),
        ({"received_amount": 14_000}, (CommissionState.ACCRUED, 10_000, 10_000)),
        ({"discount_amount": 1_500, "received_amount": 8_500}, (CommissionState.ACCRUED, 8_500, 8_500)),
        ({"fee_amount": 300, "received_amount": 10_300}, (CommissionState.ACCRUED, 10_000, 10_000)),
        ({"fee_amount": 300}, (CommissionState.ACCRUED, 10_000, 9_700)),
        ({"goodwill_amount": 2_500, "refunded_amount": 2_500}, (CommissionState.ACCRUED, 7_500, 7_500)),
        ({"goodwill_amount": 10_000, "refunded_amount": 10_000}, (CommissionState.VOID, 0, 0)),
        ({"is_tracked": False, "received_amount": 0}, (CommissionState.ACCRUED, 10_000, 10_000)),
        ({"is_tracked": False, "received_amount": 4_000}, (CommissionState.ACCRUED, 10_000, 4_000)),
        ({"order_state": OrderState.NEEDS_REVIEW}, None),
    ],
)
def test_from_what_it_is_reckoned(known: dict[str, Any], found: tuple[Any, ...] | None) -> None:
    assert base(money(**known)) == found


def test_a_promotion_that_pays_none_pays_none() -> None:
    assert base(money(), pays_none=True) == Base(CommissionState.VOID, 0, 0)


@st.composite
def rates(draw: st.DrawFn) -> list[int]:
    first = draw(st.integers(1, WHOLE_BPS))
    return draw(st.sampled_from([[first], [first, draw(st.integers(1, max(1, WHOLE_BPS - first)))]]))


CAPS = st.one_of(st.none(), AMOUNTS)


@given(AMOUNTS, rates(), CAPS)
def test_splits_sum_exactly(amount: int, bps: list[int], cap: int | None) -> None:
    if sum(bps) > WHOLE_BPS:
        bps = bps[:1]
    parts = split(amount, bps, cap_amount=cap)
    whole = share(amount, sum(bps))
    assert sum(parts) == (whole if cap is None else min(whole, cap))
    assert len(parts) == len(bps)
    assert all(0 <= part <= -(-amount * rate // WHOLE_BPS) for part, rate in zip(parts, bps, strict=True))


@given(AMOUNTS, AMOUNTS, rates(), CAPS)
def test_a_reversal_mirrors_its_accrual(amount: int, back: int, bps: list[int], cap: int | None) -> None:
    """What is left after a refund is what a smaller order would have earned, and never more than before."""
    if sum(bps) > WHOLE_BPS:
        bps = bps[:1]
    left = max(0, amount - back)
    before, after = split(amount, bps, cap_amount=cap), split(left, bps, cap_amount=cap)
    taken = [b - a for b, a in zip(before, after, strict=True)]
    assert all(part >= 0 for part in taken)
    assert sum(taken) == sum(before) - sum(after)
    assert split(0, bps, cap_amount=cap) == (0,) * len(bps)


@given(st.lists(st.tuples(AMOUNTS, st.integers(0, 5)), max_size=30), AMOUNTS, AMOUNTS)
def test_bounds_are_never_passed(steps: list[tuple[int, int]], month: int, pair: int) -> None:
    accrued = [0] * 6
    for amount, which in steps:
        others = sum(accrued) - accrued[which]
        accrued[which] = within(
            amount, accrued_amount=accrued[which], rooms=(month - others, None, pair - others)
        )
        assert 0 <= accrued[which] <= amount
        assert sum(accrued) <= min(month, pair)


def test_a_bound_that_comes_later_takes_nothing_back() -> None:
    assert within(500, accrued_amount=300, rooms=(100,)) == 300
    assert within(200, accrued_amount=300, rooms=(100,)) == 200
    assert within(500, accrued_amount=300, rooms=(-50,)) == 300
    assert within(500, accrued_amount=0, rooms=(-50,)) == 0
    assert within(500, accrued_amount=0, rooms=(None, None)) == 500


@dataclass(frozen=True, kw_only=True)
class Known:
    """A commission as it was reckoned last."""

    state: CommissionState = CommissionState.EXPECTED
    accrued_amount: int = 0
    due_at: datetime | None = None
    released_at: datetime | None = None
    return_days: int = 7
    completed_at: datetime | None = NOON
    is_barred: bool = False


def test_it_accrues_is_due_after_the_return_window_and_stays_so() -> None:
    def reckoned(known: Known, amount: int, state: CommissionState = CommissionState.ACCRUED) -> Any:
        return standing(known, state, expected_amount=amount, earned_amount=amount, now=NOON)

    due = NOON + timedelta(days=8)
    assert due_at(NOON, return_days=7) == due
    assert due_at(NOON, return_days=0) == NOON + timedelta(days=1)
    assert reckoned(Known(), 50) == (CommissionState.ACCRUED, 50, 50, NOON, due, None)
    released = Known(state=CommissionState.DUE, accrued_amount=50, due_at=due, released_at=due)
    assert reckoned(released, 30) == (CommissionState.DUE, 30, 30, NOON, due, due)
    # Handed over anew: the window begins anew.
    later = replace(released, completed_at=NOON + timedelta(days=3))
    assert reckoned(later, 50)[0] is CommissionState.ACCRUED
    assert reckoned(released, 0, CommissionState.VOID) == (CommissionState.VOID, 0, 0, None, None, None)
    assert reckoned(replace(released, is_barred=True), 80) == reckoned(released, 50)
    assert reckoned(replace(released, is_barred=True), 20) == reckoned(released, 20)
    assert reckoned(Known(is_barred=True), 50) == (CommissionState.VOID, 0, 0, None, None, None)


@pytest.mark.parametrize(
    ("moment", "zone", "begins", "ends"),
    [
        ("2026-03-31T22:30", "Europe/Berlin", "2026-03-31T22:00", "2026-04-30T22:00"),
        ("2026-12-31T23:30", "UTC", "2026-12-01T00:00", "2027-01-01T00:00"),
        ("2026-01-01T00:00", "Asia/Shanghai", "2025-12-31T16:00", "2026-01-31T16:00"),
    ],
)
def test_a_month_is_that_of_the_group(moment: str, zone: str, begins: str, ends: str) -> None:
    found = month_of(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone)
    assert [each.strftime("%Y-%m-%dT%H:%M") for each in found] == [begins, ends]


def test_earners_are_told_in_the_evening() -> None:
    assert next_notice(NOON, "Europe/Berlin") == datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert next_notice(NOON + timedelta(hours=5), "Europe/Berlin") == datetime(2026, 3, 3, 17, tzinfo=UTC)
