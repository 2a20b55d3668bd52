"""Stops what is disputed too often, and tells its buyers, a portion at a time."""

from datetime import timedelta
from typing import Final

import structlog

from bot.services.recalls import LATE_ORDERS, looks_bad, stop_if_bad, tell_buyers
from bot.shop import Shop

log = structlog.get_logger(__name__)

LOOKED_BACK: Final = timedelta(days=1)
"""Only what somebody complained of so lately can have become too bad meanwhile."""
TOLD_AT_ONCE: Final = 500
"""So many go into the outbox in one transaction: thousands at once would keep everybody waiting."""


async def stop_bad(shop: Shop) -> int:
    """Stop whatever is too bad by what its buyers say; returns how much that was."""
    async with shop.reading() as uow:
        disputed = await uow.recalls.list_disputed(since=shop.now() - LOOKED_BACK)
        bad = [origin_id for origin_id in disputed if await looks_bad(uow, origin_id)]
    stopped = 0
    for origin_id in bad:
        async with shop.writing() as uow:
            recall_id = await stop_if_bad(uow, origin_id, now=shop.now())
        if recall_id is not None:
            stopped += 1
            log.warning("offer_stopped", origin_id=origin_id, recall_id=recall_id)
    return stopped


async def tell_recalled(shop: Shop) -> int:
    """Tell the buyers of what is stopped; returns how many orders that was."""
    async with shop.reading() as uow:
        running = await uow.recalls.list_to_tell(late_since=shop.now() - LATE_ORDERS)
    told = 0
    for recall_id in running:
        async with shop.writing() as uow:
            told += await tell_buyers(uow, recall_id, limit=TOLD_AT_ONCE, now=shop.now())
    return told
