"""Draws what somebody is told of personally, while it still holds."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.services.tellings.explaining import note_facts, why_told
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
    facts = await note_facts(uow, posted, why)
    return message_call(telling_note(Translator(person.language), facts, now=due.now).payload())


TELLING_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.TELLING: _telling}
"""By kind."""
