"""Paying at once, many at the same moment: the last jars, and money that arrives as time is over."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.errors import SoldOut
from bot.jobs.holds import lapse_due
from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.orders.requests import OrderPlaced
from bot.shop import Shop
from storage.engine import opened
from storage.models import Hold, Order, OrderLine, Refund, Variant
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import OrderState, PaymentMethod, PaymentState, PaysWhen
from tests.clock import Clock
from tests.factories import make_person, make_pick, make_request
from tests.services.money import balances, make_paid_group, pays, settle_all
from tests.services.rows import rows_of

BUYERS, JARS = 200, 50
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
async def posted(shop: Shop) -> PostedPick:
    """Fifty jars, paid as they are ordered."""
    group = await make_paid_group(shop, PaymentMethod.TRANSFER)
    async with shop.writing() as uow:
        group.pays_when = PaysWhen.NOW
        await uow.groups.save(group)
    return await make_pick(shop, group=group, price_amount=1000, stock=JARS)


async def orders_one(shop: Shop, posted: PostedPick, person: Seen) -> OrderPlaced | SoldOut:
    try:
        return await shop.orders.submit(
            make_request(posted, Ask(action="change", items=((None, 1),)), person=person)
        )
    except SoldOut as refusal:
        return refusal


async def sold(shop: Shop) -> int:
    [variant] = await rows_of(shop, Variant)
    return variant.sold


async def test_two_hundred_buyers_for_fifty_jars(shop: Shop, clock: Clock, posted: PostedPick) -> None:
    crowd = [make_person(f"Fan {n}") for n in range(BUYERS)]
    first = await asyncio.gather(*(orders_one(shop, posted, person) for person in crowd))
    lucky = [answer for answer in first if isinstance(answer, OrderPlaced)]
    assert len(lucky) == JARS
    assert all(answer.to_pay is not None and answer.to_pay.minutes == 10 for answer in lucky)

    payers = [order for order in await rows_of(shop, Order)][: JARS // 2]
    people = {person.id: person for person in crowd}
    await asyncio.gather(*(pays(shop, order.id or 0, people[order.person_id], 1000) for order in payers))
    clock.advance(TEN_MINUTES)
    assert await lapse_due(shop) == JARS - len(payers)
    assert await sold(shop) == len(payers)

    again = await asyncio.gather(*(orders_one(shop, posted, person) for person in crowd[JARS:]))
    assert sum(isinstance(answer, OrderPlaced) for answer in again) == JARS - len(payers)
    assert await sold(shop) == JARS


async def test_money_that_arrives_as_the_time_is_over(
    shop: Shop, clock: Clock, posted: PostedPick, database_url: str
) -> None:
    """Whoever comes first, each order is paid for and stands, or it is cancelled and its money goes back."""
    crowd = {person.id: person for person in (make_person(f"Fan {n}") for n in range(12))}
    await asyncio.gather(*(orders_one(shop, posted, person) for person in crowd.values()))
    orders = await rows_of(shop, Order)
    clock.advance(TEN_MINUTES)
    async with opened(database_url) as second:
        elsewhere = Shop(database=second, now=clock.now, bot_id=1000, bot_username="vouch_bot")
        await asyncio.gather(
            lapse_due(elsewhere),
            *(pays(shop, order.id or 0, crowd[order.person_id], 1000) for order in orders[::2]),
            lapse_due(shop),
        )
        await lapse_due(elsewhere)
    await settle_all(shop)

    states = Counter((order.state, order.payment_state) for order in await rows_of(shop, Order))
    assert states == {
        (OrderState.PLACED, PaymentState.PAID): 6,
        (OrderState.CANCELLED, PaymentState.UNPAID): 6,
    }
    assert await sold(shop) == sum(line.quantity for line in await rows_of(shop, OrderLine)) == 6
    assert await rows_of(shop, Hold) == []
    assert await rows_of(shop, Refund) == []
    assert sum((await balances(shop, posted.pick.group_id)).values()) == 0


async def test_a_close_meets_payments_and_lapses(
    shop: Shop, clock: Clock, posted: PostedPick, database_url: str
) -> None:
    crowd = {person.id: person for person in (make_person(f"Fan {n}") for n in range(9))}
    await asyncio.gather(*(orders_one(shop, posted, person) for person in crowd.values()))
    orders = await rows_of(shop, Order)
    clock.advance(TEN_MINUTES)

    async def closes(where: Shop) -> None:
        async with where.writing() as uow:
            await close_pick(uow, posted.id, now=clock.now())

    async with opened(database_url) as second:
        elsewhere = Shop(database=second, now=clock.now, bot_id=1000, bot_username="vouch_bot")
        await asyncio.gather(
            closes(elsewhere),
            *(pays(shop, order.id or 0, crowd[order.person_id], 1000) for order in orders[::3]),
            lapse_due(elsewhere),
        )
        await lapse_due(shop)
    await settle_all(shop)

    states = Counter((order.state, order.payment_state) for order in await rows_of(shop, Order))
    assert states[OrderState.CANCELLED, PaymentState.UNPAID] == 6
    stands = states[OrderState.CONFIRMED, PaymentState.PAID]
    gone = states[OrderState.CANCELLED, PaymentState.REFUND_DUE]
    assert stands + gone == 3, "what came after the lapse goes back, since the pick has closed"
    assert await sold(shop) == stands
