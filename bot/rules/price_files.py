"""Files of price lists become rows of cells: text in columns here, workbooks in `workbooks`."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from bot.price_list_errors import FileOfOtherKind, FileProtected, FileTooLarge, QuoteOpen, TooManyRows
from bot.rules.price_list_words import read_heading

Cell = str | Decimal | None
"""A text, a number, or nothing."""
Row = Sequence[Cell]

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes."""
MOST_ROWS = 10_000
HEADINGS_WITHIN = 20
"""The headings stand in one of the first so many rows."""

_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r"sep=(?P<delimiter>[,;\t|])\r?\n", re.IGNORECASE)
_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_TYPES = ("text/csv", "text/tab-separated-values", "application/vnd.ms-excel")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("gb18030", "cp1251", "cp1252")
_SAMPLE_CHARACTERS = 50_000
_TOLERATED_CONTROLS = "\t\n\r\v\f\x1a"

OnRow = Callable[[], None]
"""Told of each row that was read."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows of a file from its top, empty ones too; of a workbook, those of one sheet."""

    rows: Sequence[Row]
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()


def looks_like_list(name: str, mime_type: str) -> bool:
    """Whether a file's name or type is that of a table, perhaps of a kind that cannot be read."""
    return name.lower().endswith(_ENDINGS) or "spreadsheet" in mime_type or mime_type in _TYPES


def kind_of(content: bytes) -> str:
    """Whether it is a `workbook` or `text`, told by the content itself.

    Raises FileTooLarge, FileProtected and FileOfOtherKind.
    """
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(LARGEST_FILE // 1024 // 1024)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileProtected
        raise FileOfOtherKind
    if content.startswith(b"PK\x03\x04"):
        return "workbook"
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")):
        raise FileOfOtherKind
    return "text"


def read_text(content: bytes, *, on_row: OnRow = lambda: None) -> Table:
    """The rows of a text in columns. Raises FileOfOtherKind, QuoteOpen and TooManyRows."""
    best = max(_texts(content), key=lambda text: (_Layout.of(text).headings, _plausibility(text)))
    return Table(rows=_rows(best, on_row))


@dataclass(frozen=True, kw_only=True)
class _Layout:
    """How a text could be divided: by what, how many headings that makes, and how many columns."""

    headings: int
    columns: int
    delimiter: str

    @classmethod
    def of(cls, text: str) -> "_Layout":
        found = [cls._by(text, delimiter) for delimiter in _DELIMITERS]
        return max(found, key=lambda layout: (layout.headings, layout.columns))

    @classmethod
    def _by(cls, text: str, delimiter: str) -> "_Layout":
        # A mark that is never closed must not let one "row" swallow the whole file here.
        sample = text[:_SAMPLE_CHARACTERS]
        try:
            rows = list(
                islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), HEADINGS_WITHIN)
            )
        except csv.Error:
            rows = []
        return cls(
            headings=max((headings_in(row) for row in rows), default=0),
            columns=max(map(len, rows), default=0),
            delimiter=delimiter,
        )


def headings_in(row: Row) -> int:
    """How many cells of a row are headings that are known."""
    return sum(1 for cell in row if isinstance(cell, str) and cell and read_heading(cell, currency="EUR"))


def _texts(content: bytes) -> list[str]:
    """What the bytes may mean: one text where that is certain, else several."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _readable([encoding], content)
    if b"\0" in content:
        # Of two bytes the one that is nought in plain letters, digits and commas tells the order.
        little = content[1::2].count(0) >= content[::2].count(0)
        return _readable(["utf-16-le" if little else "utf-16-be"], content)
    try:
        return _readable(["utf-8"], content)
    except FileOfOtherKind:
        return _readable(_LEGACY, content)


def _readable(encodings: Sequence[str], content: bytes) -> list[str]:
    texts = []
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if not _is_binary(text):
            texts.append(text)
    if not texts:
        raise FileOfOtherKind
    return texts


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE_CHARACTERS]
    odd = sum(1 for c in sample if c not in _TOLERATED_CONTROLS and unicodedata.category(c) in {"Cc", "Cn"})
    return odd * 200 > len(sample)


def _plausibility(text: str) -> float:
    """How much of what is not ASCII looks like words of a language that is written so, from 0 to 1.

    Read in the wrong encoding, Russian becomes rare Chinese characters or accents in a row, Spanish
    becomes Cyrillic letters amid Latin ones, and Chinese becomes words whose capitals stand anywhere.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    near = zip(" " + sample, sample, sample[1:] + " ", strict=False)
    judged = [_is_at_home(before, c, after) for before, c, after in near if not c.isascii()]
    return sum(judged) / len(judged) if judged else 1.0


def _is_at_home(before: str, c: str, after: str) -> float:
    if c.isalpha() and "CYRILLIC" in unicodedata.name(c, ""):
        amid_others = any(near.isalpha() and not _is_cyrillic(near) for near in (before, after))
        turned_capital = c.isupper() and before.islower()
        return 0.0 if amid_others or turned_capital else 1.0
    if "\u4e00" <= c <= "\u9fff":
        return 1.0 if _is_frequent_han(c) else 0.2
    if c.isalpha():
        return 1.0 if c in "áéíóúüñÁÉÍÓÚÜÑªº" and (before.isascii() and after.isascii()) else 0.1
    return 0.6 if c in "«»„“”‘’–—…№€¡¿°•·×（），。、：；！？《》【】￥" else 0.1


def _is_cyrillic(c: str) -> bool:
    return "\u0400" <= c <= "\u04ff"


def _is_frequent_han(c: str) -> bool:
    # GB 2312 begins with the frequent characters, in rows 16 to 55.
    try:
        return 0xB0 <= c.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _rows(text: str, on_row: OnRow) -> list[Row]:
    line = _SEPARATOR_LINE.match(text)
    delimiter = line["delimiter"] if line else _Layout.of(text).delimiter
    body = text[line.end() :] if line else text
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    return kept(_counted_rows(reader, first=2 if line else 1), on_row)


def _counted_rows(reader: Iterator[list[str]], *, first: int) -> Iterator[Row]:
    if first > 1:
        # What was left out counts, so that rows have the numbers that people see.
        yield []
    row = first
    while True:
        try:
            yield [cell.rstrip("\x1a") for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            broken = QuoteOpen(row)
        else:
            row += 1
            continue
        raise broken


def kept(rows: Iterator[Row], on_row: OnRow) -> list[Row]:
    """All rows, up to what may be read at once. Raises TooManyRows."""
    result: list[Row] = []
    filled = 0
    for row in rows:
        filled += any(cell not in (None, "") for cell in row)
        if filled > MOST_ROWS + HEADINGS_WITHIN or len(result) > 10 * MOST_ROWS:
            raise TooManyRows(MOST_ROWS)
        result.append(row)
        on_row()
    return result
