"""What the pages for whoever watches the bot say."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.health import OVERDUE_AFTER, Health, attach
from bot.jobs.dead_letters import DatabaseDeadLetters
from bot.metrics import Metrics
from bot.shop import Shop
from storage.engine import Database, opened
from storage.schema import migrate
from storage.states import OutboxKind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOON = NOW.timestamp()

Client = TestClient[web.Request, web.Application]


@dataclass(kw_only=True)
class Watch:
    """A clock that goes when told to."""

    seconds: float = NOON

    def __call__(self) -> float:
        return self.seconds


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """An update as the metrics see it."""

    kind: str = "message"
    sent_at: int | None = None


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def metrics(watch: Watch) -> Metrics:
    return Metrics(clock=watch)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(f"sqlite:///{tmp_path}/vouch.db") as database:
        yield database


@pytest.fixture
def shop(database: Database, metrics: Metrics) -> Shop:
    return Shop(database=database, now=lambda: NOW, on_batch=metrics.on_batch)


@pytest.fixture
def health(shop: Shop, metrics: Metrics, watch: Watch) -> Health:
    return Health(shop=shop, counting=metrics, polling=True, clock=watch)


@pytest.fixture
async def client(health: Health, metrics: Metrics) -> AsyncIterator[Client]:
    app = web.Application()
    attach(app, health, metrics)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_all_is_well_with_a_migrated_database_and_an_answering_telegram(
    client: Client, database: Database, metrics: Metrics, watch: Watch
) -> None:
    await migrate(database.write)
    metrics.on_update(Arrived(), "handled", 0.01)
    watch.seconds += 5
    answer = await client.get("/healthz")
    assert answer.status == 200
    assert await answer.json() == {
        "status": "ok",
        "problems": [],
        "database": "ok",
        "migrations": "current",
        "updates_by": "polling",
        "last_poll_seconds": 5.0,
        "last_update_seconds": 5.0,
    }


async def test_a_database_that_is_not_migrated_is_named(client: Client) -> None:
    answer = await client.get("/healthz")
    report = await answer.json()
    assert answer.status == 503
    assert report["migrations"] == "due"
    assert "run_bot.py migrate" in report["problems"][0]


async def test_a_database_that_does_not_answer_is_named(client: Client, shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    async with opened(f"sqlite:///{tmp_path}/folder.db") as broken:
        shop.database = broken
        answer = await client.get("/healthz")
        report = await answer.json()
    assert answer.status == 503
    assert report["database"] == "OperationalError"
    assert "the database does not answer" in report["problems"][0]


async def test_a_telegram_that_has_long_been_silent_is_named(
    client: Client, database: Database, health: Health, watch: Watch
) -> None:
    await migrate(database.write)
    watch.seconds += 121
    answer = await client.get("/healthz")
    assert answer.status == 503
    assert (await answer.json())["problems"] == ["Telegram has not answered getUpdates for 121 seconds"]
    health.polled()
    assert (await client.get("/healthz")).status == 200


async def test_a_bot_that_is_stopping_wants_no_more_traffic(
    client: Client, database: Database, health: Health
) -> None:
    await migrate(database.write)
    health.say_stopping()
    answer = await client.get("/healthz")
    assert answer.status == 503
    assert (await answer.json())["problems"] == ["the bot is stopping"]


async def test_metrics_tell_of_updates_batches_sending_and_the_outbox(
    client: Client, database: Database, shop: Shop, metrics: Metrics
) -> None:
    await migrate(database.write)
    async with shop.writing() as uow:
        await uow.outbox.add(OutboxKind.MESSAGE, chat_id=1, payload={"text": "Hello"}, now=NOW)
        late = NOW - OVERDUE_AFTER - timedelta(seconds=1)
        await uow.outbox.add(OutboxKind.MESSAGE, chat_id=1, payload={"text": "Hello?"}, now=late)
    await DatabaseDeadLetters(shop).add(1, {"update_id": 1}, "ValueError: bad")
    metrics.on_update(Arrived(sent_at=int(NOON) - 3), "handled", 0.02)
    metrics.on_update(Arrived(kind="edited_message", sent_at=int(NOON) - 90_000), "handled", 0.02)
    metrics.on_update(Arrived(kind="callback_query"), "buried", 0.02)
    metrics.on_batch("orders", 7, 0.004)
    metrics.on_sent("sendMessage", "sent", 0.1)
    metrics.on_job("close_due", "done", 0.001)

    answer = await client.get("/metrics")
    lines = (await answer.text()).splitlines()

    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    for line in (
        'vouch_updates_total{kind="message",outcome="handled"} 1.0',
        'vouch_updates_total{kind="callback_query",outcome="buried"} 1.0',
        "vouch_update_lag_seconds_count 1.0",
        "vouch_update_lag_seconds_sum 3.0",
        'vouch_batch_size_sum{what="orders"} 7.0',
        "vouch_order_requests_total 7.0",
        'vouch_sent_total{method="sendMessage",outcome="sent"} 1.0',
        'vouch_outbox_depth{state="waiting"} 2.0',
        "vouch_outbox_overdue 1.0",
        'vouch_outbox_depth{state="failed"} 0.0',
        "vouch_dead_letters 1.0",
        'vouch_job_seconds_count{job="close_due",outcome="done"} 1.0',
    ):
        assert line in lines


async def test_metrics_are_told_even_when_the_database_is_ill(client: Client, metrics: Metrics) -> None:
    metrics.on_sent("sendMessage", "refused", 0.1)
    answer = await client.get("/metrics")
    assert answer.status == 200
    assert 'outcome="refused"' in await answer.text()
