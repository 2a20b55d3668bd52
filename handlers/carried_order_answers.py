"""What is written where another amount has come from a group than was due."""

from bot.errors import ButtonOutdated, NotAllowed
from bot.rules.carried_orders import read_received
from bot.shop import Shop
from handlers.carried_orders import ASKED, note_received, require_supplier
from handlers.conversation import Part, answering, written_for
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.models import Draft


async def _amount_written(said: Said, shop: Shop, asked: Draft) -> None:
    async with shop.handling(said.update_id) as uow:
        sales = await require_supplier(uow, said.person.id, int(asked.content["pick_id"]))
        amount = read_received(said.text, sales.currency)
        await uow.pickups.wait_no_more(said.person.id, ASKED)
        t = await speaker(uow, said.person)
        screen = await note_received(uow, shop, t, sales.pick_id, amount, by_id=said.person.id)
        await send(uow, shop, said.person.id, screen)


PART = Part(
    finds=written_for(ASKED),
    handles=answering(ASKED, takes=_amount_written, in_vain=(NotAllowed, ButtonOutdated)),
)
"""Takes the amount that has come from another group."""
