"""Reads orders out of what members type, and leaves their talk alone.

A message is an order only if every word of it is understood as part of one: precision before recall.
"+2" and "-1" change what is ordered, "2" sets it, "0" and "cancel" take everything back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.errors import OrderUnreadable, VariantUnknown
from bot.rules.order_pieces import Piece, pieces_of
from bot.rules.order_words import IDIOMS, SLANG_NUMBERS, SLANG_PLUS, TALK, WHO, Kind
from bot.rules.typed_text import fold

_NUMBER_FIRST = re.compile("T?(?P<number>N)(?P<mark>T?U?|UT)(?:O?(?P<variant>V)U?)?")
_VARIANT_FIRST = re.compile("(?P<variant>V)C?T?(?P<number>N)(?P<mark>T?U?|UT)")
_NAMELESS = re.compile("(?<=N)((?:T?U?|UT)O?)(X{1,2})(?!X)")
# An age in Russian ("мне 20") looks like an order, and few order a baker's dozen for themselves.
_AGE_WORDS = frozenset({"мне", "и мне", "мне тоже"})
_CHILD_AGE = 13
_SURELY_NO_COUNT = 100
_SURELY_A_JOKE = 10**9
_TEMPERATURE = -10


@dataclass(frozen=True, kw_only=True)
class OrderItem:
    """How many of which variant, as an index into the pick's variants; None if none was named."""

    variant: int | None
    quantity: int


