"""What members and curators are sent about goods: where to fetch them, that they are there, codes, sheets."""

import asyncio
import io
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.rules.handover import code_link
from bot.services.boards import sums_of
from bot.services.handover import may_show_code
from bot.telegram.parcels import File
from bot.views.pickups import arrived_notice, code_caption, is_waited_for, reminder, where_to_fetch
from bot.views.sheets import SHEETS, SheetFacts, caption, file_name
from bot.views.spreadsheets import as_csv, as_xlsx
from storage.repositories.pickups import OrderInHand
from storage.states import OrderState, OutboxKind

_DOTS: Final = 12
"""Pixels of a QR code's smallest square: large enough for a tired camera."""


async def _point_question(due: Due) -> Call | None:
    order = await due.uow.pickups.find(due.subject_id)
    if order is None or order.state is OrderState.CANCELLED or order.point_id is not None:
        return None
    choices = await due.uow.pickups.list_choices(order.pick_id)
    if not choices:
        return None
    return message_call(where_to_fetch(await _speaker(due), order, choices).payload())


async def _arrived(due: Due) -> Call | None:
    order = await _waited_for(due)
    return message_call(arrived_notice(await _speaker(due), order).payload()) if order else None


async def _pickup_reminder(due: Due) -> Call | None:
    order = await _waited_for(due)
    return message_call(reminder(await _speaker(due), order).payload()) if order else None


async def _waited_for(due: Due) -> OrderInHand | None:
    """The order, unless it was fetched or cancelled since the row was written."""
    order = await due.uow.pickups.find(due.subject_id)
    return order if order is not None and is_waited_for(order) else None


async def _pickup_code(due: Due) -> Call | None:
    order = await due.uow.pickups.find(due.subject_id)
    if order is None or order.code is None or not may_show_code(order):
        return None
    picture = await asyncio.to_thread(_drawn, due.shop.link(code_link(order.code)))
    words = str(code_caption(await _speaker(due), order))
    return "sendPhoto", {
        "photo": File(name="code.png", content=picture),
        "caption": words,
        "parse_mode": "HTML",
    }


async def _sheet(due: Due) -> Call | None:
    name, suffix = due.payload["sheet"], due.payload["format"]
    t = await _speaker(due)
    sheet = SheetFacts(
        facts=await sums_of(due.uow, await due.uow.picks.get(due.subject_id)),
        entries=await due.uow.boards.list_entries(due.subject_id),
        now=due.now,
    )
    # Thousands of rows take long enough to keep everybody else waiting.
    write = as_csv if suffix == "csv" else as_xlsx
    content = await asyncio.to_thread(lambda: write(SHEETS[name](t, sheet)))
    return "sendDocument", {
        "document": File(name=file_name(sheet, name, suffix), content=content),
        "caption": str(caption(t, sheet, name)),
        "parse_mode": "HTML",
    }


async def _speaker(due: Due) -> Translator:
    person = await due.uow.members.get(due.entry.chat_id)
    return Translator(person.language)


def _drawn(link: str) -> bytes:
    # Loaded when the first code is shown.
    import segno

    picture = io.BytesIO()
    segno.make_qr(link, error="m").save(picture, kind="png", scale=_DOTS, border=4)
    return picture.getvalue()


RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.POINT_QUESTION: _point_question,
    OutboxKind.ARRIVED: _arrived,
    OutboxKind.PICKUP_REMINDER: _pickup_reminder,
    OutboxKind.PICKUP_CODE: _pickup_code,
    OutboxKind.SHEET: _sheet,
}
