"""Fetching the file of an import, and reading it in a thread while the bot goes on answering."""

import asyncio
from dataclasses import dataclass, replace

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.price_list_errors import FileGone, FileTooLarge
from bot.rules.imports import ImportState, read_import
from bot.rules.price_files import LARGEST_FILE, Table, kind_of, read_text
from bot.rules.price_list import PriceList, read_price_list
from bot.rules.workbooks import read_workbook
from bot.services.imports import change_import
from bot.shop import Shop
from storage.models import Draft

_TELL_EVERY_SECONDS = 2.0
_TRIES = 3


@dataclass(frozen=True, kw_only=True)
class FoundList:
    """A file as it was read."""

    table: Table
    listed: PriceList


@dataclass(kw_only=True)
class _Rows:
    """How many rows were read so far; the thread that reads counts, and the loop looks."""

    count: int = 0

    def __call__(self) -> None:
        self.count += 1


async def fetch_list(shop: Shop, bot: Bot, draft: Draft) -> FoundList:
    """Download and read an import's file, and tell now and then how far that is. Raises PriceListRefused."""
    kept = read_import(draft.content)
    async with shop.reading() as uow:
        group = await uow.groups.get(draft.group_id or 0)
    content = await _download(bot, kept.file_id)
    rows = _Rows()
    reading = asyncio.create_task(asyncio.to_thread(_read, content, group.currency, rows))
    while not (await asyncio.wait([reading], timeout=_TELL_EVERY_SECONDS))[0]:
        await _tell_progress(shop, draft.id or 0, rows.count)
    return await reading


def _read(content: bytes, currency: str, rows: _Rows) -> FoundList:
    read = read_workbook if kind_of(content) == "workbook" else read_text
    table = read(content, on_row=rows)
    return FoundList(table=table, listed=read_price_list(table.rows, currency=currency))


async def _download(bot: Bot, file_id: str) -> bytes:
    for _ in range(_TRIES):
        try:
            file = await bot.get_file(file_id)
            if (file.file_size or 0) > LARGEST_FILE:
                raise FileTooLarge(LARGEST_FILE // 1024 // 1024)
            return bytes(await file.download_as_bytearray())
        except BadRequest:
            break
        except NetworkError:
            continue
        except TelegramError:
            break
    raise FileGone


async def _tell_progress(shop: Shop, draft_id: int, rows: int) -> None:
    async with shop.writing() as uow:
        draft = await uow.imports.find(draft_id, lock=True)
        if draft is not None and read_import(draft.content).state is ImportState.READING:
            kept = replace(read_import(draft.content), rows_read=rows)
            await change_import(uow, draft, kept, now=shop.now())
