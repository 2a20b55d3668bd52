"""Entities that lie in one another: which Telegram keeps, which it cuts and which it drops."""

from itertools import pairwise
from typing import Any

from sandbox.entities import in_order

Json = dict[str, Any]

_SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = ("blockquote", "expandable_blockquote")
_CODE = ("code", "pre")


def untangled(entities: list[Json]) -> list[Json]:
    """Return entities in order that nest as Telegram allows; what can't be kept is cut or dropped."""
    ordered = in_order([entity for entity in entities if entity["length"] > 0])
    if _are_nested(ordered):
        return ordered
    quotes = _apart([entity for entity in ordered if entity["type"] in _QUOTES])
    whole = _apart([entity for entity in ordered if entity["type"] not in _SPLITTABLE + _QUOTES])
    whole = [entity for entity in whole if not any(_crosses(entity, quote) for quote in quotes)]
    pieces = [piece for kind in _SPLITTABLE for piece in _cut(kind, ordered, whole + quotes)]
    return in_order(whole + quotes + pieces)


def _are_nested(ordered: list[Json]) -> bool:
    """Whether nothing has to be changed: the common case."""
    around: list[Json] = []
    ends: dict[str, int] = {}
    for entity in ordered:
        kind = entity["type"]
        while around and entity["offset"] >= _end(around[-1]):
            around.pop()
        outer = [other["type"] for other in around]
        if around and _end(entity) > _end(around[-1]):
            return False
        if kind in outer or any(other in _CODE for other in outer):
            return False
        if kind not in _SPLITTABLE and any(other not in _SPLITTABLE + _QUOTES for other in outer):
            return False
        if kind in _CODE and any(other not in _QUOTES for other in outer):
            return False
        if kind in _QUOTES and any(other in _QUOTES for other in outer):
            return False
        if kind in _SPLITTABLE:
            if ends.get(kind, -1) >= entity["offset"]:
                return False
            ends[kind] = _end(entity)
        around.append(entity)
    return True


def _apart(ordered: list[Json]) -> list[Json]:
    """Return the entities of which none begins within one before it."""
    kept: list[Json] = []
    for entity in ordered:
        if not kept or entity["offset"] >= _end(kept[-1]):
            kept.append(entity)
    return kept


def _crosses(entity: Json, quote: Json) -> bool:
    """Whether an entity lies partly within and partly without a quotation, or around it."""
    if entity["offset"] >= _end(quote) or _end(entity) <= quote["offset"]:
        return False
    return entity["offset"] < quote["offset"] or _end(entity) > _end(quote)


def _cut(kind: str, ordered: list[Json], others: list[Json]) -> list[Json]:
    """Return the pieces of a kind between the borders of the others; code takes no formatting."""
    borders = sorted({border for other in others for border in (other["offset"], _end(other))})
    pieces: list[Json] = []
    for start, end in _joined([entity for entity in ordered if entity["type"] == kind]):
        stops = [start, *(border for border in borders if start < border < end), end]
        for begin, stop in pairwise(stops):
            in_code = any(
                other["type"] in _CODE and other["offset"] <= begin < _end(other) for other in others
            )
            if not in_code:
                pieces.append({"type": kind, "offset": begin, "length": stop - begin})
    return pieces


def _joined(entities: list[Json]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for entity in entities:
        if spans and entity["offset"] <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], _end(entity)))
        else:
            spans.append((entity["offset"], _end(entity)))
    return spans


def _end(entity: Json) -> int:
    return int(entity["offset"] + entity["length"])
