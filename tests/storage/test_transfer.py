"""A database is carried into another, whole and proven, or not at all."""

import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlmodel import SQLModel

from bot.bookkeeping import audit_books
from bot.jobs.commissions import release_accrued
from bot.rules import ledger
from bot.shop import Shop
from storage.engine import Database, opened
from storage.models import LedgerEntry, Need, Offer, Order
from storage.schema import newest
from storage.states import TransactionKind
from storage.tables import table
from storage.transfer import (
    SameDatabase,
    SourceInUse,
    SourceOutdated,
    SourceUnreachable,
    TargetNotEmpty,
    TargetUnreachable,
    TransferFailed,
    transfer,
)
from tests.clock import Clock
from tests.databases import postgres_database
from tests.factories import make_group, make_person, make_pick
from tests.services.everything import Everywhere
from tests.services.money import make_paid_group, order_of, pays
from tests.services.rewards import WEEK, gets, joins, make_plan, opens
from tests.services.rows import rows_of
from tests.storage.stored import unguarded

NOBODYS_PORT = "postgresql://vouch@127.0.0.1:9/vouch"
LONG_AGO = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


@pytest.fixture
async def target_url(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path, worker_id: str
) -> AsyncIterator[str]:
    """An empty database of the other kind: a file that is not there yet, or tables without rows."""
    if database_url.startswith("postgresql"):
        yield f"sqlite:///{tmp_path}/new/vouch.db"
        return
    async with postgres_database(request.getfixturevalue("postgres"), f"vouch_{worker_id}_target") as url:
        yield url


def shop_on(database: Database, clock: Clock) -> Shop:
    return Shop(database=database, now=clock.now, bot_id=1000, bot_username="vouch_bot")


async def fill_every_table(shop: Shop) -> None:
    """At least a row in each table, and rows that refer to later ones of the same table."""
    group, ann = await make_group(shop), make_person("Анна 🐝")
    async with shop.writing() as uow:
        await uow.members.meet([ann], now=shop.now())
        await uow.ledger.post(
            TransactionKind.CHARGE, ledger.charge(ann.id, 1290, "EUR"), group_id=group.id or 0, now=shop.now()
        )
    async with shop.database.write.begin() as connection:
        everywhere = Everywhere(connection=connection, person=ann, now=shop.now(), secret="蜂蜜 'n' \\ tea")
        await everywhere.fill()
        for of in SQLModel.metadata.sorted_tables:
            if (await connection.execute(select(of).limit(1))).first() is None:
                await everywhere.row(of, {})
        for model, column in ((Offer, "origin_id"), (Need, "merged_into_id")):
            earlier = await everywhere.row(table(model), {})
            later = await everywhere.row(table(model), {})
            refers = update(table(model)).where(table(model).c.id == earlier["id"])
            await connection.execute(refers.values({column: later["id"]}))


async def sell(shop: Shop) -> None:
    """A paid order that somebody brought about, who earned by it."""
    group = await make_paid_group(shop)
    await make_plan(shop, group)
    ben = await joins(shop, group, make_person("Ben"))
    ann = await joins(shop, group, make_person("Ann"), by=ben)
    tea = await make_pick(shop, group=group, title="Tea")
    await opens(shop, tea, ann, of=ben)
    hers = await order_of(shop, tea, ann)
    await pays(shop, hers, ann, 1290)
    await gets(shop, tea, hers)


async def stored(url: str) -> Mapping[str, Mapping[tuple[Any, ...], Any]]:
    """Every row of every table, by its key."""
    async with opened(url) as database, database.read.connect() as connection:
        return {
            of.name: {
                tuple(row[column.name] for column in of.primary_key): dict(row)
                for row in (await connection.execute(select(of))).mappings()
            }
            for of in SQLModel.metadata.sorted_tables
        }


async def assert_empty(url: str) -> None:
    assert not any((await stored(url)).values())


