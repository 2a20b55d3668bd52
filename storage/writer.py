"""Connections to SQLite: the one that writes, quick enough for a sale, and those that read."""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

_MAY_WAIT = frozenset({"commit", "rollback", "close"})


class WriterConnection(aiosqlite.Connection):
    """Runs statements where they are asked for; only what may wait for the disk goes to the thread.

    A statement on this connection takes microseconds, since the lock is held from BEGIN IMMEDIATE
    on and pages are cached, while each trip to the thread and back waits behind everything else
    that the loop has to do: a batch of twenty statements would wait forty times. BEGIN may wait for
    another process and COMMIT for the disk, so these two do go to the thread.
    """

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if _may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)


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


def _may_wait(fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
    if getattr(fn, "__name__", "") in _MAY_WAIT:
        return True
    return bool(args) and isinstance(args[0], str) and args[0].startswith(("BEGIN", "PRAGMA"))
