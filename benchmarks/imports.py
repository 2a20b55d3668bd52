"""Importing a price list of a thousand offers: from the file's bytes to the commit, on SQLite."""

import io
import random
import tempfile
import time
from pathlib import Path

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from benchmarks.table import Row
from bot.rules.price_files import Table, kind_of, read_text
from bot.rules.price_list import read_price_list
from bot.rules.workbooks import read_workbook
from bot.services.groups import SeenChat, welcome_group
from bot.services.imports import import_list
from bot.shop import Shop
from storage.engine import opened
from storage.models import Group
from storage.repositories.members import Seen
from storage.schema import migrate

OFFERS = 1_000
MOST_SECONDS = 5.0

_CURATOR = Seen(id=1, name="Curator", username=None, language="en")
_HEADINGS = ("code", "title", "description", "price", "unit", "stock", "kinds", "tiers", "minimum", "limit")


async def measure() -> list[Row]:
    """Import a generated list as CSV, then the same dearer one as XLSX, so that every offer changes."""
    random.seed(7)
    with tempfile.TemporaryDirectory() as folder:
        async with opened(f"sqlite:///{Path(folder) / 'bench.db'}") as database:
            await migrate(database.write)
            shop = Shop(database=database)
            group = await _group(shop)
            new = await _import(shop, group, _csv(_rows(dearer=0)))
            changed = await _import(shop, group, _xlsx(_rows(dearer=1)))
    return [
        _row(f"importing {OFFERS:,} new offers from CSV", new),
        _row(f"importing {OFFERS:,} changed offers from XLSX", changed),
    ]


def _row(what: str, seconds: float) -> Row:
    return Row(
        what=what,
        figure=f"{seconds:.2f} s",
        aim=f"under {MOST_SECONDS:.0f} s",
        reached=seconds < MOST_SECONDS,
    )


async def _group(shop: Shop) -> Group:
    chat = SeenChat(id=-1001, title="Benchmark", username=None, is_forum=False)
    async with shop.writing() as uow:
        await uow.members.meet([_CURATOR], now=shop.now())
        group, _ = await welcome_group(uow, chat, language="en", bot_is_admin=True, now=shop.now())
    return group


async def _import(shop: Shop, group: Group, content: bytes) -> float:
    assert group.id is not None
    began = time.perf_counter()
    listed = read_price_list(_read(content).rows, currency="EUR")
    async with shop.writing() as uow:
        planned = await import_list(
            uow, group.id, listed, by_id=_CURATOR.id, good_rows_only=False, now=shop.now()
        )
    seconds = time.perf_counter() - began
    if len(planned.new) + len(planned.changed) != OFFERS:
        raise RuntimeError(f"not every offer was imported: {planned.faults[:3]}")
    return seconds


def _read(content: bytes) -> Table:
    return read_workbook(content) if kind_of(content) == "workbook" else read_text(content)


def _rows(*, dearer: int) -> list[list[str]]:
    return [
        [
            f"B-{number}",
            f"Offer number {number}",
            "Gathered by hand, in small jars, with a word from the beekeeper",
            f"{number % 90 + 10 + dearer}.90",
            "jars",
            "" if number % 5 == 0 else str(random.randint(100, 500)),
            "S 40, M 60, L 80" if number % 5 == 0 else "",
            "10: 9.90; 50: 8.90",
            "10",
            "20",
        ]
        for number in range(OFFERS)
    ]


def _csv(rows: list[list[str]]) -> bytes:
    return "\n".join(";".join(f'"{cell}"' for cell in row) for row in (_HEADINGS, *rows)).encode()


def _xlsx(rows: list[list[str]]) -> bytes:
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((_HEADINGS, *rows)):
            sheet.write_row(at, 0, row)
    return written.getvalue()
