"""Something about money does not fit: it is written down once, and a curator is told."""

from datetime import timedelta
from typing import Final

from storage.models import Discrepancy
from storage.repositories.outbox import Priority
from storage.states import OutboxKind
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
    curator_id = await _curator(uow, discrepancy.order_id) or group.owner_id
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
