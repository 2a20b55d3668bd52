"""JSON as Telegram's server reads it: UTF-8, no deeper than a hundred levels, no numbers beyond counting."""

import json
import math
import re
from typing import Any

MAX_DEPTH = 100
# Half of a character outside the first plane; in pairs they are fine.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class BadJson(ValueError):
    """What was sent is no JSON that Telegram would take."""


def read_json(text: str | bytes) -> Any:
    """Return what a JSON text says; raises BadJson with the reason."""
    try:
        text = text.decode() if isinstance(text, bytes) else text
        parsed = _DECODER.decode(text)
    except RecursionError:
        raise BadJson("it is nested too deeply") from None
    except ValueError:
        raise BadJson("it is not JSON") from None
    if text.count("[") + text.count("{") > MAX_DEPTH and _is_deep(parsed):
        raise BadJson("it is nested too deeply")
    if _HALF.search(text):
        _refuse_half_characters(parsed)
    return parsed


def write_json(value: Any) -> bytes:
    """Return JSON in UTF-8, without a space too many."""
    return _ENCODER.encode(value).encode()


def is_utf8(text: str) -> bool:
    """Whether a text holds whole characters only: half of a surrogate pair can't be sent on."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _constant(name: str) -> Any:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_constant, parse_float=_number)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            item
            for box in level
            if isinstance(box, (dict, list))
            for item in (box.values() if isinstance(box, dict) else box)
        ]
        if not level:
            return False
    return True


def _refuse_half_characters(parsed: Any) -> None:
    try:
        write_json(parsed)
    except UnicodeEncodeError:
        raise BadJson("strings must be encoded in UTF-8") from None
