"""Reckons what groups owe one another for orders about which something changed."""

from typing import Final

from bot.jobs.portions import in_portions
from bot.services.carried_orders import reckon_carried
from bot.shop import Shop

MOST_AT_ONCE: Final = 2_000
TOGETHER: Final = 50
"""So many orders share a transaction: a pick of thousands closes at once, and others want to write, too."""


async def reckon_sales(shop: Shop) -> int:
    """Reckon all that is asked for, but for what somebody has locked; returns how many orders."""
    async with shop.reading() as uow:
        waiting = await uow.carried_orders.list_stale(limit=MOST_AT_ONCE)
    return await in_portions(
        shop, waiting, reckon_carried, together=TOGETHER, failure="carried_order_not_reckoned"
    )
