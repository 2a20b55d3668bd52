"""Reads the kinds of what is offered as a curator types them, and their stock.

`S 5, M 10, L` names kinds with or without stock. `Size: S, M, L` and `Colour: red, blue`, on lines of their
own or with a slash between, are groups: every combination becomes a kind. `20 jars` is a stock alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from bot.draft_errors import KindsUnreadable, TooManyOptionGroups
from bot.errors import (
    StockUnreadable,
    TooManyVariants,
    VariantNameTooLong,
    VariantRepeated,
    VariantUnknown,
)
from bot.rules.drafts import DraftVariant
from bot.rules.pick_variants import (
    LARGEST_STOCK,
    LONGEST_VARIANT_NAME,
    MOST_VARIANTS,
    read_stock,
    read_variants,
)
from bot.rules.typed_text import fold, one_line, plain, says_something

MOST_OPTION_GROUPS = 3

_LINE = re.compile(r"[\n\r|｜;；]|/(?=[^/,，、]*[:：])")
_COMMA = re.compile("[,，、]")
_GROUP = re.compile(r"(?P<name>[^:：\d,，、]{1,40}?)\s*[:：]\s*(?P<values>[^:：]*[^\d\s:：][^:：]*)")
_COUNTED = re.compile(r"(?P<name>\S.*?)\s*(?:[:=×]\s*|\s+[xх]?\s*)(?P<count>[-−]?\d+)", re.IGNORECASE)
_ENDLESS = frozenset({"-", "–", "—", "∞"})


@dataclass(frozen=True, kw_only=True)
class Kinds:
    """What was typed: groups with every combination of them, or a plain list, or a stock alone."""

    option_names: tuple[str, ...] = ()
    variants: tuple[DraftVariant, ...] = ()
    stock: int | None = None
    unit: str = ""


def read_kinds(text: str) -> Kinds:
    """The kinds that were typed.

    Raises KindsUnreadable, StockUnreadable, TooManyOptionGroups, TooManyVariants, VariantRepeated and
    VariantNameTooLong.
    """
    lines = [line for line in map(one_line, _LINE.split(text)) if line]
    if len(lines) == 1 and (stock := read_stock(lines[0])):
        return Kinds(stock=stock.count, unit=stock.unit)
    groups = [match for line in lines if (match := _GROUP.fullmatch(line))]
    if groups and len(groups) == len(lines):
        return _combined([(one_line(group["name"]), _values(group["values"])) for group in groups])
    return Kinds(variants=_checked([variant for line in lines for variant in _values(line)], typed=text))


def restocked(variants: Sequence[DraftVariant], text: str) -> tuple[DraftVariant, ...]:
    """The kinds with the stock that was typed: one number for all, or numbers by kind or by option.

    A dash means no limit, and 0 takes a kind away. Raises StockUnreadable and VariantUnknown.
    """
    if _is_count(text):
        stock = read_count(text)
        return tuple(replace(variant, stock=stock) for variant in variants)
    stocks: dict[str, int | None] = {variant.name: variant.stock for variant in variants}
    for part in (part for part in map(one_line, re.split(r"[,，、;；\n\r|｜]", text)) if part):
        name, count = _named_count(part)
        for variant in _meant(variants, name):
            stocks[variant.name] = count
    kept = tuple(replace(v, stock=stocks[v.name]) for v in variants if stocks[v.name] != 0)
    if not kept:
        raise StockUnreadable(text)
    return kept


def read_count(text: str) -> int | None:
    """A stock alone, such as `20`; a dash means no limit. Raises StockUnreadable."""
    count = _count(text) if _is_count(text) else 0
    if count == 0:
        raise StockUnreadable(text)
    return count


def _combined(groups: Sequence[tuple[str, Sequence[DraftVariant]]]) -> Kinds:
    if len(groups) > MOST_OPTION_GROUPS:
        raise TooManyOptionGroups(len(groups), MOST_OPTION_GROUPS)
    names = tuple(name for name, _ in groups)
    if len({fold(name) for name in names}) < len(names):
        raise VariantRepeated(next(name for name in names if [*map(fold, names)].count(fold(name)) > 1))
    for _, values in groups:
        _checked(values, typed="")
    if len(groups) == 1:
        return Kinds(option_names=names, variants=tuple(replace(v, options=(v.name,)) for v in groups[0][1]))
    _refuse_too_many([values for _, values in groups])
    counted = next((v for _, values in groups for v in values if v.stock is not None), None)
    if counted is not None:
        # "S 5" cannot say how many of the five are red.
        raise StockUnreadable(f"{counted.name} {counted.stock}")
    mixed = product(*([value.name for value in values] for _, values in groups))
    variants = [DraftVariant(name=" ".join(options), options=options) for options in mixed]
    return Kinds(option_names=names, variants=_checked(variants, typed=""))


def _refuse_too_many(groups: Sequence[Sequence[DraftVariant]]) -> None:
    count = 1
    for values in groups:
        count *= len(values)
    if count > MOST_VARIANTS:
        raise TooManyVariants(count, MOST_VARIANTS)


def _values(line: str) -> list[DraftVariant]:
    known = read_variants(line)
    if known:
        return [DraftVariant(name=variant.name, stock=variant.stock) for variant in known]
    return [_value(part) for part in map(one_line, _COMMA.split(line)) if part]


def _value(part: str) -> DraftVariant:
    match = _COUNTED.fullmatch(plain(part))
    if match is None:
        return DraftVariant(name=part)
    stock = _count(match["count"])
    if stock == 0:
        raise StockUnreadable(part)
    return DraftVariant(name=match["name"], stock=stock)


def _checked(variants: Sequence[DraftVariant], *, typed: str) -> tuple[DraftVariant, ...]:
    if len(variants) > MOST_VARIANTS:
        raise TooManyVariants(len(variants), MOST_VARIANTS)
    if not variants:
        raise KindsUnreadable(typed)
    seen: set[str] = set()
    for variant in variants:
        if not says_something(variant.name):
            raise KindsUnreadable(variant.name)
        if len(variant.name) > LONGEST_VARIANT_NAME:
            raise VariantNameTooLong(variant.name, LONGEST_VARIANT_NAME)
        if fold(variant.name) in seen:
            raise VariantRepeated(variant.name)
        seen.add(fold(variant.name))
    return tuple(variants)


def _named_count(part: str) -> tuple[str, int | None]:
    match = re.fullmatch(r"(?P<name>\S.*?)\s*[:=]?\s*(?P<count>(?<=\s)[-–—]|∞|[-−]?\d+)", plain(part))
    if match is None:
        raise StockUnreadable(part)
    return match["name"].rstrip(" :="), _count(match["count"])


def _meant(variants: Sequence[DraftVariant], name: str) -> list[DraftVariant]:
    """The kind of this name, or all that have every one of the options named."""
    wanted = fold(name)
    exact = [variant for variant in variants if fold(variant.name) == wanted]
    options = [{fold(option) for option in variant.options} for variant in variants]
    found = exact or [v for v, has in zip(variants, options, strict=True) if wanted in has]
    found = found or [v for v, has in zip(variants, options, strict=True) if set(wanted.split()) <= has]
    if not found:
        raise VariantUnknown(name, tuple(variant.name for variant in variants))
    return found


def _is_count(text: str) -> bool:
    typed = plain(text).strip()
    return typed in _ENDLESS or bool(re.fullmatch(r"[-−]?\d+", typed))


def _count(text: str) -> int | None:
    typed = plain(text).strip()
    if typed in _ENDLESS:
        return None
    if not typed.isdecimal() or len(typed) > len(str(LARGEST_STOCK)) or int(typed) > LARGEST_STOCK:
        raise StockUnreadable(text)
    return int(typed)
