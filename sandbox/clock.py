"""The world's clock: real time plus an offset that a test can push forward."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the world's time; only ever moves forward."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._listeners: list[Callable[[], None]] = []

    def time(self) -> float:
        """Return Unix seconds."""
        return time.time() + self._offset

    def date(self) -> int:
        """Return whole Unix seconds, as the Bot API writes dates."""
        return int(self.time())

    def now(self) -> datetime:
        """Return an aware UTC time."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(self, by: float | timedelta) -> None:
        """Move the clock forward by seconds or a timedelta; raises ValueError for going back."""
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        if seconds < 0:
            raise ValueError(f"the clock cannot go back ({seconds} s)")
        self._offset += seconds
        for listener in self._listeners:
            listener()

    def on_advance(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever the clock was moved forward."""
        self._listeners.append(listener)
