"""Forum topics come, change and go, each with its service message."""

from sandbox.models.chats import Chat, Topic
from sandbox.models.messages import Message
from sandbox.models.users import Json, User
from sandbox.posting import delete, post
from sandbox.world import World


def found(
    world: World,
    chat: Chat,
    by: User,
    name: str,
    *,
    icon_color: int = 7322096,
    icon_emoji_id: str | None = None,
) -> Topic:
    """Open a new topic of a forum."""
    topic = Topic(
        thread_id=world.history(chat).last_id + 1,
        name=name,
        icon_color=icon_color,
        icon_emoji_id=icon_emoji_id,
        creator_id=by.id,
    )
    chat.topics[topic.thread_id] = topic
    post(world, chat, by, service={"forum_topic_created": topic.icon_json()})
    world.changes.notify("topic", (chat, topic))
    return topic


def edit(
    world: World, chat: Chat, by: User, topic: Topic, *, name: str = "", icon_emoji_id: str | None = None
) -> bool:
    """Rename a topic, or set its icon ("" takes it away); False if nothing was asked for or differs."""
    changes: Json = {}
    if name and name != topic.name:
        topic.name = changes["name"] = name
    if icon_emoji_id is not None and icon_emoji_id != (topic.icon_emoji_id or ""):
        topic.icon_emoji_id = changes["icon_custom_emoji_id"] = icon_emoji_id
    if changes:
        _tell(world, chat, by, topic, forum_topic_edited=changes)
    return bool(changes) or (not name and icon_emoji_id is None)


def close(world: World, chat: Chat, by: User, topic: Topic) -> bool:
    """Let only administrators write in a topic; False if it is closed already."""
    if topic.is_closed:
        return False
    topic.is_closed = True
    _tell(world, chat, by, topic, forum_topic_closed={})
    return True


def reopen(world: World, chat: Chat, by: User, topic: Topic) -> bool:
    """Let everybody write in a topic again; False if it is open."""
    if not topic.is_closed:
        return False
    topic.is_closed = topic.is_hidden = False
    _tell(world, chat, by, topic, forum_topic_reopened={})
    return True


def hide(world: World, chat: Chat, by: User, topic: Topic) -> bool:
    """Hide General and close it; False if it is hidden already."""
    if topic.is_hidden:
        return False
    topic.is_hidden = topic.is_closed = True
    _tell(world, chat, by, topic, general_forum_topic_hidden={})
    return True


def unhide(world: World, chat: Chat, by: User, topic: Topic) -> bool:
    """Show General again, closed as it was; False if it is shown."""
    if not topic.is_hidden:
        return False
    topic.is_hidden = False
    _tell(world, chat, by, topic, general_forum_topic_unhidden={})
    return True


def remove(world: World, chat: Chat, topic: Topic) -> None:
    """Take a topic away with all its messages; Telegram tells bots nothing."""
    for message in messages_of(world, chat, topic):
        delete(world, message)
    del chat.topics[topic.thread_id]
    world.changes.notify("topic", (chat, topic))


def messages_of(world: World, chat: Chat, topic: Topic) -> list[Message]:
    """Return what was written in a topic."""
    thread_id = None if topic is chat.general else topic.thread_id
    return [message for message in world.history(chat).shown() if message.thread_id == thread_id]


def _tell(world: World, chat: Chat, by: User, topic: Topic, **service: Json) -> None:
    thread_id = None if topic is chat.general else topic.thread_id
    post(world, chat, by, thread_id=thread_id, service=service)
    world.changes.notify("topic", (chat, topic))
