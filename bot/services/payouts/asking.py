"""Asking for a payout of what was earned, and taking that back."""

from datetime import datetime, timedelta
from typing import Final

from bot.errors import ButtonOutdated
from bot.money import Money
from bot.payment_errors import CreditSwitchedOff
from bot.payout_errors import BelowMinimum, EarningsWithheld, NothingToPayOut, PayoutUnderWay
from bot.rules.payouts import PayoutEvent, read_details
from bot.services.payouts.earnings import earned_in, lock_earnings, takes_credit
from bot.services.payouts.steps import after, locked
from storage.models import Payout
from storage.repositories.outbox import Priority
from storage.states import OutboxKind, PayoutMethod, PayoutStage
from storage.unit_of_work import UnitOfWork

CURATOR_TOLD_AFTER: Final = timedelta(minutes=1)
"""How long what members ask for gathers: who asks together is one notice to whoever pays."""


async def check_payable(
    uow: UnitOfWork, group_id: int, person_id: int, currency: str, *, lock: bool = False
) -> Money:
    """What a person can be paid out now; locked, nobody else pays it out before the commit.

    Raises PayoutUnderWay, EarningsWithheld, NothingToPayOut and BelowMinimum.
    """
    if lock:
        await lock_earnings(uow, group_id, person_id, currency)
    group = await uow.groups.get(group_id)
    if any(one.currency == currency for one in await uow.payouts.list_open_of(group_id, person_id)):
        raise PayoutUnderWay
    if await uow.flags.withheld(group_id, [person_id]):
        raise EarningsWithheld
    earned = next((one for one in await earned_in(uow, group, person_id) if one.currency == currency), None)
    if earned is None or earned.payable_amount <= 0:
        raise NothingToPayOut
    money = Money(amount=earned.payable_amount, currency=currency)
    if not earned.may_be_asked_for:
        raise BelowMinimum(payable=money, minimum=Money(amount=earned.minimum_amount, currency=currency))
    return money


async def ask_payout(
    uow: UnitOfWork,
    group_id: int,
    person_id: int,
    currency: str,
    method: PayoutMethod,
    *,
    details: str = "",
    now: datetime,
) -> Payout:
    """Ask for all that can be paid out; by the curator's own means it must be said where to.

    Raises what `check_payable` raises, CreditSwitchedOff, PayoutDetailsMissing and PayoutWordsTooLong.
    """
    if method is PayoutMethod.CREDIT and not await takes_credit(uow, group_id):
        raise CreditSwitchedOff
    words = read_details(details) if method is PayoutMethod.OWN_MEANS else ""
    money = await check_payable(uow, group_id, person_id, currency, lock=True)
    payout = await uow.payouts.add(
        Payout(
            group_id=group_id,
            person_id=person_id,
            amount=money.amount,
            currency=currency,
            method=method,
            stage=PayoutStage.ASKED,
            details=words,
            created_at=now,
        )
    )
    await _tell_owner(uow, group_id, now=now)
    return payout


async def withdraw_payout(uow: UnitOfWork, payout_id: int, *, person_id: int, now: datetime) -> Payout:
    """Who asked takes it back, as long as nothing was paid. Raises ButtonOutdated and PayoutSettled."""
    payout = await locked(uow, payout_id)
    if payout.person_id != person_id:
        raise ButtonOutdated
    payout.stage = await after(uow, payout, PayoutEvent.WITHDRAWN)
    payout.decided_at = now
    await uow.payouts.save(payout)
    return payout


async def _tell_owner(uow: UnitOfWork, group_id: int, *, now: datetime) -> None:
    group = await uow.groups.get(group_id)
    owner = await uow.members.find(group.owner_id) if group.owner_id is not None else None
    if owner is None:
        return
    await uow.outbox.add(
        OutboxKind.PAYOUTS_ASKED,
        chat_id=owner.id if owner.private_is_open else group.chat_id,
        subject_id=group_id,
        payload={"person_id": owner.id},
        merge_key=f"{OutboxKind.PAYOUTS_ASKED}:{group_id}",
        priority=Priority.RECEIPT,
        due_at=now + CURATOR_TOLD_AFTER,
        now=now,
    )
