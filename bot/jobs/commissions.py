"""Reckons what is earned by orders about which something changed, and releases what has fallen due."""

from collections.abc import Collection
from itertools import islice
from typing import Final

import structlog

from bot.services.commissions import reckon_commissions, release_due
from bot.shop import Shop

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 2_000
TOGETHER: Final = 50
"""So many orders share a transaction: a pick of thousands closes at once, and others want to write, too."""


async def reckon_stale(shop: Shop) -> int:
    """Reckon what is earned by changed orders, but for what somebody has locked; returns how many orders."""
    async with shop.reading() as uow:
        waiting = iter(await uow.reckonings.list_stale(limit=MOST_AT_ONCE))
    reckoned = 0
    while some := list(islice(waiting, TOGETHER)):
        try:
            reckoned += await _reckon(shop, some)
        except Exception:
            # One order that cannot be reckoned must not keep those beside it waiting.
            reckoned += sum([await _reckon_alone(shop, order_id) for order_id in some])
    return reckoned


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


async def _reckon(shop: Shop, order_ids: Collection[int]) -> int:
    async with shop.writing() as uow:
        # Never waiting for one order while others are locked, so that nobody can wait for us in turn.
        free = await uow.payments.lock_free(order_ids)
        return await reckon_commissions(uow, free, now=shop.now())


async def _reckon_alone(shop: Shop, order_id: int) -> int:
    try:
        return await _reckon(shop, [order_id])
    except Exception:
        log.exception("commission_not_reckoned", order_id=order_id)
    return 0
