"""A group's accounts as a file, for those who lead it."""

import asyncio
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer
from bot.services.payments.statements import books_of
from bot.telegram.parcels import File
from bot.views.balance_sheets import accounts_book, accounts_caption, accounts_file_name
from bot.views.spreadsheets import as_xlsx
from storage.states import OutboxKind


async def _accounts(due: Due) -> Call:
    group = await due.uow.groups.get(due.subject_id)
    person = await due.uow.members.get(due.entry.chat_id)
    t = Translator(person.language)
    books = await books_of(due.uow, group, int(due.payload["month"]), now=due.now)
    # Thousands of rows take long enough to keep everybody else waiting.
    content = await asyncio.to_thread(lambda: as_xlsx(accounts_book(t, books, now=due.now)))
    return "sendDocument", {
        "document": File(name=accounts_file_name(books, now=due.now), content=content),
        "caption": str(accounts_caption(t, books)),
        "parse_mode": "HTML",
    }


BALANCE_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.ACCOUNTS: _accounts}
