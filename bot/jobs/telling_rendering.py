"""Draws what somebody is told of personally, while it still holds."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.jobs.member_rendering import name_of
from bot.rules.pricing import TierPrice
from bot.services.tellings.explaining import why_told
from bot.views.telling_notes import NoteFacts, telling_note
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
    tiers = (await uow.pricing.tiers([pick.offer_id])).get(pick.offer_id, [])
    facts = NoteFacts(
        posted=posted,
        why=why,
        tiers=[TierPrice(*tier) for tier in tiers],
        voucher=await name_of(uow, pick.vouched_by_id),
        supply=await uow.carryings.find_supply(pick.id or 0) if pick.is_carried else None,
    )
    return message_call(telling_note(Translator(person.language), facts, now=due.now).payload())


TELLING_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.TELLING: _telling}
"""By kind."""
