"""Draws what a curator is asked of a pick that may be the same as an earlier one."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.services.pick_rounds import find_earlier
from bot.views.pick_rounds import round_hint
from storage.states import OutboxKind


async def _round_hint(due: Due) -> Call | None:
    posted = await due.uow.picks.get(due.subject_id)
    curator = await due.uow.members.get(due.entry.chat_id)
    if not curator.private_is_open:
        return None
    earlier = await find_earlier(due.uow, posted, curator.id)
    if earlier is None:
        return None
    return message_call(round_hint(Translator(curator.language), posted, earlier).payload())


PICK_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.ROUND_HINT: _round_hint}
