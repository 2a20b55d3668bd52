"""The process is killed outright at the worst moments; after its return nothing is lost, nothing doubled."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.models import Order, OrderEvent, OrderLine, Pick, Variant
from tests.scenarios.house import EXPECTED_SECONDS, SECRET, Circle, House

ROOT = Path(__file__).parent.parent.parent

_GATE = """
    CREATE FUNCTION wait_at_the_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER gate AFTER INSERT ON order_event DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wait_at_the_gate();
    SELECT pg_advisory_lock(1);
"""


@asynccontextmanager
async def process_of(house: House, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as an operator runs it, ready to take updates; killed at the end.

    Its clock is the real one, behind the world's: what it had claimed has lapsed when the next bot looks.
    """
    house.account.updates.allowed = frozenset()
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("VOUCH_", "BOT_"))}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-OO",
        str(ROOT / "run_bot.py"),
        "run",
        env=ours | _environment(house),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await house.world.until(
            lambda: "chat_member" in house.account.updates.allowed, 20, "the process to listen"
        )
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _environment(house: House) -> dict[str, str]:
    settings = house.settings
    listen = settings.webhook_listen
    environment = {
        "BOT_TOKEN": house.account.token,
        "VOUCH_PROVIDER_TOKEN": house.provider_token,
        "VOUCH_API_URL": house.tg.url,
        "VOUCH_DATABASE_URL": house.database_url,
    }
    if settings.webhook_url is not None:
        environment |= {
            "VOUCH_WEBHOOK_URL": settings.webhook_url,
            "VOUCH_WEBHOOK_LISTEN": f"{listen.host}:{listen.port}",
            "VOUCH_WEBHOOK_SECRET": SECRET,
        }
    return environment


