"""Cases whose time is over go on by themselves."""

from typing import Final

import structlog

from bot.services.cases.settling import time_is_over
from bot.services.cases.telling import tell_sides
from bot.shop import Shop
from storage.states import CaseLevel, CaseStage

log = structlog.get_logger(__name__)

_AT_ONCE: Final = 100


async def escalate_overdue(shop: Shop) -> int:
    """Where nobody answered in time whoever is next has to, and offers that lapsed are closed; how many."""
    async with shop.reading() as uow:
        due = await uow.case_lists.list_due(now=shop.now(), limit=_AT_ONCE)
    moved = 0
    for case_id in due:
        async with shop.writing() as uow:
            seen = await time_is_over(uow, case_id, now=shop.now())
            if seen is None:
                continue
            await tell_sides(uow, case_id, but_id=None, admin_ids=shop.admin_ids, now=shop.now())
        moved += 1
        if seen.stage is CaseStage.OPEN and seen.level is CaseLevel.ADMIN:
            log.warning("case_waits_for_admin", case_id=case_id, group_id=seen.group_id)
    return moved
