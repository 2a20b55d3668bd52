"""What both engines promise: locks, pragmas, moments, large ids, and a database that refuses by itself."""

import asyncio
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import col

from bot.shop import Shop
from storage.engine import Database, opened
from storage.models import Offer, Order, OrderLine, Pick, Referral, Variant
from storage.states import ReferralSource
from storage.unit_of_work import reading, writing
from tests.factories import make_group, make_order, make_person, make_pick

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@only_sqlite
@pytest.mark.parametrize("side", ["write", "read"])
async def test_every_connection_to_sqlite_is_set_up(database: Database, side: str) -> None:
    engine = database.write if side == "write" else database.read
    async with engine.connect() as connection:
        said = {
            pragma: (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one()
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    full = 2
    assert said == {"journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "busy_timeout": 15_000}


@only_sqlite
async def test_every_pooled_reader_is_set_up(database: Database) -> None:
    connections = [await database.read.connect() for _ in range(4)]
    try:
        for connection in connections:
            assert (await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar_one() == 1
    finally:
        for connection in connections:
            await connection.close()


@only_sqlite
async def test_a_writer_holds_the_lock_before_it_reads(database: Database, database_url: str) -> None:
    async with opened(database_url) as other:
        async with database.write.begin():
            second = asyncio.create_task(_sell_one(other, variant_id=0))
            done, _ = await asyncio.wait([second], timeout=0.1)
            assert not done
        assert not await second


@only_sqlite
async def test_who_gives_up_waiting_for_another_process_holds_nothing(
    shop: Shop, database: Database, database_url: str
) -> None:
    honey = await make_pick(shop)
    sold = {honey.variants[0].id or 0: 1}
    async with opened(database_url) as other:
        async with other.write.begin():
            impatient = asyncio.create_task(_sell(database, sold))
            done, _ = await asyncio.wait([impatient], timeout=0.1)
            assert not done
            impatient.cancel()
        with pytest.raises(asyncio.CancelledError):
            await impatient
        async with asyncio.timeout(5):
            await _sell(database, sold)
            await _sell(other, sold)
    async with reading(database) as look:
        assert (await look.picks.get(honey.id)).variants[0].sold == 2


@only_sqlite
async def test_a_reader_is_not_kept_waiting_by_a_writer(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop)
    async with writing(database) as uow:
        await uow.picks.sell({honey.variants[0].id or 0: 5})
        async with asyncio.timeout(5), reading(database) as look:
            assert (await look.picks.get(honey.id)).variants[0].sold == 0
    async with reading(database) as look:
        assert (await look.picks.get(honey.id)).variants[0].sold == 5


_REFUSED = (IntegrityError, sqlite3.IntegrityError)
"""Bulk statements on SQLite go straight to its driver."""


async def test_two_writers_cannot_both_sell_the_last_one(
    shop: Shop, database: Database, database_url: str
) -> None:
    honey = await make_pick(shop, stock=1)
    variant_id = honey.variants[0].id or 0
    async with opened(database_url) as other:
        sold = await asyncio.gather(
            *(_sell_one(worker, variant_id=variant_id) for worker in (database, other, database, other))
        )
    assert sorted(sold) == [False, False, False, True]


async def test_the_database_itself_refuses_to_oversell(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop, stock=2)
    with pytest.raises(_REFUSED, match="ck_variant_oversold"):
        async with writing(database) as uow:
            await uow.picks.sell({honey.variants[0].id or 0: 3})


async def test_the_database_itself_refuses_to_sell_less_than_nothing(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop)
    with pytest.raises(_REFUSED, match="ck_variant_sold"):
        async with writing(database) as uow:
            await uow.picks.sell({honey.variants[0].id or 0: -1})


@pytest.mark.parametrize(
    ("change", "refuses"),
    [
        (update(Offer).values(price_amount=0), "ck_offer_price"),
        (update(OrderLine).values(quantity=0), "ck_order_line_quantity"),
        (update(Order).values(pick_id=999_999), "(?i)foreign key"),
        (update(Pick).values(curator_id=999_999), "(?i)foreign key"),
    ],
)
async def test_the_database_itself_refuses_nonsense(
    shop: Shop, database: Database, change: object, refuses: str
) -> None:
    await make_order(shop)
    with pytest.raises(IntegrityError, match=refuses):
        async with database.write.begin() as connection:
            await connection.execute(change)  # type: ignore[call-overload]


async def test_nobody_refers_herself_even_by_sql(shop: Shop, database: Database) -> None:
    group, ann = await make_group(shop), make_person()
    assert group.id is not None
    async with writing(database) as uow:
        await uow.members.meet([ann], now=shop.now())
    edge = Referral(
        group_id=group.id,
        person_id=ann.id,
        referrer_id=ann.id,
        source=ReferralSource.ADDED,
        referred_at=shop.now(),
    )
    with pytest.raises(IntegrityError, match="ck_referral_self"):
        async with writing(database) as uow:
            await uow.referrals.add(edge)


async def test_telegrams_largest_ids_are_kept_whole(shop: Shop) -> None:
    largest = 2**52 - 1
    ann = make_person(person_id=largest)
    group = await make_group(shop, chat_id=-1_000_000_000_000 - largest)
    honey = await make_pick(shop, group=group, message_id=2**31 - 1)
    await make_order(shop, pick=honey, person=ann)
    async with shop.reading() as uow:
        assert (await uow.members.get(largest)).id == largest
        found = await uow.groups.find_by_chat(-1_000_000_000_000 - largest)
        assert found is not None
        assert found.id == group.id


async def test_moments_come_back_in_utc_whatever_they_were_in(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop)
    almaty = timezone(timedelta(hours=5))
    moment = datetime(2026, 3, 2, 23, 30, 15, 123456, tzinfo=almaty)
    async with writing(database) as uow:
        posted = await uow.picks.get(honey.id)
        posted.pick.closes_at = moment
        await uow.picks.save(posted.pick)
    async with reading(database) as uow:
        stored = (await uow.picks.get(honey.id)).pick.closes_at
    assert stored == moment
    assert stored.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop)
    naive = datetime(2026, 3, 2, 12)  # noqa: DTZ001 - that is what must be refused
    with pytest.raises(StatementError, match="without a time zone"):
        async with database.write.begin() as connection:
            await connection.execute(update(Pick).where(col(Pick.id) == honey.id).values(closes_at=naive))


async def test_what_raises_leaves_nothing_behind(shop: Shop, database: Database) -> None:
    committed: list[int] = []
    shop.on_commit = lambda: committed.append(1)

    async def meet_and_fail() -> None:
        async with shop.writing() as uow:
            await uow.members.meet([make_person(person_id=77)], now=shop.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await meet_and_fail()
    async with reading(database) as uow:
        assert await uow.members.find(77) is None
    assert committed == []


async def test_what_is_changed_while_reading_is_thrown_away(shop: Shop, database: Database) -> None:
    group = await make_group(shop)
    assert group.id is not None
    async with reading(database) as uow:
        found = await uow.groups.get(group.id)
        found.title = "Another"
    async with reading(database) as uow:
        assert (await uow.groups.get(group.id)).title == group.title


async def test_the_two_kinds_of_address_open_the_right_engine(database: Database, database_url: str) -> None:
    assert database.is_sqlite == database_url.startswith("sqlite")
    async with database.read.connect() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1


async def _sell(database: Database, quantities: Mapping[int, int]) -> None:
    async with writing(database) as uow:
        await uow.picks.sell(quantities)


async def _sell_one(database: Database, *, variant_id: int) -> bool:
    """Sell one as a shop does: lock, look, and only then take; says whether there was one."""
    async with database.write.begin() as connection:
        query = select(col(Variant.stock) - col(Variant.sold)).where(col(Variant.id) == variant_id)
        left = (await connection.execute(query.with_for_update())).scalar_one_or_none()
        if not left:
            return False
        # Whoever did not hold the lock would have looked by now.
        await asyncio.sleep(0)
        await connection.execute(
            update(Variant).where(col(Variant.id) == variant_id).values(sold=col(Variant.sold) + 1)
        )
        return True
