"""How much can go back, and what people type about it."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ShopError
from bot.money import Money
from bot.payment_errors import (
    CreditReasonMissing,
    CreditUnreadable,
    NoteTooLong,
    NothingLeftToGiveBack,
    NothingWasPaid,
    RefundAmountUnreadable,
    RefundInAnotherCurrency,
    RefundTooLarge,
    RefundUnreadable,
)
from bot.rules.refunds import (
    LONGEST_NOTE,
    Wish,
    check_goodwill,
    most_to_give,
    read_credit,
    read_credit_wish,
    read_note,
    read_refund,
    read_wish,
)
from storage.states import FulfilmentState, OrderState


class Facts(NamedTuple):
    """An order's money, in cents."""

    received_amount: int = 0
    refunded_amount: int = 0
    refund_due_amount: int = 0
    order_state: OrderState = OrderState.CONFIRMED
    fulfilment_state: FulfilmentState = FulfilmentState.READY
    lines_amount: int = 0
    fee_amount: int = 0
    discount_amount: int = 0
    claimed_amount: int = 0
    goodwill_amount: int = 0


def euros(amount: int) -> Money:
    return Money(amount=amount, currency="EUR")


@pytest.mark.parametrize(
    ("facts", "most"),
    [
        (Facts(), 0),
        (Facts(received_amount=1000), 1000),
        (Facts(received_amount=1000, refunded_amount=300), 700),
        (Facts(received_amount=1000, refund_due_amount=300), 700),
        (Facts(received_amount=1000, refunded_amount=600, refund_due_amount=400), 0),
        (Facts(received_amount=1000, refunded_amount=900, refund_due_amount=400), 0),
    ],
)
def test_what_is_left_can_go_back(facts: Facts, most: int) -> None:
    assert most_to_give(facts) == most


def test_no_more_than_is_left_and_no_less_than_something_goes_back() -> None:
    facts = Facts(received_amount=1000, refund_due_amount=300)
    for amount in (1, 700):
        check_goodwill(facts, amount, number=3, currency="EUR")
    for amount in (-1, 0, 701):
        with pytest.raises(RefundTooLarge) as refused:
            check_goodwill(facts, amount, number=3, currency="EUR")
        assert (refused.value.number, refused.value.most) == (3, euros(700))
    with pytest.raises(NothingWasPaid):
        check_goodwill(Facts(), 1, number=3, currency="EUR")
    with pytest.raises(NothingLeftToGiveBack):
        check_goodwill(Facts(received_amount=5, refunded_amount=5), 1, number=3, currency="EUR")


@given(
    st.integers(1, 10**9),
    st.lists(st.integers(-5, 10**9), max_size=12),
)
def test_parts_never_add_up_to_more_than_was_paid(paid: int, wanted: list[int]) -> None:
    back = 0
    for amount in wanted:
        try:
            check_goodwill(
                Facts(received_amount=paid, refund_due_amount=back), amount, number=1, currency="EUR"
            )
        except ShopError:
            continue
        back += amount
    assert 0 <= back <= paid


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1 12 3.00 broken jar", (1, 12, "3.00 broken jar")),
        ("#1 #12", (1, 12, "")),
        ("  7   8  why ", (7, 8, "why")),
    ],
)
def test_the_command_names_a_pick_and_an_order(typed: str, read: tuple[int, int, str]) -> None:
    assert read_refund(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "1", "honey", "1 honey", "1 -2", "1 2x", "1" * 10 + " 1", "1 3.00 jar"]
)
def test_what_names_none_is_refused(typed: str) -> None:
    with pytest.raises(RefundUnreadable):
        read_refund(typed)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", Wish(None, "")),
        ("broken jar", Wish(None, "broken jar")),
        ("3.00 broken jar", Wish(euros(300), "broken jar")),
        ("3,00", Wish(euros(300), "")),
        ("€3\ntwo\njars", Wish(euros(300), "two jars")),
    ],
)
def test_an_amount_and_a_reason(typed: str, wish: Wish) -> None:
    assert read_wish(typed, "EUR") == wish


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("0 jar", RefundAmountUnreadable),
        ("-3 jar", RefundAmountUnreadable),
        ("+3 jar", RefundAmountUnreadable),
        ("3.001 jar", RefundAmountUnreadable),
        ("3x jar", RefundAmountUnreadable),
        ("$3 jar", RefundInAnotherCurrency),
        ("3.00 " + "x" * (LONGEST_NOTE + 1), NoteTooLong),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, error: type[ShopError]) -> None:
    with pytest.raises(error):
        read_wish(typed, "EUR")


def test_yen_have_no_decimals_and_dinars_three() -> None:
    assert read_wish("300", "JPY").money == Money(amount=300, currency="JPY")
    assert read_wish("1.250", "KWD").money == Money(amount=1250, currency="KWD")
    with pytest.raises(RefundAmountUnreadable):
        read_wish("300.50", "JPY")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("@ann 5.00 thank you", ("@ann", "5.00", "thank you")),
        ("Ann Lee 5 thank you", ("Ann Lee", "5", "thank you")),
        ("@ann_2 €5 for 3 crates", ("@ann_2", "€5", "for 3 crates")),
        ("R2D2 -5 why", ("R2D2", "-5", "why")),
    ],
)
def test_credit_is_for_somebody_and_for_something(typed: str, read: tuple[str, str, str]) -> None:
    assert read_credit(typed) == read


@pytest.mark.parametrize("typed", ["", "5.00", "@ann", "@ann thank you", "5.00 thank you"])
def test_credit_for_nobody_or_of_nothing_is_refused(typed: str) -> None:
    with pytest.raises(CreditUnreadable):
        read_credit(typed)


def test_credit_needs_a_reason() -> None:
    with pytest.raises(CreditReasonMissing):
        read_credit("@ann 5.00")
    with pytest.raises(CreditReasonMissing):
        read_credit_wish("5.00 ")
    with pytest.raises(CreditUnreadable):
        read_credit_wish("thank you")
    assert read_credit_wish("5.00 thank you") == ("5.00", "thank you")


@given(st.text(max_size=LONGEST_NOTE + 20))
def test_a_note_is_one_line(text: str) -> None:
    try:
        note = read_note(text)
    except NoteTooLong:
        return
    assert "\n" not in note
    assert len(note) <= LONGEST_NOTE


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for read in (read_refund, read_credit, read_credit_wish, lambda typed: read_wish(typed, "EUR")):
        try:
            read(text)
        except ShopError:
            continue
