"""Which chats a bot may read, and which it may write to."""

from typing import Protocol

from sandbox.bots import Bot
from sandbox.clock import Clock
from sandbox.errors import bad_request, forbidden
from sandbox.models.chats import Chat
from sandbox.models.messages import History, Message
from sandbox.models.users import ANONYMOUS_ADMIN, User


class Directory(Protocol):
    """Who and what there is: the world, as far as it matters here."""

    clock: Clock
    users: dict[int, User]
    chats: dict[int, Chat]

    def private_chat(self, bot: Bot, user: User) -> Chat:
        """Return one person's chat with a bot."""

    def history(self, chat: Chat) -> History:
        """Return a chat's messages."""


# The permission that a content needs, and what Telegram calls it.
_CONTENTS = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "audio": ("can_send_audios", "music"),
    "document": ("can_send_documents", "documents"),
    "poll": ("can_send_polls", "polls"),
    "invoice": ("can_send_messages", "invoice messages"),
}
_SENT_BY = {
    "sendMessage": "text",
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendPoll": "poll",
    "sendInvoice": "invoice",
}
_SENDING = ("send", "copy", "forward")


def find_chat(world: Directory, bot: Bot, reference: int | str) -> Chat:
    """Return the chat that a bot names, to read; raises ApiError 400 or 403."""
    chat = _lookup(world, bot, reference)
    if chat is None:
        raise bad_request("chat not found")
    if chat.is_private:
        if not _has_met(world, bot, chat):
            raise bad_request("chat not found")
        return chat
    if bot.id not in chat.members and not chat.username:
        raise bad_request("chat not found")
    # A basic group is still known to those who left it, a public chat to everybody.
    if chat.kind != "group":
        _refuse_kicked(bot, chat)
        if not chat.username:
            _refuse_absent(bot, chat)
    return chat


def writable_chat(world: Directory, bot: Bot, reference: int | str) -> Chat:
    """Return the chat a bot writes to; raises ApiError when Telegram would not let it."""
    chat = find_chat(world, bot, reference)
    if chat.is_private:
        if chat.is_blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.is_started and chat.open_until < world.clock.time():
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    refuse_migrated(chat)
    _refuse_kicked(bot, chat)
    _refuse_absent(bot, chat)
    return chat


def refuse_migrated(chat: Chat) -> None:
    """Raise ApiError 400, which names the new chat, for a group that became a supergroup."""
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)


def check_sending(chat: Chat, bot: Bot, method: str) -> None:
    """Raise ApiError 400 where a bot lacks the right or permission to send by this method."""
    if chat.is_channel and method.startswith(_SENDING):
        if not chat.member(bot.user).may("can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
    elif method in _SENT_BY:
        check_content(chat, bot, _SENT_BY[method])


def check_content(chat: Chat, bot: Bot, kind: str) -> None:
    """Raise ApiError 400 where a bot lacks the permission to send a kind of content."""
    permission, content = _CONTENTS[kind]
    if not chat.is_channel and not chat.allows(bot.user, permission):
        raise bad_request(f"not enough rights to send {content} to the chat")


def check_repeating(chat: Chat, bot: Bot, source: Message) -> None:
    """Raise ApiError 400 where a bot lacks the permission to send what a message holds."""
    kinds = (kind for kind in _CONTENTS if kind != "text" and getattr(source, kind) is not None)
    check_content(chat, bot, next(kinds, "text"))


def check_thread(world: Directory, chat: Chat, thread_id: int) -> None:
    """Raise ApiError 400 unless there is such a topic, or in another supergroup a message to comment on."""
    if chat.is_forum:
        known = thread_id in chat.topics
    else:
        known = chat.kind == "supergroup" and world.history(chat).find(thread_id) is not None
    if not known:
        raise bad_request("message thread not found")


def check_topic_open(chat: Chat, bot: Bot, thread_id: int | None, reply_to: Message | None) -> None:
    """Raise ApiError 400 where a topic is closed for a bot that may not manage topics."""
    if not chat.is_forum:
        return
    if thread_id is None and reply_to is not None and reply_to.chat is chat:
        thread_id = reply_to.thread_id
    topic = chat.find_topic(thread_id)
    if topic is not None and topic.is_closed and not chat.member(bot.user).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")


def _refuse_kicked(bot: Bot, chat: Chat) -> None:
    if chat.member(bot.user).status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")


def _refuse_absent(bot: Bot, chat: Chat) -> None:
    if not chat.member(bot.user).is_present:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")


def _has_met(world: Directory, bot: Bot, chat: Chat) -> bool:
    """Whether a bot knows a person: from their private chat, or from a group that both are or were in."""
    if chat.is_started or chat.is_blocked or chat.open_until:
        return True
    return any(bot.id in group.members and chat.id in group.members for group in world.chats.values())


def _lookup(world: Directory, bot: Bot, reference: int | str) -> Chat | None:
    if isinstance(reference, str):
        name = reference.removeprefix("@").lower()
        named = (chat for chat in world.chats.values() if (chat.username or "").lower() == name)
        return next(named, None) if reference.startswith("@") else None
    if reference < 0:
        return world.chats.get(reference)
    user = world.users.get(reference)
    if user is None or user is ANONYMOUS_ADMIN:
        return None
    if user.is_bot:
        raise forbidden("bots can't send messages to bots")
    return world.private_chat(bot, user)
