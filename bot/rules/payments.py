"""The three states of an order, kept apart: which step each may take, and what may be paid.

What no table allows is nobody's guess: the order goes into review, with the facts.
"""

from collections.abc import Mapping
from typing import Final

from storage.states import PaymentState

U, C, P, D, R = (
    PaymentState.UNPAID,
    PaymentState.CLAIMED,
    PaymentState.PAID,
    PaymentState.REFUND_DUE,
    PaymentState.REFUNDED,
)

PAYMENT_STEPS: Final[Mapping[PaymentState, frozenset[PaymentState]]] = {
    # What comes in after a cancellation, or twice, is due back at once.
    U: frozenset({C, P, D}),
    # The curator confirms, or she does not.
    C: frozenset({U, P, D}),
    # More was ordered, before the close; or money goes back.
    P: frozenset({U, C, D, R}),
    # All of it went back, or the rest pays for what was kept; ordered again, it may be too little.
    D: frozenset({U, C, P, R}),
    # Ordered again.
    R: frozenset({U, C, P, D}),
}


def may_become(state: PaymentState, then: PaymentState) -> bool:
    """Whether an order's payment may go from one state to another; to stay is no step."""
    return state is then or then in PAYMENT_STEPS[state]
