"""PTB's updates, narrowed to what happened: Tap, Said, Typed, Chosen, Reacted, Counted, Moved, Asked."""

import re
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from telegram import Bot, CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.error import TelegramError

from bot.errors import ButtonOutdated
from bot.i18n import match_language
from bot.rules.typed_text import one_line
from bot.services.groups import SeenChat
from bot.telegram.delivery import hold_back
from bot.views.screens import toast
from storage.repositories.members import Seen

CHANNEL_BOT = 136817688
GROUP_ANONYMOUS_BOT = 1087968824
TELEGRAM = 777000
_FACELESS = {CHANNEL_BOT, GROUP_ANONYMOUS_BOT, TELEGRAM}
_COMMAND = re.compile(r"/([a-z_]+)(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?$", re.DOTALL)


class Tap(NamedTuple):
    """Somebody tapped a button under a message of ours."""

    update_id: int
    person: Seen
    chat_id: int
    message_id: int
    data: str
    query: CallbackQuery

    @property
    def has_caption(self) -> bool:
        """Whether the message is a picture or a file with words below it."""
        # The picture itself is not parsed under a tap.
        return getattr(self.query.message, "caption", None) is not None

    @property
    def is_private(self) -> bool:
        """Whether the button stands in the private chat of whoever tapped it."""
        return self.chat_id == self.person.id

    def require_private(self) -> None:
        """What stands in a group is nobody's own screen. Raises ButtonOutdated."""
        if not self.is_private:
            raise ButtonOutdated

    async def answer(
        self,
        text: str = "",
        *,
        alert: bool = False,
        url: str | None = None,
        once: Awaitable[None] | None = None,
    ) -> None:
        """Answer by a toast, an alert or a link into our chat; a tap that is too old needs none.

        What the answer tells of is stored `once` that has ended; no answer goes out before.
        """
        if once is not None and not hold_back(once):
            await once
        with suppress(TelegramError):
            await self.query.answer(toast(text) or None, show_alert=alert or None, url=url)


@dataclass(frozen=True, kw_only=True, slots=True)
class Photo:
    """One size of a photo that was sent, in pixels."""

    id: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A file that was sent: its size is in bytes, and its name and type are the sender's word."""

    id: str
    name: str
    size: int
    mime_type: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Somebody wrote a message, or edited one; a command is split into its name and its arguments."""

    update_id: int
    person: Seen
    chat: SeenChat
    is_private: bool
    message_id: int
    text: str
    command: str | None
    arguments: str
    is_edit: bool
    topic_id: int | None
    reply_to_id: int | None
    reply_to_us: bool
    reply_to_person: Seen | None
    reply_to_text: str
    photo_id: str | None
    speaks_for_group: bool
    has_face: bool
    #: When, as Telegram has it: what was said while we did not run comes later.
    said_at: datetime
    #: The message's own photo in all its sizes, smallest first; `photo_id` may be that of the one it answers.
    photos: tuple[Photo, ...] = ()
    document: Document | None = None
    #: The same for all messages of one album.
    album_id: str | None = None
    #: Something was sent that is neither text, photo nor document: a video, a sticker, a voice, a place.
    is_other: bool = False
    #: It is a card of ours that was sent by our name, and nothing that was said.
    came_through_us: bool = False
    is_bot: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reacted:
    """Somebody's reactions to a message are now these."""

    update_id: int
    person: Seen
    chat_id: int
    message_id: int
    emojis: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A message's unnamed reactions are now these."""

    update_id: int
    chat_id: int
    message_id: int
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """Somebody's standing in a chat changed."""

    update_id: int
    chat: SeenChat
    is_private: bool
    by: Seen
    #: Who added her by hand, where somebody did whom one can know.
    added_by: Seen | None
    person: Seen
    person_is_bot: bool
    was_in: bool
    is_in: bool
    status: str
    link_url: str | None
    link_owner_is_us: bool
    #: When, as Telegram has it.
    moved_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Somebody asked to be let into a group."""

    update_id: int
    chat: SeenChat
    person: Seen
    link_url: str | None


class Typed(NamedTuple):
    """Somebody typed our name and these words in any chat, to choose what to send there."""

    update_id: int
    person: Seen
    query_id: str
    text: str


class Chosen(NamedTuple):
    """Somebody chose one of the results and sent it."""

    update_id: int
    person: Seen
    result_id: str


def tap_of(update: Update) -> Tap:
    """The tap in an update."""
    query = update.callback_query
    assert query is not None
    message = query.message
    return Tap(
        update_id=update.update_id,
        person=seen(query.from_user),
        chat_id=message.chat.id if message else 0,
        message_id=message.message_id if message else 0,
        data=query.data or "",
        query=query,
    )


def said_of(update: Update, bot: Bot) -> Said:
    """The message in an update."""
    message = update.edited_message or update.message
    assert message is not None
    text = message.text or message.caption or ""
    command, arguments = _command(text, bot.username)
    reply = _reply(message)
    return Said(
        update_id=update.update_id,
        person=seen(message.from_user) if message.from_user else _NOBODY,
        chat=_chat(message.chat),
        is_private=message.chat.type == "private",
        message_id=message.message_id,
        text=text,
        command=command,
        arguments=arguments,
        is_edit=update.edited_message is not None,
        topic_id=message.message_thread_id if message.is_topic_message else None,
        reply_to_id=reply.message_id if reply else None,
        reply_to_us=bool(reply and reply.from_user and reply.from_user.id == bot.id),
        reply_to_person=_author(reply) if reply else None,
        reply_to_text=(reply.text or reply.caption or "") if reply else "",
        photo_id=_photo(message) or (_photo(reply) if reply else None),
        speaks_for_group=bool(message.sender_chat and message.sender_chat.id == message.chat.id),
        has_face=bool(message.from_user and message.from_user.id not in _FACELESS),
        said_at=message.date,
        photos=tuple(Photo(id=size.file_id, width=size.width, height=size.height) for size in message.photo),
        document=_document(message),
        album_id=message.media_group_id,
        is_other=not (message.text or message.photo or _document(message)),
        came_through_us=bool(message.via_bot and message.via_bot.id == bot.id),
        is_bot=bool(message.from_user and message.from_user.is_bot),
    )


def typed_of(update: Update) -> Typed:
    """The search in an update."""
    query = update.inline_query
    assert query is not None
    return Typed(
        update_id=update.update_id, person=seen(query.from_user), query_id=query.id, text=query.query
    )


def chosen_of(update: Update) -> Chosen:
    """The choice in an update."""
    chosen = update.chosen_inline_result
    assert chosen is not None
    return Chosen(update_id=update.update_id, person=seen(chosen.from_user), result_id=chosen.result_id)


def reacted_of(update: Update) -> Reacted | None:
    """The reaction in an update, if a person gave it."""
    change = update.message_reaction
    if change is None or change.user is None:
        return None
    return Reacted(
        update_id=update.update_id,
        person=seen(change.user),
        chat_id=change.chat.id,
        message_id=change.message_id,
        emojis=tuple(_emoji(reaction) for reaction in change.new_reaction),
    )


def counted_of(update: Update) -> Counted:
    """The reaction counts in an update."""
    change = update.message_reaction_count
    assert change is not None
    counts: dict[str, int] = {}
    for reaction in change.reactions:
        emoji = _emoji(reaction.type)
        counts[emoji] = counts.get(emoji, 0) + reaction.total_count
    return Counted(
        update_id=update.update_id, chat_id=change.chat.id, message_id=change.message_id, counts=counts
    )


def moved_of(update: Update, bot: Bot) -> Moved:
    """The change of standing in an update, ours or somebody else's."""
    change = update.my_chat_member or update.chat_member
    assert change is not None
    link = change.invite_link
    return Moved(
        update_id=update.update_id,
        chat=_chat(change.chat),
        is_private=change.chat.type == "private",
        by=seen(change.from_user),
        added_by=_adder(change),
        person=seen(change.new_chat_member.user),
        person_is_bot=change.new_chat_member.user.is_bot,
        was_in=_is_in(change.old_chat_member),
        is_in=_is_in(change.new_chat_member),
        status=change.new_chat_member.status,
        link_url=link.invite_link if link else None,
        link_owner_is_us=bool(link and link.creator.id == bot.id),
        moved_at=change.date,
    )


