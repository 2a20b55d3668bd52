"""What the bot counts and measures, for Prometheus."""

import time
from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot.counting import Arrival, Counting

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_HANDLING: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LAG: Final = (0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86_400)
_SIZES: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)

# The date of an edited message is that of the message, not of the edit.
_DATED_BEFORE: Final = frozenset({"edited_message", "edited_channel_post", "edited_business_message"})


class Metrics(Counting):
    """One registry; its methods fit the callbacks of the dispatcher, the sender and the shop."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(clock=clock)
        registry = self.registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._updates = Counter(
            "vouch_updates",
            "Updates, by what became of them: handled, failed, buried, kept.",
            ["kind", "outcome"],
            registry=registry,
        )
        self._lag = Histogram(
            "vouch_update_lag_seconds",
            "From the moment in the update to the end of its handling.",
            buckets=_LAG,
            registry=registry,
        )
        self._handling = Histogram(
            "vouch_update_handling_seconds",
            "From the arrival of an update to the end of its handling.",
            ["kind"],
            buckets=_HANDLING,
            registry=registry,
        )
        self._batches = Histogram(
            "vouch_batch_seconds",
            "How long each group commit took.",
            ["what"],
            buckets=_HANDLING,
            registry=registry,
        )
        self._sizes = Histogram(
            "vouch_batch_size",
            "How many requests each group commit held.",
            ["what"],
            buckets=_SIZES,
            registry=registry,
        )
        self._orders = Counter(
            "vouch_order_requests",
            "Orders, amendments and cancellations that were decided.",
            registry=registry,
        )
        self._sent = Counter(
            "vouch_sent",
            "Calls of the Bot API, by what became of them: sent, unchanged, later, silence, moved, refused.",
            ["method", "outcome"],
            registry=registry,
        )
        self._sending = Histogram(
            "vouch_sending_seconds",
            "How long each call of the Bot API took.",
            ["method"],
            buckets=_HANDLING,
            registry=registry,
        )
        self._outbox = Gauge(
            "vouch_outbox_depth",
            "Rows that wait to be sent, or that never could.",
            ["state"],
            registry=registry,
        )
        self._overdue = Gauge(
            "vouch_outbox_overdue",
            "Rows that wait to be sent though their time came more than five minutes ago.",
            registry=registry,
        )
        self._dead = Gauge(
            "vouch_dead_letters", "Updates that were given up and are kept for a look.", registry=registry
        )
        self._jobs = Histogram(
            "vouch_job_seconds",
            "How long each sweep took.",
            ["job", "outcome"],
            buckets=_HANDLING,
            registry=registry,
        )

        self._book_faults = Gauge(
            "vouch_ledger_faults",
            "What did not balance when the books were last looked at.",
            registry=registry,
        )
        self._audited_at = Gauge(
            "vouch_ledger_audited_timestamp_seconds", "When the books were last looked at.", registry=registry
        )

    def on_update(self, delivery: Arrival, outcome: str, seconds: float) -> None:
        """Count an update (for the dispatcher)."""
        super().on_update(delivery, outcome, seconds)
        self._updates.labels(delivery.kind, outcome).inc()
        self._handling.labels(delivery.kind).observe(seconds)
        now = self.last_update_at
        if now is not None and delivery.sent_at is not None and delivery.kind not in _DATED_BEFORE:
            self._lag.observe(max(0.0, now - delivery.sent_at))

    def on_sent(self, method: str, outcome: str, seconds: float) -> None:
        """Count a call (for the sender)."""
        self._sent.labels(method, outcome).inc()
        self._sending.labels(method).observe(seconds)

    def on_batch(self, what: str, size: int, seconds: float) -> None:
        """Count a group commit (for the shop)."""
        self._batches.labels(what).observe(seconds)
        self._sizes.labels(what).observe(size)
        if what == "orders":
            self._orders.inc(size)

    def on_audit(self, faults: int) -> None:
        """Note that the books were looked at, and how much was wrong (for the shop)."""
        self._book_faults.set(faults)
        self._audited_at.set(self._clock())

    def on_job(self, name: str, outcome: str, seconds: float) -> None:
        """Count a sweep: "done" or "failed" (for the jobs)."""
        self._jobs.labels(name, outcome).observe(seconds)

    def note_outbox(self, *, waiting: int, overdue: int, failed: int, dead_letters: int) -> None:
        """Say what the database holds now; asked for at each scrape."""
        self._outbox.labels("waiting").set(waiting)
        self._outbox.labels("failed").set(failed)
        self._overdue.set(overdue)
        self._dead.set(dead_letters)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)
