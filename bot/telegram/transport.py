"""HTTP for python-telegram-bot on one aiohttp session.

What can go wrong on the way, all of it PTB's `NetworkError`:

NetworkError                Telegram's own word that it could not
├── CutOff                  perhaps sent: cut off after the request was written
├── TimedOut                perhaps sent: no answer in time
└── NotSent                 surely not sent: no connection came about
"""

import io
import json
import os
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.redaction import Redact, redactor

# PTB's own switch: durations come as timedelta, and nothing warns that they once were numbers.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# Shorter than servers keep an idle connection: a request written into one that the server is just
# closing would be lost without our knowing whether it was read.
KEEP_ALIVE_SECONDS: Final = 20.0
DNS_SECONDS: Final = 300
UPLOAD_SECONDS: Final = 120.0


class NotSent(NetworkError):
    """No connection came about, so Telegram has surely not seen the request."""


class CutOff(NetworkError):
    """The connection broke after the request was written: Telegram may have done what it asks."""


class AiohttpRequest(BaseRequest):
    """Sends Bot API requests over kept-alive connections, at most `connections` at once (seconds)."""

    def __init__(
        self,
        *,
        token: str,
        connections: int = 64,
        connect_timeout: float = 5.0,
        read_timeout: float = 20.0,
        write_timeout: float = 10.0,
        trust_env: bool = False,
    ) -> None:
        self._redact: Redact = redactor(token)
        self._connections = connections
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._trust_env = trust_env
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session; needs the running loop."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS, ttl_dns_cache=DNS_SECONDS
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=self._trust_env,
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request and return its status and body; raises NotSent, TimedOut, NetworkError."""
        if self._session is None:
            raise NotSent("The connection to Telegram is closed")
        data, headers, uploads = _encoded(request_data)
        timeout = self._timeout(
            connect=_given(connect_timeout, self._connect_timeout),
            read=_given(read_timeout, self._read_timeout),
            write=_given(write_timeout, UPLOAD_SECONDS if uploads else self._write_timeout),
        )
        try:
            async with self._session.request(
                # A redirect would carry the token to another host.
                method,
                url,
                data=data,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                payload = await response.read()
                return response.status, payload if response.status < 300 else _explained(payload)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as exc:
            fault = self._fault(exc)
        # Outside the except block, so that the original, whose text holds the URL and with it the
        # token, is not chained to it.
        raise fault

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read Telegram's answer; raises TelegramError without quoting it (it may hold messages)."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Telegram's answer is not JSON")
        return answer

    def _timeout(
        self, *, connect: float | None, read: float | None, write: float | None
    ) -> aiohttp.ClientTimeout:
        bounded = connect is not None and read is not None and write is not None
        return aiohttp.ClientTimeout(
            # sock_read alone would let a dribbling server hold a connection for ever.
            total=(connect or 0) + (read or 0) + (write or 0) if bounded else None,
            connect=connect,
            sock_read=read,
        )

    def _fault(self, exc: Exception) -> NetworkError:
        text = self._redact(str(exc)) or type(exc).__name__
        if isinstance(
            exc, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL
        ):
            return NotSent(f"Not sent: {text}")
        if isinstance(exc, TimeoutError):
            return TimedOut(f"Timed out: {text}")
        return CutOff(f"{type(exc).__name__}: {text}")


def _given(value: Any, default: float) -> float | None:
    return default if value is BaseRequest.DEFAULT_NONE else value


def _encoded(
    request_data: RequestData | None,
) -> tuple[bytes | aiohttp.FormData | None, Mapping[str, str], bool]:
    if request_data is None:
        return None, {}, False
    if not request_data.contains_files:
        body = json.dumps(request_data.parameters).encode()
        return body, {"Content-Type": "application/json"}, False
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mimetype) in request_data.multipart_data.items():
        # A file object is streamed in pieces; plain bytes would go out in one blocking write.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=mimetype)
    return form, {}, True


def _explained(payload: bytes) -> bytes:
    """An error's body if it is Telegram's, else an empty one: PTB would quote a proxy's page."""
    try:
        answer = json.loads(payload)
    except ValueError:
        return b"{}"
    return payload if isinstance(answer, dict) else b"{}"
