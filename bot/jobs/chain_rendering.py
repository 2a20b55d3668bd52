"""Chains as pictures, and a group's chains as a file; drawn when they are on their way."""

import asyncio
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer
from bot.jobs.late_files import document_call, picture_call
from bot.services.chains import outline_of, sheet_of
from bot.views.chain_pictures import chain_picture, chains_book, chains_caption, picture_caption
from bot.views.screens import Screen
from bot.views.spreadsheets import as_xlsx
from storage.states import OutboxKind


async def _picture(due: Due) -> Call:
    person = await due.uow.members.get(due.entry.chat_id)
    group = await due.uow.groups.get(due.subject_id)
    t = Translator(person.language)
    drawing = await outline_of(due.uow, group, None if due.payload["whole"] else person.id)
    caption = Screen(text=picture_caption(t, drawing))
    return picture_call(t, "chain", chain_picture(t, drawing), name="chain.png", caption=caption)


async def _sheet(due: Due) -> Call:
    person = await due.uow.members.get(due.entry.chat_id)
    t = Translator(person.language)
    sheet = await sheet_of(due.uow, await due.uow.groups.get(due.subject_id))

    async def make() -> bytes:
        return await asyncio.to_thread(lambda: as_xlsx(chains_book(t, sheet)))

    return document_call(t, make, name="chains.xlsx", caption=chains_caption(t, sheet))


CHAIN_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.CHAIN_PICTURE: _picture,
    OutboxKind.CHAIN_SHEET: _sheet,
}
