"""What other groups have sold, as a file for whoever supplies."""

import asyncio
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer
from bot.telegram.parcels import File
from bot.views.carried_order_sheets import sales_book, sales_caption, sales_file_name
from bot.views.spreadsheets import as_xlsx
from storage.states import OutboxKind


async def _sales_sheet(due: Due) -> Call:
    supplied = await due.uow.picks.get(due.subject_id)
    person = await due.uow.members.get(due.entry.chat_id)
    t = Translator(person.language)
    sales = await due.uow.carried_orders.list_sales(supplied.id)
    pieces = await due.uow.carried_orders.variants_sold([one.pick_id for one in sales])
    # Hundreds of rows take long enough to keep everybody else waiting.
    content = await asyncio.to_thread(lambda: as_xlsx(sales_book(t, supplied, sales, pieces, now=due.now)))
    return "sendDocument", {
        "document": File(name=sales_file_name(supplied, now=due.now), content=content),
        "caption": str(sales_caption(t, supplied)),
        "parse_mode": "HTML",
    }


CARRIED_ORDER_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.SALES_SHEET: _sales_sheet}
