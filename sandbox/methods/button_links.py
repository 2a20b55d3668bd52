"""The links that buttons may open."""

from typing import Any

from sandbox.errors import ApiError, bad_request


def check_link(what: str, url: Any) -> None:
    """Raise ApiError 400 unless clients can open the link: http, https, tg or ton."""
    if not isinstance(url, str):
        raise bad_request(f'can\'t parse {what}: Field "url" must be of type String')
    if fault := _fault(url):
        raise _invalid(what, url, fault)


def check_secure_link(what: str, url: str) -> None:
    """Raise ApiError 400 unless the link is one of HTTPS."""
    check_link(what, url)
    if not url.lower().startswith("https://"):
        raise _invalid(what, url, "Only HTTPS links are allowed")


def _fault(url: str) -> str | None:
    link = url.strip()
    for scheme in ("tg", "ton"):
        if link.lower().startswith(f"{scheme}:"):
            path = link[len(scheme) + 1 :].removeprefix("//")
            return None if path else f"Wrong {scheme} URL"
    protocol, has_protocol, rest = link.partition("://")
    if not has_protocol:
        rest = link
    elif protocol.lower() not in ("http", "https"):
        return "Unsupported URL protocol"
    host = _host(rest)
    if not host:
        return "URL host is empty"
    return None if "." in host or host.startswith("[") else "Wrong HTTP URL"


def _host(rest: str) -> str:
    """Return the host of what follows `https://`, without user and port."""
    for mark in "/?#":
        rest = rest.partition(mark)[0]
    host = rest.rpartition("@")[2]
    return host if host.startswith("[") else host.partition(":")[0]


def _invalid(what: str, url: str, fault: str) -> ApiError:
    return bad_request(f"{what} URL '{url}' is invalid: {fault}")
