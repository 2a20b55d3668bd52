"""What members say they have paid: claiming, taking that back, confirming, declining, undoing; and cash."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import ButtonOutdated
from bot.money import Money
from bot.payment_errors import (
    AmountChanged,
    ClaimConfirmed,
    ClaimDeclined,
    ClaimOutdated,
    NothingToPay,
    PaymentNotUndoable,
    WayClosed,
)
from bot.rules import ledger
from bot.rules.holds import AFTER_DECLINE
from bot.rules.payments import PaymentEvent, stage_after
from bot.services.payments.bills import Bill, bill_of, find_bill
from bot.services.payments.claim_notices import note_act, tell_curator, tell_payer
from bot.services.payments.holds import hold_again, lock_pick_of
from bot.services.payments.receiving import receive, received_from
from bot.services.payments.settlements import settle_orders
from storage.models import Payment
from storage.states import PaymentMethod, PaymentStage, TransactionKind
from storage.unit_of_work import UnitOfWork

_BY_HAND = (PaymentMethod.CASH, PaymentMethod.TRANSFER)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What shows that something was paid: a picture or a file by Telegram's id, a line, or nothing."""

    file_id: str | None = None
    is_photo: bool = True
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim to have paid, with the order that it is for."""

    payment: Payment
    bill: Bill


async def claim_paid(
    uow: UnitOfWork, order_id: int, proof: Proof, *, person_id: int, now: datetime
) -> Payment:
    """A member says that she has sent what she owes; what she said before counts no more.

    Raises what `bill_of` does: whatever keeps her from paying the order in this way.
    """
    bill = await bill_of(uow, order_id, person_id=person_id, method=PaymentMethod.TRANSFER, lock=True)
    await _lapse(uow, order_id, now=now)
    payment = await uow.payments.add(
        Payment(
            group_id=bill.order.group_id,
            order_id=order_id,
            person_id=person_id,
            method=PaymentMethod.TRANSFER,
            stage=stage_after(PaymentStage.OPEN, PaymentEvent.CLAIMED),
            amount=bill.amount,
            currency=bill.order.currency,
            proof_file_id=proof.file_id,
            proof_is_photo=proof.is_photo,
            note=proof.note,
            created_at=now,
        )
    )
    await settle_orders(uow, [order_id], now=now)
    await tell_curator(uow, bill, payment, now=now)
    return payment


async def withdraw_claim(uow: UnitOfWork, order_id: int, *, person_id: int, now: datetime) -> None:
    """A member takes back that she has paid. Raises ButtonOutdated and ClaimOutdated."""
    money = (await uow.payments.money([order_id], lock=True)).get(order_id)
    if money is None or money.person_id != person_id:
        raise ButtonOutdated
    if not await _lapse(uow, order_id, now=now):
        raise ClaimOutdated
    await settle_orders(uow, [order_id], now=now)
    await hold_again(uow, order_id, now=now)


async def claim_for(uow: UnitOfWork, payment_id: int) -> Claim | None:
    """A claim that still waits, with its order; None if it was decided or taken back."""
    order_id = await uow.claims.order_of(payment_id)
    bill = await find_bill(uow, order_id) if order_id is not None else None
    if bill is None:
        return None
    payment = await uow.payments.get(payment_id)
    return Claim(payment=payment, bill=bill) if payment.stage is PaymentStage.CLAIMED else None


async def confirm_claim(
    uow: UnitOfWork, payment_id: int, *, amount: int | None = None, by_id: int, now: datetime
) -> Payment:
    """The money is there, as much as was claimed or another amount.

    Raises ClaimConfirmed, ClaimDeclined and ClaimOutdated.
    """
    payment = await _waiting(uow, payment_id)
    if amount is not None:
        payment.amount = amount
    await receive(uow, payment, now=now, by_id=by_id)
    await note_act(uow, "payment_confirmed", payment, by_id=by_id, now=now)
    return payment


async def decline_claim(
    uow: UnitOfWork, payment_id: int, reason: str, *, by_id: int, now: datetime
) -> Payment:
    """The money is not there; the member is told why.

    Raises ClaimConfirmed, ClaimDeclined and ClaimOutdated.
    """
    payment = await _waiting(uow, payment_id)
    payment.stage = stage_after(payment.stage, PaymentEvent.DECLINED)
    payment.decided_at, payment.decided_by_id = now, by_id
    await uow.payments.save(payment)
    await settle_orders(uow, [payment.order_id or 0], now=now)
    await hold_again(uow, payment.order_id or 0, at_least=AFTER_DECLINE, now=now)
    await tell_payer(uow, payment, {"reason": reason}, now=now)
    await note_act(uow, "payment_declined", payment, by_id=by_id, now=now, reason=reason)
    return payment


async def receive_cash(uow: UnitOfWork, order_id: int, amount: int, *, by_id: int, now: datetime) -> Payment:
    """What an order costs was paid in cash; the amount is what whoever took it saw.

    Raises ButtonOutdated, WayClosed, NothingToPay and AmountChanged.
    """
    await lock_pick_of(uow, order_id)
    bill = await find_bill(uow, order_id, lock=True)
    if bill is None:
        raise ButtonOutdated
    if not bill.takes_cash:
        raise WayClosed
    if not bill.money.is_tracked or bill.amount <= 0:
        raise NothingToPay
    if bill.amount != amount:
        raise AmountChanged(Money(amount=bill.amount, currency=bill.order.currency))
    payment = await uow.payments.add(
        Payment(
            group_id=bill.order.group_id,
            order_id=order_id,
            person_id=bill.order.person_id,
            method=PaymentMethod.CASH,
            stage=PaymentStage.OPEN,
            amount=amount,
            currency=bill.order.currency,
            created_at=now,
        )
    )
    await receive(uow, payment, now=now, by_id=by_id)
    await note_act(uow, "cash_received", payment, by_id=by_id, now=now)
    return payment


async def cash_taken(uow: UnitOfWork, order_id: int) -> Payment | None:
    """The last cash that was taken for an order, unless it was taken back or has gone back."""
    payments = await uow.payments.list_of_order(order_id)
    refunded = {refund.payment_id for refund in await uow.refunds.list_of_order(order_id)}
    taken = [
        payment
        for payment in payments
        if payment.method is PaymentMethod.CASH and payment.stage is PaymentStage.RECEIVED
    ]
    return taken[-1] if taken and taken[-1].id not in refunded else None


async def undo_payment(uow: UnitOfWork, payment_id: int, *, by_id: int, now: datetime) -> Payment:
    """It was confirmed by mistake: a correcting transaction takes it back, and a claim waits anew.

    Raises ButtonOutdated, and PaymentNotUndoable once any of it has gone back or by other ways than by hand.
    """
    payment = await _locked(uow, payment_id)
    if payment.stage is not PaymentStage.RECEIVED or payment.method not in _BY_HAND:
        raise PaymentNotUndoable
    refunds = await uow.refunds.list_of_order(payment.order_id or 0)
    if any(refund.payment_id == payment_id for refund in refunds):
        raise PaymentNotUndoable
    await _take_back(uow, payment, by_id=by_id, now=now)
    if payment.method is PaymentMethod.TRANSFER:
        await uow.payments.add(_anew(payment))
    await settle_orders(uow, [payment.order_id or 0], now=now)
    await tell_payer(uow, payment, {"undone": True}, now=now)
    await note_act(uow, "payment_undone", payment, by_id=by_id, now=now)
    return payment


async def _take_back(uow: UnitOfWork, payment: Payment, *, by_id: int, now: datetime) -> None:
    order_id = payment.order_id or 0
    buyer_id = (await uow.payments.money([order_id]))[order_id].person_id
    came = ledger.payment(buyer_id, received_from(payment))
    await uow.ledger.post(
        TransactionKind.CORRECTION,
        [posting._replace(amount=-posting.amount) for posting in came],
        group_id=payment.group_id or 0,
        order_id=order_id,
        payment_id=payment.id,
        by_id=by_id,
        now=now,
    )
    # Its receipt keeps its number, so that the group's receipts have no gap.
    payment.stage = stage_after(payment.stage, PaymentEvent.UNDONE)
    payment.decided_at, payment.decided_by_id = now, by_id
    await uow.payments.save(payment)


def _anew(payment: Payment) -> Payment:
    return Payment(
        group_id=payment.group_id,
        order_id=payment.order_id,
        person_id=payment.person_id,
        method=payment.method,
        stage=PaymentStage.CLAIMED,
        amount=payment.amount,
        currency=payment.currency,
        proof_file_id=payment.proof_file_id,
        proof_is_photo=payment.proof_is_photo,
        note=payment.note,
        created_at=payment.created_at,
    )


async def _locked(uow: UnitOfWork, payment_id: int) -> Payment:
    """A payment, locked after its order. Raises ButtonOutdated."""
    order_id = await uow.claims.order_of(payment_id)
    if order_id is None:
        raise ButtonOutdated
    await lock_pick_of(uow, order_id)
    await uow.payments.money([order_id], lock=True)
    return await uow.payments.get(payment_id, lock=True)


async def _waiting(uow: UnitOfWork, payment_id: int) -> Payment:
    payment = await _locked(uow, payment_id)
    if payment.stage is PaymentStage.CLAIMED:
        return payment
    decider = await uow.members.find(payment.decided_by_id) if payment.decided_by_id else None
    name = decider.name if decider is not None else ""
    if payment.stage is PaymentStage.RECEIVED:
        raise ClaimConfirmed(name)
    if payment.stage is PaymentStage.DECLINED:
        raise ClaimDeclined(name)
    raise ClaimOutdated


async def _lapse(uow: UnitOfWork, order_id: int, *, now: datetime) -> int:
    """What was claimed for an order counts no more; returns how many claims that were."""
    claims = await uow.claims.list_of_order(order_id)
    for claim in claims:
        claim.stage = stage_after(claim.stage, PaymentEvent.WITHDRAWN)
        claim.decided_at = now
        await uow.payments.save(claim)
    return len(claims)
