"""Picks that wait for their slot: when and why, posted at once, at another time, or not at all."""

from datetime import UTC, datetime

from bot.callbacks.trust import SlotButton, SlotTimeButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.services.trust_slots import ask_owner, free_slots, move_pick, post_at_once, waiting_pick
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from bot.views.screens import Screen
from bot.views.trust_slots import (
    drop_question,
    drop_reason,
    dropped_notice,
    held_in_group,
    moved_note,
    owner_asked,
    posted_notice,
    slot_screen,
    slot_times,
)
from handlers.access import is_owner, require_curator
from handlers.speaking import redraw, reply, send, speaker
from handlers.updates import Said, Tap
from storage.models import Pick
from storage.repositories.picks import PostedPick
from storage.states import PickState
from storage.unit_of_work import UnitOfWork

OPENS = "opens"
"""What is asked for where another time is written: a field like those of /manage."""

_FURTHEST = 2**36
"""Seconds since 1970 that a clock can still show."""


async def slot_opened(said: Said, shop: Shop, pick_id: int) -> None:
    """A pick that waits, by deep link."""
    async with shop.handling(said.update_id) as uow:
        posted = await _curated(uow, pick_id, said.person.id)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await slot_page(uow, shop, t, posted, said.person.id))


async def slot_tapped(tap: Tap, shop: Shop) -> None:
    """Something is wanted of a pick that waits."""
    button = SlotButton.read(tap.data)
    toast = ""
    async with shop.handling(tap.update_id) as uow:
        posted = await _curated(uow, button.pick_id, tap.person.id)
        t = await speaker(uow, tap.person)
        await uow.posts.stop_asking(tap.person.id)
        if button.deed == "ask":
            if posted.pick.state is not PickState.SCHEDULED:
                raise ButtonOutdated
            is_told = await ask_owner(uow, posted, by_id=tap.person.id, now=shop.now())
            toast = owner_asked(t, is_told=is_told)
        else:
            await redraw(uow, shop, tap, await _act(uow, shop, t, posted, button.deed, tap.person.id))
    await tap.answer(toast)


async def slot_time_tapped(tap: Tap, shop: Shop) -> None:
    """Another time was chosen."""
    button = SlotTimeButton.read(tap.data)
    if not 0 < button.at < _FURTHEST:
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        posted = await _curated(uow, button.pick_id, tap.person.id)
        t = await speaker(uow, tap.person)
        to = datetime.fromtimestamp(button.at, UTC)
        await redraw(uow, shop, tap, await moved_to(uow, shop, t, posted, to, tap.person.id))
    await tap.answer()


async def moved_to(
    uow: UnitOfWork, shop: Shop, t: Translator, posted: PostedPick, to: datetime, person_id: int
) -> Screen:
    """Plan a pick for another time, and show what became of it. Raises ButtonOutdated."""
    await uow.posts.stop_asking(person_id)
    moved = await move_pick(uow, posted.id, to=to, by_id=person_id, now=shop.now())
    note = moved_note(t, moved, wanted=to, now=shop.now())
    return await slot_page(uow, shop, t, moved, person_id, note=note)


async def slot_page(
    uow: UnitOfWork, shop: Shop, t: Translator, posted: PostedPick, person_id: int, *, note: str | None = None
) -> Screen:
    """When a pick is posted and why then. Raises ButtonOutdated where it waits no more."""
    waiting = await waiting_pick(uow, posted.id, now=shop.now())
    if waiting is None:
        raise ButtonOutdated
    owns = await is_owner(uow, posted.pick.group_id, person_id)
    return slot_screen(t, waiting, is_owner=owns, now=shop.now(), note=note)


async def show_held(uow: UnitOfWork, shop: Shop, said: Said, pick: Pick) -> bool:
    """In the group, say that what was just posted waits for a slot, if so; in private that is told anyway."""
    if pick.wanted_at is None:
        return False
    if not said.is_private:
        t = await speaker(uow, said.person)
        posted = await uow.picks.get(pick.id or 0)
        link = shop.link(f"slot_{pick.id}")
        await reply(uow, shop, said, held_in_group(t, posted, link=link, now=shop.now()))
    return True


async def _act(
    uow: UnitOfWork, shop: Shop, t: Translator, posted: PostedPick, deed: str, person_id: int
) -> Screen:
    match deed:
        case "home":
            return await slot_page(uow, shop, t, posted, person_id)
        case "now":
            return posted_notice(t, await post_at_once(uow, posted.id, by_id=person_id, now=shop.now()))
        case "dropped":
            return await _drop(uow, shop, t, posted, person_id)
    if posted.pick.state is not PickState.SCHEDULED:
        raise ButtonOutdated
    match deed:
        case "times":
            await uow.posts.ask(person_id, posted.id, OPENS, now=shop.now())
            moments = await free_slots(uow, posted, now=shop.now())
            return slot_times(t, posted, moments, now=shop.now())
        case "drop":
            return drop_question(t, posted)
    raise ButtonOutdated


async def _drop(uow: UnitOfWork, shop: Shop, t: Translator, posted: PostedPick, person_id: int) -> Screen:
    # The group first, as those do who post.
    await uow.groups.lock(posted.pick.group_id)
    if await waiting_pick(uow, posted.id, now=shop.now()) is None:
        raise ButtonOutdated
    reason = drop_reason(Translator(posted.group.language))
    dropped = await withdraw_pick(uow, posted.id, reason=reason, by_id=person_id, now=shop.now())
    return dropped_notice(t, dropped)


async def _curated(uow: UnitOfWork, pick_id: int, person_id: int) -> PostedPick:
    """A pick, for somebody who may change it. Raises ButtonOutdated, NotACurator, NotYourPick."""
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None:
        raise ButtonOutdated
    await require_curator(uow, person_id, posted)
    return posted
