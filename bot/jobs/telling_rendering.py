"""Draws what somebody is told of personally, while it still holds."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, captioned, message_call
from bot.services.tellings.explaining import note_facts, why_told
from bot.views.screens import LONGEST_CAPTION, shown_length
from bot.views.telling_notes import telling_note
from storage.states import OutboxKind, PickState


async def _telling(due: Due) -> Call | None:
    uow, person_id = due.uow, due.entry.chat_id
    posted = await uow.picks.get(due.subject_id)
    pick = posted.pick
    is_open = pick.state is PickState.LIVE and pick.closes_at > due.now and pick.ended_at is None
    if not is_open or posted.offer.stopped_at is not None:
        return None
    why = await why_told(uow, posted, person_id, now=due.now)
    if why is None:
        return None
    person = await uow.members.get(person_id)
    facts, t = await note_facts(uow, posted, why), Translator(person.language)
    if posted.offer.photo_id is not None and not due.payload.get("is_plain"):
        note = telling_note(t, facts, now=due.now, limit=LONGEST_CAPTION)
        if shown_length(note.text) <= LONGEST_CAPTION:
            return "sendPhoto", {"photo": posted.offer.photo_id, **captioned(note.payload())}
    return message_call(telling_note(t, facts, now=due.now).payload())


TELLING_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.TELLING: _telling}
"""By kind."""
