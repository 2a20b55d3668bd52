"""Inline mode: what a person types after a bot's name, and what she may choose from."""

# Waiting callers say how long, as in asyncio.wait_for: it reads better than a block around each wait.
# ruff: noqa: ASYNC109

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sandbox.changes import NeverHappened
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.users import Json, User

ANSWER_LIFETIME = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class InlineMode:
    """How inline mode is set at BotFather: words in the input field, and how often choices are told."""

    placeholder: str = ""
    feedback_percent: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class InlineResult:
    """One result: what the list shows, and the fields of the message that is sent when it is chosen."""

    id: str
    kind: str
    title: str = ""
    description: str = ""
    content: dict[str, Any]
    markup: Json | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StartButton:
    """The button above the results, which opens the bot's private chat."""

    text: str
    start_parameter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InlineAnswer:
    """What the bot offers."""

    results: tuple[InlineResult, ...]
    next_offset: str = ""
    button: StartButton | None = None

    @property
    def titles(self) -> list[str]:
        """What the list shows: the title of each result, or its id where it has none."""
        return [result.title or result.id for result in self.results]


class InlineQuery:
    """A person types; `answer` is what the bot offered, once it has."""

    __slots__ = ("_answered", "answer", "asked_at", "bot_id", "chat", "id", "offset", "text", "user")

    def __init__(
        self, *, id: str, user: User, bot_id: int, chat: Chat, text: str, offset: str, asked_at: float
    ) -> None:
        self.id = id
        self.user = user
        self.bot_id = bot_id
        self.chat = chat
        self.text = text
        self.offset = offset
        self.asked_at = asked_at
        self.answer: InlineAnswer | None = None
        self._answered = asyncio.Event()

    def give(self, answer: InlineAnswer) -> None:
        """Record the bot's answer; a later one takes the place of an earlier one."""
        self.answer = answer
        self._answered.set()

    async def answered(self, timeout: float = 5.0) -> InlineAnswer:
        """Return what the bot offers; raises NeverHappened after `timeout` real seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._answered.wait()
        except TimeoutError:
            who = f"{self.user.first_name}'s query {self.text!r}"
            raise NeverHappened(f"waited {timeout:g} s for an answer to {who}") from None
        assert self.answer is not None
        return self.answer

    def to_json(self) -> Json:
        """Return the Bot API's InlineQuery."""
        return {
            "id": self.id,
            "from": self.user.to_json(),
            "query": self.text,
            "offset": self.offset,
            "chat_type": self._chat_type(),
        }

    def _chat_type(self) -> str:
        if not self.chat.is_private:
            return self.chat.kind
        return "sender" if self.bot_id in self.chat.members else "private"


# By bot, text, offset and the person whom a personal answer is kept for: the answer and its last moment.
Kept = dict[tuple[int, str, str, int | None], tuple[InlineAnswer, float]]


@dataclass(kw_only=True, slots=True)
class InlineBook:
    """Everything that the world remembers of inline mode."""

    # Telegram publishes no figure: a query that nobody answered in this time can't be answered any more.
    lifetime: float = ANSWER_LIFETIME
    queries: dict[str, InlineQuery] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    kept: Kept = field(default_factory=dict)
    # By bot, how far the choices so far add up to one that is told.
    feedback: dict[int, int] = field(default_factory=dict)

    def find_kept(self, bot_id: int, text: str, offset: str, user: User, *, at: float) -> InlineAnswer | None:
        """Return an answer that Telegram still keeps from an earlier, equal query."""
        for whose in (user.id, None):
            found = self.kept.get((bot_id, text, offset, whose))
            if found is not None and found[1] > at:
                return found[0]
        return None
