"""Proves every night that the books balance."""

from typing import Final

import structlog

from bot.bookkeeping import audit_books
from bot.shop import Shop

log = structlog.get_logger(__name__)

EVERY_SECONDS: Final = 3600
"""Once in each hour, so that one run falls into the hour of the night."""

_HOUR: Final = 3


async def audit_nightly(shop: Shop) -> bool:
    """Look at all the books if it is the hour for it (UTC); whether it was."""
    if shop.now().hour != _HOUR:
        return False
    async with shop.reading() as uow:
        audit = await audit_books(uow, now=shop.now())
    shop.on_audit(audit.count)
    for fault in audit.says:
        log.error("books_do_not_balance", fault=fault)
    log.info("books_audited", transactions=audit.transactions, faults=audit.count)
    return True
