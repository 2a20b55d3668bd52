"""What each business fact writes into the ledger."""

from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import ledger
from bot.rules.ledger import STARS_CURRENCY, Posting, Received
from storage.repositories.ledger import OF_PERSONS
from storage.states import AccountKind, PaymentMethod

ANN, BEN = 7_000_000_001, 7_000_000_002

amounts = st.integers(min_value=1, max_value=10**15)
changes = amounts | amounts.map(lambda amount: -amount)
people = st.integers(min_value=1, max_value=2**52)
currencies = st.sampled_from(["EUR", "JPY", "KWD"])


@st.composite
def what_came_in(draw: st.DrawFn) -> Received:
    method, amount, currency = draw(st.sampled_from(PaymentMethod)), draw(amounts), draw(currencies)
    if method is PaymentMethod.STARS:
        return Received(method, amount, currency, draw(amounts), STARS_CURRENCY)
    return Received(method, amount, currency, amount, currency)


def sums(postings: Sequence[Posting]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for posting in postings:
        found[posting.currency] += posting.amount
    return found


def is_sound(postings: Sequence[Posting]) -> bool:
    """Each currency sums to zero, nothing is for nothing, and every account has the owner its kind has."""
    return (
        not any(sums(postings).values())
        and all(posting.amount for posting in postings)
        and all((p.kind in OF_PERSONS) == (p.person_id is not None) for p in postings)
    )


def effect(postings: Sequence[Posting], person_id: int, kind: AccountKind, currency: str) -> int:
    return sum(p.amount for p in postings if (p.person_id, p.kind, p.currency) == (person_id, kind, currency))


@given(people, changes, currencies)
def test_a_charge_and_credit_given_balance(person_id: int, amount: int, currency: str) -> None:
    assert is_sound(ledger.charge(person_id, amount, currency))
    assert is_sound(ledger.credit_given(person_id, amount, currency))


@given(people, people, amounts, currencies)
def test_what_is_owed_back_balances(person_id: int, payer_id: int, amount: int, currency: str) -> None:
    assert is_sound(ledger.refund_due(person_id, amount, currency))
    postings = ledger.refund_due(person_id, amount, currency, owed_to_id=payer_id)
    assert is_sound(postings)
    assert effect(postings, payer_id, AccountKind.REFUNDS, currency) == -amount


@given(people, what_came_in())
def test_what_comes_in_and_what_goes_back_balance(person_id: int, received: Received) -> None:
    assert is_sound(ledger.payment(person_id, received))
    assert is_sound(ledger.refund(person_id, received))


@given(people, what_came_in())
def test_what_nobody_could_place_balances_whatever_becomes_of_it(person_id: int, received: Received) -> None:
    if received.method is PaymentMethod.CREDIT:
        return
    came = ledger.unplaced(received.method, received.charged_amount, received.charged_currency)
    back = ledger.unplaced_refund_due(person_id, received.charged_amount, received.charged_currency)
    counted = ledger.cleared(person_id, received)
    for postings in (came, back, counted):
        assert is_sound(postings)
    for then in (back, counted):
        assert not sum(posting.amount for posting in [*came, *then] if posting.kind is AccountKind.UNCLEAR)


@given(people, what_came_in())
def test_paid_and_given_back_whole_leaves_nothing(person_id: int, received: Received) -> None:
    left: dict[tuple[AccountKind, int | None, str], int] = defaultdict(int)
    for kind, whose, currency, amount in [
        *ledger.payment(person_id, received),
        *ledger.refund_due(person_id, received.amount, received.currency),
        *ledger.refund(person_id, received),
    ]:
        left[kind, whose, currency] += amount
    assert not any(left.values())


@given(people, what_came_in())
def test_a_payment_lowers_what_is_owed_by_what_it_is_worth(person_id: int, received: Received) -> None:
    postings = ledger.payment(person_id, received)
    assert effect(postings, person_id, AccountKind.MEMBER, received.currency) == -received.amount


def test_a_charge_is_owed_and_sold() -> None:
    assert ledger.charge(ANN, 1290, "EUR") == [
        Posting(AccountKind.MEMBER, ANN, "EUR", 1290),
        Posting(AccountKind.SALES, None, "EUR", -1290),
    ]


@pytest.mark.parametrize(
    ("method", "way"),
    [
        (PaymentMethod.CASH, AccountKind.CASH),
        (PaymentMethod.TRANSFER, AccountKind.TRANSFER),
        (PaymentMethod.CARD, AccountKind.CARD),
    ],
)
def test_money_comes_in_by_its_way(method: PaymentMethod, way: AccountKind) -> None:
    received = Received(method, 1290, "EUR", 1290, "EUR")
    assert ledger.payment(ANN, received) == [
        Posting(way, None, "EUR", 1290),
        Posting(AccountKind.MEMBER, ANN, "EUR", -1290),
    ]
    assert ledger.refund(ANN, received) == [
        Posting(AccountKind.REFUNDS, ANN, "EUR", 1290),
        Posting(way, None, "EUR", -1290),
    ]


def test_stars_pass_through_the_exchange() -> None:
    received = Received(PaymentMethod.STARS, 1290, "EUR", 650, "XTR")
    assert ledger.payment(ANN, received) == [
        Posting(AccountKind.STARS, None, "XTR", 650),
        Posting(AccountKind.EXCHANGE, None, "XTR", -650),
        Posting(AccountKind.EXCHANGE, None, "EUR", 1290),
        Posting(AccountKind.MEMBER, ANN, "EUR", -1290),
    ]
    assert ledger.refund(ANN, received) == [
        Posting(AccountKind.REFUNDS, ANN, "EUR", 1290),
        Posting(AccountKind.STARS, None, "XTR", -650),
        Posting(AccountKind.EXCHANGE, None, "XTR", 650),
        Posting(AccountKind.EXCHANGE, None, "EUR", -1290),
    ]


def test_a_group_that_sells_for_stars_needs_no_exchange() -> None:
    received = Received(PaymentMethod.STARS, 650, "XTR", 650, "XTR")
    assert ledger.payment(ANN, received) == [
        Posting(AccountKind.STARS, None, "XTR", 650),
        Posting(AccountKind.MEMBER, ANN, "XTR", -650),
    ]


def test_credit_is_spent_given_back_and_given() -> None:
    credit = Received(PaymentMethod.CREDIT, 500, "EUR", 500, "EUR")
    assert ledger.payment(ANN, credit) == [
        Posting(AccountKind.CREDIT, ANN, "EUR", 500),
        Posting(AccountKind.MEMBER, ANN, "EUR", -500),
    ]
    assert ledger.refund(ANN, credit) == [
        Posting(AccountKind.REFUNDS, ANN, "EUR", 500),
        Posting(AccountKind.CREDIT, ANN, "EUR", -500),
    ]
    assert ledger.credit_given(ANN, 500, "EUR") == [
        Posting(AccountKind.GOODWILL, None, "EUR", 500),
        Posting(AccountKind.CREDIT, ANN, "EUR", -500),
    ]


def test_who_paid_for_a_friend_is_the_one_who_is_owed() -> None:
    assert ledger.refund_due(ANN, 300, "EUR", owed_to_id=BEN) == [
        Posting(AccountKind.MEMBER, ANN, "EUR", 300),
        Posting(AccountKind.REFUNDS, BEN, "EUR", -300),
    ]
    assert ledger.refund_due(ANN, 300, "EUR")[1].person_id == ANN


def test_what_nobody_can_place_is_kept_apart_from_what_is_owed() -> None:
    assert ledger.unplaced(PaymentMethod.STARS, 650, "XTR") == [
        Posting(AccountKind.STARS, None, "XTR", 650),
        Posting(AccountKind.UNCLEAR, None, "XTR", -650),
    ]
    assert ledger.unplaced_refund_due(BEN, 650, "XTR") == [
        Posting(AccountKind.UNCLEAR, None, "XTR", 650),
        Posting(AccountKind.REFUNDS, BEN, "XTR", -650),
    ]


def test_what_nobody_could_place_pays_for_an_order_after_all() -> None:
    assert ledger.cleared(ANN, Received(PaymentMethod.CARD, 1290, "EUR", 1290, "EUR")) == [
        Posting(AccountKind.UNCLEAR, None, "EUR", 1290),
        Posting(AccountKind.MEMBER, ANN, "EUR", -1290),
    ]
    assert ledger.cleared(ANN, Received(PaymentMethod.STARS, 1290, "EUR", 650, "XTR")) == [
        Posting(AccountKind.UNCLEAR, None, "XTR", 650),
        Posting(AccountKind.EXCHANGE, None, "XTR", -650),
        Posting(AccountKind.EXCHANGE, None, "EUR", 1290),
        Posting(AccountKind.MEMBER, ANN, "EUR", -1290),
    ]
