"""Invoices fit Telegram's limits, whatever people wrote, and their prices come to exactly what is charged."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.i18n import Translator
from bot.services.payments.bills import Bill
from bot.views.payment_invoices import (
    charge_unplaced,
    charged,
    invoice,
    invoice_refused,
    invoice_sent,
)
from bot.views.screens import LONGEST_TOAST
from storage.models import Payment
from storage.repositories.orders import OwnLine
from storage.repositories.payment_bills import BilledOrder
from storage.repositories.payments import OrderMoney
from storage.states import (
    FulfilmentState,
    OrderState,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    PaysWhen,
    PickState,
)
from tests.views.strange import GROUP, TITLE, long, shown

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
LINK = "https://t.me/vouch_bot?start=pay_1"


def make_line(text: str, *, quantity: int = 2, unit_amount: int = 1290) -> OwnLine:
    return OwnLine(
        order_id=1,
        number=12,
        state=OrderState.CONFIRMED,
        pick_id=3,
        pick_number=3,
        offer_id=3,
        closes_at=NOW,
        group_title=text,
        time_zone="Europe/Berlin",
        title=text,
        currency="EUR",
        price_amount=unit_amount,
        variant="",
        quantity=quantity,
        unit_amount=unit_amount,
    )


def make_bill(text: str = "Honey", *, lines_amount: int = 2580, **money: int) -> Bill:
    return Bill(
        order=BilledOrder(
            order_id=1,
            number=12,
            state=OrderState.CONFIRMED,
            payment_state=PaymentState.UNPAID,
            person_id=7,
            name="Ann",
            pick_id=3,
            pick_number=3,
            pick_state=PickState.CLOSED,
            closed_at=NOW,
            title=text,
            currency="EUR",
            group_id=1,
            group_title=text,
            time_zone="Europe/Berlin",
            named_methods=None,
            pays_when=None,
            group_pays_when=PaysWhen.AFTER_CLOSE,
            hold_minutes=10,
            price_can_fall=False,
        ),
        money=OrderMoney(
            order_id=1,
            number=12,
            group_id=1,
            pick_id=3,
            person_id=7,
            currency="EUR",
            order_state=OrderState.CONFIRMED,
            payment_state=PaymentState.UNPAID,
            fulfilment_state=FulfilmentState.WAITING,
            lines_amount=lines_amount,
            received_amount=money.get("received", 0),
            claimed_amount=0,
            refunded_amount=money.get("refunded", 0),
            refund_due_amount=0,
            goodwill_amount=money.get("goodwill", 0),
            is_tracked=True,
        ),
        ways=(),
        takes_cash=True,
    )


def make_payment(amount: int = 2580, *, stars: int | None = None) -> Payment:
    return Payment(
        id=1,
        group_id=1,
        order_id=1,
        person_id=7,
        method=PaymentMethod.STARS if stars else PaymentMethod.CARD,
        stage=PaymentStage.OPEN,
        amount=amount,
        currency="EUR",
        charged_amount=stars or amount,
        charged_currency="XTR" if stars else "EUR",
        token="vouch-x",
        created_at=NOW,
    )


def drawn(t: Translator, payment: Payment, bill: Bill, own: list[OwnLine]) -> dict[str, Any]:
    return dict(invoice(t, payment, bill, own, provider_token="1:TEST:abcd", others_link=LINK))


def test_it_fits(t: Translator, text: str) -> None:
    params = drawn(t, make_payment(), make_bill(long(text, GROUP)), [make_line(long(text, TITLE))])
    assert 0 < len(params["title"]) <= 32
    assert 0 < len(params["description"]) <= 255
    assert all(price["label"] and len(price["label"]) <= 60 for price in params["prices"])
    assert sum(price["amount"] for price in params["prices"]) == 2580
    [[pay], [others]] = params["reply_markup"]["inline_keyboard"]
    assert pay["pay"] is True
    assert others["url"] == LINK


def test_its_prices_say_how_the_amount_comes_about(t: Translator) -> None:
    own = [make_line("Honey"), make_line("Tea", quantity=1, unit_amount=500)]
    bill = make_bill(lines_amount=3080, received=1000, refunded=200, goodwill=80)
    params = drawn(t, make_payment(2200), bill, own)
    assert [price["amount"] for price in params["prices"]] == [2580, 500, -80, -800]
    assert params["prices"][0]["label"] == "2 × Honey"


@pytest.mark.parametrize("count", [0, 1, 31])
def test_what_the_lines_do_not_say_is_one_price(t: Translator, count: int) -> None:
    own = [make_line("Honey", quantity=1, unit_amount=10)] * count
    params = drawn(t, make_payment(310), make_bill(lines_amount=310), own)
    assert [price["amount"] for price in params["prices"]] == [310]


def test_stars_have_one_price_and_no_provider(t: Translator) -> None:
    params = drawn(t, make_payment(stars=1548), make_bill(), [make_line("Honey")])
    assert (params["currency"], params["provider_token"]) == ("XTR", "")
    assert [price["amount"] for price in params["prices"]] == [1548]


def test_what_is_said_of_it(t: Translator) -> None:
    assert len(invoice_sent(t)) <= LONGEST_TOAST
    for payment in (make_payment(), make_payment(stars=1)):
        amount = charged(t, payment.charged_amount or 0, payment.charged_currency or "")
        assert amount in shown(invoice_refused(t, payment, is_amount=True))
        assert amount not in shown(invoice_refused(t, payment, is_amount=False))
    for currency in ("XTR", "EUR", "JPY", "KWD"):
        unplaced = make_payment()
        unplaced.currency = currency
        assert charged(t, 2580, currency) in shown(charge_unplaced(t, unplaced))