async def until(house: House, condition: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(EXPECTED_SECONDS):
        while not await condition():
            await house.something_stirs()


@asynccontextmanager
async def nobody_may_write(url: str) -> AsyncIterator[None]:
    """As long as it lasts, no transaction of another process commits an order."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with _sqlite_locked(address.database or ""):
            yield
        return
    async with _connected(url) as connection, connection.transaction():
        await connection.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")
        yield


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    address = make_url(url)
    connection = await asyncpg.connect(
        host=str(address.query["host"]), user="postgres", database=address.database
    )
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def no_commit_ends(url: str) -> AsyncIterator[None]:
    """As long as it lasts, whoever commits an order in PostgreSQL waits; afterwards she is cut off."""
    async with _connected(url) as connection:
        await connection.execute(_GATE)
        try:
            yield
        finally:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            )
            await connection.execute("SELECT pg_advisory_unlock_all()")
            await connection.execute("DROP FUNCTION wait_at_the_gate CASCADE")


@contextmanager
def _sqlite_locked(path: str) -> Iterator[None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def test_killed_between_hearing_and_storing(friends: Circle, tmp_path: Path) -> None:
    house = friends.house
    card = await friends.offers()
    await house.stops()
    async with process_of(house, tmp_path) as process, nobody_may_write(house.database_url):
        tap = await friends.ann.taps("Order", on=card)
        await friends.ben.says("+2", reply_to=card)
        await until(house, lambda: _handed_over(house, process))
        process.kill()
        await process.wait()
    assert await house.rows(Order) == []

    await house.starts()
    assert "€12.90" in (await tap.answered()).text
    await card.until(contains="3 of 20")
    await house.settles()
    assert sorted(line.quantity for line in await house.rows(OrderLine)) == [1, 2]
    assert len(friends.posts) == 2


async def _handed_over(house: House, process: asyncio.subprocess.Process) -> bool:
    if house.way == "webhook":
        # The process holds a connection in which it has begun to read the orders.
        return await _waits_for_orders(house.database_url)
    return any(
        "callback_query" in update
        for call in house.world.calls
        if call.method == "getUpdates"
        for update in call.answer.get("result", [])
    )


async def _waits_for_orders(url: str) -> bool:
    async with _connected(url) as connection:
        return bool(await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"))


@pytest.mark.every_way
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_killed_before_the_commit_has_ended(friends: Circle, tmp_path: Path) -> None:
    house = friends.house
    card = await friends.offers()
    await house.stops()
    async with process_of(house, tmp_path) as process, no_commit_ends(house.database_url):
        tap = await friends.ann.taps("Order", on=card)
        await until(house, lambda: _waits_for_orders(house.database_url))
        # Another's tap takes longer than the answer that was made meanwhile would.
        await (await friends.ben.taps("My order", on=card)).answered()
        assert tap.query is not None
        assert tap.query.answer is None
        assert house.account.updates.pending
        process.kill()
        await process.wait()
    assert await house.rows(Order) == []

    await house.starts()
    assert "€12.90" in (await tap.answered()).text
    await card.until(contains="1 of 20")
    await house.settles()
    assert len(await house.rows(OrderEvent)) == 1


async def test_killed_between_storing_and_answering(friends: Circle, tmp_path: Path) -> None:
    house = friends.house
    card = await friends.offers()
    await house.stops()
    async with process_of(house, tmp_path) as process:
        house.world.faults.slow(600, 1, method="answerCallbackQuery")
        house.world.faults.slow(600, 1, method="editMessageText")
        await friends.ann.taps("Order", on=card)
        await until(house, lambda: house.rows(Order))
        process.kill()
        await process.wait()
    house.world.faults.clear()

    await house.starts()
    await card.until(contains="1 of 20")
    await house.settles()
    (line,) = await house.rows(OrderLine)
    assert line.quantity == 1
    assert len(await house.rows(OrderEvent)) == 1


async def test_killed_between_storing_and_sending(friends: Circle, tmp_path: Path) -> None:
    house = friends.house
    await friends.ann.starts(house.account)
    card = await friends.offers()
    written = await friends.ann.says("+2", reply_to=card)
    await card.until(contains="2 of 20")
    await house.settles()
    await house.stops()
    posts, told = len(friends.posts), len(friends.private(friends.mei))
    async with process_of(house, tmp_path) as process:
        # The close is stored, and every word about it is on its way and gets no answer.
        for method in ("editMessageText", "sendMessage"):
            house.world.faults.slow(600, 10, method=method)
        await friends.mei.says("/close 1", in_=friends.group)
        await until(house, lambda: _is_closed(house))
        await until(house, lambda: _hang(house, 3))
        process.kill()
        await process.wait()
    house.world.faults.clear()
    assert "Closed" not in card.text

    await house.starts()
    await card.until(contains="Closed")
    await house.settles()
    assert len(friends.posts) == posts + 1, "that it is closed is said once"
    assert len(friends.private(friends.mei)) == told + 1
    assert "Ann: 2" in friends.private(friends.mei)[-1]
    assert "2 × Yunnan honey" in friends.private(friends.ann)[-1]
    assert written.reactions == {"👌": 1}


async def _is_closed(house: House) -> bool:
    (pick,) = await house.rows(Pick)
    return pick.closed_at is not None


async def _hang(house: House, calls: int) -> bool:
    return sum(fault.times for fault in house.world.faults.waiting) == 20 - calls


async def test_killed_again_and_again_during_a_sale(friends: Circle, tmp_path: Path) -> None:
    house = friends.house
    card = await friends.offers("12.90 Yunnan honey | 70 jars | till 20:00")
    buyers = [house.tg.person(f"Buyer {number}") for number in range(40)]
    await friends.ann.adds(*buyers, to=friends.group)
    await house.settles()
    await house.stops()
    for life in range(2):
        async with process_of(house, tmp_path) as process:
            for buyer in buyers:
                await buyer.taps("Order", on=card)
            # Killed with some of the taps stored and others not.
            await until(house, partial(_has_sold, house, life * len(buyers) + 5))
            process.kill()
            await process.wait()

    await house.starts()
    await house.settles()
    assert await _has_sold(house, 70)
    (variant,) = await house.rows(Variant)
    (pick,) = await house.rows(Pick)
    lines = await house.rows(OrderLine)
    assert variant.sold == pick.quantity == sum(line.quantity for line in lines) == 70
    assert pick.order_count == len(lines)
    assert len(await house.rows(OrderEvent)) == 70, "each tap counted once"
    assert len(friends.posts) == 2


async def _has_sold(house: House, at_least: int) -> bool:
    (variant,) = await house.rows(Variant)
    return variant.sold >= at_least
