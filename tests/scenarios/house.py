"""The house that the scenarios play in: a local Telegram, the real bot beside it, one clock for both."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, TypeVar

import aiohttp
import sqlmodel
from pydantic import SecretStr
from sqlalchemy import Column, Table, select
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

import handlers
from bot.composition import Parts, Tempo, running
from bot.jobs.closing import close_due
from bot.jobs.holds import lapse_due
from bot.jobs.posting import open_due
from bot.jobs.schedule import Job
from bot.jobs.settlements import settle_due
from bot.jobs.teams import expire_due
from bot.settings import Listen, Settings
from bot.telegram.limits import Rate, Rates
from bot.telegram.webhook import SECRET_HEADER
from sandbox.people import Bot, Group, Person, Room, Sandbox, SeenMessage
from sandbox.world import World
from storage.engine import Database, opened
from storage.models import Acquaintance, GroupActivity, OutboxEntry, SeenUpdate
from tests.databases import Glance, glancing

Json = dict[str, Any]
Way = Literal["polling", "webhook"]
M = TypeVar("M", bound=SQLModel)

SECRET: Final = "the-words-at-the-door"
EXPECTED_SECONDS: Final = 40.0
_LOOK_AGAIN_SECONDS: Final = 0.01
_DUE: Final = """
    SELECT (SELECT count(*) FROM outbox WHERE failed_at IS NULL AND due_at <= $1),
           (SELECT count(*) FROM settlement)
"""
_ANY: Final = Rate(count=100_000, seconds=1)
QUICK: Final = Tempo(
    poll_seconds=5,
    pause_seconds=0.02,
    look_seconds=0.25,
    shortest_look_seconds=0,
    card_rests=timedelta(0),
    rates=Rates(overall=_ANY, group=_ANY, chat=_ANY),
    jobs=(
        Job(name="open_due", seconds=1, sweep=open_due),
        Job(name="close_due", seconds=1, sweep=close_due),
        Job(name="expire_teams", seconds=1, sweep=expire_due),
        Job(name="lapse_due", seconds=1, sweep=lapse_due),
        Job(name="settle_due", seconds=1, sweep=settle_due),
    ),
)
"""Nothing rests and nothing is limited, so that only effects are waited for."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A message that the bot sent, as it was when it came."""

    chat_id: int
    text: str
    thread_id: int | None
    reply_to_id: int | None


_PASSING: Final = {model.__tablename__ for model in (OutboxEntry, SeenUpdate, GroupActivity, Acquaintance)}
_TALKED: Final = {("member", "active_at"), ("pick", "reply_count")}


def _lasting(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if (table.name, column.name) not in _TALKED]