def asked_of(update: Update) -> Asked:
    """The request to join in an update."""
    request = update.chat_join_request
    assert request is not None
    return Asked(
        update_id=update.update_id,
        chat=_chat(request.chat),
        person=seen(request.from_user),
        link_url=request.invite_link.invite_link if request.invite_link else None,
    )


def seen(user: User) -> Seen:
    """A user as the shop sees her."""
    return Seen(
        id=user.id,
        # Marks that turn the direction of writing would turn whatever stands beside the name, too.
        name=one_line(user.full_name) or user.username or str(user.id),
        username=user.username,
        language=match_language(user.language_code),
    )


_NOBODY = Seen(id=0, name="", username=None, language="en")


def _chat(chat: Any) -> SeenChat:
    return SeenChat(
        id=chat.id,
        title=one_line(chat.title or ""),
        username=chat.username,
        is_forum=bool(getattr(chat, "is_forum", False)),
    )


def _command(text: str, username: str) -> tuple[str | None, str]:
    match = _COMMAND.match(text)
    if match is None or (match[2] and match[2].lower() != username.lower()):
        return None, ""
    return match[1], (match[3] or "").strip()


def _reply(message: Message) -> Message | None:
    reply = message.reply_to_message
    # In a forum, a message that answers nobody seems to answer the one that opened its topic.
    if reply is None or reply.forum_topic_created is not None:
        return None
    return reply


def _author(message: Message) -> Seen | None:
    user = message.from_user
    return None if user is None or user.is_bot or user.id in _FACELESS else seen(user)


def _photo(message: Message) -> str | None:
    return message.photo[-1].file_id if message.photo else None


def _document(message: Message) -> Document | None:
    # A GIF comes as an animation, with a document beside it for old clients.
    if message.document is None or message.animation is not None:
        return None
    document = message.document
    return Document(
        id=document.file_id,
        name=one_line(document.file_name or ""),
        size=document.file_size or 0,
        mime_type=document.mime_type or "",
    )


def _emoji(reaction: Any) -> str:
    if reaction.type == "emoji":
        return str(reaction.emoji)
    # A custom emoji has only an id, which no card can show; a paid one is a star.
    return "⭐" if reaction.type == "paid" else "✨"


def _adder(change: ChatMemberUpdated) -> Seen | None:
    user = change.from_user
    came_herself = user.id == change.new_chat_member.user.id or change.invite_link is not None
    # Whoever lets somebody in who asked did not bring her; nor does a group or a bot bring anybody.
    if came_herself or change.via_join_request or user.is_bot or user.id in _FACELESS:
        return None
    return seen(user)


def _is_in(member: ChatMember) -> bool:
    if member.status == ChatMember.RESTRICTED:
        return bool(getattr(member, "is_member", False))
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)
