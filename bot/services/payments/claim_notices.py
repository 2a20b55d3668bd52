"""Who is told of payments that were made by hand, and what is written down of them."""

from datetime import datetime, timedelta

from bot.services.payments.bills import Bill, find_bill
from storage.models import Payment
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

GATHERED_FOR = timedelta(minutes=10)
"""After a curator was told of a claim, those that follow are told together."""

_DAY = timedelta(days=1)


async def tell_curator(uow: UnitOfWork, bill: Bill, payment: Payment, *, now: datetime) -> None:
    """Tell whoever decides about a claim; those that follow soon are told with one message."""
    group_id = bill.order.group_id
    posted = await uow.picks.get(bill.order.pick_id)
    reader_id = await _decider_of(uow, posted)
    if reader_id is None:
        return
    others = await uow.claims.has_others(group_id, payment.id or 0)
    reader = await uow.members.find(reader_id)
    is_open = reader is not None and reader.private_is_open
    await uow.outbox.add(
        OutboxKind.PAYMENT_CLAIM,
        chat_id=reader_id if is_open else posted.group.chat_id,
        subject_id=group_id,
        payload={"reader_id": reader_id, "in_private": is_open},
        merge_key=f"{OutboxKind.PAYMENT_CLAIM}:{group_id}:{reader_id}",
        priority=Priority.RECEIPT,
        due_at=now + (GATHERED_FOR if others and is_open else _DAY if others else timedelta(0)),
        now=now,
    )


async def _decider_of(uow: UnitOfWork, posted: PostedPick) -> int | None:
    """Who is told of claims for a pick: its curator while she leads, else the owner or another leader."""
    leaders = [leader.id for leader in await uow.members.list_leaders(posted.pick.group_id)]
    wanted = (posted.pick.curator_id, posted.group.owner_id, *leaders)
    return next((person_id for person_id in wanted if person_id in leaders), None)


async def tell_payer(uow: UnitOfWork, payment: Payment, why: dict[str, object], *, now: datetime) -> None:
    """Tell a member why her payment does not count."""
    await uow.outbox.add(
        OutboxKind.PAYMENT_DECLINED,
        chat_id=payment.person_id,
        subject_id=payment.id,
        payload=why,
        merge_key=f"{OutboxKind.PAYMENT_DECLINED}:{payment.id}",
        priority=Priority.RECEIPT,
        now=now,
    )


async def note_act(
    uow: UnitOfWork, action: str, payment: Payment, *, by_id: int, now: datetime, **more: object
) -> None:
    """Write down in the group's audit log what was done with a payment, and by whom."""
    bill = await find_bill(uow, payment.order_id or 0)
    await uow.audit.add(
        action,
        group_id=payment.group_id or 0,
        person_id=by_id,
        pick_id=bill.order.pick_id if bill is not None else None,
        order_id=payment.order_id,
        now=now,
        details={
            "person_id": payment.person_id,
            "amount": payment.amount,
            "currency": payment.currency,
            **more,
        },
    )
