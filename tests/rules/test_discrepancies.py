"""What can be decided, what unplaced money is worth, and which notes are none."""

import pytest

from bot.payment_errors import DecisionNoteMissing, NoteTooLong
from bot.rules.discrepancies import Decision, checked_note, decisions, worth

COUNT, BACK, SETTLED = Decision.COUNT, Decision.GIVE_BACK, Decision.SETTLED


@pytest.mark.parametrize(
    ("left", "is_placed", "worth_amount", "possible"),
    [
        (0, False, None, [SETTLED]),
        (0, True, None, [SETTLED]),
        (0, False, 100, [SETTLED]),
        (100, True, None, [COUNT, BACK, SETTLED]),
        (100, False, 100, [COUNT, BACK, SETTLED]),
        (100, False, None, [BACK, SETTLED]),
        (-1, True, 100, [SETTLED]),
        (1, True, None, [COUNT, BACK, SETTLED]),
    ],
)
def test_what_can_be_decided(
    left: int, is_placed: bool, worth_amount: int | None, possible: list[Decision]
) -> None:
    assert decisions(left_amount=left, is_placed=is_placed, worth_amount=worth_amount) == possible


def test_decisions_are_stored_and_tapped_by_these_words() -> None:
    assert [decision.value for decision in Decision] == ["count", "back", "settled"]


@pytest.mark.parametrize(
    ("charged", "of", "currency", "rate", "expected"),
    [
        (1200, "EUR", "EUR", None, 1200),
        (1200, "USD", "EUR", 50, None),
        (500, "XTR", "EUR", 50, 1000),
        (1, "XTR", "EUR", 60, 1),
        (1, "XTR", "EUR", 1000, None),
        (500, "XTR", "EUR", None, None),
        (500, "XTR", "JPY", 2, 250),
        (500, "XTR", "KWD", 300, 1666),
    ],
)
def test_what_a_charge_is_worth(
    charged: int, of: str, currency: str, rate: int | None, expected: int | None
) -> None:
    assert worth(charged, of, currency, stars_per_unit=rate) == expected


def test_a_note_says_something_on_one_line() -> None:
    assert checked_note("  She paid\nin honey. ") == "She paid in honey."
    with pytest.raises(DecisionNoteMissing):
        checked_note(" … ")
    with pytest.raises(NoteTooLong):
        checked_note("x" * 2000)
