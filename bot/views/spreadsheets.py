"""Tables as files, XLSX for eyes and CSV for programs; what people wrote never becomes a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, Literal

Cell = str | int | Decimal | datetime | None
"""A text, a whole number, an amount in major units, a moment on the group's clock (naive), or nothing."""

Kind = Literal["text", "number", "money", "moment", "box"]

LONGEST_TAB: Final = 31

_A4: Final = 9
_LONGEST_FOOTER: Final = 110
"""In UTF-16 units; Excel takes 255 with the codes, even if each were an ampersand."""
_WIDEST: Final = 44
_NARROWEST: Final = 8
_WIDEST_NUMBER: Final = 16
_LINE: Final = 17
"""The height of a line of text, in points."""
_FORMULA_SIGNS: Final = frozenset("=+-@\t\r\n")
_NOT_IN_TABS: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column's heading and what it holds; `width` is the least, in characters."""

    title: str
    kind: Kind = "text"
    width: int = _NARROWEST


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of cells, a heading of a section, or a sum."""

    cells: Sequence[Cell]
    kind: Literal["row", "section", "total"] = "row"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One sheet: its tab, its columns and its rows, and what stands large above them."""

    tab: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    heading: str = ""
    is_wide: bool = False
    #: Of its amounts, where they are not the book's.
    decimals: int | None = None


@dataclass(frozen=True, kw_only=True)
class Book:
    """A file: what it is, facts above each page, its pages, and the same as one flat table."""

    title: str
    facts: Sequence[str]
    footer: str
    decimals: int
    pages: Sequence[Page]
    flat: Page


def as_xlsx(book: Book) -> bytes:
    """The pages as an Excel file, ready to be printed on A4."""
    # Loaded when the first sheet is asked for: most of the time nobody asks.
    import xlsxwriter  # type: ignore[import-untyped]

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"title": _clean(book.title)})
        styles: dict[int, _Styles] = {}
        tabs: set[str] = set()
        for page in book.pages:
            decimals = book.decimals if page.decimals is None else page.decimals
            if decimals not in styles:
                styles[decimals] = _Styles(workbook, decimals=decimals)
            _write_page(workbook.add_worksheet(_tab(page.tab, tabs)), book, page, styles[decimals])
    return file.getvalue()