async def test_every_row_of_every_table_is_carried(database_url: str, target_url: str, clock: Clock) -> None:
    async with opened(database_url) as database:
        await fill_every_table(shop_on(database, clock))
    before = await stored(database_url)
    assert all(before.values()), "the test is worth something only if no table is empty"

    moved = await transfer(database_url, target_url, late_before=LONG_AGO, portion=2)

    assert await stored(target_url) == before
    assert await stored(database_url) == before
    assert moved.rows == {name: len(rows) for name, rows in before.items()}
    assert moved.ledger_faults, "made-up rows balance nowhere, and just so in the copy"


async def test_a_shop_goes_on_where_it_was(database_url: str, target_url: str, clock: Clock) -> None:
    async with opened(database_url) as database:
        await sell(shop_on(database, clock))
    moved = await transfer(database_url, target_url, late_before=LONG_AGO)
    assert moved.ledger_faults == 0
    with pytest.raises(TargetNotEmpty):
        await transfer(database_url, target_url, late_before=LONG_AGO)

    async with opened(target_url) as database:
        shop = shop_on(database, clock)
        [old] = await rows_of(shop, Order)
        clock.advance(WEEK)
        await release_accrued(shop)
        await sell(shop)
        first, second = await rows_of(shop, Order)
        assert first.id == old.id != second.id
        async with shop.reading() as uow:
            assert (await audit_books(uow, now=shop.now())).says == []
        async with database.write.connect() as connection:
            with pytest.raises(Exception, match="the ledger is append-only"):
                await connection.execute(text("DELETE FROM ledger_entry"))


async def test_a_copy_that_breaks_off_leaves_nothing_and_can_be_made_anew(
    database_url: str, target_url: str, clock: Clock
) -> None:
    async with opened(database_url) as database:
        await sell(shop_on(database, clock))
        stray = {"id": 999, "transaction_id": 12_345, "account_id": 1, "amount": 5, "currency": "EUR"}
        async with unguarded(database) as connection:
            await connection.execute(insert(table(LedgerEntry)).values(stray))
    with pytest.raises(TransferFailed) as refusal:
        await transfer(database_url, target_url, late_before=LONG_AGO)
    assert refusal.value.table == "ledger_entry"
    await assert_empty(target_url)

    async with opened(database_url) as database, unguarded(database) as connection:
        await connection.execute(text("DELETE FROM ledger_entry WHERE id = 999"))
    assert (await transfer(database_url, target_url, late_before=LONG_AGO)).rows["orders"] == 1


async def test_tables_of_another_program_are_no_place_to_move_to(database_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes.db")) as notes:
        notes.execute("CREATE TABLE note (words TEXT)")
    with pytest.raises(TargetNotEmpty) as refusal:
        await transfer(database_url, f"sqlite:///{tmp_path}/notes.db", late_before=LONG_AGO)
    assert refusal.value.table == "note"


async def test_while_a_bot_has_it_open_nothing_is_moved(
    database: Database, database_url: str, target_url: str
) -> None:
    async with database.read.connect():
        pass
    with pytest.raises(SourceInUse):
        await transfer(database_url, target_url, late_before=LONG_AGO)


async def test_an_older_source_is_migrated_first(database_url: str, target_url: str) -> None:
    await stands_at(database_url, "0001")
    try:
        with pytest.raises(SourceOutdated):
            await transfer(database_url, target_url, late_before=LONG_AGO)
    finally:
        # PostgreSQL's database serves the next test, too.
        await stands_at(database_url, newest())


async def stands_at(url: str, version: str | None) -> None:
    async with opened(url) as database, database.write.begin() as connection:
        await connection.execute(
            text("UPDATE alembic_version SET version_num = :version"), {"version": version}
        )


async def test_a_database_is_not_moved_onto_itself(database_url: str) -> None:
    with pytest.raises(SameDatabase):
        await transfer(database_url, database_url, late_before=LONG_AGO)


async def test_what_does_not_answer_is_named(database_url: str) -> None:
    with pytest.raises(SourceUnreachable):
        await transfer(NOBODYS_PORT, database_url, late_before=LONG_AGO)
    with pytest.raises(TargetUnreachable):
        await transfer(database_url, NOBODYS_PORT, late_before=LONG_AGO)
