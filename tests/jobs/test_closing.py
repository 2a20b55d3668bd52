"""Picks close when their deadline has come, each on its own."""

import asyncio
from datetime import timedelta

from bot.jobs.closing import close_due
from bot.services.picks import extend_pick
from bot.shop import Shop
from storage.states import PickState
from tests.clock import Clock
from tests.factories import make_group, make_order, make_pick

HOUR = timedelta(hours=1)


async def state_of(shop: Shop, pick_id: int) -> PickState:
    async with shop.reading() as uow:
        return (await uow.picks.get(pick_id)).pick.state


async def test_a_pick_closes_at_its_deadline_and_not_before(shop: Shop, clock: Clock) -> None:
    pick = await make_pick(shop, lasts=HOUR)
    await make_order(shop, pick=pick)
    clock.advance(HOUR - timedelta(seconds=1))
    assert await close_due(shop) == 0
    assert await state_of(shop, pick.id) is PickState.LIVE
    clock.advance(timedelta(seconds=1))
    assert await close_due(shop) == 1
    assert await state_of(shop, pick.id) is PickState.CLOSED


async def test_a_second_sweep_and_a_restart_find_nothing_to_do(shop: Shop, clock: Clock) -> None:
    pick = await make_pick(shop, lasts=HOUR)
    clock.advance(2 * HOUR)
    assert await close_due(shop) == 1
    async with shop.reading() as uow:
        waiting = await uow.outbox.count_waiting()
    assert await close_due(shop) == 0
    async with shop.reading() as uow:
        assert await uow.outbox.count_waiting() == waiting
    assert await state_of(shop, pick.id) is PickState.CLOSED


async def test_two_sweeps_at_once_close_each_pick_once(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    picks = [await make_pick(shop, group=group, lasts=HOUR) for _ in range(3)]
    clock.advance(HOUR)
    closed = await asyncio.gather(close_due(shop), close_due(shop))
    assert sum(closed) == len(picks)


async def test_a_pick_that_was_extended_stays_open(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    longer, due = [await make_pick(shop, group=group, lasts=HOUR) for _ in range(2)]
    async with shop.writing() as uow:
        await extend_pick(uow, longer.id, closes_at=clock.now() + 3 * HOUR, now=clock.now())
    clock.advance(HOUR)
    assert await close_due(shop) == 1
    assert await state_of(shop, longer.id) is PickState.LIVE
    assert await state_of(shop, due.id) is PickState.CLOSED
