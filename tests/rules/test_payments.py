"""Every step of an order, its goods, a payment and a refund: what is taken, and what never is."""

from dataclasses import dataclass
from itertools import product

import pytest

from bot.rules.payments import (
    GOODS_OF,
    GOODS_STEPS,
    ORDER_STEPS,
    PAYMENT_STEPS,
    REFUND_STEPS,
    Contradiction,
    GoodsEvent,
    PaymentEvent,
    RefundEvent,
    StepUnknown,
    contradictions,
    goods_after,
    order_after,
    refund_after,
    reviewed,
    stage_after,
)
from storage.states import (
    FulfilmentState,
    OrderEventKind,
    OrderState,
    PaymentStage,
    PickState,
    RefundStage,
)

PLACED, CONFIRMED, COMPLETED, CANCELLED, IN_REVIEW = (
    OrderState.PLACED,
    OrderState.CONFIRMED,
    OrderState.COMPLETED,
    OrderState.CANCELLED,
    OrderState.NEEDS_REVIEW,
)
WAITING, READY, HANDED_OVER, RETURNED = (
    FulfilmentState.WAITING,
    FulfilmentState.READY,
    FulfilmentState.HANDED_OVER,
    FulfilmentState.RETURNED,
)
OPEN, PAYING, CLAIMED, RECEIVED, DECLINED, LAPSED = (
    PaymentStage.OPEN,
    PaymentStage.PAYING,
    PaymentStage.CLAIMED,
    PaymentStage.RECEIVED,
    PaymentStage.DECLINED,
    PaymentStage.LAPSED,
)
DUE, DONE = RefundStage.DUE, RefundStage.DONE

ORDERS = {
    (CANCELLED, OrderEventKind.PLACED): {PLACED},
    (PLACED, OrderEventKind.AMENDED): {PLACED},
    (PLACED, OrderEventKind.CANCELLED): {CANCELLED},
    (CONFIRMED, OrderEventKind.CANCELLED): {CANCELLED},
    (IN_REVIEW, OrderEventKind.CANCELLED): {IN_REVIEW},
    (PLACED, OrderEventKind.CONFIRMED): {CONFIRMED},
    (PLACED, OrderEventKind.REPRICED): {PLACED},
    (CONFIRMED, OrderEventKind.REPRICED): {CONFIRMED},
    (COMPLETED, OrderEventKind.REPRICED): {COMPLETED},
    (IN_REVIEW, OrderEventKind.REPRICED): {IN_REVIEW},
    (CONFIRMED, OrderEventKind.READY): {CONFIRMED},
    (CONFIRMED, OrderEventKind.REMINDED): {CONFIRMED},
    (PLACED, OrderEventKind.PAYMENT_ASKED): {PLACED},
    (CONFIRMED, OrderEventKind.PAYMENT_ASKED): {CONFIRMED},
    (COMPLETED, OrderEventKind.PAYMENT_ASKED): {COMPLETED},
    (CONFIRMED, OrderEventKind.HANDED_OVER): {COMPLETED},
    (COMPLETED, OrderEventKind.TAKEN_BACK): {CONFIRMED},
    (COMPLETED, OrderEventKind.RETURNED): {COMPLETED},
    (PLACED, OrderEventKind.LAPSED): {PLACED, CANCELLED},
    (PLACED, OrderEventKind.REVIEW_OPENED): {IN_REVIEW},
    (CONFIRMED, OrderEventKind.REVIEW_OPENED): {IN_REVIEW},
    (COMPLETED, OrderEventKind.REVIEW_OPENED): {IN_REVIEW},
    (CANCELLED, OrderEventKind.REVIEW_OPENED): {IN_REVIEW},
    (IN_REVIEW, OrderEventKind.REVIEW_OPENED): {IN_REVIEW},
    (IN_REVIEW, OrderEventKind.REVIEW_SETTLED): {PLACED, CONFIRMED, COMPLETED, CANCELLED},
}
GOODS = {
    (WAITING, GoodsEvent.ARRIVED): READY,
    (WAITING, GoodsEvent.MOVED): WAITING,
    (READY, GoodsEvent.MOVED): WAITING,
    (WAITING, GoodsEvent.HANDED_OVER): HANDED_OVER,
    (READY, GoodsEvent.HANDED_OVER): HANDED_OVER,
    (HANDED_OVER, GoodsEvent.TAKEN_BACK): READY,
    (HANDED_OVER, GoodsEvent.RETURNED): RETURNED,
}
PAYMENTS = {
    (OPEN, PaymentEvent.BEGUN): PAYING,
    (PAYING, PaymentEvent.BEGUN): PAYING,
    (LAPSED, PaymentEvent.BEGUN): PAYING,
    (OPEN, PaymentEvent.CLAIMED): CLAIMED,
    (CLAIMED, PaymentEvent.DECLINED): DECLINED,
    (CLAIMED, PaymentEvent.WITHDRAWN): LAPSED,
    (OPEN, PaymentEvent.LAPSED): LAPSED,
    (PAYING, PaymentEvent.LAPSED): LAPSED,
    (OPEN, PaymentEvent.RECEIVED): RECEIVED,
    (PAYING, PaymentEvent.RECEIVED): RECEIVED,
    (CLAIMED, PaymentEvent.RECEIVED): RECEIVED,
    (DECLINED, PaymentEvent.RECEIVED): RECEIVED,
    (LAPSED, PaymentEvent.RECEIVED): RECEIVED,
    (RECEIVED, PaymentEvent.UNDONE): DECLINED,
}
REFUNDS = {
    (DUE, RefundEvent.REFUSED): DUE,
    (DUE, RefundEvent.DONE): DONE,
    (DONE, RefundEvent.UNDONE): DUE,
}


