"""What a person has earned in a group, and what of it can be paid out."""

from dataclasses import dataclass

from bot.rules.payouts import payable
from storage.models import Group
from storage.repositories.ledger import AccountKey
from storage.states import AccountKind, PaymentMethod
from storage.unit_of_work import UnitOfWork


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


async def lock_earnings(uow: UnitOfWork, group_id: int, person_id: int, currency: str) -> None:
    """Let nobody else pay out what a person has earned before the commit."""
    key = AccountKey(group_id, person_id, AccountKind.EARNINGS, currency)
    await uow.ledger.balance(key, lock=True)
