"""The ledger: transactions are posted whole, and balances are sums."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, insert, or_
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Account, LedgerEntry, LedgerTransaction
from storage.states import AccountKind, TransactionKind
from storage.tables import table, upsert

Entry = tuple[AccountKind, int | None, str, int]
"""An account's kind, its person (None: the group's own), its currency, and the amount: positive is debit."""


class Unbalanced(ValueError):
    """The entries of a transaction do not sum to zero in each currency."""


class AccountKey(NamedTuple):
    """What names an account."""

    group_id: int
    person_id: int | None
    kind: AccountKind
    currency: str


class LedgerRepository:
    """Accounts, transactions and their entries."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def post(
        self,
        kind: TransactionKind,
        entries: Sequence[Entry],
        *,
        group_id: int,
        now: datetime,
        order_id: int | None = None,
        payment_id: int | None = None,
        refund_id: int | None = None,
        by_id: int | None = None,
        note: str = "",
    ) -> int:
        """Write a transaction and return its key. Raises Unbalanced, and ValueError for no entries at all."""
        _check(entries)
        accounts = await self._accounts(
            [AccountKey(group_id, person_id, of, currency) for of, person_id, currency, _ in entries]
        )
        transaction = LedgerTransaction(
            kind=kind,
            group_id=group_id,
            order_id=order_id,
            payment_id=payment_id,
            refund_id=refund_id,
            by_id=by_id,
            note=note,
            posted_at=now,
        )
        self._session.add(transaction)
        await self._session.flush()
        assert transaction.id is not None
        rows = [
            {
                "transaction_id": transaction.id,
                "account_id": accounts[AccountKey(group_id, person_id, of, currency)],
                "amount": amount,
                "currency": currency,
            }
            for of, person_id, currency, amount in entries
        ]
        await (await self._session.connection()).execute(insert(table(LedgerEntry)), rows)
        return transaction.id

    async def balance(self, key: AccountKey, *, lock: bool = False) -> int:
        """The sum of an account's entries; locked, nobody else spends from it before the commit."""
        account, entry = table(Account), table(LedgerEntry)
        if lock:
            # The account must stand there to be locked.
            await self._accounts([key])
        found = core_select(account.c.id).where(_is(key))
        connection = await self._session.connection()
        # SQLite has one writer at a time anyway, and passes FOR UPDATE over.
        account_id = (await connection.execute(found.with_for_update() if lock else found)).scalar()
        if account_id is None:
            return 0
        total = core_select(func.coalesce(func.sum(entry.c.amount), 0)).where(
            entry.c.account_id == account_id
        )
        return int((await connection.execute(total)).scalar_one())

    async def balances(
        self, *, group_id: int | None = None, person_id: int | None = None
    ) -> dict[AccountKey, int]:
        """The balances of a group, of a person, or of one in the other; those at zero are left out."""
        account, entry = table(Account), table(LedgerEntry)
        total = func.sum(entry.c.amount)
        query = (
            core_select(account.c.group_id, account.c.person_id, account.c.kind, account.c.currency, total)
            .join(entry, entry.c.account_id == account.c.id)
            .group_by(account.c.id)
            .having(total != 0)
        )
        if group_id is not None:
            query = query.where(account.c.group_id == group_id)
        if person_id is not None:
            query = query.where(account.c.person_id == person_id)
        rows = await (await self._session.connection()).execute(query)
        return {AccountKey(*key): int(amount) for *key, amount in rows}

    async def charged(self, order_ids: Collection[int]) -> dict[int, int]:
        """What these orders were charged so far; those that were not are left out."""
        account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
        query = (
            core_select(transaction.c.order_id, func.sum(entry.c.amount))
            .join(entry, entry.c.transaction_id == transaction.c.id)
            .join(account, account.c.id == entry.c.account_id)
            .where(
                transaction.c.order_id.in_(order_ids),
                transaction.c.kind == TransactionKind.CHARGE,
                account.c.kind == AccountKind.MEMBER,
            )
            .group_by(transaction.c.order_id)
        )
        rows = await (await self._session.connection()).execute(query)
        return {order_id: int(amount) for order_id, amount in rows}

    async def _accounts(self, keys: Iterable[AccountKey]) -> dict[AccountKey, int]:
        # Sorted, so that two transactions that open the same accounts wait for one another in one order.
        wanted = sorted(set(keys), key=lambda key: (key.group_id, key.person_id or 0, key.kind, key.currency))
        rows = [key._asdict() for key in wanted]
        account = table(Account)
        connection = await self._session.connection()
        for row in rows:
            await connection.execute(upsert(self._session, Account).values(**row).on_conflict_do_nothing())
        columns = (account.c.group_id, account.c.person_id, account.c.kind, account.c.currency, account.c.id)
        found = await connection.execute(core_select(*columns).where(or_(*(_is(key) for key in wanted))))
        return {AccountKey(*key): account_id for *key, account_id in found}


def _check(entries: Sequence[Entry]) -> None:
    if not entries:
        raise ValueError("a transaction without entries")
    sums: dict[str, int] = defaultdict(int)
    for _, _, currency, amount in entries:
        sums[currency] += amount
    if any(sums.values()):
        raise Unbalanced(f"off by {dict(sums)}")


def _is(key: AccountKey) -> ColumnElement[bool]:
    account = table(Account)
    person = account.c.person_id
    return (
        (account.c.group_id == key.group_id)
        & (person.is_(None) if key.person_id is None else person == key.person_id)
        & (account.c.kind == key.kind)
        & (account.c.currency == key.currency)
    )
