"""Goods arrive, are handed over and taken back; who has not come is reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import ButtonOutdated
from bot.handover_errors import CodeUnknown, PickStillOpen
from bot.reckoning import reckon_later
from bot.rules.handover import (
    Standing,
    check_may_be_handed_over,
    check_may_be_returned,
    check_may_be_taken_back,
    new_code,
)
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.repositories.pickups import OrderInHand
from storage.states import NO_POINT, OrderState, OutboxKind, PickState
from storage.unit_of_work import UnitOfWork

REMINDED_AT_MOST_EVERY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """How many orders something was said about, and how many of their members read private messages."""

    orders: int
    readers: int


async def code_of(uow: UnitOfWork, order_id: int, *, person_id: int) -> OrderInHand:
    """A member's own order with its code, which is made now if it has none.

    Raises ButtonOutdated, OrderIsCancelled, PickStillOpen, OrderStillHeld, OrderInReview,
    HandedOverAlready and CameBackAlready.
    """
    order = await uow.pickups.find(order_id, lock=True)
    if order is None or order.person_id != person_id:
        raise ButtonOutdated
    check_may_be_handed_over(_standing(order))
    if order.code is None:
        await uow.pickups.give_codes({order_id: new_code()})
        order = await uow.pickups.get(order_id)
    return order


async def find_by_code(uow: UnitOfWork, code: str) -> OrderInHand:
    """The order of a code. Raises CodeUnknown."""
    order = await uow.pickups.find_by_code(code)
    if order is None:
        raise CodeUnknown
    return order


async def announce_arrival(
    uow: UnitOfWork, posted: PostedPick, point_id: int, *, by_id: int, now: datetime
) -> Told:
    """A pick is at a point: its buyers there who were not told yet are told, once. Raises PickStillOpen."""
    _require_closed(posted)
    ready = await uow.pickups.arrive(posted.id, point_id, by_id=by_id, now=now)
    told = await _tell(uow, OutboxKind.ARRIVED, ready, now=now)
    if told.orders:
        await _note(uow, "goods_arrived", posted, point_id, told, by_id=by_id, now=now)
    return told


async def remind_the_missing(
    uow: UnitOfWork, posted: PostedPick, point_id: int, *, by_id: int, now: datetime
) -> Told:
    """Remind those whose goods wait at a point, each at most once a day. Raises PickStillOpen."""
    _require_closed(posted)
    since = now - REMINDED_AT_MOST_EVERY
    missing = await uow.pickups.remind(posted.id, point_id, by_id=by_id, now=now, unless_since=since)
    told = await _tell(uow, OutboxKind.PICKUP_REMINDER, missing, now=now)
    if told.orders:
        await _note(uow, "buyers_reminded", posted, point_id, told, by_id=by_id, now=now)
    return told


async def hand_over(uow: UnitOfWork, order_id: int, *, by_id: int, now: datetime) -> OrderInHand:
    """Give a member her goods, which completes her order.

    Raises ButtonOutdated, OrderIsCancelled, PickStillOpen, OrderStillHeld, OrderInReview,
    HandedOverAlready and CameBackAlready.
    """
    order = await _order(uow, order_id)
    check_may_be_handed_over(_standing(order))
    await uow.pickups.hand_over(order_id, by_id=by_id, now=now)
    await reckon_later(uow, [order_id], now=now)
    await uow.audit.add("order_handed_over", **_about(order), person_id=by_id, now=now)
    return await uow.pickups.get(order_id)


async def take_back(uow: UnitOfWork, order_id: int, *, by_id: int, now: datetime) -> OrderInHand:
    """Undo a hand-over. Raises ButtonOutdated, NotHandedOver, CameBackAlready and OrderInReview."""
    order = await _order(uow, order_id)
    check_may_be_taken_back(_standing(order))
    await uow.pickups.take_back(order_id, by_id=by_id, now=now)
    await reckon_later(uow, [order_id], now=now)
    await uow.audit.add("hand_over_undone", **_about(order), person_id=by_id, now=now)
    return await uow.pickups.get(order_id)


async def note_return(uow: UnitOfWork, order_id: int, *, by_id: int, now: datetime) -> OrderInHand:
    """What was handed over came back: it costs nothing, so that what was paid goes back, and earns nobody.

    Raises ButtonOutdated, NotHandedOver, CameBackAlready and OrderInReview.
    """
    order = await _order(uow, order_id)
    require_returnable(order)
    await uow.pickups.note_return(order_id, by_id=by_id, now=now)
    await uow.payments.settle_later([order_id], now=now)
    await reckon_later(uow, [order_id], now=now)
    await uow.audit.add("goods_returned", **_about(order), person_id=by_id, now=now)
    return await uow.pickups.get(order_id)


def require_returnable(order: OrderInHand) -> None:
    """Raise unless an order's goods can come back: NotHandedOver, CameBackAlready, OrderInReview."""
    check_may_be_returned(_standing(order))


