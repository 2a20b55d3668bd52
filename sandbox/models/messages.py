"""Messages and a chat's history of them."""

from collections import Counter
from dataclasses import dataclass, field

from sandbox.models.chats import Chat
from sandbox.models.invoices import Invoice
from sandbox.models.media import StoredFile
from sandbox.models.polls import Poll
from sandbox.models.users import Json, User


@dataclass(eq=False, kw_only=True, slots=True)
class Message:
    """One message; `service` holds what Telegram itself says in it (joins, pins, migrations …)."""

    id: int
    chat: Chat
    date: int
    sender: User
    sender_chat: Chat | None = None
    text: str | None = None
    caption: str | None = None
    entities: list[Json] = field(default_factory=list)
    photo: StoredFile | None = None
    document: StoredFile | None = None
    video: StoredFile | None = None
    audio: StoredFile | None = None
    media_group_id: str | None = None
    poll: Poll | None = None
    invoice: Invoice | None = None
    # Inline mode: the bot that offered the message, and the name that it edits it by.
    via_bot: User | None = None
    inline_id: str | None = None
    reply_to: "Message | None" = None
    thread_id: int | None = None
    is_topic: bool = False
    markup: Json | None = None
    keyboard: Json | None = None
    edit_date: int | None = None
    forward_origin: Json | None = None
    # A part of the answered message, and the answered message itself where it is in another chat or topic.
    quote: Json | None = None
    external_reply: Json | None = None
    extra: Json = field(default_factory=dict)
    service: Json = field(default_factory=dict)
    is_deleted: bool = False
    is_pinned: bool = False
    reactions_by: dict[int, list[str]] = field(default_factory=dict)
    anonymous_reactions: dict[str, int] = field(default_factory=dict)
    read_by_bots: set[int] = field(default_factory=set)
    # A channel's post: its copy in the discussion group, under which comments stand.
    discussed: "Message | None" = None
    # The one bot that is told, where a service message concerns no other.
    only_for: int | None = None

    @property
    def words(self) -> str:
        """The text, the caption, the title of an invoice or the question of a poll, whichever there is."""
        if self.invoice is not None:
            return self.invoice.title
        if self.poll is not None:
            return self.poll.question
        return self.text if self.text is not None else self.caption or ""

    @property
    def reactions(self) -> dict[str, int]:
        """How many gave each emoji."""
        counts = Counter(emoji for emojis in self.reactions_by.values() for emoji in emojis)
        counts.update(self.anonymous_reactions)
        return dict(counts)

    def to_json(self, *, with_reply: bool = True) -> Json:
        """Return the Bot API's Message; a quoted message comes without its own quotation."""
        json: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.to_json()}
        if self.chat.is_channel:
            json["sender_chat"] = self.chat.to_json()
        else:
            json["from"] = self.sender.to_json()
        if self.sender_chat is not None:
            json["sender_chat"] = self.sender_chat.to_json()
        if self.thread_id is not None:
            json["message_thread_id"] = self.thread_id
        if self.is_topic:
            json["is_topic_message"] = True
        if self.reply_to is not None and with_reply and not self.reply_to.is_deleted:
            json["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        if self.via_bot is not None:
            json["via_bot"] = self.via_bot.to_json()
        if self.edit_date is not None:
            json["edit_date"] = self.edit_date
        if self.forward_origin is not None:
            json["forward_origin"] = self.forward_origin
        if self.quote is not None and with_reply:
            json["quote"] = self.quote
        if self.external_reply is not None and with_reply:
            json["external_reply"] = self.external_reply
        self._add_content(json)
        if self.markup is not None:
            json["reply_markup"] = self.markup
        return json | self.extra | self.service

    @property
    def media(self) -> StoredFile | None:
        """The file that it carries, of whatever kind."""
        return self.photo or self.document or self.video or self.audio

    def media_json(self) -> Json:
        """Return the file under its name in the Bot API; nothing for a message without."""
        json: Json = {}
        if self.photo is not None:
            json["photo"] = self.photo.photo_json()
        if self.document is not None:
            json["document"] = self.document.document_json()
        if self.video is not None:
            json["video"] = self.video.video_json()
        if self.audio is not None:
            json["audio"] = self.audio.audio_json()
        return json

    def _add_content(self, json: Json) -> None:
        if self.text is not None:
            json["text"] = self.text
            if self.entities:
                json["entities"] = self.entities
        json |= self.media_json()
        if self.invoice is not None:
            json["invoice"] = self.invoice.to_json()
        if self.media_group_id is not None:
            json["media_group_id"] = self.media_group_id
        if self.poll is not None:
            json["poll"] = self.poll.to_json(in_message=True)
        if self.caption:
            json["caption"] = self.caption
            if self.entities:
                json["caption_entities"] = self.entities


@dataclass(eq=False, kw_only=True, slots=True)
class History:
    """A chat's messages by id, deleted ones included, and what is pinned."""

    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0

    def next_id(self) -> int:
        """Take the next message id."""
        self.last_id += 1
        return self.last_id

    def find(self, message_id: int) -> Message | None:
        """Return a message that still exists."""
        message = self.messages.get(message_id)
        return None if message is None or message.is_deleted else message

    def album(self, message: Message) -> list[Message]:
        """Return what is left of the album that a message belongs to; a single message is one of its own."""
        if message.media_group_id is None:
            return [message]
        return [other for other in self.shown() if other.media_group_id == message.media_group_id]

    def shown(self) -> list[Message]:
        """Return what a client shows, oldest first."""
        return [message for message in self.messages.values() if not message.is_deleted]
