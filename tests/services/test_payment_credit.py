"""Store credit: spent as far as it goes, never twice, given with a reason."""

import asyncio
from collections import Counter

import pytest

from bot.money import Money
from bot.payment_errors import (
    CreditSwitchedOff,
    NoCredit,
    NothingToPay,
    NotToBePaidYet,
    OrderOfSomebodyElse,
    WayClosed,
)
from bot.services.closing import close_pick
from bot.services.payments.credit import credit_of, give_credit, spend_credit
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Group, Payment, PaymentWay
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import AccountKind, PaymentMethod, PaymentState
from tests.factories import MEI_ID, make_person, make_pick
from tests.services.money import (
    balance_of,
    balances,
    make_paid_group,
    money_of,
    order_of,
    pays,
    refunds_of,
    settle_all,
)
from tests.services.rows import rows_of


@pytest.fixture
async def group(shop: Shop) -> Group:
    return await make_paid_group(shop)


@pytest.fixture
def ann() -> Seen:
    return make_person("Ann")


async def sold(shop: Shop, group: Group, person: Seen, *, price: int = 1000) -> tuple[PostedPick, int]:
    """A closed pick and somebody's order on it."""
    posted = await make_pick(shop, group=group, price_amount=price)
    order_id = await order_of(shop, posted, person)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    await settle_all(shop)
    return posted, order_id


async def has_credit(shop: Shop, group: Group, person: Seen, amount: int, currency: str = "EUR") -> None:
    async with shop.writing() as uow:
        await uow.members.meet([person], now=shop.now())
        await give_credit(
            uow,
            group.id or 0,
            person.id,
            Money(amount=amount, currency=currency),
            reason="thank you",
            by_id=MEI_ID,
            now=shop.now(),
        )


async def spends(shop: Shop, order_id: int, person: Seen) -> Payment:
    async with shop.writing() as uow:
        return await spend_credit(uow, order_id, person_id=person.id, now=shop.now())


async def test_credit_pays_as_far_as_it_goes_and_the_rest_stays_to_be_paid(
    shop: Shop, group: Group, ann: Seen
) -> None:
    _, order_id = await sold(shop, group, ann)
    await has_credit(shop, group, ann, 400)
    payment = await spends(shop, order_id, ann)

    assert (payment.amount, payment.method, payment.receipt_number) == (400, PaymentMethod.CREDIT, 1)
    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == 0
    assert await balance_of(shop, group.id, ann, AccountKind.MEMBER) == 600
    with pytest.raises(NoCredit):
        await spends(shop, order_id, ann)
    await pays(shop, order_id, ann, 600)
    assert (await money_of(shop, order_id)).payment_state is PaymentState.PAID
    with pytest.raises(NothingToPay):
        await spends(shop, order_id, ann)


async def test_more_credit_than_is_owed_stays_credit(shop: Shop, group: Group, ann: Seen) -> None:
    _, order_id = await sold(shop, group, ann)
    await has_credit(shop, group, ann, 1500)
    assert (await spends(shop, order_id, ann)).amount == 1000
    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == -500


async def test_credit_is_of_one_group_and_one_currency_and_ones_own(
    shop: Shop, group: Group, ann: Seen
) -> None:
    _, order_id = await sold(shop, group, ann)
    await has_credit(shop, group, ann, 1000, "USD")
    await has_credit(shop, await make_paid_group(shop), ann, 1000)
    await has_credit(shop, group, make_person("Ben"), 1000)
    with pytest.raises(NoCredit):
        await spends(shop, order_id, ann)
    with pytest.raises(OrderOfSomebodyElse):
        await spends(shop, order_id, make_person("Lin"))


async def test_credit_needs_a_group_that_takes_it(shop: Shop, group: Group, ann: Seen) -> None:
    posted = await make_pick(shop, group=group, price_amount=1000)
    order_id = await order_of(shop, posted, ann)
    await has_credit(shop, group, ann, 1000)
    with pytest.raises(NotToBePaidYet):
        await spends(shop, order_id, ann)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
        way = PaymentWay(group_id=group.id or 0, method=PaymentMethod.CREDIT, is_active=False)
        await uow.payments.save_way(way)
    with pytest.raises(WayClosed):
        await spends(shop, order_id, ann)
    with pytest.raises(CreditSwitchedOff):
        await has_credit(shop, group, ann, 1)


async def test_credit_is_never_less_than_nothing(shop: Shop, group: Group, ann: Seen) -> None:
    for amount in (0, -1):
        with pytest.raises(ValueError, match="no credit"):
            await has_credit(shop, group, ann, amount)
    assert await balances(shop, group.id) == {}


