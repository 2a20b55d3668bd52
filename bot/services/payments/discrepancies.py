"""Deciding what does not fit: the money goes where the decision says, and the order where its facts do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import ButtonOutdated
from bot.payment_errors import DecisionImpossible, DiscrepancyDecided
from bot.rules.discrepancies import Decision, decisions, worth
from bot.rules.payments import reviewed
from bot.services.payments.obligations import give_back_payment, give_back_unplaced
from bot.services.payments.receiving import count_for
from bot.services.payments.settlements import settle_orders
from storage.models import Discrepancy, Payment
from storage.repositories.discrepancies import OpenedDiscrepancy
from storage.repositories.payments import OrderMoney
from storage.states import OrderState, PaymentMethod, PaymentStage, RefundReason
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A payment that was received, and the name of whoever paid it."""

    payment: Payment
    payer: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What does not fit, the money of its order, and what can be decided about it; amounts in minor units."""

    discrepancy: OpenedDiscrepancy
    money: OrderMoney | None
    #: Those of its order that were received, and the one that nobody could place.
    paid: Sequence[Paid]
    #: What of its payment has not gone back, nor is on its way.
    left_amount: int
    #: What its payment is worth to the order that it does not count for yet.
    worth_amount: int | None
    decisions: Sequence[Decision]


async def find_finding(uow: UnitOfWork, discrepancy_id: int) -> Finding | None:
    """What does not fit, with all that is known of it; None if there is no such thing."""
    found = await uow.discrepancies.find(discrepancy_id)
    if found is None:
        return None
    money = (await uow.payments.money([found.order_id])).get(found.order_id) if found.order_id else None
    payment = await _payment(uow, found.payment_id)
    left = await _left(uow, payment)
    worth_amount = await _worth(uow, payment, money)
    return Finding(
        discrepancy=found,
        money=money,
        paid=await _paid(uow, money, payment),
        left_amount=left,
        worth_amount=worth_amount,
        decisions=[]
        if found.settled_at
        else decisions(
            left_amount=left,
            is_placed=payment is not None and payment.order_id is not None,
            worth_amount=worth_amount,
        ),
    )


async def decide(
    uow: UnitOfWork,
    discrepancy_id: int,
    decision: Decision,
    *,
    by_id: int,
    now: datetime,
    note: str = "",
) -> Finding:
    """A curator decides: the payment counts, goes back, or all is settled already, as her note says.

    The order comes out of review once nothing about it is left to be decided. Raises ButtonOutdated,
    DiscrepancyDecided and DecisionImpossible.
    """
    found = await _locked(uow, discrepancy_id)
    if decision not in found.decisions:
        raise DecisionImpossible
    payment = await _payment(uow, found.discrepancy.payment_id)
    if decision is Decision.COUNT and payment is not None:
        await _count(uow, found, payment, by_id=by_id, now=now)
    if decision is Decision.GIVE_BACK and payment is not None:
        await _give_back(uow, found, payment, note=note, now=now)
    await _close(uow, discrepancy_id, decision, note=note, by_id=by_id, now=now)
    await _note(uow, found, decision, note=note, by_id=by_id, now=now)
    if found.money is not None:
        await _return(uow, found.money, by_id=by_id, now=now)
    decided = await find_finding(uow, discrepancy_id)
    assert decided is not None
    return decided


async def _locked(uow: UnitOfWork, discrepancy_id: int) -> Finding:
    """What is to be decided, with its pick, order and payment locked in this order."""
    found = await uow.discrepancies.find(discrepancy_id)
    if found is None:
        raise ButtonOutdated
    if found.pick_id is not None:
        await uow.picks.load([found.pick_id], lock=True)
    if found.order_id is not None:
        await uow.payments.lock([found.order_id])
    if found.payment_id is not None:
        await uow.payments.get(found.payment_id, lock=True)
    await uow.discrepancies.get(discrepancy_id, lock=True)
    # What was read before the locks may be old by now.
    locked = await find_finding(uow, discrepancy_id)
    assert locked is not None
    at = locked.discrepancy.settled_at
    if at is not None:
        moment = at.astimezone(ZoneInfo(locked.discrepancy.time_zone))
        raise DiscrepancyDecided(locked.discrepancy.settled_by or "", moment)
    return locked


async def _payment(uow: UnitOfWork, payment_id: int | None) -> Payment | None:
    return await uow.payments.get(payment_id) if payment_id is not None else None


async def _paid(uow: UnitOfWork, money: OrderMoney | None, payment: Payment | None) -> list[Paid]:
    of_order = await uow.payments.list_of_order(money.order_id) if money else []
    received = [one for one in of_order if one.stage is PaymentStage.RECEIVED]
    if payment is not None and payment.order_id is None:
        received.append(payment)
    people = {one.person_id: await uow.members.get(one.person_id) for one in received}
    return [Paid(payment=one, payer=people[one.person_id].name) for one in received]


async def _left(uow: UnitOfWork, payment: Payment | None) -> int:
    if payment is None or payment.stage is not PaymentStage.RECEIVED:
        return 0
    refunds = await uow.refunds.list_of_payment(payment.id or 0)
    return payment.amount - sum(refund.amount for refund in refunds)


async def _worth(uow: UnitOfWork, payment: Payment | None, money: OrderMoney | None) -> int | None:
    if payment is None or payment.order_id is not None or money is None:
        return None
    ways = await uow.payments.list_ways(money.group_id, active_only=False)
    # A rate is for the group's own currency.
    fits = (await uow.groups.get(money.group_id)).currency == money.currency
    rate = next((way.stars_per_unit for way in ways if fits and way.method is PaymentMethod.STARS), None)
    return worth(payment.amount, payment.currency, money.currency, stars_per_unit=rate)


async def _count(uow: UnitOfWork, found: Finding, payment: Payment, *, by_id: int, now: datetime) -> None:
    if payment.order_id is None and found.money is not None and found.worth_amount:
        await count_for(uow, payment, found.money.order_id, found.worth_amount, now=now, by_id=by_id)


async def _give_back(uow: UnitOfWork, found: Finding, payment: Payment, *, note: str, now: datetime) -> None:
    if payment.order_id is None:
        await give_back_unplaced(uow, payment, found.left_amount, note=note, now=now)
        return
    facts = (await uow.payments.money([payment.order_id]))[payment.order_id]
    await give_back_payment(uow, facts, payment, found.left_amount, RefundReason.UNWANTED, note=note, now=now)


async def _close(
    uow: UnitOfWork, discrepancy_id: int, decision: Decision, *, note: str, by_id: int, now: datetime
) -> None:
    discrepancy: Discrepancy = await uow.discrepancies.get(discrepancy_id)
    discrepancy.settled_at, discrepancy.settled_by_id = now, by_id
    discrepancy.outcome = decision
    # A new document, since what changes inside one is not noticed.
    discrepancy.facts = {**discrepancy.facts, "note": note}
    await uow.discrepancies.save(discrepancy)


async def _return(uow: UnitOfWork, money: OrderMoney, *, by_id: int, now: datetime) -> None:
    """The order goes where its facts say, unless something else about it is still to be decided."""
    order_id = money.order_id
    if money.order_state is OrderState.NEEDS_REVIEW and not await uow.discrepancies.count_open_of(order_id):
        order = await uow.holds.find(order_id)
        posted = await uow.picks.get(money.pick_id)
        assert order is not None
        state = reviewed(
            posted.pick.state,
            money.fulfilment_state,
            has_lines=bool(order.lines),
            is_held=order.expires_at is not None,
        )
        await uow.discrepancies.return_order(order_id, state, by_id=by_id, now=now)
    await settle_orders(uow, [order_id], now=now)


async def _note(
    uow: UnitOfWork, found: Finding, decision: Decision, *, note: str, by_id: int, now: datetime
) -> None:
    discrepancy = found.discrepancy
    await uow.audit.add(
        "discrepancy_decided",
        group_id=discrepancy.group_id,
        person_id=by_id,
        pick_id=discrepancy.pick_id,
        order_id=discrepancy.order_id,
        now=now,
        details={
            "decision": decision,
            "person_id": discrepancy.payer_id or discrepancy.person_id,
            "amount": discrepancy.amount,
            "currency": discrepancy.paid_currency,
            "note": note,
        },
    )
