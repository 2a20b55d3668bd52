"""Texts and the entities in them: lengths in UTF-16 units, places, and what each kind of entity holds."""

import re
from collections.abc import Iterable, Iterator

from sandbox.conformance.problems import Problem, rule, short
from sandbox.models.users import Json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
# What an entity of one kind alone holds, and whether it must.
_HELD = {
    "url": ("text_link", True),
    "user": ("text_mention", True),
    "custom_emoji_id": ("custom_emoji", True),
    "unix_time": ("date_time", True),
    "language": ("pre", False),
    "date_time_format": ("date_time", False),
}
# How the words of a found entity look: a wrong offset shows at once.
_LOOKS = {
    "bot_command": re.compile(r"/\w{1,64}(@\w+)?"),
    "mention": re.compile(r"@\w+"),
    "hashtag": re.compile(r"#\S+"),
    "cashtag": re.compile(r"\$[A-Z]{1,8}(@\w+)?"),
    "url": re.compile(r"\S+\.\S+|\S+://\S+"),
    "email": re.compile(r"\S+@\S+"),
}


def length(text: str) -> int:
    """Return the length in UTF-16 units, by which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def within(field: str, text: str, limit: int, *, least: int = 0) -> Iterator[Problem]:
    """Find a text that is too long or too short in characters."""
    if not least <= len(text) <= limit:
        yield Problem(field, f"{len(text)} characters; {least} to {limit} are allowed")


def within_units(field: str, text: str, limit: int, *, least: int = 0) -> Iterator[Problem]:
    """Find a text that is too long or too short in UTF-16 units, as bots should count."""
    # No text is shorter in UTF-16 units than in characters, nor more than twice as long.
    size = len(text) if least <= len(text) <= limit // 2 else length(text)
    if not least <= size <= limit:
        yield Problem(field, f"{size} UTF-16 units; {least} to {limit} are allowed")


def in_bytes(field: str, text: str, limit: int, *, least: int = 1) -> Iterator[Problem]:
    """Find a string that is too long or too short in bytes."""
    size = len(text.encode())
    if not least <= size <= limit:
        yield Problem(field, f"{size} bytes; {least} to {limit} are allowed")


def chosen(field: str, value: str, allowed: Iterable[str]) -> Iterator[Problem]:
    """Find a word that is none of those allowed."""
    if value not in allowed:
        yield Problem(field, f"{short(value)} is none of {', '.join(sorted(allowed))}")


@rule("MessageEntity")
def entity_holds_what_its_kind_needs(entity: Json) -> Iterator[Problem]:
    """text_link has a url and only text_link has one, and so on."""
    kind = entity["type"]
    for field, (owner, is_needed) in _HELD.items():
        if field in entity and kind != owner:
            yield Problem(field, f"is for {owner} only, not for {kind}")
        if is_needed and kind == owner and field not in entity:
            yield Problem(field, f"{owner} needs this field")


def entities_fit(field: str, entities: list[Json], text: str) -> Iterator[Problem]:
    """Find entities outside their text, out of order, across each other or off their words."""
    if not entities:
        yield Problem(field, "is empty; a text without entities has no such field")
    if len(entities) > 100:
        yield Problem(field, f"{len(entities)} entities; 100 are the limit")
    units = text.encode("utf-16-le")
    last = (-1, 0)
    open_ends: list[int] = []
    for position, entity in enumerate(entities):
        path = f"{field}[{position}]"
        start, end = int(entity["offset"]), int(entity["offset"]) + int(entity["length"])
        if start < 0 or end <= start or end * 2 > len(units):
            yield Problem(path, f"units {start} to {end} are not within the {len(units) // 2} of the text")
            continue
        if (start, -end) < last:
            yield Problem(path, "comes after an entity that starts later or is shorter")
        last = (start, -end)
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        if open_ends and end > open_ends[-1]:
            yield Problem(path, "crosses the end of the entity that it starts in")
        open_ends.append(end)
        yield from _off_its_words(path, entity, units[start * 2 : end * 2])


def _off_its_words(path: str, entity: Json, units: bytes) -> Iterator[Problem]:
    try:
        words = units.decode("utf-16-le")
    except UnicodeDecodeError:
        yield Problem(path, "cuts a character in half")
        return
    looks = _LOOKS.get(entity["type"])
    if looks is not None and not looks.fullmatch(words):
        yield Problem(path, f"{short(words)} is no {entity['type']}")
