"""The wizard in private: beginning, walking through, copying, deleting and posting drafts."""

from dataclasses import replace
from datetime import datetime

from telegram import Bot

from bot.callbacks.drafts import DraftButton, DraftChoiceButton, NewDraftButton, PreviewButton
from bot.carrying_errors import CarriedNotRepeated
from bot.draft_errors import DraftIncomplete
from bot.errors import ButtonOutdated, NotACurator, PickUnknown
from bot.i18n import Translator
from bot.rules.drafts import DraftContent, DraftPlace, check_ready, missing, read_content, step_after
from bot.services.drafts import (
    change_draft,
    copy_draft,
    copy_offer,
    delete_draft,
    mark_posted,
    own_draft,
    restore_draft,
    show_preview,
    start_draft,
)
from bot.services.picks import post_in_groups
from bot.services.wishes.answering import link_picks
from bot.shop import Shop
from bot.views.drafts import copy_in_private, draft_list, draft_posted, make_in_private, preview_explained
from bot.views.groups import choose_group, leads_none, which_group
from handlers.access import group_led, is_leader, learn_leaders, number_named, pick_named
from handlers.draft_places import chosen, new_payload, new_pick, places_to_post
from handlers.speaking import redraw, reply, send, speaker
from handlers.updates import Said, Tap
from storage.models import Draft, Pick
from storage.repositories.picks import PostedPick
from storage.states import DraftStep, PickState
from storage.unit_of_work import UnitOfWork


async def new_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/new`: begin a pick; in a group, the way to the private chat."""
    if not said.is_private:
        await _show_the_way(said, shop, bot)
        return
    async with shop.handling(said.update_id) as uow:
        await _begin(uow, shop, said.person.id)


async def new_tapped(tap: Tap, shop: Shop) -> None:
    """The button that begins a pick."""
    group_id = NewDraftButton.read(tap.data).group_id
    async with shop.handling(tap.update_id) as uow:
        if group_id and not await is_leader(uow, group_id, tap.person.id):
            raise NotACurator
        await _begin(uow, shop, tap.person.id, DraftPlace(group_id=group_id) if group_id else None)
    await tap.answer()


async def new_opened(said: Said, shop: Shop, bot: Bot, group_id: int, topic_id: int | None) -> None:
    """A pick for one group, and perhaps one topic, by deep link."""
    await _require_leader(said, shop, bot, group_id)
    async with shop.handling(said.update_id) as uow:
        await _begin(uow, shop, said.person.id, DraftPlace(group_id=group_id, topic_id=topic_id or None))


async def drafts_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/drafts`: what is half made."""
    if not said.is_private:
        await _show_the_way(said, shop, bot)
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, draft_list(t, await uow.drafts.list_open(said.person.id)))


async def copy_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/copy 12`: a draft of an old pick; in a group, the way to it."""
    if said.is_private:
        number, _ = number_named(said.arguments)
        await copy_written(said, shop, bot, number)
        return
    group = await group_led(said, shop, bot)
    async with shop.handling(said.update_id) as uow:
        posted, _ = await pick_named(uow, group, said.arguments)
        t = await speaker(uow, said.person)
        link = shop.link(f"copy_{posted.id}")
        await reply(uow, shop, said, copy_in_private(t, number=posted.pick.number, link=link))


async def copy_written(said: Said, shop: Shop, _bot: Bot, number: int) -> None:
    """`copy #12` in private: which pick that is depends on the groups that the person leads."""
    async with shop.handling(said.update_id) as uow:
        groups = await uow.groups.list_led_by(said.person.id)
        found = [await uow.picks.find_by_number(group.id or 0, number) for group in groups]
        picks = [posted for posted in found if posted is not None]
        if not picks:
            raise PickUnknown(number)
        if len(picks) == 1:
            await _copy(uow, shop, said.person.id, picks[0])
            return
        t = await speaker(uow, said.person)
        links = [shop.link(f"copy_{posted.id}") for posted in picks]
        asked = choose_group(t, [posted.group for posted in picks], which_group(t), links=links)
        await send(uow, shop, said.person.id, asked)


