"""sendMediaGroup."""

from dataclasses import dataclass
from typing import Any

from sandbox.access import check_content
from sandbox.entities import utf16_length
from sandbox.errors import ApiError, bad_request
from sandbox.methods.content import SEND_IGNORES, SEND_REFUSES, extras, placement
from sandbox.methods.registry import Call, ChatId, Upload, method, only_fields
from sandbox.methods.texts import CAPTION_LIMIT, Formatted, formatted
from sandbox.methods.uploads import check_upload, read_file
from sandbox.models.media import FileKind, MediaDetails
from sandbox.models.users import Json
from sandbox.posting import post

LARGEST_ALBUM = 10

_CAPTION = frozenset({"type", "media", "caption", "parse_mode", "caption_entities"})
_SHOWN = frozenset({"show_caption_above_media", "has_spoiler"})
_FIELDS: dict[FileKind, frozenset[str]] = {
    "photo": _CAPTION | _SHOWN,
    "video": _CAPTION | _SHOWN | {"thumbnail", "width", "height", "duration", "supports_streaming"},
    "audio": _CAPTION | {"thumbnail", "duration", "performer", "title"},
    "document": _CAPTION | {"thumbnail", "disable_content_type_detection"},
}
_NOT_SIMULATED = frozenset({"cover", "start_timestamp"})
# Albums of these hold nothing else.
_KEEP_TO_THEMSELVES = ("document", "audio")


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaItem:
    """One file as it was asked for, with its caption."""

    kind: FileKind
    source: Upload | str
    thumbnail: Upload | str
    caption: Formatted
    details: MediaDetails
    is_caption_above: bool
    has_spoiler: bool


@method(
    "sendMediaGroup",
    ignores=SEND_IGNORES,
    refuses=SEND_REFUSES - {"suggested_post_parameters"},
)
async def send_media_group(
    call: Call,
    *,
    chat_id: ChatId,
    media: list[Any],
    message_thread_id: int = 0,
    protect_content: bool = False,
    reply_parameters: dict[str, Any] | None = None,
) -> list[Json]:
    """Post an album: a message for each file, all with one media_group_id; a lone file has none."""
    _check_count(media)
    chat = call.writable(chat_id, count=len(media))
    items = [read_item(call, given) for given in media]
    _check_kinds(items)
    for item in items:
        check_content(chat, call.bot, item.kind)
    place = placement(call, chat, message_thread_id, reply_parameters)
    files = [
        read_file(call, item.source, item.kind, thumbnail=item.thumbnail, **item.details)
        for number, item in enumerate(items, start=1)
        if _is_sound(item, number)
    ]
    group = str(call.world.number()) if len(items) > 1 else None
    messages = []
    for item, file in zip(items, files, strict=True):
        content: dict[str, Any] = {item.kind: file}
        message = post(
            call.world,
            chat,
            call.bot.user,
            caption=item.caption.text,
            entities=item.caption.entities,
            media_group_id=group,
            **content,
            **place,
            **extras(
                protect_content=protect_content,
                show_caption_above_media=item.is_caption_above,
                has_media_spoiler=item.has_spoiler,
            ),
        )
        messages.append(message)
    return [message.to_json() for message in messages]


def _check_count(media: list[Any]) -> None:
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) > LARGEST_ALBUM:
        raise bad_request("too many messages to send as an album")


def _check_kinds(items: list[MediaItem]) -> None:
    """Raise ApiError 400 where documents or audios are mixed with anything else."""
    kinds = {item.kind for item in items}
    for item in items:
        if item.kind in _KEEP_TO_THEMSELVES and len(kinds) > 1:
            raise bad_request(f"{item.kind} can't be mixed with other media types")


def read_item(call: Call, given: Any) -> MediaItem:
    """Return an InputMedia; raises ApiError 400."""
    if not isinstance(given, dict):
        raise _bad_item("expected an Object")
    kind = _kind(given.get("type"))
    for name in given.keys() & _NOT_SIMULATED:
        raise bad_request(f'the sandbox does not simulate the field "{name}" of InputMedia{kind.title()}')
    only_fields(f"InputMedia{kind.title()}", given, _FIELDS[kind])
    source = given.get("media")
    if not isinstance(source, Upload) and (not isinstance(source, str) or source.startswith("attach://")):
        raise _bad_item("media not found")
    thumbnail = given.get("thumbnail")
    return MediaItem(
        kind=kind,
        source=source,
        thumbnail=thumbnail if isinstance(thumbnail, Upload) else "",
        caption=_caption(call, given),
        details=_details(given),
        is_caption_above=_is_true(given.get("show_caption_above_media")),
        has_spoiler=_is_true(given.get("has_spoiler")),
    )


def _kind(given: Any) -> FileKind:
    if given is None:
        raise _bad_item('Can\'t find field "type"')
    for kind in _FIELDS:
        if given == kind:
            return kind
    if given == "animation":
        raise _bad_item('type "animation" can\'t be used in sendMediaGroup')
    if given == "live_photo":
        raise bad_request("the sandbox does not simulate live photos")
    raise _bad_item(f'type "{given}" is unsupported')


def _caption(call: Call, given: Json) -> Formatted:
    text, mode, entities = (given.get(name) for name in ("caption", "parse_mode", "caption_entities"))
    try:
        words = formatted(
            call, str(text or ""), str(mode or ""), entities if isinstance(entities, list) else None
        )
    except ApiError as error:
        why = error.description.removeprefix("Bad Request: ")
        raise _bad_item(why[:1].upper() + why[1:]) from None
    if utf16_length(words.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return words


def _details(given: Json) -> MediaDetails:
    details = MediaDetails(
        width=_number(given, "width"), height=_number(given, "height"), duration=_number(given, "duration")
    )
    if given.get("title"):
        details["title"] = str(given["title"])
    if given.get("performer"):
        details["performer"] = str(given["performer"])
    return details


def _number(given: Json, name: str) -> int:
    try:
        return max(0, int(given.get(name) or 0))
    except (TypeError, ValueError):
        raise _bad_item(f'Field "{name}" must be a Number') from None


def _is_sound(item: MediaItem, number: int) -> bool:
    """Whether Telegram takes an upload; raises ApiError 400 that says which one it does not take."""
    if isinstance(item.source, Upload):
        try:
            check_upload(item.source, item.kind)
        except ApiError as error:
            why = error.description.removeprefix("Bad Request: ")
            raise bad_request(f'failed to send message #{number} with the error message "{why}"') from None
    return True


def _is_true(value: Any) -> bool:
    return value is True or str(value).lower() in ("true", "yes", "1")


def _bad_item(why: str) -> ApiError:
    return bad_request(f"can't parse InputMedia: {why}")
