"""What an invoice asks for, when it may be paid, and whether a charge fits it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import ShopError
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
from bot.rules import ledger
from bot.rules.payment_invoices import (
    Charged,
    Issued,
    Standing,
    check_checkout,
    counts_for_order,
    from_telegrams_units,
    in_telegrams_units,
    misfit,
    stars_for,
)
from storage.states import AccountKind, DiscrepancyKind, OrderState, PaymentMethod, PaymentStage

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN, BEN = 1, 2
CARD = Issued(ANN, PaymentMethod.CARD, PaymentStage.OPEN, 2000, "EUR", 2000, "EUR")
STARS = Issued(ANN, PaymentMethod.STARS, PaymentStage.OPEN, 2000, "EUR", 1000, "XTR")
OWED = Standing(OrderState.CONFIRMED, 2000)


@pytest.mark.parametrize(
    ("amount", "currency", "rate", "stars"),
    [
        (2000, "EUR", 50, 1000),
        (2001, "EUR", 50, 1001),
        (1, "EUR", 50, 1),
        (1999, "EUR", 1, 20),
        (1500, "JPY", 2, 3000),
        (1290, "KWD", 170, 220),
    ],
)
def test_stars_are_whole_and_rounded_up(amount: int, currency: str, rate: int, stars: int) -> None:
    assert stars_for(amount, currency, rate) == stars


@pytest.mark.parametrize("issued", [CARD, STARS])
@pytest.mark.parametrize("stage", [PaymentStage.OPEN, PaymentStage.PAYING, PaymentStage.LAPSED])
@pytest.mark.parametrize("until", [(), (NOW,), (NOW - timedelta(days=1), NOW)])
def test_its_buyer_may_pay_what_is_owed(
    issued: Issued, stage: PaymentStage, until: tuple[datetime, ...]
) -> None:
    asked = Charged(ANN, issued.charged_amount, issued.charged_currency)
    check_checkout(issued._replace(stage=stage), asked, OWED._replace(others_until=until), now=NOW)


@pytest.mark.parametrize(
    ("issued", "asked", "order", "why"),
    [
        (CARD, Charged(BEN, 2000, "EUR"), OWED, OrderOfSomebodyElse),
        (CARD, Charged(ANN, 1999, "EUR"), OWED, InvoiceOutdated),
        (CARD, Charged(ANN, 2000, "USD"), OWED, InvoiceOutdated),
        (STARS, Charged(ANN, 2000, "EUR"), OWED, InvoiceOutdated),
        (CARD, Charged(ANN, 2000, "EUR"), Standing(OrderState.CANCELLED, 2000), OrderCancelled),
        (CARD, Charged(ANN, 2000, "EUR"), Standing(OrderState.NEEDS_REVIEW, 2000), PaymentInReview),
        (CARD, Charged(ANN, 2000, "EUR"), Standing(OrderState.CONFIRMED, 0), PaidAlready),
        (CARD, Charged(ANN, 2000, "EUR"), Standing(OrderState.CONFIRMED, 1999), InvoiceOutdated),
        (CARD, Charged(ANN, 2000, "EUR"), Standing(OrderState.PLACED, 2001), InvoiceOutdated),
        (CARD, Charged(ANN, 2000, "EUR"), OWED._replace(claimed_amount=1), ClaimWaits),
        (CARD._replace(stage=PaymentStage.RECEIVED), Charged(ANN, 2000, "EUR"), OWED, PaidAlready),
        (CARD._replace(stage=PaymentStage.DECLINED), Charged(ANN, 2000, "EUR"), OWED, InvoiceOutdated),
    ],
)
def test_nothing_else_is_let_through(
    issued: Issued, asked: Charged, order: Standing, why: type[ShopError]
) -> None:
    with pytest.raises(why):
        check_checkout(issued, asked, order, now=NOW)


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (60, 1), (61, 2), (600, 10)])
def test_it_is_said_how_long_another_payment_takes(seconds: int, minutes: int) -> None:
    others = (NOW - timedelta(hours=1), NOW + timedelta(seconds=seconds))
    with pytest.raises(PaymentUnderWay) as refused:
        check_checkout(CARD, Charged(ANN, 2000, "EUR"), OWED._replace(others_until=others), now=NOW)
    assert refused.value.minutes == minutes


def test_a_charge_fits_its_invoice_or_it_is_said_why_not() -> None:
    assert misfit(CARD, Charged(ANN, 2000, "EUR")) is None
    assert misfit(STARS, Charged(ANN, 1000, "XTR")) is None
    assert misfit(CARD, Charged(BEN, 2000, "EUR")) is DiscrepancyKind.FOREIGN_PAYER
    assert misfit(CARD, Charged(ANN, 2001, "EUR")) is DiscrepancyKind.WRONG_AMOUNT
    assert misfit(STARS, Charged(ANN, 1000, "EUR")) is DiscrepancyKind.WRONG_AMOUNT


def test_of_what_does_not_fit_a_card_in_the_orders_currency_counts() -> None:
    assert counts_for_order(CARD, Charged(BEN, 5, "EUR"))
    assert not counts_for_order(CARD, Charged(ANN, 2000, "USD"))
    assert not counts_for_order(STARS, Charged(ANN, 2000, "EUR"))
    assert not counts_for_order(STARS, Charged(BEN, 1000, "XTR"))


def test_what_nobody_can_place_is_kept_apart_and_goes_back() -> None:
    came = ledger.unplaced(PaymentMethod.STARS, 7, "XTR")
    assert came == [
        (AccountKind.STARS, None, "XTR", 7),
        (AccountKind.UNCLEAR, None, "XTR", -7),
    ]
    due = ledger.unplaced_refund_due(ANN, 7, "XTR")
    assert due == [
        (AccountKind.UNCLEAR, None, "XTR", 7),
        (AccountKind.REFUNDS, ANN, "XTR", -7),
    ]
    gone = ledger.refund(ANN, ledger.Received(PaymentMethod.STARS, 7, "XTR", 7, "XTR"))
    assert gone == [
        (AccountKind.REFUNDS, ANN, "XTR", 7),
        (AccountKind.STARS, None, "XTR", -7),
    ]


@pytest.mark.parametrize(
    ("currency", "amount", "total"),
    [
        ("EUR", 1290, 1290),
        ("JPY", 1290, 1290),
        ("KWD", 1290, 1290),
        ("XTR", 5, 5),
        ("ISK", 1290, 1290),
        # Written without decimals, charged in hundredths.
        ("RSD", 1500, 150000),
        ("ALL", -300, -30000),
        ("IRR", 7, 700),
        # Written without decimals, charged in thousandths.
        ("IQD", 2500, 2500000),
    ],
)
def test_telegram_counts_some_currencies_in_smaller_parts(currency: str, amount: int, total: int) -> None:
    assert in_telegrams_units(amount, currency) == total
    assert from_telegrams_units(total, currency) == amount


def test_what_is_less_than_a_minor_unit_is_left_out() -> None:
    assert from_telegrams_units(150099, "RSD") == 1500


def test_of_a_currency_that_telegram_may_count_otherwise_no_card_is_taken() -> None:
    with pytest.raises(WayClosed):
        in_telegrams_units(1000, "MGA")
