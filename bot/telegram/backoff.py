"""How long to wait before trying again."""

import random
from datetime import timedelta

from telegram.error import RetryAfter


def backoff_seconds(attempt: int, *, first: float = 0.5, longest: float = 30.0) -> float:
    """Seconds before try `attempt + 1`, doubling from `first`, with jitter of up to half."""
    ceiling = min(longest, first * 2.0 ** min(attempt - 1, 30))
    # The jitter spreads many waiters; nothing secret hangs on it.
    spread = random.uniform(0.5, 1.0)
    return ceiling * spread


def seconds_of(flood: RetryAfter) -> float:
    """The seconds that Telegram asks us to be silent for."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
