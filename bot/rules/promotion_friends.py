"""When the credit for a friend who was brought is due, and when it comes to nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple, Protocol

from bot.rules.settlements import Facts, reckon
from storage.states import FulfilmentState, OrderState, PaymentState

RETURN_DAYS: Final = 7
"""How long goods may come back where a group has no plan that says so."""
LOOK_AGAIN: Final = timedelta(days=1)

_DAY: Final = timedelta(days=1)


class Terms(Protocol):
    """A promotion for friends, as it holds in one group."""

    @property
    def promotion_id(self) -> int: ...
    @property
    def amount(self) -> int: ...
    @property
    def currency(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...


class FriendVerdict(NamedTuple):
    """What happens to a friend's credit now: it is given, it waits until then, or it comes to nothing."""

    deed: Literal["give", "wait", "void"]
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FriendOrder:
    """The order that a friend's credit waits for, whoever of the two is still there, and what is doubted."""

    money: Facts
    fulfilment_state: FulfilmentState
    handed_over_at: datetime | None
    is_tracked: bool
    minimum_amount: int | None
    return_days: int | None
    #: How many of the two can still be given something.
    present: int
    #: A suspicion is open against one of them.
    is_suspected: bool
    #: Its member says that something is wrong with it.
    has_case: bool = False


def decide(order: FriendOrder, *, now: datetime) -> FriendVerdict:
    """What happens to the credit for a friend, given the order that it waits for.

    It is given one day after the last one on which the goods might come back, once they are paid for.
    """
    state = order.money.order_state
    again = FriendVerdict("wait", now + LOOK_AGAIN)
    if state is OrderState.CANCELLED or order.fulfilment_state is FulfilmentState.RETURNED:
        return FriendVerdict("void")
    if state is not OrderState.COMPLETED or order.handed_over_at is None:
        return again
    due_at = due(order.handed_over_at, order.return_days)
    if now < due_at:
        return FriendVerdict("wait", due_at)
    if order.money.lines_amount < (order.minimum_amount or 0) or not order.present:
        return FriendVerdict("void")
    if order.is_tracked:
        reckoned = reckon(order.money)
        if reckoned.state is PaymentState.REFUNDED:
            return FriendVerdict("void")
        if reckoned.outstanding_amount or reckoned.state is PaymentState.REFUND_DUE:
            return again
    return again if order.is_suspected or order.has_case else FriendVerdict("give")


def due(handed_over_at: datetime, return_days: int | None) -> datetime:
    """When the credit for an order is due: one day after its goods can come back no more."""
    days = RETURN_DAYS if return_days is None else return_days
    return handed_over_at + timedelta(days=days) + _DAY


def best_terms(terms: Iterable[Terms], *, currency: str, referred_at: datetime) -> Sequence[int]:
    """The places of the promotions that a friend's coming may count for, the one that gives most first.

    She must have been brought while it ran: who was there before was brought by nothing of it.
    """
    fitting = [
        (-one.amount, one.promotion_id, at)
        for at, one in enumerate(terms)
        if one.currency == currency and referred_at >= one.starts_at
    ]
    return [at for _, _, at in sorted(fitting)]
