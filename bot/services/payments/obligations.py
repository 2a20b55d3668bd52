"""What goes back to members: how it comes to be owed, and how it is done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bot.rules import ledger
from bot.rules.payments import RefundEvent, refund_after
from bot.rules.settlements import Back, Given, backs
from storage.models import Payment, Refund
from storage.personal import FAR_BELOW
from storage.repositories.outbox import Priority
from storage.repositories.payments import OrderMoney
from storage.states import (
    OutboxKind,
    PaymentMethod,
    PaymentStage,
    RefundReason,
    RefundStage,
    TransactionKind,
)
from storage.unit_of_work import UnitOfWork

CURATOR_TOLD_AFTER: Final = timedelta(minutes=1)
"""How long what a curator owes gathers: a withdrawn pick is one notice to her, not one for each member."""


async def give_back(
    uow: UnitOfWork, facts: OrderMoney, amount: int, reason: RefundReason, *, now: datetime, note: str = ""
) -> list[Refund]:
    """Owe back so much of what was paid for a locked order, the newest payment first.

    What came as credit, becomes credit at once. Raises ValueError for more than there is.
    """
    return [
        await _owe_back(uow, facts, await uow.payments.get(back.payment_id), back, reason, note=note, now=now)
        for back in await ways_back(uow, facts.order_id, amount)
    ]


async def give_back_payment(
    uow: UnitOfWork,
    facts: OrderMoney,
    payment: Payment,
    amount: int,
    reason: RefundReason,
    *,
    now: datetime,
    note: str = "",
) -> list[Refund]:
    """Owe back so much of one payment for a locked order. Raises ValueError for more than is left of it."""
    gone_amount = sum(refund.amount for refund in await uow.refunds.list_of_payment(payment.id or 0))
    given = Given(payment.id or 0, payment.method, payment.amount, payment.amount - gone_amount)
    return [
        await _owe_back(uow, facts, payment, back, reason, note=note, now=now)
        for back in backs(amount, [given])
    ]


async def give_back_unplaced(
    uow: UnitOfWork, payment: Payment, amount: int, *, now: datetime, note: str = ""
) -> None:
    """Owe back so much of what nobody can place, as it came, in the currency that was charged."""
    method = _way_to(payment, payment.method)
    refund = await owe(uow, payment, amount, method, RefundReason.UNWANTED, buyer_id=None, note=note, now=now)
    by_telegram = method is PaymentMethod.STARS
    await announce(uow, refund, OutboxKind.STAR_REFUND if by_telegram else OutboxKind.REFUND_DUE, now=now)


async def owe(
    uow: UnitOfWork,
    payment: Payment,
    amount: int,
    method: PaymentMethod,
    reason: RefundReason,
    *,
    buyer_id: int | None,
    now: datetime,
    note: str = "",
) -> Refund:
    """Write down that so much of a payment is owed to whoever made it; nobody is told.

    `buyer_id` is whose order it was for; None where nobody can tell the order.
    """
    refund = await uow.refunds.add(
        Refund(
            group_id=payment.group_id,
            order_id=payment.order_id,
            payment_id=payment.id,
            person_id=payment.person_id,
            method=method,
            stage=RefundStage.DUE,
            reason=reason,
            amount=amount,
            currency=payment.currency,
            note=note,
            created_at=now,
        )
    )
    # Where nobody knows the group, no books say anything of it.
    if payment.group_id is not None:
        await uow.ledger.post(
            TransactionKind.REFUND_DUE,
            ledger.unplaced_refund_due(payment.person_id, amount, payment.currency)
            if buyer_id is None
            else ledger.refund_due(buyer_id, amount, payment.currency, owed_to_id=payment.person_id),
            group_id=payment.group_id,
            order_id=payment.order_id,
            payment_id=payment.id,
            refund_id=refund.id,
            note=note,
            now=now,
        )
    return refund


async def ways_back(uow: UnitOfWork, order_id: int, amount: int) -> list[Back]:
    """How so much of what was paid for an order would go back. Raises ValueError for more than there is."""
    refunds = await uow.refunds.list_of_order(order_id)
    given = [
        Given(
            p.id or 0, p.method, p.amount, p.amount - sum(r.amount for r in refunds if r.payment_id == p.id)
        )
        for p in await uow.payments.list_of_order(order_id)
        if p.stage is PaymentStage.RECEIVED
    ]
    return backs(amount, given)


async def finish(
    uow: UnitOfWork,
    refund: Refund,
    *,
    now: datetime,
    by_id: int | None = None,
    note: str = "",
    tell: bool = True,
) -> None:
    """Record that a locked refund of a known group has gone back by its way, and tell its person of it.

    Its order is still to be reckoned. Raises ValueError where it is done, or belongs to no group.
    """
    if refund.group_id is None:
        raise ValueError(f"refund {refund.id} cannot be finished")
    refund.stage = refund_after(refund.stage, RefundEvent.DONE)
    refund.done_at, refund.done_by_id = now, by_id
    await uow.refunds.save(refund)
    await uow.ledger.post(
        TransactionKind.REFUND,
        ledger.refund(refund.person_id, await gone(uow, refund)),
        group_id=refund.group_id,
        order_id=refund.order_id,
        payment_id=refund.payment_id,
        refund_id=refund.id,
        by_id=by_id,
        note=note or refund.note,
        now=now,
    )
    if tell:
        await announce(uow, refund, OutboxKind.REFUND_DONE, payload={"note": note}, now=now)


async def gone(uow: UnitOfWork, refund: Refund) -> ledger.Received:
    """What leaves the group when a refund is done: Stars go back as Stars, whole, all else as it is owed."""
    charged_amount, charged_currency = refund.amount, refund.currency
    if refund.method is PaymentMethod.STARS and refund.payment_id is not None:
        payment = await uow.payments.get(refund.payment_id)
        charged_amount = payment.charged_amount or refund.amount
        charged_currency = payment.charged_currency or refund.currency
    return ledger.Received(refund.method, refund.amount, refund.currency, charged_amount, charged_currency)


async def announce(
    uow: UnitOfWork,
    refund: Refund,
    kind: OutboxKind,
    *,
    now: datetime,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Have a refund's person told of it, or Telegram give her Stars back."""
    await uow.outbox.add(
        kind,
        chat_id=refund.person_id,
        subject_id=refund.id,
        payload=payload,
        merge_key=f"{kind}:{refund.id}",
        priority=Priority.RECEIPT,
        now=now,
    )


