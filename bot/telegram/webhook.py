"""The webhook endpoint: 200 only after the effect is committed, and the answer to a tap in its body."""

import asyncio
import hmac
import json
from typing import Final

import structlog
from aiohttp import web

from bot.telegram.allowed import ALLOWED_UPDATES
from bot.telegram.api import VouchBot
from bot.telegram.polling import Deliver

log = structlog.get_logger(__name__)

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
BODY_LIMIT: Final = 1024 * 1024
MAX_CONNECTIONS: Final = 100


class WebhookServer:
    """A route for an aiohttp application that takes updates from whoever knows the secret."""

    def __init__(
        self, deliver: Deliver, *, secret: str, path: str = "/telegram", body_limit: int = BODY_LIMIT
    ) -> None:
        if not secret:
            raise ValueError("a webhook without a secret would take updates from anybody")
        self._deliver = deliver
        self._secret = secret.encode()
        self._path = path
        self._body_limit = body_limit
        self._stopping = False
        self._in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def attach(self, app: web.Application) -> None:
        """Add the route; call it before the application starts."""
        app.router.add_post(self._path, self._receive)

    async def register(self, bot: VouchBot, url: str) -> None:
        """Tell Telegram to deliver to `url`, the public address of our path."""
        await bot.call(
            "setWebhook",
            {
                "url": url,
                "secret_token": self._secret.decode(),
                "allowed_updates": ALLOWED_UPDATES,
                "max_connections": MAX_CONNECTIONS,
            },
        )

    async def stop(self, *, within: float) -> bool:
        """Refuse new updates and let those in flight finish (seconds); tells whether all did."""
        self._stopping = True
        try:
            async with asyncio.timeout(within):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret):
            return web.Response(status=403)
        if self._stopping:
            # Telegram keeps the update and comes again.
            return web.Response(status=503)
        if (request.content_length or 0) > self._body_limit:
            return web.Response(status=413)
        body = await request.read()
        if len(body) > self._body_limit:
            return web.Response(status=413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        return await self._handle(raw)

    async def _handle(self, raw: object) -> web.Response:
        self._in_flight += 1
        self._idle.clear()
        try:
            outcome = await self._deliver(raw, by_webhook=True)
        except Exception:
            log.exception("update_not_delivered")
            return web.Response(status=500)
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._idle.set()
        if not outcome.acknowledged:
            return web.Response(status=500)
        if outcome.reply is None:
            return web.Response()
        return web.Response(body=json.dumps(outcome.reply).encode(), content_type="application/json")
