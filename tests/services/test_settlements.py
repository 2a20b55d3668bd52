"""What an order comes to, what the ledger says of it, and what goes back."""

import pytest

from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.payments.receiving import receive
from bot.services.payments.settlements import settle_orders
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Payment, PaymentWay, Refund
from storage.repositories.ledger import AccountKey
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import (
    AccountKind,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    RefundStage,
)
from tests.factories import make_group, make_person, make_pick, make_request


@pytest.fixture
async def posted(shop: Shop) -> PostedPick:
    group = await make_group(shop)
    async with shop.writing() as uow:
        await uow.payments.save_way(PaymentWay(group_id=group.id or 0, method=PaymentMethod.TRANSFER))
    return await make_pick(shop, group=group, price_amount=1000)


async def orders(shop: Shop, posted: PostedPick, person: Seen, quantity: int) -> int:
    placed = await shop.orders.submit(
        make_request(posted, Ask(action="change", items=((None, quantity),)), person=person)
    )
    assert placed.changed
    async with shop.reading() as uow:
        [entry] = (await uow.orders.load({(posted.id, person.id)})).values()
    return entry.id


async def pays(shop: Shop, posted: PostedPick, order_id: int, person: Seen, amount: int) -> None:
    async with shop.writing() as uow:
        payment = await uow.payments.add(
            Payment(
                group_id=posted.pick.group_id,
                order_id=order_id,
                person_id=person.id,
                method=PaymentMethod.TRANSFER,
                stage=PaymentStage.OPEN,
                amount=amount,
                currency="EUR",
                created_at=shop.now(),
            )
        )
        await receive(uow, payment, now=shop.now())


async def settle_all(shop: Shop) -> None:
    async with shop.writing() as uow:
        await settle_orders(uow, await uow.payments.list_to_settle(limit=100), now=shop.now())


async def balances(shop: Shop, posted: PostedPick) -> dict[AccountKind, int]:
    async with shop.reading() as uow:
        found = await uow.ledger.balances(group_id=posted.pick.group_id)
    assert sum(found.values()) == 0
    return {key.kind: amount for key, amount in found.items()}


async def state_of(shop: Shop, order_id: int) -> PaymentState:
    async with shop.reading() as uow:
        return (await uow.payments.money([order_id]))[order_id].payment_state


async def refunds_of(shop: Shop, order_id: int) -> list[Refund]:
    async with shop.reading() as uow:
        return list(await uow.refunds.list_of_order(order_id))


async def test_a_close_charges_what_was_ordered(shop: Shop, posted: PostedPick) -> None:
    order_id = await orders(shop, posted, make_person(), 2)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    await settle_all(shop)
    await settle_all(shop)

    assert await balances(shop, posted) == {AccountKind.MEMBER: 2000, AccountKind.SALES: -2000}
    assert await state_of(shop, order_id) is PaymentState.UNPAID


async def test_a_group_without_ways_to_pay_keeps_no_accounts(shop: Shop) -> None:
    posted = await make_pick(shop, price_amount=1000)
    await orders(shop, posted, make_person(), 2)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
        assert await uow.payments.list_to_settle(limit=10) == []


async def test_who_paid_ahead_and_whose_pick_is_withdrawn_is_owed_everything(
    shop: Shop, posted: PostedPick
) -> None:
    ann = make_person()
    order_id = await orders(shop, posted, ann, 2)
    await pays(shop, posted, order_id, ann, 2000)
    assert await state_of(shop, order_id) is PaymentState.PAID

    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=None, now=shop.now())
    await settle_all(shop)

    [refund] = await refunds_of(shop, order_id)
    assert (refund.amount, refund.stage, refund.person_id) == (2000, RefundStage.DUE, ann.id)
    assert await balances(shop, posted) == {AccountKind.REFUNDS: -2000, AccountKind.TRANSFER: 2000}
    assert await state_of(shop, order_id) is PaymentState.REFUND_DUE
    async with shop.reading() as uow:
        key = AccountKey(posted.pick.group_id, ann.id, AccountKind.REFUNDS, "EUR")
        assert await uow.ledger.balance(key) == -2000


async def test_what_is_paid_twice_is_owed_back_once(shop: Shop, posted: PostedPick) -> None:
    ann = make_person()
    order_id = await orders(shop, posted, ann, 1)
    await pays(shop, posted, order_id, ann, 1000)
    await pays(shop, posted, order_id, ann, 1000)
    async with shop.writing() as uow:
        await settle_orders(uow, [order_id], now=shop.now())

    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [1000]
