"""Receipts fit, whatever they name, in every language, and write amounts as their currency is written."""

from datetime import timedelta

import pytest

from bot.i18n import Translator
from bot.rules.receipts import ReceiptFacts, ReceiptLine, ReceiptPrice
from bot.views.payment_receipts import OrderPayments, payment_list, payment_receipt, payment_words
from bot.views.receipts import order_receipt, own_orders
from bot.views.screens import Screen
from storage.models import Payment, Refund
from storage.repositories.payments import OrderMoney
from storage.states import (
    FulfilmentState,
    OrderState,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    PriceBasis,
    RefundReason,
    RefundStage,
)
from tests.views.strange import GROUP, NOW, TITLE, VARIANT, long, make_own, make_posted, shown
from tests.views.test_receipts import order_on


def make_receipt(
    text: str = "Honey",
    *,
    method: PaymentMethod = PaymentMethod.TRANSFER,
    basis: PriceBasis = PriceBasis.TIER,
    variants: int = 1,
    currency: str = "EUR",
    amount: int = 2380,
    is_own: bool = True,
    is_cancelled: bool = False,
    outstanding: int = 0,
    back: int = 0,
    goodwill: int = 0,
    rate: int | None = None,
) -> Payment:
    """A payment with the receipt that was issued for it."""
    facts = ReceiptFacts(
        issued_at=NOW,
        group_title=long(text, GROUP),
        time_zone="Europe/Berlin",
        pick_number=3,
        title=long(text, TITLE),
        order_number=7,
        is_own=is_own,
        is_cancelled=is_cancelled,
        lines=tuple(
            ReceiptLine("" if variants == 1 else long(f"{n}{text}", VARIANT), 2, 1190)
            for n in range(variants)
        ),
        price=ReceiptPrice(basis, 1190, 1290, 30, may_fall=basis is PriceBasis.PRICE),
        goodwill_amount=goodwill,
        paid_amount=amount,
        outstanding_amount=outstanding,
        back_amount=back,
        stars_per_unit=rate,
    )
    return Payment(
        id=1,
        group_id=1,
        order_id=2,
        person_id=3,
        method=method,
        stage=PaymentStage.RECEIVED,
        amount=amount,
        currency=currency,
        charged_amount=1190,
        charged_currency="XTR",
        receipt_number=1234,
        receipt=facts.document(),
        created_at=NOW,
        decided_at=NOW,
    )


def make_money(state: PaymentState = PaymentState.UNPAID, **amounts: int) -> OrderMoney:
    """What is known of an order's money."""
    known = {
        **dict.fromkeys(("received_amount", "claimed_amount", "refunded_amount", "refund_due_amount"), 0),
        **amounts,
    }
    return OrderMoney(
        order_id=2,
        number=7,
        group_id=1,
        pick_id=1,
        person_id=3,
        currency="EUR",
        order_state=OrderState.CONFIRMED,
        payment_state=state,
        fulfilment_state=FulfilmentState.WAITING,
        lines_amount=2380,
        goodwill_amount=0,
        is_tracked=True,
        **known,
    )


def make_refund(method: PaymentMethod, stage: RefundStage, reason: RefundReason) -> Refund:
    return Refund(
        id=1,
        group_id=1,
        order_id=2,
        person_id=3,
        method=method,
        stage=stage,
        reason=reason,
        amount=430,
        currency="EUR",
        created_at=NOW,
        done_at=NOW if stage is RefundStage.DONE else None,
    )


def told(payment: Payment, language: str = "en") -> str:
    return shown(payment_receipt(Translator(language), payment, now=NOW))


