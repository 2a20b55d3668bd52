"""Store credit: what a member has in a group, spending it on an order, and giving it."""

from datetime import datetime

from bot.money import Money
from bot.payment_errors import CreditSwitchedOff, NoCredit
from bot.rules import ledger
from bot.services.payments.bills import bill_of
from bot.services.payments.holds import lock_pick_of
from bot.services.payments.receiving import receive
from bot.services.payments.refunds import takes_credit
from storage.models import Payment
from storage.repositories.ledger import AccountKey
from storage.states import AccountKind, PaymentMethod, PaymentStage, TransactionKind
from storage.unit_of_work import UnitOfWork


async def credit_of(
    uow: UnitOfWork, group_id: int, person_id: int, currency: str, *, lock: bool = False
) -> int:
    """A member's credit in minor units; locked, nobody else spends it before the commit."""
    key = AccountKey(group_id, person_id, AccountKind.CREDIT, currency)
    # What the group owes her stands on the credit side.
    return -await uow.ledger.balance(key, lock=lock)


async def spend_credit(uow: UnitOfWork, order_id: int, *, person_id: int, now: datetime) -> Payment:
    """Pay for one's own order out of one's credit: as much as there is, or as much as is owed.

    Raises ButtonOutdated, OrderOfSomebodyElse, PaymentInReview, NotToBePaidYet, NothingToPay, WayClosed
    and NoCredit.
    """
    await lock_pick_of(uow, order_id)
    bill = await bill_of(uow, order_id, person_id=person_id, method=PaymentMethod.CREDIT, lock=True)
    group_id, currency = bill.money.group_id, bill.money.currency
    credit = await credit_of(uow, group_id, person_id, currency, lock=True)
    if credit <= 0:
        raise NoCredit
    payment = await uow.payments.add(
        Payment(
            group_id=group_id,
            order_id=order_id,
            person_id=person_id,
            method=PaymentMethod.CREDIT,
            stage=PaymentStage.OPEN,
            amount=min(credit, bill.amount),
            currency=currency,
            created_at=now,
        )
    )
    await receive(uow, payment, now=now)
    return payment


async def give_credit(
    uow: UnitOfWork, group_id: int, person_id: int, money: Money, *, reason: str, by_id: int, now: datetime
) -> None:
    """Give a member credit that nothing was paid for. Raises CreditSwitchedOff and ValueError below one."""
    if money.amount <= 0:
        raise ValueError(f"{money.amount} is no credit")
    if not await takes_credit(uow, group_id):
        raise CreditSwitchedOff
    await uow.ledger.post(
        TransactionKind.CREDIT_GIVEN,
        ledger.credit_given(person_id, money.amount, money.currency),
        group_id=group_id,
        by_id=by_id,
        note=reason,
        now=now,
    )
    await uow.audit.add(
        "credit_given",
        group_id=group_id,
        person_id=by_id,
        now=now,
        details={
            "person_id": person_id,
            "amount": money.amount,
            "currency": money.currency,
            "reason": reason,
        },
    )
