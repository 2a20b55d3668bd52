"""What happens in the world, gathered into small notices for one open page."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sandbox.bots import Bot
from sandbox.changes import Change
from sandbox.models.callbacks import CallbackQuery
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.polls import Poll
from sandbox.models.users import Json
from sandbox.stage.places import chat_key
from sandbox.stage.views import message_view
from sandbox.world import World

_SHOWN_AGAIN = ("message", "edited", "deleted", "reactions", "pinned")
_STATE = ("user", "bot", "chat", "member", "topic", "migrated", "join_request", "join_request_settled")


@dataclass(kw_only=True, slots=True)
class Notices:
    """Gathers changes until they are taken; a message that changed ten times is sent once."""

    world: World
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    _messages: dict[Message, None] = field(default_factory=dict)
    _polls: dict[str, Poll] = field(default_factory=dict)
    _answers: list[CallbackQuery] = field(default_factory=list)
    _actions: dict[str, str] = field(default_factory=dict)
    _flags: set[str] = field(default_factory=set)

    def hear(self, change: Change) -> None:
        """Note a change."""
        kind, about = change.kind, change.about
        if kind in _SHOWN_AGAIN and isinstance(about, Message):
            # Taken out first, so that messages stay in the order of their latest change.
            self._messages.pop(about, None)
            self._messages[about] = None
        elif kind == "poll" and isinstance(about, Poll):
            self._polls[about.id] = about
        elif kind == "callback_answer" and isinstance(about, CallbackQuery):
            self._answers.append(about)
        elif kind == "action":
            self._hear_action(about)
        elif kind in _STATE:
            self._flags.add("state")
        elif kind in ("commands", "hints"):
            self._flags.add(kind)
        elif kind in ("scene", "scenes"):
            self._flags.add("scenes")
        elif kind in ("update", "call", "webhook_failed", "cut", "taken"):
            self._flags.add("traffic")
        else:
            return
        self.stirred.set()

    def take(self) -> Json:
        """Return and forget what was gathered."""
        self.stirred.clear()
        messages = self._messages | dict.fromkeys(_showing(self.world, self._polls))
        answers, actions, flags = self._answers, self._actions, self._flags
        self._messages, self._polls, self._answers, self._actions, self._flags = {}, {}, [], {}, set()
        shown = [message_view(message) for message in messages if not message.is_deleted]
        notice: Json = {flag: True for flag in sorted(flags)}
        if shown:
            notice["messages"] = shown
        if gone := [message for message in messages if message.is_deleted]:
            notice["deleted"] = [{"chat": chat_key(message.chat), "id": message.id} for message in gone]
        if answers:
            notice["answers"] = [_answer_view(query) for query in answers]
        if actions:
            notice["actions"] = [{"chat": key, "name": name} for key, name in actions.items()]
        return notice

    def _hear_action(self, about: Any) -> None:
        chat, bot, _ = about
        if isinstance(chat, Chat) and isinstance(bot, Bot):
            self._actions[chat_key(chat)] = bot.user.full_name


def _showing(world: World, polls: dict[str, Poll]) -> list[Message]:
    """Return the messages that show polls: forwards show the same poll again."""
    if not polls:
        return []
    chats = [*world.chats.values(), *world.private_chats.values()]
    shown = (message for chat in chats for message in world.history(chat).shown())
    return [message for message in shown if message.poll is not None and message.poll.id in polls]


def _answer_view(query: CallbackQuery) -> Json:
    toast = query.answer
    return {
        "person": query.user.id,
        "chat": chat_key(query.message.chat),
        "message": query.message.id,
        "data": query.data,
        "text": toast.text if toast else "",
        "is_alert": toast.alert if toast else False,
        "url": toast.url if toast else None,
    }
