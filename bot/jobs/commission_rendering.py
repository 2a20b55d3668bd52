"""Draws what earners are told once a day, as far as there is something new and they read it in private."""

from datetime import datetime
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.views.commissions import earnings_notice
from storage.states import OutboxKind


async def _earnings(due: Due) -> Call | None:
    person = await due.uow.members.find(due.entry.chat_id)
    if person is None or not person.private_is_open:
        return None
    since = datetime.fromisoformat(due.payload["since"])
    news = await due.uow.commission_news.news(person.id, since=since)
    if not news:
        return None
    method, params = message_call(earnings_notice(Translator(person.language), news).payload())
    # Nothing that somebody waits for: it must not ring.
    return method, {**params, "disable_notification": True}


COMMISSION_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.EARNINGS: _earnings}
