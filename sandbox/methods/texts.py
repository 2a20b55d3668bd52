"""Formatted text as a bot gives it: parse modes, explicit entities, limits; all in UTF-16 units."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.entities import trim, utf16_length, with_found
from sandbox.errors import ApiError, bad_request
from sandbox.methods.registry import Call, only_fields
from sandbox.models.users import Json
from sandbox.parsing.html import parse_html
from sandbox.parsing.legacy import parse_markdown
from sandbox.parsing.links import check_date_format, checked_link, custom_emoji, user_link
from sandbox.parsing.markdown import parse_markdown_v2
from sandbox.parsing.overlaps import untangled

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
_LARGEST_SOURCE = 2**15
_LARGEST_PLACE = 1_000_000

_MODES = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}
_PLAIN = (
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "blockquote",
    "expandable_blockquote",
)
# Telegram finds these by itself and passes over them where they are given.
_FOUND_ANYWAY = (
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
)
_ENTITY_FIELDS = frozenset(
    {
        "type",
        "offset",
        "length",
        "url",
        "user",
        "language",
        "custom_emoji_id",
        "unix_time",
        "date_time_format",
    }
)
_CONTROLS = re.compile("[\0-\t\x0b\x0c\x0e-\x1f]")
# Direction marks and strokes through other letters, which Telegram takes out.
_UNWANTED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Formatted:
    """A text and its entities."""

    text: str
    entities: list[Json]


def formatted_text(call: Call, text: str, parse_mode: str, entities: list[Any] | None) -> Formatted:
    """Return a message's text; raises ApiError 400 if it is empty, too long or can't be parsed."""
    if not text:
        raise bad_request("message text is empty")
    result = formatted(call, text, parse_mode, entities)
    if not result.text:
        raise bad_request("text must be non-empty")
    if utf16_length(result.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return result


def formatted_caption(call: Call, text: str, parse_mode: str, entities: list[Any] | None) -> Formatted:
    """Return a caption, which may be empty; raises ApiError 400 if it is too long or can't be parsed."""
    result = formatted(call, text, parse_mode, entities)
    if utf16_length(result.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return result


def formatted(call: Call, text: str, parse_mode: str, entities: list[Any] | None) -> Formatted:
    """Return a text of any length with its entities; raises ApiError 400 if it can't be parsed."""
    words = parsed(text, parse_mode, entities)
    named = [entity for entity in (_named(call, entity) for entity in words.entities) if entity is not None]
    return Formatted(text=words.text, entities=with_found(words.text, named)[:ENTITY_LIMIT])


def parsed(text: str, parse_mode: str, entities: list[Any] | None) -> Formatted:
    """Return a text with the entities it was given, mentions not looked up; raises ApiError 400."""
    if not _is_unicode(text):
        raise bad_request("strings must be encoded in UTF-8")
    if len(text.encode()) > _LARGEST_SOURCE:
        raise bad_request("text is too long")
    text, found = _read(text, parse_mode.lower(), entities)
    text, found = _cleaned(text, untangled(found))
    text, found = trim(text, found)
    return Formatted(text=text, entities=found)


def _read(text: str, mode: str, entities: list[Any] | None) -> tuple[str, list[Json]]:
    if text and mode and mode != "none":
        parse = _MODES.get(mode)
        if parse is None:
            raise bad_request("unsupported parse_mode")
        return parse(text)
    checked = [found for found in (_entity(given) for given in entities or []) if found is not None]
    _check_places(text, checked)
    return text, checked


def _entity(given: Any) -> Json | None:
    """Return a given MessageEntity, None for one that Telegram finds by itself; raises ApiError 400."""
    if not isinstance(given, dict):
        raise _bad_entity("expected an Object")
    only_fields("MessageEntity", given, _ENTITY_FIELDS)
    place = {name: _number(given, name) for name in ("offset", "length")}
    kind = _string(given, "type")
    if not kind:
        raise _bad_entity("type is not specified")
    if kind in _FOUND_ANYWAY:
        return None
    entity: Json = {"type": kind} | place
    if kind in _PLAIN:
        return entity
    if kind == "pre":
        return entity | ({"language": given["language"]} if given.get("language") else {})
    if kind == "text_link":
        return entity | _link(_string(given, "url"))
    if kind == "text_mention":
        return entity | {"user": {"id": _mentioned(given)}}
    if kind == "custom_emoji":
        return entity | {"custom_emoji_id": _emoji(given)}
    if kind == "date_time":
        return entity | _moment(given)
    raise _bad_entity("unsupported type specified")


def _link(url: str) -> Json:
    person = user_link(url)
    if person is not None:
        return {"type": "text_mention", "user": {"id": person}}
    checked = checked_link(url)
    if checked is None:
        raise bad_request(f"entity URL '{url}' is invalid: Wrong HTTP URL")
    return {"url": checked}


def _mentioned(given: Json) -> int:
    user = given.get("user")
    if not isinstance(user, dict):
        raise _bad_entity('can\'t find field "user"' if user is None else 'field "user" must be an Object')
    return _number(user, "id")


def _emoji(given: Json) -> str:
    emoji = custom_emoji(str(given.get("custom_emoji_id", "")))
    if emoji is None:
        raise bad_request("invalid custom emoji identifier specified")
    return emoji


def _moment(given: Json) -> Json:
    unix = _number(given, "unix_time")
    if unix <= 0:
        raise bad_request("invalid date specified")
    pattern = given.get("date_time_format") or ""
    check_date_format(str(pattern))
    return {"unix_time": unix} | ({"date_time_format": pattern} if pattern else {})


def _check_places(text: str, entities: list[Json]) -> None:
    """Raise ApiError 400 for an entity that covers no whole characters of the text."""
    for entity in entities:
        for name in ("offset", "length"):
            if not 0 <= entity[name] <= _LARGEST_PLACE:
                raise bad_request(f"receive an entity with incorrect {name} {entity[name]}")
    borders = _borders(text) if entities else {}
    length = utf16_length(text)
    for entity in sorted(entities, key=lambda entity: int(entity["offset"])):
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if begin == end:
            continue
        if begin >= length:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begin}")
        if begin not in borders:
            where = borders[begin + 1]
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {where}")
        if end > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {begin} ends after the end of the text at UTF-16"
                f" offset {end}"
            )
        if end not in borders:
            raise bad_request(
                f"entity beginning at UTF-16 offset {begin} ends in a middle of a UTF-16 symbol at byte"
                f" offset {borders[end + 1]}"
            )


