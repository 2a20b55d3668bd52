"""The nightly look at the books."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.jobs.ledger import EVERY_SECONDS, audit_nightly
from bot.jobs.schedule import JOBS
from bot.metrics import Metrics
from bot.rules import ledger
from bot.shop import Shop
from storage.states import TransactionKind
from tests.factories import make_group, make_person
from tests.storage.stored import unguarded

NIGHT = datetime(2026, 3, 2, 3, 20, tzinfo=UTC)


@pytest.fixture
async def books(shop: Shop) -> Shop:
    """One order was charged."""
    group, ann = await make_group(shop), make_person()
    async with shop.writing() as uow:
        await uow.members.meet([ann], now=shop.now())
        await uow.ledger.post(
            TransactionKind.CHARGE, ledger.charge(ann.id, 1290, "EUR"), group_id=group.id or 0, now=shop.now()
        )
    return shop


async def test_of_the_hourly_runs_one_a_day_looks_at_the_books(books: Shop) -> None:
    (job,) = [job for job in JOBS if job.sweep is audit_nightly]
    assert job.seconds == EVERY_SECONDS
    hours = [NIGHT + timedelta(hours=hour) for hour in range(48)]
    looked = [await audit_nightly(replace(books, now=partial(at.astimezone, UTC))) for at in hours]
    assert looked == [hour in (0, 24) for hour in range(48)]


async def test_sound_books_are_noted(books: Shop) -> None:
    metrics = Metrics(clock=lambda: 1234.0)
    with capture_logs() as logs:
        assert await audit_nightly(replace(books, now=lambda: NIGHT, on_audit=metrics.on_audit))
    assert logs == [{"event": "books_audited", "log_level": "info", "transactions": 1, "faults": 0}]
    assert b"vouch_ledger_faults 0.0" in metrics.text()
    assert b"vouch_ledger_audited_timestamp_seconds 1234.0" in metrics.text()


async def test_broken_books_are_an_error_and_a_figure(books: Shop) -> None:
    async with unguarded(books.database) as connection:
        await connection.execute(text("UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0"))
    metrics = Metrics()
    with capture_logs() as logs:
        await audit_nightly(replace(books, now=lambda: NIGHT, on_audit=metrics.on_audit))
    errors = [entry["fault"] for entry in logs if entry["log_level"] == "error"]
    assert errors == [
        "all entries in EUR together come to 0.01 EUR instead of nothing",
        "transaction 1 comes to 0.01 EUR instead of nothing",
    ]
    assert b"vouch_ledger_faults 2.0" in metrics.text()
