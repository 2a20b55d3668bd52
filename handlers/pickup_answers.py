"""What is written where the settings of pick-up points asked for it: a name, or address and hours."""

from bot.errors import NotAllowed
from bot.handover_errors import TooManyPoints
from bot.services.pickups import add_point, describe_point, price_point, rename_point
from bot.shop import Shop
from handlers.conversation import Part, answering, written_for
from handlers.pickups import ASKED, page_of_point, require_configurer
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.models import Draft, PickupPoint
from storage.unit_of_work import UnitOfWork


async def _answered(said: Said, shop: Shop, asked: Draft) -> None:
    async with shop.handling(said.update_id) as uow:
        point = await _written(uow, shop, said, asked)
        await uow.pickups.wait_no_more(said.person.id, ASKED)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await page_of_point(uow, t, point))


async def _written(uow: UnitOfWork, shop: Shop, said: Said, asked: Draft) -> PickupPoint:
    group_id, point_id = asked.content["group_id"], asked.content.get("point_id")
    await require_configurer(uow, said, group_id)
    by_id, now = said.person.id, shop.now()
    point = await uow.pickups.find_point(point_id) if point_id is not None else None
    if point is None:
        return await add_point(uow, group_id, said.text, by_id=by_id, now=now)
    if asked.content["field"] == "name":
        await rename_point(uow, point, said.text, by_id=by_id, now=now)
    elif asked.content["field"] == "fee":
        await price_point(uow, point, said.text, by_id=by_id, now=now)
    else:
        await describe_point(uow, point, said.text, by_id=by_id, now=now)
    return point


PART = Part(
    finds=written_for(ASKED),
    handles=answering(ASKED, takes=_answered, in_vain=(NotAllowed, TooManyPoints), within=None),
)
"""Takes the name or the words of a pick-up point."""
