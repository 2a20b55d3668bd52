"""Tells a curator that something waits for her decision; in the group, without a word of money."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.rules.roles import configures
from bot.views.discrepancies import decision_waits, discrepancy_notice
from storage.states import OutboxKind

_MOST = 100


async def _discrepancy(due: Due) -> Call | None:
    group = await due.uow.groups.get(due.subject_id)
    curator = await due.uow.members.get(due.payload["curator_id"])
    member = await due.uow.members.find_member(due.subject_id, curator.id)
    sees_all = member is not None and configures(member.role, own_picks_only=member.own_picks_only)
    waiting = await due.uow.discrepancies.list_open(
        due.subject_id, curator_id=None if sees_all else curator.id, limit=_MOST
    )
    if not waiting:
        # Decided before it was told.
        return None
    if due.entry.chat_id == curator.id:
        return message_call(discrepancy_notice(Translator(curator.language), group, len(waiting)).payload())
    link = due.shop.link(f"review_{due.subject_id}")
    return message_call(decision_waits(Translator(group.language), name=curator.name, link=link).payload())


DISCREPANCY_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.DISCREPANCY: _discrepancy}
