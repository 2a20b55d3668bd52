"""Migrating SQLite in a process of its own, while the bot loads what it needs."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context

from sqlalchemy import make_url

from storage.engine import opened
from storage.schema import migrate


@contextmanager
def migrated_beside(url: str) -> Iterator[None]:
    """Bring SQLite up to date while the block runs; whoever opens it afterwards must look all the same.

    Alembic is needed for a moment, and whatever loads it holds a tenth more memory for months. Call it
    before there are threads: the process is forked, so that it has the models already.
    """
    if sys.platform != "linux" or make_url(url).get_backend_name() != "sqlite":
        yield
        return
    process = get_context("fork").Process(target=_migrate, args=(url,))
    process.start()
    try:
        yield
    finally:
        process.join()


def _migrate(url: str) -> None:
    # What goes wrong here goes wrong again where the bot looks, and is told there.
    with suppress(Exception):
        asyncio.run(_bring_up_to_date(url))


async def _bring_up_to_date(url: str) -> None:
    async with opened(url) as database:
        await migrate(database.write)
