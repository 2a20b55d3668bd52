"""Entities in UTF-16 units: what Telegram finds by itself, their order, and what they cover."""

import re
from typing import Any

Json = dict[str, Any]

_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/@<>])")),
    ("url", re.compile(r"(?<![\w@])(?:https?://|tg://|t\.me/|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]}']")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@./])@[A-Za-z]\w{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d_])\w{1,255}")),
)
_USUAL_PRIORITY = 50
_PRIORITIES = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_SIGNS = re.compile(r"[/@#]|t\.me|www\.")


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def entity_text(text: str, entity: Json) -> str:
    """Return the piece of a text that an entity covers."""
    if text.isascii():
        return text[entity["offset"] : entity["offset"] + entity["length"]]
    units = text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
    return units.decode("utf-16-le", errors="replace")


def find_entities(text: str) -> list[Json]:
    """Return the commands, mentions, addresses and hashtags that Telegram marks by itself."""
    if not _SIGNS.search(text):
        return []
    taken: list[tuple[int, int]] = []
    entities = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            offset = utf16_length(text[:start])
            entities.append({"type": kind, "offset": offset, "length": utf16_length(match.group())})
    return sorted(entities, key=lambda entity: int(entity["offset"]))


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """Return given entities plus those found in the text outside of code and links."""
    found = find_entities(text)
    if not found:
        return entities
    closed = [entity for entity in entities if entity["type"] in _CLOSED]
    free = [entity for entity in found if not any(_overlap(entity, other) for other in closed)]
    return in_order(entities + free)


def in_order(entities: list[Json]) -> list[Json]:
    """Sort as Telegram does: by place, the longer first, and of the same place the outer kind first."""
    return sorted(
        entities,
        key=lambda entity: (
            entity["offset"],
            -entity["length"],
            _PRIORITIES.get(entity["type"], _USUAL_PRIORITY),
        ),
    )


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut white space at both ends, as Telegram does, and move the entities along."""
    stripped = text.strip()
    if stripped == text:
        return text, entities
    cut = utf16_length(text) - utf16_length(text.lstrip())
    length = utf16_length(stripped)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        end = min(length, entity["offset"] + entity["length"] - cut)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return stripped, moved


_CLOSED = ("code", "pre", "text_link", "text_mention", "date_time", *(kind for kind, _ in _FOUND))


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )
