"""Reckons the money of orders about which something changed."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from bot.jobs.portions import in_portions
from bot.services.payments.settlements import settle_orders
from bot.shop import Shop
from storage.unit_of_work import UnitOfWork

MOST_AT_ONCE: Final = 200
TOGETHER: Final = 20
"""So many orders share a transaction: a pick of thousands closes at once, and others want to write, too."""


async def settle_due(shop: Shop) -> int:
    """Reckon what is asked for, but for what somebody has locked: that waits; returns how many orders."""
    settled = passed = 0
    # Past those that cannot be reckoned, which stay where they are, until there is one that can.
    while not settled:
        async with shop.reading() as uow:
            waiting = await uow.payments.list_to_settle(limit=MOST_AT_ONCE, skip=passed)
        if not waiting:
            break
        settled = await in_portions(shop, waiting, _settle, together=TOGETHER, failure="order_not_settled")
        passed += len(waiting)
    return settled


async def _settle(uow: UnitOfWork, order_ids: Collection[int], /, *, now: datetime) -> int:
    await settle_orders(uow, order_ids, now=now)
    return len(order_ids)