@dataclass(frozen=True, kw_only=True)
class OrderText:
    """What an order says: change by these, set to these, or cancel all (then without items)."""

    action: Literal["change", "set", "cancel"]
    items: tuple[OrderItem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Count:
    number: Piece
    variant: int | None
    marked: bool


def read_order(text: str, variants: Sequence[str], *, to_card: bool = False) -> OrderText | None:
    """The order in what was said while a pick is open, or None if it is talk; VariantUnknown for "+1 purple".

    Where there is only one variant, "+1 purple" is an order gone wrong only as a reply to the card.
    """
    pieces = pieces_of(text, variants)
    if pieces is None or _saying(pieces) in IDIOMS:
        return None
    order = _understood(pieces, careful=True)
    if order is None and (to_card or len(variants) > 1):
        _refuse_unknown_variant(pieces, variants, careful=True)
    return order


def read_order_arguments(text: str, variants: Sequence[str]) -> OrderText:
    """The order after the pick's number in /order; signs mean what they mean in a reply.

    Nothing is one of the only variant, and a bare variant one of it: both change the order by +1.
    Raises OrderUnreadable, or VariantUnknown.
    """
    if not text.strip():
        return OrderText(action="change", items=(OrderItem(variant=None, quantity=1),))
    pieces = pieces_of(text, variants)
    if pieces is None:
        raise OrderUnreadable(text)
    order = _understood(pieces, careful=False) or _bare_variant(pieces)
    if order is None:
        if len(variants) > 1:
            _refuse_unknown_variant(pieces, variants, careful=False)
        raise OrderUnreadable(text)
    return order


def _saying(pieces: list[Piece]) -> str:
    return fold(" ".join(piece.text for piece in pieces if piece.kind is not Kind.JOIN))


def _understood(pieces: list[Piece], *, careful: bool) -> OrderText | None:
    """The order that the pieces make; careful means that they may as well be talk."""
    said = [piece for piece in pieces if piece.kind not in (Kind.ASKING, Kind.POLITE)]
    cancelled = _cancelled(said)
    if cancelled:
        return cancelled
    # A mark may end an order, but "2 and" has not been said to the end.
    unfinished = bool(pieces) and pieces[-1].kind is Kind.JOIN and bool(pieces[-1].key)
    counts = None if unfinished else _counts(said)
    if not counts or (careful and _may_be_talk(pieces, counts)):
        return None
    return _order(counts)


def _cancelled(said: list[Piece]) -> OrderText | None:
    letters = _letters([piece for piece in said if piece.kind is not Kind.JOIN])
    if re.fullmatch("K+", letters):
        return OrderText(action="cancel")
    if letters in ("KV", "VK"):
        variant = next(piece.value for piece in said if piece.kind is Kind.VARIANT)
        return OrderText(action="set", items=(OrderItem(variant=variant, quantity=0),))
    return None


def _letters(pieces: list[Piece]) -> str:
    return "".join(piece.kind for piece in pieces)


def _counts(said: list[Piece]) -> list[_Count] | None:
    """All numbers with their variants, if they and nothing else are there."""
    counts: list[_Count] = []
    letters = _letters(said)
    start = 0
    for segment in letters.split(Kind.JOIN):
        found = _segment(said[start : start + len(segment)], segment)
        if found is None:
            return None
        counts += found
        start += len(segment) + 1
    nameless = any(count.variant is None for count in counts)
    return None if nameless and len(counts) > 1 else counts


def _segment(pieces: list[Piece], letters: str) -> list[_Count] | None:
    for pattern in (_NUMBER_FIRST, _VARIANT_FIRST):
        matches = list(pattern.finditer(letters))
        if "".join(match[0] for match in matches) == letters:
            return [_count(pieces, match) for match in matches]
    return None


def _count(pieces: list[Piece], match: re.Match[str]) -> _Count:
    named = match["variant"] is not None
    return _Count(
        number=pieces[match.start("number")],
        variant=pieces[match.start("variant")].value if named else None,
        marked=named or bool(match["mark"]) or "T" in match[0],
    )


def _may_be_talk(pieces: list[Piece], counts: list[_Count]) -> bool:
    if any(count.marked for count in counts):
        return False
    number = counts[0].number
    keys = {piece.key for piece in pieces}
    if not number.sign and (keys & WHO or (keys & _AGE_WORDS and number.value >= _CHILD_AGE)):
        return True
    if any(piece.kind is Kind.ASKING for piece in pieces):
        return False
    if number.sign > 0:
        return number.value in SLANG_PLUS
    if number.sign < 0:
        return -number.value <= _TEMPERATURE
    return number.value in SLANG_NUMBERS or (
        number.value >= _SURELY_NO_COUNT and number.value % _SURELY_A_JOKE != 0
    )


def _order(counts: list[_Count]) -> OrderText | None:
    signs = [count.number.sign for count in counts]
    first, rest = signs[0], signs[1:]
    if first > 0 and -1 in rest and 0 in rest:
        return None
    if first < 0 and 0 in rest:
        return None
    if first == 0:
        # "2 red + 1 blue" adds up a list; in "2 red +1 blue" nobody knows.
        joined = all(count.number.sign == 0 or count.number.loose_sign for count in counts)
        return _set(counts) if joined and -1 not in rest else None
    return _change(counts)


def _set(counts: list[_Count]) -> OrderText | None:
    items = tuple(OrderItem(variant=count.variant, quantity=count.number.value) for count in counts)
    if items == (OrderItem(variant=None, quantity=0),):
        return OrderText(action="cancel")
    if len({item.variant for item in items}) < len(items):
        return None
    return OrderText(action="set", items=items)


def _change(counts: list[_Count]) -> OrderText | None:
    by_variant: dict[int | None, int] = {}
    for count in counts:
        quantity = count.number.value * (count.number.sign or 1)
        by_variant[count.variant] = by_variant.get(count.variant, 0) + quantity
    if 0 in by_variant.values():
        return None
    items = (OrderItem(variant=variant, quantity=quantity) for variant, quantity in by_variant.items())
    return OrderText(action="change", items=tuple(items))


def _bare_variant(pieces: list[Piece]) -> OrderText | None:
    said = [piece for piece in pieces if piece.kind not in (Kind.ASKING, Kind.POLITE, Kind.JOIN)]
    if len(said) != 1 or said[0].kind is not Kind.VARIANT or said[0].key.isdigit():
        return None
    return OrderText(action="change", items=(OrderItem(variant=said[0].value, quantity=1),))


def _refuse_unknown_variant(pieces: list[Piece], variants: Sequence[str], *, careful: bool) -> None:
    """Raises VariantUnknown if only the name behind a number keeps this from being an order."""
    letters = _letters(pieces)
    names = list(_NAMELESS.finditer(letters))
    if not names or letters.count(Kind.UNKNOWN) != sum(len(name[2]) for name in names):
        return
    unknown = [piece for piece in pieces if piece.kind is Kind.UNKNOWN]
    signed = all(piece.sign for piece in pieces if piece.kind is Kind.NUMBER)
    if careful and (not signed or any(piece.key in TALK for piece in unknown)):
        return
    named = [
        replace(piece, kind=Kind.VARIANT, value=-at) if piece.kind is Kind.UNKNOWN else piece
        for at, piece in enumerate(pieces, start=1)
        if not (piece.kind is Kind.UNKNOWN and pieces[at - 2].kind is Kind.UNKNOWN)
    ]
    if _understood(named, careful=careful):
        first = names[0]
        raise VariantUnknown(
            " ".join(piece.text for piece in pieces[first.start(2) : first.end(2)]), tuple(variants)
        )
