"""Text to entities in UTF-16 units: HTML parse mode, and what Telegram finds by itself."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from sandbox.errors import ApiError, bad_request

Json = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_ATTRIBUTE = re.compile(r"""\s*([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_REFERENCE = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|lt|gt|amp|quot);")
_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/@<>])")),
    ("url", re.compile(r"(?<![\w@])(?:https?://|tg://|t\.me/|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]}']")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@./])@[A-Za-z]\w{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d_])\w{1,255}")),
)
_SIGNS = re.compile(r"[/@#]|t\.me|www\.")


@dataclass(kw_only=True)
class _Open:
    tag: str
    at: int
    begins: int
    extra: Json = field(default_factory=dict)


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def entity_text(text: str, entity: Json) -> str:
    """Return the piece of a text that an entity covers."""
    if text.isascii():
        return text[entity["offset"] : entity["offset"] + entity["length"]]
    units = text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
    return units.decode("utf-16-le", errors="replace")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return text and entities of HTML parse mode; raises ApiError 400 "can't parse entities: …"."""
    if "<" not in source:
        return _decode(source), []
    return _HtmlReader(source).read()


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
    closed = [entity for entity in entities if entity["type"] in ("code", "pre", "text_link", *_NAMES)]
    free = [entity for entity in found if not any(_overlap(entity, other) for other in closed)]
    return in_order(entities + free)


def in_order(entities: list[Json]) -> list[Json]:
    """Sort as Telegram does: by place, the longer first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


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


_NAMES = tuple(kind for kind, _ in _FOUND)


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )


def _decode(text: str) -> str:
    return _REFERENCE.sub(lambda match: unescape(match.group()), text) if "&" in text else text


def _unparsable(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")


class _HtmlReader:
    """Reads HTML once from left to right; offsets in errors are bytes, as Telegram gives them."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        at = 0
        source = self._source
        while True:
            bracket = source.find("<", at)
            self._add(source[at : bracket if bracket >= 0 else len(source)])
            if bracket < 0:
                break
            at = self._end_tag(bracket) if source.startswith("</", bracket) else self._start_tag(bracket)
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._parts), in_order(self._entities)

    def _add(self, raw: str) -> None:
        text = _decode(raw)
        self._parts.append(text)
        self._length += utf16_length(text)

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode())

    def _start_tag(self, at: int) -> int:
        name = re.compile(r"[^\s>/]*").match(self._source, at + 1)
        assert name is not None
        tag = name.group().lower()
        end = self._source.find(">", at)
        if not tag or tag not in _TAGS:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {self._byte(at)}')
        if end < 0:
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(at)}")
        end, attributes = self._attributes(name.end(), at, tag)
        extra = self._extra(tag, attributes, at)
        self._open.append(_Open(tag=tag, at=at, begins=self._length, extra=extra))
        return end

    def _attributes(self, at: int, begin: int, tag: str) -> tuple[int, Json]:
        attributes: Json = {}
        while True:
            gap = re.compile(r"\s*").match(self._source, at)
            at = gap.end() if gap else at
            if self._source.startswith(">", at):
                return at + 1, attributes
            match = _ATTRIBUTE.match(self._source, at)
            if match is None:
                if at >= len(self._source):
                    raise _unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
                raise _unparsable(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
                )
            value = next((group for group in match.groups()[1:] if group is not None), "")
            attributes[match.group(1).lower()] = _decode(value)
            at = match.end()

    def _extra(self, tag: str, attributes: Json, at: int) -> Json:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(at)}')
        if tag == "a":
            return {"url": attributes.get("href", "")}
        if tag == "tg-emoji":
            return {"custom_emoji_id": attributes.get("emoji-id", "")}
        if tag == "tg-time":
            return self._moment(attributes, at)
        if tag == "blockquote" and "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        if tag == "code" and attributes.get("class", "").startswith("language-"):
            return {"language": attributes["class"].removeprefix("language-")}
        return {}

    def _moment(self, attributes: Json, at: int) -> Json:
        unix = attributes.get("unix", "")
        if not unix.isdigit():
            raise _unparsable(f'Tag "tg-time" must have a valid unix time at byte offset {self._byte(at)}')
        moment: Json = {"unix_time": int(unix)}
        if attributes.get("format"):
            moment["date_time_format"] = attributes["format"]
        return moment

    def _end_tag(self, at: int) -> int:
        end = self._source.find(">", at)
        if end < 0:
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte(at)}")
        tag = self._source[at + 2 : end].strip().lower()
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte(at)}")
        opened = self._open.pop()
        if tag and tag != opened.tag:
            where = self._byte(at)
            raise _unparsable(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        self._close(opened)
        return end + 1

    def _close(self, opened: _Open) -> None:
        length = self._length - opened.begins
        if length == 0:
            return
        entity: Json = {"type": _TAGS[opened.tag], "offset": opened.begins, "length": length} | opened.extra
        if opened.tag == "a":
            url = opened.extra["url"] or "".join(self._parts)[-length:]
            if url.startswith("tg://user?id="):
                # Which person is meant only the world knows; without her the mention stays a link.
                entity["url"] = url
            elif not re.match(r"(?:https?|tg|mailto|tel|ftp)[:/]|[\w-]+\.[\w.-]+", url):
                return
            entity["url"] = url
        if opened.tag == "pre" and self._takes_language(entity):
            return
        if opened.tag == "code" and not (self._open and self._open[-1].tag == "pre"):
            entity.pop("language", None)
        self._entities.append(entity)

    def _takes_language(self, pre: Json) -> bool:
        """Merge <pre><code class="language-x">…</code></pre> into one entity."""
        for inner in self._entities:
            same = inner["offset"] == pre["offset"] and inner["length"] == pre["length"]
            if same and inner["type"] == "code" and "language" in inner:
                inner["type"] = "pre"
                return True
        return False
