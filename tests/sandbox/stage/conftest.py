"""A group of Mei and Ann with a bot, as the chat page asks for it over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.people import Sandbox
from sandbox.persons import Person
from sandbox.stage.routes import mount

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Honey:
    """A group of Mei and Ann with a bot, and a browser's view of it."""

    tg: Sandbox
    http: aiohttp.ClientSession
    bot: Bot
    group: Group
    mei: Person
    ann: Person

    @property
    def key(self) -> str:
        return str(self.group.id)

    async def reads(self, what: str, **query: Any) -> Json:
        async with self.http.get(f"{self.tg.url}/_sim/{what}", params=query) as response:
            answer: Json = await response.json()
            return answer

    async def acts(self, person: Person, do: str, /, **fields: Any) -> Json:
        async with self.http.post(
            f"{self.tg.url}/_sim/act", json={"as": person.id, "do": do, **fields}
        ) as response:
            answer: Json = await response.json()
            assert (response.status == 200) is ("error" not in answer)
            return answer

    async def calls(self, method: str, **parameters: Any) -> Any:
        async with self.http.post(f"{self.tg.url}/bot{self.bot.token}/{method}", json=parameters) as response:
            answer: Json = await response.json()
            assert answer["ok"], answer
            return answer["result"]

    async def hears(self, events: aiohttp.ClientWebSocketResponse, name: str) -> Json:
        """Return the next notice in which this is told."""
        async with asyncio.timeout(5):
            while True:
                notice: Json = await events.receive_json()
                if name in notice:
                    return notice

    async def group_as_seen_by(self, person: Person) -> Json:
        return await self.reads("chat", **{"as": person.id}, chat=self.key)


@pytest.fixture
async def honey() -> AsyncIterator[Honey]:
    tg = await Sandbox.start(extend=mount)
    bot = tg.create_bot("honey_bot")
    mei, ann = tg.person("Mei"), tg.person("Ann", language="ru")
    group = tg.group("Honey", owner=mei, members=[ann])
    await mei.adds_bot(bot, group, admin=True)
    async with aiohttp.ClientSession() as http:
        yield Honey(tg=tg, http=http, bot=bot, group=group, mei=mei, ann=ann)
    await tg.stop()
