"""Who is asked to pay at once, what is kept for her meanwhile, and what is left when she does not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.holds import (
    Held,
    asks_at_once,
    comes_back,
    falls_back_to,
    hold_after,
    kept_of,
    whole_minutes,
)
from storage.states import PaymentMethod, PaysWhen

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOON = NOON + timedelta(minutes=10)
LATER = NOON + timedelta(minutes=15)
NOW, AFTER_CLOSE = PaysWhen.NOW, PaysWhen.AFTER_CLOSE
CASH, TRANSFER, CREDIT = PaymentMethod.CASH, PaymentMethod.TRANSFER, PaymentMethod.CREDIT

quantities = st.dictionaries(st.integers(1, 4), st.integers(1, 9), max_size=4)


@pytest.mark.parametrize(
    ("pick", "group", "can_fall", "ways", "named", "asked"),
    [
        (None, NOW, False, [TRANSFER], None, True),
        (None, AFTER_CLOSE, False, [TRANSFER], None, False),
        (NOW, AFTER_CLOSE, False, [TRANSFER], None, True),
        (AFTER_CLOSE, NOW, False, [TRANSFER], None, False),
        # A price that can fall is waited for, unless the pick itself says otherwise.
        (None, NOW, True, [TRANSFER], None, False),
        (NOW, NOW, True, [TRANSFER], None, True),
        # Nobody can be asked to pay at once in cash, nor out of credit that few have.
        (None, NOW, False, [], None, False),
        (None, NOW, False, [CASH, CREDIT], None, False),
        (NOW, NOW, False, [CASH, TRANSFER], ["cash"], False),
        (NOW, NOW, False, [CASH, TRANSFER], ["transfer"], True),
    ],
)
def test_who_is_asked_to_pay_at_once(
    pick: PaysWhen | None,
    group: PaysWhen,
    can_fall: bool,
    ways: list[PaymentMethod],
    named: list[str] | None,
    asked: bool,
) -> None:
    assert asked == asks_at_once(
        pick=pick, group=group, price_can_fall=can_fall, group_ways=ways, named=named
    )


def test_a_first_order_is_held_whole() -> None:
    held = hold_after(before={}, lines={1: 2}, earlier=None, to_come_amount=200, until=SOON)
    assert held == Held({}, SOON)


def test_what_is_paid_for_needs_no_hold() -> None:
    assert hold_after(before={}, lines={1: 2}, earlier=None, to_come_amount=0, until=SOON) is None


def test_more_is_held_upon_what_is_paid_for() -> None:
    held = hold_after(before={1: 2}, lines={1: 3}, earlier=None, to_come_amount=100, until=SOON)
    assert held == Held({1: 2}, SOON)


def test_a_further_change_prolongs_nothing() -> None:
    earlier = Held({1: 1}, SOON)
    held = hold_after(before={1: 2}, lines={1: 5}, earlier=earlier, to_come_amount=400, until=LATER)
    assert held == Held({1: 1}, SOON)


def test_whoever_cancels_and_orders_again_has_her_whole_time() -> None:
    stale = Held({1: 1}, SOON)
    held = hold_after(before={}, lines={1: 1}, earlier=stale, to_come_amount=100, until=LATER)
    assert held == Held({}, LATER)


def test_fewer_than_are_paid_for_need_no_hold() -> None:
    earlier = Held({1: 2}, SOON)
    assert hold_after(before={1: 3}, lines={1: 2}, earlier=earlier, to_come_amount=0, until=LATER) is None
    assert hold_after(before={1: 3}, lines={}, earlier=earlier, to_come_amount=0, until=LATER) is None


def test_an_order_from_before_the_rule_is_not_held() -> None:
    """It was placed to be paid later, and fewer of it are not more."""
    assert hold_after(before={1: 3}, lines={1: 2}, earlier=None, to_come_amount=200, until=SOON) is None
    more = hold_after(before={1: 3}, lines={1: 4}, earlier=None, to_come_amount=400, until=SOON)
    assert more == Held({1: 3}, SOON)


def test_another_kind_is_as_good_as_paid_for() -> None:
    assert kept_of({1: 2}, {1: 1, 2: 3}) == {1: 1, 2: 1}
    assert kept_of({1: 2}, {2: 3}) == {2: 2}


@given(keeps=quantities, lines=quantities, paid_quantity=st.integers(0, 40))
def test_no_more_stays_than_was_ordered_and_no_less_than_is_paid_for(
    keeps: dict[int, int], lines: dict[int, int], paid_quantity: int
) -> None:
    kept = falls_back_to(Held(keeps, SOON), lines, paid_quantity=paid_quantity)
    assert all(0 < count <= lines[key] for key, count in kept.items())
    assert sum(kept.values()) == min(sum(lines.values()), max(paid_quantity, sum(keeps.values())))


@given(lapsed=quantities, paid_quantity=st.integers(0, 40))
def test_as_much_comes_back_as_was_paid_for(lapsed: dict[int, int], paid_quantity: int) -> None:
    back = comes_back(lapsed, paid_quantity=paid_quantity)
    assert all(0 < count <= lapsed[key] for key, count in back.items())
    assert sum(back.values()) == min(sum(lapsed.values()), paid_quantity)


def test_minutes_are_never_promised_that_are_not_there() -> None:
    assert whole_minutes(SOON, now=NOON) == 10
    assert whole_minutes(SOON, now=NOON + timedelta(seconds=1)) == 9
    assert whole_minutes(SOON, now=SOON - timedelta(seconds=59)) == 0
    assert whole_minutes(SOON, now=LATER) == 0


def test_more_that_is_paid_for_already_needs_no_hold() -> None:
    assert hold_after(before={1: 1}, lines={1: 2}, earlier=None, to_come_amount=0, until=SOON) is None