def require_to_come(order: OrderInHand) -> None:
    """Raise what keeps an order from being handed over, if anything does.

    These are OrderIsCancelled, PickStillOpen, OrderStillHeld, OrderInReview, HandedOverAlready and
    CameBackAlready.
    """
    check_may_be_handed_over(_standing(order))


def is_to_come(order: OrderInHand) -> bool:
    """Whether an order can be handed over now."""
    return order.state is OrderState.CONFIRMED


def may_show_code(order: OrderInHand) -> bool:
    """Whether an order's code is of use."""
    return order.state is OrderState.CONFIRMED


def _standing(order: OrderInHand) -> Standing:
    at = order.handed_over_at
    return Standing(
        number=order.number,
        pick_number=order.pick_number,
        pick_state=order.pick_state,
        state=order.state,
        fulfilment=order.fulfilment,
        handed_over_at=at.astimezone(ZoneInfo(order.time_zone)) if at else None,
        handed_over_by=order.handed_over_by or "",
    )


def _require_closed(posted: PostedPick) -> None:
    if posted.pick.state is not PickState.CLOSED:
        raise PickStillOpen(posted.pick.number)


async def _order(uow: UnitOfWork, order_id: int) -> OrderInHand:
    order = await uow.pickups.find(order_id, lock=True)
    if order is None:
        raise ButtonOutdated
    return order


def _about(order: OrderInHand) -> dict[str, Any]:
    """What the log says of an order whose goods changed hands."""
    return {
        "group_id": order.group_id,
        "pick_id": order.pick_id,
        "order_id": order.id,
        "details": {"number": order.number, "person_id": order.person_id},
    }


async def _tell(
    uow: UnitOfWork, kind: OutboxKind, orders: Sequence[tuple[int, int]], *, now: datetime
) -> Told:
    readers = await uow.pickups.readers({person_id for _, person_id in orders}) if orders else set()
    rows: list[dict[str, Any]] = [
        {
            "kind": kind,
            "chat_id": person_id,
            "subject_id": order_id,
            "payload": None,
            "merge_key": f"{kind}:{order_id}",
            "priority": int(Priority.BROADCAST),
            "due_at": now,
        }
        for order_id, person_id in orders
        if person_id in readers
    ]
    await uow.outbox.add_all(rows, now=now)
    return Told(orders=len(orders), readers=len(rows))


async def _note(
    uow: UnitOfWork, action: str, posted: PostedPick, point_id: int, told: Told, *, by_id: int, now: datetime
) -> None:
    point = await uow.pickups.find_point(point_id) if point_id != NO_POINT else None
    await uow.audit.add(
        action,
        group_id=posted.pick.group_id,
        person_id=by_id,
        pick_id=posted.id,
        now=now,
        details={"point_id": point_id, "point": point.name if point else "", "orders": told.orders},
    )
