"""Telegram's rate limits as strict sliding windows."""

import math
from collections import deque
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.errors import too_many_requests


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """At most `requests` within `seconds`."""

    requests: int
    seconds: float


@dataclass(kw_only=True)
class Limits:
    """Counts a bot's sends and edits; everything can be changed or switched off while it runs.

    Telegram publishes no exact thresholds: these are the figures of its FAQ, held strictly.
    """

    clock: Clock
    enabled: bool = True
    overall: Limit | None = field(default_factory=lambda: Limit(requests=30, seconds=1.0))
    per_group: Limit | None = field(default_factory=lambda: Limit(requests=20, seconds=60.0))
    # One a second to a chat is only advice, since bursts are allowed; tests may make it strict.
    per_chat: Limit | None = None
    # setWebhook, as Telegram's own server holds it.
    per_webhook: Limit | None = field(default_factory=lambda: Limit(requests=1, seconds=1.0))
    refusals: int = 0
    _windows: dict[tuple[str, int, int], deque[float]] = field(default_factory=dict)

    def check(self, *, bot_id: int, chat_id: int, count: int = 1) -> None:
        """Count sends or edits, all of an album at once; raises ApiError 429 with the seconds to wait."""
        if not self.enabled:
            return
        now = self.clock.time()
        windows: list[tuple[deque[float], Limit | None]] = [
            (self._window("bot", bot_id, 0), self.overall),
            (self._window("chat", bot_id, chat_id), self.per_chat),
        ]
        if chat_id < 0:
            windows.append((self._window("group", bot_id, chat_id), self.per_group))
        self._count(windows, now, count)

    def check_webhook(self, *, bot_id: int) -> None:
        """Count a setWebhook; raises ApiError 429 with the seconds to wait."""
        if self.enabled:
            self._count([(self._window("webhook", bot_id, 0), self.per_webhook)], self.clock.time())

    def _count(self, windows: list[tuple[deque[float], Limit | None]], now: float, count: int = 1) -> None:
        waits = [_wait(window, limit, now, count) for window, limit in windows if limit is not None]
        if any(waits):
            self.refusals += 1
            raise too_many_requests(max(1, math.ceil(max(waits))))
        for window, limit in windows:
            if limit is not None:
                window.extend([now] * count)

    def _window(self, kind: str, bot_id: int, chat_id: int) -> deque[float]:
        return self._windows.setdefault((kind, bot_id, chat_id), deque())


def _wait(window: deque[float], limit: Limit, now: float, count: int) -> float:
    """Return the seconds until the window has room, 0 if it has; what is more than all of it needs all."""
    while window and window[0] <= now - limit.seconds:
        window.popleft()
    too_many = min(len(window) + count - limit.requests, len(window))
    return window[too_many - 1] + limit.seconds - now if too_many > 0 else 0.0
