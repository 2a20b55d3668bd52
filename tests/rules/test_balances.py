"""Months on a group's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.balances import ALL_TIME, is_month, month_after, month_of, span_of

TOKYO, LISBON = "Asia/Tokyo", "Europe/Lisbon"
zones = st.sampled_from(["UTC", TOKYO, LISBON, "America/Los_Angeles", "Pacific/Apia"])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_month_begins_on_the_groups_clock() -> None:
    new_year = datetime(2025, 12, 31, 15, tzinfo=UTC)
    assert month_of(new_year, TOKYO) == 202601
    assert month_of(new_year - timedelta(seconds=1), TOKYO) == 202512
    assert month_of(new_year, LISBON) == 202512
    assert span_of(202601, TOKYO)[0] == new_year


@pytest.mark.parametrize(
    ("month", "by", "then"),
    [(202601, 1, 202602), (202612, 1, 202701), (202601, -1, 202512), (202603, -15, 202412)],
)
def test_months_follow_one_another(month: int, by: int, then: int) -> None:
    assert month_after(month, by=by) == then


@given(moments, zones)
def test_each_moment_is_in_its_month_and_in_no_other(at: datetime, zone: str) -> None:
    month = month_of(at, zone)
    since, until = span_of(month, zone)
    assert since is not None
    assert until is not None
    assert since <= at < until
    assert span_of(month_after(month), zone)[0] == until
    assert month_after(month_after(month), by=-1) == month


def test_all_time_has_no_ends() -> None:
    assert span_of(ALL_TIME, TOKYO) == (None, None)


@pytest.mark.parametrize(
    ("month", "is_one"),
    [
        (ALL_TIME, True),
        (202511, True),
        (202603, True),
        (202601, True),
        (202510, False),
        (202604, False),
        (202600, False),
        (202513, False),
        (-1, False),
    ],
)
def test_only_months_with_accounts_can_be_asked_for(month: int, is_one: bool) -> None:
    assert is_month(month, first=202511, last=202603) is is_one
