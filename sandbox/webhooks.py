"""Delivery of updates to a bot's webhook: in order within a lane, one in flight per lane, with retries."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.changes import ChangeFeed
from sandbox.clock import Clock
from sandbox.updates import Json, Lane, Update, UpdateQueue

Execute = Callable[[str, Json], Awaitable[Any]]
_CAP = 60.0
_LONGEST_RETRY_AFTER = 3600.0
_NOT_BY_WEBHOOK = ("get", "setwebhook", "deletewebhook", "close", "logout")


@dataclass(kw_only=True, slots=True)
class WebhookTempo:
    """How patient deliveries are; tests scale the waiting down."""

    backoff_scale: float = 1.0
    timeout: float = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookTarget:
    """What setWebhook was told."""

    url: str
    secret_token: str = ""
    max_connections: int = 40


class WebhookDelivery:
    """Posts a queue's updates to one URL until stopped."""

    def __init__(
        self,
        *,
        queue: UpdateQueue,
        target: WebhookTarget,
        http: aiohttp.ClientSession,
        execute: Execute,
        clock: Clock,
        changes: ChangeFeed,
        tempo: WebhookTempo,
    ) -> None:
        self.target = target
        self.last_error: tuple[int, str] | None = None
        self._queue = queue
        self._http = http
        self._execute = execute
        self._clock = clock
        self._changes = changes
        self._tempo = tempo
        self._lanes: dict[Lane, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(target.max_connections)
        self._headers = {"Content-Type": "application/json"}
        if target.secret_token:
            self._headers["X-Telegram-Bot-Api-Secret-Token"] = target.secret_token

    def start(self) -> None:
        """Deliver what is pending, then everything that is queued from now on."""
        for update in self._queue.pending.values():
            self.accept(update)
        self._queue.sink = self.accept

    def accept(self, update: Update) -> None:
        """Put an update at the end of its lane."""
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque((update,))
        task = asyncio.get_running_loop().create_task(self._run(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Stop delivering; what is pending stays in the queue."""
        self._queue.sink = None
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, lane: Lane) -> None:
        updates = self._lanes[lane]
        while updates:
            await self._deliver(updates[0])
            updates.popleft()
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        body = json.dumps(update.to_json(), ensure_ascii=False, separators=(",", ":")).encode()
        failures = 0
        while update.update_id in self._queue.pending:
            if update.expires_at <= self._clock.time():
                self._queue.drop_expired()
                return
            async with self._slots:
                retry_after = await self._attempt(body)
            if retry_after is None:
                self._queue.acknowledge(update)
                continue
            failures += 1
            wait = retry_after or (0.0 if failures == 1 else min(2.0 ** (failures - 1), _CAP))
            await asyncio.sleep(wait * self._tempo.backoff_scale)

    async def _attempt(self, body: bytes) -> float | None:
        """Post once; None if taken, otherwise the Retry-After in seconds (0 if none was given)."""
        try:
            timeout = aiohttp.ClientTimeout(total=self._tempo.timeout)
            async with self._http.post(
                self.target.url, data=body, headers=self._headers, timeout=timeout, allow_redirects=False
            ) as response:
                if 200 <= response.status < 300:
                    reply = await response.read()
                    retry_after = None
                else:
                    reply = b""
                    self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                    retry_after = _seconds(response.headers.get("Retry-After"))
        except TimeoutError:
            self._failed("Read timeout expired")
            return 0.0
        except (aiohttp.ClientError, OSError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return 0.0
        if reply:
            await self._run_method(reply)
        return retry_after

    async def _run_method(self, reply: bytes) -> None:
        """Execute a method found in the answer; Telegram never tells how it went."""
        try:
            call = json.loads(reply)
        except ValueError:
            return
        if not isinstance(call, dict) or not isinstance(call.get("method"), str):
            return
        name = call.pop("method")
        if not name.lower().startswith(_NOT_BY_WEBHOOK):
            await self._execute(name, call)

    def _failed(self, why: str) -> None:
        self.last_error = (self._clock.date(), why)
        self._changes.notify("webhook_failed", self)


def _seconds(header: str | None) -> float:
    return min(float(header), _LONGEST_RETRY_AFTER) if header and header.isdigit() else 0.0
