"""Forgets what no longer serves anybody."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Final

from bot.rules.imports import STEP
from bot.shop import Shop

MOST_AT_ONCE: Final = 1000
"""Of each table in one transaction, so that whoever orders waits for milliseconds."""

_PORTIONS: Final = 24
"""So many in one run: half a million rows of each table a day."""


async def prune(shop: Shop) -> None:
    """Forget updates that cannot come again, what nobody looked at in time, and what was kept long enough."""
    now = shop.now()
    failed_before = now - shop.policy.failures_kept
    async with shop.writing() as uow:
        await uow.updates.prune(seen_before=now - shop.policy.updates_kept, dead_before=failed_before)
        await uow.outbox.prune(failed_before=failed_before)
        forgotten_before = now - shop.policy.drafts_kept
        await uow.drafts.prune(deleted_before=forgotten_before)
        await uow.imports.prune(step=STEP, touched_before=forgotten_before)
    ages = {of.name: getattr(shop.policy.kept, of.name) for of in fields(shop.policy.kept)}
    before = {name: now - age for name, age in ages.items() if age is not None}
    for _ in range(_PORTIONS):
        if not await _let_go(shop, before):
            break
    shop.is_log_stale = True


async def _let_go(shop: Shop, before: Mapping[str, datetime]) -> bool:
    """Let a portion go of what was kept long enough; says whether there may be more."""
    async with shop.reading() as uow:
        # Found beside those who write: looking takes longer than deleting.
        outlived = await uow.retention.list_outlived(before, limit=MOST_AT_ONCE)
    if outlived:
        async with shop.writing() as uow:
            await uow.retention.drop(outlived)
    return any(len(one.keys) == MOST_AT_ONCE for one in outlived)
