"""The old Markdown parse mode: no entities within entities."""

from typing import Any

from sandbox.entities import utf16_length
from sandbox.parsing.links import checked_link, unparsable, user_link

Json = dict[str, Any]

_MARKS = "_*`["
_TYPES = {"_": "italic", "*": "bold", "`": "code"}
_SPACE = " \t\r\n\0\v"


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Return text and entities of Markdown; raises ApiError 400 "can't parse entities: …"."""
    parts: list[str] = []
    entities: list[Json] = []
    at = length = 0
    while at < len(source):
        sign = source[at]
        if sign == "\\" and source[at + 1 : at + 2] and source[at + 1] in _MARKS:
            covered, at = source[at + 1], at + 2
        elif sign not in _MARKS:
            covered, at = sign, at + 1
        else:
            covered, kind, at = _entity(source, at)
            if covered and kind is not None:
                entities.append({"offset": length, "length": utf16_length(covered)} | kind)
        parts.append(covered)
        length += utf16_length(covered)
    return "".join(parts), entities


def _entity(source: str, begin: int) -> tuple[str, Json | None, int]:
    """Return the text of the entity that begins here, its fields and where it is over."""
    sign = source[begin]
    if source.startswith("```", begin):
        return _block(source, begin)
    end = source.find("]" if sign == "[" else sign, begin + 1)
    if end < 0:
        raise _endless(source, begin)
    covered = source[begin + 1 : end]
    if sign != "[":
        return covered, {"type": _TYPES[sign]}, end + 1
    url = covered
    if source.startswith("(", end + 1):
        closing = source.find(")", end + 2)
        stop = len(source) if closing < 0 else closing
        url, end = source[end + 2 : stop], stop
    return covered, _link(url), end + 1


def _block(source: str, begin: int) -> tuple[str, Json, int]:
    at = start = begin + 3
    while at < len(source) and source[at] not in _SPACE + "`":
        at += 1
    language = ""
    if at > start and at < len(source) and source[at] != "`":
        language, start = source[start:at], at
    if source[start : start + 2] in ("\r\n", "\n\r"):
        start += 2
    elif source[start : start + 1] in ("\r", "\n"):
        start += 1
    end = source.find("```", start)
    if end < 0:
        raise _endless(source, begin)
    fields: Json = {"type": "pre"} | ({"language": language} if language else {})
    return source[start:end], fields, end + 3


def _link(url: str) -> Json | None:
    user_id = user_link(url)
    if user_id is not None:
        return {"type": "text_mention", "user": {"id": user_id}}
    checked = checked_link(url)
    return {"type": "text_link", "url": checked} if checked else None


def _endless(source: str, begin: int) -> Exception:
    offset = len(source[:begin].encode())
    return unparsable(f"Can't find end of the entity starting at byte offset {offset}")