@pytest.mark.parametrize(("state", "event"), list(product(OrderState, OrderEventKind)))
def test_an_order_takes_the_steps_of_its_table_and_no_other(state: OrderState, event: OrderEventKind) -> None:
    allowed = ORDERS.get((state, event), set())
    assert ORDER_STEPS[event].get(state, frozenset()) == allowed
    if len(allowed) == 1:
        assert {order_after(state, event)} == allowed
    else:
        with pytest.raises(StepUnknown, match=f"^{event} of an order that is {state}$"):
            order_after(state, event)


@pytest.mark.parametrize(("state", "event"), list(product(FulfilmentState, GoodsEvent)))
def test_goods_take_the_steps_of_their_table_and_no_other(state: FulfilmentState, event: GoodsEvent) -> None:
    if (state, event) in GOODS:
        assert goods_after(state, event) is GOODS[state, event]
    else:
        with pytest.raises(StepUnknown, match=f"^{event} of goods that are {state}$"):
            goods_after(state, event)


@pytest.mark.parametrize(("stage", "event"), list(product(PaymentStage, PaymentEvent)))
def test_a_payment_takes_the_steps_of_its_table_and_no_other(
    stage: PaymentStage, event: PaymentEvent
) -> None:
    if (stage, event) in PAYMENTS:
        assert stage_after(stage, event) is PAYMENTS[stage, event]
    else:
        with pytest.raises(StepUnknown, match=f"^{event} of a payment that is {stage}$"):
            stage_after(stage, event)


@pytest.mark.parametrize(("stage", "event"), list(product(RefundStage, RefundEvent)))
def test_a_refund_takes_the_steps_of_its_table_and_no_other(stage: RefundStage, event: RefundEvent) -> None:
    if (stage, event) in REFUNDS:
        assert refund_after(stage, event) is REFUNDS[stage, event]
    else:
        with pytest.raises(StepUnknown, match=f"^{event} of a refund that is {stage}$"):
            refund_after(stage, event)


def test_every_event_has_a_table() -> None:
    assert set(ORDER_STEPS) == set(OrderEventKind)
    assert set(GOODS_STEPS) == set(GoodsEvent)
    assert set(PAYMENT_STEPS) == set(PaymentEvent)
    assert set(REFUND_STEPS) == set(RefundEvent)


