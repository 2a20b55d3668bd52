"""Messages and people as the page reads them: the same for every viewer."""

from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.users import Json, User
from sandbox.stage.contents import content_view
from sandbox.stage.places import chat_key
from sandbox.stage.service import first_line, service_words
from sandbox.world import World

_BRIEF = 120


def message_view(message: Message) -> Json:
    """Return a message with all that a client draws of it."""
    chat = message.chat
    view: Json = {
        "chat": chat_key(chat),
        "id": message.id,
        "date": message.date,
        "from": author_view(message),
        "text": message.words,
        "entities": message.entities,
    }
    if message.edit_date is not None:
        view["edited"] = True
    if message.service:
        view["service"] = service_words(message)
    if message.reply_to is not None and not (
        message.is_topic and "forum_topic_created" in message.reply_to.service
    ):
        view["reply"] = _quoted(message.reply_to)
    if message.is_topic and message.thread_id in chat.topics:
        view["topic"] = {"id": message.thread_id, "name": chat.topics[message.thread_id].name}
    if message.forward_origin is not None:
        view["forwarded"] = _origin_words(message.forward_origin) or True
    if message.via_bot is not None:
        view["via"] = message.via_bot.username
    return view | content_view(message) | _attached(message)


def brief(message: Message) -> Json:
    """Return the line that stands for a message in a list of chats."""
    words = service_words(message) if message.service else message.words
    file = message.document or message.video or message.audio
    if message.poll is not None:
        words = message.poll.question
    elif file is not None:
        words = words or file.name or "File"
    kinds = {"service": message.service, "poll": message.poll, "invoice": message.invoice, "document": file}
    kind = next((name for name, it in kinds.items() if it), "photo" if message.photo else "text")
    return {
        "id": message.id,
        "date": message.date,
        "from": author_view(message),
        "text": words[:_BRIEF],
        "kind": kind,
    }


def author_view(message: Message) -> Json:
    """Return who is shown as the author: a group speaks under its own name."""
    if message.sender_chat is not None:
        return {"id": message.sender_chat.id, "name": message.sender_chat.title or "", "is_group": True}
    if message.chat.is_channel:
        return {"id": message.chat.id, "name": message.chat.title or "", "is_group": True}
    sender = message.sender
    author = {"id": sender.id, "name": sender.full_name, "is_bot": sender.is_bot}
    return author | {"username": sender.username} if sender.is_bot else author


def person_view(world: World, user: User) -> Json:
    """Return a person for the picker, with her standing in the groups."""
    return {
        "id": user.id,
        "name": user.full_name,
        "language": user.language_code,
        "standing": _standing(world, user),
    }


def _attached(message: Message) -> Json:
    """Return buttons, reactions and the pin, as far as there are any."""
    attached: Json = {}
    if message.markup is not None:
        attached["buttons"] = message.markup["inline_keyboard"]
    if message.reactions_by or message.anonymous_reactions:
        attached["reactions"] = [
            {"emoji": emoji, "count": count, "by": _reactors(message, emoji)}
            for emoji, count in message.reactions.items()
            if count > 0
        ]
    if message.keyboard is not None:
        attached["keyboard"] = message.keyboard
    if message.is_pinned:
        attached["pinned"] = True
    return attached


def _reactors(message: Message, emoji: str) -> list[int]:
    return [user_id for user_id, emojis in message.reactions_by.items() if emoji in emojis]


def _quoted(answered: Message) -> Json:
    if answered.is_deleted:
        return {"id": answered.id, "name": "", "text": "Deleted message", "color": 0}
    author = author_view(answered)
    quoted: Json = {"id": answered.id, "name": author["name"], "color": author["id"]}
    quoted["text"] = service_words(answered) if answered.service else first_line(answered.words)
    if answered.poll is not None:
        quoted["text"] = answered.poll.question
    if answered.photo is not None:
        quoted["photo"] = answered.photo.file_id
    return quoted


def _standing(world: World, user: User) -> str:
    statuses = {_status(chat, user) for chat in world.chats.values() if chat.migrated_to is None}
    ranks = {"creator": "owner", "administrator": "admin", "member": "member", "restricted": "muted"}
    return next((word for status, word in ranks.items() if status in statuses), "newcomer")


def _status(chat: Chat, user: User) -> str:
    return chat.member(user).status


def _origin_words(origin: Json) -> str:
    """Return whom a forwarded message comes from."""
    user = origin.get("sender_user", {})
    chat = origin.get("sender_chat") or origin.get("chat") or {}
    return str(user.get("first_name") or chat.get("title") or origin.get("sender_user_name") or "")
