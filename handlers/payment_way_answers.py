"""What is written where the settings of payments asked for it: words for members, or the rate of Stars."""

from bot.errors import NotAllowed
from bot.shop import Shop
from handlers.conversation import Part, Waiting, answering, waiting_by
from handlers.payment_ways import ASKED, way_described
from handlers.updates import Said
from storage.models import Draft
from storage.unit_of_work import UnitOfWork


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.pickups.find_waiting(said.person.id, ASKED)
    return waiting_by(asked)


async def _answered(said: Said, shop: Shop, asked: Draft) -> None:
    async with shop.handling(said.update_id) as uow:
        await way_described(uow, shop, said, asked)


PART = Part(finds=_finds, handles=answering(ASKED, takes=_answered, in_vain=(NotAllowed,), within=None))
"""Takes the words or the rate of a way to pay."""
