"""Files become rows: every encoding and delimiter that offices write, and nothing that does harm."""

import io
import os
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from bot.errors import ShopError
from bot.price_list_errors import (
    FileBroken,
    FileOfOtherKind,
    FileProtected,
    FileTooLarge,
    FormulasUncounted,
    QuoteOpen,
    TooManyRows,
)
from bot.rules.price_files import LARGEST_FILE, MOST_ROWS, kind_of, looks_like_list, read_text
from bot.rules.workbooks import LARGEST_UNPACKED, read_workbook

RUSSIAN = "Артикул;Название;Цена\nА-1;Мёд гречишный «Башкирский»;12,90\nА-2;ЧАЙ ИВАН-ЧАЙ;5,50\n"
SPANISH = "Código;Título;Precio\n1;Año de piñón, ¡el último!;12,90\n2;Jamón ibérico;5,50\n"
CHINESE = "编码;名称;价格\n1;云南蜂蜜，今年新蜜;12.90\n2;羊毛围巾;5.50\n"
ENGLISH = "code;title;price\n1;Honey;12.90\n"


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return written.getvalue()


HONEY = workbook(("List", [["code", "title", "price"], ["H-1", "Honey", 12.9]]))


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        (RUSSIAN, ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "gb18030"]),
        (SPANISH, ["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
        (CHINESE, ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"]),
        (ENGLISH, ["ascii", "utf-8-sig", "utf-16", "utf-16-be"]),
    ],
    ids=["Russian", "Spanish", "Chinese", "English"],
)
def test_the_encoding_is_found(text: str, encodings: list[str]) -> None:
    for encoding in encodings:
        rows = read_text(text.encode(encoding)).rows
        assert [list(row) for row in rows] == [line.split(";") for line in text.splitlines()], encoding


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Мёд с разнотравья, свежий", "cp1251"),
        ("Ложка деревянная Для Мёда", "cp1251"),
        ("云南野生蜂蜜，滋润", "gb18030"),
        ("Miel de montaña, añada última", "cp1252"),
    ],
)
def test_the_words_tell_the_encoding_where_the_headings_are_plain(words: str, encoding: str) -> None:
    text = f"code;title;price\n1;{words};5\n"
    assert read_text(text.encode(encoding)).rows[1][1] == words


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = (
        delimiter.join(["code", "title", "price"])
        + "\n"
        + delimiter.join(["1", '"Honey, dark; 500 g"', "12.90"])
    )
    assert list(read_text(text.encode()).rows[1]) == ["1", "Honey, dark; 500 g", "12.90"]


def test_a_cell_in_quotation_marks_may_have_several_lines_and_marks_of_its_own() -> None:
    table = read_text(b'title,description,price\r\nHoney,"From the hills,\r\n""dark""",12.90\r\nTea,,5\r\n')
    assert list(table.rows[1]) == ["Honey", 'From the hills,\r\n"dark"', "12.90"]
    assert list(table.rows[2]) == ["Tea", "", "5"]


def test_the_line_that_tells_excel_the_separator_is_no_row_but_counts() -> None:
    rows = read_text(b"sep=;\r\ntitle;price\r\nHoney, dark;5\r\n").rows
    assert [list(row) for row in rows] == [[], ["title", "price"], ["Honey, dark", "5"]]


def test_a_mark_that_is_never_closed_is_told_with_its_row() -> None:
    with pytest.raises(QuoteOpen) as refused:
        read_text(b'title,price\nTea,5\nHoney,4\n"Wool scarf,3\nSocks,2\n')
    assert refused.value.row == 4


def test_more_rows_than_are_read_at_once_are_refused() -> None:
    text = "title,price\n" + "Honey,5\n" * (MOST_ROWS + 100)
    with pytest.raises(TooManyRows):
        read_text(text.encode())


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"%PDF-1.7 ...", FileOfOtherKind),
        (b"\x89PNG\r\n\x1a\n....", FileOfOtherKind),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FileOfOtherKind),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            FileProtected,
        ),
        (b"a" * (LARGEST_FILE + 1), FileTooLarge),
    ],
    ids=["PDF", "picture", "old workbook", "protected workbook", "too large"],
)
def test_other_files_are_refused_by_what_is_in_them(content: bytes, refusal: type[ShopError]) -> None:
    with pytest.raises(refusal):
        kind_of(content)


