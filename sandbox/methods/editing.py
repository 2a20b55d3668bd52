"""editMessageText, editMessageCaption, editMessageReplyMarkup."""

from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.methods.content import EDIT_REFUSES, extras, own_message
from sandbox.methods.markup import read_inline
from sandbox.methods.registry import Call, ChatId, method
from sandbox.methods.texts import Formatted, formatted_caption, formatted_text
from sandbox.models.messages import Message
from sandbox.models.users import Json
from sandbox.posting import edited


@method("editMessageText", refuses=EDIT_REFUSES)
async def edit_message_text(
    call: Call,
    *,
    text: str,
    chat_id: ChatId,
    message_id: int,
    parse_mode: str = "",
    entities: list[Any] | None = None,
    link_preview_options: dict[str, Any] | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Json:
    """Replace a text message's text and buttons."""
    chat = call.writable(chat_id)
    words = formatted_text(call, text, parse_mode, entities)
    message = own_message(call, chat, message_id)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    markup = read_inline(chat, reply_markup)
    _refuse_same(message, message.text, words, markup)
    message.text, message.entities, message.markup = words.text, words.entities, markup
    message.extra |= extras(link_preview_options).get("extra", {})
    edited(call.world, message)
    return message.to_json()


@method("editMessageCaption", refuses=EDIT_REFUSES)
async def edit_message_caption(
    call: Call,
    *,
    chat_id: ChatId,
    message_id: int,
    caption: str = "",
    parse_mode: str = "",
    caption_entities: list[Any] | None = None,
    show_caption_above_media: bool = False,
    reply_markup: dict[str, Any] | None = None,
) -> Json:
    """Replace the caption and buttons of a photo or document."""
    chat = call.writable(chat_id)
    words = formatted_caption(call, caption, parse_mode, caption_entities)
    message = own_message(call, chat, message_id)
    if message.text is not None or message.invoice is not None:
        raise bad_request("there is no caption in the message to edit")
    markup = read_inline(chat, reply_markup)
    _refuse_same(message, message.caption or "", words, markup)
    message.caption, message.entities, message.markup = words.text, words.entities, markup
    message.extra |= extras(show_caption_above_media=show_caption_above_media).get("extra", {})
    edited(call.world, message)
    return message.to_json()


@method("editMessageReplyMarkup", refuses=EDIT_REFUSES)
async def edit_message_reply_markup(
    call: Call, *, chat_id: ChatId, message_id: int, reply_markup: dict[str, Any] | None = None
) -> Json:
    """Replace the buttons alone."""
    chat = call.writable(chat_id)
    message = own_message(call, chat, message_id)
    markup = read_inline(chat, reply_markup, for_invoice=message.invoice is not None)
    if markup is None and message.invoice is not None:
        markup = message.invoice.pay_markup
    if markup == message.markup:
        raise _not_modified()
    message.markup = markup
    edited(call.world, message, mark=False)
    return message.to_json()


def _refuse_same(message: Message, text: str, words: Formatted, markup: Json | None) -> None:
    if text == words.text and message.entities == words.entities and message.markup == markup:
        raise _not_modified()


def _not_modified() -> ApiError:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )
