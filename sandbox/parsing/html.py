"""HTML parse mode; every refusal is worded as Telegram's own parser words it, offsets in bytes."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.entities import in_order, utf16_length
from sandbox.parsing.links import check_date_format, checked_link, custom_emoji, unparsable, user_link

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
_SPACE = " \t\r\n\0\v"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
# The semicolon may be missing, and the longest reference has nine characters before it.
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*))(;?)")
_TAG_NAME = re.compile(rf"[^{_SPACE}>]*")
_ATTRIBUTE_NAME = re.compile(rf"[^{_SPACE}=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_GAP = re.compile(rf"[{_SPACE}]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    begins: int
    part: int


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return text and entities of HTML parse mode; raises ApiError 400 "can't parse entities: …"."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


class _Reader:
    """Reads HTML once from left to right."""

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
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return "".join(self._parts), in_order(self._entities)

    def _add(self, raw: str) -> None:
        text = _decoded(raw)
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise unparsable(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched"
                " surrogate code units"
            )
        self._parts.append(text)
        self._length += utf16_length(text)

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode())

    def _match(self, pattern: re.Pattern[str], at: int) -> tuple[str, int]:
        match = pattern.match(self._source, at)
        return (match.group(), match.end()) if match else ("", at)

    def _start_tag(self, begin: int) -> int:
        name, at = self._match(_TAG_NAME, begin + 1)
        if at >= len(self._source):
            raise unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = name.lower()
        if tag not in _TAGS:
            raise unparsable(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes, at = self._attributes(at, begin, tag)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self._open.append(_Open(tag=tag, attributes=attributes, begins=self._length, part=len(self._parts)))
        return at

    def _attributes(self, at: int, begin: int, tag: str) -> tuple[dict[str, str], int]:
        """Read up to the end of a start tag; an attribute without a value has an empty one."""
        attributes: dict[str, str] = {}
        source = self._source
        while True:
            at = self._match(_GAP, at)[1]
            if source.startswith(">", at):
                return attributes, at + 1
            name, at = self._match(_ATTRIBUTE_NAME, at)
            if not name:
                raise unparsable(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
                )
            at = self._match(_GAP, at)[1]
            value = ""
            if source.startswith("=", at):
                value, at = self._value(self._match(_GAP, at + 1)[1], begin, tag)
            elif at >= len(source):
                raise unparsable(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            attributes[name] = value

    def _value(self, at: int, begin: int, tag: str) -> tuple[str, int]:
        source = self._source
        if at >= len(source):
            raise unparsable(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        quote = source[at]
        if quote not in "\"'":
            value, end = self._match(_TOKEN, at)
            if end < len(source) and source[end] not in _SPACE and source[end] != ">":
                raise unparsable(f"Unexpected end of name token at byte offset {self._byte(at)}")
            value = value.lower()
        else:
            stop = source.find(quote, at + 1)
            end = len(source) if stop < 0 else stop + 1
            value = _decoded(source[at + 1 : end - 1])
        if end >= len(source):
            raise unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value, end

    def _end_tag(self, begin: int) -> int:
        if not self._open:
            raise unparsable(f"Unexpected end tag at byte offset {self._byte(begin)}")
        name, at = self._match(_TAG_NAME, begin + 2)
        at = self._match(_GAP, at)[1]
        if not self._source.startswith(">", at):
            raise unparsable(f"Unclosed end tag at byte offset {self._byte(begin)}")
        opened = self._open.pop()
        if name and name.lower() != opened.tag:
            raise unparsable(
                f"Unmatched end tag at byte offset {self._byte(begin)},"
                f' expected "</{opened.tag}>", found "</{name.lower()}>"'
            )
        if self._length > opened.begins:
            self._close(opened)
        return at + 1

    def _close(self, opened: _Open) -> None:
        place: Json = {"offset": opened.begins, "length": self._length - opened.begins}
        if opened.tag == "code" or opened.tag == "pre":
            self._close_code(opened, place)
            return
        extra = self._extra(opened)
        if extra is not None:
            self._entities.append({"type": _TAGS[opened.tag]} | place | extra)

    def _extra(self, opened: _Open) -> Json | None:
        """Return the further fields of an entity; None where the text stays plain."""
        given = opened.attributes
        if opened.tag == "a":
            return _link(given.get("href") or "".join(self._parts[opened.part :]))
        if opened.tag == "tg-emoji":
            emoji = custom_emoji(given.get("emoji-id", ""))
            if emoji is None:
                raise unparsable("Invalid custom emoji identifier specified")
            return {"custom_emoji_id": emoji}
        if opened.tag == "tg-time":
            check_date_format(given.get("format", ""))
            return moment(given.get("unix", ""), given.get("format", ""))
        if opened.tag == "blockquote" and "expandable" in given:
            return {"type": "expandable_blockquote"}
        return {}

    def _close_code(self, opened: _Open, place: Json) -> None:
        """Add code or pre; the two around the same text become one block with a language."""
        kind = opened.attributes.get("class", "") if opened.tag == "code" else ""
        language = kind.removeprefix("language-") if kind.startswith("language-") else ""
        other = "pre" if opened.tag == "code" else "code"
        inner = self._entities[-1] if self._entities else {}
        language = language or (inner.get("language", "") if opened.tag == "pre" else "")
        if inner == {"type": other} | place | inner and language:
            inner |= {"type": "pre", "language": language}
            return
        entity: Json = {"type": opened.tag} | place
        if opened.tag == "code" and language:
            entity["language"] = language
        self._entities.append(entity)


def moment(unix: str, pattern: str) -> Json | None:
    """Return the fields of a date_time entity; None without a moment after 1970."""
    if not unix.isdigit() or int(unix) == 0:
        return None
    return {"unix_time": int(unix)} | ({"date_time_format": pattern} if pattern else {})


def _link(url: str) -> Json | None:
    user_id = user_link(url)
    if user_id is not None:
        return {"type": "text_mention", "user": {"id": user_id}}
    checked = checked_link(url)
    return {"url": checked} if checked else None


def _decoded(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    """Return what a reference stands for; what is none stays as it is."""
    hexadecimal, decimal, name, semicolon = match.groups()
    if name is not None:
        return _NAMED.get(name, match.group())
    code = int(hexadecimal or "0", 16) if decimal is None else int(decimal or "0")
    if not 0 < code < 0x10FFFF or len(match.group()) - len(semicolon) >= 10:
        return match.group()
    return chr(code)
