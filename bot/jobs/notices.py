"""Tells new picks to those who want to hear of them, a portion at a time and when they are awake."""

import structlog

from bot.rules.notices import MOST_WAITING
from bot.services.notices import look_around, tell_portion
from bot.shop import Shop

log = structlog.get_logger(__name__)


async def tell_new_picks(shop: Shop, *, most_waiting: int = MOST_WAITING) -> int:
    """Hand the next portion over, if there is room for one; returns how many people are told."""
    now = shop.now()
    # Looking through a large group takes a while: nobody shall wait for it who writes.
    async with shop.reading() as uow:
        found = await look_around(uow, most_waiting=most_waiting, now=now)
    if not (found.put_off or found.over or found.told):
        return 0
    async with shop.writing() as uow:
        told = await tell_portion(uow, found, now=now)
    if told:
        log.info("new_picks_told", people=told)
    return told
