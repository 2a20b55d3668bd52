"""What is written where another amount has come from a group than was due."""

from telegram import Bot

from bot.errors import ButtonOutdated, NotAllowed
from bot.rules.carried_orders import read_received
from bot.shop import Shop
from handlers.carried_orders import ASKED, note_received, require_supplier
from handlers.conversation import Part, asked_lately, not_understood, stop_asking, written_for
from handlers.speaking import send, speaker
from handlers.updates import Said


async def _amount_written(said: Said, shop: Shop, bot: Bot, _key: int) -> None:
    asked = await asked_lately(said, shop, ASKED)
    if asked is None:
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
        await stop_asking(said, shop, ASKED)
        raise


PART = Part(finds=written_for(ASKED), handles=_amount_written)
"""Takes the amount that has come from another group."""
