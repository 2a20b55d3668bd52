"""Lets go of goods that were kept for somebody who has not paid in time."""

from typing import Final

import structlog

from bot.jobs.alone import alone
from bot.services.payments.lapses import lapse_hold
from bot.shop import Shop

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 100


async def lapse_due(shop: Shop) -> int:
    """Let go of what is due, each order in its own transaction; returns how many have lost something."""
    async with shop.reading() as uow:
        order_ids = await uow.holds.list_due(now=shop.now(), limit=MOST_AT_ONCE)
    lapsed = 0
    for order_id in order_ids:
        with alone("hold_not_lapsed", order_id=order_id):
            async with shop.writing() as uow:
                lapsed += await lapse_hold(uow, order_id, now=shop.now())
            log.info("hold_ended", order_id=order_id)
    return lapsed
