"""What the parts tell whoever counts, and who hears it where nobody asks for figures."""

import time
from collections.abc import Callable
from typing import Protocol


class Arrival(Protocol):
    """What is known of an update: `bot.telegram.delivery.Delivery`."""

    @property
    def kind(self) -> str: ...

    @property
    def sent_at(self) -> int | None: ...


class Counting:
    """Hears of everything and keeps only when an update came last; `bot.metrics.Metrics` counts the rest."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.last_update_at: float | None = None
        """When the last update was handled, by the clock (unix seconds)."""

    def on_update(self, delivery: Arrival, outcome: str, seconds: float) -> None:
        """Hear of an update (for the dispatcher)."""
        self.last_update_at = self._clock()

    def on_sent(self, method: str, outcome: str, seconds: float) -> None:
        """Hear of a call (for the sender)."""

    def on_batch(self, what: str, size: int, seconds: float) -> None:
        """Hear of a group commit (for the shop)."""

    def on_audit(self, faults: int) -> None:
        """Hear that the books were looked at, and how much was wrong (for the shop)."""

    def on_job(self, name: str, outcome: str, seconds: float) -> None:
        """Hear of a sweep: "done" or "failed" (for the jobs)."""
