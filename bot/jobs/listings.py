"""Keeps the market in order: what is over leaves it, and each offer's place in it is counted anew."""

from typing import Final

from bot.services.listings import measure_due
from bot.shop import Shop

EVERY_SECONDS: Final = 30
AT_ONCE: Final = 100


async def tend_market(shop: Shop) -> int:
    """End what is open although its pick is over, and count what was not counted lately; returns how much."""
    now = shop.now()
    # Counted before anything is locked: nobody who orders waits for it.
    async with shop.reading() as uow:
        over = await uow.listings.list_over(limit=AT_ONCE)
        measures = await measure_due(uow, limit=AT_ONCE, now=now)
    if over or measures:
        async with shop.writing() as uow:
            await uow.listings.end(over, now=now)
            await uow.listings.keep_measures(measures, now=now)
    return len(measures)
