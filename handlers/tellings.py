"""Telling a pick to those who may care, by its curator; and what they say who were told."""

from datetime import datetime
from random import Random, SystemRandom
from typing import Final

from bot.callbacks.tellings import (
    DraftTellingButton,
    SuggestionsSwitchButton,
    TellingButton,
    TellingNoteButton,
)
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.drafts import DraftContent, check_ready, read_content
from bot.rules.tellings import Ware
from bot.services.notices import switch
from bot.services.recommendations import dismiss
from bot.services.tellings.choosing import ware_of
from bot.services.tellings.explaining import note_facts, why_told
from bot.services.tellings.telling import (
    Audience,
    can_be_told,
    find_audience,
    post_after_all,
    slot_now,
    tell,
)
from bot.shop import Shop
from bot.telling_errors import NotToldPersonally
from bot.views.screens import LONGEST_CAPTION, LONGEST_TEXT, Screen
from bot.views.telling_notes import (
    suggestions_off,
    suggestions_on,
    telling_explained,
    telling_note,
    telling_put_aside,
)
from bot.views.tellings import draft_audience, pick_audience, post_question, told_notice, told_toast
from bot.views.trust_slots import posted_notice
from handlers.access import is_owner
from handlers.drafts import become_picks, hear_of_leaders
from handlers.manage import managed_by
from handlers.speaking import redraw, speaker
from handlers.updates import Tap
from storage.models import Draft, Group
from storage.repositories.picks import PostedPick
from storage.states import NoticeKind, PickState
from storage.unit_of_work import UnitOfWork

_LOT: Final[Random] = SystemRandom()
"""Nobody can guess whom it leaves out."""


async def draft_telling_tapped(tap: Tap, shop: Shop) -> None:
    """Whom a draft would be told, or tell them instead of posting it."""
    button = DraftTellingButton.read(tap.data)
    if button.deed not in ("look", "tell"):
        raise ButtonOutdated
    await hear_of_leaders(tap, shop, button.draft_id)
    # Looking through a large group takes a while: nobody shall wait for it who writes.
    async with shop.reading() as uow:
        draft = await _open_draft(uow, button.draft_id, tap.person.id)
        group, content = await _meant_for(uow, draft, now=shop.now())
        ware = _ware_of_draft(draft, group, content)
        audience = await find_audience(uow, group, ware, lot=_LOT, now=shop.now())
    toast = ""
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        if button.deed == "tell":
            toast = await _tell_draft(uow, shop, tap, t, button.draft_id, audience)
        else:
            page = draft_audience(
                t, group, audience, draft_id=button.draft_id, title=content.title, now=shop.now()
            )
            await redraw(uow, shop, tap, page)
    await tap.answer(toast)


async def telling_tapped(tap: Tap, shop: Shop) -> None:
    """Whom a pick that waits would be told, tell them, or post in the group what was told to some."""
    button = TellingButton.read(tap.data)
    async with shop.reading() as uow:
        posted = await managed_by(uow, button.pick_id, tap.person.id)
        audience = None
        if button.deed in ("look", "tell"):
            _require_waiting(posted)
            audience = await find_audience(uow, posted.group, ware_of(posted), lot=_LOT, now=shop.now())
    async with shop.handling(tap.update_id) as uow:
        posted = await managed_by(uow, button.pick_id, tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _act(uow, shop, tap, t, posted, button.deed, audience))
    await tap.answer()


async def telling_note_tapped(tap: Tap, shop: Shop) -> None:
    """Whoever was told of a pick asks why, or does not want it."""
    button = TellingNoteButton.read(tap.data)
    # Counting who bought what takes a while: nobody shall wait for it who writes.
    async with shop.reading() as uow:
        posted = (await uow.picks.load([button.pick_id])).get(button.pick_id)
        if posted is None or await uow.tellings.find_told(button.pick_id, tap.person.id) is None:
            raise ButtonOutdated
        t = await speaker(uow, tap.person)
        screen = await _note_page(uow, shop, tap, t, posted, button.deed)
    async with shop.handling(tap.update_id) as uow:
        if button.deed == "not":
            await dismiss(uow, tap.person.id, posted, now=shop.now())
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def suggestions_switched(tap: Tap, shop: Shop) -> None:
    """Picks that are chosen for her: told from now on, or not any more."""
    is_on = bool(SuggestionsSwitchButton.read(tap.data).is_on)
    toast = ""
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        await switch(uow, tap.person.id, NoticeKind.SUGGESTIONS, is_on=is_on, now=shop.now())
        if is_on:
            toast = suggestions_on(t)
        else:
            await redraw(uow, shop, tap, suggestions_off(t))
    await tap.answer(toast, alert=bool(toast))


