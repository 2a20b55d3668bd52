"""Notes that the bot runs: what happened while it did not is not known, and must not count as nothing."""

from datetime import timedelta
from typing import Final

from bot.shop import Shop

EVERY_SECONDS: Final = 60
MISSED_AFTER: Final = timedelta(minutes=3)
"""Who was not seen for so long was away."""


async def note_uptime(shop: Shop) -> None:
    """The bot runs now."""
    now = shop.now()
    async with shop.writing() as uow:
        await uow.activity.beat(now=now, since=now - MISSED_AFTER)
