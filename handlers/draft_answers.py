"""What is typed or sent at a step of a draft in private."""

import asyncio
import re
from dataclasses import replace

from telegram import Bot

from bot.draft_errors import TextNeeded, TooManyPhotos
from bot.errors import ButtonOutdated, WordsTooLong
from bot.rules.draft_answers import Reading, answered, refused_file, with_photo, with_words
from bot.rules.drafts import DraftContent, read_content, step_after
from bot.services.drafts import change_draft
from bot.shop import Shop
from bot.views.drafts import words_not_kept
from bot.views.refusals import refusal
from handlers.conversation import Part, Waiting
from handlers.draft_places import topic_linked
from handlers.drafts import copy_written
from handlers.speaking import reply, speaker
from handlers.updates import Said
from storage.models import Draft
from storage.states import DraftStep
from storage.unit_of_work import UnitOfWork

_COPY = re.compile(r"(?:copy|copiar|копировать|копия|复制)\s*[#№]?\s*(\d{1,9})", re.IGNORECASE)
_TIMED = (DraftStep.DEADLINE, DraftStep.START)
_MOST_TYPED = 40


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    waiting = [draft for draft in await uow.drafts.list_open(said.person.id) if _waits(draft, said)]
    answered_one = [d for d in waiting if said.reply_to_id is not None and d.message_id == said.reply_to_id]
    draft = next(iter([*answered_one, *waiting]), None)
    if draft is None or draft.id is None:
        return None
    return Waiting(since=draft.updated_at, key=draft.id, is_meant=bool(answered_one))


def _waits(draft: Draft, said: Said) -> bool:
    content = read_content(draft.content)
    if said.is_edit:
        # What was refused stands below the screen; what was taken is noted with its step.
        was_refused = draft.message_id is not None and said.message_id > draft.message_id
        waits = draft.step != DraftStep.HOME and was_refused
        return bool(said.text) and (str(said.message_id) in content.typed or waits)
    belongs = said.album_id is not None and said.album_id == content.album_id
    return draft.step != DraftStep.HOME or belongs


async def _handles(said: Said, shop: Shop, _bot: Bot, draft_id: int) -> None:
    async with shop.reading() as uow:
        draft = await uow.drafts.find(draft_id)
        if draft is None:
            raise ButtonOutdated
        reading = await _reading(uow, shop, draft)
    content = read_content(draft.content)
    if said.photos and not said.is_edit:
        await _photo_sent(said, shop, draft_id)
        return
    step = DraftStep(content.typed.get(str(said.message_id), draft.step))
    _require_text(said, step)
    if step in _TIMED:
        # In a thread: the first deadline to be read loads a large library.
        await asyncio.to_thread(answered, content, step, said.text, reading)
    async with shop.handling(said.update_id) as uow:
        draft = await _still_open(uow, draft_id)
        content = read_content(draft.content)
        if step is DraftStep.TOPIC:
            content = await topic_linked(uow, content, said.text)
        else:
            content = answered(content, step, said.text, reading)
        content = replace(content, typed=_typed(content, said, step))
        onwards = DraftStep(draft.step) if step != draft.step else step_after(step, content)
        below = not said.is_edit or step == draft.step
        await change_draft(uow, draft, content, step=onwards, now=shop.now(), below=below)


def _require_text(said: Said, step: DraftStep) -> None:
    if said.document is not None:
        raise refused_file(said.document.mime_type) if step is DraftStep.PHOTO else TextNeeded
    if said.is_other:
        raise refused_file("") if step is DraftStep.PHOTO else TextNeeded


async def _photo_sent(said: Said, shop: Shop, draft_id: int) -> None:
    """A photo belongs to the draft at whatever step it comes; an album comes as several."""
    async with shop.handling(said.update_id) as uow:
        draft = await _still_open(uow, draft_id)
        before = read_content(draft.content)
        follows = said.album_id is not None and said.album_id == before.album_id
        try:
            content = _with_photo(before, said)
        except TooManyPhotos as error:
            if said.album_id is None:
                raise
            await _album_cut(uow, shop, said, draft, error)
            return
        content = await _with_caption(uow, shop, said, content)
        at_photo = draft.step == DraftStep.PHOTO
        onwards = step_after(DraftStep.PHOTO, content) if at_photo else DraftStep(draft.step)
        await change_draft(uow, draft, content, step=onwards, now=shop.now(), below=not follows)


def _with_photo(content: DraftContent, said: Said) -> DraftContent:
    largest = max(said.photos, key=lambda photo: photo.width * photo.height)
    return with_photo(content, largest.id, width=largest.width, height=largest.height, album_id=said.album_id)


async def _album_cut(uow: UnitOfWork, shop: Shop, said: Said, draft: Draft, error: TooManyPhotos) -> None:
    """One sentence for a whole album of which there is no room for all."""
    content = read_content(draft.content)
    if content.full_album_id == said.album_id:
        return
    content = replace(content, full_album_id=said.album_id)
    await change_draft(uow, draft, content, step=DraftStep(draft.step), now=shop.now())
    await reply(uow, shop, said, refusal(await speaker(uow, said.person), error))


async def _with_caption(uow: UnitOfWork, shop: Shop, said: Said, content: DraftContent) -> DraftContent:
    """Words under a photo describe the pick, unless it is described already."""
    if not said.text:
        return content
    try:
        if not content.words:
            return replace(with_words(content, said.text), typed=_typed(content, said, DraftStep.WORDS))
    except WordsTooLong:
        pass
    await reply(uow, shop, said, words_not_kept(await speaker(uow, said.person)))
    return content


def _typed(content: DraftContent, said: Said, step: DraftStep) -> dict[str, str]:
    newest = {**content.typed, str(said.message_id): step.value}
    return dict(list(newest.items())[-_MOST_TYPED:])


async def _still_open(uow: UnitOfWork, draft_id: int) -> Draft:
    draft = await uow.drafts.find(draft_id, lock=True)
    if draft is None or draft.pick_id is not None or draft.step == DraftStep.DELETED:
        raise ButtonOutdated
    return draft


async def _reading(uow: UnitOfWork, shop: Shop, draft: Draft) -> Reading:
    person = await uow.members.get(draft.person_id)
    groups = await uow.groups.list_led_by(draft.person_id)
    ids = read_content(draft.content).group_ids
    group = next((g for g in groups if g.id in ids), None) or next(iter(groups), None)
    return Reading(
        currency=group.currency if group else "EUR",
        now=shop.now(),
        time_zone=group.time_zone if group else "UTC",
        language=person.language,
    )


async def _finds_copy(uow: UnitOfWork, said: Said) -> Waiting | None:
    match = _COPY.fullmatch(said.text.strip())
    known = await uow.members.find(said.person.id)
    if match is None or known is None:
        return None
    # Nobody means a title or an answer by it.
    return Waiting(since=known.created_at, key=int(match[1]), is_meant=True)


PART = Part(finds=_finds, handles=_handles, takes_edits=True)
COPY_PART = Part(finds=_finds_copy, handles=copy_written)
