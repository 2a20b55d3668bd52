"""Engines for SQLite and PostgreSQL, set up so that both keep the same promises."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import StaticPool, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.writer import Writer, connect_reader, connect_writer

_BUSY_SECONDS = 15
_WRITE_QUEUE_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Database:
    """Where to write and where to read: on SQLite one writer beside a pool of readers."""

    write: AsyncEngine
    read: AsyncEngine
    #: Units of work write through it; without one, through a pool.
    writer: Writer | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether the small database is in use."""
        return self.write.dialect.name == "sqlite"

    async def dispose(self) -> None:
        """Close every connection."""
        if self.writer is not None:
            await self.writer.engine.dispose()
        await self.write.dispose()
        await self.read.dispose()


def open_database(url: str, *, pool_size: int = 8) -> Database:
    """Open the database at a SQLAlchemy address; the async drivers are chosen here.

    What a statement's error says never holds its values: they are names and words of people.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        address = address.set(drivername="sqlite+aiosqlite")
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        write = create_async_engine(
            address,
            pool_size=1,
            max_overflow=0,
            pool_timeout=_WRITE_QUEUE_SECONDS,
            query_cache_size=1200,
            hide_parameters=True,
            async_creator=partial(connect_writer, address.database or ":memory:"),
        )
        read = create_async_engine(
            address,
            pool_size=4,
            max_overflow=0,
            pool_timeout=_WRITE_QUEUE_SECONDS,
            hide_parameters=True,
            async_creator=partial(connect_reader, address.database or ":memory:"),
        )
        shared = create_async_engine(
            address,
            poolclass=StaticPool,
            query_cache_size=1200,
            hide_parameters=True,
            async_creator=partial(connect_writer, address.database or ":memory:"),
        )
        _set_up_sqlite(write, begin="BEGIN IMMEDIATE")
        _set_up_sqlite(read, begin="BEGIN")
        _set_up_sqlite(shared)
        return Database(write=write, read=read, writer=Writer(shared, queue_seconds=_WRITE_QUEUE_SECONDS))
    engine = create_async_engine(
        address.set(drivername="postgresql+asyncpg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    return Database(write=engine, read=engine)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """A database that is closed at the end of the block."""
    database = open_database(url)
    try:
        yield database
    finally:
        await database.dispose()


def _set_up_sqlite(engine: AsyncEngine, *, begin: str | None = None) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: a SELECT outside one would read unlocked.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {_BUSY_SECONDS * 1000}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            # What is deleted is overwritten: else names would stand in the file long after they are gone.
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    if begin is not None:
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))
