"""Draws what somebody may like: counting its reasons takes longer than anybody who writes should wait."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.services.recommendations import suggest
from bot.views.recommendations import suggestions_page
from storage.states import OutboxKind


async def _suggestions(due: Due) -> Call | None:
    person = await due.uow.members.get(due.entry.chat_id)
    found = await suggest(due.uow, person.id, page=due.payload.get("page", 0), now=due.now)
    tiers = await due.uow.pricing.tiers({one.posted.pick.offer_id for one in found.picks})
    screen = suggestions_page(Translator(person.language), found, tiers=tiers, now=due.now)
    return message_call(screen.payload(edit=due.payload.get("edit")))


RECOMMENDATION_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.SUGGESTIONS: _suggestions}
