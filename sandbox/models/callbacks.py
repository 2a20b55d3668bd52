"""A press of an inline button, and what the bot answers."""

# Waiting callers say how long, as in asyncio.wait_for: it reads better than a block around each wait.
# ruff: noqa: ASYNC109

import asyncio
from dataclasses import dataclass

from sandbox.changes import NeverHappened
from sandbox.models.messages import Message
from sandbox.models.users import Json, User


@dataclass(frozen=True, kw_only=True, slots=True)
class Toast:
    """What answerCallbackQuery shows: a passing line, an alert, or a page to open."""

    text: str = ""
    alert: bool = False
    url: str | None = None


class CallbackQuery:
    """A press; `answer` is what the bot said, once it has."""

    __slots__ = (
        "_answered",
        "answer",
        "answers",
        "bot_id",
        "data",
        "id",
        "kept_until",
        "message",
        "pressed_at",
        "user",
    )

    def __init__(
        self, *, id: str, user: User, message: Message, data: str, bot_id: int, pressed_at: float
    ) -> None:
        self.id = id
        self.user = user
        self.message = message
        self.data = data
        self.bot_id = bot_id
        self.pressed_at = pressed_at
        self.answer: Toast | None = None
        self.answers = 0
        self.kept_until = 0.0
        self._answered: asyncio.Event = asyncio.Event()

    def give(self, toast: Toast) -> None:
        """Record the bot's answer; the person sees the first one."""
        self.answers += 1
        if self.answer is None:
            self.answer = toast
            self._answered.set()

    async def answered(self, timeout: float = 5.0) -> Toast:
        """Return the bot's answer; raises NeverHappened after `timeout` real seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._answered.wait()
        except TimeoutError:
            who = f"{self.user.first_name}'s press of {self.data!r}"
            raise NeverHappened(f"waited {timeout:g} s for an answer to {who}") from None
        assert self.answer is not None
        return self.answer

    def to_json(self) -> Json:
        """Return the Bot API's CallbackQuery; a deleted message comes as an inaccessible one."""
        message = self.message
        if message.inline_id is not None:
            return self._head() | {"inline_message_id": message.inline_id}
        shown = (
            {"chat": message.chat.to_json(), "message_id": message.id, "date": 0}
            if message.is_deleted
            else message.to_json()
        )
        return self._head() | {"message": shown}

    def _head(self) -> Json:
        return {
            "id": self.id,
            "from": self.user.to_json(),
            "chat_instance": self.message.chat.instance,
            "data": self.data,
        }
