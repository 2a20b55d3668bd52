"""Draws what is held about somebody as files, the last message to her, and the end of her invite links."""

import asyncio
from typing import Any, Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.jobs.late_files import document_call
from bot.services.privacy import my_data
from bot.views.privacy import farewell
from bot.views.privacy_files import data_caption, data_name, data_page, data_record
from storage.states import OutboxKind


async def _my_data(due: Due) -> Call:
    person = await due.uow.members.get(due.entry.chat_id)
    t, form = Translator(person.language), str(due.payload["form"])
    data = await my_data(due.uow, person.id, now=due.now)

    async def make() -> bytes:
        # Years of orders take long enough to keep everybody else waiting.
        return await asyncio.to_thread(lambda: data_page(t, data) if form == "html" else data_record(data))

    return document_call(t, make, name=data_name(form, now=due.now), caption=data_caption(t, form))


async def _farewell(due: Due) -> Call:
    return message_call(farewell(Translator(str(due.payload["language"]))).payload())


async def _link_revoked(due: Due) -> Call:
    link: dict[str, Any] = {"invite_link": due.payload["url"]}
    if due.payload["deed"] == "rename":
        return "editChatInviteLink", {**link, "name": ""}
    return "revokeChatInviteLink", link


PRIVACY_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.MY_DATA: _my_data,
    OutboxKind.FAREWELL: _farewell,
    OutboxKind.LINK_REVOKED: _link_revoked,
}
