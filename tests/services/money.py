"""What tests of money have in common: a group that is paid, orders, payments, what the ledger says."""

from collections.abc import Sequence

from bot.rules.orders import Ask
from bot.services.payments.receiving import receive
from bot.services.payments.settlements import settle_orders
from bot.shop import Shop
from storage.models import Group, Payment, PaymentWay, Refund
from storage.repositories.ledger import AccountKey
from storage.repositories.members import Seen
from storage.repositories.payments import OrderMoney
from storage.repositories.picks import PostedPick
from storage.states import AccountKind, PaymentMethod, PaymentStage
from tests.factories import make_group, make_request


async def make_paid_group(shop: Shop, *methods: PaymentMethod) -> Group:
    """A group that takes these ways to pay, or transfers and credit."""
    group = await make_group(shop)
    async with shop.writing() as uow:
        for method in methods or (PaymentMethod.TRANSFER, PaymentMethod.CREDIT):
            await uow.payments.save_way(PaymentWay(group_id=group.id or 0, method=method))
    return group


async def order_of(shop: Shop, posted: PostedPick, person: Seen, quantity: int = 1) -> int:
    """Somebody orders so many more; returns the order's key."""
    ask = Ask(action="change", items=((None, quantity),))
    placed = await shop.orders.submit(make_request(posted, ask, person=person))
    assert placed.changed
    async with shop.reading() as uow:
        [entry] = (await uow.orders.load({(posted.id, person.id)})).values()
    return entry.id


async def pays(
    shop: Shop,
    order_id: int,
    person: Seen,
    amount: int,
    *,
    method: PaymentMethod = PaymentMethod.TRANSFER,
    stars: int | None = None,
) -> int:
    """A payment for an order comes in; returns its key."""
    async with shop.writing() as uow:
        await uow.members.meet([person], now=shop.now())
        money = (await uow.payments.money([order_id], lock=True))[order_id]
        payment = await uow.payments.add(
            Payment(
                group_id=money.group_id,
                order_id=order_id,
                person_id=person.id,
                method=method,
                stage=PaymentStage.OPEN,
                amount=amount,
                currency=money.currency,
                charged_amount=stars,
                charged_currency=None if stars is None else "XTR",
                created_at=shop.now(),
            )
        )
        await receive(uow, payment, now=shop.now())
    return payment.id or 0


async def settle_all(shop: Shop) -> None:
    """Reckon all that is asked for."""
    async with shop.writing() as uow:
        await settle_orders(uow, await uow.payments.list_to_settle(limit=1000), now=shop.now())


async def balances(shop: Shop, group_id: int | None) -> dict[AccountKind, int]:
    """A group's balances by kind of account; together they are nothing."""
    async with shop.reading() as uow:
        found = await uow.ledger.balances(group_id=group_id)
    assert sum(found.values()) == 0
    sums: dict[AccountKind, int] = {}
    for key, amount in found.items():
        sums[key.kind] = sums.get(key.kind, 0) + amount
    return sums


async def balance_of(shop: Shop, group_id: int | None, person: Seen, kind: AccountKind) -> int:
    """One balance of a person, in euros."""
    async with shop.reading() as uow:
        return await uow.ledger.balance(AccountKey(group_id or 0, person.id, kind, "EUR"))


async def money_of(shop: Shop, order_id: int) -> OrderMoney:
    """What is known of an order's money."""
    async with shop.reading() as uow:
        return (await uow.payments.money([order_id]))[order_id]


async def refunds_of(shop: Shop, order_id: int) -> Sequence[Refund]:
    """All refunds of an order."""
    async with shop.reading() as uow:
        return await uow.refunds.list_of_order(order_id)
