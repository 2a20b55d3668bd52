"""Keeps the market in order: what is over leaves it, and each offer's place in it is counted anew."""

from typing import Final

from bot.services.listings import end_over, measure_listings
from bot.shop import Shop

EVERY_SECONDS: Final = 30
AT_ONCE: Final = 100
"""So many are counted in one transaction: nobody who orders waits longer."""


async def tend_market(shop: Shop) -> int:
    """End what is open although its pick is over, and count what was not counted lately; returns how much."""
    async with shop.writing() as uow:
        await end_over(uow, now=shop.now())
    async with shop.writing() as uow:
        return await measure_listings(uow, limit=AT_ONCE, now=shop.now())