def _borders(text: str) -> dict[int, int]:
    """Return the UTF-16 offset of each character, and of the end, with its offset in bytes."""
    borders = {0: 0}
    units = size = 0
    for sign in text:
        units += 2 if sign > "\uffff" else 1
        size += len(sign.encode())
        borders[units] = size
    return borders


def _cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Take out the signs that Telegram does not let through, and move the entities along."""
    text = _CONTROLS.sub(" ", text)
    gone = [utf16_length(text[: match.start()]) for match in _UNWANTED.finditer(text)]
    if not gone:
        return text, entities
    moved = []
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        shift = sum(place < begin for place in gone)
        within = sum(begin <= place < end for place in gone)
        moved.append(entity | {"offset": begin - shift, "length": entity["length"] - within})
    return _UNWANTED.sub("", text), untangled(moved)


def _named(call: Call, entity: Json) -> Json | None:
    """Put the person into a mention; one whom the bot never met stays plain text."""
    if entity["type"] != "text_mention":
        return entity
    user = call.world.users.get(entity["user"]["id"])
    if user is None or not (user.is_bot or _has_met(call, user.id)):
        return None
    return entity | {"user": user.to_json()}


def _has_met(call: Call, user_id: int) -> bool:
    try:
        call.chat(user_id)
    except ApiError:
        return False
    return True


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(given: Json, name: str) -> int:
    value = given.get(name)
    if value is None:
        raise _bad_entity(f'can\'t find field "{name}"')
    try:
        return int(value)
    except (TypeError, ValueError):
        raise _bad_entity(f'field "{name}" must be a Number') from None


def _string(given: Json, name: str) -> str:
    value = given.get(name)
    if value is None:
        raise _bad_entity(f'can\'t find field "{name}"')
    if not isinstance(value, str):
        raise _bad_entity(f'field "{name}" must be of type String')
    return value


def _bad_entity(why: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: {why}")
