"""Delivery of updates to a bot's webhook: in order within a lane, one in flight per lane, with retries."""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
from yarl import URL

from sandbox.changes import ChangeFeed
from sandbox.clock import Clock
from sandbox.updates import Lane, Update, UpdateQueue
from sandbox.wire import write_json

# Runs the method that came in an answer to an update, if there is one.
Execute = Callable[[aiohttp.ClientResponse], Awaitable[Any]]
_CAP = 60.0
_LONGEST_RETRY_AFTER = 3600
# A webhook that says for this long (seconds) that it is gone is taken at its word.
_GONE_FOR = 23 * 3600.0


@dataclass(kw_only=True, slots=True)
class WebhookTempo:
    """How patient deliveries are, in seconds of the world's clock; tests scale the waiting down."""

    backoff_scale: float = 1.0
    timeout: float = 60.0
    # Plain http:// to other machines, as Telegram's own server does in its local mode.
    anywhere: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookTarget:
    """What setWebhook was told."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""


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
        self.last_failed: Update | None = None
        self.is_gone = False
        self._queue = queue
        self._http = http
        self._execute = execute
        self._clock = clock
        self._changes = changes
        self._tempo = tempo
        self._lanes: dict[Lane, deque[Update]] = {}
        # Updates that an ordered fault holds back until a later one was taken.
        self._late: list[Update] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(target.max_connections)
        self._gone_since: float | None = None
        self._request = _request(target)

    def start(self) -> None:
        """Deliver what is pending, then everything that is queued from now on."""
        for update in self._queue.pending.values():
            self.accept(update)
        self._queue.sink = self.accept

    def accept(self, update: Update) -> None:
        """Put an update at the end of its lane."""
        if update.is_late:
            self._late.append(update)
            return
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
            self._let_late_ones_follow(updates.popleft())
        del self._lanes[lane]

    def _let_late_ones_follow(self, update: Update) -> None:
        followers = [late for late in self._late if late.update_id < update.update_id]
        for late in followers:
            self._late.remove(late)
            late.is_late = False
            self.accept(late)

    async def _deliver(self, update: Update) -> None:
        body = write_json(update.on_the_wire())
        failures = 0
        while update.update_id in self._queue.pending and not self.is_gone:
            if update.expires_at <= self._clock.time():
                self._queue.expire(update)
                return
            async with self._slots:
                retry_after = await self._attempt(update, body)
            if retry_after is None:
                self._queue.acknowledge(update)
                continue
            failures += 1
            wait = (retry_after or _backoff(failures)) * self._tempo.backoff_scale
            if self._clock.time() + wait > update.expires_at:
                self._queue.expire(update)
                return
            await self._clock.sleep(wait)

    async def _attempt(self, update: Update, body: bytes) -> float | None:
        """Post once; None if taken, otherwise the Retry-After in seconds (0 if none was given)."""
        times_out = self._queue.is_struck("webhook_timeout", update)
        timeout = aiohttp.ClientTimeout(total=self._tempo.timeout)
        try:
            async with self._http.post(
                **self._request, data=body, timeout=timeout, allow_redirects=False
            ) as response:
                if times_out:
                    raise TimeoutError
                if 200 <= response.status < 300:
                    self._gone_since = None
                    await self._execute(response)
                    return None
                return self._refused(response, update)
        except TimeoutError:
            self._failed("Read timeout expired", update)
        except (aiohttp.ClientError, OSError) as error:
            self._failed(_told(error), update)
        return 0.0

    def _refused(self, response: aiohttp.ClientResponse, update: Update) -> float:
        """Note a refusal and return how long the webhook asks to wait."""
        reason = response.reason or _phrase(response.status)
        self._failed(f"Wrong response from the webhook: {response.status} {reason}", update)
        self._note_gone(response.status)
        header = response.headers.get("Retry-After", "")
        return min(int(header[:9]), _LONGEST_RETRY_AFTER) if header.isdecimal() else 0.0

    def _note_gone(self, status: int) -> None:
        now = self._clock.time()
        if status != 410:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        elif now > self._gone_since + _GONE_FOR:
            self.is_gone = True
            self._queue.sink = None
            self._changes.notify("webhook_gone", self)

    def _failed(self, why: str, update: Update) -> None:
        self.last_error = (self._clock.date(), why)
        self.last_failed = update
        self._changes.notify("webhook_failed", self)


def _request(target: WebhookTarget) -> dict[str, Any]:
    """Return how to post to a target: a fixed address stands in for what its name resolves to."""
    url = URL(target.url if "://" in target.url else f"https://{target.url}")
    headers = {"Content-Type": "application/json"}
    if target.secret_token:
        headers["X-Telegram-Bot-Api-Secret-Token"] = target.secret_token
    request: dict[str, Any] = {"url": url, "headers": headers}
    if target.ip_address:
        headers["Host"] = url.authority.rpartition("@")[2]
        request |= {"url": url.with_host(target.ip_address), "server_hostname": url.host}
    return request


def _backoff(failures: int) -> float:
    """Return the seconds to wait: none at first, then doubling up to a random minute or two."""
    if failures == 1:
        return 0.0
    return min(2.0 ** min(failures - 1, 10), random.uniform(_CAP, 2 * _CAP))


def _told(error: Exception) -> str:
    """Return the words in which getWebhookInfo tells of a failed connection."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "Failed to resolve host: Name or service not known"
    if isinstance(error, aiohttp.ClientSSLError):
        return "SSL error {error:0A000086:SSL routines::certificate verify failed}"
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, ConnectionRefusedError):
        return "Connection refused"
    if isinstance(error, (aiohttp.ServerDisconnectedError, ConnectionResetError)):
        return "Connection reset by peer"
    return f"Connection failed: {type(error).__name__}"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