async def copy_opened(said: Said, shop: Shop, bot: Bot, pick_id: int) -> None:
    """A draft of one old pick, by deep link."""
    async with shop.reading() as uow:
        posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None:
        raise NotACurator
    await _require_leader(said, shop, bot, posted.pick.group_id)
    async with shop.handling(said.update_id) as uow:
        await _copy(uow, shop, said.person.id, posted)


async def draft_tapped(tap: Tap, shop: Shop) -> None:
    """A step of a draft, or something to be done with it."""
    button = DraftButton.read(tap.data)
    if button.act == "post":
        await _post(tap, shop, button.draft_id)
        return
    async with shop.handling(tap.update_id) as uow:
        if button.act == "copy":
            await _copy_again(uow, shop, tap, button.draft_id)
        else:
            draft = await own_draft(uow, button.draft_id, tap.person.id)
            await _do(uow, shop, tap, draft, button.act)
    await tap.answer()


async def draft_chosen(tap: Tap, shop: Shop) -> None:
    """A value was chosen at a step of a draft, or what was set there cleared."""
    button = DraftChoiceButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        draft = await own_draft(uow, button.draft_id, tap.person.id)
        _require_open(draft)
        draft.message_id = tap.message_id
        step, content = DraftStep(_step(button.step)), read_content(draft.content)
        content = await chosen(uow, draft, content, step, button.value)
        is_answer = step is DraftStep.DEADLINE and button.value != ""
        onwards = step_after(step, content) if is_answer else step
        await change_draft(uow, draft, content, step=onwards, now=shop.now())
    await tap.answer()


async def preview_tapped(tap: Tap, shop: Shop) -> None:
    """A button of a preview."""
    PreviewButton.read(tap.data)
    async with shop.reading() as uow:
        t = await speaker(uow, tap.person)
    await tap.answer(preview_explained(t), alert=True)


async def _begin(uow: UnitOfWork, shop: Shop, person_id: int, place: DraftPlace | None = None) -> None:
    groups = await uow.groups.list_led_by(person_id)
    if not groups:
        person = await uow.members.get(person_id)
        await send(uow, shop, person_id, leads_none(Translator(person.language)))
        return
    if place is None and len(groups) == 1:
        place = DraftPlace(group_id=groups[0].id or 0)
    content = DraftContent(places=(place,) if place else (), is_guided=True)
    step = DraftStep.PHOTO if place else DraftStep.PLACE
    await start_draft(uow, person_id, content, step=step, now=shop.now())


async def _copy(uow: UnitOfWork, shop: Shop, person_id: int, posted: PostedPick) -> None:
    if posted.pick.is_carried:
        raise CarriedNotRepeated(posted.pick.number)
    await copy_offer(
        uow,
        posted.pick.offer_id,
        person_id=person_id,
        places=[DraftPlace(group_id=posted.pick.group_id, topic_id=posted.pick.topic_id)],
        point_ids=await uow.posts.list_points(posted.id),
        now=shop.now(),
    )


async def _copy_again(uow: UnitOfWork, shop: Shop, tap: Tap, draft_id: int) -> None:
    draft = await uow.drafts.find(draft_id)
    if draft is None or draft.person_id != tap.person.id:
        raise ButtonOutdated
    await copy_draft(uow, draft, now=shop.now())


async def _do(uow: UnitOfWork, shop: Shop, tap: Tap, draft: Draft, act: str) -> None:
    if act in ("delete", "undo") and draft.message_id not in (None, tap.message_id):
        await _do_in_list(uow, shop, tap, draft, act)
        return
    if act == "open":
        _require_open(draft)
        content, step = read_content(draft.content), DraftStep(draft.step)
        # Whichever is opened last takes what is typed next.
        await change_draft(uow, draft, content, step=step, now=shop.now(), below=True)
        return
    draft.message_id = tap.message_id
    if act in ("delete", "undo"):
        await _put_away_or_back(uow, shop, draft, act)
    elif act == "preview":
        _require_open(draft)
        if lacking := missing(read_content(draft.content)):
            raise DraftIncomplete(lacking)
        await show_preview(uow, draft, now=shop.now())
    else:
        _require_open(draft)
        await _go(uow, shop, draft, act)


