"""Reckons what is earned by orders about which something changed, and releases what has fallen due."""

from typing import Final

import structlog

from bot.jobs.portions import in_portions
from bot.services.commissions import reckon_commissions, release_due
from bot.shop import Shop

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 2_000
TOGETHER: Final = 50
"""So many orders share a transaction: a pick of thousands closes at once, and others want to write, too."""


async def reckon_stale(shop: Shop) -> int:
    """Reckon what is earned by changed orders, but for what somebody has locked; returns how many orders."""
    async with shop.reading() as uow:
        waiting = await uow.reckonings.list_stale(limit=MOST_AT_ONCE)
    return await in_portions(
        shop, waiting, reckon_commissions, together=TOGETHER, failure="commission_not_reckoned"
    )


async def release_accrued(shop: Shop) -> int:
    """Release what can no longer be given back; returns how many commissions."""
    released, after = 0, (0, 0)
    while True:
        async with shop.writing() as uow:
            more, last = await release_due(uow, now=shop.now(), limit=TOGETHER, after=after)
        released += more
        if last is None:
            break
        after = last
    if released:
        log.info("commissions_due", count=released)
    return released
