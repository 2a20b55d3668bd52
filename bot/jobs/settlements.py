"""Reckons the money of orders about which something changed."""

from typing import Final

import structlog

from bot.services.payments.settlements import settle_orders
from bot.shop import Shop

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 200


async def settle_due(shop: Shop) -> int:
    """Reckon what is asked for, each order in its own transaction; returns how many."""
    async with shop.reading() as uow:
        order_ids = await uow.payments.list_to_settle(limit=MOST_AT_ONCE)
    settled = 0
    for order_id in order_ids:
        try:
            async with shop.writing() as uow:
                await settle_orders(uow, [order_id], now=shop.now())
        except Exception:
            # One order that cannot be reckoned must not keep the others waiting: it goes to the end.
            log.exception("order_not_settled", order_id=order_id)
            async with shop.writing() as uow:
                await uow.payments.settle_later([order_id], now=shop.now())
        else:
            settled += 1
    return settled
