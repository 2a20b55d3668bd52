"""The states of an order, of its goods and of its money, kept apart: what each event makes of them.

What no table allows, nobody guesses at: a step that is not in them raises, and facts that contradict one
another put the order into review. The state of an order's money is reckoned from the facts
(`bot/rules/settlements`) and not stepped: what happened between two reckonings may be several things at once.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from storage.states import (
    FETCHED,
    FulfilmentState,
    OrderEventKind,
    OrderState,
    PaymentStage,
    PickState,
    RefundStage,
)

E = TypeVar("E", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)


class StepUnknown(ValueError):
    """No table knows this event in this state."""


class GoodsEvent(StrEnum):
    """What happens to the goods of an order."""

    ARRIVED = "arrived"
    MOVED = "moved"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    RETURNED = "returned"


class PaymentEvent(StrEnum):
    """What happens to one payment."""

    #: Telegram asked whether it may be taken, and it may.
    BEGUN = "begun"
    CLAIMED = "claimed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    #: Who claimed to have paid took that back, or said it anew.
    WITHDRAWN = "withdrawn"
    RECEIVED = "received"
    #: It was confirmed by mistake.
    UNDONE = "undone"


class RefundEvent(StrEnum):
    """What happens to one refund."""

    REFUSED = "refused"
    DONE = "done"
    #: It was ticked off by mistake.
    UNDONE = "undone"


class Contradiction(StrEnum):
    """Facts about an order that cannot be true together."""

    GIVEN_BACK_TOO_MUCH = "given_back_too_much"
    GOODS_ELSEWHERE = "goods_elsewhere"
    CANCELLED_WITH_LINES = "cancelled_with_lines"


class Standing(Protocol):
    """What is looked at for contradictions; amounts in minor units."""

    @property
    def order_state(self) -> OrderState: ...
    @property
    def fulfilment_state(self) -> FulfilmentState: ...
    @property
    def lines_amount(self) -> int: ...
    @property
    def received_amount(self) -> int: ...
    @property
    def refunded_amount(self) -> int: ...
    @property
    def refund_due_amount(self) -> int: ...


PLACED, CONFIRMED, COMPLETED, CANCELLED, IN_REVIEW = (
    OrderState.PLACED,
    OrderState.CONFIRMED,
    OrderState.COMPLETED,
    OrderState.CANCELLED,
    OrderState.NEEDS_REVIEW,
)

ORDER_STEPS: Final[Mapping[OrderEventKind, Mapping[OrderState, frozenset[OrderState]]]] = {
    # A first order begins as placed; this is one that was cancelled and is placed again.
    OrderEventKind.PLACED: {CANCELLED: frozenset({PLACED})},
    OrderEventKind.AMENDED: {PLACED: frozenset({PLACED})},
    # Its time to be paid is over: it falls back to what was paid, which may be nothing.
    OrderEventKind.LAPSED: {PLACED: frozenset({PLACED, CANCELLED})},
    # One in review loses its goods with its pick, and keeps waiting for a word about its money.
    OrderEventKind.CANCELLED: {
        PLACED: frozenset({CANCELLED}),
        CONFIRMED: frozenset({CANCELLED}),
        IN_REVIEW: frozenset({IN_REVIEW}),
    },
    OrderEventKind.CONFIRMED: {PLACED: frozenset({CONFIRMED})},
    # The price of what is handed over already may still fall, when another group closes.
    OrderEventKind.REPRICED: {
        state: frozenset({state}) for state in (PLACED, CONFIRMED, COMPLETED, IN_REVIEW)
    },
    OrderEventKind.READY: {CONFIRMED: frozenset({CONFIRMED})},
    OrderEventKind.REMINDED: {CONFIRMED: frozenset({CONFIRMED})},
    OrderEventKind.PAYMENT_ASKED: {state: frozenset({state}) for state in (PLACED, CONFIRMED, COMPLETED)},
    OrderEventKind.HANDED_OVER: {CONFIRMED: frozenset({COMPLETED})},
    OrderEventKind.TAKEN_BACK: {COMPLETED: frozenset({CONFIRMED})},
    OrderEventKind.RETURNED: {COMPLETED: frozenset({COMPLETED})},
    OrderEventKind.REVIEW_OPENED: {state: frozenset({IN_REVIEW}) for state in OrderState},
    OrderEventKind.REVIEW_SETTLED: {IN_REVIEW: frozenset({PLACED, CONFIRMED, COMPLETED, CANCELLED})},
}

GOODS_STEPS: Final[Mapping[GoodsEvent, Mapping[FulfilmentState, FulfilmentState]]] = {
    GoodsEvent.ARRIVED: {FulfilmentState.WAITING: FulfilmentState.READY},
    # To be fetched at another point, they have to be brought there first.
    GoodsEvent.MOVED: {
        FulfilmentState.WAITING: FulfilmentState.WAITING,
        FulfilmentState.READY: FulfilmentState.WAITING,
    },
    GoodsEvent.HANDED_OVER: {
        FulfilmentState.WAITING: FulfilmentState.HANDED_OVER,
        FulfilmentState.READY: FulfilmentState.HANDED_OVER,
    },
    GoodsEvent.TAKEN_BACK: {FulfilmentState.HANDED_OVER: FulfilmentState.READY},
    GoodsEvent.RETURNED: {FulfilmentState.HANDED_OVER: FulfilmentState.RETURNED},
}

PAYMENT_STEPS: Final[Mapping[PaymentEvent, Mapping[PaymentStage, PaymentStage]]] = {
    PaymentEvent.BEGUN: {
        # Telegram may ask again, also about an invoice that was let go meanwhile.
        PaymentStage.OPEN: PaymentStage.PAYING,
        PaymentStage.PAYING: PaymentStage.PAYING,
        PaymentStage.LAPSED: PaymentStage.PAYING,
    },
    PaymentEvent.CLAIMED: {PaymentStage.OPEN: PaymentStage.CLAIMED},
    PaymentEvent.DECLINED: {PaymentStage.CLAIMED: PaymentStage.DECLINED},
    PaymentEvent.LAPSED: {
        PaymentStage.OPEN: PaymentStage.LAPSED,
        PaymentStage.PAYING: PaymentStage.LAPSED,
    },
    PaymentEvent.WITHDRAWN: {PaymentStage.CLAIMED: PaymentStage.LAPSED},
    PaymentEvent.UNDONE: {PaymentStage.RECEIVED: PaymentStage.DECLINED},
    # Money that came in came in, whatever was thought of it before; but only once.
    PaymentEvent.RECEIVED: {
        stage: PaymentStage.RECEIVED for stage in PaymentStage if stage is not PaymentStage.RECEIVED
    },
}

REFUND_STEPS: Final[Mapping[RefundEvent, Mapping[RefundStage, RefundStage]]] = {
    # Telegram would not: it is still due, by other means.
    RefundEvent.REFUSED: {RefundStage.DUE: RefundStage.DUE},
    RefundEvent.DONE: {RefundStage.DUE: RefundStage.DONE},
    RefundEvent.UNDONE: {RefundStage.DONE: RefundStage.DUE},
}

GOODS_OF: Final[Mapping[OrderState, frozenset[FulfilmentState]]] = {
    PLACED: frozenset({FulfilmentState.WAITING}),
    CONFIRMED: frozenset({FulfilmentState.WAITING, FulfilmentState.READY}),
    COMPLETED: frozenset(FETCHED),
    # A pick may be withdrawn when its goods wait to be fetched.
    CANCELLED: frozenset({FulfilmentState.WAITING, FulfilmentState.READY}),
    IN_REVIEW: frozenset(FulfilmentState),
}
"""Where the goods of an order may be, by the state of the order."""


def order_after(state: OrderState, event: OrderEventKind) -> OrderState:
    """The state of an order after an event that leads to one alone. Raises StepUnknown."""
    after = ORDER_STEPS[event].get(state, frozenset())
    if len(after) != 1:
        raise StepUnknown(f"{event} of an order that is {state}")
    [only] = after
    return only


def goods_after(state: FulfilmentState, event: GoodsEvent) -> FulfilmentState:
    """Where goods are after an event. Raises StepUnknown."""
    return _after(GOODS_STEPS, state, event, "goods that are")


def stage_after(stage: PaymentStage, event: PaymentEvent) -> PaymentStage:
    """How far a payment has come after an event. Raises StepUnknown."""
    return _after(PAYMENT_STEPS, stage, event, "a payment that is")


def refund_after(stage: RefundStage, event: RefundEvent) -> RefundStage:
    """How far a refund has come after an event. Raises StepUnknown."""
    return _after(REFUND_STEPS, stage, event, "a refund that is")


def reviewed(
    pick: PickState, goods: FulfilmentState, *, has_lines: bool, is_held: bool = False
) -> OrderState:
    """The state that an order's facts justify once a person has decided about it. Raises StepUnknown.

    What is held has to be paid first, even if its pick has closed meanwhile.
    """
    if goods in FETCHED:
        return COMPLETED
    if not has_lines:
        return CANCELLED
    if pick is PickState.LIVE or (pick is PickState.CLOSED and is_held):
        return PLACED
    if pick is PickState.CLOSED:
        return CONFIRMED
    raise StepUnknown(f"an order with lines whose pick is {pick}")


def contradictions(facts: Standing) -> list[Contradiction]:
    """What about an order cannot be true together."""
    found = {
        Contradiction.GIVEN_BACK_TOO_MUCH: (
            facts.refunded_amount + facts.refund_due_amount > facts.received_amount
        ),
        Contradiction.GOODS_ELSEWHERE: facts.fulfilment_state not in GOODS_OF[facts.order_state],
        Contradiction.CANCELLED_WITH_LINES: facts.order_state is CANCELLED and facts.lines_amount > 0,
    }
    return [contradiction for contradiction, is_so in found.items() if is_so]


def _after(steps: Mapping[E, Mapping[S, S]], state: S, event: E, whose: str) -> S:
    try:
        return steps[event][state]
    except KeyError:
        raise StepUnknown(f"{event} of {whose} {state}") from None
