"""sendMessage, sendPhoto, sendDocument, sendChatAction."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.content import (
    SEND_IGNORES,
    SEND_REFUSES,
    extras,
    placement,
)
from sandbox.methods.markup import read_markup
from sandbox.methods.registry import Call, ChatId, Upload, method
from sandbox.methods.texts import formatted_caption, formatted_text
from sandbox.models.media import StoredFile
from sandbox.models.users import Json
from sandbox.posting import post

_LARGEST_PHOTO = 10 * 1024 * 1024
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@method("sendMessage", ignores=SEND_IGNORES, refuses=SEND_REFUSES)
async def send_message(
    call: Call,
    *,
    chat_id: ChatId,
    text: str,
    parse_mode: str = "",
    entities: list[Any] | None = None,
    message_thread_id: int = 0,
    link_preview_options: dict[str, Any] | None = None,
    protect_content: bool = False,
    reply_parameters: dict[str, Any] | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Json:
    """Post a text."""
    chat = call.writable(chat_id)
    words = formatted_text(call, text, parse_mode, entities)
    message = post(
        call.world,
        chat,
        call.bot.user,
        text=words.text,
        entities=words.entities,
        **placement(call, chat, message_thread_id, reply_parameters),
        **read_markup(chat, reply_markup),
        **extras(link_preview_options, protect_content),
    )
    return message.to_json()


@method("sendPhoto", ignores=SEND_IGNORES, refuses=SEND_REFUSES)
async def send_photo(
    call: Call,
    *,
    chat_id: ChatId,
    photo: Upload | str,
    caption: str = "",
    parse_mode: str = "",
    caption_entities: list[Any] | None = None,
    show_caption_above_media: bool = False,
    has_spoiler: bool = False,
    message_thread_id: int = 0,
    protect_content: bool = False,
    reply_parameters: dict[str, Any] | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Json:
    """Post a picture: an upload or the file_id of one that is here already."""
    chat = call.writable(chat_id)
    words = formatted_caption(call, caption, parse_mode, caption_entities)
    place = placement(call, chat, message_thread_id, reply_parameters)
    markup = read_markup(chat, reply_markup)
    shown = extras(
        protect_content=protect_content,
        show_caption_above_media=show_caption_above_media,
        has_media_spoiler=has_spoiler,
    )
    picture = _stored(call, photo)
    if isinstance(photo, Upload) and len(photo.content) > _LARGEST_PHOTO:
        raise bad_request("file is too big")
    if not picture.width:
        raise bad_request("IMAGE_PROCESS_FAILED")
    message = post(
        call.world,
        chat,
        call.bot.user,
        photo=picture,
        caption=words.text,
        entities=words.entities,
        **place,
        **markup,
        **shown,
    )
    return message.to_json()


@method("sendDocument", ignores=SEND_IGNORES, refuses=SEND_REFUSES | {"thumbnail"})
async def send_document(
    call: Call,
    *,
    chat_id: ChatId,
    document: Upload | str,
    caption: str = "",
    parse_mode: str = "",
    caption_entities: list[Any] | None = None,
    disable_content_type_detection: bool = False,
    message_thread_id: int = 0,
    protect_content: bool = False,
    reply_parameters: dict[str, Any] | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Json:
    """Post a file: an upload or the file_id of one that is here already."""
    chat = call.writable(chat_id)
    words = formatted_caption(call, caption, parse_mode, caption_entities)
    place = placement(call, chat, message_thread_id, reply_parameters)
    markup = read_markup(chat, reply_markup)
    message = post(
        call.world,
        chat,
        call.bot.user,
        document=_stored(call, document),
        caption=words.text,
        entities=words.entities,
        **place,
        **markup,
        **extras(protect_content=protect_content),
    )
    return message.to_json()


@method("sendChatAction", refuses=frozenset({"business_connection_id"}))
async def send_chat_action(call: Call, *, chat_id: ChatId, action: str, message_thread_id: int = 0) -> bool:
    """Show "typing …" and the like."""
    chat = call.world.writable_chat(call.bot, chat_id)
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.changes.notify("action", (chat, call.bot, action))
    return True


def _stored(call: Call, source: Upload | str) -> StoredFile:
    if isinstance(source, Upload):
        if not source.content:
            raise bad_request("file must be non-empty")
        return call.world.add_file(source.content, name=source.name, mime_type=source.mime_type)
    known = call.world.files.get(source)
    if known is not None:
        return known
    if source.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content: the sandbox opens no outside addresses")
    raise bad_request("wrong file identifier/HTTP URL specified")
