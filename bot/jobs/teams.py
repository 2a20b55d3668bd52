"""Settles teams whose time is over."""

from typing import Final

import structlog

from bot.jobs.alone import alone
from bot.services.teams import expire_team
from bot.shop import Shop

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 100


async def expire_due(shop: Shop) -> int:
    """Settle what is due, each team in its own transaction; returns how many."""
    async with shop.reading() as uow:
        team_ids = await uow.teams.list_due(now=shop.now(), limit=MOST_AT_ONCE)
    settled = 0
    for team_id in team_ids:
        with alone("team_not_settled", team_id=team_id):
            async with shop.writing() as uow:
                settled += await expire_team(uow, team_id, now=shop.now())
            log.info("team_settled", team_id=team_id)
    return settled
