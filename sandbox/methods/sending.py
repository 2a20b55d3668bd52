"""sendMessage, sendPhoto, sendDocument, sendChatAction."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.content import SEND_IGNORES, SEND_REFUSES, frame
from sandbox.methods.registry import Call, ChatId, Upload, method
from sandbox.methods.texts import formatted_caption, formatted_text
from sandbox.methods.uploads import read_file
from sandbox.models.users import Json
from sandbox.posting import post

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
    around = frame(
        call,
        chat,
        message_thread_id=message_thread_id,
        reply_parameters=reply_parameters,
        reply_markup=reply_markup,
        protect_content=protect_content,
        link_preview_options=link_preview_options,
    )
    message = post(call.world, chat, call.bot.user, text=words.text, entities=words.entities, **around)
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
    around = frame(
        call,
        chat,
        message_thread_id=message_thread_id,
        reply_parameters=reply_parameters,
        reply_markup=reply_markup,
        protect_content=protect_content,
        show_caption_above_media=show_caption_above_media,
        has_media_spoiler=has_spoiler,
    )
    picture = read_file(call, photo, "photo")
    message = post(
        call.world,
        chat,
        call.bot.user,
        photo=picture,
        caption=words.text,
        entities=words.entities,
        **around,
    )
    return message.to_json()


@method("sendDocument", ignores=SEND_IGNORES, refuses=SEND_REFUSES)
async def send_document(
    call: Call,
    *,
    chat_id: ChatId,
    document: Upload | str,
    thumbnail: Upload | str = "",
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
    around = frame(
        call,
        chat,
        message_thread_id=message_thread_id,
        reply_parameters=reply_parameters,
        reply_markup=reply_markup,
        protect_content=protect_content,
    )
    file = read_file(call, document, "document", thumbnail=thumbnail)
    message = post(
        call.world,
        chat,
        call.bot.user,
        document=file,
        caption=words.text,
        entities=words.entities,
        **around,
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
