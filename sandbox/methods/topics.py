"""Forum topics: made, renamed, closed, opened, deleted, unpinned."""

from collections.abc import Callable

from sandbox import topics
from sandbox.errors import bad_request
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.chats import Chat, Topic
from sandbox.models.users import Json

_LONGEST_NAME = 128
_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
_ICONS = {"5434144690511290129": "📰", "5312536423851630001": "💡", "5350452584119279096": "💰"}


@method("getForumTopicIconStickers")
async def get_forum_topic_icon_stickers(call: Call) -> list[Json]:
    """List the icons that a topic may have."""
    return [
        {
            "file_id": f"CAACSandbox{emoji_id}",
            "file_unique_id": f"AgADSandbox{emoji_id}",
            "type": "custom_emoji",
            "width": 100,
            "height": 100,
            "is_animated": True,
            "is_video": False,
            "emoji": emoji,
            "set_name": "Topics",
            "custom_emoji_id": emoji_id,
        }
        for emoji_id, emoji in _ICONS.items()
    ]


@method("createForumTopic")
async def create_forum_topic(
    call: Call, *, chat_id: ChatId, name: str, icon_color: int = 0, icon_custom_emoji_id: str = ""
) -> Json:
    """Open a topic; a name longer than 128 characters is cut off."""
    chat = _forum(call, chat_id)
    if not _runs_topics(call, chat):
        raise bad_request("not enough rights to create a topic")
    name = _name(name)
    if icon_color and icon_color not in _COLOURS:
        raise bad_request("invalid icon color specified")
    topic = topics.found(
        call.world,
        chat,
        call.bot.user,
        name,
        icon_color=icon_color or _COLOURS[len(chat.topics) % len(_COLOURS)],
        icon_emoji_id=_icon(icon_custom_emoji_id) or None,
    )
    return {"message_thread_id": topic.thread_id} | topic.icon_json()


@method("editForumTopic")
async def edit_forum_topic(
    call: Call,
    *,
    chat_id: ChatId,
    message_thread_id: int,
    name: str = "",
    icon_custom_emoji_id: str | None = None,
) -> bool:
    """Rename a topic or change its icon; an empty icon takes it away."""
    chat = _forum(call, chat_id)
    topic = _topic(chat, message_thread_id)
    _must_run(call, chat, topic, "edit the topic")
    icon = None if icon_custom_emoji_id is None else _icon(icon_custom_emoji_id)
    if not topics.edit(
        call.world, chat, call.bot.user, topic, name=_name(name) if name else "", icon_emoji_id=icon
    ):
        raise bad_request("TOPIC_NOT_MODIFIED")
    return True


@method("closeForumTopic")
async def close_forum_topic(call: Call, *, chat_id: ChatId, message_thread_id: int) -> bool:
    """Let only administrators write in a topic."""
    return _change(call, chat_id, message_thread_id, topics.close)


@method("reopenForumTopic")
async def reopen_forum_topic(call: Call, *, chat_id: ChatId, message_thread_id: int) -> bool:
    """Let everybody write in a topic again."""
    return _change(call, chat_id, message_thread_id, topics.reopen)


@method("deleteForumTopic")
async def delete_forum_topic(call: Call, *, chat_id: ChatId, message_thread_id: int) -> bool:
    """Take a topic away with all that was written in it."""
    chat = _forum(call, chat_id)
    topic = _topic(chat, message_thread_id)
    if not chat.member(call.bot.user).may("can_delete_messages") and topic.creator_id != call.bot.id:
        raise bad_request("not enough rights to delete the topic")
    topics.remove(call.world, chat, topic)
    return True


@method("unpinAllForumTopicMessages")
async def unpin_all_forum_topic_messages(call: Call, *, chat_id: ChatId, message_thread_id: int) -> bool:
    """Unpin whatever is pinned in a topic."""
    chat = _forum(call, chat_id)
    return _unpin(call, chat, _topic(chat, message_thread_id))


@method("editGeneralForumTopic")
async def edit_general_forum_topic(call: Call, *, chat_id: ChatId, name: str) -> bool:
    """Rename the topic that every forum has."""
    chat = _forum(call, chat_id)
    _must_run(call, chat, chat.general, "edit the topic")
    if not topics.edit(call.world, chat, call.bot.user, chat.general, name=_name(name)):
        raise bad_request("TOPIC_NOT_MODIFIED")
    return True


@method("closeGeneralForumTopic")
async def close_general_forum_topic(call: Call, *, chat_id: ChatId) -> bool:
    """Let only administrators write in General."""
    return _change(call, chat_id, None, topics.close)


@method("reopenGeneralForumTopic")
async def reopen_general_forum_topic(call: Call, *, chat_id: ChatId) -> bool:
    """Let everybody write in General again; it is shown again, too."""
    return _change(call, chat_id, None, topics.reopen)


@method("hideGeneralForumTopic")
async def hide_general_forum_topic(call: Call, *, chat_id: ChatId) -> bool:
    """Hide General, which closes it."""
    return _change(call, chat_id, None, topics.hide)


@method("unhideGeneralForumTopic")
async def unhide_general_forum_topic(call: Call, *, chat_id: ChatId) -> bool:
    """Show General again."""
    return _change(call, chat_id, None, topics.unhide)


@method("unpinAllGeneralForumTopicMessages")
async def unpin_all_general_forum_topic_messages(call: Call, *, chat_id: ChatId) -> bool:
    """Unpin whatever is pinned in General."""
    chat = _forum(call, chat_id)
    return _unpin(call, chat, chat.general)


def _forum(call: Call, chat_id: ChatId) -> Chat:
    chat = call.world.writable_chat(call.bot, chat_id)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _topic(chat: Chat, thread_id: int) -> Topic:
    if thread_id <= 0:
        raise bad_request("invalid message thread identifier specified")
    topic = chat.topics.get(thread_id)
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _change(call: Call, chat_id: ChatId, thread_id: int | None, change: Callable[..., bool]) -> bool:
    chat = _forum(call, chat_id)
    topic = chat.general if thread_id is None else _topic(chat, thread_id)
    _must_run(call, chat, topic, "close or open the topic")
    if not change(call.world, chat, call.bot.user, topic):
        raise bad_request("TOPIC_NOT_MODIFIED")
    return True


def _unpin(call: Call, chat: Chat, topic: Topic) -> bool:
    if not chat.member(call.bot.user).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    for message in topics.messages_of(call.world, chat, topic):
        if message.is_pinned:
            message.is_pinned = False
            call.world.changes.notify("pinned", message)
    return True


def _runs_topics(call: Call, chat: Chat) -> bool:
    return chat.member(call.bot.user).may("can_manage_topics")


def _must_run(call: Call, chat: Chat, topic: Topic, what: str) -> None:
    if not _runs_topics(call, chat) and topic.creator_id != call.bot.id:
        raise bad_request(f"not enough rights to {what}")


def _name(name: str) -> str:
    clean = name.strip()[:_LONGEST_NAME]
    if not clean:
        raise bad_request("title must be non-empty")
    return clean


def _icon(emoji_id: str) -> str:
    if emoji_id and emoji_id not in _ICONS:
        raise bad_request("DOCUMENT_INVALID")
    return emoji_id
