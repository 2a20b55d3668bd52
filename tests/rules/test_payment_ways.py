"""Which ways to pay a pick takes, when it is paid, and what is written about both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.payment_errors import (
    AmountUnreadable,
    InstructionsMissing,
    InstructionsTooLong,
    LastWay,
    NoteTooLong,
    ProofMissing,
    RateUnreadable,
)
from bot.rules.payment_claims import LONGEST_NOTE, amount_of, note_of, reference
from bot.rules.payment_ways import (
    LONGEST_INSTRUCTIONS,
    MOST_STARS,
    can_be_paid_at_once,
    pays_now,
    stars_for_a_unit,
    toggled,
    ways_taken,
    words_of_way,
)
from storage.states import PaymentMethod, PaysWhen

CASH, TRANSFER, CARD = PaymentMethod.CASH, PaymentMethod.TRANSFER, PaymentMethod.CARD
STARS, CREDIT = PaymentMethod.STARS, PaymentMethod.CREDIT
EVERY_WAY = st.lists(st.sampled_from(list(PaymentMethod)), unique=True, min_size=1)


@pytest.mark.parametrize(
    ("pick", "group", "can_fall", "now"),
    [
        (None, PaysWhen.AFTER_CLOSE, False, False),
        (None, PaysWhen.NOW, False, True),
        (None, PaysWhen.NOW, True, False),
        (PaysWhen.NOW, PaysWhen.AFTER_CLOSE, True, True),
        (PaysWhen.AFTER_CLOSE, PaysWhen.NOW, False, False),
    ],
)
def test_a_pick_s_own_word_counts_and_a_falling_price_waits(
    pick: PaysWhen | None, group: PaysWhen, can_fall: bool, now: bool
) -> None:
    assert pays_now(pick=pick, group=group, price_can_fall=can_fall) is now


def test_a_pick_takes_what_it_names_of_what_its_group_takes() -> None:
    assert ways_taken([CASH, TRANSFER], None, now=False) == [CASH, TRANSFER]
    assert ways_taken([CASH, TRANSFER], [], now=False) == [CASH, TRANSFER]
    assert ways_taken([CASH, TRANSFER], ["transfer", "card"], now=False) == [TRANSFER]


def test_what_is_paid_at_once_waits_for_no_cash_unless_there_is_nothing_else() -> None:
    assert ways_taken([CASH, TRANSFER], None, now=True) == [TRANSFER]
    assert ways_taken([CASH], None, now=True) == [CASH]


def test_cash_and_credit_alone_let_nobody_pay_at_once() -> None:
    assert not can_be_paid_at_once([])
    assert not can_be_paid_at_once([CASH, CREDIT])
    assert can_be_paid_at_once([CASH, TRANSFER])
    assert can_be_paid_at_once([STARS])


@given(of_group=EVERY_WAY, named=st.none() | EVERY_WAY, method=st.sampled_from(list(PaymentMethod)))
def test_toggling_twice_comes_back(
    of_group: list[PaymentMethod], named: list[PaymentMethod] | None, method: PaymentMethod
) -> None:
    before = ways_taken(of_group, named, now=False)
    if not before or method not in of_group:
        return
    try:
        once = toggled(of_group, named, method)
    except LastWay:
        assert before == [method]
        return
    assert (method in ways_taken(of_group, once, now=False)) != (method in before)
    twice = toggled(of_group, once, method)
    assert ways_taken(of_group, twice, now=False) == before
    assert once is None or len(once) < len(of_group)


def test_words_keep_their_lines_and_lose_what_is_unseen() -> None:
    assert words_of_way("  IBAN DE02\u202e \n\n\n Mei  Tan ") == "IBAN DE02\nMei Tan"
    assert words_of_way("x" * LONGEST_INSTRUCTIONS)
    with pytest.raises(InstructionsTooLong) as too_long:
        words_of_way("x" * (LONGEST_INSTRUCTIONS + 1))
    assert (too_long.value.length, too_long.value.limit) == (LONGEST_INSTRUCTIONS + 1, LONGEST_INSTRUCTIONS)
    for nothing in ("", " \n ", "\u200b", "…"):
        with pytest.raises(InstructionsMissing):
            words_of_way(nothing)


@pytest.mark.parametrize(
    ("text", "stars"), [("1", 1), ("77", 77), (" 1 000 ", 1000), ("５０", 50), ("10000", MOST_STARS)]
)
def test_a_rate_is_a_whole_number(text: str, stars: int) -> None:
    assert stars_for_a_unit(text) == stars


@pytest.mark.parametrize("text", ["", "0", "-5", "1.5", "1,5", "many", "10001", "9" * 400])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(RateUnreadable) as refused:
        stars_for_a_unit(text)
    assert refused.value.text == text


def test_a_reference_names_pick_and_order() -> None:
    assert reference(pick_number=3, number=12) == "3-12"


def test_a_note_is_one_line() -> None:
    assert note_of(" paid\non Monday ") == "paid on Monday"
    assert note_of("x" * LONGEST_NOTE)
    with pytest.raises(NoteTooLong):
        note_of("x" * (LONGEST_NOTE + 1))
    for nothing in ("", " \n", "\u200b", "..."):
        with pytest.raises(ProofMissing):
            note_of(nothing)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [("12.90", "EUR", 1290), ("€5", "EUR", 500), ("1200", "JPY", 1200), ("1.250", "KWD", 1250)],
)
def test_an_amount_is_of_the_order_s_currency(text: str, currency: str, amount: int) -> None:
    assert amount_of(text, currency) == amount


@pytest.mark.parametrize("text", ["", "0", "a lot", "$5", "5 USD", "12.999", "-3", "x" * 500])
def test_what_is_no_amount_of_it_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable) as refused:
        amount_of(text, "EUR")
    assert len(refused.value.text) <= 40
