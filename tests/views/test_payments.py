"""What is said of paying: it fits where it is shown, escapes what people wrote, and tells the whole sum."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.callbacks.payments import CashButton, PayButton
from bot.i18n import Translator
from bot.rules.payment_claims import LONGEST_NOTE, REASONS
from bot.rules.payment_ways import LONGEST_INSTRUCTIONS
from bot.services.payments.bills import Bill
from bot.services.payments.claims import Claim
from bot.services.payments.requests import Asked, Unpaid
from bot.views.payment_claims import (
    claim_shown,
    claim_standing,
    how_to_send,
    no_claims,
    payment_declined,
    payment_undone,
    why_declined,
)
from bot.views.payment_requests import (
    asked_toast,
    hand_over_standing,
    payment_request,
    unpaid_orders,
    unpaid_picks,
)
from bot.views.payment_ways import payments_page
from bot.views.payments import owed_list, pay_button, pay_line, ways_to_pay
from bot.views.screens import LONGEST_CAPTION, LONGEST_TEXT, Screen
from storage.models import Group, Offer, Payment, PaymentWay, Pick
from storage.repositories.orders import OwnLine
from storage.repositories.payment_bills import BilledOrder
from storage.repositories.payments import OrderMoney
from storage.repositories.picks import PostedPick
from storage.states import (
    FulfilmentState,
    OrderState,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    PaysWhen,
    PickState,
)
from tests.views.strange import STRANGE, TITLE, long, shown

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
CASH = PaymentWay(group_id=1, method=PaymentMethod.CASH)
TRANSFER = PaymentWay(group_id=1, method=PaymentMethod.TRANSFER, instructions="IBAN\nMei")
CREDIT = PaymentWay(group_id=1, method=PaymentMethod.CREDIT)
NAMES = [*STRANGE, *(long(text, TITLE) for text in STRANGE)]


def make_bill(
    *,
    words: str = "Ann",
    order_id: int = 1,
    lines: int = 2580,
    received: int = 0,
    claimed: int = 0,
    goodwill: int = 0,
    currency: str = "EUR",
    state: PickState = PickState.CLOSED,
    when: PaysWhen | None = None,
    ways: tuple[PaymentWay, ...] = (CASH, TRANSFER),
    tracked: bool = True,
    credit: int = 0,
) -> Bill:
    order = BilledOrder(
        order_id=order_id,
        number=12,
        state=OrderState.CONFIRMED,
        payment_state=PaymentState.UNPAID,
        person_id=7,
        name=words,
        pick_id=3,
        pick_number=3,
        pick_state=state,
        closed_at=NOW,
        title=words,
        currency=currency,
        group_id=1,
        group_title=words,
        time_zone="Europe/Berlin",
        named_methods=None,
        pays_when=when,
        group_pays_when=PaysWhen.AFTER_CLOSE,
        hold_minutes=10,
        price_can_fall=False,
    )
    money = OrderMoney(
        order_id=order_id,
        number=12,
        group_id=1,
        pick_id=3,
        person_id=7,
        currency=currency,
        order_state=OrderState.CONFIRMED,
        payment_state=PaymentState.UNPAID,
        fulfilment_state=FulfilmentState.WAITING,
        lines_amount=lines,
        received_amount=received,
        claimed_amount=claimed,
        refunded_amount=0,
        refund_due_amount=0,
        goodwill_amount=goodwill,
        is_tracked=tracked,
    )
    return Bill(order=order, money=money, ways=ways, takes_cash=CASH in ways, credit_amount=credit)


def make_payment(note: str = "", *, amount: int = 2580, proof: str | None = "file") -> Payment:
    return Payment(
        id=5,
        group_id=1,
        order_id=1,
        person_id=7,
        method=PaymentMethod.TRANSFER,
        stage=PaymentStage.CLAIMED,
        amount=amount,
        currency="EUR",
        proof_file_id=proof,
        note=note,
        receipt_number=9,
        created_at=NOW,
    )


def make_line(title: str, quantity: int = 2) -> OwnLine:
    return OwnLine(
        order_id=1,
        number=12,
        state=OrderState.CONFIRMED,
        pick_id=3,
        pick_number=3,
        offer_id=1,
        title=title,
        group_title=title,
        variant=title,
        quantity=quantity,
        unit_amount=1290,
        price_amount=1290,
        currency="EUR",
        closes_at=NOW,
        time_zone="Europe/Berlin",
    )


def fits(screen: Screen, limit: int = LONGEST_TEXT) -> None:
    shown(screen, limit=limit)
    assert all(len(button.text) <= 64 for row in screen.buttons for button in row)


@pytest.mark.parametrize("words", NAMES, ids=range(len(NAMES)))
def test_whatever_people_are_called_it_fits(t: Translator, words: str) -> None:
    bill, payment = make_bill(words=words), make_payment(long(words or "x", LONGEST_NOTE))
    claim = Claim(payment=payment, bill=bill)
    note = long(words or "x", 300)
    fits(claim_shown(t, claim, waiting=1_000_000, now=NOW, note=note, undo=payment), LONGEST_CAPTION)
    fits(why_declined(t, claim), LONGEST_CAPTION)
    fits(no_claims(t, note=note, undo=payment))
    way = PaymentWay(
        group_id=1,
        method=PaymentMethod.TRANSFER,
        instructions=long(words or "x", LONGEST_INSTRUCTIONS),
    )
    fits(how_to_send(t, bill, way, [make_line(words)] * 50))
    fits(ways_to_pay(t, bill, [make_line(words)] * 50))
    fits(claim_standing(t, bill, payment))
    fits(payment_request(t, bill))
    fits(owed_list(t, [make_bill(words=words, order_id=key) for key in range(300)]))
    for reason in (*REASONS, words or "x"):
        fits(payment_declined(t, bill, payment, reason=reason))
    fits(payment_undone(t, bill, payment))
    group = Group(
        id=1, chat_id=-100, title=words, language="en", currency="EUR", time_zone="UTC", created_at=NOW
    )
    ways = [
        PaymentWay(
            group_id=1,
            method=method,
            instructions=way.instructions if method in (CASH.method, TRANSFER.method) else "",
            stars_per_unit=60,
        )
        for method in PaymentMethod
    ]
    fits(payments_page(t, group, ways, has_provider=True, saved=True))
    posted = PostedPick(
        pick=Pick(
            id=3, group_id=1, offer_id=1, number=3, state=PickState.CLOSED, opens_at=NOW, closes_at=NOW
        ),
        offer=Offer(id=1, title=words, price_amount=1290, currency="EUR", created_at=NOW),
        group=group,
        variants=[],
    )
    unpaid = Unpaid(posted=posted, bills=[make_bill(words=words, order_id=key) for key in range(25)])
    fits(unpaid_picks(t, [unpaid] * 30, waiting=3))
    for page in (0, 2, 99):
        fits(unpaid_orders(t, unpaid, page=page, undo=payment))


def test_cards_are_offered_only_with_a_provider() -> None:
    group = Group(
        id=1, chat_id=-100, title="Honey", language="en", currency="JPY", time_zone="UTC", created_at=NOW
    )
    without = payments_page(Translator("en"), group, [], has_provider=False)
    assert "Card" not in str(without.keyboard())
    assert "Card" in str(payments_page(Translator("en"), group, [], has_provider=True).keyboard())


def test_how_an_amount_is_computed() -> None:
    t = Translator("en")
    bill = make_bill(received=1000, goodwill=280)
    screen = ways_to_pay(t, bill, [make_line("honey")])
    assert "2 × honey: €12.90 each, €25.80" in screen.text
    assert "Given for good will: €2.80" in screen.text
    assert "Paid already: €10.00" in screen.text
    assert "To pay: <b>€13.00</b>" in screen.text


def test_credit_is_offered_to_whoever_has_some() -> None:
    t = Translator("en")
    none, some = make_bill(ways=(CASH, CREDIT)), make_bill(ways=(TRANSFER, CREDIT), credit=500)
    assert "credit" not in str(ways_to_pay(t, none, []))
    assert pay_line(t, none) == "You pay <b>€25.80</b> in cash when you fetch it."
    offered = ways_to_pay(t, some, [])
    assert "Your store credit: <b>€5.00</b>" in offered.text
    assert "Store credit" in str(offered.keyboard())
    assert "Transfer or wallet, Store credit" in str(pay_line(t, some))


@pytest.mark.parametrize(("currency", "written"), [("JPY", "¥2,580"), ("KWD", "KWD\u00a02.580")])
def test_amounts_have_the_digits_of_their_currency(currency: str, written: str) -> None:
    assert written in str(pay_line(Translator("en"), make_bill(currency=currency)))


def test_a_receipt_says_what_by_when_and_how() -> None:
    t = Translator("en")
    assert pay_line(t, None) is None
    assert pay_line(t, make_bill(tracked=False)) is None
    assert pay_line(t, make_bill(state=PickState.LIVE)) is None
    assert pay_line(t, make_bill(received=2580)) == "Paid."
    assert pay_line(t, make_bill(ways=(CASH,))) == "You pay <b>€25.80</b> in cash when you fetch it."
    both = "Please pay <b>€25.80</b> by the time you fetch it: Cash at pick-up, Transfer or wallet"
    assert pay_line(t, make_bill()) == both
    at_once = make_bill(state=PickState.LIVE, when=PaysWhen.NOW, ways=(TRANSFER,))
    assert pay_line(t, at_once) == "Please pay <b>€25.80</b> now: Transfer or wallet"
    assert "You said that you have paid" in str(pay_line(t, make_bill(claimed=2580)))


def test_a_button_leads_to_paying_while_something_is_owed() -> None:
    t = Translator("en")
    assert [button.data for button in pay_button(t, make_bill())] == [PayButton(1)]
    for nothing in (None, make_bill(tracked=False), make_bill(received=2580), make_bill(lines=0)):
        assert pay_button(t, nothing) == []


def test_a_hand_over_says_what_is_to_be_paid() -> None:
    t = Translator("en")
    assert hand_over_standing(t, make_bill(tracked=False)) is None
    assert hand_over_standing(t, make_bill(lines=0)) is None
    assert hand_over_standing(t, make_bill(received=2580)) == "Paid."
    assert hand_over_standing(t, make_bill()) == "❗ To pay: <b>€25.80</b>"
    assert "nobody has confirmed it" in str(hand_over_standing(t, make_bill(claimed=2580)))


def test_another_amount_than_the_order_costs_now_is_seen() -> None:
    t = Translator("en")
    claim = Claim(payment=make_payment(amount=3000, proof=None), bill=make_bill())
    shown = claim_shown(t, claim, waiting=1, now=NOW)
    assert "“I have paid <b>€30.00</b>.”" in shown.text
    assert "To pay now: <b>€25.80</b>" in shown.text
    assert "No proof was sent." in shown.text
    same = claim_shown(t, Claim(payment=make_payment(), bill=make_bill()), waiting=1, now=NOW)
    assert "To pay now" not in same.text


def test_a_claim_for_an_order_that_is_gone_says_what_a_tap_does() -> None:
    bill = make_bill(lines=0)
    gone = replace(bill, money=bill.money._replace(order_state=OrderState.CANCELLED))
    shown = claim_shown(Translator("en"), Claim(payment=make_payment(), bill=gone), waiting=1, now=NOW)
    assert "The order was cancelled: what you confirm goes back." in shown.text
    assert "To pay now" not in shown.text


def test_where_no_cash_is_taken_nobody_ticks_it_off() -> None:
    t = Translator("en")
    posted = PostedPick(
        pick=Pick(
            id=3, group_id=1, offer_id=1, number=3, state=PickState.CLOSED, opens_at=NOW, closes_at=NOW
        ),
        offer=Offer(id=1, title="Tea", price_amount=1290, currency="EUR", created_at=NOW),
        group=Group(
            id=1, chat_id=-1, title="Honey", language="en", currency="EUR", time_zone="UTC", created_at=NOW
        ),
        variants=[],
    )
    bills = [make_bill(ways=(TRANSFER,)), make_bill(order_id=2)]
    screen = unpaid_orders(t, Unpaid(posted=posted, bills=bills), page=0)
    cash = [button.data for row in screen.buttons for button in row if isinstance(button.data, CashButton)]
    assert cash == [CashButton(2, 2580, 0)]
    posted.pick.state = PickState.LIVE
    live = unpaid_orders(t, Unpaid(posted=posted, bills=bills), page=0)
    assert "Remind" not in str(live.keyboard()), "its orders may still change"


def test_how_many_are_reminded() -> None:
    t = Translator("en")
    assert "once a day" in asked_toast(t, Asked(orders=0, shut=[]))
    assert asked_toast(t, Asked(orders=2, shut=[])) == "2 people are reminded."
