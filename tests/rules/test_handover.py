"""Codes, order numbers, and when an order may change hands."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import errors, handover_errors
from bot.rules.handover import (
    Standing,
    check_may_be_handed_over,
    check_may_be_returned,
    check_may_be_taken_back,
    check_may_move,
    code_link,
    is_code,
    is_order_number,
    new_code,
    read_code,
    read_order_number,
    shown_code,
)
from storage.states import FulfilmentState, OrderState, PickState

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def standing(
    state: OrderState,
    fulfilment: FulfilmentState = FulfilmentState.WAITING,
    *,
    pick_state: PickState = PickState.LIVE,
) -> Standing:
    fetched = fulfilment is FulfilmentState.HANDED_OVER
    return Standing(
        number=12,
        pick_number=3,
        pick_state=pick_state,
        state=state,
        fulfilment=fulfilment,
        handed_over_at=NOW if fetched else None,
        handed_over_by="Mei" if fetched else "",
    )


def test_a_code_reads_back_however_it_is_typed() -> None:
    code = new_code()
    first, second = shown_code(code).split("-")
    for typed in (
        code,
        code.lower(),
        shown_code(code),
        f" {first} {second}\n",
        f"{first}–{second}".replace("–", "-"),
    ):
        assert read_code(typed) == code
    assert len(code_link(code)) <= 64


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(2000)}) == 2000


@pytest.mark.parametrize(
    "text", ["", "12", "AAAAABBBB", "AAAAABBBBBB", "AAAAABBBB0", "AAAAA_BBBBÉ", "x" * 5000]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    assert not is_code(text)
    with pytest.raises(handover_errors.CodeUnknown):
        read_code(text)


@given(st.text(max_size=30))
def test_whatever_is_typed_does_no_harm(text: str) -> None:
    is_code(text)
    if is_order_number(text):
        assert read_order_number(text) >= 0


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("#12", 12), (" 012 ", 12), ("１２", 12)])
def test_order_numbers_are_read(text: str, number: int) -> None:
    assert read_order_number(text) == number


@pytest.mark.parametrize("text", ["", "twelve", "-1", "1.5", "1" * 10, "12 13"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert not is_order_number(text)
    with pytest.raises(handover_errors.OrderNumberMissing):
        read_order_number(text)


@pytest.mark.parametrize("fulfilment", [FulfilmentState.WAITING, FulfilmentState.READY])
def test_a_confirmed_order_may_be_handed_over(fulfilment: FulfilmentState) -> None:
    check_may_be_handed_over(standing(OrderState.CONFIRMED, fulfilment))


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (standing(OrderState.CANCELLED), handover_errors.OrderIsCancelled),
        (standing(OrderState.PLACED), handover_errors.PickStillOpen),
        (standing(OrderState.PLACED, pick_state=PickState.CLOSED), handover_errors.OrderStillHeld),
        (standing(OrderState.NEEDS_REVIEW), handover_errors.OrderInReview),
        (standing(OrderState.COMPLETED, FulfilmentState.HANDED_OVER), handover_errors.HandedOverAlready),
        (standing(OrderState.COMPLETED, FulfilmentState.RETURNED), handover_errors.CameBackAlready),
    ],
)
def test_any_other_order_may_not(order: Standing, error: type[errors.ShopError]) -> None:
    with pytest.raises(error):
        check_may_be_handed_over(order)


@pytest.mark.parametrize("check", [check_may_be_taken_back, check_may_be_returned])
def test_only_what_was_handed_over_is_taken_back_or_comes_back(check: Callable[[Standing], None]) -> None:
    check(standing(OrderState.COMPLETED, FulfilmentState.HANDED_OVER))
    for fulfilment in (FulfilmentState.WAITING, FulfilmentState.READY):
        with pytest.raises(handover_errors.NotHandedOver):
            check(standing(OrderState.CONFIRMED, fulfilment))
    with pytest.raises(handover_errors.CameBackAlready):
        check(standing(OrderState.COMPLETED, FulfilmentState.RETURNED))
    with pytest.raises(handover_errors.OrderInReview):
        check(standing(OrderState.NEEDS_REVIEW, FulfilmentState.HANDED_OVER))


def test_where_to_fetch_can_be_changed_until_it_is_fetched() -> None:
    check_may_move(standing(OrderState.PLACED))
    check_may_move(standing(OrderState.CONFIRMED, FulfilmentState.READY))
    with pytest.raises(handover_errors.OrderIsCancelled):
        check_may_move(standing(OrderState.CANCELLED))
    for fulfilment in (FulfilmentState.HANDED_OVER, FulfilmentState.RETURNED):
        with pytest.raises(handover_errors.GoodsFetched):
            check_may_move(standing(OrderState.COMPLETED, fulfilment))
