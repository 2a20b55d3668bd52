"""A bot's webhook, as a test sees it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

Json = dict[str, Any]
Answer = Callable[[Json], Awaitable[web.Response]]


class Receiver:
    """A bot's webhook: keeps what comes and answers as it was told."""

    def __init__(self) -> None:
        self.url = ""
        self.updates: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Answer = self.accept
        self._came = asyncio.Condition()

    async def accept(self, update: Json) -> web.Response:
        return web.Response()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        async with self._came:
            self.updates.append(update)
            self.headers.append(dict(request.headers))
            self._came.notify_all()
        return await self.answer(update)

    async def until(self, count: int) -> list[Json]:
        async with asyncio.timeout(5), self._came:
            await self._came.wait_for(lambda: len(self.updates) >= count)
        return self.updates

    @property
    def texts(self) -> list[Any]:
        return [update["message"]["text"] for update in self.updates if "message" in update]


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """Listen on a free port for the length of a block."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()