async def _do_in_list(uow: UnitOfWork, shop: Shop, tap: Tap, draft: Draft, act: str) -> None:
    """The same from the list of drafts, which is drawn anew."""
    await _put_away_or_back(uow, shop, draft, act)
    t = await speaker(uow, tap.person)
    listed = await uow.drafts.list_open(tap.person.id)
    await redraw(uow, shop, tap, draft_list(t, listed, deleted=draft if act == "delete" else None))


async def _put_away_or_back(uow: UnitOfWork, shop: Shop, draft: Draft, act: str) -> None:
    if act == "delete":
        _require_open(draft)
        await delete_draft(uow, draft, now=shop.now())
    elif draft.step == DraftStep.DELETED:
        await restore_draft(uow, draft, now=shop.now())


async def _go(uow: UnitOfWork, shop: Shop, draft: Draft, act: str) -> None:
    content = read_content(draft.content)
    step = DraftStep.HOME if act == "leave" else DraftStep(_step(act))
    # Whoever leaves the way, or takes a step from the overview, goes on from there.
    if step is DraftStep.HOME or draft.step == DraftStep.HOME:
        content = replace(content, is_guided=False)
    await change_draft(uow, draft, content, step=step, now=shop.now())


async def become_picks(
    uow: UnitOfWork, tap: Tap, draft_id: int, *, now: datetime, is_personal: bool = False
) -> list[Pick]:
    """Make picks of a complete draft, one a group; `is_personal`: to be told to some, not to be posted."""
    draft = await own_draft(uow, draft_id, tap.person.id)
    _require_open(draft)
    draft.message_id = tap.message_id
    content = read_content(draft.content)
    check_ready(content, now=now)
    places = await places_to_post(uow, content, tap.person.id)
    new = replace(new_pick(content, tap.person.id, now=now), is_personal=is_personal)
    picks = await post_in_groups(uow, places, new, now=now)
    await mark_posted(uow, draft, picks[0].id or 0, now=now)
    await link_picks(uow, draft_id, {pick.group_id: pick.id or 0 for pick in picks})
    return picks


async def _post(tap: Tap, shop: Shop, draft_id: int) -> None:
    await hear_of_leaders(tap, shop, draft_id)
    async with shop.handling(tap.update_id) as uow:
        picks = await become_picks(uow, tap, draft_id, now=shop.now())
        t = await speaker(uow, tap.person)
    is_scheduled = picks[0].state is PickState.SCHEDULED
    is_held = any(pick.wanted_at is not None for pick in picks)
    said = draft_posted(t, number=picks[0].number, is_scheduled=is_scheduled, is_held=is_held)
    await tap.answer(said)


async def hear_of_leaders(tap: Tap, shop: Shop, draft_id: int) -> None:
    """Telegram tells only bots that are administrators who lost a role: others ask before they post."""
    async with shop.reading() as uow:
        draft = await uow.drafts.find(draft_id)
        if draft is None or draft.person_id != tap.person.id or draft.pick_id is not None:
            return
        groups = [await uow.groups.find(key) for key in read_content(draft.content).group_ids]
    for group in groups:
        if group is not None and group.is_active and not group.bot_is_admin:
            await learn_leaders(group, shop, tap.query.get_bot())


async def _show_the_way(said: Said, shop: Shop, bot: Bot) -> None:
    group = await group_led(said, shop, bot)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        link = shop.link(new_payload(group.id or 0, said.topic_id))
        await reply(uow, shop, said, make_in_private(t, link=link))


async def _require_leader(said: Said, shop: Shop, bot: Bot, group_id: int) -> None:
    async with shop.reading() as uow:
        if await is_leader(uow, group_id, said.person.id):
            return
        group = await uow.groups.find(group_id)
    if group is not None and group.is_active:
        await learn_leaders(group, shop, bot)
    async with shop.reading() as uow:
        if not await is_leader(uow, group_id, said.person.id):
            raise NotACurator


def _require_open(draft: Draft) -> None:
    if draft.step == DraftStep.DELETED:
        raise ButtonOutdated


def _step(word: str) -> str:
    """A step that a button may name. Raises ButtonOutdated."""
    if word not in set(DraftStep) - {DraftStep.DELETED}:
        raise ButtonOutdated
    return word
