"""A group's numbers as a picture and as a file; both are made when they are on their way."""

import asyncio
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer
from bot.jobs.late_files import document_call, picture_call
from bot.rules.statistics import Period
from bot.services.statistics import Statistics, read_statistics
from bot.views.screens import Screen
from bot.views.spreadsheets import as_xlsx
from bot.views.statistic_pictures import statistics_caption, statistics_picture
from bot.views.statistic_sheets import statistics_book, statistics_file_name
from storage.states import OutboxKind


async def _picture(due: Due) -> Call:
    stats, t = await _stats(due)
    # It may be shown around, so it speaks the group's language; its caption speaks to whoever asked.
    data = statistics_picture(Translator(stats.group.language), stats, dark=bool(due.payload["dark"]))
    caption = Screen(text=statistics_caption(t, stats))
    return picture_call(t, "statistics", data, name="statistics.png", caption=caption)


async def _sheet(due: Due) -> Call:
    stats, t = await _stats(due)

    async def make() -> bytes:
        book = statistics_book(Translator(stats.group.language), stats)
        return await asyncio.to_thread(lambda: as_xlsx(book))

    return document_call(t, make, name=statistics_file_name(stats), caption=statistics_caption(t, stats))


async def _stats(due: Due) -> tuple[Statistics, Translator]:
    person = await due.uow.members.get(due.entry.chat_id)
    group = await due.uow.groups.get(due.subject_id)
    stats = await read_statistics(due.uow, group, Period(due.payload["period"]), now=due.now)
    return stats, Translator(person.language)


STATISTICS_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.STATISTICS_PICTURE: _picture,
    OutboxKind.STATISTICS_SHEET: _sheet,
}
