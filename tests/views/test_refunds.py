"""Money that goes back, in words: for every reason and way, and short enough for where it stands."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from bot.i18n import Translator
from bot.money import Money
from bot.rules.refunds import LONGEST_NOTE
from bot.rules.settlements import Back
from bot.views.payment_credit import (
    Receiver,
    ask_credit,
    credit_given,
    credit_got,
    credit_spent_toast,
    sure_of_credit,
)
from bot.views.refund_goodwill import (
    ask_goodwill,
    goodwill_given,
    sure_of_goodwill,
    which_order_to_refund,
)
from bot.views.refund_notices import (
    refund_done_notice,
    refund_due_notice,
    refunds_owed_notice,
    something_waits,
)
from bot.views.refunds import (
    REFUNDS_A_PAGE,
    Owing,
    ask_note,
    refund_page,
    refunds_done,
    refunds_owed,
    ticked_off_toast,
)
from storage.models import Refund
from storage.repositories.payments import OrderMoney
from storage.repositories.pickups import OrderInHand
from storage.repositories.refunds import OwedRefund, PickOwed
from storage.states import (
    FulfilmentState,
    OrderState,
    PaymentMethod,
    PaymentState,
    PickState,
    RefundReason,
    RefundStage,
)
from tests.views.strange import GROUP, NAME, NOW, TITLE, long, make_posted, shown

EN = Translator("en")
LARGEST = 2**62
PARTS = [Back(n, method, 9_999_999_999) for n, method in enumerate(PaymentMethod)]


def owed_refund(text: str = "Ann") -> OwedRefund:
    return OwedRefund(
        id=LARGEST,
        amount=1290,
        currency="EUR",
        method=PaymentMethod.TRANSFER,
        stage=RefundStage.DUE,
        reason=RefundReason.CANCELLED,
        note=long(text, LONGEST_NOTE),
        created_at=NOW,
        done_at=NOW,
        done_by=long(text, NAME),
        person_id=LARGEST,
        name=long(text, NAME),
        private_is_open=True,
        group_id=LARGEST,
        group_title=long(text, GROUP),
        time_zone="UTC",
        order_id=LARGEST,
        number=999_999,
        pick_id=LARGEST,
        pick_number=999_999,
        pick_state=PickState.CLOSED,
        curator_id=LARGEST,
        title=long(text, TITLE),
        paid_by=PaymentMethod.TRANSFER,
        charged_amount=None,
    )


def every_refund() -> Iterator[OwedRefund]:
    """For every reason, way, stage and state of its pick; and one whose order nobody knows."""
    for reason, method, stage, state in product(RefundReason, PaymentMethod, RefundStage, PickState):
        yield replace(owed_refund(), reason=reason, method=method, stage=stage, pick_state=state)
    yield replace(
        owed_refund(),
        currency="XTR",
        number=None,
        pick_number=None,
        pick_state=None,
        title=None,
        reason=RefundReason.UNWANTED,
    )


def order_in_hand(text: str = "Ann") -> OrderInHand:
    return OrderInHand(
        id=LARGEST,
        number=999_999,
        state=OrderState.COMPLETED,
        fulfilment=FulfilmentState.HANDED_OVER,
        code=None,
        person_id=LARGEST,
        name=long(text, NAME),
        private_is_open=True,
        point_id=None,
        point_name=None,
        point_words=None,
        pick_id=LARGEST,
        pick_number=999_999,
        pick_state=PickState.CLOSED,
        title=long(text, TITLE),
        currency="EUR",
        group_id=LARGEST,
        group_title=long(text, GROUP),
        time_zone="UTC",
        handed_over_at=NOW,
        handed_over_by=long(text, NAME),
        lines=[("", 2)],
        amount=2580,
    )


def goodwill(method: PaymentMethod) -> Refund:
    return Refund(
        id=LARGEST,
        person_id=LARGEST,
        amount=9_999_999_999,
        currency="EUR",
        method=method,
        stage=RefundStage.DUE,
        reason=RefundReason.GOODWILL,
        created_at=NOW,
    )


def money(**amounts: int) -> OrderMoney:
    kept = dict.fromkeys(OrderMoney._fields, 0) | amounts
    states = {
        "currency": "EUR",
        "order_state": OrderState.COMPLETED,
        "payment_state": PaymentState.PAID,
        "fulfilment_state": FulfilmentState.HANDED_OVER,
        "is_tracked": True,
    }
    return OrderMoney(**{**kept, **states})  # type: ignore[arg-type]


def test_every_refund_has_words(t: Translator) -> None:
    for owed in every_refund():
        assert shown(refund_due_notice(t, owed, may_keep=True))
        assert shown(refund_due_notice(t, owed, may_keep=False, is_correction=True))
        assert shown(refund_done_notice(t, owed, note="on Sunday", credit_amount=500))
        assert shown(refund_page(t, owed, now=NOW))


def test_whatever_people_wrote_fits(t: Translator, text: str) -> None:
    owed = replace(owed_refund(text), reason=RefundReason.GOODWILL)
    posted = make_posted(text)
    picks = [
        PickOwed(
            pick_id=n,
            pick_number=n,
            title=long(text, TITLE),
            currency="KWD",
            refunds=5000,
            open=4999,
            open_amount=9_999_999_999,
        )
        for n in range(200)
    ]
    owing = Owing(
        group=posted.group,
        sums={"EUR": (5000, 99_999_999_999), "KWD": (1, 1), "XTR": (1, 800)},
        picks=picks,
        refunds=[owed] * REFUNDS_A_PAGE,
        page=3,
        last=replace(owed, stage=RefundStage.DONE),
    )
    assert shown(refunds_owed(t, owing, now=NOW))
    assert shown(refunds_done(t, owing, now=NOW))
    assert shown(refund_page(t, owed, now=NOW))
    assert shown(ask_note(t, owed))
    assert ticked_off_toast(t, owed)
    assert shown(refund_due_notice(t, owed, may_keep=True))
    assert shown(refunds_owed_notice(t, posted, picks[0]))
    assert shown(something_waits(t, posted, name=long(text, NAME), link="https://t.me/vouch_bot?start=x"))


def test_good_will_and_credit_fit(t: Translator, text: str) -> None:
    order, written = order_in_hand(text), Money(amount=300, currency="EUR")
    note = long(text, LONGEST_NOTE)
    facts = money(received_amount=2580, refunded_amount=100)
    assert shown(ask_goodwill(t, order, facts, 2480, credit=True))
    assert shown(ask_goodwill(t, order, facts, 0, credit=False))
    assert shown(sure_of_goodwill(t, order, written, PARTS, reason=note, draft_id=LARGEST))
    assert shown(goodwill_given(t, order, [goodwill(method) for method in PaymentMethod]))
    assert shown(which_order_to_refund(t, [order] * 20))
    receiver = Receiver(name=long(text, NAME), group_title=long(text, GROUP), money=written)
    assert shown(ask_credit(t, name=receiver.name, group=receiver.group_title))
    assert shown(sure_of_credit(t, [receiver] * 8, reason=note, draft_id=LARGEST))
    assert shown(sure_of_credit(t, [receiver], reason=note, draft_id=LARGEST))
    assert shown(credit_given(t, receiver))
    assert shown(credit_got(t, group=receiver.group_title, money=written, reason=note, credit=written))
    assert credit_spent_toast(t, written, written)


@pytest.mark.parametrize(
    ("reason", "state", "words"),
    [
        (RefundReason.CANCELLED, PickState.LIVE, "the order was cancelled"),
        (RefundReason.CANCELLED, PickState.FAILED, "the pick did not come about"),
        (RefundReason.CANCELLED, PickState.WITHDRAWN, "the pick was withdrawn"),
        (RefundReason.OVERPAID, PickState.CLOSED, "more was paid than the order costs"),
        (RefundReason.GOODWILL, PickState.CLOSED, "for good will: broken jar"),
        (RefundReason.UNWANTED, PickState.CLOSED, "the payment could not be accepted"),
    ],
)
def test_a_member_reads_why(reason: RefundReason, state: PickState, words: str) -> None:
    owed = replace(owed_refund(), reason=reason, pick_state=state, note="broken jar")
    assert words in shown(refund_due_notice(EN, owed, may_keep=False))


def test_stars_in_part_come_by_another_way() -> None:
    owed = replace(owed_refund(), paid_by=PaymentMethod.STARS)
    assert "Telegram cannot give these Stars back" in shown(refund_due_notice(EN, owed, may_keep=False))
    whole = replace(owed, method=PaymentMethod.STARS, stage=RefundStage.DONE, charged_amount=800)
    assert "given your Stars back: 800 Stars" in shown(refund_done_notice(EN, whole))


def test_an_empty_list_says_so(t: Translator) -> None:
    owing = Owing(group=make_posted().group, sums={}, picks=[], refunds=[], page=0)
    assert "0" not in shown(refunds_owed(t, owing, now=NOW))
    assert shown(refunds_done(t, owing, now=NOW))
