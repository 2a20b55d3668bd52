"""What people write about payments: a reference, an amount, a reason."""

from typing import Final

from bot.money import parse_price
from bot.payment_errors import AmountUnreadable, NoteTooLong, ProofMissing
from bot.rules.typed_text import one_line, says_something

LONGEST_NOTE: Final = 200

ABSENT, OTHER_AMOUNT, UNCLEAR = "absent", "other_amount", "unclear"
REASONS: Final = (ABSENT, OTHER_AMOUNT, UNCLEAR)
"""Why a claim is declined, where a curator writes nothing herself."""


def reference(*, pick_number: int, number: int) -> str:
    """What a member writes on a transfer, so that her order is found: `3-12`."""
    return f"{pick_number}-{number}"


def note_of(text: str) -> str:
    """A line about a payment. Raises ProofMissing and NoteTooLong."""
    note = one_line(text)
    if not says_something(note):
        raise ProofMissing
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong(LONGEST_NOTE)
    return note


def amount_of(text: str, currency: str) -> int:
    """An amount in minor units of this currency, as a curator typed it. Raises AmountUnreadable."""
    try:
        money = parse_price(text, currency)
    except ValueError:
        raise AmountUnreadable(_short(text), currency) from None
    if money.currency != currency:
        raise AmountUnreadable(_short(text), currency)
    return money.amount


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 40 else text[:39] + "…"
