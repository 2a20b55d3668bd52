"""The world: the one place of state, with a feed of everything that changes in it."""

# Waiting callers say how long, as in asyncio.wait_for: it reads better than a block around each wait.
# ruff: noqa: ASYNC109

import itertools
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, Unpack

import aiohttp

from sandbox import access
from sandbox.bots import Bot
from sandbox.changes import PATIENCE, ChangeFeed, Listener
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.limits import Limits
from sandbox.models.callbacks import CallbackQuery
from sandbox.models.chats import Chat, Kind
from sandbox.models.inline import InlineBook
from sandbox.models.links import InviteLink
from sandbox.models.media import FileKind, MediaDetails, StoredFile, new_file
from sandbox.models.members import ChatMember
from sandbox.models.messages import History, Message
from sandbox.models.polls import Poll
from sandbox.models.users import ANONYMOUS_ADMIN, Json, User
from sandbox.payments import Payments
from sandbox.updates import Lane, UpdateQueue
from sandbox.webhooks import WebhookTempo

T = TypeVar("T")
_KEPT = 100_000


@dataclass(frozen=True, kw_only=True, slots=True)
class SentUpdate:
    """An update as it was queued for a bot."""

    bot: Bot
    json: Json


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiCall:
    """A call as a bot made it, with the body that it was answered."""

    bot: Bot
    method: str
    parameters: Json
    answer: Json


