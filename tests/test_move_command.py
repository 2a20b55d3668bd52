"""`run_bot.py move`, as an operator meets it."""

import asyncio
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.command_line import command_line
from bot.moving import why_not
from bot.shop import Shop
from run_bot import demo, run
from storage.engine import opened
from storage.schema import migrate
from storage.transfer import (
    CopyDiffers,
    SameDatabase,
    SourceInUse,
    SourceOutdated,
    SourceUnreachable,
    TargetNotEmpty,
    TargetUnreachable,
    TransferFailed,
    TransferRefused,
)
from tests.clock import Clock
from tests.databases import Postgres, sqlite_database
from tests.factories import make_order
from tests.test_command_line import finished, started

MIDWAY = "LOCK TABLE orders IN EXCLUSIVE MODE"
WAITING = "SELECT count(*) FROM pg_locks WHERE relation = 'orders'::regclass AND NOT granted"


@pytest.fixture
async def old_url(tmp_path: Path, sqlite_template: Path, clock: Clock) -> AsyncIterator[str]:
    """A file that holds an order, and that nobody has open."""
    async with sqlite_database(tmp_path / "vouch.db", sqlite_template) as url:
        async with opened(url) as database:
            await make_order(Shop(database=database, now=clock.now, bot_id=1000, bot_username="vouch_bot"))
        yield url


@pytest.fixture
async def new_url(postgres: Postgres, worker_id: str) -> AsyncIterator[str]:
    """A database on the server, as createdb makes it."""
    name = f"vouch_{worker_id}_new"
    async with postgres.connected("postgres") as connection:
        await connection.execute(f'CREATE DATABASE "{name}"')
        yield postgres.url(name)
        await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


async def test_a_file_moves_to_a_server_even_if_the_first_time_is_broken_off(
    old_url: str, new_url: str, postgres: Postgres, clock: Clock, tmp_path: Path
) -> None:
    environment = {"VOUCH_DATABASE_URL": old_url}
    async with opened(new_url) as database:
        await migrate(database.write)
    async with postgres.connected(new_url.split("/")[3].split("?")[0]) as glance:
        transaction = glance.transaction()
        await transaction.start()
        await glance.execute(MIDWAY)
        async with started("move", new_url, environment=environment, at=tmp_path) as process:
            async with asyncio.timeout(60):
                while not await glance.fetchval(WAITING):
                    pass
            process.send_signal(signal.SIGINT)
            _, err = await process.communicate()
        await transaction.rollback()
        assert (process.returncode, err) == (1, b"Interrupted: nothing was moved.\n")
        assert await glance.fetchval("SELECT count(*) FROM person") == 0

    code, out, complaint = await finished("move", new_url, environment=environment, at=tmp_path)
    assert (code, complaint) == (0, "")
    assert "           1  orders\n" in out
    assert "everything balances" in out
    assert "VOUCH_DATABASE_URL" in out


def says(*words: str, of: str) -> tuple[int, str]:
    """The exit code and the complaint of a move that ends by itself at once, in this process."""
    result = CliRunner().invoke(
        command_line(run=run, demo=demo), ["move", *words], env={"VOUCH_DATABASE_URL": of}
    )
    assert result.stdout == ""
    return result.exit_code, result.stderr


def test_beside_a_running_bot_nothing_is_moved(sqlite_template: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(sqlite_template, tmp_path / "vouch.db"))
    with closing(sqlite3.connect(file)) as bot:
        bot.execute("SELECT count(*) FROM orders")
        code, said = says(f"sqlite:///{tmp_path}/new.db", of=f"sqlite:///{file}")
    assert code == 1
    assert "stop the bot first" in said
    assert not (tmp_path / "new.db").exists()


def test_what_is_no_address_and_what_is_not_there_is_named(tmp_path: Path) -> None:
    nothing = f"sqlite:///{tmp_path}/vouch.db"
    code, said = says("server", of=nothing)
    assert code == 1
    assert said.startswith("TO_URL must be sqlite:///")
    code, said = says(f"sqlite:///{tmp_path}/new.db", of=nothing)
    assert code == 1
    assert said.startswith("There is no database at")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("refusal", "word"),
    [
        (SameDatabase(), "another"),
        (SourceUnreachable("OSError"), "check VOUCH_DATABASE_URL"),
        (SourceInUse(), "stop the bot"),
        (SourceOutdated(), "run_bot.py migrate"),
        (TargetUnreachable("OSError"), "check TO_URL"),
        (TargetNotEmpty("person"), "table person"),
        (TransferFailed("DBAPIError", "orders"), "at the table orders (DBAPIError)"),
        (TransferFailed("DBAPIError"), "nothing was moved"),
        (CopyDiffers("orders"), "nothing was moved"),
    ],
    ids=lambda case: type(case).__name__,
)
def test_every_refusal_is_one_sentence_that_says_what_to_do(refusal: TransferRefused, word: str) -> None:
    said = why_not(refusal)
    assert word in said
    assert "\n" not in said
