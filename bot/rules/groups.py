"""What a new group starts with, and who leads it."""

from collections.abc import Mapping
from zoneinfo import available_timezones

from storage.states import Role

_ZONES = {"zh_CN": "Asia/Shanghai", "ru": "Europe/Moscow", "es": "Europe/Madrid"}
_CURRENCIES = {"zh_CN": "CNY", "ru": "RUB"}

COMMON_CURRENCIES = ("EUR", "USD", "GBP", "CNY", "RUB", "JPY", "MXN", "ARS", "KZT", "UAH", "INR", "CHF")
"""Offered as buttons; any other can be typed."""

COMMON_ZONES = (
    "UTC",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Berlin",
    "Europe/Kyiv",
    "Europe/Moscow",
    "Asia/Almaty",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "America/New_York",
    "America/Mexico_City",
    "America/Argentina/Buenos_Aires",
    "America/Los_Angeles",
)
"""Offered as buttons; any other can be typed."""


def first_time_zone(language: str) -> str:
    """A guess that the owner can change: where most speakers of a language live, else UTC."""
    return _ZONES.get(language, "UTC")


def first_currency(language: str) -> str:
    """A guess that the owner can change."""
    return _CURRENCIES.get(language, "EUR")


def find_time_zone(text: str) -> str | None:
    """The time zone that was typed: its full name or its city, whatever the case."""
    wanted = text.strip().replace(" ", "_").casefold()
    zones = sorted(zone for zone in available_timezones() if not zone.startswith(("posix", "right")))
    whole = [zone for zone in zones if zone.casefold() == wanted]
    city = [zone for zone in zones if "/" in zone and zone.rsplit("/", 1)[1].casefold() == wanted]
    return next(iter(whole or city), None) if wanted else None


def role_of(status: str) -> Role:
    """The role that comes with a standing in the chat: its creator owns, its administrators curate."""
    roles: Mapping[str, Role] = {"creator": Role.OWNER, "administrator": Role.CURATOR}
    return roles.get(status, Role.MEMBER)
