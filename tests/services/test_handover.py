"""Choosing points, arrival, hand-over, undo and reminders, and the board's sums, on both databases."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot import edit_errors, errors, handover_errors
from bot.services.boards import page_of, point_sum, sums_of
from bot.services.closing import close_pick
from bot.services.handover import announce_arrival, code_of, hand_over, remind_the_missing, take_back
from bot.services.pickups import add_point, choose_point
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Order
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import NO_POINT, FulfilmentState, OrderState
from storage.tables import table
from tests.clock import Clock
from tests.factories import MEI_ID, make_order, make_person, make_pick


async def add_points(shop: Shop, posted: PostedPick, *names: str) -> list[int]:
    async with shop.writing() as uow:
        points = [
            await add_point(uow, posted.pick.group_id, name, by_id=MEI_ID, now=shop.now()) for name in names
        ]
    return [point.id or 0 for point in points]


async def closed_with(shop: Shop, people: int) -> tuple[PostedPick, list[int]]:
    """A closed pick with as many orders of one to three, and their keys."""
    posted = await make_pick(shop, stock=None)
    buyers = [make_person(f"Buyer {number}") for number in range(people)]
    for number, buyer in enumerate(buyers):
        await make_order(shop, pick=posted, person=buyer, quantity=1 + number % 3)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    async with shop.reading() as uow:
        entries = await uow.boards.list_entries(posted.id)
        return await uow.picks.get(posted.id), [entry.order_id for entry in entries]


async def opens_private(shop: Shop, *people: Seen) -> None:
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        for person in people:
            await uow.members.open_private(person.id, is_open=True)


async def test_a_new_order_goes_where_the_last_one_went(shop: Shop) -> None:
    ann = make_person()
    await opens_private(shop, ann)
    first = await make_pick(shop)
    harbour, school = await add_points(shop, first, "Harbour", "School")
    await make_order(shop, pick=first, person=ann)
    async with shop.writing() as uow:
        (order,) = await uow.pickups.list_own(ann.id, limit=5)
        assert order.point_id is None
        await choose_point(uow, order.id, school, person_id=ann.id, now=shop.now())
    second = await make_pick(shop, group=first.group)
    await make_order(shop, pick=second, person=ann)
    async with shop.reading() as uow:
        assert [o.point_id for o in await uow.pickups.list_own(ann.id, limit=5)] == [school, school]

    async with shop.writing() as uow:
        point = await uow.pickups.find_point(school)
        assert point is not None
        point.is_active = False
        await uow.pickups.save_point(point)
    third = await make_pick(shop, group=first.group)
    await make_order(shop, pick=third, person=ann)
    async with shop.reading() as uow:
        newest = (await uow.pickups.list_own(ann.id, limit=5))[0]
        assert newest.point_id == harbour, "it is the only one left"


async def test_every_confirmed_order_gets_a_code_of_its_own_at_the_close(shop: Shop) -> None:
    _, keys = await closed_with(shop, 30)
    async with shop.reading() as uow:
        codes = {(await uow.pickups.get(key)).code for key in keys}
        assert None not in codes
        assert len(codes) == 30
        order = await uow.pickups.get(keys[0])
        assert order.code is not None
        assert (await uow.pickups.find_by_code(order.code)) == order
        assert await uow.pickups.find_by_code("NOSUCHCODE") is None


async def test_an_order_from_before_there_were_codes_gets_one_when_it_is_asked_for(shop: Shop) -> None:
    _, keys = await closed_with(shop, 1)
    async with shop.writing() as uow:
        person_id = (await uow.pickups.get(keys[0])).person_id
        order = table(Order)
        none = update(order).where(order.c.id.in_(keys)).values(code=None)
        await (await uow.pickups._session.connection()).execute(none)
        assert (await code_of(uow, keys[0], person_id=person_id)).code
        with pytest.raises(errors.ButtonOutdated):
            await code_of(uow, keys[0], person_id=MEI_ID)


async def test_an_arrival_is_told_once_even_if_two_tell_it_at_once(shop: Shop) -> None:
    posted, keys = await closed_with(shop, 20)

    async def tells() -> int:
        async with shop.writing() as uow:
            return (await announce_arrival(uow, posted, NO_POINT, by_id=MEI_ID, now=shop.now())).orders

    assert sorted(await asyncio.gather(tells(), tells())) == [0, len(keys)]


async def test_nothing_is_withdrawn_that_is_being_handed_over(shop: Shop) -> None:
    posted, keys = await closed_with(shop, 1)

    async def withdraw() -> None:
        async with shop.writing() as uow:
            await withdraw_pick(uow, posted.id, reason="bad honey", by_id=MEI_ID, now=shop.now())

    async with shop.writing() as uow:
        await hand_over(uow, keys[0], by_id=MEI_ID, now=shop.now())
        # It has come as far as it can: to the order, or to the one writer of SQLite.
        withdrawing = asyncio.create_task(withdraw())
        await asyncio.wait({withdrawing}, timeout=0.3)
    with pytest.raises(edit_errors.HandedOver):
        await withdrawing
    async with shop.reading() as uow:
        order = await uow.pickups.get(keys[0])
        assert (order.state, [quantity for _, quantity in order.lines]) == (OrderState.COMPLETED, [1])


async def test_of_two_who_hand_over_one_order_one_does(shop: Shop) -> None:
    _, keys = await closed_with(shop, 1)

    async def hands() -> str:
        try:
            async with shop.writing() as uow:
                await hand_over(uow, keys[0], by_id=MEI_ID, now=shop.now())
        except handover_errors.HandedOverAlready as refusal:
            return refusal.by
        return "done"

    assert sorted(await asyncio.gather(hands(), hands(), hands())) == ["Mei", "Mei", "done"]


async def test_undoing_brings_an_order_back_and_only_once(shop: Shop) -> None:
    _, keys = await closed_with(shop, 1)
    async with shop.writing() as uow:
        with pytest.raises(handover_errors.NotHandedOver):
            await take_back(uow, keys[0], by_id=MEI_ID, now=shop.now())
        await hand_over(uow, keys[0], by_id=MEI_ID, now=shop.now())
        order = await take_back(uow, keys[0], by_id=MEI_ID, now=shop.now())
        assert (order.state, order.fulfilment) == (OrderState.CONFIRMED, FulfilmentState.READY)
        assert order.handed_over_by is None
        with pytest.raises(handover_errors.NotHandedOver):
            await take_back(uow, keys[0], by_id=MEI_ID, now=shop.now())


async def test_who_does_not_come_is_reminded_once_a_day_at_most(shop: Shop, clock: Clock) -> None:
    posted, keys = await closed_with(shop, 3)

    async def reminds() -> int:
        async with shop.writing() as uow:
            return (await remind_the_missing(uow, posted, NO_POINT, by_id=MEI_ID, now=shop.now())).orders

    assert await reminds() == 0, "nothing has arrived yet"
    async with shop.writing() as uow:
        await announce_arrival(uow, posted, NO_POINT, by_id=MEI_ID, now=shop.now())
        await hand_over(uow, keys[0], by_id=MEI_ID, now=shop.now())
    assert [await reminds(), await reminds()] == [2, 0]
    clock.advance(timedelta(hours=23))
    assert await reminds() == 0
    clock.advance(timedelta(hours=2))
    assert await reminds() == 2


async def test_an_open_pick_neither_arrives_nor_is_it_reminded_of(shop: Shop) -> None:
    posted = await make_pick(shop)
    async with shop.writing() as uow:
        with pytest.raises(handover_errors.PickStillOpen):
            await announce_arrival(uow, posted, NO_POINT, by_id=MEI_ID, now=shop.now())
        with pytest.raises(handover_errors.PickStillOpen):
            await remind_the_missing(uow, posted, NO_POINT, by_id=MEI_ID, now=shop.now())


async def test_the_sums_of_the_board_are_those_of_its_entries(shop: Shop) -> None:
    posted, keys = await closed_with(shop, 45)
    points = await add_points(shop, posted, "Harbour", "School")
    async with shop.writing() as uow:
        await uow.pickups.choose(keys[:20], points[0])
        await uow.pickups.choose(keys[20:30], points[1])
        await hand_over(uow, keys[0], by_id=MEI_ID, now=shop.now())
    async with shop.reading() as uow:
        facts = await sums_of(uow, posted)
        entries = await uow.boards.list_entries(posted.id)
        assert [(point.name, point.orders) for point in facts.points] == [
            ("Harbour", 20),
            ("School", 10),
            (None, 15),
        ]
        assert facts.quantity == sum(entry.quantity for entry in entries)
        assert facts.total.amount == sum(entry.amount for entry in entries)
        assert facts.quantity == sum(each.quantity for each in facts.variants)
        harbour = await point_sum(uow, posted.id, points[0])
        assert (harbour.waiting, harbour.handed) == (19, 1)
        listed = [await page_of(uow, facts, page) for page in range(4)]
        assert [len(page) for page, _ in listed] == [20, 20, 5, 5]
        assert [number for _, number in listed] == [0, 1, 2, 2]
        assert len({entry.order_id for page, _ in listed for entry in page}) == 45
        to_come = await uow.boards.count_entries(posted.id, point_id=points[0], whose="to_come")
        assert (to_come, await uow.boards.count_entries(posted.id, whose="handed")) == (19, 1)
        waits = Counter({each.point: each.orders for each in await uow.boards.list_open(MEI_ID)})
        assert waits == {"Harbour": 19, "School": 10, None: 15}


async def test_moving_away_what_has_arrived_makes_it_wait_again(shop: Shop) -> None:
    posted, keys = await closed_with(shop, 2)
    harbour, school = await add_points(shop, posted, "Harbour", "School")
    async with shop.writing() as uow:
        await uow.pickups.choose(keys, harbour)
        await announce_arrival(uow, posted, harbour, by_id=MEI_ID, now=shop.now())
        order = await uow.pickups.get(keys[0])
        order, _ = await choose_point(uow, order.id, school, person_id=order.person_id, now=shop.now())
        assert (order.point_name, order.fulfilment) == ("School", FulfilmentState.WAITING)
        again = await announce_arrival(uow, posted, school, by_id=MEI_ID, now=shop.now())
        assert again.orders == 1
