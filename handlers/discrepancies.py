"""Deciding in private what about money does not fit: the list, the facts, a tap or a few words."""

from typing import Final

from telegram import Bot

from bot.callbacks.discrepancies import DecisionButton, DiscrepancyButton
from bot.errors import ButtonOutdated, NotACurator
from bot.i18n import Translator
from bot.payment_errors import DiscrepancyDecided
from bot.rules.discrepancies import Decision, checked_note
from bot.services.payments.discrepancies import Finding, decide, find_finding
from bot.shop import Shop
from bot.views.discrepancies import (
    ASK_NOTE,
    MOST_LISTED,
    ask_for_note,
    decided_toast,
    discrepancy_list,
    discrepancy_page,
)
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.access import is_leader, may_configure
from handlers.conversation import Part, answering, written_for
from handlers.speaking import redraw, send, show_door, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Draft
from storage.repositories.discrepancies import OpenedDiscrepancy
from storage.unit_of_work import UnitOfWork

ASKED: Final = "discrepancy_note"
"""The step under which a few words about how something was settled are waited for."""

_IN_VAIN: Final = (DiscrepancyDecided, ButtonOutdated, NotACurator)
"""Refusals after which nothing that she could write instead would help."""


async def review_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/review`: what about money does not fit, in private, for those who may decide it."""
    async with shop.handling(said.update_id) as uow:
        if said.speaks_for_group:
            # Which of those who lead it speaks, only the private chat knows.
            await show_door(uow, shop, said, payload="review_0")
            return
        groups = await uow.groups.list_led_by(said.person.id)
        if not groups:
            raise NotACurator
        t = await speaker(uow, said.person)
        screen = await _list(uow, t, said.person.id)
        await tell(uow, shop, said, screen, payload=f"review_{groups[0].id}")


async def review_opened(said: Said, shop: Shop) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        if not await uow.groups.list_led_by(said.person.id):
            raise NotACurator
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await _list(uow, t, said.person.id))


async def discrepancy_tapped(tap: Tap, shop: Shop) -> None:
    """One finding, or all of them."""
    key = DiscrepancyButton.read(tap.data).discrepancy_id
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        screen = await _page(uow, shop, t, key, tap.person.id) if key else await _list(uow, t, tap.person.id)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def decision_tapped(tap: Tap, shop: Shop) -> None:
    """It counts, it goes back, or it is settled, which needs a few words."""
    button = DecisionButton.read(tap.data)
    tap.require_private()
    if button.decision == ASK_NOTE:
        await _ask_note(tap, shop, button.discrepancy_id)
        return
    if button.decision not in (Decision.COUNT, Decision.GIVE_BACK):
        raise ButtonOutdated
    decision = Decision(button.decision)
    try:
        async with shop.handling(tap.update_id) as uow:
            await _require_decider(uow, button.discrepancy_id, tap.person.id)
            decided = await decide(uow, button.discrepancy_id, decision, by_id=tap.person.id, now=shop.now())
            t = await speaker(uow, tap.person)
            await redraw(uow, shop, tap, discrepancy_page(t, decided, now=shop.now()))
    except DiscrepancyDecided as error:
        await _show_decided(tap, shop, button.discrepancy_id, error)
        return
    await tap.answer(decided_toast(t, decision))


async def _ask_note(tap: Tap, shop: Shop, discrepancy_id: int) -> None:
    async with shop.handling(tap.update_id) as uow:
        found = await _require_decider(uow, discrepancy_id, tap.person.id)
        t = await speaker(uow, tap.person)
        await uow.pickups.wait_for(tap.person.id, ASKED, {"discrepancy_id": discrepancy_id}, now=shop.now())
        await redraw(uow, shop, tap, ask_for_note(t, found))
    await tap.answer()


async def _show_decided(tap: Tap, shop: Shop, discrepancy_id: int, error: DiscrepancyDecided) -> None:
    """Somebody else was quicker: say so, and show what was decided."""
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _page(uow, shop, t, discrepancy_id, tap.person.id))
    await tap.answer(refusal(t, error), alert=True)


async def _list(uow: UnitOfWork, t: Translator, person_id: int) -> Screen:
    found: list[OpenedDiscrepancy] = []
    for group in await uow.groups.list_led_by(person_id):
        assert group.id is not None
        curator_id = None if await may_configure(uow, group.id, person_id) else person_id
        found += await uow.discrepancies.list_open(group.id, curator_id=curator_id, limit=MOST_LISTED)
    return discrepancy_list(t, found)


async def _page(uow: UnitOfWork, shop: Shop, t: Translator, key: int, person_id: int) -> Screen:
    await _require_decider(uow, key, person_id)
    finding: Finding | None = await find_finding(uow, key)
    assert finding is not None
    return discrepancy_page(t, finding, now=shop.now())


async def _require_decider(uow: UnitOfWork, discrepancy_id: int, person_id: int) -> OpenedDiscrepancy:
    """One finding, for whoever may decide it. Raises ButtonOutdated and NotACurator."""
    found = await uow.discrepancies.find(discrepancy_id)
    if found is None:
        raise ButtonOutdated
    is_own = found.curator_id == person_id and await is_leader(uow, found.group_id, person_id)
    if not is_own and not await may_configure(uow, found.group_id, person_id):
        raise NotACurator
    return found


async def _noted(said: Said, shop: Shop, asked: Draft) -> None:
    """How it was settled, in the curator's words."""
    key = asked.content["discrepancy_id"]
    note = checked_note(said.text)
    async with shop.handling(said.update_id) as uow:
        await _require_decider(uow, key, said.person.id)
        by_id, now = said.person.id, shop.now()
        decided = await decide(uow, key, Decision.SETTLED, note=note, by_id=by_id, now=now)
        await uow.pickups.wait_no_more(said.person.id, ASKED)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, discrepancy_page(t, decided, now=now))


NOTE_PART = Part(
    finds=written_for(ASKED), handles=answering(ASKED, takes=_noted, in_vain=_IN_VAIN, within=None)
)
"""Takes a few words about how something was settled."""
