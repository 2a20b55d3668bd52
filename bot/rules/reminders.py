"""When a member is reminded of a pick."""

from datetime import datetime, timedelta

from bot.errors import PickClosed
from bot.member_errors import ReminderTooLate
from storage.states import PickState

AHEAD = timedelta(hours=1)
"""So long before the deadline."""


def reminder_time(*, number: int, state: PickState, closes_at: datetime, now: datetime) -> datetime:
    """When somebody who asks now will be reminded. Raises PickClosed; ReminderTooLate in the last hour."""
    if state not in (PickState.LIVE, PickState.SCHEDULED) or closes_at <= now:
        raise PickClosed(number)
    if closes_at - now <= AHEAD:
        raise ReminderTooLate(number)
    return closes_at - AHEAD
