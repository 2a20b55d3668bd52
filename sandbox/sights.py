"""What a person sees: messages with their buttons, and the chats they are in."""

# Waiting callers say how long, as in asyncio.wait_for: it reads better than a block around each wait.
# ruff: noqa: ASYNC109

from dataclasses import dataclass

from sandbox.changes import PATIENCE
from sandbox.models.callbacks import CallbackQuery, Toast
from sandbox.models.chats import Chat
from sandbox.models.inline import InlineQuery
from sandbox.models.invoices import Invoice
from sandbox.models.messages import Message
from sandbox.models.polls import Poll
from sandbox.models.users import Json, User
from sandbox.world import World


class SeenMessage:
    """A message as it is now; edits and reactions show at once."""

    __slots__ = ("message", "world")

    def __init__(self, world: World, message: Message) -> None:
        self.world = world
        self.message = message

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SeenMessage) and other.message is self.message

    def __hash__(self) -> int:
        return hash(self.message)

    def __repr__(self) -> str:
        return f"<message {self.id} of {self.message.sender.full_name}: {self.text!r} {self.buttons}>"

    @property
    def id(self) -> int:
        """The message id."""
        return self.message.id

    @property
    def chat_id(self) -> int:
        """The id of the chat that the message is in."""
        return self.message.chat.id

    @property
    def author(self) -> User:
        """Who wrote it."""
        return self.message.sender

    @property
    def text(self) -> str:
        """The text or the caption."""
        return self.message.words

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or caption."""
        return self.message.entities

    @property
    def photo(self) -> bytes | None:
        """The picture, if there is one."""
        return self.message.photo.content if self.message.photo else None

    @property
    def document(self) -> bytes | None:
        """The file, if there is one."""
        return self.message.document.content if self.message.document else None

    @property
    def invoice(self) -> Invoice | None:
        """What it asks to be paid, if it is an invoice."""
        return self.message.invoice

    @property
    def poll(self) -> Poll | None:
        """The poll, if it is one."""
        return self.message.poll

    @property
    def file_name(self) -> str | None:
        """The name of the file, if it has one."""
        return self.message.media.name if self.message.media else None

    @property
    def album(self) -> list["SeenMessage"]:
        """All that is left of the album that it belongs to, itself included; itself alone otherwise."""
        parts = self.world.history(self.message.chat).album(self.message)
        return [SeenMessage(self.world, part) for part in parts]

    @property
    def quote(self) -> str | None:
        """The part of the answered message that it quotes."""
        return self.message.quote["text"] if self.message.quote else None

    @property
    def forwarded_from(self) -> str | None:
        """Whose message this is a forward of, as a client names them."""
        origin = self.message.forward_origin
        if origin is None:
            return None
        if origin["type"] == "hidden_user":
            return str(origin["sender_user_name"])
        author = origin.get("sender_user") or origin.get("sender_chat") or origin["chat"]
        return str(author.get("title") or f"{author['first_name']} {author.get('last_name', '')}".strip())

    @property
    def rows(self) -> list[list[Json]]:
        """The inline buttons as the bot sent them."""
        return self.message.markup["inline_keyboard"] if self.message.markup else []

    @property
    def buttons(self) -> list[list[str]]:
        """The words on the inline buttons, row by row."""
        return [[button["text"] for button in row] for row in self.rows]

    @property
    def reactions(self) -> dict[str, int]:
        """How many gave each emoji, anonymous ones included."""
        return self.message.reactions

    @property
    def reply_to(self) -> "SeenMessage | None":
        """The message that this one answers."""
        answered = self.message.reply_to
        return SeenMessage(self.world, answered) if answered else None

    @property
    def thread_id(self) -> int | None:
        """The thread or forum topic that it is in."""
        return self.message.thread_id

    @property
    def is_edited(self) -> bool:
        """Whether it was changed after it was sent."""
        return self.message.edit_date is not None

    @property
    def is_deleted(self) -> bool:
        """Whether it was taken away."""
        return self.message.is_deleted

    @property
    def is_pinned(self) -> bool:
        """Whether it is pinned."""
        return self.message.is_pinned

    def button(self, words: str) -> Json:
        """Return the first button whose text contains `words`; raises AssertionError that lists them."""
        for row in self.rows:
            for button in row:
                if words in button["text"]:
                    return button
        raise AssertionError(f"no button {words!r} on {self!r}")

    async def until(
        self, *, contains: str | None = None, lacks: str | None = None, timeout: float = PATIENCE
    ) -> "SeenMessage":
        """Wait until the text contains (or no longer contains) words; raises NeverHappened."""

        def fits() -> bool:
            return (contains is None or contains in self.text) and (lacks is None or lacks not in self.text)

        wanted = f"{contains!r} in" if contains is not None else f"{lacks!r} to leave"
        await self.world.until(fits, timeout, f"{wanted} {self!r}")
        return self

    async def until_button(self, words: str, *, timeout: float = PATIENCE) -> "SeenMessage":
        """Wait until a button's text contains words; raises NeverHappened."""

        def fits() -> bool:
            return any(words in text for row in self.buttons for text in row)

        await self.world.until(fits, timeout, f"a button {words!r} on {self!r}")
        return self

    async def until_reaction(self, emoji: str, count: int = 1, *, timeout: float = PATIENCE) -> "SeenMessage":
        """Wait until the message has `count` of an emoji; raises NeverHappened."""
        await self.world.until(
            lambda: self.reactions.get(emoji, 0) == count, timeout, f"{count} {emoji} on {self!r}"
        )
        return self

    async def until_deleted(self, *, timeout: float = PATIENCE) -> "SeenMessage":
        """Wait until the message is gone; raises NeverHappened."""
        await self.world.until(lambda: self.is_deleted, timeout, f"{self!r} to be deleted")
        return self


