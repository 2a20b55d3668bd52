"""Tells those who wished that it is on offer, a portion at a time, and lets old wishes go."""

import structlog

from bot.rules.notices import MOST_WAITING
from bot.services.wishes import answering
from bot.shop import Shop

log = structlog.get_logger(__name__)


async def tell_wishers(shop: Shop, *, most_waiting: int = MOST_WAITING) -> int:
    """Hand the next portion over, if a need was answered; returns how many people are told."""
    async with shop.reading() as uow:
        if not await answering.list_due(uow, now=shop.now()):
            return 0
    async with shop.writing() as uow:
        told = await answering.tell_wishers(uow, most_waiting=most_waiting, now=shop.now())
    if told:
        log.info("wishers_told", people=told)
    return told


async def expire_wishes(shop: Shop) -> int:
    """Let go of wishes whose time is over; returns how many."""
    async with shop.reading() as uow:
        if not await uow.wishes.list_expired(now=shop.now(), limit=1):
            return 0
    async with shop.writing() as uow:
        return await answering.expire_wishes(uow, now=shop.now())