def test_goods_are_where_the_steps_of_orders_and_goods_together_bring_them() -> None:
    """What can be reached from a new order by the events of both tables is what is free of contradictions."""
    of_both = {
        OrderEventKind.READY: GoodsEvent.ARRIVED,
        OrderEventKind.HANDED_OVER: GoodsEvent.HANDED_OVER,
        OrderEventKind.TAKEN_BACK: GoodsEvent.TAKEN_BACK,
        OrderEventKind.RETURNED: GoodsEvent.RETURNED,
    }
    by_themselves = set(OrderEventKind) - {*of_both, OrderEventKind.REVIEW_OPENED}
    reached, new = {(PLACED, WAITING)}, {(PLACED, WAITING)}
    while new:
        found = set()
        for (order, goods), event in product(new, by_themselves):
            found |= {(after, goods) for after in ORDER_STEPS[event].get(order, ())}
        for (order, goods), (event, moved) in product(new, of_both.items()):
            if order in ORDER_STEPS[event] and goods in GOODS_STEPS[moved]:
                found.add((order_after(order, event), goods_after(goods, moved)))
        for order, goods in new:
            if order is CONFIRMED and goods in GOODS_STEPS[GoodsEvent.MOVED]:
                found.add((order, goods_after(goods, GoodsEvent.MOVED)))
        new = found - reached
        reached |= found
    # A pick whose goods have arrived takes no orders any more, so nobody places one again.
    reached.discard((PLACED, READY))
    assert reached == {
        (order, goods) for order, there in GOODS_OF.items() for goods in there if order is not IN_REVIEW
    }
    assert GOODS_OF[IN_REVIEW] == set(FulfilmentState)


@pytest.mark.parametrize(
    ("pick", "goods", "has_lines", "is_held"),
    list(product(PickState, FulfilmentState, [False, True], [False, True])),
)
def test_an_order_comes_out_of_review_where_its_facts_say(
    pick: PickState, goods: FulfilmentState, has_lines: bool, is_held: bool
) -> None:
    def come_out() -> OrderState:
        return reviewed(pick, goods, has_lines=has_lines, is_held=is_held)

    if goods in (HANDED_OVER, RETURNED):
        assert come_out() is COMPLETED
    elif not has_lines:
        assert come_out() is CANCELLED
    elif pick is PickState.LIVE:
        assert come_out() is PLACED
    elif pick is PickState.CLOSED:
        assert come_out() is (PLACED if is_held else CONFIRMED)
    else:
        with pytest.raises(StepUnknown, match=f"^an order with lines whose pick is {pick}$"):
            come_out()


def test_nothing_is_held_unless_somebody_says_so() -> None:
    assert reviewed(PickState.CLOSED, WAITING, has_lines=True) is CONFIRMED


@dataclass(frozen=True, kw_only=True)
class Facts:
    order_state: OrderState = PLACED
    fulfilment_state: FulfilmentState = WAITING
    lines_amount: int = 0
    received_amount: int = 0
    refunded_amount: int = 0
    refund_due_amount: int = 0


def test_findings_are_stored_by_these_words() -> None:
    stored = {"given_back_too_much", "goods_elsewhere", "cancelled_with_lines"}
    assert {contradiction.value for contradiction in Contradiction} == stored


def test_no_more_goes_back_than_came() -> None:
    assert contradictions(Facts(received_amount=100, refunded_amount=60, refund_due_amount=40)) == []
    assert contradictions(Facts(received_amount=100, refunded_amount=61, refund_due_amount=40)) == [
        Contradiction.GIVEN_BACK_TOO_MUCH
    ]
    assert contradictions(Facts(refund_due_amount=1)) == [Contradiction.GIVEN_BACK_TOO_MUCH]


def test_what_is_cancelled_holds_nothing() -> None:
    assert contradictions(Facts(order_state=CANCELLED)) == []
    assert contradictions(Facts(order_state=CANCELLED, lines_amount=1)) == [
        Contradiction.CANCELLED_WITH_LINES
    ]
    assert contradictions(Facts(order_state=PLACED, lines_amount=1)) == []


@pytest.mark.parametrize(("order", "goods"), list(product(OrderState, FulfilmentState)))
def test_goods_are_where_the_order_lets_them_be(order: OrderState, goods: FulfilmentState) -> None:
    found = contradictions(Facts(order_state=order, fulfilment_state=goods))
    assert found == ([] if goods in GOODS_OF[order] else [Contradiction.GOODS_ELSEWHERE])
