"""An application that talks to a small Telegram on the loopback."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.telegram.api import VouchBot
from bot.telegram.application import VouchApplication, build_application
from bot.telegram.dispatcher import Dispatcher
from tests.telegram.little import TOKEN, Cellar, LittleTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[LittleTelegram]:
    little = LittleTelegram()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/bot{token}/{method}", little.handle)
    server = TestServer(app)
    await server.start_server(shutdown_timeout=0, access_log=None)
    little.url = str(server.make_url("")).rstrip("/")
    yield little
    await server.close()


@pytest.fixture
async def application(telegram: LittleTelegram) -> AsyncIterator[VouchApplication]:
    async with build_application(TOKEN, telegram.url, connect_timeout=1, read_timeout=2) as application:
        yield application


@pytest.fixture
def bot(application: VouchApplication) -> VouchBot:
    return application.bot


@pytest.fixture
def cellar() -> Cellar:
    return Cellar()


@pytest.fixture
def dispatcher(application: VouchApplication, cellar: Cellar) -> Dispatcher:
    return Dispatcher(application, dead_letters=cellar, retry_seconds=0)
