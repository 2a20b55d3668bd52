"""Stars that go back by Telegram: what its answer means, and what was given back without being asked here."""

from datetime import datetime

from bot.rules.payments import RefundEvent, refund_after
from bot.services.payments.charges import STARS
from bot.services.payments.findings import open_discrepancy
from bot.services.payments.obligations import announce, finish, owe
from bot.services.payments.settlements import settle_orders
from storage.models import Discrepancy, Payment, Refund
from storage.states import DiscrepancyKind, OutboxKind, PaymentMethod, RefundReason, RefundStage
from storage.unit_of_work import UnitOfWork


async def stars_gone_back(uow: UnitOfWork, refund_id: int, *, now: datetime) -> None:
    """Telegram has given these Stars back, now or before; to be told so twice changes nothing."""
    refund = await _locked(uow, refund_id)
    if refund.stage is not RefundStage.DONE:
        # Its person may have been forgotten meanwhile, and it then was the curator's to give.
        refund.method = PaymentMethod.STARS
        await _finish(uow, refund, now=now)


async def stars_not_given_back(uow: UnitOfWork, refund_id: int, why: str, *, now: datetime) -> None:
    """Telegram refuses to give these Stars back: now it is the curator's to do by her own means."""
    refund = await _locked(uow, refund_id)
    if refund.stage is RefundStage.DONE or refund.method is not PaymentMethod.STARS:
        return
    refund.stage = refund_after(refund.stage, RefundEvent.REFUSED)
    refund.method = PaymentMethod.TRANSFER
    await uow.refunds.save(refund)
    await open_discrepancy(
        uow,
        Discrepancy(
            group_id=refund.group_id,
            payment_id=refund.payment_id,
            kind=DiscrepancyKind.REFUND_REFUSED,
            facts=_facts(refund) | {"reason": why},
            merge_key=f"refund_refused:{refund.id}",
            opened_at=now,
        ),
    )
    if refund.order_id is not None:
        await announce(uow, refund, OutboxKind.REFUND_DUE, now=now)


async def note_given_back(uow: UnitOfWork, charge_id: str, *, now: datetime) -> bool:
    """A charge in Stars was given back, by our call or without it; whether that is news.

    Raises LookupError for a charge that nobody knows.
    """
    payment = await uow.payments.find_by_charge(STARS, charge_id)
    if payment is None or payment.id is None:
        raise LookupError(f"no charge {charge_id}")
    if payment.order_id is not None:
        await uow.payments.money([payment.order_id], lock=True)
    payment = await uow.payments.get(payment.id, lock=True)
    refunds = await uow.refunds.list_of_payment(payment.id or 0)
    if any(r.method is PaymentMethod.STARS and r.stage is RefundStage.DONE for r in refunds):
        return False
    owed = next((r for r in refunds if r.stage is not RefundStage.DONE and r.amount == payment.amount), None)
    if owed is not None and owed.id is not None:
        refund = await uow.refunds.get(owed.id, lock=True)
        refund.method = PaymentMethod.STARS
        await _finish(uow, refund, now=now)
        return True
    return await _unasked(uow, payment, payment.amount - sum(r.amount for r in refunds), now=now)


async def _unasked(uow: UnitOfWork, payment: Payment, left_amount: int, *, now: datetime) -> bool:
    """Nobody here asked for it: so much less was paid, and a person has to look at the order."""
    is_new = await open_discrepancy(
        uow,
        Discrepancy(
            group_id=payment.group_id,
            order_id=payment.order_id,
            payment_id=payment.id,
            kind=DiscrepancyKind.STATES_DISAGREE,
            facts={
                "given_back": payment.charged_amount,
                "currency": payment.charged_currency,
                "charge": payment.charge_id,
                "order_id": payment.order_id,
            },
            merge_key=f"given_back:{payment.charge_id}",
            opened_at=now,
        ),
    )
    if not is_new or left_amount <= 0:
        return is_new
    refund = await owe(
        uow,
        payment,
        left_amount,
        PaymentMethod.STARS,
        RefundReason.UNWANTED,
        buyer_id=await _buyer_id(uow, payment.order_id),
        now=now,
    )
    await _finish(uow, refund, now=now)
    return True


async def _buyer_id(uow: UnitOfWork, order_id: int | None) -> int | None:
    return (await uow.payments.money([order_id]))[order_id].person_id if order_id is not None else None


async def _locked(uow: UnitOfWork, refund_id: int) -> Refund:
    refund = await uow.refunds.get(refund_id)
    if refund.order_id is not None:
        # Orders are locked before what was paid for them.
        await uow.payments.money([refund.order_id], lock=True)
    return await uow.refunds.get(refund_id, lock=True)


async def _finish(uow: UnitOfWork, refund: Refund, *, now: datetime) -> None:
    if refund.group_id is None:
        # Nobody knows the group, so no books say anything of it.
        refund.stage, refund.done_at = refund_after(refund.stage, RefundEvent.DONE), now
        await uow.refunds.save(refund)
        return
    await finish(uow, refund, now=now)
    if refund.order_id is not None:
        await settle_orders(uow, [refund.order_id], now=now)


def _facts(refund: Refund) -> dict[str, object]:
    return {
        "refund_id": refund.id,
        "order_id": refund.order_id,
        "amount": refund.amount,
        "currency": refund.currency,
        "person_id": refund.person_id,
    }
