"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.albums import MediaItem, read_item
from sandbox.methods.content import extras
from sandbox.methods.edit_targets import Target, find_target, not_modified
from sandbox.methods.markup import read_inline
from sandbox.methods.registry import Call, ChatId, Upload, method
from sandbox.methods.texts import formatted_caption, formatted_text
from sandbox.methods.uploads import read_file
from sandbox.models.messages import Message
from sandbox.models.users import Json

_REFUSED = frozenset({"business_connection_id"})
_MEDIA = ("photo", "document", "video", "audio")
_LINKS = ("url", "text_link")
_PREVIEW = "link_preview_options"
_ABOVE = "show_caption_above_media"
_SPOILER = "has_media_spoiler"
# In an album these stand for one another.
_SIGHTS = ("photo", "video")


@method("editMessageText", refuses=_REFUSED)
async def edit_message_text(
    call: Call,
    *,
    text: str,
    chat_id: ChatId | None = None,
    message_id: int = 0,
    inline_message_id: str = "",
    parse_mode: str = "",
    entities: list[Any] | None = None,
    link_preview_options: dict[str, Any] | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Json | bool:
    """Replace a text message's text and buttons."""
    words = formatted_text(call, text, parse_mode, entities)
    preview = extras(link_preview_options).get("extra", {})
    target = find_target(call, chat_id, message_id, inline_message_id)
    message = target.message
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    markup = read_inline(target.chat, reply_markup)
    has_link = any(entity["type"] in _LINKS for entity in words.entities)
    if not has_link or message.extra.get(_PREVIEW) == preview.get(_PREVIEW):
        now = (message.text, message.entities, message.markup)
        if now == (words.text, words.entities, markup):
            raise not_modified()
    message.text, message.entities, message.markup = words.text, words.entities, markup
    _show(message, preview, _PREVIEW)
    return target.done(call)


@method("editMessageCaption", refuses=_REFUSED)
async def edit_message_caption(
    call: Call,
    *,
    chat_id: ChatId | None = None,
    message_id: int = 0,
    inline_message_id: str = "",
    caption: str = "",
    parse_mode: str = "",
    caption_entities: list[Any] | None = None,
    show_caption_above_media: bool = False,
    reply_markup: dict[str, Any] | None = None,
) -> Json | bool:
    """Replace the caption and buttons of a photo, document, video or audio."""
    words = formatted_caption(call, caption, parse_mode, caption_entities)
    shown = extras(show_caption_above_media=show_caption_above_media).get("extra", {})
    target = find_target(call, chat_id, message_id, inline_message_id)
    message = target.message
    if _kind(message) not in _MEDIA:
        raise bad_request("there is no caption in the message to edit")
    markup = read_inline(target.chat, reply_markup)
    now = (message.caption or "", message.entities, message.markup, message.extra.get(_ABOVE))
    if now == (words.text, words.entities, markup, shown.get(_ABOVE)):
        raise not_modified()
    message.caption, message.entities, message.markup = words.text, words.entities, markup
    _show(message, shown, _ABOVE)
    return target.done(call)


@method("editMessageMedia", refuses=_REFUSED)
async def edit_message_media(
    call: Call,
    *,
    media: dict[str, Any] | None = None,
    chat_id: ChatId | None = None,
    message_id: int = 0,
    inline_message_id: str = "",
    reply_markup: dict[str, Any] | None = None,
) -> Json | bool:
    """Replace a file and its caption, or put one in the place of a text."""
    if media is None:
        raise bad_request("input media is not specified")
    if media.get("type") == "animation":
        raise bad_request("the sandbox does not simulate animations")
    item = read_item(call, media)
    refusal = "message media can't be edited"
    target = find_target(call, chat_id, message_id, inline_message_id, refusal=refusal)
    message = target.message
    kind = _kind(message)
    if kind is None:
        raise bad_request(refusal)
    if message.media_group_id is not None and not _fits_album(kind, item.kind):
        raise bad_request("can't change media type in the album")
    if target.chat is None and isinstance(item.source, Upload):
        raise bad_request("invalid message content specified")
    _replace_media(call, target, item, read_inline(target.chat, reply_markup))
    return target.done(call)


@method("editMessageReplyMarkup", refuses=_REFUSED)
async def edit_message_reply_markup(
    call: Call,
    *,
    chat_id: ChatId | None = None,
    message_id: int = 0,
    inline_message_id: str = "",
    reply_markup: dict[str, Any] | None = None,
) -> Json | bool:
    """Replace the buttons alone."""
    target = find_target(call, chat_id, message_id, inline_message_id)
    message = target.message
    markup = read_inline(target.chat, reply_markup, for_invoice=message.invoice is not None)
    if markup is None and message.invoice is not None:
        markup = message.invoice.pay_markup
    if markup == message.markup:
        raise not_modified()
    message.markup = markup
    return target.done(call, mark=False)


def _replace_media(call: Call, target: Target, item: MediaItem, markup: Json | None) -> None:
    message, words = target.message, item.caption
    file = read_file(call, item.source, item.kind, thumbnail=item.thumbnail, **item.details)
    wanted = {_ABOVE: item.is_caption_above, _SPOILER: item.has_spoiler}
    shown: Json = {name: True for name, on in wanted.items() if on}
    now = (getattr(message, item.kind), message.caption, message.entities, message.markup)
    looks = [message.extra.get(name) for name in (_ABOVE, _SPOILER)]
    if now == (file, words.text, words.entities, markup) and looks == [
        shown.get(name) for name in (_ABOVE, _SPOILER)
    ]:
        raise not_modified()
    for kind in _MEDIA:
        setattr(message, kind, file if kind == item.kind else None)
    message.text, message.caption, message.entities = None, words.text, words.entities
    message.markup = markup
    _show(message, shown, _ABOVE, _SPOILER, _PREVIEW)


def _show(message: Message, shown: Json, *names: str) -> None:
    """Replace what the message repeats of how it is shown; what is not asked for goes."""
    kept = {name: value for name, value in message.extra.items() if name not in names}
    message.extra = kept | shown


def _kind(message: Message) -> str | None:
    """Return what the message is made of; None for a poll, an invoice and the like."""
    if message.text is not None:
        return "text"
    return next((kind for kind in _MEDIA if getattr(message, kind) is not None), None)


def _fits_album(kind: str, wanted: str) -> bool:
    return kind == wanted or (kind in _SIGHTS and wanted in _SIGHTS)
