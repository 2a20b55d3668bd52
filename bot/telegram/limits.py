"""Telegram's limits of sending, kept so that it never has to answer 429.

Why sliding windows counted from the answer, and not a leaky bucket: docs/decisions/0002-sending-limits.md.
"""

import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

# Telegram's clock and ours may run at slightly different speeds.
MARGIN: Final = 1.002
COUNTED: Final = ("send", "edit", "copy", "forward")
FREE: Final = frozenset({"sendChatAction", "answerCallbackQuery"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """No more than `count` in any `seconds`."""

    count: int
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """What Telegram bears: overall, to a group, to any chat (one a second, in small bursts)."""

    overall: Rate = field(default_factory=lambda: Rate(count=30, seconds=1))
    group: Rate = field(default_factory=lambda: Rate(count=20, seconds=60))
    chat: Rate = field(default_factory=lambda: Rate(count=3, seconds=3))


def messages_in(method: str, params: Mapping[str, object]) -> int:
    """How many messages a call counts as in its chat: an album by its pictures, a reaction as none."""
    if method in FREE or not method.startswith(COUNTED):
        return 0
    several = params.get("media") if method == "sendMediaGroup" else params.get("message_ids")
    return max(1, len(several)) if isinstance(several, list | tuple) else 1


class Window:
    """A sliding window; each start is counted from when it begins until `seconds` after its answer."""

    def __init__(self, rate: Rate) -> None:
        self._count = rate.count
        self._seconds = rate.seconds * MARGIN
        self._begun = 0
        self._answered: deque[float] = deque()

    def wait(self, now: float, weight: int = 1) -> float:
        """Seconds until there is room, 0 if there is; infinite if first an answer must come."""
        self._forget(now)
        missing = min(weight, self._count) - self.room(now)
        if missing <= 0:
            return 0.0
        if missing > len(self._answered):
            return math.inf
        return self._answered[missing - 1] + self._seconds - now

    def room(self, now: float) -> int:
        """How many may start now."""
        self._forget(now)
        return self._count - self._begun - len(self._answered)

    def begin(self, weight: int) -> None:
        """Count a call that is being made."""
        self._begun += weight

    def end(self, now: float, weight: int, *, counted: bool) -> None:
        """Its answer is here; `counted` is False if Telegram refused it for haste or never saw it."""
        self._begun -= weight
        if counted:
            self._answered.extend([now] * weight)

    def is_empty(self, now: float) -> bool:
        """Whether it can be forgotten."""
        self._forget(now)
        return not self._begun and not self._answered

    def _forget(self, now: float) -> None:
        while self._answered and self._answered[0] + self._seconds <= now:
            self._answered.popleft()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """The right to make one call, to be given back when it is answered."""

    chat_id: int
    overall: int
    messages: int


class Limits:
    """Says what may be sent now; chat 0 means a call to no chat. Times are seconds of `clock`."""

    def __init__(self, rates: Rates | None = None, *, clock: Callable[[], float]) -> None:
        self._rates = rates or Rates()
        self._clock = clock
        self._overall = Window(self._rates.overall)
        self._chats: dict[int, list[Window]] = {}
        self._paused: dict[int, float] = {}

    def room(self) -> int:
        """How many calls may start now, whichever the chats."""
        return 0 if self._silence(0) else max(0, self._overall.room(self._clock()))

    def wait(self) -> float:
        """Seconds until `room` rises from 0; infinite if first an answer must come."""
        return max(self._silence(0), self._overall.wait(self._clock()))

    def wait_for(self, chat_id: int, messages: int) -> float:
        """Seconds until a call with so many messages may go to a chat, 0 if it may now."""
        now = self._clock()
        windows = self._chats.get(chat_id, []) if messages else []
        waits = (window.wait(now, messages) for window in windows)
        return max(
            self._silence(0), self._silence(chat_id), self._overall.wait(now, max(1, messages)), *waits
        )

    def silent_chats(self) -> dict[int, float]:
        """Chats to which nothing may go now, and for how many seconds."""
        waits = {chat_id: self._silence(chat_id) for chat_id in list(self._paused) if chat_id}
        return {chat_id: seconds for chat_id, seconds in waits.items() if seconds}

    def full_chats(self) -> dict[int, float]:
        """Chats to which no message may go now, and for how many seconds."""
        now = self._clock()
        for chat_id in [chat_id for chat_id, windows in self._chats.items() if _all_empty(windows, now)]:
            del self._chats[chat_id]
        waits = {chat_id: max(w.wait(now) for w in windows) for chat_id, windows in self._chats.items()}
        return {chat_id: seconds for chat_id, seconds in waits.items() if seconds}

    def begin(self, chat_id: int, method: str, params: Mapping[str, object]) -> Pass:
        """Count a call that is about to be made."""
        messages = messages_in(method, params)
        begun = Pass(chat_id=chat_id, overall=0 if method in FREE else max(1, messages), messages=messages)
        self._overall.begin(begun.overall)
        for window in self._windows(chat_id) if messages else ():
            window.begin(messages)
        return begun

    def end(self, begun: Pass, *, counted: bool) -> None:
        """The call is over; `counted` is False if Telegram refused it for haste or never saw it."""
        now = self._clock()
        self._overall.end(now, begun.overall, counted=counted)
        for window in self._windows(begun.chat_id) if begun.messages else ():
            window.end(now, begun.messages, counted=counted)

    def pause(self, seconds: float, chat_id: int = 0) -> None:
        """Telegram asks for silence: in one chat, or everywhere (0)."""
        until = self._clock() + seconds * MARGIN
        self._paused[chat_id] = max(until, self._paused.get(chat_id, until))

    def _silence(self, chat_id: int) -> float:
        until = self._paused.get(chat_id)
        if until is None:
            return 0.0
        left = until - self._clock()
        if left <= 0:
            del self._paused[chat_id]
            return 0.0
        return left

    def _windows(self, chat_id: int) -> list[Window]:
        if not chat_id:
            return []
        windows = self._chats.get(chat_id)
        if windows is None:
            rates = [self._rates.chat, self._rates.group] if chat_id < 0 else [self._rates.chat]
            windows = self._chats[chat_id] = [Window(rate) for rate in rates]
        return windows


def _all_empty(windows: list[Window], now: float) -> bool:
    return all(window.is_empty(now) for window in windows)
