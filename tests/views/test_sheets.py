"""The sheets: what stands in them, that nothing in them is a formula, and that LibreOffice opens them."""

import asyncio
import csv
import io
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import Translator
from bot.views.screens import Screen
from bot.views.sheets import SHEETS, SheetFacts, SheetName, caption, file_name
from bot.views.spreadsheets import LONGEST_TAB, Book, Column, Page, Row, as_csv, as_xlsx, reads_as_formula
from storage.repositories.carried_orders import GroupPieces
from storage.repositories.picks import PostedPick
from storage.states import FulfilmentState, PickState
from tests.views.goods import make_entry, make_sheet
from tests.views.strange import long, make_posted, shown

HARBOUR, SCHOOL, SHOP = (1, "Harbour, gate 3"), (2, "学校门口"), (3, "Магазин «Мёд»")
NAMES = [
    "Ann Lee",
    "Бен Иванов",
    "小林",
    "أمل",
    "דנה",
    "María José Fernández de la Concepción",
    "=2+5",
    "🍯 Bee",
]
DANGEROUS = [
    "=1+1", "+49 30 1234", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", " =1",
    "\u200b=1", "\ufeff=1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "﹢1", "\u202e=1",
]  # fmt: skip
HARMLESS = [
    "Ann",
    "2 jars",
    "a=b",
    "1+1",
    "x@y",
    "“quoted”",
    "'quoted",
    "小林",
    "é",
    "",
    "♥",
    "(1)",
    "#3",
    "100%",
]
SHEET_NAMES: tuple[SheetName, ...] = ("supplier", "packing", "pickup")


def community_pick(*, decimals: bool = True) -> PostedPick:
    posted = make_posted("Honey", variants=3, state=PickState.CLOSED)
    posted.group.title, posted.group.time_zone = "Honey friends & 邻居团", "Europe/Berlin"
    posted.offer.title, posted.offer.currency = "Yunnan honey 云南蜂蜜 (500 g)", "EUR" if decimals else "JPY"
    posted.offer.price_amount, posted.pick.number = 1290, 12
    for variant, name in zip(posted.variants, ("acacia", "老树蜜 dark", "липовый"), strict=True):
        variant.name = name
    return posted


def community_sheet(orders: int = 40, *, points: bool = True) -> SheetFacts:
    posted = community_pick()
    states = (FulfilmentState.HANDED_OVER, FulfilmentState.READY)
    places = [HARBOUR, SCHOOL, SHOP, None] if points else [None]
    entries = [
        make_entry(
            posted,
            number,
            NAMES[number % len(NAMES)],
            (number % 3 + 1, number % 2, number % 5),
            point=places[number % len(places)],
            fulfilment=states[number % 2],
        )
        for number in range(1, orders + 1)
    ]
    return make_sheet(posted, entries)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(content: bytes) -> list[Any]:
    return [cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row]


def totals(content: bytes) -> list[tuple[Any, ...]]:
    """The rows of each page that begin with the word for the total."""
    rows = [row for sheet in opened(content) for row in sheet.iter_rows(values_only=True)]
    return [tuple(value for value in row if value is not None) for row in rows if "Total" in row[:2]]


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def english() -> Translator:
    return Translator("en")


def test_each_sheet_ends_in_the_same_total(english: Translator) -> None:
    sheet = community_sheet()
    quantity, amount = sheet.facts.quantity, sheet.facts.total.amount / 100

    assert totals(as_xlsx(SHEETS["supplier"](english, sheet)))[0] == ("Total", quantity, amount)
    assert totals(as_xlsx(SHEETS["packing"](english, sheet))) == [("Total", quantity)]
    at_points = totals(as_xlsx(SHEETS["pickup"](english, sheet)))
    assert at_points[-1] == ("Total", 40, quantity, amount)
    assert sum(row[1] for row in at_points[:-1]) == quantity
    assert sum(Decimal(str(row[2])) for row in at_points[:-1]) == Decimal(str(amount))


def test_a_supplier_sheet_counts_what_other_groups_sold(english: Translator) -> None:
    sheet = community_sheet()
    acacia, dark, _ = (variant.id or 0 for variant in sheet.facts.posted.variants)
    facts = replace(
        sheet.facts,
        elsewhere=[
            GroupPieces(7, "Tea friends", acacia, 2),
            GroupPieces(7, "Tea friends", dark, 1),
            GroupPieces(8, "=Bees", dark, 4),
        ],
        unpaid_elsewhere={8: 3},
        variants=[each for each in sheet.facts.variants if each.variant_id != dark],
    )
    here = {
        variant.id: sum(each.quantity for each in facts.variants if each.variant_id == variant.id)
        for variant in facts.posted.variants
    }
    rows = rows_of_csv(as_csv(SHEETS["supplier"](english, replace(sheet, facts=facts))))
    head, *lines, total, unpaid = rows
    assert head[-3:] == ["Tea friends", "'=Bees", "In all groups"]
    by_kind = {line[0]: line[-3:] for line in lines}
    assert by_kind["acacia"] == ["2", "", str(here[acacia] + 2)]
    assert by_kind["老树蜜 dark"] == ["1", "4", "5"], "also what nobody ordered here"
    assert total[-3:] == ["3", "4", str(facts.quantity + 7)]

    assert (unpaid[0], unpaid[-3:]) == ("Orders still to be paid", ["", "3", ""])

    said = str(caption(english, replace(sheet, facts=facts), "supplier"))
    assert "3 of their orders are still to be paid there (=Bees: 3)" in said
    assert "Other groups sold 7 (Tea friends: 3, =Bees: 4)" in said
    assert f"acacia: {here[acacia] + 2}, 老树蜜 dark: 5" in said


