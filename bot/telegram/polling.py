"""Our own getUpdates loop: an update is confirmed only after its effect is committed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Final, Protocol

import structlog
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.telegram.allowed import ALLOWED_UPDATES
from bot.telegram.api import VouchBot
from bot.telegram.backoff import backoff_seconds, seconds_of
from bot.telegram.dispatcher import Outcome

log = structlog.get_logger(__name__)

CONFLICT_SECONDS: Final = 10.0
#: What the answer to a long poll may take beyond the poll itself.
ANSWER_SECONDS: Final = 10.0
GOODBYE_SECONDS: Final = 2.0


class TokenRefused(Exception):
    """Telegram refused the bot token: it is mistyped or revoked, or the API address is wrong."""


class Deliver(Protocol):
    """What takes each update: `Dispatcher.deliver`."""

    async def __call__(self, raw: object, *, by_webhook: bool) -> Outcome: ...


class Poller:
    """Fetches updates, hands them over at once, and moves the offset past finished ones only."""

    def __init__(
        self,
        bot: VouchBot,
        deliver: Deliver,
        *,
        poll_seconds: int = 50,
        pause_seconds: float = 0.6,
        conflict_seconds: float = CONFLICT_SECONDS,
        retry_seconds: float = 0.5,
        on_poll: Callable[[], None] | None = None,
    ) -> None:
        self._bot = bot
        self._deliver = deliver
        self._poll_seconds = poll_seconds
        self._pause_seconds = pause_seconds
        self._conflict_seconds = conflict_seconds
        self._retry_seconds = retry_seconds
        self._on_poll = on_poll
        self._stopping = asyncio.Event()
        self._ended = asyncio.Event()
        self._drain_seconds = 0.0
        #: Fetched and not acknowledged; None: it failed and waits to be handed over again.
        self._open: dict[int, asyncio.Task[None] | None] = {}
        #: Acknowledged, but behind an open one, so that Telegram still sends them.
        self._done: set[int] = set()
        #: One past the last update fetched; None once Telegram has confirmed all of them.
        self._next: int | None = None

    async def run(self) -> None:
        """Poll until `stop`; raises TokenRefused. Cancelling it is a crash: nothing more is confirmed."""
        self._ended.clear()
        try:
            # Telegram answers 409 to getUpdates as long as a webhook is set.
            await self._persistently(lambda: self._bot.call("deleteWebhook"))
            while not self._stopping.is_set():
                self._start(await self._persistently(self._fetch) or ())
                await self._wait_for_effects()
            await self._part()
        finally:
            for task in self._running():
                task.cancel()
            self._ended.set()

    async def stop(self, *, within: float) -> None:
        """End the long poll at once; handlers in flight may finish (seconds) and are confirmed."""
        self._drain_seconds = within
        self._stopping.set()
        await self._ended.wait()

    async def _fetch(self) -> Sequence[object]:
        offset = self._offset()
        seconds = 0 if self._open else self._poll_seconds
        params: dict[str, object] = {"timeout": seconds, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            params["offset"] = offset
        updates = await self._bot.call("getUpdates", params, read_timeout=seconds + ANSWER_SECONDS)
        if self._on_poll is not None:
            self._on_poll()
        if not isinstance(updates, list):
            raise TelegramError("getUpdates answered with no list")
        if not updates and not self._open:
            # All is confirmed. After a quiet week ids start anew, perhaps below the old offset, so
            # it is not kept.
            self._next = None
        return updates

    def _offset(self) -> int | None:
        offset = min(self._open) if self._open else self._next
        if offset is None:
            self._done.clear()
        else:
            self._done = {update_id for update_id in self._done if update_id >= offset}
        return offset

    def _start(self, updates: Sequence[object]) -> None:
        for raw in updates:
            update_id = raw.get("update_id") if isinstance(raw, dict) else None
            if type(update_id) is not int:
                # Nothing to confirm it by: Telegram forgets it with the next one that has an id.
                log.error("update_without_id")
                continue
            if update_id in self._done or self._open.get(update_id) is not None:
                continue
            self._next = update_id + 1 if self._next is None else max(self._next, update_id + 1)
            self._open[update_id] = asyncio.create_task(self._hand_over(update_id, raw))

    async def _hand_over(self, update_id: int, raw: object) -> None:
        try:
            outcome = await self._deliver(raw, by_webhook=False)
        except Exception:
            log.exception("update_not_delivered", update_id=update_id)
            outcome = Outcome(acknowledged=False)
        if outcome.acknowledged:
            self._open.pop(update_id, None)
            self._done.add(update_id)
        else:
            self._open[update_id] = None

    async def _wait_for_effects(self) -> None:
        """Wait until all is done, but not for a slow one: after a pause, others are fetched."""
        until = asyncio.get_running_loop().time() + self._pause_seconds
        running = self._running()
        if running:
            await self._unless_stopped(asyncio.wait(running, timeout=self._pause_seconds))
        if self._open:
            await self._rest(until - asyncio.get_running_loop().time())

    async def _persistently(self, request: Callable[[], Awaitable[Any]]) -> Any:
        """Make a request until it succeeds, or return None when told to stop."""
        failures = 0
        while not self._stopping.is_set():
            try:
                return await self._unless_stopped(request())
            except (InvalidToken, EndPointNotFound):
                break
            except Conflict:
                log.error("another_poller", advice="the same token is polled elsewhere, or has a webhook")
                await self._rest(self._conflict_seconds)
            except RetryAfter as exc:
                await self._rest(seconds_of(exc))
            except TelegramError as exc:
                failures += 1
                seconds = backoff_seconds(failures, first=self._retry_seconds)
                log.warning("polling_failed", error=exc.message, failures=failures, seconds=round(seconds, 1))
                await self._rest(seconds)
        if self._stopping.is_set():
            return None
        raise TokenRefused("Telegram refused the bot token; check BOT_TOKEN and VOUCH_API_URL")

    async def _unless_stopped(self, work: Awaitable[Any]) -> Any:
        task = asyncio.ensure_future(work)
        stopped = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            task.cancel()
            stopped.cancel()

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):
                await self._stopping.wait()

    async def _part(self) -> None:
        running = self._running()
        if running:
            await asyncio.wait(running, timeout=self._drain_seconds)
        offset = self._offset()
        if offset is None:
            return
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self._bot.call("getUpdates", {"offset": offset, "limit": 1, "timeout": 0})
        except (TelegramError, TimeoutError):
            # Harmless: what is delivered again is known by its update id.
            log.info("last_offset_not_confirmed")

    def _running(self) -> list[asyncio.Task[None]]:
        return [task for task in self._open.values() if task is not None and not task.done()]