@pytest.mark.parametrize("variants", [1, 50])
def test_receipts_fit(t: Translator, text: str, variants: int) -> None:
    payments = [
        make_receipt(text, method=PaymentMethod.STARS, is_own=False),
        make_receipt(text, is_cancelled=True, back=5),
        *(make_receipt(text, method=method, variants=variants, back=5, rate=5) for method in PaymentMethod),
        *(
            make_receipt(text, basis=basis, variants=variants, outstanding=5, goodwill=5)
            for basis in PriceBasis
        ),
    ]
    for payment in payments:
        for page in (None, 3):
            said = shown(payment_receipt(t, payment, now=NOW, page=page))
            assert "1234" in said
            # Whatever turns a line around ends with the name that it stands in.
            assert said.count("\u2068") == said.count("\u2069") >= 2


def test_a_receipt_reads_on_a_phone() -> None:
    assert told(make_receipt()).replace("\u2068", "").replace("\u2069", "").splitlines() == [
        "Receipt 1234 · Mon 2 Mar, 13:00",
        f"{long('Honey', 59)}…, pick #3, order number 7",
        "",
        f"{long('Honey', 59)}…",
        "2 at €11.90 each: €23.80",
        "The price from 30 on, instead of €12.90 each: you save €2.00.",
        "In all: €23.80",
        "",
        "Paid by transfer: €23.80",
        "Nothing is left to pay. Thank you!",
    ]
    assert "2027" not in told(make_receipt())
    later = payment_receipt(Translator("en"), make_receipt(), now=NOW + timedelta(days=400))
    assert "2 Mar 2026, 13:00" in shown(later)


@pytest.mark.parametrize(
    ("currency", "language", "each", "paid"),
    [
        ("EUR", "en", "€11.90", "€23.80"),
        ("EUR", "es", "11,90\xa0€", "23,80\xa0€"),
        ("JPY", "en", "¥1,190", "¥2,380"),
        ("JPY", "zh_CN", "JP¥1,190", "JP¥2,380"),
        ("KWD", "en", "KWD\xa01.190", "KWD\xa02.380"),
        ("KWD", "ru", "1,190\xa0KWD", "2,380\xa0KWD"),
    ],
)
def test_amounts_are_written_as_their_currency_is(currency: str, language: str, each: str, paid: str) -> None:
    said = told(make_receipt(currency=currency), language)
    assert each in said
    assert said.count(paid) == 3


def test_stars_are_told_with_their_rate_where_it_is_known() -> None:
    paid = "Paid with 1,190 Stars, for €23.80"
    assert paid in told(make_receipt(method=PaymentMethod.STARS))
    assert f"{paid} at 50 Stars for €1.00" in told(make_receipt(method=PaymentMethod.STARS, rate=50))
    yen = make_receipt(method=PaymentMethod.STARS, rate=1, currency="JPY")
    assert "at 1 Star for ¥1" in told(yen)


def test_what_is_left_and_what_goes_back_is_said() -> None:
    assert "Still to pay: €4.00" in told(make_receipt(outstanding=400))
    assert "Nothing is left" not in told(make_receipt(outstanding=400))
    assert "Goes back to you: €4.00" in told(make_receipt(back=400))
    assert "Goodwill: €1.00 less\nIn all: €22.80" in told(make_receipt(goodwill=100))


def test_who_paid_for_somebody_else_reads_nothing_of_her_order() -> None:
    said = told(make_receipt(is_own=False, outstanding=400))
    assert "€11.90" not in said
    assert "left" not in said
    assert "Still to pay" not in said


def test_a_receipt_that_was_a_mistake_says_so() -> None:
    payment = make_receipt()
    payment.stage, payment.decided_at = PaymentStage.DECLINED, NOW + timedelta(days=1)
    assert "Mon 2 Mar" in told(payment), "it was issued when it was issued"
    assert "does not count any more" in told(payment)
    moves = OrderPayments(money=make_money(), payments=[payment], refunds=[], time_zone="Europe/Berlin")
    listed = payment_list(Translator("en"), moves, now=NOW, room=1000)
    assert "Tue 3 Mar, 13:00: receipt 1234 was a mistake and does not count." in str(listed)


