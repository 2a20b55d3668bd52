"""Giving money back, and giving credit: how much is possible, and what was typed."""

import re
from typing import Final, NamedTuple

from bot.money import Money, parse_price
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
from bot.rules.settlements import Facts, held_of
from bot.rules.typed_text import one_line
from storage.states import PaymentMethod

LONGEST_NOTE: Final = 200

BY_HAND: Final = frozenset({PaymentMethod.CASH, PaymentMethod.TRANSFER, PaymentMethod.CARD})
"""The ways in which a curator gives money back herself; Stars go by Telegram, credit at once."""

_ORDER = re.compile(r"#?([0-9]{1,9})\s+#?([0-9]{1,9})(?:\s+(.*))?", re.DOTALL)


class Wish(NamedTuple):
    """What is to be given back or as credit: how much (None: everything), and why."""

    money: Money | None
    reason: str


def most_to_give(facts: Facts) -> int:
    """What of an order's money can still be given back, in minor units."""
    return max(0, held_of(facts))


def check_goodwill(facts: Facts, amount: int, *, number: int, currency: str) -> None:
    """Raise NothingWasPaid, NothingLeftToGiveBack or RefundTooLarge unless so much can be given back."""
    most = most_to_give(facts)
    if not facts.received_amount:
        raise NothingWasPaid(number)
    if not most:
        raise NothingLeftToGiveBack(number)
    if not 0 < amount <= most:
        raise RefundTooLarge(number=number, most=Money(amount=most, currency=currency))


def read_refund(arguments: str) -> tuple[int, int, str]:
    """The pick's number, the order's number and the rest of `/refund 1 12 3.00 broken jar`.

    Raises RefundUnreadable.
    """
    match = _ORDER.fullmatch(arguments.strip())
    if match is None:
        raise RefundUnreadable
    return int(match[1]), int(match[2]), match[3] or ""


def read_wish(text: str, currency: str) -> Wish:
    """An amount and a reason, both of which may be left out: without an amount it is everything.

    Raises RefundAmountUnreadable, RefundInAnotherCurrency and NoteTooLong.
    """
    word, rest = _first_word(text)
    if not _has_digit(word):
        return Wish(None, read_note(text))
    money = _money(word, currency)
    if money.currency != currency:
        raise RefundInAnotherCurrency(currency)
    return Wish(money, read_note(rest))


def read_credit(text: str) -> tuple[str, str, str]:
    """The person, the amount and the reason of `/credit @ann 5.00 thank you`, as they were typed.

    Raises CreditUnreadable and CreditReasonMissing.
    """
    words = text.split()
    at = next((at for at, word in enumerate(words) if at and _begins_amount(word)), None)
    if at is None:
        raise CreditUnreadable
    reason = " ".join(words[at + 1 :])
    if not reason:
        raise CreditReasonMissing
    return " ".join(words[:at]), words[at], read_note(reason)


def read_credit_wish(text: str) -> tuple[str, str]:
    """The amount and the reason of `5.00 thank you`. Raises CreditUnreadable and CreditReasonMissing."""
    word, rest = _first_word(text)
    if not word or not _begins_amount(word):
        raise CreditUnreadable
    if not rest:
        raise CreditReasonMissing
    return word, read_note(rest)


def read_amount(word: str, currency: str) -> Money:
    """A positive amount as it was typed. Raises RefundAmountUnreadable."""
    return _money(word, currency)


def read_note(text: str) -> str:
    """A reason or a note on one line. Raises NoteTooLong."""
    note = one_line(text)
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong(LONGEST_NOTE)
    return note


def _first_word(text: str) -> tuple[str, str]:
    word, *rest = text.split(maxsplit=1) or [""]
    return word, rest[0] if rest else ""


def _money(word: str, currency: str) -> Money:
    try:
        return parse_price(word, currency)
    except ValueError:
        raise RefundAmountUnreadable(word) from None


def _begins_amount(word: str) -> bool:
    # A name can hold digits, too (@ann_2): an amount begins with one, or with a sign of money or a minus.
    return _has_digit(word) and not word.startswith("@") and not word[0].isalpha()


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)
