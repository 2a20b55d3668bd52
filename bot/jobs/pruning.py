"""Forgets what no longer serves anybody."""

from bot.rules.imports import STEP
from bot.shop import Shop


async def prune(shop: Shop) -> None:
    """Forget updates that cannot come again, and failures and drafts that nobody looked at in time."""
    now = shop.now()
    failed_before = now - shop.policy.failures_kept
    async with shop.writing() as uow:
        await uow.updates.prune(seen_before=now - shop.policy.updates_kept, dead_before=failed_before)
        await uow.outbox.prune(failed_before=failed_before)
        forgotten_before = now - shop.policy.drafts_kept
        await uow.drafts.prune(deleted_before=forgotten_before)
        await uow.imports.prune(step=STEP, touched_before=forgotten_before)