def test_rubbish_is_no_text() -> None:
    rubbish = bytes(range(1, 32)) * 100
    assert kind_of(rubbish) == "text"
    with pytest.raises(FileOfOtherKind):
        read_text(rubbish)


def test_a_file_is_known_for_a_list_by_its_name_or_type() -> None:
    assert looks_like_list("Prices.XLSX", "")
    assert looks_like_list("prices", "text/csv")
    assert looks_like_list("old.xls", "application/octet-stream")
    assert not looks_like_list("photo.jpg", "image/jpeg")


# Workbooks


def test_a_workbook_is_read_with_its_numbers() -> None:
    assert kind_of(HONEY) == "workbook"
    table = read_workbook(HONEY)
    assert [list(row) for row in table.rows] == [
        ["code", "title", "price"],
        ["H-1", "Honey", Decimal("12.9")],
    ]
    assert table.sheet is None


def test_of_several_sheets_the_one_with_headings_is_read_and_the_others_are_named() -> None:
    table = read_workbook(
        workbook(("About", [["Our prices"], ["of May"]]), ("Prices", [["title", "price"], ["Honey", 5]]))
    )
    assert table.sheet == "Prices"
    assert table.other_sheets == ("About",)
    assert list(table.rows[1]) == ["Honey", Decimal(5)]


def test_what_a_formula_came_to_is_read() -> None:
    content = workbook(("List", [["title", "price"], ["Honey", "=2*3"]]))
    counted = repacked(
        content, lambda name, part: part.replace(b"<v />", b"<v>6</v>").replace(b"<v></v>", b"<v>6</v>")
    )
    assert list(read_workbook(counted).rows[1]) == ["Honey", Decimal(6)]


def test_formulas_that_nobody_counted_are_refused() -> None:
    with pytest.raises(FormulasUncounted):
        read_workbook(workbook(("List", [["title", "price"], ["Honey", "=2*3"]])))


def test_a_damaged_workbook_is_refused_wherever_it_is_cut() -> None:
    for cut in range(20, len(HONEY), max(1, len(HONEY) // 60)):
        with pytest.raises(FileBroken):
            read_workbook(HONEY[:cut])


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_with_rubbish_in_it_is_refused(part: str) -> None:
    broken = repacked(HONEY, lambda name, content: b"<rubbish" if name == part else content)
    with pytest.raises(FileBroken):
        read_workbook(broken)


def test_a_workbook_whose_xml_declares_entities_is_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]>'
    with pytest.raises(FileBroken):
        read_workbook(repacked(HONEY, lambda name, part: laughs + part if "sheet1" in name else part))


def test_another_packed_file_is_no_workbook() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("photo.jpg", os.urandom(100))
    with pytest.raises(FileOfOtherKind):
        read_workbook(written.getvalue())


def test_a_bomb_is_refused_by_the_size_that_it_declares() -> None:
    written = io.BytesIO(HONEY)
    with (
        zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/media/a.bin", "w") as part,
    ):
        for _ in range(LARGEST_UNPACKED // 1024 // 1024 + 1):
            part.write(b"\0" * 1024 * 1024)
    assert len(written.getvalue()) < LARGEST_FILE
    with pytest.raises(FileTooLarge):
        read_workbook(written.getvalue())


def test_a_bomb_that_declares_itself_small_is_refused_too() -> None:
    written = io.BytesIO(HONEY)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/a.bin", b"\0" * 5_000_000)
    content = bytearray(written.getvalue())
    declared = (5_000_000).to_bytes(4, "little")
    at = content.rfind(declared)
    while at >= 0:
        content[at : at + 4] = (100).to_bytes(4, "little")
        at = content.rfind(declared)
    with pytest.raises(FileBroken):
        read_workbook(bytes(content))


def test_a_sheet_that_lies_about_its_size_is_read_all_the_same() -> None:
    lying = repacked(
        HONEY, lambda name, part: part.replace(b'ref="A1:C2"', b'ref="A1:A1"') if "sheet1" in name else part
    )
    assert len(read_workbook(lying).rows) == 2
    assert load_workbook(io.BytesIO(lying))


def test_every_row_is_told_as_it_is_read() -> None:
    told: list[int] = []
    read_workbook(HONEY, on_row=lambda: told.append(1))
    read_text(ENGLISH.encode(), on_row=lambda: told.append(1))
    assert len(told) == 4
