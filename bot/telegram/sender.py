"""Drains the outbox under Telegram's limits, one parcel a chat at a time."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from bot.telegram.api import VouchBot
from bot.telegram.limits import Limits, Pass, messages_in
from bot.telegram.parcels import File, Late, Outbox, Parcel, Refusal
from bot.telegram.verdicts import Done, Later, Moved, Silence, Verdict, judge

log = structlog.get_logger(__name__)

#: Waits between tries to write down what became of a parcel, in seconds.
SETTLE_AGAIN: Final = (0.1, 0.5, 2.0)

#: The shortest time between two looks, in seconds.
SHORTEST_LOOK_SECONDS: Final = 0.1

#: Called after each call: its method, "sent" | "unchanged" | "later" | "silence" | "moved" | "refused",
#: seconds taken.
OnSent = Callable[[str, str, float], None]


class Sender:
    """Sends parcels until told to stop; `wake` it after a commit that put some into the outbox."""

    def __init__(
        self,
        bot: VouchBot,
        outbox: Outbox,
        limits: Limits,
        *,
        concurrency: int = 32,
        look_seconds: float = 1.0,
        shortest_look_seconds: float = SHORTEST_LOOK_SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        on_sent: OnSent | None = None,
    ) -> None:
        self._bot = bot
        self._outbox = outbox
        self._limits = limits
        self._concurrency = concurrency
        self._look_seconds = look_seconds
        self._shortest_look_seconds = shortest_look_seconds
        self._now = now
        self._on_sent = on_sent
        self._awake = asyncio.Event()
        self._ended = asyncio.Event()
        self._stopping = False
        self._looked_at = 0.0
        #: When to wait no longer for what is on its way; there is one while it runs.
        self._deadline: asyncio.Timeout | None = None
        #: The chats being sent to, each with its one send; calls to no chat share one lane.
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._calls: set[asyncio.Future[object]] = set()

    @property
    def in_flight(self) -> int:
        """How many parcels are on their way."""
        return len(self._busy)

    def wake(self) -> None:
        """There may be something in the outbox."""
        self._awake.set()

    async def run(self) -> None:
        """Send until `stop`; cancelling it leaves what was taken to the outbox's own recovery."""
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(None) as self._deadline:
                    while not self._stopping:
                        self._awake.clear()
                        await self._rest(await self._send_what_is_due())
                    if self._busy:
                        await asyncio.wait(self._busy.values())
        finally:
            self._deadline = None
            for call in self._calls:
                call.cancel()
            if self._busy:
                await asyncio.wait(self._busy.values())
            self._ended.set()

    async def stop(self, *, within: float) -> None:
        """Take no more; let what is on its way finish (seconds), then give the rest back.

        An outbox that does not answer is waited for no longer, unless something was sent.
        """
        self._stopping = True
        self._awake.set()
        if self._deadline is not None:
            self._deadline.reschedule(asyncio.get_running_loop().time() + within)
        await self._ended.wait()

    async def _send_what_is_due(self) -> float:
        """Start what may go now; returns the seconds after which to look again."""
        free = min(self._concurrency - len(self._busy), self._limits.room())
        if free <= 0:
            return self._limits.wait() or self._look_seconds
        silent, full = self._limits.silent_chats(), self._limits.full_chats()
        try:
            parcels = await self._outbox.take(
                now=self._now(), limit=free, not_chats={*silent, *self._busy}, full_chats=set(full)
            )
            for parcel in parcels:
                await self._start(parcel)
        except Exception:
            log.exception("outbox_not_read")
            return self._look_seconds
        if len(parcels) >= free:
            return 0.0
        return min((self._look_seconds, *silent.values(), *full.values()))

    async def _start(self, parcel: Parcel) -> None:
        wait = self._limits.wait_for(parcel.chat_id, messages_in(parcel.method, parcel.params))
        if parcel.chat_id in self._busy:
            await self._give_back(parcel, seconds=0.0, reason="another one is on its way")
        elif wait:
            await self._give_back(parcel, seconds=min(wait, self._look_seconds), reason="the chat is full")
        else:
            begun = self._limits.begin(parcel.chat_id, parcel.method, parcel.params)
            self._busy[parcel.chat_id] = asyncio.create_task(self._send(parcel, begun))

    async def _give_back(self, parcel: Parcel, *, seconds: float, reason: str) -> None:
        await self._written(parcel, lambda: self._postpone(parcel, seconds=seconds, reason=reason))

    async def _send(self, parcel: Parcel, begun: Pass) -> None:
        started = time.perf_counter()
        try:
            verdict = await self._call(parcel, begun)
            await self._written(parcel, lambda: self._settle(parcel, verdict))
        finally:
            del self._busy[parcel.chat_id]
            self.wake()
        if self._on_sent is not None:
            self._on_sent(parcel.method, _word(verdict), time.perf_counter() - started)

    async def _call(self, parcel: Parcel, begun: Pass) -> Verdict:
        verdict: Verdict | None = None
        call = asyncio.ensure_future(self._make_and_call(parcel))
        self._calls.add(call)
        try:
            verdict = Done(result=await call)
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            verdict = Later(seconds=0.0, reason="stopped", attempt=False, perhaps_sent=True)
        except Exception as exc:
            verdict = judge(parcel, exc)
        finally:
            self._calls.discard(call)
            self._limits.end(begun, counted=_counted(verdict))
        # Before anything is awaited, so that nobody uses a chat that Telegram has just closed.
        self._heed(parcel, verdict)
        return verdict

    async def _make_and_call(self, parcel: Parcel) -> object:
        params = dict(parcel.params)
        for name, value in parcel.params.items():
            if not isinstance(value, Late):
                continue
            try:
                params[name] = File(name=value.name, content=await value.make())
            except Exception:
                log.exception("file_not_made", method=parcel.method, name=value.name)
                method, instead = value.otherwise
                return await self._bot.call(method, {"chat_id": parcel.chat_id, **instead})
        return await self._bot.call(parcel.method, params)

    def _heed(self, parcel: Parcel, verdict: Verdict) -> None:
        if isinstance(verdict, Silence):
            log.warning("silence_asked_for", chat_id=parcel.chat_id, seconds=verdict.seconds)
            self._limits.pause(verdict.seconds, 0 if verdict.everywhere else parcel.chat_id)
        elif isinstance(verdict, Refusal):
            log.warning("parcel_refused", method=parcel.method, chat_id=parcel.chat_id, code=verdict.code)

    async def _settle(self, parcel: Parcel, verdict: Verdict) -> None:
        match verdict:
            case Done():
                await self._outbox.delivered(parcel, verdict.result)
            case Refusal():
                await self._outbox.refused(parcel, error=verdict)
            case Moved():
                await self._outbox.migrated(parcel.chat_id, verdict.new_chat_id)
                await self._postpone(parcel, seconds=0.0, reason="the group moved")
            case Silence():
                await self._postpone(parcel, seconds=verdict.seconds, reason=verdict.reason)
            case Later():
                attempts = parcel.attempts + (1 if verdict.attempt else 0)
                await self._postpone(
                    parcel,
                    seconds=verdict.seconds,
                    reason=verdict.reason,
                    attempts=attempts,
                    perhaps_sent=verdict.perhaps_sent,
                )

    async def _postpone(
        self,
        parcel: Parcel,
        *,
        seconds: float,
        reason: str,
        attempts: int | None = None,
        perhaps_sent: bool = False,
    ) -> None:
        until = self._now() + timedelta(seconds=seconds)
        tried = parcel.attempts if attempts is None else attempts
        await self._outbox.postponed(
            parcel, until=until, reason=reason, attempts=tried, perhaps_sent=perhaps_sent
        )

    async def _written(self, parcel: Parcel, settle: Callable[[], Awaitable[None]]) -> None:
        # What Telegram did is done: not writing it down would send the parcel a second time.
        for seconds in (*SETTLE_AGAIN, None):
            try:
                return await settle()
            except Exception:
                log.exception("parcel_not_settled", parcel_id=parcel.id)
            if seconds is not None:
                await asyncio.sleep(seconds)
        return None

    async def _rest(self, seconds: float) -> None:
        if seconds <= 0 or self._stopping:
            return
        # Every commit wakes; in a busy sale most of them bring nothing that may go yet.
        pause = self._looked_at + self._shortest_look_seconds - time.monotonic()
        if pause > 0:
            await asyncio.sleep(pause)
        self._looked_at = time.monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(None if seconds == math.inf else seconds):
                await self._awake.wait()


def _counted(verdict: Verdict | None) -> bool:
    """Whether Telegram may have counted the call against its limits."""
    return not isinstance(verdict, Silence) and not (isinstance(verdict, Later) and not verdict.counted)


def _word(verdict: Verdict) -> str:
    if isinstance(verdict, Done):
        return "unchanged" if verdict.unchanged else "sent"
    words = {Later: "later", Silence: "silence", Moved: "moved", Refusal: "refused"}
    return words[type(verdict)]
