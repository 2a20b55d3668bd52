"""Migrations lead from nothing to the models' schema and back, on both engines."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from bot.services.members import join_group
from bot.shop import Shop
from storage.engine import Database, opened
from storage.schema import VersionUnknown, drift, is_current, migrate, newest
from tests.databases import Postgres
from tests.factories import make_group, make_person

_MIGRATIONS = Path(__file__).parents[2] / "storage" / "migrations"


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> AsyncIterator[str]:
    """The address of a database in which there is nothing yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        async with _postgres_without_tables(request.getfixturevalue("postgres"), f"empty_{worker_id}") as url:
            yield url


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    async with opened(empty_url) as database:
        yield database


async def test_nothing_becomes_the_schema_of_the_models(empty: Database) -> None:
    assert not await is_current(empty.write)
    await migrate(empty.write)
    assert await is_current(empty.write)
    assert await drift(empty.read) == []
    assert await _tables(empty) == {*SQLModel.metadata.tables, "alembic_version"}


async def test_the_schema_goes_back_to_nothing_and_comes_again(empty: Database) -> None:
    await migrate(empty.write)
    async with empty.write.begin() as connection:
        await connection.run_sync(_downgrade)
    assert await _tables(empty) == {"alembic_version"}
    await migrate(empty.write)
    assert await drift(empty.read) == []


async def test_migrating_what_is_current_changes_nothing(database: Database) -> None:
    before = await _tables(database)
    await migrate(database.write)
    assert await _tables(database) == before
    assert await is_current(database.write)


async def test_two_that_start_at_once_migrate_one_after_the_other(empty_url: str) -> None:
    async with opened(empty_url) as one, opened(empty_url) as other:
        await asyncio.gather(migrate(one.write), migrate(other.write))
        assert await is_current(one.write)
        assert await drift(other.read) == []


async def test_a_database_of_newer_code_is_left_alone(empty: Database) -> None:
    await migrate(empty.write)
    async with empty.write.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(VersionUnknown):
        await migrate(empty.write)
    assert not await is_current(empty.write)


async def test_drift_is_noticed(empty: Database) -> None:
    await migrate(empty.write)
    async with empty.write.begin() as connection:
        await connection.execute(text("DROP TABLE dead_letter"))
    assert any("dead_letter" in str(difference) for difference in await drift(empty.read))


async def test_chains_are_counted_for_whoever_brought_somebody_before(empty: Database) -> None:
    await migrate(empty.write)
    shop = Shop(database=empty)
    group = await make_group(shop)
    ann, bob, cem, dora = (make_person(name) for name in ("Ann", "Bob", "Cem", "Dora"))
    async with shop.writing() as uow:
        for newcomer, bringer in ((bob, ann), (cem, bob), (dora, bob)):
            await uow.members.meet([bringer], now=shop.now())
            await join_group(uow, group.id or 0, newcomer, link_url=None, added_by=bringer, now=shop.now())
    before = await _chains(empty)
    async with empty.write.begin() as connection:
        await connection.run_sync(_downgrade, "0003")
    await migrate(empty.write)

    assert await _chains(empty) == before
    assert (group.id, ann.id, 2, 2) in before[0]
    assert (group.id, bob.id, ann.id, 2) in before[1]


def test_versions_follow_one_another() -> None:
    names = sorted(path.name for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert [int(name.split("_")[0]) for name in names] == [*range(1, len(names) + 1)]
    assert newest() == names[-1].split("_")[0]


@asynccontextmanager
async def _postgres_without_tables(postgres: Postgres, name: str) -> AsyncIterator[str]:
    async with postgres.connected("postgres") as connection:
        await connection.execute(f'CREATE DATABASE "{name}"')
        yield postgres.url(name)
        await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


async def _tables(database: Database) -> set[str]:
    async with database.read.connect() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def _chains(database: Database) -> list[list[tuple[int, ...]]]:
    async with database.read.connect() as connection:
        return [
            [tuple(row) for row in await connection.execute(text(f"SELECT {columns} ORDER BY 1, 2, 3"))]
            for columns in (
                "group_id, person_id, level, people FROM downline",
                "group_id, person_id, referrer_id, people_below FROM chain_place",
            )
        ]


def _downgrade(connection: Connection, version: str = "base") -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.downgrade(config, version)
