"""Who may ask the sandbox: this machine, whatever page a browser on it shows, unless told otherwise."""

import logging
import socket
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.errors import ApiError

_log = logging.getLogger(__name__)
_HERE = frozenset({"127.0.0.1", "localhost", "[::1]"})
_EVERYWHERE = frozenset({"", "0.0.0.0", "::"})
# What a page of ours may link to; the rest is never opened by following a link.
_CLOSED_TO_LINKS = ("/bot", "/file", "/_sim")
Refuse = Callable[[ApiError], web.Response]


class HostNames:
    """The names by which the sandbox may be called; a browser can't forge the Host header."""

    def __init__(self, host: str = "127.0.0.1", names: tuple[str, ...] = ()) -> None:
        own = {socket.gethostname().lower()} if host in _EVERYWHERE else {host.lower(), f"[{host.lower()}]"}
        opened = set() if is_loopback(host) else own
        self._names = _HERE | opened | {name.lower() for name in names}
        self._takes_addresses = host in _EVERYWHERE

    def __contains__(self, header: str) -> bool:
        name = (header.rsplit(":", 1)[0] if header.rpartition(":")[2].isdecimal() else header).lower()
        return name in self._names or (self._takes_addresses and _is_address(name))


def is_loopback(host: str) -> bool:
    """Whether an address is one that only this machine can reach."""
    return host == "localhost" or (_is_address(host) and ip_address(host.strip("[]")).is_loopback)


def guard(names: HostNames, refuse: Refuse) -> Middleware:
    """Return what refuses other machines' names and other sites' pages, and puts every error in one form."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        # Names are checked since a foreign name can be made to mean 127.0.0.1.
        if request.headers.get("Host", "") not in names:
            return refuse(ApiError(403, "Forbidden: the sandbox serves this machine only"))
        if _is_foreign(request):
            return refuse(ApiError(403, "Forbidden: cross-site requests are refused"))
        return await _in_one_form(request, handler, refuse)

    return guarded


async def _in_one_form(request: web.Request, handler: Handler, refuse: Refuse) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return refuse(ApiError(error.status, error.reason))
    except Exception:
        _log.exception("%s %s failed", request.method, request.path)
        return refuse(ApiError(500, "Internal Server Error: the sandbox failed"))


def _is_foreign(request: web.Request) -> bool:
    """Whether another site's page sends this; following a link to a page of ours is no harm."""
    headers = request.headers
    origin = headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("Host", "").lower():
        return True
    if headers.get("Sec-Fetch-Site") not in ("cross-site", "same-site"):
        return False
    follows_link = request.method == "GET" and headers.get("Sec-Fetch-Mode") == "navigate"
    return not follows_link or request.path.startswith(_CLOSED_TO_LINKS)


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
