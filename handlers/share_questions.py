"""Who told you? Asked in private about an order; answered by a button or by a name."""

from typing import Final

from bot.callbacks.shares import ToldButton, WhoToldButton
from bot.errors import ButtonOutdated
from bot.rules.shares import must_be_askable
from bot.services.commissions import freeze_anew
from bot.services.shares import TYPING_NAME, ask_who_told, name_nobody, name_who_told
from bot.share_errors import NobodyNamed, OrderSettled
from bot.shop import Shop
from bot.views.share_questions import (
    name_asked,
    nobody_noted,
    told_noted,
    which_of_them,
    who_told_question,
)
from handlers.conversation import Part, answering, written_for
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.models import Draft
from storage.repositories.orders import OwnOrder
from storage.unit_of_work import UnitOfWork

MOST_NAMED: Final = 8


async def who_told_tapped(tap: Tap, shop: Shop) -> None:
    """Ask me, let me type a name, or it was nobody in particular."""
    button = WhoToldButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        asked = await ask_who_told(uow, button.order_id, tap.person.id)
        await uow.pickups.wait_no_more(tap.person.id, TYPING_NAME)
        match button.act:
            case "ask":
                screen = who_told_question(t, asked)
            case "type":
                content = {"order_id": button.order_id}
                await uow.pickups.wait_for(tap.person.id, TYPING_NAME, content, now=shop.now())
                screen = name_asked(t, asked.order)
            case "nobody":
                await name_nobody(uow, button.order_id, tap.person.id)
                await freeze_anew(uow, button.order_id, now=shop.now())
                screen = nobody_noted(t)
            case _:
                raise ButtonOutdated
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def told_tapped(tap: Tap, shop: Shop) -> None:
    """It was this person."""
    button = ToldButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        order = await name_who_told(uow, button.order_id, tap.person.id, button.person_id, now=shop.now())
        await freeze_anew(uow, button.order_id, now=shop.now())
        await uow.pickups.wait_no_more(tap.person.id, TYPING_NAME)
        t = await speaker(uow, tap.person)
        named = await uow.members.get(button.person_id)
        await redraw(uow, shop, tap, told_noted(t, order, name=named.name))
    await tap.answer()


async def _name_typed(said: Said, shop: Shop, asked: Draft) -> None:
    async with shop.handling(said.update_id) as uow:
        order, people = await _people(uow, said, asked.content["order_id"])
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, which_of_them(t, order, people))


async def _people(uow: UnitOfWork, said: Said, order_id: int) -> tuple[OwnOrder, list[tuple[int, str]]]:
    order = await uow.orders.find_own(said.person.id, order_id)
    if order is None:
        raise ButtonOutdated
    must_be_askable(order.state)
    posted = await uow.picks.get(order.pick_id)
    found = await uow.roles.search(posted.pick.group_id, said.text.strip(), limit=MOST_NAMED + 1)
    people = [(key, name) for key, name in found if key != said.person.id][:MOST_NAMED]
    if not people:
        raise NobodyNamed
    return order, people


PART = Part(
    finds=written_for(TYPING_NAME),
    handles=answering(TYPING_NAME, takes=_name_typed, in_vain=(ButtonOutdated, OrderSettled)),
)
"""Takes the name of whoever told somebody."""