async def _owe_back(
    uow: UnitOfWork,
    facts: OrderMoney,
    payment: Payment,
    back: Back,
    reason: RefundReason,
    *,
    note: str,
    now: datetime,
) -> Refund:
    method = _way_to(payment, back.method)
    refund = await owe(
        uow, payment, back.amount, method, reason, buyer_id=facts.person_id, note=note, now=now
    )
    await _see_to_it(uow, facts, refund, now=now)
    return refund


def _way_to(payment: Payment, method: PaymentMethod) -> PaymentMethod:
    """How it goes back: to whoever is forgotten Telegram can give nothing, so that the curator has to."""
    is_forgotten = payment.person_id < FAR_BELOW
    return PaymentMethod.TRANSFER if is_forgotten and method is PaymentMethod.STARS else method


async def _see_to_it(uow: UnitOfWork, facts: OrderMoney, refund: Refund, *, now: datetime) -> None:
    """Credit goes back at once, Stars by Telegram; all else is the curator's to give."""
    if refund.method is PaymentMethod.CREDIT:
        await finish(uow, refund, now=now)
        return
    if refund.method is PaymentMethod.STARS:
        await announce(uow, refund, OutboxKind.STAR_REFUND, now=now)
        return
    await announce(uow, refund, OutboxKind.REFUND_DUE, now=now)
    await _tell_curator(uow, facts.pick_id, now=now)


async def _tell_curator(uow: UnitOfWork, pick_id: int, *, now: datetime) -> None:
    posted = await uow.picks.get(pick_id)
    curator_id = posted.pick.curator_id or posted.group.owner_id
    curator = await uow.members.find(curator_id) if curator_id else None
    if curator is None:
        return
    await uow.outbox.add(
        OutboxKind.REFUNDS_OWED,
        chat_id=curator.id if curator.private_is_open else posted.group.chat_id,
        subject_id=pick_id,
        payload={"curator_id": curator.id},
        merge_key=f"{OutboxKind.REFUNDS_OWED}:{pick_id}",
        priority=Priority.RECEIPT,
        due_at=now + CURATOR_TOLD_AFTER,
        now=now,
    )
