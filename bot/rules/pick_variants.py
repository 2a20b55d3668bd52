"""Reads stock and variants out of parts of a pick: "20 jars", "red 10, blue 5", "S, M, L"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import (
    StockUnreadable,
    TooManyVariants,
    VariantNameTooLong,
    VariantRepeated,
)
from bot.rules.order_words import TALK, VOCABULARY, Kind
from bot.rules.typed_text import fold, plain, says_something

LONGEST_VARIANT_NAME = 30
MOST_VARIANTS = 50
LARGEST_STOCK = 1_000_000

_COMMA = re.compile("[,;、，；]")
_STOCK = re.compile(r"(?P<count>[-+−]?\d+(?:[.,]\d+)?)\s*(?P<unit>[^\W\d_]*)\.?")
_NAME_FIRST = re.compile(
    r"(?P<name>.*?\S)(?:\s*[:=×*–—]\s*|\s*-\s+|(?<=\S)-|\s+[xх]?\s*|(?<=[\u3400-\u9fff]))(?P<count>\d+|(?<=\s)[-−]\d+)",
    re.IGNORECASE,
)
_COUNT_FIRST = re.compile(r"(?P<count>\d+)(?:\s*[x×х*]\s+|\s+|(?=[\u3400-\u9fff]))(?P<name>\S.*)")
_WITH_UNIT = re.compile(r"(?P<counted>.*[^\d\s].*?\d)\s*(?P<unit>[^\W\d_]+)\.?")
_SENTENCE = re.compile(r".*[.!?…。！？]")
_LONGEST_COUNTED = 100
_MOST_NAME_WORDS = 3
# 来自云南，纯天然 describes; a colour or a size is short.
_LONGEST_BARE_HAN = 2
_HAN = re.compile("[\u3400-\u9fff]+")
_MEASURES = frozenset({"g", "gr", "ml", "cl", "cm", "mm", "г", "гр", "мл", "см", "мм", "克", "毫升", "厘米"})


@dataclass(frozen=True, kw_only=True)
class VariantText:
    """A variant as it was typed; its stock is None if there is no limit."""

    name: str
    stock: int | None


@dataclass(frozen=True, kw_only=True)
class Stock:
    """A count with what it counts, perhaps nothing, and how it was typed."""

    count: int
    unit: str
    typed: str


def variants_of(listed: Sequence[VariantText], stocks: Sequence[Stock]) -> tuple[VariantText, ...]:
    """The variants of a pick, from its lists and its counts; one without a name if there is no list."""
    variants = listed or _variants_of_stocks(stocks)
    if listed and stocks:
        # Nobody can tell how twenty jars are divided between red and blue.
        raise StockUnreadable(stocks[0].typed)
    if len(variants) > MOST_VARIANTS:
        raise TooManyVariants(len(variants), MOST_VARIANTS)
    seen: set[str] = set()
    for variant in variants:
        if len(variant.name) > LONGEST_VARIANT_NAME:
            raise VariantNameTooLong(variant.name, LONGEST_VARIANT_NAME)
        if fold(variant.name) in seen:
            raise VariantRepeated(variant.name)
        seen.add(fold(variant.name))
    return tuple(variants)


def _variants_of_stocks(stocks: Sequence[Stock]) -> list[VariantText]:
    """ "20 jars" is one nameless variant; "10 red" and "5 blue" on lines of their own are two."""
    if len(stocks) < 2:
        return [VariantText(name="", stock=stocks[0].count if stocks else None)]
    unnamed = next((stock for stock in stocks[1:] if not (stock.unit and stocks[0].unit)), None)
    if unnamed:
        raise StockUnreadable(unnamed.typed)
    return [VariantText(name=stock.unit, stock=stock.count) for stock in stocks]


def read_stock(segment: str) -> Stock | None:
    """The stock in "20 jars" or "20"; None if this is not a number with at most one word."""
    match = _STOCK.fullmatch(plain(segment))
    if not match or fold(match["unit"]) in _MEASURES:
        return None
    return Stock(count=_count(match["count"], segment), unit=match["unit"], typed=segment)


def _count(count: str, typed: str) -> int:
    plain_digits = count.isdigit() and len(count) <= len(str(LARGEST_STOCK))
    if not plain_digits or not 1 <= int(count) <= LARGEST_STOCK:
        raise StockUnreadable(typed)
    return int(count)


def read_variants(segment: str) -> list[VariantText]:
    """The variants that a list names, with or without stock; none if it is a description."""
    listed = [part.strip() for part in _COMMA.split(segment) if part.strip()]
    counted = [_counted(part) for part in listed]
    if not all(counted) and (len(listed) < 2 or _SENTENCE.fullmatch(segment)):
        return []
    if len(listed) == 1 and counted[0] and counted[0].re is _COUNT_FIRST:
        # "3 generations of beekeepers" is no list.
        return []
    names = [
        match["name"].strip(" -–—:=") if match else part for part, match in zip(listed, counted, strict=True)
    ]
    if not all(_is_name(name, counted=bool(match)) for name, match in zip(names, counted, strict=True)):
        return []
    return [
        VariantText(name=name, stock=_count(match["count"], part) if match else None)
        for name, part, match in zip(names, listed, counted, strict=True)
    ]


def _counted(part: str) -> re.Match[str] | None:
    """The name and the count in "red 10", "red: 10 pcs" or "10 red"."""
    typed = _without_unit(plain(part)) if len(part) <= _LONGEST_COUNTED else ""
    return _NAME_FIRST.fullmatch(typed) or _COUNT_FIRST.fullmatch(typed)


def _without_unit(part: str) -> str:
    """ "red 10 pcs" is "red 10"."""
    match = _WITH_UNIT.fullmatch(part)
    kind, _ = VOCABULARY.get((fold(match["unit"]),), (None, 0)) if match else (None, 0)
    return match["counted"] if match and kind is Kind.UNIT else part


def _is_name(name: str, *, counted: bool) -> bool:
    """Whether it may name a variant rather than tell something about the goods."""
    words = [fold(word) for word in name.split()]
    if not counted and _HAN.fullmatch(name) and len(name) > _LONGEST_BARE_HAN:
        return False
    telling = (
        word in TALK and len(word) > 1 and not before.isdigit()
        for before, word in zip(["", *words], words, strict=False)
    )
    if len(words) > 1 and any(telling):
        return False
    return says_something(name) and len(words) <= _MOST_NAME_WORDS
