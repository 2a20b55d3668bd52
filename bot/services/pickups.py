"""Pick-up points of a group, and who fetches what where."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import ButtonOutdated
from bot.handover_errors import PointGone
from bot.quoting import requote
from bot.reckoning import reckon_later
from bot.rules.handover import Standing, check_may_move
from bot.rules.pickups import check_room_for_another, point_fee, point_name, point_words
from bot.rules.pickups import moved as moved_down
from storage.models import PickupPoint
from storage.repositories.pickups import OrderInHand
from storage.states import FETCHED, OrderState
from storage.unit_of_work import UnitOfWork


async def add_point(uow: UnitOfWork, group_id: int, text: str, *, by_id: int, now: datetime) -> PickupPoint:
    """Give a group one more pick-up point; the name is its first line, the rest its words.

    Raises PointNameMissing, PointNameTooLong, PointNameTaken, PointWordsTooLong and TooManyPoints.
    """
    await uow.groups.lock(group_id)
    others = await uow.pickups.list_points(group_id)
    check_room_for_another(len(others))
    first, _, rest = text.strip().partition("\n")
    point = PickupPoint(
        group_id=group_id,
        name=point_name(first, others=[other.name for other in others]),
        words=point_words(rest),
        position=max((other.position for other in others), default=0) + 1,
    )
    await uow.pickups.save_point(point)
    await _note(uow, "point_added", point, by_id=by_id, now=now)
    return point


async def rename_point(uow: UnitOfWork, point: PickupPoint, text: str, *, by_id: int, now: datetime) -> None:
    """Give a pick-up point another name. Raises PointNameMissing, PointNameTooLong and PointNameTaken."""
    await uow.groups.lock(point.group_id)
    others = [other for other in await uow.pickups.list_points(point.group_id) if other.id != point.id]
    point.name = point_name(text, others=[other.name for other in others])
    await uow.pickups.save_point(point)
    await _note(uow, "point_changed", point, by_id=by_id, now=now)


async def describe_point(
    uow: UnitOfWork, point: PickupPoint, text: str, *, by_id: int, now: datetime
) -> None:
    """Say address, hours and the like of a pick-up point. Raises PointWordsTooLong."""
    point.words = point_words(text)
    await uow.pickups.save_point(point)
    await _note(uow, "point_changed", point, by_id=by_id, now=now)


async def price_point(uow: UnitOfWork, point: PickupPoint, text: str, *, by_id: int, now: datetime) -> None:
    """Say what fetching an order at a point costs from now on. Raises PointFeeUnreadable.

    Who has chosen it before fetches there for what it cost then.
    """
    group = await uow.groups.get(point.group_id)
    point.fee_amount = point_fee(text, group.currency)
    await uow.pickups.save_point(point)
    await _note(uow, "point_priced", point, by_id=by_id, now=now)


async def move_point(uow: UnitOfWork, point: PickupPoint, *, by: int, by_id: int, now: datetime) -> None:
    """Move a pick-up point so many places down the list."""
    await uow.groups.lock(point.group_id)
    points = {each.id or 0: each for each in await uow.pickups.list_points(point.group_id)}
    for position, key in enumerate(moved_down(list(points), point.id or 0, by=by), start=1):
        points[key].position = position
        await uow.pickups.save_point(points[key])
    await _note(uow, "point_moved", point, by_id=by_id, now=now)


async def switch_point(uow: UnitOfWork, point: PickupPoint, *, on: bool, by_id: int, now: datetime) -> None:
    """Offer a pick-up point to members, or no longer; who has chosen it keeps it."""
    if point.is_active == on:
        return
    point.is_active = on
    await uow.pickups.save_point(point)
    await _note(uow, "point_switched_on" if on else "point_switched_off", point, by_id=by_id, now=now)


async def choose_point(
    uow: UnitOfWork, order_id: int, point_id: int, *, person_id: int, now: datetime
) -> tuple[OrderInHand, PickupPoint]:
    """A member says where she fetches her order, and with it those for which she has not said it yet.

    Raises ButtonOutdated, OrderIsCancelled, GoodsFetched and PointGone.
    """
    order = await uow.pickups.find(order_id, lock=True)
    point = await uow.pickups.find_point(point_id)
    if order is None or order.person_id != person_id or point is None or point.group_id != order.group_id:
        raise ButtonOutdated
    check_may_move(standing(order))
    if point_id not in {choice.id for choice in await uow.pickups.list_choices(order.pick_id)}:
        raise PointGone(point.name)
    moved = [order_id] if order.point_id != point_id else []
    moved += await _undecided(uow, order, point_id)
    dearer = await uow.pickups.choose(moved, point_id) if moved else []
    if dearer:
        # What it costs to fetch them has changed, and with it what there is to pay.
        await requote(uow, dearer, now=now, anew=True)
        await uow.payments.settle_later(dearer, now=now)
        await reckon_later(uow, dearer, now=now)
    return await uow.pickups.get(order_id), point


async def _undecided(uow: UnitOfWork, chosen: OrderInHand, point_id: int) -> list[int]:
    """Her other orders that can be fetched there, and of which she has said nothing."""
    found = []
    for other in await uow.pickups.list_own(chosen.person_id, limit=20):
        undecided = other.point_id is None and other.state in (OrderState.PLACED, OrderState.CONFIRMED)
        if not undecided or other.group_id != chosen.group_id or other.id == chosen.id:
            continue
        if point_id in {choice.id for choice in await uow.pickups.list_choices(other.pick_id)}:
            found.append(other.id)
    return found


def can_still_move(order: OrderInHand, choices: Sequence[PickupPoint]) -> bool:
    """Whether the member of an order has a choice of where to fetch it."""
    fetched = order.fulfilment in FETCHED
    return len(choices) > 1 and not fetched and order.state is not OrderState.CANCELLED


async def _note(uow: UnitOfWork, action: str, point: PickupPoint, *, by_id: int, now: datetime) -> None:
    await uow.audit.add(
        action,
        group_id=point.group_id,
        person_id=by_id,
        now=now,
        details={"point_id": point.id, "point": point.name},
    )


def standing(order: OrderInHand) -> Standing:
    """An order as the rules see it."""
    return Standing(
        number=order.number,
        pick_number=order.pick_number,
        pick_state=order.pick_state,
        state=order.state,
        fulfilment=order.fulfilment,
    )
