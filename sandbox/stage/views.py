"""Messages and people as the page reads them: the same for every viewer."""

from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.users import Json, User
from sandbox.stage.places import chat_key
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
    if message.photo is not None:
        photo = message.photo
        view["photo"] = {"id": photo.file_id, "width": photo.width, "height": photo.height}
    if message.document is not None:
        document = message.document
        view["document"] = {
            "id": document.file_id,
            "name": document.name or "file",
            "size": len(document.content),
        }
    if message.service:
        view["service"] = service_words(message)
    elif message.reply_to is not None and not (message.is_topic and message.reply_to.service):
        view["reply"] = _quoted(message.reply_to)
    if message.is_topic and message.thread_id in chat.topics:
        view["topic"] = chat.topics[message.thread_id].name
    if message.forward_origin is not None:
        view["forwarded"] = True
    return view | _attached(message)


def brief(message: Message) -> Json:
    """Return the line that stands for a message in a list of chats."""
    words = service_words(message) if message.service else message.words
    kind = "service" if message.service else "photo" if message.photo else "text"
    if message.document is not None:
        words = words or message.document.name or "File"
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
    sender = message.sender
    return {"id": sender.id, "name": sender.full_name, "is_bot": sender.is_bot}


def person_view(world: World, user: User) -> Json:
    """Return a person for the picker, with her standing in the groups."""
    return {
        "id": user.id,
        "name": user.full_name,
        "language": user.language_code,
        "standing": _standing(world, user),
    }


def service_words(message: Message) -> str:
    """Return what Telegram itself says in the chat."""
    service, name = message.service, message.sender.full_name
    if "new_chat_members" in service:
        newcomers = [user["first_name"] for user in service["new_chat_members"]]
        alone = len(newcomers) == 1 and service["new_chat_members"][0]["id"] == message.sender.id
        return f"{name} joined the group" if alone else f"{name} added {_listed(newcomers)}"
    if "left_chat_member" in service:
        gone = service["left_chat_member"]
        left = gone["id"] == message.sender.id
        return f"{name} left the group" if left else f"{name} removed {gone['first_name']}"
    if "pinned_message" in service:
        pinned = service["pinned_message"]
        words = pinned.get("text") or pinned.get("caption") or "a photo"
        return f"{name} pinned “{_first_line(words)}”"
    if "forum_topic_created" in service:
        return f"{name} opened the topic “{service['forum_topic_created']['name']}”"
    if "migrate_to_chat_id" in service or "migrate_from_chat_id" in service:
        return "The group became a supergroup"
    return f"{name}: {next(iter(service)).replace('_', ' ')}"


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
    quoted["text"] = service_words(answered) if answered.service else _first_line(answered.words)
    if answered.photo is not None:
        quoted["photo"] = answered.photo.file_id
    return quoted


def _standing(world: World, user: User) -> str:
    statuses = {_status(chat, user) for chat in world.chats.values() if chat.migrated_to is None}
    ranks = {"creator": "owner", "administrator": "admin", "member": "member", "restricted": "muted"}
    return next((word for status, word in ranks.items() if status in statuses), "newcomer")


def _status(chat: Chat, user: User) -> str:
    return chat.member(user).status


def _listed(names: list[str]) -> str:
    shown = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _first_line(words: str) -> str:
    line = next((line for line in words.splitlines() if line.strip()), "")
    return line if len(line) <= _BRIEF else f"{line[: _BRIEF - 1]}…"
