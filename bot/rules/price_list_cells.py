"""Reads the cells of one row of a price list, each by what its column holds."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from bot.errors import ShopError
from bot.money import LARGEST_PRICE_MAJOR, Money, minor_digits, parse_price
from bot.rules.draft_answers import read_tiers
from bot.rules.draft_variants import read_kinds
from bot.rules.drafts import DraftVariant
from bot.rules.pick_categories import listed_category
from bot.rules.pick_text import LONGEST_TITLE, LONGEST_WORDS
from bot.rules.pick_variants import LARGEST_STOCK, LONGEST_VARIANT_NAME
from bot.rules.price_files import Cell
from bot.rules.price_list_words import Column
from bot.rules.pricing import SMALLEST_TIER, TierPrice, checked_limit, checked_minimum
from bot.rules.typed_text import fold, one_line, plain, says_something

LONGEST_CODE = 40
LONGEST_UNIT = 20


class Why(StrEnum):
    """Why a cell is refused."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    FORMULA = "formula"
    #: The same code or title stands in a row above.
    REPEATED = "repeated"
    #: One stock for several variants: nobody can tell how it is divided.
    DIVIDED = "divided"
    #: More than there is in stock.
    UNREACHABLE = "unreachable"


class Slot(NamedTuple):
    """A column; tier columns have a quantity, too."""

    column: Column
    quantity: int | None = None


class CellFault(NamedTuple):
    """What is wrong in one cell of a row, and what was read in it."""

    slot: Slot
    read: str
    why: Why


@dataclass(frozen=True, kw_only=True)
class Notation:
    """How a list writes prices: the currency where none is named, and the decimal mark, if it is plain."""

    currency: str
    mark: str | None = None


class _Refused(Exception):
    def __init__(self, why: Why) -> None:
        self.why = why


_EXCEL_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
_AS_TEXT = re.compile(r'="([^"]*)"')
_COMMA_DECIMALS = re.compile(r"\d,\d{1,2}(?!\d)")
_POINT_DECIMALS = re.compile(r"\d\.\d{1,2}(?!\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}([.,])\d{3}(?![\d.,])")
_COUNT = re.compile(r"(?P<count>\d{1,3}(?:[ '’]\d{3})+|\d+)(?:[.,]0{1,2})?\s*(?P<unit>[^\W\d_]*)\.?")
_ENDLESS = frozenset({"", "-", "–", "—", "∞"})
_THERE = frozenset(
    map(fold, ("yes", "in stock", "sí", "si", "да", "есть", "в наличии", "много", "有", "有货", "现货"))
)
_GONE = frozenset(
    map(fold, ("no", "out of stock", "agotado", "нет", "нет в наличии", "无", "无货", "缺货", "没有"))
)


def text_of(cell: Cell) -> str:
    """A cell as it is shown."""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell or ""


def notation(currency: str, prices: Iterable[Cell]) -> Notation:
    """How prices are written, as the whole column shows: beside 12,90 a 1.290 is over a thousand."""
    texts = [cell for cell in prices if isinstance(cell, str)]
    commas = any(_COMMA_DECIMALS.search(text) for text in texts)
    points = any(_POINT_DECIMALS.search(text) for text in texts)
    return Notation(currency=currency, mark=None if commas is points else "," if commas else ".")


def read_cells(cells: Mapping[Slot, Cell], written: Notation) -> tuple[dict[str, Any], list[CellFault]]:
    """The fields of a `ListedOffer`, and what is wrong in which cell."""
    values: dict[str, Any] = {}
    faults: list[CellFault] = []
    for read in (_read_words, _read_price, _read_counts, _read_variants, _read_tiers):
        read(_Row(cells=cells, written=written, values=values, faults=faults))
    return values, faults


@dataclass(frozen=True, kw_only=True)
class _Row:
    """The cells of a row, what was understood of them, and what was not."""

    cells: Mapping[Slot, Cell]
    written: Notation
    values: dict[str, Any]
    faults: list[CellFault]

    def take(self, slot: Slot, read: Callable[[Cell], Any]) -> Any:
        """What a cell says; None where it is refused, which is noted."""
        try:
            cell = _own_value(self.cells.get(slot))
            return read(cell)
        except _Refused as refused:
            why = refused.why
        except (ShopError, ValueError):
            why = Why.UNREADABLE
        self.faults.append(CellFault(slot, text_of(self.cells.get(slot)), why))
        return None


