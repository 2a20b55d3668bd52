"""Opens picks whose time has come."""

from typing import Final

import structlog

from bot.jobs.alone import alone
from bot.services.picks import open_pick
from bot.shop import Shop

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 100


async def open_due(shop: Shop) -> int:
    """Open what is due, each pick in its own transaction; returns how many.

    What belongs to a group that the bot is not in waits until it is there again.
    """
    async with shop.reading() as uow:
        pick_ids = await uow.posts.list_opening(now=shop.now(), limit=MOST_AT_ONCE)
    opened = 0
    for pick_id in pick_ids:
        with alone("pick_not_opened", pick_id=pick_id):
            async with shop.writing() as uow:
                is_open = await open_pick(uow, pick_id, now=shop.now())
            opened += is_open
            log.info("pick_opened" if is_open else "pick_put_off", pick_id=pick_id)
    return opened
