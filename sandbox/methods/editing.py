"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage, pin and unpin."""

from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.methods.content import (
    EDIT_REFUSES,
    Formatted,
    extras,
    formatted_caption,
    formatted_text,
    own_message,
)
from sandbox.methods.markup import read_inline
from sandbox.methods.registry import Call, ChatId, method
from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.users import Json
from sandbox.posting import delete, edited, post_service

_TWO_DAYS = 48 * 3600


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
    words = formatted_text(text, parse_mode, entities)
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
    words = formatted_caption(caption, parse_mode, caption_entities)
    message = own_message(call, chat, message_id)
    if message.text is not None:
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
    markup = read_inline(chat, reply_markup)
    if markup == message.markup:
        raise _not_modified()
    message.markup = markup
    edited(call.world, message, mark=False)
    return message.to_json()


@method("deleteMessage")
async def delete_message(call: Call, *, chat_id: ChatId, message_id: int) -> bool:
    """Take a message away for everyone."""
    chat = call.world.writable_chat(call.bot, chat_id)
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if not chat.member(call.bot.user).may("can_delete_messages"):
        if not chat.is_private and message.sender is not call.bot.user:
            raise bad_request("message can't be deleted")
        if call.world.clock.time() - message.date > _TWO_DAYS:
            raise bad_request("message can't be deleted for everyone")
    delete(call.world, message)
    return True


@method(
    "pinChatMessage",
    ignores=frozenset({"disable_notification"}),
    refuses=frozenset({"business_connection_id"}),
)
async def pin_chat_message(call: Call, *, chat_id: ChatId, message_id: int) -> bool:
    """Pin a message; the chat is told by a service message."""
    chat = _pinnable(call, chat_id)
    message = call.world.history(chat).find(message_id)
    if message is None:
        raise bad_request("message to pin not found")
    if message.is_pinned:
        return True
    message.is_pinned = True
    call.world.changes.notify("pinned", message)
    if not chat.is_private:
        post_service(call.world, chat, call.bot.user, pinned_message=message.to_json(with_reply=False))
    return True


@method("unpinChatMessage", refuses=frozenset({"business_connection_id"}))
async def unpin_chat_message(call: Call, *, chat_id: ChatId, message_id: int = 0) -> bool:
    """Unpin a message, the newest pinned one if none is named."""
    chat = _pinnable(call, chat_id)
    pinned = [message for message in call.world.history(chat).shown() if message.is_pinned]
    if message_id:
        pinned = [message for message in pinned if message.id == message_id]
    if not pinned:
        raise bad_request("message to unpin not found")
    pinned[-1].is_pinned = False
    call.world.changes.notify("pinned", pinned[-1])
    return True


def _refuse_same(message: Message, text: str, words: Formatted, markup: Json | None) -> None:
    if text == words.text and message.entities == words.entities and message.markup == markup:
        raise _not_modified()


def _not_modified() -> ApiError:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )


def _pinnable(call: Call, chat_id: ChatId) -> Chat:
    chat = call.world.writable_chat(call.bot, chat_id)
    if not chat.is_private and not chat.member(call.bot.user).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