class House:
    """One world and one bot; the bot can be stopped and started again upon the same database."""

    def __init__(
        self, tg: Sandbox, *, database_url: str, looking: Database, glance: Glance, way: Way, tempo: Tempo
    ) -> None:
        self.tg = tg
        self.world = tg.world
        self.way = way
        self.tempo = tempo
        self.database_url = database_url
        self.account: Bot = tg.create_bot("vouch_bot")
        self.account.updates.guards_polling = False
        self.provider_token = tg.world.payments.connect_provider(self.account)
        self._looking = looking
        self._glance = glance
        self._port = _free_port()
        self._parts: Parts | None = None
        self._running: AsyncExitStack | None = None
        self._stirred = asyncio.Event()
        tg.world.on_change(lambda _: self._stirred.set())
        tg.world.clock.on_advance(self._time_has_passed)

    @property
    def parts(self) -> Parts:
        """The running bot; raises AssertionError while it is stopped."""
        assert self._parts is not None, "the bot is not running"
        return self._parts

    @property
    def webhook_url(self) -> str:
        """Where this bot takes updates by webhook."""
        return f"http://127.0.0.1:{self._port}/telegram"

    @property
    def settings(self) -> Settings:
        """What the bot is started with."""
        by_webhook = self.way == "webhook"
        return Settings(
            _env_file=None,
            bot_token=SecretStr(self.account.token),
            api_url=self.tg.url,
            database_url=SecretStr(self.database_url),
            webhook_url=self.webhook_url if by_webhook else None,
            webhook_listen=Listen(host="127.0.0.1", port=self._port),
            webhook_secret=SecretStr(SECRET) if by_webhook else None,
            http_listen=None,
            admin_ids=frozenset(),
            provider_token=SecretStr(self.provider_token),
            # Scenarios post at any hour; those of the allowance switch it on.
            allowance="off",
        )

    async def starts(self) -> None:
        """Start the bot and wait until it has said which updates it wants."""
        async with AsyncExitStack() as stack:
            entered = running(self.settings, handlers, now=self.world.clock.now, tempo=self.tempo)
            self._parts = await stack.enter_async_context(entered)
            self._running = stack.pop_all()
        await self.world.until(
            lambda: "chat_member" in self.account.updates.allowed, EXPECTED_SECONDS, "the bot to listen"
        )

    async def stops(self) -> None:
        """Stop the bot as SIGTERM would."""
        self._parts = None
        if self._running is not None:
            stack, self._running = self._running, None
            await stack.aclose()

    async def settles(self) -> None:
        """Wait until nothing is on its way any more: no update, no handler, nothing to send or to reckon."""
        try:
            async with asyncio.timeout(EXPECTED_SECONDS):
                while not await self._is_quiet():
                    await self.something_stirs()
        except TimeoutError:
            raise AssertionError(f"it never settled: {await self._under_way()}") from None

    async def something_stirs(self) -> None:
        """Wait for any change in the world, or a moment: what only the database shows stirs nothing."""
        self._stirred.clear()
        try:
            async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
                await self._stirred.wait()
        except TimeoutError:
            return

    def _time_has_passed(self) -> None:
        if self._parts is not None:
            self._parts.jobs.hurry()
            self._parts.sender.wake()

    async def passes(self, by: timedelta) -> None:
        """Let everything settle, then let time pass."""
        await self.settles()
        self.world.clock.advance(by)

    @property
    def now(self) -> datetime:
        """The time for everybody."""
        return self.world.clock.now()

    # What was said

    @property
    def heard(self) -> list[Heard]:
        """Every message that the bot has sent, oldest first; edits are no messages."""
        calls = [call for call in self.world.calls if call.bot is self.account]
        results = [call.answer["result"] for call in calls if _is_sent(call.method) and call.answer.get("ok")]
        # An album is several.
        sent = [each for result in results for each in (result if isinstance(result, list) else [result])]
        return [
            Heard(
                chat_id=message["chat"]["id"],
                text=message.get("text") or message.get("caption") or "",
                thread_id=message.get("message_thread_id"),
                reply_to_id=message.get("reply_to_message", {}).get("message_id"),
            )
            for message in sent
        ]

    async def hears(self, *deeds: Awaitable[object]) -> list[Heard]:
        """Do something and return what the bot says to it, once all is quiet."""
        await self.settles()
        before = len(self.heard)
        for deed in deeds:
            await deed
        await self.settles()
        return self.heard[before:]

    def posts_in(self, room: Room) -> list[SeenMessage]:
        """The bot's messages that stand in a chat now."""
        return [message for message in room.messages if message.author is self.account.user]

    def calls(self, *methods: str) -> list[Json]:
        """The parameters of every call of these methods that Telegram heard."""
        return [call.parameters for call in self.world.calls if call.method in methods]

    @property
    def updates(self) -> list[Json]:
        """Every update that was meant for the bot, oldest first."""
        return [sent.json for sent in self.world.update_log]

    async def takes(self, update: Json) -> None:
        """Hand the bot an update, as Telegram would deliver it (once more)."""
        if self.way == "polling":
            outcome = await self.parts.dispatcher.deliver(update, by_webhook=False)
            assert outcome.acknowledged
            return
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.webhook_url, json=update, headers={SECRET_HEADER: SECRET}) as response,
        ):
            assert response.status == 200

    # What is stored

    async def rows(self, model: type[M]) -> list[M]:
        """Every row of a table, in the order of its keys."""
        keys = SQLModel.metadata.tables[str(model.__tablename__)].primary_key.columns
        async with AsyncSession(self._looking.read) as session:
            return list((await session.exec(sqlmodel.select(model).order_by(*keys))).all())

    async def dump(self) -> Mapping[str, Sequence[Any]]:
        """All that is stored, but for what is on its way to be sent, which updates were seen, and talk."""
        async with self._looking.read.connect() as connection:
            return {
                table.name: sorted(map(repr, (await connection.execute(select(*_lasting(table)))).all()))
                for table in SQLModel.metadata.sorted_tables
                if table.name not in _PASSING
            }

    async def _is_quiet(self) -> bool:
        return self._nothing_runs() and not await self._due() and self._nothing_runs()

    def _nothing_runs(self) -> bool:
        parts = self.parts
        busy = parts.dispatcher.busy or parts.sender.in_flight or parts.jobs.busy
        return not (self.account.updates.pending or busy)

    async def _due(self) -> int:
        to_be_sent, to_be_reckoned = await self._glance.counts(_DUE, self.now)
        if to_be_sent:
            self.parts.sender.wake()
        if not any(job.sweep is settle_due for job in self.tempo.jobs):
            return to_be_sent
        if to_be_reckoned:
            self.parts.jobs.hurry()
        return to_be_sent + to_be_reckoned

    async def _under_way(self) -> str:
        parts = self.parts
        return (
            f"{len(self.account.updates.pending)} updates pending, {parts.dispatcher.busy} being handled, "
            f"{await self._due()} to be sent, {parts.sender.in_flight} on their way"
        )


