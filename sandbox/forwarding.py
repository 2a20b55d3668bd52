"""Messages that are shown again: what a forward takes along, and whose it was."""

from collections.abc import Iterator
from typing import Any

from sandbox.models.messages import Message
from sandbox.models.users import Json
from sandbox.world import World

# What a copy and a forward show as their original does.
_SHOWN = ("link_preview_options", "show_caption_above_media", "has_media_spoiler")


def can_be_forwarded(message: Message) -> bool:
    """Whether a message may be shown elsewhere: not what Telegram itself says, nor what is protected."""
    return not message.service and not message.extra.get("has_protected_content")


def content_of(message: Message) -> dict[str, Any]:
    """Return what a message says and carries; a forward shows the same poll and the same invoice."""
    return {
        "text": message.text,
        "caption": message.caption,
        "entities": list(message.entities),
        "photo": message.photo,
        "document": message.document,
        "video": message.video,
        "audio": message.audio,
        "poll": message.poll,
        "invoice": message.invoice,
    }


def shown_of(message: Message) -> Json:
    """Return the settings of a message that go along with its content."""
    return {name: message.extra[name] for name in _SHOWN if name in message.extra}


def origin_of(message: Message) -> Json:
    """Return the MessageOrigin of a message: that of its first author where it was forwarded itself."""
    if message.forward_origin is not None:
        return message.forward_origin
    signature = message.extra.get("author_signature")
    signed = {"author_signature": signature} if signature else {}
    if message.chat.is_channel:
        chat = message.chat.to_json()
        return {"type": "channel", "date": message.date, "chat": chat, "message_id": message.id} | signed
    if message.sender_chat is not None:
        sender_chat = message.sender_chat.to_json()
        return {"type": "chat", "date": message.date, "sender_chat": sender_chat} | signed
    if message.sender.hides_in_forwards:
        name = message.sender.full_name
        return {"type": "hidden_user", "date": message.date, "sender_user_name": name}
    return {"type": "user", "date": message.date, "sender_user": message.sender.to_json()}


def grouped(world: World, sources: list[Message]) -> Iterator[tuple[Message, str | None]]:
    """Give the parts of an album that go together a new common id; a lone part has none."""
    groups: dict[str, str] = {}
    for source in sources:
        album = source.media_group_id
        if album is None or sum(other.media_group_id == album for other in sources) == 1:
            yield source, None
            continue
        if album not in groups:
            groups[album] = str(world.number())
        yield source, groups[album]
