"""What an order's money comes to: what it is charged, what is still owed, what goes back, and its state."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from storage.states import FulfilmentState, OrderState, PaymentMethod, PaymentState


class Facts(Protocol):
    """What is known of an order's money, in minor units, and where its goods are."""

    @property
    def order_state(self) -> OrderState: ...
    @property
    def fulfilment_state(self) -> FulfilmentState: ...
    @property
    def lines_amount(self) -> int: ...
    @property
    def fee_amount(self) -> int: ...
    @property
    def discount_amount(self) -> int: ...
    @property
    def received_amount(self) -> int: ...
    @property
    def claimed_amount(self) -> int: ...
    @property
    def refunded_amount(self) -> int: ...
    @property
    def refund_due_amount(self) -> int: ...
    @property
    def goodwill_amount(self) -> int: ...


class Reckoning(NamedTuple):
    """What an order's money comes to, in minor units."""

    #: What the ledger is to have charged her; None: whatever it has, until a person has decided.
    charged_amount: int | None
    #: What she is to pay yet.
    outstanding_amount: int
    #: What she has paid too much and nobody has promised back yet.
    overpaid_amount: int
    state: PaymentState


class Given(NamedTuple):
    """A payment with what of it has not gone back yet."""

    payment_id: int
    method: PaymentMethod
    amount: int
    left_amount: int


class Back(NamedTuple):
    """A part of a refund: of which payment, by which way, how much."""

    payment_id: int
    method: PaymentMethod
    amount: int


def reckon(facts: Facts) -> Reckoning:
    """What an order's money comes to. Orders in review are left to a person: nothing moves by itself."""
    costs = costs_of(facts)
    held = held_of(facts)
    in_review = facts.order_state is OrderState.NEEDS_REVIEW
    return Reckoning(
        charged_amount=None if in_review else costs if _is_final(facts.order_state) else 0,
        outstanding_amount=max(0, costs - held),
        overpaid_amount=0 if in_review else max(0, held - costs),
        state=_state(facts, costs=costs, held=held),
    )


def backs(overpaid_amount: int, payments: Iterable[Given]) -> list[Back]:
    """How an amount goes back: the newest payments first, each by the way it came where that can be.

    Stars go back whole or not at all; a part of them is the curator's to give back by her own means.
    Raises ValueError for more than there is.
    """
    rest = overpaid_amount
    parts = []
    for given in sorted(payments, key=lambda one: -one.payment_id):
        amount = min(rest, given.left_amount)
        if amount <= 0:
            continue
        is_whole = amount == given.amount
        way = given.method if given.method is not PaymentMethod.STARS or is_whole else PaymentMethod.TRANSFER
        parts.append(Back(given.payment_id, way, amount))
        rest -= amount
    if rest > 0:
        raise ValueError(f"{rest} more to give back than was paid")
    return parts


def costs_of(facts: Facts) -> int:
    """What an order costs, in minor units: goods and the way to them, less discounts and good will."""
    if facts.order_state is OrderState.CANCELLED or facts.fulfilment_state is FulfilmentState.RETURNED:
        return 0
    # Without goods nothing is fetched; one in review may have lost them.
    if facts.lines_amount == 0:
        return 0
    return max(0, facts.lines_amount + facts.fee_amount - facts.discount_amount - facts.goodwill_amount)


def held_of(facts: Facts) -> int:
    """What was received for an order and neither went nor goes back, in minor units."""
    return facts.received_amount - facts.refunded_amount - facts.refund_due_amount


def _is_final(state: OrderState) -> bool:
    """Whether the price is settled: before the close nothing is charged, since it may still change."""
    return state in (OrderState.CONFIRMED, OrderState.COMPLETED)


def _state(facts: Facts, *, costs: int, held: int) -> PaymentState:
    if facts.claimed_amount and held < costs:
        return PaymentState.CLAIMED
    if facts.refund_due_amount or held > costs:
        return PaymentState.REFUND_DUE
    if costs and held >= costs:
        return PaymentState.PAID
    if not costs and facts.refunded_amount:
        return PaymentState.REFUNDED
    return PaymentState.UNPAID