async def _act(
    uow: UnitOfWork,
    shop: Shop,
    tap: Tap,
    t: Translator,
    posted: PostedPick,
    deed: str,
    audience: Audience | None,
) -> Screen:
    now = shop.now()
    match deed:
        case "look" if audience is not None:
            return pick_audience(t, posted, audience, now=now)
        case "tell" if audience is not None:
            telling = await tell(uow, posted.id, audience, lot=_LOT, by_id=tap.person.id, now=now)
            return told_notice(t, posted, telling)
        case "post":
            return await _ask_to_post(uow, t, posted, tap.person.id, now=now)
        case "posted":
            return posted_notice(t, await post_after_all(uow, posted.id, by_id=tap.person.id, now=now))
    raise ButtonOutdated


async def _ask_to_post(
    uow: UnitOfWork, t: Translator, posted: PostedPick, person_id: int, *, now: datetime
) -> Screen:
    telling = await uow.tellings.find(posted.id)
    if telling is None or not posted.pick.is_personal or posted.pick.state is not PickState.LIVE:
        raise ButtonOutdated
    slot = await slot_now(uow, posted, now=now)
    owns = await is_owner(uow, posted.pick.group_id, person_id)
    return post_question(t, posted, telling, slot, is_owner=owns, now=now)


async def _tell_draft(
    uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, draft_id: int, audience: Audience
) -> str:
    [pick] = await become_picks(uow, tap, draft_id, is_personal=True, now=shop.now())
    telling = await tell(uow, pick.id or 0, audience, lot=_LOT, by_id=tap.person.id, now=shop.now())
    return told_toast(t, number=pick.number, told=telling.told_count)


async def _note_page(
    uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, posted: PostedPick, deed: str
) -> Screen:
    """What she was told, why, or that she does not hear of it. Raises ButtonOutdated, also for no reason."""
    if deed == "not":
        return telling_put_aside(t, posted)
    if deed not in ("why", "note"):
        raise ButtonOutdated
    why = await why_told(uow, posted, tap.person.id, now=shop.now())
    if deed == "why":
        return telling_explained(t, posted, why, limit=_room(tap))
    if why is None:
        raise ButtonOutdated
    return telling_note(t, await note_facts(uow, posted, why), now=shop.now(), limit=_room(tap))


def _room(tap: Tap) -> int:
    """How long what is shown in a message may be."""
    return LONGEST_CAPTION if tap.has_caption else LONGEST_TEXT


async def _open_draft(uow: UnitOfWork, draft_id: int, person_id: int) -> Draft:
    draft = await uow.drafts.find(draft_id)
    if draft is None or draft.person_id != person_id or draft.pick_id is not None:
        raise ButtonOutdated
    return draft


async def _meant_for(uow: UnitOfWork, draft: Draft, *, now: datetime) -> tuple[Group, DraftContent]:
    """The one group in which a complete draft is told now. Raises DraftIncomplete, NotToldPersonally."""
    content = read_content(draft.content)
    check_ready(content, now=now)
    if not content.can_be_told:
        raise NotToldPersonally
    return await uow.groups.get(content.group_ids[0]), content


def _ware_of_draft(draft: Draft, group: Group, content: DraftContent) -> Ware:
    return Ware(
        title=content.title,
        language=group.language,
        curator_id=draft.person_id,
        category=content.category,
        draft_id=draft.id,
    )


def _require_waiting(posted: PostedPick) -> None:
    """Raise ButtonOutdated or NotToldPersonally for what is not to be told, or not any more."""
    if posted.pick.state is not PickState.SCHEDULED:
        raise ButtonOutdated
    if not can_be_told(posted):
        raise NotToldPersonally
