"""Handing goods over: the codes that members show, and when an order may be handed over or come back."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.handover_errors import (
    CameBackAlready,
    CodeUnknown,
    GoodsFetched,
    HandedOverAlready,
    NotHandedOver,
    OrderInReview,
    OrderIsCancelled,
    OrderNumberMissing,
    OrderStillHeld,
    PickStillOpen,
)
from bot.rules.payments import GoodsEvent, goods_after, order_after
from bot.rules.typed_text import plain
from storage.states import FETCHED, FulfilmentState, OrderEventKind, OrderState, PickState

CODE_LINK = "h_"
"""What the payload of a code's deep link begins with."""

#: Without 0, O, 1, I and L, which people take for one another.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 10
_HALF = _LENGTH // 2
_NUMBER = re.compile(r"#?([0-9]{1,9})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where an order and its goods are; the moment is on the clock of its group."""

    number: int
    pick_number: int
    pick_state: PickState
    state: OrderState
    fulfilment: FulfilmentState
    handed_over_at: datetime | None = None
    handed_over_by: str = ""


def new_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def shown_code(code: str) -> str:
    """A code as people read it out: in two halves."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def code_link(code: str) -> str:
    """The payload of the deep link that stands for a code."""
    return f"{CODE_LINK}{code}"


def read_code(text: str) -> str:
    """The code that somebody typed or a link carries. Raises CodeUnknown."""
    code = "".join(c for c in plain(text).upper() if c not in " -_\n")
    if len(code) != _LENGTH or set(code) - set(_LETTERS):
        raise CodeUnknown
    return code


def is_code(text: str) -> bool:
    """Whether a text has the form of a code."""
    try:
        read_code(text)
    except CodeUnknown:
        return False
    return True


def read_order_number(text: str) -> int:
    """The order number that somebody typed, such as "12" or "#12". Raises OrderNumberMissing."""
    match = _NUMBER.fullmatch(plain(text).strip())
    if match is None:
        raise OrderNumberMissing
    return int(match[1])


def is_order_number(text: str) -> bool:
    """Whether a text has the form of an order number."""
    return _NUMBER.fullmatch(plain(text).strip()) is not None


def check_may_be_handed_over(order: Standing) -> None:
    """Goods go to whoever has a confirmed order and has not had them.

    Raises OrderIsCancelled, PickStillOpen, OrderStillHeld, OrderInReview, HandedOverAlready and
    CameBackAlready; StepUnknown for what is nowhere between them.
    """
    if order.fulfilment is FulfilmentState.HANDED_OVER and order.handed_over_at is not None:
        raise HandedOverAlready(order.number, order.handed_over_by, order.handed_over_at)
    if order.fulfilment is FulfilmentState.RETURNED:
        raise CameBackAlready(order.number)
    match order.state:
        case OrderState.CANCELLED:
            raise OrderIsCancelled(order.number)
        case OrderState.PLACED:
            if order.pick_state is PickState.CLOSED:
                raise OrderStillHeld(order.number)
            raise PickStillOpen(order.pick_number)
        case OrderState.NEEDS_REVIEW:
            raise OrderInReview(order.number)
    order_after(order.state, OrderEventKind.HANDED_OVER)
    goods_after(order.fulfilment, GoodsEvent.HANDED_OVER)


def check_may_be_taken_back(order: Standing) -> None:
    """Only a hand-over that was can be undone. Raises NotHandedOver, CameBackAlready and OrderInReview."""
    _require_in_hand(order)
    order_after(order.state, OrderEventKind.TAKEN_BACK)
    goods_after(order.fulfilment, GoodsEvent.TAKEN_BACK)


def check_may_be_returned(order: Standing) -> None:
    """Only what was handed over can come back. Raises NotHandedOver, CameBackAlready and OrderInReview."""
    _require_in_hand(order)
    order_after(order.state, OrderEventKind.RETURNED)
    goods_after(order.fulfilment, GoodsEvent.RETURNED)


def _require_in_hand(order: Standing) -> None:
    if order.fulfilment is FulfilmentState.RETURNED:
        raise CameBackAlready(order.number)
    if order.fulfilment is not FulfilmentState.HANDED_OVER:
        raise NotHandedOver(order.number)
    if order.state is OrderState.NEEDS_REVIEW:
        raise OrderInReview(order.number)


def check_may_move(order: Standing) -> None:
    """Where goods are fetched can be changed until they are. Raises OrderIsCancelled and GoodsFetched."""
    if order.state is OrderState.CANCELLED:
        raise OrderIsCancelled(order.number)
    if order.fulfilment in FETCHED:
        raise GoodsFetched(order.number)
