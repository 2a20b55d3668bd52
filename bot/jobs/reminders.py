"""Reminds members of picks that close within the hour."""

from typing import Final

import structlog

from bot.services.reminders import send_reminders
from bot.shop import Shop

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 500


async def remind_due(shop: Shop) -> int:
    """Remind whoever is due, and forget what picks that are over leave behind; returns how many."""
    async with shop.writing() as uow:
        sent = await send_reminders(uow, now=shop.now(), limit=MOST_AT_ONCE)
        await uow.reminders.prune()
    if sent:
        log.info("reminded", count=sent)
    return sent