def _own_value(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if match := _AS_TEXT.fullmatch(text):
        return match[1]
    if text.startswith("=") or text.upper() in _EXCEL_ERRORS:
        raise _Refused(Why.FORMULA)
    return cell


def _read_words(row: _Row) -> None:
    row.values["code"] = row.take(Slot(Column.CODE), lambda cell: _line(cell, LONGEST_CODE) or None)
    row.values["title"] = row.take(Slot(Column.TITLE), _title)
    row.values["words"] = row.take(Slot(Column.WORDS), _words)
    row.values["unit"] = row.take(Slot(Column.UNIT), lambda cell: _line(cell, LONGEST_UNIT))
    row.values["category"] = row.take(Slot(Column.CATEGORY), lambda cell: listed_category(text_of(cell)))


def _line(cell: Cell, limit: int) -> str:
    text = one_line(text_of(cell))
    if len(text) > limit:
        raise _Refused(Why.TOO_LONG)
    return text


def _title(cell: Cell) -> str:
    title = _line(cell, LONGEST_TITLE)
    if not title:
        raise _Refused(Why.EMPTY)
    if not says_something(title):
        raise _Refused(Why.UNREADABLE)
    return title


def _words(cell: Cell) -> str:
    words = "\n".join(line for line in map(one_line, text_of(cell).splitlines()) if line)
    if len(words) > LONGEST_WORDS:
        raise _Refused(Why.TOO_LONG)
    return words


def _read_price(row: _Row) -> None:
    default = row.written.currency
    named = row.take(Slot(Column.CURRENCY), lambda cell: _currency(cell, default))
    written = Notation(currency=named or default, mark=row.written.mark)
    price: Money | None = row.take(Slot(Column.PRICE), lambda cell: _price(cell, written))
    if price is not None:
        row.values.update(price_amount=price.amount, currency=price.currency)


def _currency(cell: Cell, default: str) -> str:
    text = one_line(text_of(cell))
    return parse_price(f"1 {text}", default).currency if text else default


def _price(cell: Cell, written: Notation) -> Money:
    if isinstance(cell, Decimal):
        return _price_of_number(cell, written.currency)
    text = one_line(text_of(cell))
    if not text:
        raise _Refused(Why.EMPTY)
    try:
        return parse_price(text, written.currency)
    except ValueError:
        thousands = _THOUSANDS.search(plain(text))
        if thousands is None or written.mark in (None, thousands[1]):
            raise
        return parse_price(plain(text).replace(thousands[1], ""), written.currency)


def _price_of_number(number: Decimal, currency: str) -> Money:
    minor = number.scaleb(minor_digits(currency))
    if minor != minor.to_integral_value() or not 0 < number <= LARGEST_PRICE_MAJOR:
        raise _Refused(Why.UNREADABLE)
    return Money(amount=int(minor), currency=currency)


def _read_counts(row: _Row) -> None:
    stock, unit = row.take(Slot(Column.STOCK), _stock) or (None, "")
    row.values["stock"] = stock
    row.values["unit"] = row.values["unit"] or unit
    row.values["minimum_quantity"] = row.take(Slot(Column.MINIMUM), _minimum)
    row.values["limit_per_person"] = row.take(Slot(Column.LIMIT), _limit)


def _stock(cell: Cell) -> tuple[int | None, str]:
    key = fold(one_line(text_of(cell)))
    if key in _THERE:
        return None, ""
    return (0, "") if key in _GONE else _count(cell)


def _minimum(cell: Cell) -> int | None:
    count, _ = _count(cell)
    return checked_minimum(count) if count is not None and count >= SMALLEST_TIER else None


def _limit(cell: Cell) -> int | None:
    count, _ = _count(cell)
    return checked_limit(count) if count else None


def _count(cell: Cell) -> tuple[int | None, str]:
    """A whole number with what it counts; None for no limit."""
    text = plain(text_of(cell)).strip()
    if text in _ENDLESS:
        return None, ""
    match = _COUNT.fullmatch(text)
    if match is None or len(match["unit"]) > LONGEST_UNIT:
        raise _Refused(Why.UNREADABLE)
    count = int(re.sub(r"\D", "", match["count"])[:9])
    if count > LARGEST_STOCK:
        raise _Refused(Why.UNREADABLE)
    return count, match["unit"]


def _read_variants(row: _Row) -> None:
    kinds = row.take(Slot(Column.VARIANTS), _variants)
    if kinds:
        row.values["option_names"], row.values["variants"] = kinds


def _variants(cell: Cell) -> tuple[tuple[str, ...], tuple[DraftVariant, ...]] | None:
    text = text_of(cell).strip()
    if not text:
        return None
    kinds = read_kinds(text)
    if kinds.variants:
        return kinds.option_names, kinds.variants
    # A number alone is no stock here: it is the only size there is.
    return (), (DraftVariant(name=_line(text, LONGEST_VARIANT_NAME)),)


def _read_tiers(row: _Row) -> None:
    price, currency = row.values.get("price_amount"), row.values.get("currency")
    if price is None or currency is None:
        return
    written = Notation(currency=currency, mark=row.written.mark)
    tiers = list(row.take(Slot(Column.TIERS), lambda cell: _tiers(cell, price, currency)) or ())
    for slot in row.cells:
        if slot.quantity is None or not text_of(row.cells[slot]).strip():
            continue
        at = row.take(slot, lambda cell: _price_in(cell, written))
        tiers += [TierPrice(slot.quantity, at)] if at is not None else []
    row.values["tiers"] = tuple(sorted(tiers))


def _tiers(cell: Cell, price_amount: int, currency: str) -> tuple[TierPrice, ...]:
    text = text_of(cell).strip()
    if text in _ENDLESS:
        return ()
    return read_tiers(text, price_amount=price_amount, currency=currency)


def _price_in(cell: Cell, written: Notation) -> int:
    price = _price(cell, written)
    if price.currency != written.currency:
        raise _Refused(Why.UNREADABLE)
    return price.amount
