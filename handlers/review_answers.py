"""Words and photos that a buyer sends for her review."""

from typing import Final

from bot.errors import ButtonOutdated
from bot.review_errors import GoodsNotFetched, OwnGoods, ReviewWordsMissing, StarsMissing
from bot.rules.reviews import WAITS
from bot.services.reviews import show, show_anew, write
from bot.shop import Shop
from handlers.conversation import Part, Waiting, answering, waiting_by
from handlers.reviews import WRITING
from handlers.updates import Said
from storage.models import Draft
from storage.unit_of_work import UnitOfWork

_IN_VAIN: Final = (ButtonOutdated, GoodsNotFetched, OwnGoods, StarsMissing)
"""Refusals after which nothing that she could send instead would help."""


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    return waiting_by(await uow.pickups.find_waiting(said.person.id, WRITING))


async def _came(said: Said, shop: Shop, asked: Draft) -> None:
    async with shop.handling(said.update_id) as uow:
        await _keep(uow, shop, said, dict(asked.content))


async def _keep(uow: UnitOfWork, shop: Shop, said: Said, waits: dict[str, int | bool]) -> None:
    order_id, variant_id, by_id = int(waits["order_id"]), int(waits["variant_id"]), said.person.id
    if not said.text and not said.photos:
        raise ReviewWordsMissing
    if said.photos:
        photo_id = said.photos[-1].id
        await show(uow, order_id, variant_id, photo_id, person_id=by_id, now=shop.now())
    if said.text:
        anew = bool(waits["anew"])
        await write(uow, order_id, variant_id, said.text, anew=anew, person_id=by_id, now=shop.now())
    # What comes next goes behind it; and from now on it has as long again.
    waits["anew"] = bool(waits["anew"]) and not said.text
    await uow.pickups.wait_for(by_id, WRITING, waits, now=shop.now())
    await show_anew(
        uow, order_id, variant_id, person_id=by_id, in_album=said.album_id is not None, now=shop.now()
    )


WRITING_PART = Part(finds=_finds, handles=answering(WRITING, takes=_came, in_vain=_IN_VAIN, within=WAITS))
"""Takes the words and the photos of a review."""
