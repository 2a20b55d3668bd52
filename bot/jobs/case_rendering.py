"""Draws what both sides of a case are told, and its photos."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.rules.cases import MOST_PHOTOS, REMINDED_BEFORE
from bot.services.cases.seeing import bounds_of, decider_of, gives_credit
from bot.views.case_lists import case_in_group
from bot.views.case_steps import case_reminder
from bot.views.cases import CaseFacts, case_page
from bot.views.screens import Screen
from storage.repositories.case_lists import SeenCase
from storage.states import CaseStage, OutboxKind


async def _case(due: Due) -> Call | None:
    seen = await due.uow.case_lists.find(due.subject_id)
    person = await due.uow.members.find(due.payload.get("person_id", due.entry.chat_id))
    if seen is None or person is None:
        return None
    if due.entry.chat_id < 0:
        link = due.shop.link(f"case_{seen.id}")
        return message_call(case_in_group(Translator(seen.language), name=person.name, link=link).payload())
    screen = await _page(due, seen, person.id, Translator(person.language))
    return message_call(screen.payload()) if screen is not None else None


async def _case_reminder(due: Due) -> Call | None:
    seen = await due.uow.case_lists.find(due.subject_id)
    if seen is None or seen.stage is not CaseStage.OFFERED or seen.due_at is None:
        return None
    # Another offer came since, which has a reminder of its own.
    if seen.due_at - REMINDED_BEFORE > due.now:
        return None
    person = await due.uow.members.get(seen.person_id)
    t = Translator(person.language)
    screen = await _page(due, seen, person.id, t, is_reminder=True)
    return message_call(screen.payload()) if screen is not None else None


async def _case_photos(due: Due) -> Call | None:
    steps = await due.uow.case_lists.list_steps(due.subject_id)
    start = due.payload["start"]
    photos = [photo for step in steps for photo in step.photo_ids or ()][start : start + MOST_PHOTOS]
    if not photos:
        return None
    if len(photos) == 1:
        return "sendPhoto", {"photo": photos[0]}
    return "sendMediaGroup", {"media": [{"type": "photo", "media": photo} for photo in photos]}


async def _page(
    due: Due, seen: SeenCase, person_id: int, t: Translator, *, is_reminder: bool = False
) -> Screen | None:
    admin = person_id in due.shop.admin_ids or await due.uow.admins.is_granted(person_id)
    reader = await decider_of(due.uow, seen, person_id, is_admin=admin)
    if person_id != seen.person_id and not reader.levels:
        return None
    facts = CaseFacts(
        seen=seen,
        steps=await due.uow.case_lists.list_steps(seen.id),
        page=0,
        reader=reader,
        bounds=await bounds_of(due.uow, seen.order_id),
        gives_credit=await gives_credit(due.uow, seen),
        now=due.now,
    )
    return case_page(t, facts, said=case_reminder(t, seen) if is_reminder else None)


CASE_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.CASE: _case,
    OutboxKind.CASE_REMINDER: _case_reminder,
    OutboxKind.CASE_PHOTOS: _case_photos,
}
