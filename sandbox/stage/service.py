"""What Telegram itself says in a chat, in words."""

from collections.abc import Callable

from sandbox.models.messages import Message
from sandbox.models.users import Json
from sandbox.stage.money import amount_words

_LONGEST = 120


def service_words(message: Message) -> str:
    """Return the line that a client shows for a service message."""
    name = message.sender.full_name
    if message.chat.is_channel:
        name = message.chat.title or ""
    for key, words in _WORDS.items():
        if key in message.service:
            return words(name, message.service[key], message)
    return f"{name}: {next(iter(message.service)).replace('_', ' ')}"


def first_line(words: str) -> str:
    """Return the first line that says something, cut to fit a list."""
    line = next((line for line in words.splitlines() if line.strip()), "")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _came(name: str, users: list[Json], message: Message) -> str:
    newcomers = [user["first_name"] for user in users]
    if len(newcomers) == 1 and users[0]["id"] == message.sender.id:
        return f"{name} joined the {_place(message)}"
    return f"{name} added {_listed(newcomers)}"


def _left(name: str, gone: Json, message: Message) -> str:
    if gone["id"] == message.sender.id:
        return f"{name} left the {_place(message)}"
    return f"{name} removed {gone['first_name']}"


def _pinned(name: str, pinned: Json, message: Message) -> str:
    poll, invoice = pinned.get("poll", {}), pinned.get("invoice", {})
    words = pinned.get("text") or pinned.get("caption") or poll.get("question") or invoice.get("title")
    return f"{name} pinned “{first_line(words or 'a photo')}”"


def _topic_edited(name: str, edit: Json, message: Message) -> str:
    return (
        f"{name} renamed the topic “{edit['name']}”" if "name" in edit else f"{name} changed the topic's icon"
    )


def _paid(name: str, payment: Json, message: Message) -> str:
    return f"{name} paid {amount_words(payment['total_amount'], payment['currency'])}"


def _refunded(name: str, payment: Json, message: Message) -> str:
    return f"{amount_words(payment['total_amount'], payment['currency'])} came back to {name}"


def _place(message: Message) -> str:
    return "channel" if message.chat.is_channel else "group"


def _listed(names: list[str]) -> str:
    shown = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


_WORDS: dict[str, Callable[[str, Json, Message], str] | Callable[[str, list[Json], Message], str]] = {
    "new_chat_members": _came,
    "left_chat_member": _left,
    "pinned_message": _pinned,
    "new_chat_title": lambda name, title, message: f"{name} changed the name to “{title}”",
    "forum_topic_created": lambda name, topic, message: f"{name} opened the topic “{topic['name']}”",
    "forum_topic_edited": _topic_edited,
    "forum_topic_closed": lambda name, _, message: f"{name} closed the topic",
    "forum_topic_reopened": lambda name, _, message: f"{name} opened the topic again",
    "general_forum_topic_hidden": lambda name, _, message: f"{name} hid General",
    "general_forum_topic_unhidden": lambda name, _, message: f"{name} showed General again",
    "migrate_to_chat_id": lambda name, _, message: "The group became a supergroup",
    "migrate_from_chat_id": lambda name, _, message: "The group became a supergroup",
    "successful_payment": _paid,
    "refunded_payment": _refunded,
    "poll_option_added": lambda name, it, message: f"{name} added “{it['option_text']}” to the poll",
}
