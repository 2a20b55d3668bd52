"""What can be decided about something that does not fit, and what money that nobody could place is worth."""

from enum import StrEnum

from bot.money import minor_digits
from bot.payment_errors import DecisionNoteMissing
from bot.rules.ledger import STARS_CURRENCY
from bot.rules.refunds import read_note
from bot.rules.typed_text import says_something


class Decision(StrEnum):
    """What a curator decides."""

    COUNT = "count"
    GIVE_BACK = "back"
    SETTLED = "settled"


def decisions(*, left_amount: int, is_placed: bool, worth_amount: int | None) -> list[Decision]:
    """What can be decided: `left_amount` of a payment has not gone back, nor is on its way; 0 without one.

    `is_placed` where it counts for the order already; else it can, if it is known what it is worth to it.
    """
    possible = []
    if left_amount > 0 and (is_placed or worth_amount):
        possible.append(Decision.COUNT)
    if left_amount > 0:
        possible.append(Decision.GIVE_BACK)
    return [*possible, Decision.SETTLED]


def worth(
    charged_amount: int, charged_currency: str, currency: str, *, stars_per_unit: int | None
) -> int | None:
    """What a charge is worth in an order's currency, in minor units, rounded down; None: nobody can say."""
    if charged_currency == currency:
        return charged_amount
    if charged_currency != STARS_CURRENCY or not stars_per_unit:
        return None
    return charged_amount * 10 ** minor_digits(currency) // stars_per_unit or None


def checked_note(text: str) -> str:
    """What a curator says of how something was settled. Raises DecisionNoteMissing and NoteTooLong."""
    if not says_something(text):
        raise DecisionNoteMissing
    return read_note(text)
