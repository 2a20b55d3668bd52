"""What the methods of sending and editing share: parameters, places, identifiers."""

from typing import Any

from sandbox.access import check_thread, check_topic_open
from sandbox.errors import bad_request
from sandbox.methods.markup import read_markup
from sandbox.methods.registry import Call, only_fields
from sandbox.methods.replying import reply_fields
from sandbox.models.chats import Chat
from sandbox.models.users import Json

SEND_IGNORES = frozenset({"disable_notification", "allow_paid_broadcast", "message_effect_id"})
SEND_REFUSES = frozenset({"business_connection_id", "direct_messages_topic_id", "suggested_post_parameters"})

_MOST_MESSAGES = 100
_PREVIEW_FIELDS = frozenset(
    {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
)


def placement(
    call: Call, chat: Chat, message_thread_id: int, reply_parameters: Json | None
) -> dict[str, Any]:
    """Return where a new message goes: the message it answers and its thread; raises ApiError 400."""
    place = reply_fields(call, chat, message_thread_id, reply_parameters)
    if message_thread_id:
        check_thread(call.world, chat, message_thread_id)
        place["thread_id"] = message_thread_id
    check_topic_open(chat, call.bot, place.get("thread_id"), place.get("reply_to"))
    return place


def frame(
    call: Call,
    chat: Chat,
    *,
    message_thread_id: int,
    reply_parameters: Json | None,
    reply_markup: Json | None,
    protect_content: bool,
    link_preview_options: Json | None = None,
    **shown: bool,
) -> dict[str, Any]:
    """Return what a new message has beside its content, as fields of Message; raises ApiError 400."""
    place = placement(call, chat, message_thread_id, reply_parameters)
    extra = extras(link_preview_options, protect_content, **shown)
    return place | read_markup(chat, reply_markup) | extra


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


def read_message_ids(given: list[Any]) -> list[int]:
    """Return the numbers of 1-100 messages; raises ApiError 400."""
    if not given:
        raise bad_request("message identifiers are not specified")
    if len(given) > _MOST_MESSAGES:
        raise bad_request("too many message identifiers specified")
    return [_message_id(number) for number in given]


def _message_id(number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, (int, str)):
        raise bad_request("message identifier must be a Number")
    if isinstance(number, str) and not number.lstrip("-").isdigit():
        raise bad_request("can't parse message identifier as Number")
    if int(number) <= 0:
        raise bad_request("invalid message identifier specified")
    return int(number)
