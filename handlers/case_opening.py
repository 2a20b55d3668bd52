"""A member opens a case: what is wrong with her order, in her words and photos."""

from typing import Any, Final

from bot.callbacks.cases import CaseOpenButton, CaseSendButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.services.cases.opening import open_case
from bot.shop import Shop
from bot.views.case_steps import opened_words, tell_more, what_is_wrong
from bot.views.screens import Screen
from handlers.cases import page_of, tell_of
from handlers.speaking import redraw, send, speaker
from handlers.updates import Tap
from storage.repositories.pickups import OrderInHand
from storage.states import CaseKind
from storage.unit_of_work import UnitOfWork

OPENING: Final = "case_open"
"""The step under which a member's words and photos are gathered before her case is opened."""


async def case_open_tapped(tap: Tap, shop: Shop) -> None:
    """Something is wrong: what is it, and what more is there to say?"""
    button = CaseOpenButton.read(tap.data)
    if button.name not in ("ask", "new", *CaseKind):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        t = await speaker(uow, tap.person)
        order = await own_order(uow, button.order_id, tap.person.id)
        known = await uow.cases.find_open(order.id)
        if known is not None:
            screen = await page_of(uow, shop, t, known.id or 0, tap.person.id)
        elif button.name in ("ask", "new"):
            await _pause(uow, shop, order)
            screen = what_is_wrong(t, order)
        else:
            screen = await _gather(uow, shop, t, order, CaseKind(button.name))
        if button.name == "new":
            await send(uow, shop, tap.person.id, screen)
        else:
            await redraw(uow, shop, tap, screen)
    await tap.answer()


async def case_send_tapped(tap: Tap, shop: Shop) -> None:
    """The case is opened with what was gathered."""
    button = CaseSendButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        t = await speaker(uow, tap.person)
        draft = await uow.pickups.find_waiting(tap.person.id, OPENING)
        if draft is None or draft.content["order_id"] != button.order_id:
            raise ButtonOutdated
        content: dict[str, Any] = draft.content
        opened = await open_case(
            uow,
            button.order_id,
            CaseKind(content["kind"]),
            person_id=tap.person.id,
            words="\n".join(content["words"]),
            photo_ids=content["photos"],
            now=shop.now(),
        )
        await uow.pickups.wait_no_more(tap.person.id, OPENING)
        case_id = opened.case.id or 0
        await tell_of(uow, shop, case_id, but_id=tap.person.id)
        said = opened_words(t, is_new=opened.is_new)
        await redraw(uow, shop, tap, await page_of(uow, shop, t, case_id, tap.person.id, said=said))
    await tap.answer()


async def own_order(uow: UnitOfWork, order_id: int, person_id: int) -> OrderInHand:
    """A member's own order. Raises ButtonOutdated."""
    order = await uow.pickups.find(order_id)
    if order is None or order.person_id != person_id:
        raise ButtonOutdated
    return order


async def _gather(uow: UnitOfWork, shop: Shop, t: Translator, order: OrderInHand, kind: CaseKind) -> Screen:
    """What she wrote already of this order stays, if she has only chosen another kind."""
    draft = await uow.pickups.find_waiting(order.person_id, OPENING)
    content: dict[str, Any] = {"order_id": order.id, "words": [], "photos": [], "album": None}
    if draft is not None and draft.content["order_id"] == order.id:
        content = dict(draft.content)
    content |= {"kind": kind.value, "is_paused": False}
    await uow.pickups.wait_for(order.person_id, OPENING, content, now=shop.now())
    return tell_more(t, order, kind, words=content["words"], photos=len(content["photos"]))


async def _pause(uow: UnitOfWork, shop: Shop, order: OrderInHand) -> None:
    """What she writes while no kind is chosen belongs to something else; what she wrote of it stays."""
    draft = await uow.pickups.find_waiting(order.person_id, OPENING)
    if draft is not None:
        content = {**draft.content, "is_paused": True}
        await uow.pickups.wait_for(order.person_id, OPENING, content, now=shop.now())
