"""Something about money does not fit: it is written down once, and a curator is told."""

from datetime import timedelta
from typing import Final

from bot.rules.roles import leads
from storage.models import Discrepancy
from storage.repositories.outbox import Priority
from storage.states import OutboxKind, Presence
from storage.unit_of_work import UnitOfWork

CURATOR_TOLD_AFTER: Final = timedelta(seconds=30)
"""How long findings gather: what does not fit comes in heaps, and is one notice to her."""


async def open_discrepancy(uow: UnitOfWork, discrepancy: Discrepancy) -> bool:
    """Write down what does not fit, once for each merge key; whether it is new.

    Its order, if it names one, waits in review until a curator has decided.
    """
    is_new = await uow.payments.open_discrepancy(discrepancy)
    if is_new and discrepancy.group_id is not None:
        await _tell_curator(uow, discrepancy, discrepancy.group_id)
    return is_new


async def _tell_curator(uow: UnitOfWork, discrepancy: Discrepancy, group_id: int) -> None:
    group = await uow.groups.get(group_id)
    curator_id = await _curator(uow, discrepancy.order_id)
    if curator_id is None or not await _leads(uow, group_id, curator_id):
        curator_id = group.owner_id
    curator = await uow.members.find(curator_id) if curator_id else None
    if curator is None:
        return
    await uow.outbox.add(
        OutboxKind.DISCREPANCY,
        chat_id=curator.id if curator.private_is_open else group.chat_id,
        subject_id=group_id,
        payload={"curator_id": curator.id},
        merge_key=f"{OutboxKind.DISCREPANCY}:{group_id}:{curator.id}",
        priority=Priority.RECEIPT,
        due_at=discrepancy.opened_at + CURATOR_TOLD_AFTER,
        now=discrepancy.opened_at,
    )


async def _curator(uow: UnitOfWork, order_id: int | None) -> int | None:
    if order_id is None:
        return None
    money = (await uow.payments.money([order_id])).get(order_id)
    return (await uow.picks.get(money.pick_id)).pick.curator_id if money else None


async def _leads(uow: UnitOfWork, group_id: int, person_id: int) -> bool:
    """Whether she still may decide: who has left, or was dismissed, is asked for nothing."""
    member = await uow.members.find_member(group_id, person_id)
    return member is not None and member.presence is Presence.JOINED and leads(member.role)
