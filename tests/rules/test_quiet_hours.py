"""When groups are not to be woken, whatever their clocks do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.quiet_hours import (
    DAY,
    NEVER,
    USUAL,
    clock,
    find_quiet_hours,
    is_quiet,
    quiet_ends,
)

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def quiet_at(now: datetime, zone: str, hours: tuple[int, int]) -> bool:
    return is_quiet(now, time_zone=zone, quiet_from=hours[0], quiet_until=hours[1])


def ends_at(now: datetime, zone: str, hours: tuple[int, int]) -> datetime | None:
    return quiet_ends(now, time_zone=zone, quiet_from=hours[0], quiet_until=hours[1])


@pytest.mark.parametrize(
    ("now", "hours", "quiet", "ends"),
    [
        ("2026-03-03 20:30", (1260, 480), True, "2026-03-04 07:00"),
        ("2026-03-03 19:59", (1260, 480), False, None),
        ("2026-03-03 23:30", (1260, 480), True, "2026-03-04 07:00"),
        ("2026-03-04 06:59", (1260, 480), True, "2026-03-04 07:00"),
        ("2026-03-04 07:00", (1260, 480), False, None),
        ("2026-03-04 12:30", (13 * 60, 15 * 60), True, "2026-03-04 14:00"),
        ("2026-03-04 14:30", (13 * 60, 15 * 60), False, None),
        ("2026-03-04 02:00", NEVER, False, None),
        # The night in which clocks go forward, and the one in which they show an hour twice.
        ("2026-03-28 23:00", (1260, 480), True, "2026-03-29 06:00"),
        ("2026-10-24 22:00", (1260, 480), True, "2026-10-25 07:00"),
        ("2026-10-25 01:15", (1260, 150), True, "2026-10-25 01:30"),
    ],
)
def test_quiet_is_by_the_groups_own_clock(
    now: str, hours: tuple[int, int], quiet: bool, ends: str | None
) -> None:
    assert quiet_at(at(now), "Europe/Berlin", hours) is quiet
    assert ends_at(at(now), "Europe/Berlin", hours) == (at(ends) if ends else None)


@given(
    minutes=st.integers(0, 4 * 366 * DAY),
    zone=st.sampled_from(ZONES),
    hours=st.tuples(st.integers(0, DAY - 1), st.integers(0, DAY - 1)),
)
def test_quiet_ends_within_a_day_or_so_and_is_over_then(
    minutes: int, zone: str, hours: tuple[int, int]
) -> None:
    now = at("2024-01-01 00:00") + timedelta(minutes=minutes)
    ends = ends_at(now, zone, hours)
    assert (ends is not None) == quiet_at(now, zone, hours)
    if ends is not None:
        assert now < ends <= now + timedelta(hours=50)
        assert not quiet_at(ends, zone, hours)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("21-8", (1260, 480)),
        ("21:00-08:00", (1260, 480)),
        (" 22:30 – 7:15 ", (1350, 435)),
        ("22.30-7.15", (1350, 435)),
        ("0-24", NEVER),
        ("24-6", (0, 360)),
        ("off", NEVER),
        ("Never", NEVER),
        ("1350-435", (1350, 435)),
        ("0-480", (0, 480)),
        ("25-8", None),
        ("24:30-8", None),
        ("21:60-8", None),
        ("1441-0", None),
        ("21", None),
        ("at night", None),
        ("", None),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, hours: tuple[int, int] | None) -> None:
    assert find_quiet_hours(typed) == hours


@given(st.integers(0, DAY - 1), st.integers(0, DAY - 1))
def test_what_clocks_show_reads_back(quiet_from: int, quiet_until: int) -> None:
    assert find_quiet_hours(f"{clock(quiet_from)}-{clock(quiet_until)}") == (quiet_from, quiet_until)


@pytest.mark.parametrize("hours", USUAL)
def test_what_a_button_carries_reads_back(hours: tuple[int, int]) -> None:
    assert find_quiet_hours(f"{hours[0]}-{hours[1]}") == hours
