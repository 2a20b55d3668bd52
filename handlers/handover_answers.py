"""What whoever hands over types: the number of an order, or its code."""

from typing import Any

from telegram import Bot

from bot.rules.handover import is_code, is_order_number
from bot.shop import Shop
from handlers.conversation import Part, Waiting, waiting_by
from handlers.handover import ASKED, order_typed
from handlers.updates import Said
from storage.unit_of_work import UnitOfWork


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    if not is_order_number(said.text) and not is_code(said.text):
        return None
    asked = await uow.pickups.find_waiting(said.person.id, ASKED)
    return waiting_by(asked)


async def _answered(said: Said, shop: Shop, _bot: Bot, _key: int) -> None:
    async with shop.reading() as uow:
        asked = await uow.pickups.find_waiting(said.person.id, ASKED)
    content: dict[str, Any] = asked.content if asked is not None else {}
    await order_typed(said, shop, said.text, pick_id=content.get("pick_id"))


PART = Part(finds=_finds, handles=_answered)
"""Takes numbers and codes from whoever has looked at who is to come."""
