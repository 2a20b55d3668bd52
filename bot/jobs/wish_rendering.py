"""Draws what a curator is told of wishes that her pick may answer, or answers."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.views.wish_needs import answer_told, pick_hint
from storage.states import OutboxKind


async def _wish_hint(due: Due) -> Call | None:
    # What reads wishes is heavy, and few groups need it.
    from bot.services.wishes.matching import alike_need

    posted = await due.uow.picks.get(due.subject_id)
    curator = await due.uow.members.get(due.entry.chat_id)
    if not posted.takes_orders or not curator.private_is_open:
        return None
    seen = await alike_need(due.uow, posted, now=due.now)
    if seen is None:
        return None
    return message_call(pick_hint(Translator(curator.language), seen, posted, now=due.now).payload())


async def _need_answered(due: Due) -> Call | None:
    posted = await due.uow.picks.get(due.subject_id)
    curator = await due.uow.members.get(due.entry.chat_id)
    page = answer_told(Translator(curator.language), posted)
    return message_call(page.payload(edit=due.payload["page_id"]))


WISH_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.WISH_HINT: _wish_hint,
    OutboxKind.NEED_ANSWERED: _need_answered,
}
