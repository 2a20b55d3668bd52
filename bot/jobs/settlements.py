"""Reckons the money of orders about which something changed."""

from collections.abc import Collection
from itertools import islice
from typing import Final

import structlog

from bot.services.payments.settlements import settle_orders
from bot.shop import Shop

log = structlog.get_logger(__name__)

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
        settled = await _settle_all(shop, waiting)
        passed += len(waiting)
    return settled


async def _settle_all(shop: Shop, order_ids: Collection[int]) -> int:
    waiting = iter(order_ids)
    settled = 0
    while some := list(islice(waiting, TOGETHER)):
        try:
            settled += await _settle(shop, some)
        except Exception:
            # One order that cannot be reckoned must not keep those beside it waiting.
            settled += sum([await _settle_alone(shop, order_id) for order_id in some])
    return settled


async def _settle(shop: Shop, order_ids: Collection[int]) -> int:
    async with shop.writing() as uow:
        # Never waiting for one order while others are locked, so that nobody can wait for us in turn.
        free = await uow.payments.lock_free(order_ids)
        await settle_orders(uow, free, now=shop.now())
    return len(free)


async def _settle_alone(shop: Shop, order_id: int) -> int:
    try:
        return await _settle(shop, [order_id])
    except Exception:
        log.exception("order_not_settled", order_id=order_id)
    return 0
