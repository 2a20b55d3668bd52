"""Looks for what must not be in the books: each check is one statement, however many rows there are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import LedgerTransaction
from storage.repositories.ledger_checks import (
    carried_orders,
    commissions,
    entries,
    orders,
    payments,
    promotions,
)
from storage.repositories.ledger_checks.faults import LedgerCheck, LedgerFault, LedgerFaults
from storage.repositories.ledger_checks.outline import Checks, LateChecks, Query
from storage.tables import table

_CHECKS: Checks = {
    **entries.CHECKS,
    **payments.CHECKS,
    **orders.CHECKS,
    **promotions.CHECKS,
    **commissions.CHECKS,
    **carried_orders.CHECKS,
}
_LATE_CHECKS: LateChecks = {**orders.LATE_CHECKS, **commissions.LATE_CHECKS, **carried_orders.LATE_CHECKS}


class LedgerCheckRepository:
    """Proofs that the ledger balances, and that it agrees with payments, refunds and orders."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def count_transactions(self) -> int:
        """How many transactions there are."""
        query = core_select(func.count()).select_from(table(LedgerTransaction))
        return int((await (await self._session.connection()).execute(query)).scalar_one())

    async def find_faults(self, *, late_before: datetime, limit: int) -> list[LedgerFaults]:
        """All that is wrong, each kind with so many examples; reckonings asked for before are late."""
        queries = _queries(late_before=late_before)
        found = [await self._run(check, queries[check], limit=limit) for check in LedgerCheck]
        return [faults for faults in found if faults.count]

    async def _run(self, check: LedgerCheck, query: Query, *, limit: int) -> LedgerFaults:
        rows = query.subquery()
        shown = core_select(rows, func.count().over()).order_by(rows.c.subject, rows.c.currency).limit(limit)
        found = list(await (await self._session.connection()).execute(shown))
        examples = [LedgerFault(row[0], row[1], _whole(row[2]), _whole(row[3])) for row in found]
        return LedgerFaults(check=check, count=found[0][4] if found else 0, examples=examples)


def _queries(*, late_before: datetime) -> Mapping[LedgerCheck, Query]:
    late = {check: query_for(late_before) for check, query_for in _LATE_CHECKS.items()}
    return {check: query_for() for check, query_for in _CHECKS.items()} | late


def _whole(figure: Any) -> int | None:
    return None if figure is None else int(figure)
