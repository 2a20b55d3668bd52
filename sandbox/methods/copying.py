"""copyMessage and forwardMessage."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.content import (
    SEND_IGNORES,
    SEND_REFUSES,
    extras,
    placement,
)
from sandbox.methods.markup import read_markup
from sandbox.methods.registry import Call, ChatId, method
from sandbox.methods.texts import formatted_caption
from sandbox.models.messages import Message
from sandbox.models.users import Json
from sandbox.posting import post

_VIDEO = frozenset({"video_start_timestamp"})


@method("copyMessage", ignores=SEND_IGNORES | _VIDEO, refuses=SEND_REFUSES - {"business_connection_id"})
async def copy_message(
    call: Call,
    *,
    chat_id: ChatId,
    from_chat_id: ChatId,
    message_id: int,
    caption: str | None = None,
    parse_mode: str = "",
    caption_entities: list[Any] | None = None,
    show_caption_above_media: bool = False,
    message_thread_id: int = 0,
    protect_content: bool = False,
    reply_parameters: dict[str, Any] | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Json:
    """Post the content of a message anew, without a word of where it came from."""
    chat = call.writable(chat_id)
    source = _source(call, from_chat_id, message_id, "copy")
    content = _content(source)
    if caption is not None and source.text is None:
        words = formatted_caption(call, caption, parse_mode, caption_entities)
        content |= {"caption": words.text, "entities": words.entities}
    message = post(
        call.world,
        chat,
        call.bot.user,
        **content,
        **placement(call, chat, message_thread_id, reply_parameters),
        **read_markup(chat, reply_markup),
        **extras(protect_content=protect_content, show_caption_above_media=show_caption_above_media),
    )
    return {"message_id": message.id}


@method(
    "forwardMessage",
    ignores=(SEND_IGNORES | _VIDEO) - {"allow_paid_broadcast"},
    refuses=SEND_REFUSES - {"business_connection_id"},
)
async def forward_message(
    call: Call,
    *,
    chat_id: ChatId,
    from_chat_id: ChatId,
    message_id: int,
    message_thread_id: int = 0,
    protect_content: bool = False,
) -> Json:
    """Post a message again with its origin."""
    chat = call.writable(chat_id)
    source = _source(call, from_chat_id, message_id, "forward")
    message = post(
        call.world,
        chat,
        call.bot.user,
        forward_origin=source.forward_origin or _origin(source),
        **_content(source),
        markup=source.invoice.forwarded_markup if source.invoice else None,
        **placement(call, chat, message_thread_id, None),
        **extras(protect_content=protect_content),
    )
    return message.to_json()


def _source(call: Call, chat_id: ChatId, message_id: int, what: str) -> Message:
    chat = call.world.writable_chat(call.bot, chat_id)
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request(f"message to {what} not found")
    if message.service or (message.invoice is not None and what == "copy"):
        raise bad_request(f"message can't be {'copied' if what == 'copy' else 'forwarded'}")
    if message.extra.get("has_protected_content"):
        raise bad_request("message has protected content and can't be copied or forwarded")
    return message


def _content(source: Message) -> dict[str, Any]:
    return {
        "text": source.text,
        "caption": source.caption,
        "entities": list(source.entities),
        "photo": source.photo,
        "document": source.document,
        "invoice": source.invoice,
    }


def _origin(source: Message) -> Json:
    if source.sender_chat is not None:
        return {"type": "chat", "date": source.date, "sender_chat": source.sender_chat.to_json()}
    return {"type": "user", "date": source.date, "sender_user": source.sender.to_json()}
