"""Months of a group's accounts, on the group's clock; a month is a number such as 202603, and 0 all time."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

ALL_TIME: Final = 0


def month_of(at: datetime, time_zone: str) -> int:
    """The month in which a moment is."""
    local = at.astimezone(ZoneInfo(time_zone))
    return local.year * 100 + local.month


def month_after(month: int, *, by: int = 1) -> int:
    """The month so many later; earlier for a negative number."""
    count = _count(month) + by
    return count // 12 * 100 + count % 12 + 1


def is_month(month: int, *, first: int, last: int) -> bool:
    """Whether it is a month between these two, or stands for all time."""
    return month == ALL_TIME or (first <= month <= last and 1 <= month % 100 <= 12)


def span_of(month: int, time_zone: str) -> tuple[datetime | None, datetime | None]:
    """From when up to when a month is; of all time neither."""
    if month == ALL_TIME:
        return None, None
    return _begins(month, time_zone), _begins(month_after(month), time_zone)


def _begins(month: int, time_zone: str) -> datetime:
    return datetime(month // 100, month % 100, 1, tzinfo=ZoneInfo(time_zone))


def _count(month: int) -> int:
    return month // 100 * 12 + month % 100 - 1
