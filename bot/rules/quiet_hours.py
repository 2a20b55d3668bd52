"""When a group is not to be woken: its quiet hours, by its own clock."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = 24 * 60
"""Minutes of a day."""

NEVER = (0, 0)
"""The same from and until: never quiet."""

USUAL = ((21 * 60, 8 * 60), (22 * 60, 7 * 60), (20 * 60, 9 * 60), (23 * 60, 8 * 60))
"""Offered as buttons, in minutes of the day; any other can be typed."""

_TYPED = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_OF_BUTTON = re.compile(r"(\d{3,4}|0)-(\d{3,4}|0)")
_LAST_MINUTE = 59
_NEVER_TYPED = frozenset({"off", "never"})


def is_quiet(now: datetime, *, time_zone: str, quiet_from: int, quiet_until: int) -> bool:
    """Whether it is quiet now; from and until are minutes of the group's own day."""
    if quiet_from == quiet_until:
        return False
    minute = _minute(now.astimezone(ZoneInfo(time_zone)))
    if quiet_from < quiet_until:
        return quiet_from <= minute < quiet_until
    return minute >= quiet_from or minute < quiet_until


def quiet_ends(now: datetime, *, time_zone: str, quiet_from: int, quiet_until: int) -> datetime | None:
    """When the quiet that holds now is over (aware UTC); None where it is not quiet."""
    if not is_quiet(now, time_zone=time_zone, quiet_from=quiet_from, quiet_until=quiet_until):
        return None
    zone = ZoneInfo(time_zone)
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=1 if _minute(local) >= quiet_until else 0)
    ends = datetime.combine(day, time(quiet_until // 60, quiet_until % 60), zone)
    if ends.astimezone(UTC) <= now:
        # The clock was put back: it shows this time once more, and that is the one to come.
        ends = ends.replace(fold=1)
    at = ends.astimezone(UTC)
    # Where the clock jumps over that time, the next quiet may have begun by then.
    later = quiet_ends(at, time_zone=time_zone, quiet_from=quiet_from, quiet_until=quiet_until)
    return later or at


def find_quiet_hours(text: str) -> tuple[int, int] | None:
    """From and until, in minutes, of "21-8", "22:30-07:15", "off", or a button's "1350-435"; None: unread."""
    typed = text.strip().casefold()
    if typed in _NEVER_TYPED:
        return NEVER
    of_button = _OF_BUTTON.fullmatch(typed)
    if of_button is not None:
        return _within_a_day(int(of_button[1]), int(of_button[2]))
    match = _TYPED.fullmatch(typed)
    if match is None or max(int(match[2] or 0), int(match[4] or 0)) > _LAST_MINUTE:
        return None
    return _within_a_day(60 * int(match[1]) + int(match[2] or 0), 60 * int(match[3]) + int(match[4] or 0))


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _within_a_day(quiet_from: int, quiet_until: int) -> tuple[int, int] | None:
    """Midnight is the end of one day and the beginning of the next."""
    if max(quiet_from, quiet_until) > DAY:
        return None
    return quiet_from % DAY, quiet_until % DAY


def _minute(local: datetime) -> int:
    return 60 * local.hour + local.minute