class Room:
    """A chat to read: a group, or one person's chat with a bot."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self._chat = chat

    @property
    def chat(self) -> Chat:
        """The chat as it is now: after a migration, the supergroup."""
        while self._chat.migrated_to is not None:
            self._chat = self.world.chats[self._chat.migrated_to]
        return self._chat

    @property
    def id(self) -> int:
        """The chat id."""
        return self.chat.id

    @property
    def messages(self) -> list[SeenMessage]:
        """Everything that is shown, oldest first, service messages included."""
        return [SeenMessage(self.world, message) for message in self.world.history(self.chat).shown()]

    @property
    def last_message(self) -> SeenMessage:
        """The newest message; raises IndexError in an empty chat."""
        return self.messages[-1]

    @property
    def pinned(self) -> list[SeenMessage]:
        """The pinned messages, oldest first."""
        return [message for message in self.messages if message.is_pinned]

    async def until_message(
        self,
        *,
        containing: str = "",
        after: SeenMessage | None = None,
        by: User | None = None,
        timeout: float = PATIENCE,
    ) -> SeenMessage:
        """Return the newest message with the words, waiting for it to come; raises NeverHappened.

        `after` leaves out that message and older ones, `by` other authors, and service messages never count.
        """

        def newest() -> SeenMessage | None:
            for message in reversed(self.world.history(self.chat).messages.values()):
                if after is not None and message.chat is after.message.chat and message.id <= after.id:
                    return None
                if message.is_deleted or message.service or (by is not None and message.sender is not by):
                    continue
                if containing in message.words:
                    return SeenMessage(self.world, message)
            return None

        found = await self.world.until(newest, timeout, f"a message with {containing!r} in {self!r}")
        assert found is not None
        return found

    def __repr__(self) -> str:
        return f"{self.chat.title or 'a private chat'}: {[message.text for message in self.messages[-5:]]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tap:
    """A press of a button: a query for the bot, an address that opened, a text that was copied or typed."""

    query: CallbackQuery | None = None
    opened: str | None = None
    copied: str | None = None
    typed: InlineQuery | None = None

    async def answered(self, timeout: float = PATIENCE) -> Toast:
        """Return what the bot answered; raises NeverHappened after `timeout` real seconds."""
        if self.query is None:
            raise AssertionError(f"the button asks the bot nothing: {self!r}")
        return await self.query.answered(timeout)
