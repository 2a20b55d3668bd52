"""Draws what people are told of new picks, and leaves out what they do not want to hear."""

from collections.abc import Mapping
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.views.notices import new_picks_notice
from bot.views.wishes import wish_answered
from storage.states import NoticeKind, OutboxKind

_KINDS: Final[Mapping[OutboxKind, NoticeKind]] = {
    OutboxKind.REMINDER: NoticeKind.REMINDERS,
    OutboxKind.EARNINGS: NoticeKind.EARNINGS,
    OutboxKind.REVIEW_ASKED: NoticeKind.REVIEWS,
    OutboxKind.REVIEW_NEWS: NoticeKind.REVIEWS,
    OutboxKind.WISH_ANSWERED: NoticeKind.WISHES,
    OutboxKind.TELLING: NoticeKind.SUGGESTIONS,
}
"""What may be switched off; where something else is said in private, whoever writes the row has asked."""


async def is_wanted(due: Due) -> bool:
    """Whether somebody still wants to hear what a row says; what is of no such kind always comes."""
    kind = _KINDS.get(due.entry.kind)
    return kind is None or bool(await due.uow.notices.wants([due.entry.chat_id], kind))


async def _new_picks(due: Due) -> Call | None:
    pick_ids = await due.uow.notice_rounds.still_wanted(
        due.entry.chat_id, due.payload.get("pick_ids", ()), now=due.now
    )
    if not pick_ids:
        return None
    person = await due.uow.members.get(due.entry.chat_id)
    posted = await due.uow.picks.load(pick_ids)
    picks = [posted[pick_id] for pick_id in pick_ids]
    tiers = await due.uow.pricing.tiers({each.pick.offer_id for each in picks})
    screen = new_picks_notice(Translator(person.language), picks, tiers=tiers, now=due.now)
    return message_call(screen.payload())


async def _wish_answered(due: Due) -> Call | None:
    pick_ids = await due.uow.notice_rounds.wished_on_offer(
        due.entry.chat_id, due.payload.get("pick_ids", ()), now=due.now
    )
    if not pick_ids:
        return None
    person = await due.uow.members.get(due.entry.chat_id)
    posted = await due.uow.picks.get(pick_ids[0])
    tiers = await due.uow.pricing.tiers({posted.pick.offer_id})
    screen = wish_answered(
        Translator(person.language), posted, tiers=tiers.get(posted.pick.offer_id, ()), now=due.now
    )
    return message_call(screen.payload())


NOTICE_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.NEW_PICKS: _new_picks,
    OutboxKind.WISH_ANSWERED: _wish_answered,
}
