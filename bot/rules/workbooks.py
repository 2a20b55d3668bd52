"""Reads XLSX workbooks: formulas as their values, and nothing that is packed to do harm."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.price_list_errors import (
    FileBroken,
    FileOfOtherKind,
    FileTooLarge,
    FormulasUncounted,
)
from bot.rules.price_files import HEADINGS_WITHIN, Cell, OnRow, Row, Table, headings_in, kept

LARGEST_UNPACKED = 100 * 1024 * 1024
"""Bytes of all that is packed in a workbook."""
MOST_PARTS = 1_000

_CHUNK = 256 * 1024
_OVERLAP = 4096
# A formula without a value, as programs write it that do not count.
_UNCOUNTED = re.compile(
    rb"(?:<f\b[^>]*/>|<f\b[^>]*[^>/]>[^<]*</f>|<f>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_BREAKAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, SyntaxError),
    *(AttributeError, LookupError, TypeError, ValueError),
)


def read_workbook(content: bytes, *, on_row: OnRow = lambda: None) -> Table:
    """The rows of the first visible sheet with headings, or else of the first.

    Raises FileTooLarge, FileBroken, FileOfOtherKind, FormulasUncounted and TooManyRows.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_parts(packed)
        return _read(content, on_row)
    except _BREAKAGES as error:
        # A damaged workbook breaks the library in as many ways as there are places in it.
        raise FileBroken from error


def _check_parts(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise FileOfOtherKind
    declared = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or declared > LARGEST_UNPACKED:
        raise FileTooLarge(LARGEST_UNPACKED // 1024 // 1024)
    actual = 0
    for part in parts:
        actual += _check_part(packed, part, room=LARGEST_UNPACKED - actual)


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, *, room: int) -> int:
    """How many bytes a part really has; it is unpacked piece by piece, and never kept."""
    size, tail = 0, b""
    is_sheet = part.filename.startswith("xl/worksheets/")
    with packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > room:
                raise FileTooLarge(LARGEST_UNPACKED // 1024 // 1024)
            seen = tail + chunk
            # No office program declares entities; whoever does wants them to grow.
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise FileBroken
            if is_sheet and _UNCOUNTED.search(seen):
                raise FormulasUncounted
            tail = seen[-_OVERLAP:]
    return size


def _read(content: bytes, on_row: OnRow) -> Table:
    # Loaded when the first workbook comes: it takes a moment and some memory.
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # It warns of what it does not draw, such as drop-down lists.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not sheets:
                raise FileBroken
            chosen = next((sheet for sheet in sheets if _has_headings(sheet)), sheets[0])
            others = tuple(sheet.title for sheet in sheets if sheet is not chosen)
            return Table(
                rows=kept(_rows(chosen), on_row),
                sheet=chosen.title if others else None,
                other_sheets=others,
            )
        finally:
            book.close()


def _has_headings(sheet: Any) -> bool:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=HEADINGS_WITHIN, values_only=True)
    return any(headings_in([_cell(value) for value in row]) > 1 for row in rows)


def _rows(sheet: Any) -> Iterator[Row]:
    # What a sheet says about its size is often wrong.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield [_cell(value) for value in row]


def _cell(value: Any) -> Cell:
    match value:
        case None:
            return None
        case bool():
            return str(value).upper()
        case int() | float():
            return _number(value)
        case datetime() | date() | time():
            return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
        case timedelta():
            return str(value)
    return str(value)


def _number(value: float) -> Decimal:
    # 19.900000000000002 is what 19.9 becomes on the way through a formula.
    return Decimal(repr(value)).quantize(Decimal("1e-8")).normalize() if abs(value) < 1e15 else Decimal(value)