def test_a_payment_that_did_not_come_in_has_no_receipt() -> None:
    payment = make_receipt()
    payment.receipt = None
    with pytest.raises(ValueError, match="no receipt"):
        payment_receipt(Translator("en"), payment, now=NOW)


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (make_money(), None),
        (
            make_money(PaymentState.CLAIMED, claimed_amount=2380),
            "You said that you have paid €23.80; it waits for your curator.",
        ),
        (make_money(PaymentState.PAID, received_amount=2380), "Paid: €23.80."),
        (make_money(received_amount=1000), "Paid so far: €10.00."),
        (
            make_money(PaymentState.REFUND_DUE, received_amount=3000, refund_due_amount=620),
            "Paid: €23.80. €6.20 goes back.",
        ),
        (
            make_money(PaymentState.REFUNDED, received_amount=2380, refunded_amount=2380)._replace(
                order_state=OrderState.CANCELLED, lines_amount=0
            ),
            "€23.80 went back.",
        ),
        (
            make_money(PaymentState.PAID, received_amount=3000, refunded_amount=620),
            "Paid: €23.80. €6.20 went back.",
        ),
    ],
)
def test_an_order_says_where_its_money_is(money: OrderMoney, words: str | None) -> None:
    assert payment_words(Translator("en"), money) == words


def test_what_goes_back_to_somebody_else_is_not_told_as_hers() -> None:
    for stage, words in (
        (RefundStage.DUE, "goes back to whoever has"),
        (RefundStage.DONE, "went back to whoever had"),
    ):
        refund = make_refund(PaymentMethod.CARD, stage, RefundReason.OVERPAID)
        refund.person_id = 4
        moves = OrderPayments(money=make_money(), payments=[], refunds=[refund], time_zone="Europe/Berlin")
        assert f"€4.30 {words} paid it." in str(payment_list(Translator("en"), moves, now=NOW, room=1000))


def make_moves() -> OrderPayments:
    """Every payment and every refund that there can be."""
    payments = []
    for stage in PaymentStage:
        for method in PaymentMethod:
            payment = make_receipt(method=method)
            payment.stage = stage
            payments.append(payment)
    refunds = [
        make_refund(method, stage, reason)
        for method in PaymentMethod
        for stage in RefundStage
        for reason in RefundReason
    ]
    return OrderPayments(
        money=make_money(received_amount=2380), payments=payments, refunds=refunds, time_zone="Europe/Berlin"
    )


def test_each_payment_and_refund_has_its_words(t: Translator) -> None:
    moves = make_moves()
    for payment in moves.payments:
        alone = OrderPayments(money=moves.money, payments=[payment], refunds=[], time_zone="Europe/Berlin")
        words = payment_list(t, alone, now=NOW, room=1000)
        is_nothing_yet = payment.stage in (PaymentStage.OPEN, PaymentStage.LAPSED)
        assert (words is None) == is_nothing_yet
    for refund in moves.refunds:
        alone = OrderPayments(money=moves.money, payments=[], refunds=[refund], time_zone="Europe/Berlin")
        words = payment_list(t, alone, now=NOW, room=1000)
        assert words is not None
        assert t.language != "en" or "€4.30" in words


@pytest.mark.parametrize("variants", [1, 2, 50])
def test_an_order_with_much_money_behind_it_fits(t: Translator, text: str, variants: int) -> None:
    posted = make_posted(text, variants=variants)
    for state in OrderState:
        order, own = order_on(posted, state=state), make_own(posted, state=state)
        screen: Screen = order_receipt(
            t, order, own, price=1, paid=make_moves(), bill=None, page=3, is_reminded=True, now=NOW
        )
        assert "…" in shown(screen)
        money = {order.order_id: make_money(PaymentState.PAID, received_amount=2380)}
        shown(own_orders(t, [order], own, prices={}, money=money, page=0, has_more=False, now=NOW))
