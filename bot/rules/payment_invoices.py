"""Telegram's invoices: what one asks for in Stars, whether it may be paid, and whether a charge fits it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.money import minor_digits
from bot.payment_errors import (
    ClaimWaits,
    InvoiceOutdated,
    OrderCancelled,
    OrderOfSomebodyElse,
    PaidAlready,
    PaymentInReview,
    PaymentUnderWay,
    WayClosed,
)
from storage.states import DiscrepancyKind, OrderState, PaymentMethod, PaymentStage

_PAYABLE: Final = frozenset({PaymentStage.OPEN, PaymentStage.PAYING, PaymentStage.LAPSED})

_TELEGRAMS_DIGITS: Final = {
    "AFN": 2,
    "ALL": 2,
    "IQD": 3,
    "IRR": 2,
    "LBP": 2,
    "RSD": 2,
    "SYP": 2,
    "YER": 2,
}
"""Currencies that are written without decimals, as CLDR has it, but charged in smaller parts by Telegram."""

_UNSURE: Final = frozenset({"KPW", "LAK", "MGA", "MMK", "SLL", "SOS"})
"""The like, of which Telegram publishes nothing that could be relied on."""


class Issued(NamedTuple):
    """An invoice as it was issued: for whom, what it is worth to the order, and what it charges."""

    person_id: int
    method: PaymentMethod
    stage: PaymentStage
    amount: int
    currency: str
    charged_amount: int
    charged_currency: str


class Charged(NamedTuple):
    """What somebody is about to be charged, or was."""

    person_id: int
    amount: int
    currency: str


class Standing(NamedTuple):
    """How the order behind an invoice stands now."""

    state: OrderState
    outstanding_amount: int
    #: Until when others of its invoices are being paid.
    others_until: tuple[datetime, ...] = ()
    #: What is claimed to be paid outside of Telegram, and waits for the curator's word.
    claimed_amount: int = 0


def stars_for(amount: int, currency: str, stars_per_unit: int) -> int:
    """An amount in minor units as whole Stars, rounded up, at so many for one whole unit of the currency."""
    whole: int = 10 ** minor_digits(currency)
    return -(-amount * stars_per_unit // whole)


def in_telegrams_units(amount: int, currency: str) -> int:
    """An amount in minor units as Telegram counts it. Raises WayClosed where that is not known."""
    if currency in _UNSURE:
        raise WayClosed
    return amount * _parts(currency)


def from_telegrams_units(total: int, currency: str) -> int:
    """What Telegram has charged, in minor units; what is less than one of them is left out."""
    return total // _parts(currency)


def check_checkout(issued: Issued, asked: Charged, order: Standing, *, now: datetime) -> None:
    """Let a payment begin, or say why it may not.

    Raises OrderOfSomebodyElse, OrderCancelled, PaymentInReview, PaidAlready, InvoiceOutdated,
    ClaimWaits and PaymentUnderWay.
    """
    if asked.person_id != issued.person_id:
        raise OrderOfSomebodyElse
    if order.state is OrderState.CANCELLED:
        raise OrderCancelled
    if order.state is OrderState.NEEDS_REVIEW:
        raise PaymentInReview
    if issued.stage is PaymentStage.RECEIVED or order.outstanding_amount <= 0:
        raise PaidAlready
    if issued.stage not in _PAYABLE or not _is_as_issued(issued, asked):
        raise InvoiceOutdated
    if issued.amount != order.outstanding_amount:
        raise InvoiceOutdated
    check_alone(order.others_until, claimed_amount=order.claimed_amount, now=now)


def check_alone(others_until: Iterable[datetime], *, claimed_amount: int, now: datetime) -> None:
    """Let nobody begin to pay what is being paid in another way. Raises ClaimWaits and PaymentUnderWay."""
    if claimed_amount:
        raise ClaimWaits
    until = max(others_until, default=now)
    if until > now:
        raise PaymentUnderWay(minutes=-((now - until) // timedelta(minutes=1)))


def misfit(issued: Issued, charged: Charged) -> DiscrepancyKind | None:
    """What about a charge does not fit the invoice that it was made for, if anything does not."""
    if charged.person_id != issued.person_id:
        return DiscrepancyKind.FOREIGN_PAYER
    return None if _is_as_issued(issued, charged) else DiscrepancyKind.WRONG_AMOUNT


def counts_for_order(issued: Issued, charged: Charged) -> bool:
    """Whether a charge that does not fit still pays for the order: a card's does, in the order's currency.

    Stars that do not fit go back whole, since Telegram can give them back.
    """
    return issued.method is PaymentMethod.CARD and charged.currency == issued.currency


def _parts(currency: str) -> int:
    """How many of Telegram's units one minor unit is."""
    digits = _TELEGRAMS_DIGITS.get(currency)
    units: int = 1 if digits is None else 10 ** (digits - minor_digits(currency))
    return units


def _is_as_issued(issued: Issued, charged: Charged) -> bool:
    return (charged.amount, charged.currency) == (issued.charged_amount, issued.charged_currency)
