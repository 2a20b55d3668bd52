"""Messages appear, change and go: stored, shown to the bots that may see them, told to watchers."""

from typing import Any

from sandbox.bots import Bot
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.users import ANONYMOUS_ADMIN, Json, User
from sandbox.updates import Lane
from sandbox.visibility import is_admin, readers
from sandbox.world import World


def post(
    world: World,
    chat: Chat,
    sender: User,
    *,
    reply_to: Message | None = None,
    thread_id: int | None = None,
    **content: Any,
) -> Message:
    """Add a message to a chat; `content` are fields of Message."""
    history = world.history(chat)
    message = Message(
        id=history.next_id(), chat=chat, date=world.clock.date(), sender=sender, reply_to=reply_to, **content
    )
    _place_in_thread(world, message, thread_id)
    history.messages[message.id] = message
    for bot in readers(world, message):
        message.read_by_bots.add(bot.id)
        world.send_update(bot, "message", message.to_json(), lane(chat))
    if sender.id in world.bots_by_id:
        chat.last_bot_id = sender.id
    world.changes.notify("message", message)
    return message


def post_service(world: World, chat: Chat, sender: User, **service: Any) -> Message:
    """Add a service message, such as new_chat_members; every bot in the chat sees it."""
    return post(world, chat, sender, service=service)


def edited(world: World, message: Message, *, mark: bool = True) -> None:
    """Tell of an edit that was made; `mark` is False where Telegram shows no edit date."""
    if mark:
        message.edit_date = world.clock.date()
    for bot in readers(world, message):
        world.send_update(bot, "edited_message", message.to_json(), lane(message.chat))
    world.changes.notify("edited", message)


def delete(world: World, message: Message) -> None:
    """Take a message out of the chat; Telegram tells bots nothing."""
    message.is_deleted = True
    message.is_pinned = False
    world.changes.notify("deleted", message)


def react(world: World, message: Message, user: User, emojis: list[str]) -> None:
    """Replace a user's reactions to a message."""
    before = message.reactions_by.get(user.id, [])
    if before == emojis:
        return
    if emojis:
        message.reactions_by[user.id] = emojis
    else:
        del message.reactions_by[user.id]
    world.changes.notify("reactions", message)
    if user.id in world.bots_by_id:
        return
    payload: Json = _reaction_head(world, message) | {
        "user": user.to_json(),
        "old_reaction": [_emoji(emoji) for emoji in before],
        "new_reaction": [_emoji(emoji) for emoji in emojis],
    }
    for bot in _watchers(world, message.chat):
        world.send_update(bot, "message_reaction", payload, ("reactions", message.chat.id))


def react_anonymously(world: World, message: Message, counts: dict[str, int]) -> None:
    """Set the counts of reactions whose authors nobody sees."""
    message.anonymous_reactions = dict(counts)
    world.changes.notify("reactions", message)
    totals = [{"type": _emoji(emoji), "total_count": count} for emoji, count in message.reactions.items()]
    payload = _reaction_head(world, message) | {"reactions": totals}
    for bot in _watchers(world, message.chat):
        world.send_update(bot, "message_reaction_count", payload, ("reactions", message.chat.id))


def lane(chat: Chat) -> Lane:
    """Return the lane in which a chat's messages keep their order."""
    return ("chat", chat.id)


def author(chat: Chat, user: User) -> dict[str, Any]:
    """Return sender fields for what `user` writes as the group itself."""
    fields: dict[str, Any] = {"sender": ANONYMOUS_ADMIN, "sender_chat": chat}
    if title := chat.member(user).custom_title:
        fields["extra"] = {"author_signature": title}
    return fields


def _place_in_thread(world: World, message: Message, thread_id: int | None) -> None:
    """Set the thread: a forum topic, or in other supergroups the thread that a reply belongs to."""
    chat, reply_to = message.chat, message.reply_to
    if "forum_topic_created" in message.service:
        message.thread_id, message.is_topic = message.id, True
    elif chat.is_forum:
        topic = thread_id if thread_id is not None else reply_to.thread_id if reply_to is not None else None
        if topic is not None:
            message.thread_id, message.is_topic = topic, True
            if reply_to is None:
                # In a topic, what answers nothing "answers" the message that opened the topic.
                message.reply_to = world.history(chat).messages.get(topic)
    elif thread_id is not None:
        message.thread_id = thread_id
    elif reply_to is not None and chat.kind == "supergroup":
        message.thread_id = reply_to.thread_id or reply_to.id


def _reaction_head(world: World, message: Message) -> Json:
    return {"chat": message.chat.to_json(), "message_id": message.id, "date": world.clock.date()}


def _emoji(emoji: str) -> Json:
    return {"type": "emoji", "emoji": emoji}


def _watchers(world: World, chat: Chat) -> list[Bot]:
    return [bot for bot in world.bots_in(chat) if chat.is_private or is_admin(chat, bot)]
