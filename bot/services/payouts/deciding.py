"""Deciding of a payout: approving and declining it, paying it, and undoing that."""

from datetime import datetime

from bot.errors import ButtonOutdated
from bot.money import Money
from bot.payment_errors import CreditSwitchedOff
from bot.payout_errors import EarningsWithheld, OwnPayout, PayoutUncovered
from bot.rules import ledger
from bot.rules.payouts import BY_HAND, PayoutEvent, payable, payout_after
from bot.services.payouts.earnings import lock_earnings, takes_credit
from bot.services.payouts.steps import after, locked, settled
from storage.models import Payout
from storage.repositories.outbox import Priority
from storage.states import OutboxKind, PaymentMethod, PayoutMethod, PayoutStage, TransactionKind
from storage.unit_of_work import UnitOfWork


async def approve_payout(uow: UnitOfWork, payout_id: int, *, by_id: int, now: datetime) -> Payout:
    """A payout may be paid; store credit is given at once.

    Raises ButtonOutdated, OwnPayout, PayoutSettled, PayoutUncovered, EarningsWithheld and CreditSwitchedOff.
    """
    payout = await _to_decide(uow, payout_id, by_id=by_id)
    stage = await after(uow, payout, PayoutEvent.APPROVED)
    await _check_covered(uow, payout)
    if payout.method is PayoutMethod.CREDIT and not await takes_credit(uow, payout.group_id):
        raise CreditSwitchedOff
    payout.stage, payout.decided_at, payout.decided_by_id = stage, now, by_id
    if payout.method is PayoutMethod.CREDIT:
        await _pay(uow, payout, PaymentMethod.CREDIT, by_id=by_id, now=now)
    await uow.payouts.save(payout)
    await _note(uow, "payout_approved", payout, by_id=by_id, now=now)
    await _tell_earner(uow, payout, now=now)
    return payout


async def decline_payout(
    uow: UnitOfWork, payout_id: int, *, reason: str, by_id: int, now: datetime
) -> Payout:
    """A payout is not paid, for a reason that its member reads.

    Raises ButtonOutdated, OwnPayout and PayoutSettled.
    """
    payout = await _to_decide(uow, payout_id, by_id=by_id)
    payout.stage = await after(uow, payout, PayoutEvent.DECLINED)
    payout.decided_at, payout.decided_by_id, payout.note = now, by_id, reason
    await uow.payouts.save(payout)
    await _note(uow, "payout_declined", payout, by_id=by_id, now=now)
    await _tell_earner(uow, payout, now=now)
    return payout


async def pay_payout(
    uow: UnitOfWork, payout_id: int, method: PaymentMethod, *, by_id: int, now: datetime
) -> Payout:
    """An approved payout was paid in cash or by a transfer.

    Raises ButtonOutdated, OwnPayout, PayoutSettled, PayoutUncovered and EarningsWithheld.
    """
    if method not in BY_HAND:
        raise ButtonOutdated
    payout = await _to_decide(uow, payout_id, by_id=by_id)
    if payout.stage is not PayoutStage.APPROVED:
        raise await settled(uow, payout)
    await _check_covered(uow, payout)
    await _pay(uow, payout, method, by_id=by_id, now=now)
    await uow.payouts.save(payout)
    await _note(uow, "payout_paid", payout, by_id=by_id, now=now)
    await _tell_earner(uow, payout, now=now)
    return payout


async def undo_payout(uow: UnitOfWork, payout_id: int, *, by_id: int, now: datetime) -> Payout:
    """It was marked as paid by mistake: a correcting transaction owes it anew. Credit stays given.

    Raises ButtonOutdated, OwnPayout and PayoutSettled.
    """
    payout = await _to_decide(uow, payout_id, by_id=by_id)
    if payout.stage is not PayoutStage.PAID or payout.paid_with not in BY_HAND:
        raise await settled(uow, payout)
    postings = ledger.payout(payout.person_id, payout.amount, payout.currency, payout.paid_with)
    await uow.ledger.post(
        TransactionKind.CORRECTION,
        [posting._replace(amount=-posting.amount) for posting in postings],
        group_id=payout.group_id,
        payout_id=payout.id,
        by_id=by_id,
        now=now,
    )
    payout.stage = payout_after(payout.stage, PayoutEvent.UNDONE)
    payout.paid_at = payout.paid_by_id = payout.paid_with = None
    await uow.payouts.save(payout)
    await _note(uow, "payout_undone", payout, by_id=by_id, now=now)
    await _tell_earner(uow, payout, undone=True, now=now)
    return payout


async def _to_decide(uow: UnitOfWork, payout_id: int, *, by_id: int) -> Payout:
    payout = await locked(uow, payout_id)
    group = await uow.groups.get(payout.group_id)
    if payout.person_id == by_id != group.owner_id:
        raise OwnPayout
    return payout


async def _check_covered(uow: UnitOfWork, payout: Payout) -> None:
    """Since it was asked for, goods may have come back: nobody is paid what was taken back meanwhile."""
    await lock_earnings(uow, payout.group_id, payout.person_id, payout.currency)
    if await uow.flags.withheld(payout.group_id, [payout.person_id]):
        raise EarningsWithheld
    sums = await uow.earnings.totals(payout.person_id, group_id=payout.group_id)
    due = next((one.due_amount for one in sums if one.currency == payout.currency), 0)
    taken = (await uow.payouts.taken(payout.group_id, payout.person_id)).get(payout.currency, 0)
    left = payable(due=due, taken=taken - payout.amount)
    if left < payout.amount:
        raise PayoutUncovered(
            amount=Money(amount=payout.amount, currency=payout.currency),
            left=Money(amount=max(0, left), currency=payout.currency),
        )


async def _pay(uow: UnitOfWork, payout: Payout, method: PaymentMethod, *, by_id: int, now: datetime) -> None:
    payout.stage = payout_after(payout.stage, PayoutEvent.PAID)
    payout.paid_at, payout.paid_by_id, payout.paid_with = now, by_id, method
    await uow.ledger.post(
        TransactionKind.PAYOUT,
        ledger.payout(payout.person_id, payout.amount, payout.currency, method),
        group_id=payout.group_id,
        payout_id=payout.id,
        by_id=by_id,
        now=now,
    )


async def _tell_earner(uow: UnitOfWork, payout: Payout, *, undone: bool = False, now: datetime) -> None:
    await uow.outbox.add(
        OutboxKind.PAYOUT,
        chat_id=payout.person_id,
        subject_id=payout.id,
        payload={"undone": undone},
        merge_key=f"{OutboxKind.PAYOUT}:{payout.id}",
        priority=Priority.RECEIPT,
        now=now,
    )


async def _note(uow: UnitOfWork, action: str, payout: Payout, *, by_id: int, now: datetime) -> None:
    await uow.audit.add(
        action,
        group_id=payout.group_id,
        person_id=by_id,
        now=now,
        details={
            "payout_id": payout.id,
            "person_id": payout.person_id,
            "amount": payout.amount,
            "currency": payout.currency,
            "method": payout.method.value,
            "paid_with": payout.paid_with.value if payout.paid_with else None,
            "note": payout.note,
        },
    )
