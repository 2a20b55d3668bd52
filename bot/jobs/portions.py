"""Reckoning a list of orders in portions, none of which waits for what fails in another."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice
from typing import Protocol

from bot.jobs.alone import alone
from bot.shop import Shop
from storage.unit_of_work import UnitOfWork


class Reckon(Protocol):
    """Reckons locked orders; returns how many are."""

    async def __call__(self, uow: UnitOfWork, order_ids: Collection[int], /, *, now: datetime) -> int: ...


async def in_portions(
    shop: Shop, order_ids: Iterable[int], reckon: Reckon, *, together: int, failure: str
) -> int:
    """Reckon so many orders at a time, but for what somebody has locked; returns the sum of what was done.

    One order that cannot be reckoned keeps none beside it waiting: each is tried alone, and what fails is
    logged as this event.
    """
    waiting = iter(order_ids)
    done = 0
    while some := list(islice(waiting, together)):
        try:
            done += await _reckon(shop, some, reckon)
        except Exception:
            for order_id in some:
                with alone(failure, order_id=order_id):
                    done += await _reckon(shop, [order_id], reckon)
    return done


async def _reckon(shop: Shop, order_ids: Collection[int], reckon: Reckon) -> int:
    async with shop.writing() as uow:
        # Never waiting for one order while others are locked, so that nobody can wait for us in turn.
        free = await uow.payments.lock_free(order_ids)
        return await reckon(uow, free, now=shop.now())
