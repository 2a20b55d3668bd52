"""The results that a bot offers in inline mode, checked as Telegram checks them."""

from collections.abc import Callable
from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.methods.content import extras
from sandbox.methods.fields import optional_array, optional_object, optional_string, string
from sandbox.methods.inline_contents import read_content
from sandbox.methods.markup import read_inline
from sandbox.methods.registry import Call, only_fields
from sandbox.methods.texts import formatted_caption
from sandbox.models.inline import InlineResult
from sandbox.models.media import StoredFile
from sandbox.models.users import Json

MOST_RESULTS = 50
_LONGEST_ID = 64  # bytes
_COMMON = frozenset({"type", "id", "reply_markup", "input_message_content"})
_CAPTION = frozenset({"caption", "parse_mode", "caption_entities"})
_THUMBNAIL = frozenset({"thumbnail_url", "thumbnail_width", "thumbnail_height"})
_FIELDS = {
    "article": _COMMON | _THUMBNAIL | {"title", "url", "description"},
    "photo": _COMMON
    | _CAPTION
    | {"photo_url", "photo_file_id", "thumbnail_url", "photo_width", "photo_height"}
    | {"title", "description", "show_caption_above_media"},
    "document": _COMMON
    | _CAPTION
    | _THUMBNAIL
    | {"document_url", "document_file_id", "mime_type", "title", "description"},
}
_NOT_SIMULATED = frozenset(
    {"audio", "contact", "game", "gif", "location", "mpeg4_gif", "sticker", "venue", "video", "voice"}
)
_DOCUMENT_KINDS = ("application/pdf", "application/zip")


def read_results(call: Call, given: list[Any]) -> tuple[InlineResult, ...]:
    """Return the results that are offered; raises ApiError 400."""
    if len(given) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    try:
        results = tuple(_result(call, result) for result in given)
    except ApiError as refused:
        raise _in_result(refused) from None
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def _in_result(refused: ApiError) -> ApiError:
    """Say that an error is in a result; what comes from deep in Telegram, in capitals, stays as it is."""
    why = refused.description.removeprefix("Bad Request: ")
    if why.isupper():
        return refused
    return bad_request(f"can't parse inline query result: {why[0].upper()}{why[1:]}")


def _result(call: Call, given: Any) -> InlineResult:
    if not isinstance(given, dict):
        raise bad_request("inline query result must be an object")
    kind, number = string(given, "type").lower(), string(given, "id")
    if kind in _NOT_SIMULATED:
        raise bad_request(f"the sandbox does not simulate inline query results of type {kind}")
    if kind not in _FIELDS:
        raise bad_request(f'type "{kind}" is unsupported for the inline query result')
    only_fields(f"an inline query result of type {kind}", given, _FIELDS[kind])
    if not number:
        raise bad_request("RESULT_ID_EMPTY")
    if len(number.encode()) > _LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    content = _READERS[kind](call, given)
    markup = read_inline(None, optional_object(given, "reply_markup"), for_invoice="invoice" in content)
    if markup is None and "invoice" in content:
        markup = content["invoice"].pay_markup
    return InlineResult(
        id=number,
        kind=kind,
        title=optional_string(given, "title"),
        description=optional_string(given, "description"),
        content=content,
        markup=markup,
    )


def _article(call: Call, given: Json) -> dict[str, Any]:
    if not string(given, "title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    if "input_message_content" not in given:
        # What is missing is the field of old, which stood for the whole content.
        raise bad_request('can\'t find field "message_text"')
    return read_content(call, given["input_message_content"])


def _photo(call: Call, given: Json) -> dict[str, Any]:
    if "photo_file_id" not in given:
        string(given, "photo_url")
        string(given, "thumbnail_url")
    if "input_message_content" in given:
        return read_content(call, given["input_message_content"])
    stored = _stored(call, given, "photo_file_id", otherwise="PHOTO_INVALID")
    if not stored.width:
        raise bad_request("PHOTO_INVALID")
    above = bool(given.get("show_caption_above_media"))
    return {"photo": stored, **_caption(call, given), **extras(show_caption_above_media=above)}


def _document(call: Call, given: Json) -> dict[str, Any]:
    if not string(given, "title"):
        raise bad_request("FILE_TITLE_EMPTY")
    if "document_file_id" not in given:
        string(given, "document_url")
        if not string(given, "mime_type").startswith(_DOCUMENT_KINDS):
            raise bad_request("unallowed document MIME type")
    if "input_message_content" in given:
        return read_content(call, given["input_message_content"])
    stored = _stored(call, given, "document_file_id", otherwise="DOCUMENT_INVALID")
    return {"document": stored, **_caption(call, given)}


def _stored(call: Call, given: Json, name: str, *, otherwise: str) -> StoredFile:
    if name not in given:
        raise bad_request(f"the sandbox opens no outside addresses: offer the file by its {name}")
    stored = call.world.files.get(string(given, name))
    if stored is None:
        raise bad_request(otherwise)
    return stored


def _caption(call: Call, given: Json) -> dict[str, Any]:
    mode, entities = optional_string(given, "parse_mode"), optional_array(given, "caption_entities")
    words = formatted_caption(call, optional_string(given, "caption"), mode, entities)
    return {"caption": words.text, "entities": words.entities}


_READERS: dict[str, Callable[[Call, Json], dict[str, Any]]] = {
    "article": _article,
    "photo": _photo,
    "document": _document,
}
