"""Addresses in formatted text: which Telegram takes, and in which form it gives them back."""

import re
from urllib.parse import parse_qs, urlsplit, urlunsplit

from sandbox.errors import ApiError, bad_request

_OWN_SCHEMES = ("tg", "ton", "tonsite")
_HOST = re.compile(r"[\w\-.~%]+", re.ASCII)
_FORMAT = re.compile(r"[rR]|[tTdDwW]*")


def checked_link(url: str) -> str | None:
    """Return an address as Telegram shows it; None for what it takes for none."""
    url = url.strip()
    scheme, separator, rest = url.partition(":")
    if separator and scheme.lower() in _OWN_SCHEMES:
        target = rest.removeprefix("//")
        host = re.split(r"[/?#]", target, maxsplit=1)[0]
        return f"{scheme.lower()}://{target}" if re.fullmatch(r"[\w\-.]+", host, re.ASCII) else None
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        hostname = parts.hostname or ""
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return None
    name = _idna(hostname)
    if parts.scheme not in ("http", "https") or "." not in name or not _HOST.fullmatch(name):
        return None
    address = parts.netloc[: -len(hostname)] + parts.netloc[-len(hostname) :].lower()
    if "@" not in parts.netloc:
        address = parts.netloc.lower()
    return urlunsplit((parts.scheme, address, parts.path or "/", parts.query, parts.fragment))


def user_link(url: str) -> int | None:
    """Return the person that a tg://user?id=… address names."""
    name, query = _own(url)
    number = query.get("id", "")
    return int(number) if name == "user" and number.isdigit() and int(number) > 0 else None


def emoji_link(url: str) -> str | None:
    """Return the custom emoji that a tg://emoji?id=… address names."""
    name, query = _own(url)
    return custom_emoji(query.get("id", "")) if name == "emoji" else None


def time_link(url: str) -> tuple[int, str] | None:
    """Return moment and format of a tg://time?unix=…&format=… address."""
    name, query = _own(url)
    unix = query.get("unix", "")
    return (int(unix), query.get("format", "")) if name == "time" and unix.isdigit() else None


def custom_emoji(number: str) -> str | None:
    """Return the identifier of a custom emoji, None for what can't be one."""
    return number if re.fullmatch(r"-?[1-9]\d{0,18}", number) else None


def check_date_format(pattern: str) -> None:
    """Raise ApiError 400 unless Telegram knows the format of a date."""
    if not _FORMAT.fullmatch(pattern):
        raise unparsable("Invalid date format used")


def unparsable(why: str) -> ApiError:
    """Return the error for formatted text that can't be read."""
    return bad_request(f"can't parse entities: {why}")


def _own(url: str) -> tuple[str, dict[str, str]]:
    """Return name and parameters of a tg:// address."""
    scheme, separator, rest = url.partition(":")
    if not separator or scheme.lower() != "tg":
        return "", {}
    name, _, query = rest.removeprefix("//").partition("?")
    return name.strip("/").lower(), {key: values[0] for key, values in parse_qs(query).items()}


def _idna(hostname: str) -> str:
    try:
        return hostname.encode("idna").decode() if not hostname.isascii() else hostname
    except UnicodeError:
        return ""
