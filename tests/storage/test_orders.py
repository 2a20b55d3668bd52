"""What is read of orders: one's own, the lines of a pick, a receipt."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.services.closing import close_pick
from bot.shop import Shop
from storage.models import Order
from storage.states import OrderState
from tests.clock import Clock
from tests.factories import make_group, make_order, make_person, make_pick


async def test_ones_own_orders_the_newest_first_page_by_page(shop: Shop) -> None:
    group, ann = await make_group(shop), make_person("Ann")
    honey = await make_pick(shop, group=group, title="Honey")
    scarf = await make_pick(shop, group=group, title="Scarf", variants={"red": 5, "blue": 5})
    tea = await make_pick(shop, group=group, title="Tea")
    await make_order(shop, pick=honey, person=ann, quantity=2)
    await make_order(shop, pick=scarf, person=ann, variant="blue")
    await make_order(shop, pick=scarf, person=ann, variant="red")
    await make_order(shop, pick=tea, person=ann)
    await make_order(shop, pick=tea, person=ann, quantity=-1)
    await make_order(shop, pick=honey, person=make_person("Bob"), quantity=5)
    async with shop.reading() as uow:
        own = await uow.orders.list_own(ann.id, limit=10)
        second = await uow.orders.list_own(ann.id, limit=1, offset=1)
        lines = await uow.orders.list_own_lines([order.order_id for order in own])
        assert await uow.orders.find_own(ann.id, own[0].order_id) == own[0]
        assert await uow.orders.find_own(ann.id + 1, own[0].order_id) is None
    assert [(order.title, order.state) for order in own] == [
        ("Tea", OrderState.CANCELLED),
        ("Scarf", OrderState.PLACED),
        ("Honey", OrderState.PLACED),
    ]
    assert second == own[1:2]
    assert [(line.title, line.variant, line.quantity) for line in lines] == [
        ("Scarf", "red", 1),
        ("Scarf", "blue", 1),
        ("Honey", "", 2),
    ]
    assert {(line.group_title, line.time_zone, line.currency) for line in lines} == {
        (group.title, group.time_zone, group.currency)
    }


async def test_the_lines_of_a_pick_by_order_and_variant(shop: Shop) -> None:
    scarf = await make_pick(shop, variants={"red": 9, "blue": 5})
    ann, bob, cem = make_person("Ann"), make_person("Bob"), make_person("Cem")
    await make_order(shop, pick=scarf, person=ann, variant="blue")
    await make_order(shop, pick=scarf, person=bob, variant="red", quantity=2)
    await make_order(shop, pick=scarf, person=cem, variant="red")
    await make_order(shop, pick=scarf, person=ann, variant="red", quantity=3)
    await make_order(shop, pick=scarf, person=cem, variant="red", quantity=-1)
    async with shop.reading() as uow:
        lines = await uow.orders.list_lines(scarf.id)
    assert [(line.number, line.name, line.variant, line.quantity) for line in lines] == [
        (1, "Ann", "red", 3),
        (1, "Ann", "blue", 1),
        (2, "Bob", "red", 2),
    ]


async def test_a_receipt_of_a_closed_pick(shop: Shop, clock: Clock) -> None:
    honey, ann = await make_pick(shop, price_amount=700), make_person("Ann")
    await make_order(shop, pick=honey, person=ann, quantity=2)
    clock.advance(timedelta(hours=9))
    async with shop.writing() as uow:
        await close_pick(uow, honey.id, now=shop.now())
        entry = (await uow.orders.load([(honey.id, ann.id)]))[honey.id, ann.id]
        person_id, lines = await uow.orders.receipt(entry.id)
    assert person_id == ann.id
    assert [(line.quantity, line.unit_amount, line.state) for line in lines] == [
        (2, 700, OrderState.CONFIRMED)
    ]


async def test_what_is_not_there_is_a_fault_to_get_and_nothing_to_find(shop: Shop) -> None:
    async with shop.reading() as uow:
        for missing in (uow.orders.receipt, uow.members.get, uow.groups.get, uow.picks.get):
            with pytest.raises(LookupError):
                await missing(999_999)
        assert await uow.members.find(999_999) is None
        assert await uow.groups.find_by_chat(999_999) is None
        assert await uow.orders.load([(999_999, 999_999)]) == {}
        assert await uow.picks.load([999_999]) == {}
        assert await uow.members.standings(999_999, [999_999]) == {}


async def test_a_moment_compares_alike_whichever_way_it_was_written(shop: Shop, clock: Clock) -> None:
    pick = await make_pick(shop)
    await make_order(shop, pick=pick, person=make_person("Ann"))
    placed_now = select(Order).where(col(Order.placed_at) >= clock.now(), col(Order.placed_at) <= clock.now())
    async with shop.database.read.connect() as connection:
        assert len((await connection.execute(placed_now)).all()) == 1
