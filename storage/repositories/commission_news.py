"""What has changed of somebody's earnings since she was told last."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Account, Commission, Group, LedgerEntry, LedgerTransaction
from storage.states import AccountKind, CommissionState, TransactionKind
from storage.tables import table


class EarningNews(NamedTuple):
    """What changed of somebody's earnings in one group, in minor units of one currency."""

    group_id: int
    group_title: str
    currency: str
    #: What accrued, and by how many orders.
    gained_amount: int
    gained_orders: int
    #: What was taken back.
    lost_amount: int
    #: What fell due.
    released_amount: int


class CommissionNewsRepository:
    """Earnings as far as there is something new about them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def news(self, person_id: int, *, since: datetime) -> list[EarningNews]:
        """What has changed of somebody's earnings since then, by group and currency."""
        posted = {(row[0], row[2]): row for row in await self._run(_posted(person_id, since))}
        released = {(row[0], row[2]): row for row in await self._run(_released(person_id, since))}
        found = []
        for key in sorted(posted.keys() | released.keys()):
            change, due = posted.get(key), released.get(key)
            gained, orders, lost = map(int, change[3:]) if change else (0, 0, 0)
            title = (change or due or [0, ""])[1]
            fell_due = int(due[3]) if due else 0
            found.append(EarningNews(key[0], title, key[1], gained, orders, lost, fell_due))
        return found

    async def _run(self, query: Select[Any]) -> Any:
        return await (await self._session.connection()).execute(query)


def _posted(person_id: int, since: datetime) -> Select[Any]:
    """What the ledger has of it: earnings are credit, so what was gained is below zero there."""
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    group = table(Group)
    of_order = (
        core_select(account.c.group_id, account.c.currency, func.sum(-entry.c.amount).label("amount"))
        .join(entry, entry.c.account_id == account.c.id)
        .join(transaction, transaction.c.id == entry.c.transaction_id)
        .where(account.c.person_id == person_id, account.c.kind == AccountKind.EARNINGS)
        .where(transaction.c.kind == TransactionKind.COMMISSION, transaction.c.posted_at >= since)
        .group_by(account.c.group_id, account.c.currency, transaction.c.order_id)
        .subquery()
    )
    amount = of_order.c.amount
    return (
        core_select(
            group.c.id,
            group.c.title,
            of_order.c.currency,
            func.sum(case((amount > 0, amount), else_=0)),
            func.sum(case((amount > 0, 1), else_=0)),
            func.sum(case((amount < 0, -amount), else_=0)),
        )
        .join(group, group.c.id == of_order.c.group_id)
        .where(amount != 0)
        .group_by(group.c.id, group.c.title, of_order.c.currency)
    )


def _released(person_id: int, since: datetime) -> Select[Any]:
    commission, group = table(Commission), table(Group)
    return (
        core_select(group.c.id, group.c.title, commission.c.currency, func.sum(commission.c.accrued_amount))
        .join(group, group.c.id == commission.c.group_id)
        .where(commission.c.earner_id == person_id, commission.c.released_at >= since)
        .where(commission.c.state == CommissionState.DUE, commission.c.accrued_amount > 0)
        .group_by(group.c.id, group.c.title, commission.c.currency)
    )
