"""Giving money back: ticking off what is owed, undoing that, keeping it as credit, good will."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import ButtonOutdated
from bot.payment_errors import (
    CreditSwitchedOff,
    GivenBackAlready,
    GoesBackByItself,
    KeptAsCredit,
    NotGivenBackYet,
    RefundInReview,
)
from bot.rules import ledger
from bot.rules.payments import RefundEvent, refund_after
from bot.rules.refunds import BY_HAND, check_goodwill, most_to_give
from bot.services.payments.obligations import announce, finish, give_back, gone
from bot.services.payments.settlements import settle_orders
from storage.models import Refund
from storage.repositories.payments import OrderMoney
from storage.repositories.refunds import OwedRefund
from storage.states import (
    OrderState,
    OutboxKind,
    PaymentMethod,
    RefundReason,
    RefundStage,
    TransactionKind,
)
from storage.unit_of_work import UnitOfWork


async def tick_off(uow: UnitOfWork, refund_id: int, *, by_id: int, note: str, now: datetime) -> None:
    """The curator has given back what was owed.

    Raises ButtonOutdated, GivenBackAlready, KeptAsCredit and GoesBackByItself.
    """
    owed, refund = await _locked(uow, refund_id)
    _check_open(owed, refund)
    if refund.method not in BY_HAND:
        raise GoesBackByItself
    await finish(uow, refund, by_id=by_id, note=note, now=now)
    await _settle(uow, refund, now=now)
    await _note(uow, "refund_ticked_off", owed, by_id=by_id, now=now, note=note)


async def undo(uow: UnitOfWork, refund_id: int, *, by_id: int, now: datetime) -> None:
    """It was not given back after all: a correcting transaction owes it anew.

    Raises ButtonOutdated, NotGivenBackYet and GoesBackByItself.
    """
    owed, refund = await _locked(uow, refund_id)
    if refund.stage is not RefundStage.DONE:
        raise NotGivenBackYet
    if refund.method not in BY_HAND or refund.group_id is None:
        raise GoesBackByItself
    back = ledger.refund(refund.person_id, await gone(uow, refund))
    await uow.ledger.post(
        TransactionKind.CORRECTION,
        [posting._replace(amount=-posting.amount) for posting in back],
        group_id=refund.group_id,
        order_id=refund.order_id,
        payment_id=refund.payment_id,
        refund_id=refund.id,
        by_id=by_id,
        now=now,
    )
    refund.stage = refund_after(refund.stage, RefundEvent.UNDONE)
    refund.done_at, refund.done_by_id = None, None
    await uow.refunds.save(refund)
    await _settle(uow, refund, now=now)
    await announce(uow, refund, OutboxKind.REFUND_DUE, payload={"undone": True}, now=now)
    await _note(uow, "refund_tick_undone", owed, by_id=by_id, now=now)


async def keep_as_credit(uow: UnitOfWork, refund_id: int, *, person_id: int, now: datetime) -> Refund:
    """A member keeps as credit what is owed to her.

    Raises ButtonOutdated, GivenBackAlready, KeptAsCredit, GoesBackByItself and CreditSwitchedOff.
    """
    owed, refund = await _locked(uow, refund_id)
    if refund.person_id != person_id:
        raise ButtonOutdated
    _check_open(owed, refund)
    if not may_be_kept(refund):
        raise GoesBackByItself
    if not await takes_credit(uow, owed.group_id):
        raise CreditSwitchedOff
    refund.method = PaymentMethod.CREDIT
    # The notice below which she has tapped says so already.
    await finish(uow, refund, by_id=person_id, tell=False, now=now)
    await _settle(uow, refund, now=now)
    return refund


async def give_goodwill(
    uow: UnitOfWork, order_id: int, amount: int | None, *, reason: str, by_id: int, now: datetime
) -> list[Refund]:
    """Owe back a part of what was paid for an order, or (None) all that is left: so much less does it cost.

    Raises ButtonOutdated, RefundInReview, NothingWasPaid, NothingLeftToGiveBack and RefundTooLarge.
    """
    facts = await refundable(uow, order_id, now=now)
    amount = most_to_give(facts) if amount is None else amount
    check_goodwill(facts, amount, number=facts.number, currency=facts.currency)
    refunds = await give_back(uow, facts, amount, RefundReason.GOODWILL, note=reason, now=now)
    await settle_orders(uow, [order_id], now=now)
    await uow.audit.add(
        "goodwill_given",
        group_id=facts.group_id,
        person_id=by_id,
        pick_id=facts.pick_id,
        order_id=order_id,
        now=now,
        details={
            "number": facts.number,
            "person_id": facts.person_id,
            "amount": amount,
            "currency": facts.currency,
            "reason": reason,
        },
    )
    return refunds


async def refundable(uow: UnitOfWork, order_id: int, *, now: datetime) -> OrderMoney:
    """A locked order's money, reckoned anew. Raises ButtonOutdated and RefundInReview."""
    if order_id not in await uow.payments.money([order_id], lock=True):
        raise ButtonOutdated
    await settle_orders(uow, [order_id], now=now)
    facts = (await uow.payments.money([order_id]))[order_id]
    if facts.order_state is OrderState.NEEDS_REVIEW:
        raise RefundInReview(facts.number)
    return facts


def may_be_kept(refund: Refund | OwedRefund) -> bool:
    """Whether a member may still keep as credit what is owed to her; Stars are on their way at once."""
    is_spendable = refund.currency != ledger.STARS_CURRENCY
    return refund.stage is RefundStage.DUE and refund.method in BY_HAND and is_spendable


async def takes_credit(uow: UnitOfWork, group_id: int) -> bool:
    """Whether a group has switched store credit on."""
    return any(way.method is PaymentMethod.CREDIT for way in await uow.payments.list_ways(group_id))


async def _locked(uow: UnitOfWork, refund_id: int) -> tuple[OwedRefund, Refund]:
    owed = await uow.refunds.find_owed(refund_id)
    if owed is None:
        raise ButtonOutdated
    if owed.order_id is not None:
        # The order before its refunds, as everybody locks.
        await uow.payments.money([owed.order_id], lock=True)
    refund = await uow.refunds.get(refund_id, lock=True)
    return await uow.refunds.find_owed(refund_id) or owed, refund


def _check_open(owed: OwedRefund, refund: Refund) -> None:
    if refund.stage is not RefundStage.DONE:
        return
    if refund.method is PaymentMethod.CREDIT:
        raise KeptAsCredit(owed.name)
    if owed.done_by is None or owed.done_at is None:
        raise GoesBackByItself
    raise GivenBackAlready(owed.done_by, owed.done_at.astimezone(ZoneInfo(owed.time_zone)))


async def _settle(uow: UnitOfWork, refund: Refund, *, now: datetime) -> None:
    if refund.order_id is not None:
        await settle_orders(uow, [refund.order_id], now=now)


async def _note(
    uow: UnitOfWork, action: str, owed: OwedRefund, *, by_id: int, now: datetime, note: str = ""
) -> None:
    await uow.audit.add(
        action,
        group_id=owed.group_id,
        person_id=by_id,
        pick_id=owed.pick_id,
        order_id=owed.order_id,
        now=now,
        details={
            "number": owed.number,
            "person_id": owed.person_id,
            "amount": owed.amount,
            "currency": owed.currency,
            "note": note,
        },
    )
