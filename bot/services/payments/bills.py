"""What somebody has to pay: for which orders, how much, and in which ways."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import ButtonOutdated
from bot.money import Money
from bot.payment_errors import (
    NothingToPay,
    NotToBePaidYet,
    OrderOfSomebodyElse,
    PaymentInReview,
    WayClosed,
)
from bot.rules.payment_ways import pays_now, ways_taken
from bot.rules.settlements import reckon
from storage.models import PaymentWay
from storage.repositories.ledger import AccountKey
from storage.repositories.payment_bills import BilledOrder
from storage.repositories.payments import OrderMoney
from storage.states import AccountKind, OrderState, PaymentMethod, PickState
from storage.unit_of_work import UnitOfWork

_MOST = 200
"""So many of somebody's newest orders are looked through for what is to be paid."""


@dataclass(frozen=True, kw_only=True)
class Bill:
    """One order with its money and the ways in which it can be paid."""

    order: BilledOrder
    money: OrderMoney
    ways: Sequence[PaymentWay]
    #: Whether whoever hands the goods over may take cash for them.
    takes_cash: bool
    #: Store credit that its member can spend on it, in minor units; read for one order, not for lists.
    credit_amount: int = 0
    #: Until when the goods are kept for whoever has to pay at once; as above.
    kept_until: datetime | None = None

    @property
    def amount(self) -> int:
        """What is still to be paid, in minor units."""
        return reckon(self.money).outstanding_amount

    @property
    def is_payable(self) -> bool:
        """Whether it is to be paid already: as it is ordered, or once the pick has closed."""
        return self.order.pick_state is not PickState.LIVE or pays_at_once(self.order)

    @property
    def ways_open(self) -> Sequence[PaymentWay]:
        """Its ways to pay that lead somewhere: store credit only for whoever has some."""
        return [way for way in self.ways if way.method is not PaymentMethod.CREDIT or self.credit_amount > 0]

    def way(self, method: PaymentMethod) -> PaymentWay | None:
        """One of its ways to pay, if it is open."""
        return next((way for way in self.ways if way.method is method), None)


def pays_at_once(order: BilledOrder) -> bool:
    """Whether an order is paid as it is placed."""
    return pays_now(pick=order.pays_when, group=order.group_pays_when, price_can_fall=order.price_can_fall)


async def bill_of(
    uow: UnitOfWork,
    order_id: int,
    *,
    person_id: int,
    method: PaymentMethod | None = None,
    lock: bool = False,
) -> Bill:
    """What this person has to pay for one order of hers, in this way if one is named.

    Locked, nobody else changes the order or pays it before the commit. Raises ButtonOutdated,
    OrderOfSomebodyElse, PaymentInReview, NotToBePaidYet, NothingToPay and WayClosed.
    """
    bill = await find_bill(uow, order_id, lock=lock)
    if bill is None:
        raise ButtonOutdated
    if bill.order.person_id != person_id:
        raise OrderOfSomebodyElse
    if bill.money.order_state is OrderState.NEEDS_REVIEW:
        raise PaymentInReview
    if not bill.is_payable:
        raise NotToBePaidYet
    if not bill.money.is_tracked or bill.amount <= 0:
        raise NothingToPay
    if method is not None and bill.way(method) is None:
        raise WayClosed
    return bill


async def find_bill(uow: UnitOfWork, order_id: int, *, lock: bool = False) -> Bill | None:
    """An order with its money, whoever asks; None if there is no such order."""
    money = (await uow.payments.money([order_id], lock=lock)).get(order_id)
    if money is None:
        return None
    order = (await uow.bills.load([order_id]))[order_id]
    bill = await _with_credit(uow, (await _bills(uow, [order], {order_id: money}))[0])
    if money.order_state is not OrderState.PLACED:
        return bill
    return replace(bill, kept_until=(await uow.holds.expiry_of([order_id])).get(order_id))


async def owed_of(uow: UnitOfWork, order_ids: Sequence[int]) -> dict[int, Money]:
    """What is still to be paid for these orders; those that cost nothing more are left out."""
    found = await uow.payments.money(order_ids)
    owed = {key: reckon(money).outstanding_amount for key, money in found.items() if money.is_tracked}
    return {key: Money(amount=due, currency=found[key].currency) for key, due in owed.items() if due}


async def owed_by(uow: UnitOfWork, person_id: int) -> list[Bill]:
    """What a person has to pay now, the newest order first."""
    return await _owed(uow, await uow.bills.list_unpaid_of(person_id, limit=_MOST))


async def owed_for(uow: UnitOfWork, pick_id: int, *, limit: int) -> list[Bill]:
    """What is still to be paid for a pick, the newest order first."""
    return await _owed(uow, await uow.bills.list_unpaid_in(pick_id, limit=limit))


async def _owed(uow: UnitOfWork, orders: Sequence[BilledOrder]) -> list[Bill]:
    money = await uow.payments.money([order.order_id for order in orders])
    bills = await _bills(uow, orders, money)
    return [bill for bill in bills if bill.is_payable and bill.amount > 0]


async def _bills(uow: UnitOfWork, orders: Sequence[BilledOrder], money: dict[int, OrderMoney]) -> list[Bill]:
    groups = {
        group_id: await uow.payments.list_ways(group_id) for group_id in {order.group_id for order in orders}
    }
    units = {group_id: (await uow.groups.get(group_id)).currency for group_id in groups}
    return [
        _bill(order, money[order.order_id], _fitting(groups[order.group_id], order, units[order.group_id]))
        for order in orders
    ]


def _fitting(ways: Sequence[PaymentWay], order: BilledOrder, currency: str) -> Sequence[PaymentWay]:
    """Stars have a rate to the group's own currency alone: nobody knows what they are worth in another."""
    return [way for way in ways if way.method is not PaymentMethod.STARS or order.currency == currency]


async def _with_credit(uow: UnitOfWork, bill: Bill) -> Bill:
    """The same bill with what its member has as credit, if the order can be paid with it."""
    if bill.way(PaymentMethod.CREDIT) is None:
        return bill
    order = bill.order
    key = AccountKey(order.group_id, order.person_id, AccountKind.CREDIT, order.currency)
    # What the group owes her stands on the credit side.
    return replace(bill, credit_amount=-await uow.ledger.balance(key))


def _bill(order: BilledOrder, money: OrderMoney, ways: Sequence[PaymentWay]) -> Bill:
    methods = [way.method for way in ways]
    taken = ways_taken(methods, order.named_methods, now=pays_at_once(order))
    by_hand = ways_taken(methods, order.named_methods, now=False)
    return Bill(
        order=order,
        money=money,
        ways=[way for way in ways if way.method in taken],
        takes_cash=PaymentMethod.CASH in by_hand,
    )