@pytest.mark.parametrize("name", SHEET_NAMES)
def test_the_lines_of_a_csv_add_up_to_its_total(english: Translator, name: SheetName) -> None:
    sheet = community_sheet()
    head, *lines, total = rows_of_csv(as_csv(SHEETS[name](english, sheet)))

    at = head.index("Quantity")
    assert sum(int(line[at]) for line in lines) == int(total[at]) == sheet.facts.quantity
    if "Amount (EUR)" in head:
        at = head.index("Amount (EUR)")
        assert sum(Decimal(line[at]) for line in lines) == Decimal(total[at])
        assert Decimal(total[at]) == Decimal(sheet.facts.total.amount) / 100


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf_8(english: Translator) -> None:
    content = as_csv(SHEETS["pickup"](english, community_sheet()))
    assert content.startswith(b"\xef\xbb\xbf")
    assert "小林" in content.decode("utf-8-sig")


@pytest.mark.parametrize("name", SHEET_NAMES)
def test_every_language_has_every_sheet_of_any_pick(t: Translator, text: str, name: SheetName) -> None:
    posted = make_posted(text, variants=3, state=PickState.CLOSED)
    posted.offer.option_names = [long(text, 20), "Colour"]
    places = [(1, long(text, 40)), (2, long(text, 39)), None]
    entries = [make_entry(posted, n, text, (1, 2, 3), point=places[n % 3]) for n in range(1, 7)]
    sheet = make_sheet(posted, entries)
    book = SHEETS[name](t, sheet)

    written = opened(as_xlsx(book))
    assert all(0 < len(tab.encode("utf-16-le")) // 2 <= LONGEST_TAB for tab in written.sheetnames)
    assert len(rows_of_csv(as_csv(book))) > 1
    everywhere = [GroupPieces(n, long(text, 128), posted.variants[n % 3].id or 0, 10**6) for n in range(60)]
    facts = replace(sheet.facts, elsewhere=everywhere, unpaid_elsewhere=dict.fromkeys(range(60), 10**6))
    shown(Screen(text=caption(t, replace(sheet, facts=facts), name)), limit=1024)
    assert file_name(sheet, name, "xlsx").isascii()


@pytest.mark.parametrize("name", SHEET_NAMES)
def test_a_pick_without_points_and_one_without_orders_have_sheets_too(
    english: Translator, name: SheetName
) -> None:
    assert totals(as_xlsx(SHEETS[name](english, community_sheet(points=False))))
    nothing = make_sheet(community_pick(), [])
    assert totals(as_xlsx(SHEETS[name](english, nothing)))[0][1] == 0


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_reads_as_a_formula_is_made_harmless(text: str) -> None:
    assert reads_as_formula(text)
    book = one_cell(text)
    assert rows_of_csv(as_csv(book))[1][0].startswith("'")
    (cell,) = [cell for cell in cells(as_xlsx(book)) if cell.value and cell.row == 4]
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_was_written(text: str) -> None:
    assert not reads_as_formula(text)
    assert rows_of_csv(as_csv(one_cell(text)))[1] == [text]


def test_numbers_stay_numbers() -> None:
    page = Page(
        tab="x",
        columns=[Column(title="n", kind="number"), Column(title="m", kind="money")],
        rows=[Row(cells=[-3, Decimal("-12.50")])],
    )
    book = Book(title="t", facts=[], footer="", decimals=2, pages=[page], flat=page)
    assert rows_of_csv(as_csv(book))[1] == ["-3", "-12.50"]
    assert b"\r\n-3,-12.50\r\n" in as_csv(book)
    assert [cell.value for cell in cells(as_xlsx(book)) if cell.data_type == "n" and cell.value] == [
        -3,
        -12.5,
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_whatever_people_write_no_cell_is_a_formula(texts: list[str]) -> None:
    page = Page(tab=texts[0], columns=[Column(title=text) for text in texts], rows=[Row(cells=texts)])
    book = Book(title=texts[0], facts=texts, footer=texts[0], decimals=2, pages=[page, page], flat=page)
    assert {cell.data_type for cell in cells(as_xlsx(book))} <= {"s", "n"}
    for row in rows_of_csv(as_csv(book)):
        assert not any(reads_as_formula(cell) for cell in row)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", SHEET_NAMES)
async def test_libreoffice_opens_each_sheet_without_a_warning(
    english: Translator, tmp_path: Path, name: SheetName
) -> None:
    source = tmp_path / f"{name}.xlsx"
    source.write_bytes(as_xlsx(SHEETS[name](english, community_sheet(120))))
    process = await asyncio.create_subprocess_exec(
        "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
        "--convert-to", "pdf", "--outdir", str(tmp_path), str(source),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    whole = (await process.communicate())[0].decode().lower()
    # LibreOffice warns of a missing Java of its own, whatever it opens.
    said = "\n".join(line for line in whole.splitlines() if "javaldx" not in line)
    assert process.returncode == 0, said
    assert not {word for word in ("warn", "error", "repair", "corrupt") if word in said}, said
    assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def one_cell(text: str) -> Book:
    page = Page(tab="x", columns=[Column(title="x")], rows=[Row(cells=[text])])
    return Book(title="", facts=[], footer="", decimals=2, pages=[page], flat=page)