async def test_what_credit_paid_for_a_withdrawn_pick_is_credit_again(
    shop: Shop, group: Group, ann: Seen
) -> None:
    posted, order_id = await sold(shop, group, ann)
    await has_credit(shop, group, ann, 1000)
    await spends(shop, order_id, ann)
    async with shop.writing() as uow:
        await uow.orders.cancel_all(posted.id, by_id=None, now=shop.now())
        await uow.payments.settle_later([order_id], now=shop.now())
    await settle_all(shop)

    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == -1000
    async with shop.reading() as uow:
        assert await uow.refunds.list_owed(group.id or 0) == []


async def test_giving_credit_is_in_the_audit_log(shop: Shop, group: Group, ann: Seen) -> None:
    await has_credit(shop, group, ann, 500)
    async with shop.reading() as uow:
        [act] = [a for a in await uow.audit.list_newest(group.id or 0, limit=9) if "credit" in a.action]
        assert await credit_of(uow, group.id or 0, ann.id, "EUR") == 500
    assert (act.action, act.name, act.details["amount"], act.details["reason"]) == (
        "credit_given",
        "Mei",
        500,
        "thank you",
    )


async def test_of_a_hundred_spends_of_one_balance_exactly_one_succeeds(
    shop: Shop, group: Group, ann: Seen
) -> None:
    """A hundred orders, and credit for one of them."""
    orders = []
    for _ in range(100):
        posted = await make_pick(shop, group=group, price_amount=1000)
        orders.append((posted.id, await order_of(shop, posted, ann)))
    async with shop.writing() as uow:
        for pick_id, _ in orders:
            await close_pick(uow, pick_id, now=shop.now())
    await settle_all(shop)
    await has_credit(shop, group, ann, 1000)

    told = await asyncio.gather(
        *(spends(shop, order_id, ann) for _, order_id in orders), return_exceptions=True
    )
    assert Counter(type(outcome) for outcome in told) == {Payment: 1, NoCredit: 99}
    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == 0
    assert await balance_of(shop, group.id, ann, AccountKind.MEMBER) == 99_000
    assert [payment.amount for payment in await rows_of(shop, Payment)] == [1000]


async def test_of_a_hundred_taps_on_one_order_exactly_one_pays(shop: Shop, group: Group, ann: Seen) -> None:
    _, order_id = await sold(shop, group, ann)
    await has_credit(shop, group, ann, 100_000)
    told = await asyncio.gather(*(spends(shop, order_id, ann) for _ in range(100)), return_exceptions=True)
    assert Counter(type(outcome) for outcome in told) == {Payment: 1, NothingToPay: 99}
    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == -99_000
    assert await refunds_of(shop, order_id) == []


async def test_spending_while_credit_comes_back_neither_waits_forever_nor_loses_any(
    shop: Shop, group: Group, ann: Seen
) -> None:
    """Some of Ann's picks are withdrawn, which gives her credit, while she spends on the others."""
    first = [await sold(shop, group, ann) for _ in range(6)]
    await has_credit(shop, group, ann, 3000)
    for _, order_id in first[:3]:
        await spends(shop, order_id, ann)

    async def loses(posted: PostedPick, order_id: int) -> None:
        async with shop.writing() as uow:
            await uow.orders.cancel_all(posted.id, by_id=None, now=shop.now())
            await uow.payments.settle_later([order_id], now=shop.now())
        await settle_all(shop)

    told = await asyncio.gather(
        *(loses(posted, order_id) for posted, order_id in first[:3]),
        *(spends(shop, order_id, ann) for _, order_id in first[3:]),
        return_exceptions=True,
    )
    spent = [outcome.amount for outcome in told if isinstance(outcome, Payment)]
    assert {type(outcome) for outcome in told} <= {type(None), Payment, NoCredit}
    await settle_all(shop)
    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == -(3000 - sum(spent))
    assert await balance_of(shop, group.id, ann, AccountKind.REFUNDS) == 0


async def test_a_withdrawn_pick_paid_before_the_close_gives_credit_back(
    shop: Shop, group: Group, ann: Seen
) -> None:
    posted = await make_pick(shop, group=group, price_amount=1000)
    order_id = await order_of(shop, posted, ann)
    await has_credit(shop, group, ann, 1000)
    await pays(shop, order_id, ann, 1000, method=PaymentMethod.CREDIT)
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=None, now=shop.now())
    await settle_all(shop)
    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == -1000