@dataclass(frozen=True, kw_only=True)
class Circle:
    """A group of friends who buy honey: Mei owns it, and each of the others reads another language."""

    house: House
    group: Group
    mei: Person
    ann: Person
    ben: Person
    lin: Person

    @property
    def posts(self) -> list[str]:
        """What the bot has said in the group and not taken back."""
        return [message.text for message in self.house.posts_in(self.group)]

    def private(self, person: Person) -> list[str]:
        """What the bot has told somebody in private."""
        return [message.text for message in self.house.posts_in(person.private(self.house.account))]

    async def offers(
        self,
        text: str = "12.90 Yunnan honey | 20 jars | till 20:00",
        *,
        by: Person | None = None,
        reply_to: SeenMessage | None = None,
    ) -> SeenMessage:
        """Post a pick and return its card."""
        before = len(self.house.posts_in(self.group))
        await (by or self.mei).says(f"/pick {text}", in_=self.group, reply_to=reply_to)
        await self.house.world.until(
            lambda: len(self.house.posts_in(self.group)) > before, EXPECTED_SECONDS, "the card"
        )
        await self.house.settles()
        # Beside several cards stands a list of them, without buttons.
        new = self.house.posts_in(self.group)[before:]
        cards = [post for post in new if post.buttons]
        assert cards, f"no card: {new!r}"
        return cards[0]


@asynccontextmanager
async def house_open(database_url: str, *, way: Way, tempo: Tempo = QUICK) -> AsyncIterator[House]:
    """A house whose clock says Monday, ten in the morning, with the bot running."""
    world = World()
    world.clock.advance(_until_monday_morning(world.clock.now()))
    world.webhooks.backoff_scale = 0.01
    tg = await Sandbox.start(world=world)
    try:
        async with opened(database_url) as looking, glancing(database_url) as glance:
            house = House(tg, database_url=database_url, looking=looking, glance=glance, way=way, tempo=tempo)
            try:
                await house.starts()
                yield house
            finally:
                await house.stops()
    finally:
        await tg.stop()


async def honey_friends(house: House, *, title: str = "Honey friends", **group: Any) -> Circle:
    """A group with the bot as an administrator; its owner alone has opened her private chat."""
    mei, ann = house.tg.person("Mei", username="mei_tea"), house.tg.person("Ann")
    ben, lin = house.tg.person("Бен", language="ru"), house.tg.person("小林", language="zh-hans")
    await mei.starts(house.account)
    await house.settles()
    founded = house.tg.group(title, owner=mei, members=[ann, ben, lin], **group)
    await mei.adds_bot(house.account, founded, admin=True)
    await house.settles()
    return Circle(house=house, group=founded, mei=mei, ann=ann, ben=ben, lin=lin)


def quick(**changes: Any) -> Tempo:
    """The quick tempo with something else about it."""
    return replace(QUICK, **changes)


def _is_sent(method: str) -> bool:
    return method.startswith("send") and method != "sendChatAction"


def _until_monday_morning(now: datetime) -> timedelta:
    monday = (now + timedelta(days=7 - now.weekday())).date()
    return datetime(monday.year, monday.month, monday.day, 10, tzinfo=UTC) - now


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
