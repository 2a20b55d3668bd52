"""What a curator types about money that goes back: a note, an amount with its reason, a credit."""

from typing import Any, Final

from bot.errors import NotAllowed
from bot.payment_errors import (
    GivenBackAlready,
    GoesBackByItself,
    KeptAsCredit,
    NothingLeftToGiveBack,
)
from bot.rules.refunds import read_note
from bot.services.payments.refunds import tick_off
from bot.shop import Shop
from handlers.conversation import Part, Waiting, answering, waiting_by
from handlers.payment_credit import credit_typed
from handlers.refund_goodwill import AMOUNT_ASKED, CREDIT_ASKED, order_to_refund, wished
from handlers.refunds import ASKED, list_after, refund_of
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.models import Draft
from storage.unit_of_work import UnitOfWork

_STEPS: Final = (ASKED, AMOUNT_ASKED, CREDIT_ASKED)

_IN_VAIN: Final = (NotAllowed, GivenBackAlready, KeptAsCredit, GoesBackByItself, NothingLeftToGiveBack)
"""Refusals after which nothing that she could write instead would help."""


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.drafts.find_step(said.person.id, _STEPS) if said.text else None
    return waiting_by(asked)


async def _take(said: Said, shop: Shop, asked: Draft) -> None:
    content: dict[str, Any] = asked.content
    if asked.step == ASKED:
        await _note_written(said, shop, content["refund_id"])
    elif asked.step == AMOUNT_ASKED:
        async with shop.handling(said.update_id) as uow:
            order = await order_to_refund(uow, said, content["order_id"])
            await send(uow, shop, said.person.id, await wished(uow, shop, said.person, order, said.text))
    else:
        await credit_typed(said, shop, content["group_id"], content["person_id"])


async def _note_written(said: Said, shop: Shop, refund_id: int) -> None:
    note = read_note(said.text)
    async with shop.handling(said.update_id) as uow:
        await refund_of(uow, refund_id, said.person.id)
        await tick_off(uow, refund_id, by_id=said.person.id, note=note, now=shop.now())
        await uow.pickups.wait_no_more(said.person.id, ASKED)
        t = await speaker(uow, said.person)
        screen, _ = await list_after(uow, shop, t, said.person.id, refund_id)
        await send(uow, shop, said.person.id, screen)


PART = Part(finds=_finds, handles=answering(*_STEPS, takes=_take, in_vain=_IN_VAIN))
"""Takes notes, amounts and reasons."""
