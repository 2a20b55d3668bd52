"""Seen updates and dead letters."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import AlreadyDone
from bot.jobs.pruning import prune
from bot.shop import Shop
from storage.engine import Database, opened
from storage.models import DeadLetter
from storage.unit_of_work import reading, writing
from tests.clock import Clock


async def record(database: Database, shop: Shop, *update_ids: int) -> set[int]:
    async with writing(database) as uow:
        return await uow.updates.record(update_ids, now=shop.now())


async def test_an_update_is_new_once(shop: Shop, database: Database) -> None:
    assert await record(database, shop, 1, 2) == {1, 2}
    assert await record(database, shop, 2, 3) == {3}
    assert await record(database, shop) == set()


async def test_of_two_workers_one_has_it(shop: Shop, database: Database, database_url: str) -> None:
    async with opened(database_url) as other:
        answers = await asyncio.gather(*(record(d, shop, 5) for d in (database, other, database, other)))
    assert sorted(map(len, answers)) == [0, 0, 0, 1]


async def test_an_update_whose_effect_was_undone_is_new_again(shop: Shop, database: Database) -> None:
    await record(database, shop, 1, 2)
    async with writing(database) as uow:
        await uow.updates.forget([2])
    assert await record(database, shop, 1, 2) == {2}


async def test_a_second_delivery_is_told_apart(shop: Shop) -> None:
    async with shop.handling(9):
        pass
    with pytest.raises(AlreadyDone):
        async with shop.handling(9):
            pytest.fail("it must not get here")


async def test_a_handler_that_fails_leaves_its_update_unseen(shop: Shop) -> None:
    async def fail() -> None:
        async with shop.handling(9):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with shop.handling(9):
        pass


async def test_what_cannot_come_again_is_forgotten(shop: Shop, database: Database, clock: Clock) -> None:
    letter = DeadLetter(update_id=1, raw={"update_id": 1}, error="RuntimeError", died_at=shop.now())
    async with writing(database) as uow:
        await uow.updates.add_dead_letter(letter)
    await record(database, shop, 1)
    clock.advance(shop.policy.updates_kept + timedelta(seconds=1))
    await record(database, shop, 2)
    await prune(shop)
    assert await record(database, shop, 1, 2) == {1}
    async with reading(database) as uow:
        assert await uow.updates.count_dead_letters() == 1
    clock.advance(shop.policy.failures_kept)
    await prune(shop)
    async with reading(database) as uow:
        assert await uow.updates.count_dead_letters() == 0
