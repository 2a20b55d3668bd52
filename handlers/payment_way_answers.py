"""What is written where the settings of payments asked for it: words for members, or the rate of Stars."""

from telegram import Bot

from bot.errors import NotAllowed
from bot.shop import Shop
from handlers.conversation import Part, Waiting, not_understood, waiting_by
from handlers.payment_ways import ASKED, way_described
from handlers.updates import Said
from storage.unit_of_work import UnitOfWork


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.pickups.find_waiting(said.person.id, ASKED)
    return waiting_by(asked)


async def _answered(said: Said, shop: Shop, bot: Bot, _key: int) -> None:
    async with shop.reading() as uow:
        asked = await uow.pickups.find_waiting(said.person.id, ASKED)
    if asked is None:
        await not_understood(said, shop, bot)
        return
    try:
        async with shop.handling(said.update_id) as uow:
            await way_described(uow, shop, said, asked)
    except NotAllowed:
        # Nothing that she could write instead would help.
        async with shop.writing() as uow:
            await uow.pickups.wait_no_more(said.person.id, ASKED)
        raise


PART = Part(finds=_finds, handles=_answered)
"""Takes the words or the rate of a way to pay."""
