"""The pages for whoever watches the bot: /healthz and /metrics."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy import text

from bot.counting import Counting
from bot.shop import Shop
from storage.schema import is_current

# The server is loaded by who shows pages or takes a webhook, and what counts by who is asked for figures.
if TYPE_CHECKING:
    from aiohttp import web

    from bot.metrics import Metrics

log = structlog.get_logger(__name__)

DATABASE_SECONDS: Final = 5.0
#: A long poll lasts 50 s and its answer may take 10 more; two of them without one is a fault.
POLL_SILENCE_SECONDS: Final = 120.0
OVERDUE_AFTER: Final = timedelta(minutes=5)
"""What waits to be sent for longer than that past its time is overdue."""


@dataclass(kw_only=True)
class Health:
    """Knows how the bot is; `polled` is for the poller to call after each answer of Telegram's."""

    shop: Shop
    counting: Counting
    polling: bool
    clock: Callable[[], float] = time.time
    poll_silence_seconds: float = POLL_SILENCE_SECONDS
    stopping: bool = field(init=False, default=False)
    last_poll_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.last_poll_at = self.clock()

    def polled(self) -> None:
        """Telegram has answered getUpdates."""
        self.last_poll_at = self.clock()

    def say_stopping(self) -> None:
        """From now on /healthz sends nobody here any more."""
        self.stopping = True
        log.info("stopping")

    async def report(self) -> dict[str, object]:
        """What /healthz says; `status` is "ok", or "failing" with the reasons in `problems`."""
        database, migrations = await self._database()
        silence = self.clock() - self.last_poll_at if self.polling else None
        problems = []
        if database != "ok":
            problems.append(f"the database does not answer ({database})")
        elif migrations != "current":
            problems.append("the database is not migrated: run `run_bot.py migrate`")
        if silence is not None and silence > self.poll_silence_seconds:
            problems.append(f"Telegram has not answered getUpdates for {silence:.0f} seconds")
        if self.stopping:
            problems.append("the bot is stopping")
        return {
            "status": "failing" if problems else "ok",
            "problems": problems,
            "database": database,
            "migrations": migrations,
            "updates_by": "polling" if self.polling else "webhook",
            "last_poll_seconds": None if silence is None else round(silence, 1),
            "last_update_seconds": self._since_update(),
        }

    async def refresh(self, metrics: "Metrics") -> None:
        """Read for the metrics what only the database knows."""
        async with self.shop.reading() as uow:
            waiting = await uow.outbox.count_waiting()
            overdue = await uow.outbox.count_overdue(before=self.shop.now() - OVERDUE_AFTER)
            failed = await uow.outbox.count_failed()
            dead_letters = await uow.updates.count_dead_letters()
        metrics.note_outbox(waiting=waiting, overdue=overdue, failed=failed, dead_letters=dead_letters)

    async def _database(self) -> tuple[str, str]:
        engine = self.shop.database.read
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                async with engine.connect() as connection:
                    await connection.execute(text("SELECT 1"))
                return "ok", "current" if await is_current(engine) else "due"
        except Exception as exc:
            log.warning("database_does_not_answer", error=type(exc).__name__)
            return type(exc).__name__, "unknown"

    def _since_update(self) -> float | None:
        at = self.counting.last_update_at
        return None if at is None else round(max(0.0, self.clock() - at), 1)


def attach(app: "web.Application", health: Health, metrics: "Metrics") -> None:
    """Add the routes; call it before the application starts."""
    from aiohttp import web

    from bot.metrics import CONTENT_TYPE

    async def healthz(_request: web.Request) -> web.Response:
        report = await health.report()
        return web.json_response(report, status=200 if report["status"] == "ok" else 503)

    async def figures(_request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                await health.refresh(metrics)
        except Exception as exc:
            # The other figures are wanted most when the database is ill.
            log.warning("outbox_not_counted", error=type(exc).__name__)
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", figures)
