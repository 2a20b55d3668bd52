"""What is wrong in a price list, cell by cell: as lines of a message, and as a CSV file."""

import csv
import io
from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.rules.pick_text import LONGEST_TITLE, LONGEST_WORDS
from bot.rules.price_list import Fault
from bot.rules.price_list_cells import LONGEST_CODE, LONGEST_UNIT, Why
from bot.rules.price_list_words import Column
from bot.views.screens import shortened
from bot.views.spreadsheets import reads_as_formula

_READ_SHOWN = 40
_LIMITS = {
    Column.CODE: LONGEST_CODE,
    Column.TITLE: LONGEST_TITLE,
    Column.WORDS: LONGEST_WORDS,
    Column.UNIT: LONGEST_UNIT,
}


def fault_line(t: Translator, fault: Fault) -> Markup:
    """Where something is wrong, what was read there, and what is expected."""
    heading = shortened(fault.heading, _READ_SHOWN) or column_name(t, fault.column)
    if not fault.read:
        return t.html(
            "Row {row}, {column}: {expected}", row=fault.row, column=heading, expected=expected(t, fault)
        )
    return t.html(
        "Row {row}, {column}: I read “{read}”; {expected}",
        row=fault.row,
        column=heading,
        read=shortened(fault.read, _READ_SHOWN),
        expected=expected(t, fault),
    )


def faults_csv(t: Translator, faults: Sequence[Fault]) -> str:
    """Every fault as a row of a table that spreadsheet programs open."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([t("Row"), t("Column"), t("Read"), t("Expected")])
    for fault in faults:
        heading = fault.heading or column_name(t, fault.column)
        writer.writerow([fault.row, _inert(heading), _inert(fault.read), _inert(expected(t, fault))])
    return written.getvalue()


def expected(t: Translator, fault: Fault) -> str:
    """What should stand in a cell instead."""
    match fault.why:
        case Why.EMPTY:
            return t("this must not be empty")
        case Why.FORMULA:
            return t("a value is expected, not a formula or its error")
        case Why.REPEATED:
            return t("row {row} has the same already; each offer needs a code of its own", row=fault.same_as)
        case Why.DIVIDED:
            return t("write the stock of each kind behind its name, like S 5, M 10, and leave this empty")
        case Why.UNREACHABLE:
            return t("that is more than there is in stock")
        case Why.TOO_LONG if fault.column in _LIMITS:
            return t("at most {limit} characters", limit=_LIMITS[fault.column])
    return _expected_in(t, fault.column)


def column_name(t: Translator, column: Column) -> str:
    """What a column is called where the file has no heading for it."""
    return {
        Column.CODE: t("code"),
        Column.TITLE: t("title"),
        Column.WORDS: t("description"),
        Column.PRICE: t("price"),
        Column.CURRENCY: t("currency"),
        Column.UNIT: t("unit"),
        Column.STOCK: t("stock"),
        Column.VARIANTS: t("kinds"),
        Column.TIERS: t("tiers"),
        Column.MINIMUM: t("minimum"),
        Column.LIMIT: t("limit"),
        Column.CATEGORY: t("category"),
    }[column]


def _expected_in(t: Translator, column: Column) -> str:
    match column:
        case Column.PRICE:
            return t("a price above 0 is expected, like 12.90")
        case Column.CURRENCY:
            return t("a currency is expected, like EUR")
        case Column.STOCK:
            return t("a whole number up to 1,000,000 is expected, or nothing for no limit")
        case Column.VARIANTS:
            return t("up to 50 different kinds are expected, like S 5, M 10 or Size: S, M; Colour: red, blue")
        case Column.TIERS:
            return t("quantities with falling prices are expected, like 10: 11.90; 50: 9.90")
        case Column.MINIMUM | Column.LIMIT:
            return t("a whole number up to 1,000,000 is expected, or nothing")
    return t("some words are expected")


def _inert(text: str) -> str:
    return f"'{text}" if reads_as_formula(text) else text
