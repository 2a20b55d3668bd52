"""Follows what groups stop selling for others: withdraws what is withdrawn, and tells whom it concerns."""

from typing import Final

import structlog

from bot.edit_errors import HandedOver, PickOver
from bot.jobs.alone import alone
from bot.services.carryings import end_missed, find_withdrawal, tell_of_end
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 20
"""So many a run, each in a transaction of its own: fifty groups at once would keep everybody waiting."""


async def follow_ends(shop: Shop) -> int:
    """See to what has ended, a portion at a time; returns how many picks that were."""
    async with shop.reading() as uow:
        missed = await uow.carryings.list_missed(now=shop.now(), limit=MOST_AT_ONCE)
        untold = await uow.carryings.list_untold(limit=MOST_AT_ONCE)
    for pick_id in missed:
        async with shop.writing() as uow:
            await end_missed(uow, pick_id, now=shop.now())
    followed = 0
    for pick_id in untold:
        with alone("carrying_not_followed", pick_id=pick_id):
            async with shop.writing() as uow:
                await _follow(uow, shop, pick_id)
            followed += 1
    return followed


async def _follow(uow: UnitOfWork, shop: Shop, pick_id: int) -> None:
    reason = await find_withdrawal(uow, pick_id)
    if reason is not None:
        try:
            await withdraw_pick(uow, pick_id, reason=reason, by_id=None, now=shop.now())
        except HandedOver:
            # What is in its buyers' hands stays theirs, and the rest is settled where it was sold.
            log.info("carried_pick_kept", pick_id=pick_id)
        except PickOver:
            log.info("carried_pick_over", pick_id=pick_id)
    await tell_of_end(uow, pick_id, now=shop.now())
