"""A backup is whole, even while somebody writes."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.backup import Damaged, NoDatabase, NoFolder, NotOurs, NotWritable, TargetExists, backup
from storage.engine import Database, opened
from storage.repositories.members import Seen
from storage.schema import is_current, migrate
from storage.unit_of_work import reading, writing

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def address(path: Path) -> str:
    return f"sqlite:///{path}"


async def meet_two(database: Database, number: int) -> None:
    """Write two people in one transaction, so that half of it would show."""
    people = [Seen(id=key, name=f"Person {key}", username=None, language="en") for key in (number, -number)]
    async with writing(database) as uow:
        await uow.members.meet(people, now=NOW)


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def ids_in(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM person ORDER BY id")]


async def test_a_backup_made_while_somebody_writes_is_whole_and_can_be_restored(tmp_path: Path) -> None:
    live, copy = tmp_path / "live.db", tmp_path / "copy.db"
    async with opened(address(live)) as database:
        await migrate(database.write)
        enough, stop = asyncio.Event(), asyncio.Event()
        written = 0

        async def keep_writing() -> None:
            nonlocal written
            while not stop.is_set():
                written += 1
                await meet_two(database, written)
                if written == 20:
                    enough.set()

        writer = asyncio.create_task(keep_writing())
        async with asyncio.timeout(10):
            await enough.wait()
        size = await asyncio.to_thread(backup, address(live), copy)
        at_backup = written
        stop.set()
        await writer

    found = ids_in(copy)
    assert size == copy.stat().st_size
    assert len([number for number in found if number > 0]) >= 20
    assert max(found) <= at_backup
    assert sorted(-number for number in found) == found, "a transaction is in it whole or not at all"
    assert [name for name in names_in(tmp_path) if "copy" in name] == ["copy.db"]

    async with opened(address(copy)) as restored:
        assert await is_current(restored.read)
        async with reading(restored) as uow:
            first = await uow.members.find(1)
        assert first is not None
        await meet_two(restored, 5_000_000)


async def test_a_backup_holds_what_stands_only_in_the_log(tmp_path: Path) -> None:
    live = tmp_path / "live.db"
    async with opened(address(live)) as database:
        await migrate(database.write)
        await meet_two(database, 7)
        assert (tmp_path / "live.db-wal").stat().st_size > 0
        backup(address(live), tmp_path / "copy.db")
    assert ids_in(tmp_path / "copy.db") == [-7, 7]


async def test_nobody_else_on_the_machine_can_read_it(tmp_path: Path) -> None:
    async with opened(address(tmp_path / "live.db")) as database:
        await migrate(database.write)
    backup(address(tmp_path / "live.db"), tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


async def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    async with opened(address(tmp_path / "live.db")) as database:
        await migrate(database.write)
    taken = tmp_path / "taken.db"
    taken.write_text("precious")
    with pytest.raises(TargetExists):
        backup(address(tmp_path / "live.db"), taken)
    assert taken.read_text() == "precious"


def test_without_a_database_there_is_no_backup_and_no_new_file(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase):
        backup(address(tmp_path / "nothing.db"), tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    async with opened(address(tmp_path / "live.db")) as database:
        await migrate(database.write)
    with pytest.raises(NoFolder):
        backup(address(tmp_path / "live.db"), tmp_path / "nowhere" / "copy.db")


async def test_a_damaged_database_makes_no_backup(tmp_path: Path) -> None:
    live = tmp_path / "live.db"
    async with opened(address(live)) as database:
        await migrate(database.write)
        for number in range(1, 200):
            await meet_two(database, number)
    content = bytearray(live.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 40_960] = bytes(40_960)
    live.write_bytes(bytes(content))
    with pytest.raises((Damaged, NotWritable)):
        backup(address(live), tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_for_postgresql_the_right_command_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(NotOurs) as caught:
        backup("postgresql://vouch:secret@db.example.org:5433/shop", tmp_path / "my copy.dump")
    assert caught.value.command == (
        f"pg_dump --format=custom '--file={tmp_path}/my copy.dump' "
        "postgresql://vouch@db.example.org:5433/shop"
    )
