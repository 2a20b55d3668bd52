"""A world with a bot, an owner, two members and their group, and a bare client of the API."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from sandbox.updates import KINDS
from tests.sandbox.receiver import Receiver, receiving

Json = dict[str, Any]


class Api:
    """Calls the sandbox as a bot would, without any library in between."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session = session
        self.url = url
        self.token = token

    async def call(self, method: str, **parameters: Any) -> Json:
        """Return the whole answer, errors included."""
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as response:
            body: Json = await response.json()
            return body

    async def ok(self, method: str, **parameters: Any) -> Any:
        """Return the result of a call that must succeed."""
        body = await self.call(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **parameters: Any) -> str:
        """Return the description of a call that must fail."""
        body = await self.call(method, **parameters)
        assert not body["ok"], body
        return str(body["description"])

    async def updates(self, *kinds: str) -> list[Json]:
        """Take what is pending, of some kinds or of all."""
        taken: list[Json] = await self.ok("getUpdates")
        if taken:
            await self.ok("getUpdates", offset=taken[-1]["update_id"] + 1, limit=1, timeout=0)
        return [update for update in taken if not kinds or update.keys() & set(kinds)]


@pytest.fixture
async def tg() -> AsyncIterator[Sandbox]:
    async with Sandbox.running() as sandbox:
        yield sandbox


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def bot(tg: Sandbox) -> Bot:
    """A bot in privacy mode that asked for every kind of update."""
    bot = tg.create_bot("vouch_bot")
    bot.updates.allow(list(KINDS))
    bot.updates.guards_polling = False
    return bot


@pytest.fixture
def api(session: aiohttp.ClientSession, tg: Sandbox, bot: Bot) -> Api:
    return Api(session, tg.url, bot.token)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A webhook to point the bot at."""
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
def mei(tg: Sandbox) -> Person:
    return tg.person("Mei", language="zh", username="mei_tea")


@pytest.fixture
def ann(tg: Sandbox) -> Person:
    return tg.person("Ann")


@pytest.fixture
def bob(tg: Sandbox) -> Person:
    return tg.person("Bob", language="ru")


@pytest.fixture
async def group(tg: Sandbox, mei: Person, ann: Person, bot: Bot, api: Api) -> Group:
    """Mei's supergroup with Ann in it and the bot as an administrator; nothing is pending."""
    group = tg.group("Honey friends", owner=mei, members=[ann])
    await mei.adds_bot(bot, group, admin=True)
    await api.updates()
    return group


def button(text: str = "Order", data: str = "order:1") -> Json:
    """Return the markup of one callback button."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data}]]}
