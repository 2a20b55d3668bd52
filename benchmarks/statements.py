"""Statements and commits an order costs: alone, and in a batch of a hundred."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from benchmarks.server import set_up
from benchmarks.table import Row
from bot.rules.orders import Ask
from bot.services.orders.requests import OrderRequest
from bot.shop import Shop
from storage.engine import opened
from storage.repositories.members import Seen
from storage.schema import migrate
from storage.writer import WriterConnection

BATCH = 100
CHAT_ID = -1001


async def measure() -> list[Row]:
    """Count what the database is asked, in a group without pick-up points."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(f"sqlite:///{Path(folder) / 'bench.db'}") as database:
            await migrate(database.write)
            shop = Shop(database=database)
            pick_id, variant_id = await set_up(shop, CHAT_ID)
            counts: Counter[str] = Counter()
            assert database.writer is not None
            async with database.writer.transaction() as connection:
                await _count(connection, counts)
            updates = iter(range(10 * BATCH))

            async def order(people: int, *, first: int = 1) -> None:
                counts.clear()
                requests = [
                    _request(next(updates), person_id=first + number, pick_id=pick_id, variant_id=variant_id)
                    for number in range(people)
                ]
                await asyncio.gather(*(shop.orders.submit(request) for request in requests))

            await order(BATCH)
            await order(1)
            lone = dict(counts)
            await order(1, first=BATCH + 1)
            newcomer = dict(counts)
            await order(BATCH)
    per_order = f"{counts['statements'] / BATCH:.2f} and {counts['commits'] / BATCH:.2f}"
    return [
        Row(what="statements and commits of a lone order, not the buyer's first", figure=_figure(lone)),
        Row(what="statements and commits of a newcomer's lone order", figure=_figure(newcomer)),
        Row(what=f"statements and commits an order, {BATCH} at once", figure=per_order),
    ]


def _figure(counts: Mapping[str, int]) -> str:
    return f"{counts['statements']} and {counts['commits']}"


async def _count(connection: WriterConnection, counts: Counter[str]) -> None:
    """Count what SQLite itself is asked, whoever asks; what makes ready for a transaction is no statement."""

    def asked(statement: str) -> None:
        if statement.startswith("COMMIT"):
            counts["commits"] += 1
        elif not statement.startswith(("BEGIN", "PRAGMA", "--")):
            counts["statements"] += 1

    await connection.set_trace_callback(asked)


def _request(update_id: int, *, person_id: int, pick_id: int, variant_id: int) -> OrderRequest:
    return OrderRequest(
        update_id=update_id,
        person=Seen(id=person_id, name=f"Member {person_id}", username=None, language="en"),
        chat_id=CHAT_ID,
        pick_id=pick_id,
        ask=Ask(action="change", items=((variant_id, 1),)),
    )
