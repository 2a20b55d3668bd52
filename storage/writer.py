"""Connections to SQLite: the one that writes, quick enough for a sale, and those that read."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncEngine

#: How long readers are waited for; whoever wants to write waits as long.
_READERS_MILLISECONDS = 250
#: How often whoever waits for another process to write looks again.
_LOOK_AGAIN_SECONDS = 0.005


class WriterConnection(aiosqlite.Connection):
    """Runs statements where they are asked for; only what waits for the disk goes to the thread.

    A statement on this connection takes microseconds, since the lock is held from BEGIN IMMEDIATE
    on and pages are cached, while each trip to the thread and back waits behind everything else
    that the loop has to do: a batch of twenty statements would wait forty times. COMMIT waits for
    the disk.
    """

    def rows(self, statement: str, values: Mapping[str, Any]) -> list[Any]:
        """Run a statement here and now and return what it gives."""
        return self._conn.execute(statement, values).fetchall()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], str) and args[0].startswith("BEGIN"):
            return await self._begin(fn, *args, **kwargs)
        if self._waits(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)

    async def _begin(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Begin once nobody else writes.

        A wait in the thread would go on when its caller is gone, and then hold the lock for nobody.
        """
        [patience] = self._conn.execute("PRAGMA busy_timeout").fetchone()
        ends_at = time.monotonic() + patience / 1000
        while True:
            self._conn.execute("PRAGMA busy_timeout = 0")
            try:
                return fn(*args, **kwargs)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > ends_at:
                    raise
            finally:
                self._conn.execute(f"PRAGMA busy_timeout = {patience}")
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    def _waits(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        match getattr(fn, "__name__", ""):
            case "commit" | "rollback":
                return self._conn.in_transaction
            case "close":
                # Closing a cursor waits for nothing, and there is one to each statement.
                return not isinstance(getattr(fn, "__self__", None), sqlite3.Cursor)
            case _:
                return bool(args) and isinstance(args[0], str) and args[0].startswith("PRAGMA")


class Writer:
    """The one connection that a process writes SQLite with; transactions take turns on it.

    They begin and commit on the connection itself: what SQLAlchemy does around a transaction takes
    longer than a lone order does.
    """

    def __init__(self, engine: AsyncEngine, *, queue_seconds: float) -> None:
        #: For sessions within a transaction; it must hold this connection alone.
        self.engine = engine
        self._queue_seconds = queue_seconds
        self._turn = asyncio.Lock()
        self._connection: WriterConnection | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[WriterConnection]:
        """The block's end commits, raising undoes. Raises TimeoutError if no turn comes."""
        await self._take_turn()
        try:
            connection = self._connection or await self._connect()
            await connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                await connection.commit()
            except BaseException:
                await connection.rollback()
                raise
        finally:
            self._turn.release()

    async def empty_log(self) -> bool:
        """Write the log back into the file and cut it off; says whether no reader stood in the way.

        What was overwritten in the file stands in the log until it is overwritten there, too.
        """
        await self._take_turn()
        try:
            connection = self._connection or await self._connect()
            [patience] = connection.rows("PRAGMA busy_timeout", {})[0]
            await connection.execute(f"PRAGMA busy_timeout = {_READERS_MILLISECONDS}")
            try:
                cursor = await connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                found = await cursor.fetchone()
                await cursor.close()
            finally:
                await connection.execute(f"PRAGMA busy_timeout = {patience}")
            return found is not None and found[0] == 0
        finally:
            self._turn.release()

    async def _take_turn(self) -> None:
        if self._turn.locked():
            async with asyncio.timeout(self._queue_seconds):
                await self._turn.acquire()
        else:
            await self._turn.acquire()

    async def _connect(self) -> WriterConnection:
        async with self.engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
        assert isinstance(driver, WriterConnection)
        self._connection = driver
        return driver


async def connect_writer(path: str) -> aiosqlite.Connection:
    """The connection that writes."""
    return await _connected(
        WriterConnection(lambda: sqlite3.connect(path, check_same_thread=False, isolation_level=None), 64)
    )


async def connect_reader(path: str) -> aiosqlite.Connection:
    """A connection that reads, each statement in its thread."""
    return await _connected(aiosqlite.connect(path, isolation_level=None))


async def _connected(connection: aiosqlite.Connection) -> aiosqlite.Connection:
    thread = connection._thread
    thread.daemon = True
    try:
        return await connection
    except BaseException:
        # aiosqlite tells its thread to end and leaves; the thread would speak to a loop that is closed.
        await asyncio.to_thread(thread.join)
        raise
