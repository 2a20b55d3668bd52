"""What is written where another amount has come from a group than was due."""

from datetime import timedelta
from typing import Final

from telegram import Bot

from bot.errors import ButtonOutdated, NotAllowed
from bot.rules.carried_orders import read_received
from bot.shop import Shop
from handlers.carried_orders import ASKED, note_received, require_supplier
from handlers.conversation import Part, not_understood, written_for
from handlers.speaking import send, speaker
from handlers.updates import Said

_ANSWERED_WITHIN: Final = timedelta(hours=2)
"""What is written later than that is probably meant for something else."""


async def _amount_written(said: Said, shop: Shop, bot: Bot, _key: int) -> None:
    async with shop.reading() as uow:
        asked = await uow.pickups.find_waiting(said.person.id, ASKED)
    if asked is None or asked.updated_at + _ANSWERED_WITHIN < shop.now():
        await _stop(said, shop)
        await not_understood(said, shop, bot)
        return
    try:
        async with shop.handling(said.update_id) as uow:
            sales = await require_supplier(uow, said.person.id, int(asked.content["pick_id"]))
            amount = read_received(said.text, sales.currency)
            await uow.pickups.wait_no_more(said.person.id, ASKED)
            t = await speaker(uow, said.person)
            screen = await note_received(uow, shop, t, sales.pick_id, amount, by_id=said.person.id)
            await send(uow, shop, said.person.id, screen)
    except (NotAllowed, ButtonOutdated):
        # Nothing that she could write instead would help.
        await _stop(said, shop)
        raise


async def _stop(said: Said, shop: Shop) -> None:
    async with shop.writing() as uow:
        await uow.pickups.wait_no_more(said.person.id, ASKED)


PART = Part(finds=written_for(ASKED), handles=_amount_written)
"""Takes the amount that has come from another group."""
