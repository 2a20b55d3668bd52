"""Paying out what members have earned: asking for it, deciding of it, paying it, and undoing that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import ButtonOutdated
from bot.money import Money
from bot.payment_errors import CreditSwitchedOff
from bot.payout_errors import (
    BelowMinimum,
    EarningsWithheld,
    NothingToPayOut,
    OwnPayout,
    PayoutSettled,
    PayoutUncovered,
    PayoutUnderWay,
)
from bot.rules import ledger
from bot.rules.payments import StepUnknown
from bot.rules.payouts import BY_HAND, PayoutEvent, payable, payout_after, read_details
from storage.models import Group, Payout
from storage.repositories.ledger import AccountKey
from storage.repositories.outbox import Priority
from storage.states import (
    AccountKind,
    OutboxKind,
    PaymentMethod,
    PayoutMethod,
    PayoutStage,
    TransactionKind,
)
from storage.unit_of_work import UnitOfWork

CURATOR_TOLD_AFTER: Final = timedelta(minutes=1)
"""How long what members ask for gathers: who asks together is one notice to whoever pays."""

MOST_AT_ONCE: Final = 200
"""So many payouts are decided in one go; more than that in the next."""


@dataclass(frozen=True, kw_only=True)
class Earned:
    """What a person's earnings in a group come to, in minor units of one currency."""

    currency: str
    expected_amount: int
    accrued_amount: int
    due_amount: int
    paid_amount: int
    #: What is due and was neither paid nor asked for; less than nothing is set off against what comes.
    payable_amount: int
    minimum_amount: int

    @property
    def may_be_asked_for(self) -> bool:
        """Whether it is enough to be paid out."""
        return self.payable_amount >= max(1, self.minimum_amount)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What came of deciding many payouts at once: how many were done, and how many were not."""

    done: int
    left: int


async def earned_in(uow: UnitOfWork, group: Group, person_id: int) -> list[Earned]:
    """What a person has earned in a group, by currency; the group's own first."""
    group_id = group.id or 0
    totals = await uow.earnings.totals(person_id, group_id=group_id)
    sums = {one.currency: one for one in totals}
    taken = await uow.payouts.taken(group_id, person_id)
    paid = await uow.payouts.paid(group_id, person_id)
    plan = await uow.plans.find(group_id)
    minimum = plan.minimum_payout_amount if plan is not None else 0
    found = []
    for currency in sorted({*sums, *taken}, key=lambda code: (code != group.currency, code)):
        one = sums.get(currency)
        due = one.due_amount if one else 0
        found.append(
            Earned(
                currency=currency,
                expected_amount=one.expected_amount if one else 0,
                accrued_amount=one.accrued_amount if one else 0,
                due_amount=due,
                paid_amount=paid.get(currency, 0),
                payable_amount=payable(due=due, taken=taken.get(currency, 0)),
                # In its own money alone has the group said what is too little.
                minimum_amount=minimum if currency == group.currency else 0,
            )
        )
    return found


async def takes_credit(uow: UnitOfWork, group_id: int) -> bool:
    """Whether earnings can become store credit in a group."""
    return any(way.method is PaymentMethod.CREDIT for way in await uow.payments.list_ways(group_id))


async def check_payable(
    uow: UnitOfWork, group_id: int, person_id: int, currency: str, *, lock: bool = False
) -> Money:
    """What a person can be paid out now; locked, nobody else pays it out before the commit.

    Raises PayoutUnderWay, EarningsWithheld, NothingToPayOut and BelowMinimum.
    """
    if lock:
        await _lock_earnings(uow, group_id, person_id, currency)
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
    payout = await _locked(uow, payout_id)
    if payout.person_id != person_id:
        raise ButtonOutdated
    payout.stage = await _after(uow, payout, PayoutEvent.WITHDRAWN)
    payout.decided_at = now
    await uow.payouts.save(payout)
    return payout


async def approve_payout(uow: UnitOfWork, payout_id: int, *, by_id: int, now: datetime) -> Payout:
    """A payout may be paid; store credit is given at once.

    Raises ButtonOutdated, OwnPayout, PayoutSettled, PayoutUncovered, EarningsWithheld and CreditSwitchedOff.
    """
    payout = await _to_decide(uow, payout_id, by_id=by_id)
    stage = await _after(uow, payout, PayoutEvent.APPROVED)
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
    payout.stage = await _after(uow, payout, PayoutEvent.DECLINED)
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
        raise PayoutSettled(await _name_of(uow, payout.paid_by_id or payout.decided_by_id))
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
        raise PayoutSettled(await _name_of(uow, payout.paid_by_id or payout.decided_by_id))
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


async def approve_all(uow: UnitOfWork, group_id: int, *, until_id: int, by_id: int, now: datetime) -> Batch:
    """Approve all that wait up to this one; what cannot be approved waits on."""
    done = 0
    waiting = await _waiting(uow, group_id, PayoutStage.ASKED, until_id)
    for payout_id in waiting:
        try:
            await approve_payout(uow, payout_id, by_id=by_id, now=now)
        except _SKIPPED:
            continue
        done += 1
    return Batch(done=done, left=len(waiting) - done)


async def pay_all(
    uow: UnitOfWork, group_id: int, method: PaymentMethod, *, until_id: int, by_id: int, now: datetime
) -> Batch:
    """All that were approved up to this one were paid; what cannot be, waits on. Raises ButtonOutdated."""
    done = 0
    waiting = await _waiting(uow, group_id, PayoutStage.APPROVED, until_id)
    for payout_id in waiting:
        try:
            await pay_payout(uow, payout_id, method, by_id=by_id, now=now)
        except _SKIPPED:
            continue
        done += 1
    return Batch(done=done, left=len(waiting) - done)


_SKIPPED: Final = (OwnPayout, PayoutSettled, PayoutUncovered, EarningsWithheld, CreditSwitchedOff)
"""Each is refused before anything of its payout is written."""


async def _waiting(uow: UnitOfWork, group_id: int, stage: PayoutStage, until_id: int) -> Sequence[int]:
    listed = await uow.payouts.list_in(group_id, [stage], limit=MOST_AT_ONCE)
    return [payout.id for payout in listed if payout.id <= until_id]


async def _locked(uow: UnitOfWork, payout_id: int) -> Payout:
    try:
        return await uow.payouts.get(payout_id, lock=True)
    except LookupError:
        raise ButtonOutdated from None


async def _to_decide(uow: UnitOfWork, payout_id: int, *, by_id: int) -> Payout:
    payout = await _locked(uow, payout_id)
    group = await uow.groups.get(payout.group_id)
    if payout.person_id == by_id != group.owner_id:
        raise OwnPayout
    return payout


async def _after(uow: UnitOfWork, payout: Payout, event: PayoutEvent) -> PayoutStage:
    try:
        return payout_after(payout.stage, event)
    except StepUnknown:
        raise PayoutSettled(await _name_of(uow, payout.paid_by_id or payout.decided_by_id)) from None


async def _check_covered(uow: UnitOfWork, payout: Payout) -> None:
    """Since it was asked for, goods may have come back: nobody is paid what was taken back meanwhile."""
    await _lock_earnings(uow, payout.group_id, payout.person_id, payout.currency)
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


async def _lock_earnings(uow: UnitOfWork, group_id: int, person_id: int, currency: str) -> None:
    key = AccountKey(group_id, person_id, AccountKind.EARNINGS, currency)
    await uow.ledger.balance(key, lock=True)


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


async def _name_of(uow: UnitOfWork, person_id: int | None) -> str:
    person = await uow.members.find(person_id) if person_id is not None else None
    return person.name if person is not None else ""


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
