"""Draws what is said of money that goes back; whoever reads nothing in private is told nothing of it."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.services.payments.credit import credit_of
from bot.services.payments.refunds import may_be_kept, takes_credit
from bot.views.refund_notices import (
    refund_done_notice,
    refund_due_notice,
    refunds_owed_notice,
    something_waits,
)
from storage.repositories.refunds import OwedRefund
from storage.states import OutboxKind, PaymentMethod, RefundStage


async def _refund_due(due: Due) -> Call | None:
    owed = await _readable(due)
    if owed is None or owed.stage is RefundStage.DONE:
        return None
    may_keep = may_be_kept(owed) and await takes_credit(due.uow, owed.group_id)
    screen = refund_due_notice(
        await _speaker(due),
        owed,
        may_keep=may_keep,
        is_correction=bool(due.payload.get("undone")),
    )
    return message_call(screen.payload())


async def _refund_done(due: Due) -> Call | None:
    owed = await _readable(due)
    if owed is None or owed.stage is not RefundStage.DONE:
        # Undone before it was told.
        return None
    is_credit = owed.method is PaymentMethod.CREDIT
    credit = await credit_of(due.uow, owed.group_id, owed.person_id, owed.currency) if is_credit else 0
    screen = refund_done_notice(
        await _speaker(due), owed, note=due.payload.get("note", ""), credit_amount=credit
    )
    return message_call(screen.payload())


async def _refunds_owed(due: Due) -> Call | None:
    owed = await due.uow.refunds.of_pick(due.subject_id, by_hand=True)
    if owed is None or not owed.open:
        return None
    posted = await due.uow.picks.get(due.subject_id)
    curator = await due.uow.members.get(due.payload["curator_id"])
    if due.entry.chat_id == curator.id:
        return message_call(refunds_owed_notice(Translator(curator.language), posted, owed).payload())
    screen = something_waits(
        Translator(posted.group.language),
        posted,
        name=curator.name,
        link=due.shop.link(f"refunds_{posted.pick.group_id}"),
    )
    return message_call(screen.payload(topic_id=posted.pick.topic_id))


async def _readable(due: Due) -> OwedRefund | None:
    owed = await due.uow.refunds.find_owed(due.subject_id)
    return owed if owed is not None and owed.private_is_open else None


async def _speaker(due: Due) -> Translator:
    person = await due.uow.members.get(due.entry.chat_id)
    return Translator(person.language)


REFUND_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.REFUND_DUE: _refund_due,
    OutboxKind.REFUND_DONE: _refund_done,
    OutboxKind.REFUNDS_OWED: _refunds_owed,
}
