"""What a new group starts with, and who leads it."""

from zoneinfo import ZoneInfo

import pytest

from bot.i18n import LANGUAGES
from bot.money import known_currency
from bot.rules.groups import (
    COMMON_CURRENCIES,
    COMMON_ZONES,
    find_time_zone,
    first_currency,
    first_time_zone,
    role_of,
)
from bot.rules.roles import leads
from storage.states import Role


@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
def test_every_language_has_a_currency_and_a_clock_to_begin_with(language: str) -> None:
    assert known_currency(first_currency(language))
    assert ZoneInfo(first_time_zone(language))


def test_what_is_offered_exists() -> None:
    assert all(known_currency(code) for code in COMMON_CURRENCIES)
    assert all(find_time_zone(zone) == zone for zone in COMMON_ZONES)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("europe/lisbon", "Europe/Lisbon"),
        ("Lisbon", "Europe/Lisbon"),
        (" new york ", "America/New_York"),
        ("ALMATY", "Asia/Almaty"),
        ("utc", "UTC"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("", None),
        ("   ", None),
        ("Atlantis", None),
        ("posix/Europe/Lisbon", None),
        ("../etc/passwd", None),
        ("Europe", None),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(typed: str, zone: str | None) -> None:
    found = find_time_zone(typed)
    assert found == zone or (zone is not None and found is not None and _same_clock(found, zone))


def _same_clock(one: str, other: str) -> bool:
    return ZoneInfo(one).key.rsplit("/", 1)[-1] == ZoneInfo(other).key.rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    ("status", "role", "is_leader"),
    [
        ("creator", Role.OWNER, True),
        ("administrator", Role.CURATOR, True),
        ("member", Role.MEMBER, False),
        ("restricted", Role.MEMBER, False),
        ("left", Role.MEMBER, False),
        ("kicked", Role.MEMBER, False),
    ],
)
def test_a_standing_in_the_chat_gives_a_role(status: str, role: Role, is_leader: bool) -> None:
    assert role_of(status) is role
    assert leads(role_of(status)) is is_leader
