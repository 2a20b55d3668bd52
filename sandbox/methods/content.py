"""What a message is made of: formatted text, replies and threads, checked as Telegram checks them."""

from dataclasses import dataclass
from typing import Any

from sandbox.entities import in_order, parse_html, trim, utf16_length, with_found
from sandbox.errors import bad_request
from sandbox.methods.registry import Call, only_fields
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.users import Json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100

SEND_IGNORES = frozenset({"disable_notification", "allow_paid_broadcast", "message_effect_id"})
SEND_REFUSES = frozenset({"business_connection_id", "direct_messages_topic_id", "suggested_post_parameters"})
EDIT_REFUSES = frozenset({"business_connection_id", "inline_message_id"})

_REPLY_FIELDS = frozenset(
    {
        "message_id",
        "chat_id",
        "allow_sending_without_reply",
        "quote",
        "quote_parse_mode",
        "quote_entities",
        "quote_position",
    }
)
_PREVIEW_FIELDS = frozenset(
    {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Formatted:
    """A text and its entities."""

    text: str
    entities: list[Json]


def formatted_text(text: str, parse_mode: str, entities: list[Any] | None) -> Formatted:
    """Return a message's text; raises ApiError 400 if it is empty, too long or can't be parsed."""
    result = formatted(text, parse_mode, entities)
    if not result.text:
        raise bad_request("message text is empty")
    if utf16_length(result.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return result


def formatted_caption(text: str, parse_mode: str, entities: list[Any] | None) -> Formatted:
    """Return a caption, which may be empty; raises ApiError 400 if it is too long or can't be parsed."""
    result = formatted(text, parse_mode, entities)
    if utf16_length(result.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return result


def placement(
    call: Call, chat: Chat, message_thread_id: int, reply_parameters: Json | None
) -> dict[str, Any]:
    """Return where a new message goes: the message it answers and its thread; raises ApiError 400."""
    place: dict[str, Any] = {}
    if reply_parameters:
        place["reply_to"] = _answered(call, chat, reply_parameters)
    if message_thread_id:
        if chat.is_forum:
            known = message_thread_id in chat.topics
        else:
            known = call.world.history(chat).find(message_thread_id) is not None
        if not known:
            raise bad_request("message thread not found")
        place["thread_id"] = message_thread_id
    return place


def extras(
    link_preview_options: Json | None = None, protect_content: bool = False, **shown: bool
) -> dict[str, Any]:
    """Return the fields that Telegram repeats in the message it made."""
    extra: Json = {name: True for name, on in shown.items() if on}
    if link_preview_options:
        only_fields("link_preview_options", link_preview_options, _PREVIEW_FIELDS)
        extra["link_preview_options"] = link_preview_options
    if protect_content:
        extra["has_protected_content"] = True
    return {"extra": extra} if extra else {}


def own_message(call: Call, chat: Chat, message_id: int, *, what: str = "edit") -> Message:
    """Return the bot's own message to change; raises ApiError 400."""
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request(f"message to {what} not found")
    if message.sender is not call.bot.user or message.service:
        raise bad_request("message can't be edited")
    return message


def formatted(text: str, parse_mode: str, entities: list[Any] | None) -> Formatted:
    """Return a text of any length, trimmed; raises ApiError 400 if it can't be parsed."""
    mode = parse_mode.lower()
    if mode == "html":
        text, found = parse_html(text)
    elif mode:
        raise bad_request(f"unsupported parse_mode: the sandbox reads HTML only, not {parse_mode}")
    else:
        found = in_order([_checked(entity) for entity in entities or []])
    text, found = trim(text.replace("\r", ""), found)
    return Formatted(text=text, entities=with_found(text, found)[:ENTITY_LIMIT])


def _checked(entity: Any) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    numbers = all(isinstance(entity.get(name), int) for name in ("offset", "length"))
    if not numbers or not isinstance(entity.get("type"), str):
        raise bad_request("can't parse MessageEntity: type, offset and length are needed")
    return entity


def _answered(call: Call, chat: Chat, reply: Json) -> Message | None:
    only_fields("reply_parameters", reply, _REPLY_FIELDS)
    if reply.get("chat_id") not in (None, chat.id, str(chat.id)):
        raise bad_request("the sandbox does not simulate replies to another chat")
    number = reply.get("message_id")
    if isinstance(number, str) and number.isdigit():
        number = int(number)
    if not isinstance(number, int):
        raise bad_request("can't parse reply_parameters: message_id must be an integer")
    message = call.world.history(chat).find(number)
    if message is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message
