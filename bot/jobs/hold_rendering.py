"""Draws what is said of goods that were kept for somebody who had to pay at once."""

from collections.abc import Mapping
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.views.holds import Pieces, lapsed_notice, restored_notice, too_late_notice
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind


async def _hold_lapsed(due: Due) -> Call | None:
    order = await due.uow.holds.find(due.subject_id)
    person = await due.uow.members.find(due.entry.chat_id)
    if order is None or person is None:
        return None
    posted = await due.uow.picks.get(order.pick_id)
    t = Translator(person.language)
    has = _named(posted, order.lines)
    if due.payload["news"] == "restored":
        return message_call(restored_notice(t, posted, has=has).payload()) if has else None
    if due.payload["news"] == "too_late":
        return message_call(too_late_notice(t, posted).payload())
    lost = {int(key): count for key, count in due.payload["lost"].items()}
    return message_call(lapsed_notice(t, posted, lost=_named(posted, lost), kept=has).payload())


def _named(posted: PostedPick, quantities: Mapping[int, int]) -> Pieces:
    return [
        (variant.name, quantities[variant.id])
        for variant in posted.variants
        if variant.id is not None and quantities.get(variant.id)
    ]


HOLD_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.HOLD_LAPSED: _hold_lapsed}
