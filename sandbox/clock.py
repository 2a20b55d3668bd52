"""The world's clock: real time plus an offset that a test can push forward."""

import asyncio
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

# Far enough for every lifetime, and near enough for every calendar.
_FARTHEST = 100 * 366 * 86_400.0


class Clock:
    """Tells the world's time; only ever moves forward."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._listeners: list[Callable[[], None]] = []
        self._sleepers: set[asyncio.Future[None]] = set()

    def time(self) -> float:
        """Return Unix seconds."""
        return time.time() + self.offset

    def date(self) -> int:
        """Return whole Unix seconds, as the Bot API writes dates."""
        return int(self.time())

    def now(self) -> datetime:
        """Return an aware UTC time."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(self, by: float | timedelta) -> None:
        """Move the clock forward by seconds or a timedelta; raises ValueError for going back or too far."""
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        if seconds < 0:
            raise ValueError(f"the clock cannot go back ({seconds} s)")
        if not math.isfinite(seconds) or self.offset + seconds > _FARTHEST:
            raise ValueError("the clock cannot go further than a hundred years")
        self.offset += seconds
        for listener in self._listeners:
            listener()
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)

    def on_advance(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever the clock was moved forward."""
        self._listeners.append(listener)

    async def sleep(self, seconds: float) -> None:
        """Wait for that long by this clock: moving it forward shortens the wait."""
        until = self.time() + seconds
        while (left := until - self.time()) > 0:
            sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._sleepers.add(sleeper)
            try:
                await asyncio.wait((sleeper,), timeout=left)
            finally:
                self._sleepers.discard(sleeper)
