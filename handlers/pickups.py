"""Pick-up points: their settings in private, and a member's own choice."""

from bot.callbacks.pickups import (
    ChoosePointButton,
    CodeButton,
    NewPointButton,
    PointButton,
    PointChangeButton,
    PointChosenButton,
    PointsButton,
)
from bot.errors import ButtonOutdated, NotACurator
from bot.i18n import Translator
from bot.role_errors import MayNotConfigure
from bot.rules.handover import check_may_move
from bot.rules.pickups import check_room_for_another
from bot.services.handover import code_of
from bot.services.pickups import can_still_move, choose_point, move_point, standing, switch_point
from bot.shop import Shop
from bot.views.pickups import (
    MOST_ORDERS_BESIDE,
    ask_point_fee,
    ask_point_name,
    ask_point_words,
    beside_orders,
    code_comes,
    point_chosen,
    point_page,
    points_page,
    where_to_fetch,
)
from bot.views.screens import Button, Screen
from handlers.access import is_leader, may_configure
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.models import PickupPoint
from storage.repositories.pickups import OrderInHand
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

ASKED = "pickup_point"
"""The step under which the name or the words of a pick-up point are waited for."""


async def points_turned(tap: Tap, shop: Shop) -> None:
    """The pick-up points of a group."""
    group_id = PointsButton.read(tap.data).group_id
    async with shop.handling(tap.update_id) as uow:
        await require_configurer(uow, tap, group_id)
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        group = await uow.groups.get(group_id)
        await redraw(uow, shop, tap, points_page(t, group, await uow.pickups.list_points(group_id)))
    await tap.answer()


async def point_turned(tap: Tap, shop: Shop) -> None:
    """One pick-up point."""
    async with shop.handling(tap.update_id) as uow:
        point = await _point(uow, tap, PointButton.read(tap.data).point_id)
        await redraw(uow, shop, tap, await page_of_point(uow, await speaker(uow, tap.person), point))
    await tap.answer()


async def new_point_tapped(tap: Tap, shop: Shop) -> None:
    """Ask for the name of a new pick-up point."""
    group_id = NewPointButton.read(tap.data).group_id
    async with shop.handling(tap.update_id) as uow:
        await require_configurer(uow, tap, group_id)
        check_room_for_another(len(await uow.pickups.list_points(group_id)))
        await uow.pickups.wait_for(tap.person.id, ASKED, {"group_id": group_id}, now=shop.now())
        t = await speaker(uow, tap.person)
        await send(uow, shop, tap.person.id, ask_point_name(t, await uow.groups.get(group_id), None))
    await tap.answer()


async def point_change_tapped(tap: Tap, shop: Shop) -> None:
    """Change one thing of a pick-up point."""
    button = PointChangeButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        point = await _point(uow, tap, button.point_id)
        if button.change in ("name", "words", "fee"):
            await _ask(uow, tap, shop, point, button.change)
        else:
            await _change(uow, tap, shop, point, button.change)
    await tap.answer()


async def _ask(uow: UnitOfWork, tap: Tap, shop: Shop, point: PickupPoint, field: str) -> None:
    content = {"group_id": point.group_id, "point_id": point.id, "field": field}
    await uow.pickups.wait_for(tap.person.id, ASKED, content, now=shop.now())
    t = await speaker(uow, tap.person)
    group = await uow.groups.get(point.group_id)
    words = ask_point_name(t, group, point) if field == "name" else ask_point_words(t, point)
    if field == "fee":
        words = ask_point_fee(t, point, currency=group.currency)
    await send(uow, shop, tap.person.id, words)


async def _change(uow: UnitOfWork, tap: Tap, shop: Shop, point: PickupPoint, change: str) -> None:
    by_id, now = tap.person.id, shop.now()
    t = await speaker(uow, tap.person)
    match change:
        case "on" | "off":
            await switch_point(uow, point, on=change == "on", by_id=by_id, now=now)
            await redraw(uow, shop, tap, await page_of_point(uow, t, point))
        case "up" | "down":
            await move_point(uow, point, by=-1 if change == "up" else 1, by_id=by_id, now=now)
            group = await uow.groups.get(point.group_id)
            points = await uow.pickups.list_points(point.group_id)
            await redraw(uow, shop, tap, points_page(t, group, points))
        case _:
            raise ButtonOutdated


async def choice_asked(tap: Tap, shop: Shop) -> None:
    """A member wants to say, or to change, where she fetches an order."""
    order_id = ChoosePointButton.read(tap.data).order_id
    async with shop.handling(tap.update_id) as uow:
        order = await uow.pickups.find(order_id)
        if order is None or order.person_id != tap.person.id:
            raise ButtonOutdated
        check_may_move(standing(order))
        choices = await uow.pickups.list_choices(order.pick_id)
        if not choices:
            raise ButtonOutdated
        t = await speaker(uow, tap.person)
        await send(uow, shop, tap.person.id, where_to_fetch(t, order, choices))
    await tap.answer()


async def point_chosen_by_tap(tap: Tap, shop: Shop) -> None:
    """A member says where she fetches an order."""
    button = PointChosenButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        order, point = await choose_point(
            uow, button.order_id, button.point_id, person_id=tap.person.id, now=shop.now()
        )
        t = await speaker(uow, tap.person)
        choices = await uow.pickups.list_choices(order.pick_id)
        if tap.is_private:
            await redraw(uow, shop, tap, point_chosen(t, order, point, choices))
    await tap.answer(point.name)


async def code_asked(tap: Tap, shop: Shop) -> None:
    """A member wants the code of her order; it comes as a picture."""
    async with shop.handling(tap.update_id) as uow:
        order = await code_of(uow, CodeButton.read(tap.data).order_id, person_id=tap.person.id)
        await uow.outbox.add(
            OutboxKind.PICKUP_CODE,
            chat_id=tap.person.id,
            subject_id=order.id,
            merge_key=f"code:{order.id}",
            now=shop.now(),
        )
        t = await speaker(uow, tap.person)
    await tap.answer(code_comes(t))


async def buttons_beside_orders(uow: UnitOfWork, by: Tap | Said) -> list[list[Button]]:
    """Where a member's orders are fetched, and their codes, for beneath the list of them."""
    own = await uow.pickups.list_own(by.person.id, limit=MOST_ORDERS_BESIDE)
    choices = {order.pick_id: await uow.pickups.list_choices(order.pick_id) for order in own}
    beside: list[tuple[OrderInHand, bool]] = [
        (order, can_still_move(order, choices[order.pick_id])) for order in own
    ]
    return beside_orders(await speaker(uow, by.person), beside)


async def page_of_point(uow: UnitOfWork, t: Translator, point: PickupPoint) -> Screen:
    """One pick-up point in the settings."""
    return point_page(t, point, currency=(await uow.groups.get(point.group_id)).currency)


async def require_configurer(uow: UnitOfWork, by: Tap | Said, group_id: int) -> None:
    """Raise ButtonOutdated outside of private, NotACurator and MayNotConfigure."""
    if isinstance(by, Tap):
        by.require_private()
    if not await is_leader(uow, group_id, by.person.id):
        raise NotACurator
    if not await may_configure(uow, group_id, by.person.id):
        raise MayNotConfigure


async def _point(uow: UnitOfWork, tap: Tap, point_id: int) -> PickupPoint:
    point = await uow.pickups.find_point(point_id)
    if point is None:
        raise ButtonOutdated
    await require_configurer(uow, tap, point.group_id)
    return point
