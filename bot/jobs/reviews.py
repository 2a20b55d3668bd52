"""Asks buyers how it was, a week after they got their goods."""

from typing import Final

import structlog

from bot.services.reviews import ask_due
from bot.shop import Shop
from storage.repositories.reviews import AskKey

log = structlog.get_logger(__name__)

EVERY_SECONDS: Final = 300
TOGETHER: Final = 200
"""So many orders share a transaction."""


async def ask_for_reviews(shop: Shop) -> int:
    """Ask whoever is due; returns how many people were asked."""
    asked = 0
    after: AskKey | None = None
    while True:
        async with shop.writing() as uow:
            people, after = await ask_due(uow, now=shop.now(), limit=TOGETHER, after=after)
        asked += people
        if after is None:
            break
    if asked:
        log.info("reviews_asked", count=asked)
    return asked
