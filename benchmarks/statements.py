"""Statements and commits an order costs: alone, and in a batch of a hundred."""

import asyncio
import tempfile
from collections import Counter
from pathlib import Path

from sqlalchemy import Connection, event

from benchmarks.server import set_up
from benchmarks.table import Row
from bot.rules.orders import Ask
from bot.services.orders import OrderRequest
from bot.shop import Shop
from storage.engine import opened
from storage.repositories.members import Seen
from storage.schema import migrate

BATCH = 100
CHAT_ID = -1001


async def measure() -> list[Row]:
    """Count what the database is asked, after every buyer has ordered once."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(f"sqlite:///{Path(folder) / 'bench.db'}") as database:
            await migrate(database.write)
            shop = Shop(database=database)
            pick_id, variant_id = await set_up(shop, CHAT_ID)
            counts: Counter[str] = Counter()
            _count(database.write.sync_engine, counts)
            updates = iter(range(10 * BATCH))

            async def order(people: int) -> None:
                counts.clear()
                requests = [
                    _request(next(updates), person_id=1 + number, pick_id=pick_id, variant_id=variant_id)
                    for number in range(people)
                ]
                await asyncio.gather(*(shop.orders.submit(request) for request in requests))

            await order(BATCH)
            await order(1)
            lone = dict(counts)
            await order(BATCH)
    alone = f"{lone['statements']} and {lone['commits']}"
    per_order = f"{counts['statements'] / BATCH:.2f} and {counts['commits'] / BATCH:.2f}"
    return [
        Row(
            what="statements and commits of a lone order",
            figure=alone,
        ),
        Row(what=f"statements and commits an order, {BATCH} at once", figure=per_order),
    ]


def _count(engine: object, counts: Counter[str]) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def statement(*_: object) -> None:
        counts["statements"] += 1

    @event.listens_for(engine, "commit")
    def commit(_: Connection) -> None:
        counts["commits"] += 1


def _request(update_id: int, *, person_id: int, pick_id: int, variant_id: int) -> OrderRequest:
    return OrderRequest(
        update_id=update_id,
        person=Seen(id=person_id, name=f"Member {person_id}", username=None, language="en"),
        chat_id=CHAT_ID,
        pick_id=pick_id,
        ask=Ask(action="change", items=((variant_id, 1),)),
    )
