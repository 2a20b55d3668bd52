"""Selling in one group what another supplies: begun from the market, ended from the pick's own screen."""

from bot.callbacks.carryings import CarriedPointButton, CarryButton, CarryingButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.services.carryings import carry, check_carried, end_carrying, toggle_point
from bot.shop import Shop
from bot.views.carryings import carried_notice, end_question, ended_notice, points_page
from bot.views.screens import Screen
from handlers.access import group_curated
from handlers.manage import managed_by, pick_screen
from handlers.speaking import redraw, speaker
from handlers.updates import Tap
from storage.repositories.picks import PostedPick
from storage.unit_of_work import UnitOfWork


async def carry_tapped(tap: Tap, shop: Shop) -> None:
    """She lets her group sell what another supplies."""
    button = CarryButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await group_curated(uow, button.group_id, tap.person.id)
        carried = await carry(uow, button.listing_id, button.group_id, by_id=tap.person.id, now=shop.now())
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, carried_notice(t, carried))
    await tap.answer()


async def carrying_tapped(tap: Tap, shop: Shop) -> None:
    """Her group shall stop selling it; or, once she is asked, it does."""
    button = CarryingButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await managed_by(uow, button.pick_id, tap.person.id)
        check_carried(posted)
        t = await speaker(uow, tap.person)
        match button.act:
            case "end":
                screen = end_question(t, posted)
            case "points":
                screen = await _points(uow, t, posted)
            case "ended":
                await end_carrying(uow, posted.id, by_id=tap.person.id, now=shop.now())
                note = ended_notice(t, number=posted.pick.number)
                screen = await pick_screen(uow, shop, t, posted.id, note=note)
            case _:
                raise ButtonOutdated
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def carried_point_tapped(tap: Tap, shop: Shop) -> None:
    """It can be fetched at another point, too, or at one less."""
    button = CarriedPointButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await managed_by(uow, button.pick_id, tap.person.id)
        await toggle_point(uow, posted.id, button.point_id, by_id=tap.person.id, now=shop.now())
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _points(uow, t, posted))
    await tap.answer()


async def _points(uow: UnitOfWork, t: Translator, posted: PostedPick) -> Screen:
    points = await uow.pickups.list_points(posted.pick.group_id, in_use=True)
    return points_page(t, posted, points, chosen=await uow.posts.list_points(posted.id))
