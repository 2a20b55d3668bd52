"""Forgets what no longer serves anybody."""

from dataclasses import fields
from typing import Final

from bot.rules.imports import STEP
from bot.shop import Shop

MOST_AT_ONCE: Final = 1000
"""Of each table: the rest has time until the next run."""


async def prune(shop: Shop) -> None:
    """Forget updates that cannot come again, what nobody looked at in time, and what was kept long enough."""
    now = shop.now()
    failed_before = now - shop.policy.failures_kept
    ages = {of.name: getattr(shop.policy.kept, of.name) for of in fields(shop.policy.kept)}
    before = {name: now - age for name, age in ages.items() if age is not None}
    async with shop.reading() as uow:
        # Found beside those who write: looking takes longer than deleting.
        outlived = await uow.retention.list_outlived(before, limit=MOST_AT_ONCE)
    async with shop.writing() as uow:
        await uow.updates.prune(seen_before=now - shop.policy.updates_kept, dead_before=failed_before)
        await uow.outbox.prune(failed_before=failed_before)
        forgotten_before = now - shop.policy.drafts_kept
        await uow.drafts.prune(deleted_before=forgotten_before)
        await uow.imports.prune(step=STEP, touched_before=forgotten_before)
        await uow.retention.drop(outlived)
    shop.is_log_stale = True
