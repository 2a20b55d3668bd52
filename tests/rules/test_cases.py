"""Who decides a case, until when, what may be offered, and what people write about one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.case_errors import (
    CaseAmountMissing,
    CaseAmountTooLarge,
    CaseWordsMissing,
    CaseWordsTooLong,
    NothingToRefund,
)
from bot.payment_errors import RefundAmountUnreadable, RefundInAnotherCurrency
from bot.rules.cases import (
    LONGEST_WORDS,
    Bounds,
    Offer,
    Parties,
    bounds,
    check_offer,
    first_level,
    levels,
    may_go_on,
    median_hours,
    next_level,
    promised,
    read_hours,
    read_offer,
    read_words,
    side_of,
)
from bot.rules.promotion_friends import LOOK_AGAIN, FriendOrder, FriendVerdict, decide
from storage.repositories.payments import OrderMoney
from storage.states import (
    CaseLevel,
    CaseOutcome,
    CaseSide,
    CaseStage,
    FulfilmentState,
    OrderState,
    PaymentState,
    Role,
)

ANN, MEI, LIN = 1, 2, 3
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
CURATOR, OWNER, ADMIN = CaseLevel


def money(*, lines: int = 2000, received: int = 0, back: int = 0, goodwill: int = 0) -> OrderMoney:
    """An order of two jars at 10 euros, less what promotions take off and with what fetching costs."""
    return OrderMoney(
        order_id=1,
        number=1,
        group_id=1,
        pick_id=1,
        person_id=ANN,
        currency="EUR",
        order_state=OrderState.COMPLETED,
        payment_state=PaymentState.UNPAID,
        fulfilment_state=FulfilmentState.HANDED_OVER,
        lines_amount=lines,
        received_amount=received,
        claimed_amount=0,
        refunded_amount=back,
        refund_due_amount=0,
        goodwill_amount=goodwill,
        is_tracked=False,
        fee_amount=100,
        discount_amount=300,
    )


@pytest.mark.parametrize(
    ("parties", "way"),
    [
        (Parties(ANN, LIN, MEI), [CURATOR, OWNER, ADMIN]),
        (Parties(ANN, MEI, MEI), [CURATOR, ADMIN]),
        (Parties(ANN, None, MEI), [OWNER, ADMIN]),
        (Parties(ANN, LIN, None), [CURATOR, ADMIN]),
        (Parties(ANN, ANN, MEI), [OWNER, ADMIN]),
        (Parties(MEI, LIN, MEI), [CURATOR, ADMIN]),
        (Parties(MEI, MEI, MEI), [ADMIN]),
        (Parties(ANN, None, None), [ADMIN]),
    ],
)
def test_nobody_is_asked_twice_or_about_herself(parties: Parties, way: list[CaseLevel]) -> None:
    level: CaseLevel | None = first_level(parties)
    walked = []
    while level is not None:
        walked.append(level)
        level = next_level(level, parties)
    assert walked == way


def test_who_may_decide_where() -> None:
    def may(
        role: Role | None, *, own_only: bool = False, is_own: bool = False, admin: bool = False
    ) -> set[CaseLevel]:
        return set(levels(role, own_picks_only=own_only, is_own=is_own, is_admin=admin))

    assert may(Role.OWNER) == {CURATOR, OWNER}
    assert may(Role.CURATOR) == {CURATOR}
    assert may(Role.CURATOR, own_only=True) == set()
    assert may(Role.CURATOR, own_only=True, is_own=True) == {CURATOR}
    assert may(Role.MEMBER, is_own=True) == set()
    assert may(None, admin=True) == {ADMIN}


def test_in_which_role_somebody_speaks() -> None:
    assert side_of(CURATOR, frozenset({CURATOR})) is CaseSide.CURATOR
    assert side_of(CURATOR, frozenset({CURATOR, OWNER})) is CaseSide.OWNER
    assert side_of(ADMIN, frozenset({CURATOR, OWNER, ADMIN})) is CaseSide.ADMIN
    assert side_of(ADMIN, frozenset({CURATOR})) is CaseSide.CURATOR
    assert side_of(CURATOR, frozenset({ADMIN})) is CaseSide.ADMIN


@pytest.mark.parametrize(
    ("stage", "level", "answered", "late", "may"),
    [
        (CaseStage.OPEN, CURATOR, False, False, False),
        (CaseStage.OPEN, CURATOR, True, False, True),
        (CaseStage.OPEN, CURATOR, False, True, True),
        (CaseStage.OFFERED, OWNER, True, False, True),
        (CaseStage.OPEN, ADMIN, True, True, False),
        (CaseStage.RESOLVED, CURATOR, True, True, False),
    ],
)
def test_a_member_waits_for_an_answer_or_for_the_promise_to_break(
    stage: CaseStage, level: CaseLevel, answered: bool, late: bool, may: bool
) -> None:
    due_at = promised(NOON, 24)
    now = due_at if late else due_at - timedelta(seconds=1)
    answered_at = NOON if answered else None
    assert may_go_on(stage=stage, level=level, answered_at=answered_at, due_at=due_at, now=now) is may


def test_what_can_be_given_for_an_order() -> None:
    assert bounds(money(received=1800), is_tracked=True) == Bounds(1800, 1800, False)
    assert bounds(money(received=1800, back=500, goodwill=500), is_tracked=True) == Bounds(1300, 1800, False)
    assert bounds(money(), is_tracked=True) == Bounds(0, 1800, False), "she has paid nothing yet"
    assert bounds(money(), is_tracked=False) == Bounds(1800, 1800, True), "the money is kept elsewhere"
    assert bounds(money(goodwill=1800), is_tracked=False) == Bounds(0, 1800, True), "and was given back"
    assert bounds(money(lines=0, received=1800), is_tracked=True).credit == 1800
    most = Bounds(5, 7, False)
    assert [most.of(one) for one in (CaseOutcome.REFUND, CaseOutcome.CREDIT, CaseOutcome.REPLACEMENT)] == [
        5, 7, None,
    ]  # fmt: skip


def test_what_is_typed_makes_an_offer() -> None:
    refund, credit, other = CaseOutcome.REFUND, CaseOutcome.CREDIT, CaseOutcome.REPLACEMENT
    assert read_offer(refund, "3.00 broken  jar", currency="EUR") == Offer(refund, 300, "broken jar")
    assert read_offer(credit, "5", currency="EUR") == Offer(credit, 500, "")
    assert read_offer(other, "On Friday,\nat the bakery", currency="EUR").words == "On Friday,\nat the bakery"
    for text, refused in (
        ("sorry", CaseAmountMissing),
        ("", CaseAmountMissing),
        ("3$", RefundInAnotherCurrency),
        ("0", RefundAmountUnreadable),
        ("-3", RefundAmountUnreadable),
    ):
        with pytest.raises(refused):
            read_offer(refund, text, currency="EUR")
    with pytest.raises(CaseWordsMissing):
        read_offer(CaseOutcome.NOTHING, "…", currency="EUR")


def test_no_offer_is_larger_than_what_is_there() -> None:
    most = Bounds(1000, 2000, False)
    check_offer(Offer(CaseOutcome.REFUND, 1000), most, currency="EUR")
    check_offer(Offer(CaseOutcome.CREDIT, 2000), most, currency="EUR")
    check_offer(Offer(CaseOutcome.NOTHING), Bounds(0, 0, False), currency="EUR")
    for offer in (
        Offer(CaseOutcome.REFUND, 1001),
        Offer(CaseOutcome.CREDIT, 2001),
        Offer(CaseOutcome.REFUND, 0),
    ):
        with pytest.raises(CaseAmountTooLarge):
            check_offer(offer, most, currency="EUR")
    with pytest.raises(NothingToRefund):
        check_offer(Offer(CaseOutcome.REFUND, 1), Bounds(0, 2000, False), currency="EUR")


def test_words_keep_their_lines_and_lose_what_turns_the_writing() -> None:
    assert read_words("  broken \r\n\n\u202eהצנצנת נשברה\u202c\nhttps://example.org ") == (
        "broken\nהצנצנת נשברה\nhttps://example.org"
    )
    for empty in ("", " \n ", "\u202e", "...", "\u0000"):
        with pytest.raises(CaseWordsMissing):
            read_words(empty)
    assert len(read_words("x" * LONGEST_WORDS)) == LONGEST_WORDS
    with pytest.raises(CaseWordsTooLong):
        read_words("x" * (LONGEST_WORDS + 1))
    with pytest.raises(CaseWordsTooLong):
        read_words("🍯" * (LONGEST_WORDS // 2 + 1))


@given(st.text(max_size=60))
def test_any_words_are_read_or_refused(text: str) -> None:
    try:
        words = read_words(text)
    except CaseWordsMissing:
        return
    assert read_words(words) == words


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("24", 24), (" 36 h", 36), ("1", 1), ("336", 336),
        ("0", None), ("337", None), ("-1", None), ("two", None), ("", None), ("٣", None), ("9" * 5000, None),
    ],
)  # fmt: skip
def test_a_promise_is_typed_in_hours(typed: str, hours: int | None) -> None:
    assert read_hours(typed) == hours


@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=30))
def test_the_median_is_what_numpy_says(minutes: list[int]) -> None:
    assert median_hours([timedelta(minutes=one) for one in minutes]) == pytest.approx(
        float(np.median(minutes)) / 60
    )


def test_no_cases_have_no_median() -> None:
    assert median_hours([]) is None


def test_a_friends_credit_waits_while_something_is_wrong() -> None:
    order = FriendOrder(
        money=money(received=1800),
        fulfilment_state=FulfilmentState.HANDED_OVER,
        handed_over_at=NOON,
        is_tracked=True,
        minimum_amount=None,
        return_days=7,
        present=2,
        is_suspected=False,
        has_case=True,
    )
    now = NOON + timedelta(days=30)
    assert decide(order, now=now) == FriendVerdict("wait", now + LOOK_AGAIN)
    assert decide(replace(order, has_case=False), now=now).deed == "give"