class World:
    """Users, bots, chats, messages, links and files of one local Telegram."""

    # Called with every new world: so a test suite watches all of them.
    greeters: ClassVar[list[Callable[["World"], None]]] = []

    def __init__(self) -> None:
        self.clock = Clock()
        self.changes = ChangeFeed()
        self.limits = Limits(clock=self.clock)
        self.faults = Faults()
        self.webhooks = WebhookTempo()
        self.payments = Payments(clock=self.clock, number=self.number)
        # Telegram publishes no figure: a press that nobody answered in this time can't be answered any more.
        self.callback_lifetime = 150.0
        # BotFather says that plain @mentions reach a bot in privacy mode; the FAQ is silent.
        self.mentions_reach_bots = True
        # Some clients lose the payload of a ?startgroup= link.
        self.group_payloads_arrive = True
        self.users: dict[int, User] = {ANONYMOUS_ADMIN.id: ANONYMOUS_ADMIN}
        self.bots: dict[str, Bot] = {}
        self.bots_by_id: dict[int, Bot] = {}
        self.chats: dict[int, Chat] = {}
        self.private_chats: dict[tuple[int, int], Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.callbacks: dict[str, CallbackQuery] = {}
        # By person, message and data: an answer that her client shows again without asking the bot.
        self.kept_answers: dict[tuple[int, Message, str], CallbackQuery] = {}
        self.polls: dict[str, Poll] = {}
        self.inline = InlineBook()
        self.update_log: deque[SentUpdate] = deque(maxlen=_KEPT)
        self.calls: deque[ApiCall] = deque(maxlen=_KEPT)
        # Runs a method of the API; the server puts it here, since methods are built on the world.
        self.execute: Callable[[Bot, aiohttp.ClientResponse], Awaitable[Any]] | None = None
        self._histories: dict[Chat, History] = {}
        self._http: aiohttp.ClientSession | None = None
        self._user_ids = itertools.count(1001)
        self._bot_ids = itertools.count(7_000_000_001)
        self._group_ids = itertools.count(-4_000_001, -1)
        self._supergroup_ids = itertools.count(-1_002_000_000_001, -1)
        self._numbers = itertools.count(1)
        for greet in self.greeters:
            greet(self)

    # People, bots, chats

    def add_user(
        self,
        first_name: str,
        *,
        language: str | None = "en",
        username: str | None = None,
        last_name: str | None = None,
    ) -> User:
        """Register a person."""
        user = User(
            id=next(self._user_ids),
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language,
        )
        self.users[user.id] = user
        self.changes.notify("user", user)
        return user

    def add_bot(
        self, username: str, *, token: str | None = None, name: str | None = None, privacy: bool = True
    ) -> Bot:
        """Register a bot; a token is made up when none is given."""
        bot_id = next(self._bot_ids)
        if token is not None and token.split(":")[0].isdigit():
            bot_id = int(token.split(":")[0])
        user = User(id=bot_id, first_name=name or username, username=username, is_bot=True)
        queue = UpdateQueue(
            clock=self.clock,
            changes=self.changes,
            first_id=100_000_000 + next(self._numbers) * 1_000_000,
            faults=self.faults,
        )
        bot = Bot(
            user=user, token=token or f"{bot_id}:SANDBOX-{username}", updates=queue, has_privacy=privacy
        )
        self.users[bot_id] = user
        self.bots[bot.token] = bot
        self.bots_by_id[bot_id] = bot
        self.changes.notify("bot", bot)
        return bot

    def add_chat(
        self, title: str, *, kind: Kind = "supergroup", username: str | None = None, is_forum: bool = False
    ) -> Chat:
        """Register a group, a supergroup or a channel with nobody in it."""
        chat_id = next(self._group_ids if kind == "group" else self._supergroup_ids)
        chat = Chat(
            id=chat_id, kind=kind, title=title, username=username, is_forum=is_forum, now=self.clock.time
        )
        self.chats[chat_id] = chat
        self.changes.notify("chat", chat)
        return chat

    def private_chat(self, bot: Bot, user: User) -> Chat:
        """Return one person's chat with a bot; it exists from the first look on."""
        chat = self.private_chats.get((bot.id, user.id))
        if chat is None:
            chat = Chat(id=user.id, kind="private", person=user)
            chat.members = {member.id: ChatMember(user=member) for member in (user, bot.user)}
            self.private_chats[bot.id, user.id] = chat
        return chat

    def bots_in(self, chat: Chat) -> list[Bot]:
        """Return the bots that are in a chat now."""
        return [
            self.bots_by_id[member.user.id]
            for member in chat.members.values()
            if member.user.id in self.bots_by_id and member.is_present
        ]

    def history(self, chat: Chat) -> History:
        """Return a chat's messages."""
        history = self._histories.get(chat)
        if history is None:
            history = self._histories[chat] = History()
        return history

    # What bots may reach

    def find_chat(self, bot: Bot, reference: int | str) -> Chat:
        """Return the chat that a bot names, to read; raises ApiError 400 or 403."""
        return access.find_chat(self, bot, reference)

    def writable_chat(self, bot: Bot, reference: int | str) -> Chat:
        """Return the chat a bot writes to; raises ApiError when Telegram would not let it."""
        return access.writable_chat(self, bot, reference)

    # Updates, files, numbers

    def send_update(self, bot: Bot, kind: str, payload: Json, lane: Lane) -> None:
        """Queue an update for a bot and record it."""
        update = bot.updates.push(kind, payload, lane)
        if update is not None:
            sent = SentUpdate(bot=bot, json=update.to_json())
            self.update_log.append(sent)
            self.changes.notify("update", sent)

    def redeliver_everything_twice(self, on: bool = True) -> None:
        """Hand every update of every bot over twice from now on, with the same update_id."""
        for bot in self.bots.values():
            bot.updates.twice = on

    def add_file(
        self,
        content: bytes,
        *,
        name: str | None = None,
        mime_type: str | None = None,
        kind: FileKind | None = None,
        thumbnail: StoredFile | None = None,
        **details: Unpack[MediaDetails],
    ) -> StoredFile:
        """Keep an upload; without a kind, a picture is a photo and anything else a document."""
        stored = new_file(
            next(self._numbers),
            content,
            name=name,
            mime_type=mime_type,
            kind=kind,
            thumbnail=thumbnail,
            **details,
        )
        self.files[stored.file_id] = stored
        return stored

    def add_link(self, chat: Chat, creator: User, *, is_primary: bool = False) -> InviteLink:
        """Make a new link into a group."""
        link = InviteLink(url=f"https://t.me/+{self.number():016x}", creator=creator, is_primary=is_primary)
        chat.links[link.url] = link
        return link

    def number(self) -> int:
        """Return a number that is never given twice; the same in every run."""
        return next(self._numbers) * 0x9E3779B97F4A7C15 % 2**63

    def press(self, user: User, message: Message, data: str, bot: Bot) -> CallbackQuery:
        """Record a press of an inline button."""
        query = CallbackQuery(
            id=str(self.number()),
            user=user,
            message=message,
            data=data,
            bot_id=bot.id,
            pressed_at=self.clock.time(),
        )
        self.callbacks[query.id] = query
        return query

    # Watching

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at every change; returns what stops it."""
        return self.changes.listen(listener)

    async def until(
        self, condition: Callable[[], T], timeout: float = PATIENCE, waiting_for: str = "a condition"
    ) -> T:
        """Return the condition's first truthy value; raises NeverHappened after `timeout` real seconds."""
        return await self.changes.until(condition, timeout=timeout, waiting_for=waiting_for)

    def http(self) -> aiohttp.ClientSession:
        """Return the session that webhooks are called with."""
        if self._http is None:
            self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._http

    async def close(self) -> None:
        """Stop every delivery and let every long poll answer."""
        for bot in self.bots.values():
            if bot.webhook is not None:
                await bot.webhook.stop()
            bot.updates.release()
        if self._http is not None:
            await self._http.close()
