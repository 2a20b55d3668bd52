"""Hands each raw update to its handlers and says whether Telegram may forget it."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

import structlog
from telegram import Update

from bot.telegram.application import VouchApplication
from bot.telegram.delivery import Delivery, current_delivery, delivery_of
from bot.telegram.lanes import Lanes
from bot.telegram.parsing import parse
from bot.telegram.redaction import redactor

log = structlog.get_logger(__name__)

REMEMBERED_FAILURES: Final = 10_000


class DeadLetters(Protocol):
    """Where updates go that could not be handled."""

    async def add(self, update_id: int | None, raw: object, error: str) -> None:
        """Store one for good; whatever it raises keeps the update unacknowledged."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of an update: may Telegram forget it, and the method call its response carries."""

    acknowledged: bool
    reply: dict[str, object] | None = None


#: Called after each update: the delivery, "handled" | "failed" | "buried" | "kept", seconds taken.
OnUpdate = Callable[[Delivery, str, float], None]

KEPT: Final = Outcome(acknowledged=False)
FORGOTTEN: Final = Outcome(acknowledged=True)


class Dispatcher:
    """Different people at once, one person's updates in order, poison put aside."""

    def __init__(
        self,
        application: VouchApplication,
        *,
        dead_letters: DeadLetters,
        max_attempts: int = 3,
        concurrency: int = 256,
        retry_seconds: float = 0.2,
        on_update: OnUpdate | None = None,
    ) -> None:
        self._application = application
        self._dead_letters = dead_letters
        self._max_attempts = max_attempts
        self._retry_seconds = retry_seconds
        self._on_update = on_update
        self._redact = redactor(application.bot.token)
        self._lanes = Lanes()
        self._slots = asyncio.Semaphore(concurrency)
        self._attempts: OrderedDict[int, int] = OrderedDict()

    @property
    def busy(self) -> int:
        """How many people's updates are being handled now."""
        return len(self._lanes)

    async def deliver(self, raw: object, *, by_webhook: bool) -> Outcome:
        """Handle one update as Telegram sent it.

        By webhook a failing update is left to Telegram's own redelivery; by polling it is tried
        again here. Cancelling it acknowledges nothing.
        """
        delivery = delivery_of(raw, by_webhook=by_webhook)
        if delivery is None or not isinstance(raw, dict):
            return FORGOTTEN if await self._bury(None, raw, ValueError("not an update")) else KEPT
        began = time.perf_counter()
        await self._lanes.enter(delivery.person_id)
        context = current_delivery.set(delivery)
        try:
            outcome, word = await self._handle(raw, delivery)
        finally:
            delivery.over = True
            current_delivery.reset(context)
            self._lanes.leave(delivery.person_id)
        if self._on_update is not None:
            self._on_update(delivery, word, time.perf_counter() - began)
        return outcome

    async def _handle(self, raw: dict[str, Any], delivery: Delivery) -> tuple[Outcome, str]:
        try:
            update = parse(raw, self._application.bot)
        except Exception as exc:
            return (FORGOTTEN, "buried") if await self._bury(delivery.update_id, raw, exc) else (KEPT, "kept")
        while True:
            # Taken only now: whoever waits for an earlier update of the same person holds no slot.
            async with self._slots:
                await self._application.process_update(update)
            await _ended(delivery)
            if delivery.failure is None:
                self._attempts.pop(delivery.update_id, None)
                return Outcome(acknowledged=True, reply=delivery.reply), "handled"
            attempt = self._count(delivery)
            if attempt >= self._max_attempts:
                return await self._give_up(raw, update, delivery)
            if delivery.by_webhook:
                return KEPT, "failed"
            await asyncio.sleep(self._retry_seconds * 2 ** (attempt - 1))
            delivery.failure = None

    def _count(self, delivery: Delivery) -> int:
        attempt = self._attempts.pop(delivery.update_id, 0) + 1
        self._attempts[delivery.update_id] = attempt
        if len(self._attempts) > REMEMBERED_FAILURES:
            self._attempts.popitem(last=False)
        log.warning("update_failed", kind=delivery.kind, attempt=attempt, exc_info=delivery.failure)
        return attempt

    async def _give_up(self, raw: object, update: Update, delivery: Delivery) -> tuple[Outcome, str]:
        error = delivery.failure
        assert error is not None
        if not await self._bury(delivery.update_id, raw, error):
            return KEPT, "kept"
        self._attempts.pop(delivery.update_id, None)
        # What the failed handler had answered is void; the error handlers may answer instead.
        delivery.reply = None
        await self._application.give_up(update, error)
        return Outcome(acknowledged=True, reply=delivery.reply), "buried"

    async def _bury(self, update_id: int | None, raw: object, error: Exception) -> bool:
        text = self._redact(f"{type(error).__name__}: {error}")
        try:
            await self._dead_letters.add(update_id, raw, text)
        except Exception:
            log.exception("dead_letter_not_written", update_id=update_id)
            return False
        log.error("update_put_aside", update_id=update_id, error=text)
        return True


async def _ended(delivery: Delivery) -> None:
    """Wait until what the reply tells of is stored."""
    if delivery.stored is None:
        return
    try:
        await delivery.stored
    except Exception as fault:
        delivery.failure = fault
