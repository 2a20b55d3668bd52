"""Closes picks whose deadline has come."""

from typing import Final

import structlog

from bot.errors import PickClosed
from bot.jobs.alone import alone
from bot.recall_errors import StoppedOpen
from bot.services.closing import close_pick
from bot.services.teams import settle_teams
from bot.shop import Shop
from bot.supplying import lock_offer
from storage.states import CarryingEnd
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 100


async def close_due(shop: Shop) -> int:
    """Close what is due, each pick in its own transaction; returns how many."""
    async with shop.reading() as uow:
        pick_ids = await uow.picks.list_due(now=shop.now(), limit=MOST_AT_ONCE)
    closed = 0
    for pick_id in pick_ids:
        with alone("pick_not_closed", pick_id=pick_id):
            closed += await _close(shop, pick_id)
    return closed


async def _close(shop: Shop, pick_id: int) -> bool:
    try:
        async with shop.writing() as uow:
            now = shop.now()
            # One alone, and then the others: that would stand in the way of orders.
            pick = (await lock_offer(uow, pick_id))[pick_id].pick
            if pick.closes_at > now:
                # Its curator has extended it since the list was read.
                return False
            if pick.is_carried and await _goes(uow, pick_id):
                return False
            await settle_teams(uow, pick_id, now=now)
            await close_pick(uow, pick_id, now=now)
    except (PickClosed, StoppedOpen):
        return False
    log.info("pick_closed", pick_id=pick_id)
    return True


async def _goes(uow: UnitOfWork, pick_id: int) -> bool:
    """Whether its supplier withdrew it: then nobody is to read before that her order is confirmed."""
    supply = await uow.carryings.find_supply(pick_id)
    return supply is not None and supply.end_reason is CarryingEnd.WITHDRAWN
