"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""Monday at noon: no group is in its quiet hours."""


class Clock:
    """Tells the time to whoever asks `now`."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        """The time."""
        return self.at

    def advance(self, by: timedelta) -> datetime:
        """Let time pass; returns what the time is then."""
        self.at += by
        return self.at
