"""Messages appear, change and go: stored, shown to the bots that may see them, told to watchers."""

from dataclasses import replace
from typing import Any

from sandbox.bots import Bot
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.users import ANONYMOUS_ADMIN, TELEGRAM, Json, User
from sandbox.updates import Lane
from sandbox.visibility import is_admin, readers
from sandbox.world import World

# What an edit of a channel's post changes in its copy in the discussion group too.
_REPEATED = ("text", "caption", "entities", "photo", "document", "video", "audio", "poll")


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
    message = Message(
        id=world.history(chat).next_id(),
        chat=chat,
        date=world.clock.date(),
        sender=sender,
        reply_to=reply_to,
        **content,
    )
    if chat.is_channel and chat.signs_posts and not message.service:
        message.extra = {"author_signature": sender.full_name} | message.extra
    _publish(world, message, thread_id)
    if chat.is_channel and chat.linked is not None and not message.service:
        message.discussed = _discussed(world, message, chat.linked)
    return message


def post_service(world: World, chat: Chat, sender: User, **service: Any) -> Message:
    """Add a service message, such as new_chat_members; every bot in the chat sees it."""
    return post(world, chat, sender, service=service)


def edited(world: World, message: Message, *, mark: bool = True) -> None:
    """Tell of an edit that was made; `mark` is False where Telegram shows no edit date."""
    if mark:
        message.edit_date = world.clock.date()
    for bot in readers(world, message):
        kind = "edited_channel_post" if message.chat.is_channel else "edited_message"
        world.send_update(bot, kind, message.to_json(), lane(message.chat))
    world.changes.notify("edited", message)
    if message.discussed is not None:
        for name in _REPEATED:
            setattr(message.discussed, name, getattr(message, name))
        edited(world, message.discussed, mark=mark)


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
    is_hidden = message.chat.member(user).is_anonymous
    actor = {"actor_chat": message.chat.to_json()} if is_hidden else {"user": user.to_json()}
    payload: Json = _reaction_head(world, message) | {
        **actor,
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


def _publish(world: World, message: Message, thread_id: int | None) -> None:
    chat = message.chat
    _place_in_thread(world, message, thread_id)
    world.history(chat).messages[message.id] = message
    kind = "channel_post" if chat.is_channel else "message"
    for bot in readers(world, message):
        message.read_by_bots.add(bot.id)
        world.send_update(bot, kind, message.to_json(), lane(chat))
    if message.sender.id in world.bots_by_id:
        chat.last_bot_id = message.sender.id
    world.changes.notify("message", message)


def _discussed(world: World, original: Message, group: Chat) -> Message:
    """Forward a channel's post to its discussion group, as Telegram itself does."""
    origin: Json = {
        "type": "channel",
        "date": original.date,
        "chat": original.chat.to_json(),
        "message_id": original.id,
    }
    if signature := original.extra.get("author_signature"):
        origin["author_signature"] = signature
    copy = replace(
        original,
        id=world.history(group).next_id(),
        chat=group,
        sender=TELEGRAM,
        sender_chat=original.chat,
        reply_to=original.reply_to.discussed if original.reply_to is not None else None,
        forward_origin=original.forward_origin or origin,
        markup=None,
        extra=original.extra | {"is_automatic_forward": True},
        read_by_bots=set(),
    )
    _publish(world, copy, None)
    return copy


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