def as_csv(book: Book) -> bytes:
    """The flat table as CSV in UTF-8, with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_harmless(column.title) for column in book.flat.columns])
    for row in book.flat.rows:
        writer.writerow([_csv_cell(cell) for cell in row.cells])
    return text.getvalue().encode("utf-8-sig")


def reads_as_formula(text: str) -> bool:
    """Whether a program could take a text for a formula, full-width signs and leading blanks included."""
    if text[:1] in _FORMULA_SIGNS and text:
        return True
    bare = next((c for c in text if not c.isspace() and unicodedata.category(c) != "Cf"), "")
    return unicodedata.normalize("NFKC", bare)[:1] in _FORMULA_SIGNS and bool(bare)


def _harmless(text: str) -> str:
    text = _clean(text)
    return f"'{text}" if reads_as_formula(text) else text


def _csv_cell(cell: Cell) -> str | int | Decimal:
    match cell:
        case None:
            return ""
        case str():
            return _harmless(cell)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
    return cell


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any, *, decimals: int) -> None:
        self._workbook = workbook
        self._money = "#,##0" + ("." + "0" * decimals if decimals else "")
        self._made: dict[tuple[str, str, bool], Any] = {}
        self.title = workbook.add_format({"bold": True, "font_size": 15})
        self.heading = workbook.add_format({"bold": True, "font_size": 12})
        self.fact = workbook.add_format({"font_color": "#555555"})

    def cell(self, row: str, kind: str, *, quoted: bool = False) -> Any:
        """The format of a cell in a row of some kind; a quoted one stays text when it is edited."""
        key = (row, kind, quoted)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(self._look(row, kind, quoted=quoted))
        return self._made[key]

    def _look(self, row: str, kind: str, *, quoted: bool) -> dict[str, Any]:
        look: dict[str, Any] = {"valign": "vcenter", "quote_prefix": quoted}
        if row == "head":
            return look | {
                "bold": True, "bg_color": "#DDE7E2", "bottom": 1, "text_wrap": True,
                "align": "left" if kind == "text" else "right" if kind in ("number", "money") else "center",
                "indent": 1 if kind == "text" else 0,
            }  # fmt: skip
        look |= {"bottom": 1, "bottom_color": "#CCCCCC"}
        by_kind: dict[str, dict[str, Any]] = {
            "text": {"text_wrap": True, "align": "left", "indent": 0 if row == "section" else 1},
            "number": {"num_format": "#,##0"},
            "money": {"num_format": self._money},
            "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
            "box": {"align": "center"},
        }
        look |= by_kind[kind]
        if row == "section":
            look |= {"bold": True, "bg_color": "#F1F4F2", "text_wrap": False}
        elif row == "total":
            look |= {"bold": True, "top": 1, "bottom": 6, "bottom_color": "#000000"}
        return look


def _write_page(sheet: Any, book: Book, page: Page, styles: _Styles) -> None:
    sheet.write_string(0, 0, _clean(book.title), styles.title)
    sheet.set_row(0, 1.4 * _LINE)
    for at, fact in enumerate(book.facts, start=1):
        sheet.write_string(at, 0, _clean(fact), styles.fact)
    head = len(book.facts) + 2
    if page.heading:
        sheet.write_string(head, 0, _clean(page.heading), styles.heading)
        head += 2
    widths = _widths(page)
    for at, (column, width) in enumerate(zip(page.columns, widths, strict=True)):
        sheet.set_column(at, at, width)
        _write(sheet, head, at, column.title, column, styles, row="head")
    sheet.set_row(head, _height([column.title for column in page.columns], widths))
    for place, row in enumerate(page.rows, start=head + 1):
        for at, (cell, column) in enumerate(zip(row.cells, page.columns, strict=True)):
            _write(sheet, place, at, cell, column, styles, row=row.kind)
        # A section's heading runs on over the cells beside it.
        sheet.set_row(place, _LINE if row.kind == "section" else _height(row.cells, widths))
    _set_up_print(sheet, book, page, head=head)


def _write(sheet: Any, place: int, at: int, cell: Cell, column: Column, styles: _Styles, *, row: str) -> None:
    match cell:
        case None:
            sheet.write_blank(place, at, None, styles.cell(row, column.kind))
        case str():
            text = _clean(cell)
            kind = column.kind if column.kind != "moment" or row == "head" else "box"
            sheet.write_string(place, at, text, styles.cell(row, kind, quoted=reads_as_formula(text)))
        case datetime():
            sheet.write_datetime(place, at, cell, styles.cell(row, "moment"))
        case _:
            sheet.write_number(place, at, cell, styles.cell(row, column.kind))


def _set_up_print(sheet: Any, book: Book, page: Page, *, head: int) -> None:
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.print_area(0, 0, head + len(page.rows), len(page.columns) - 1)
    if page.is_wide:
        sheet.set_landscape()
    # An ampersand begins a code there, so it is written twice.
    footer = _cut(_clean(book.footer), _LONGEST_FOOTER).replace("&", "&&")
    sheet.set_footer(f"&L{footer}&R&P / &N")


def _widths(page: Page) -> list[float]:
    widths = []
    for at, column in enumerate(page.columns):
        cells = [_shown(row.cells[at]) for row in page.rows if row.kind != "section"]
        widest = _WIDEST if column.kind == "text" else _WIDEST_NUMBER
        longest = max((_width(text) for text in [column.title, *cells]), default=0)
        widths.append(float(max(column.width, min(longest + 3, widest))))
    return widths


def _height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """How high a row must be, in points, so that its longest text can be read."""
    # Words wrap before the column is full, and the last column's letters are wide ones at times.
    lines = [-(-_width(_shown(cell)) // max(width - 3, 1)) for cell, width in zip(cells, widths, strict=True)]
    return _LINE * max(1.0, *lines)


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cell
        case datetime():
            return "2026-01-01 00:00"
    return f"{cell:,}"


def _width(text: str) -> int:
    """How wide a text is, in narrow characters; Chinese ones count double."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _tab(name: str, taken: set[str]) -> str:
    """A name for a sheet that Excel takes and that no other sheet has."""
    plain = _NOT_IN_TABS.sub(" ", _clean(name)).strip(" '") or "-"
    for number in range(1, len(taken) + 2):
        mark = f" ({number})" if number > 1 else ""
        tab = _cut(plain, LONGEST_TAB - len(mark)).rstrip(" '") + mark
        if tab.casefold() not in taken and tab.casefold() != "history":
            break
    else:
        tab = f"- ({len(taken) + 2})"
    taken.add(tab.casefold())
    return tab


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
