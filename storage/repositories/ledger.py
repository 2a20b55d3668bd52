"""The ledger: transactions are posted whole, and balances are sums."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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

OF_PERSONS = (AccountKind.MEMBER, AccountKind.CREDIT, AccountKind.REFUNDS, AccountKind.EARNINGS)
"""The kinds of which each person in a group has her own; of the others the group has one."""


_OWN = tuple(kind for kind in AccountKind if kind not in OF_PERSONS)


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
        payout_id: int | None = None,
        carried_payment_id: int | None = None,
        by_id: int | None = None,
        note: str = "",
    ) -> int:
        """Write a transaction and return its key.

        Raises Unbalanced; ValueError for no entries at all, or an account that is not of that kind's owner.
        """
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
            payout_id=payout_id,
            carried_payment_id=carried_payment_id,
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

    async def post_all(
        self,
        kind: TransactionKind,
        facts: Mapping[int, Sequence[Entry]],
        *,
        group_id: int,
        now: datetime,
    ) -> None:
        """Write one transaction for each of these orders of a group, as `post` does, in few statements.

        Raises Unbalanced; ValueError as `post` does.
        """
        if not facts:
            return
        for entries in facts.values():
            _check(entries)
        accounts = await self._accounts(
            AccountKey(group_id, person_id, of, currency)
            for entries in facts.values()
            for of, person_id, currency, _ in entries
        )
        shared = {"kind": kind, "group_id": group_id, "note": "", "posted_at": now}
        transaction = table(LedgerTransaction)
        statement = insert(transaction).returning(transaction.c.order_id, transaction.c.id)
        connection = await self._session.connection()
        written = await connection.execute(
            statement, [{**shared, "order_id": order_id} for order_id in sorted(facts)]
        )
        rows = [
            {
                "transaction_id": transaction_id,
                "account_id": accounts[AccountKey(group_id, person_id, of, currency)],
                "amount": amount,
                "currency": currency,
            }
            for order_id, transaction_id in written.all()
            for of, person_id, currency, amount in facts[order_id]
        ]
        await connection.execute(insert(table(LedgerEntry)), rows)

    async def lock(self, keys: Iterable[AccountKey]) -> None:
        """Nobody else who locks these accounts spends from them, or adds to them, before the commit."""
        account = table(Account)
        opened = await self._accounts(keys)
        query = core_select(account.c.id).where(account.c.id.in_(sorted(opened.values())))
        # Not the keys, which every entry on the accounts holds.
        await (await self._session.connection()).execute(
            query.order_by(account.c.id).with_for_update(key_share=True)
        )

    async def balance(self, key: AccountKey, *, lock: bool = False) -> int:
        """The sum of an account's entries; locked, nobody else spends from it before the commit."""
        account, entry = table(Account), table(LedgerEntry)
        if lock:
            # The account must stand there to be locked.
            await self._accounts([key])
        found = core_select(account.c.id).where(_is(key))
        connection = await self._session.connection()
        # Not the key, which every entry on the account holds. SQLite has one writer at a time anyway.
        locked = found.with_for_update(key_share=True)
        account_id = (await connection.execute(locked if lock else found)).scalar()
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
        wanted = set(keys)
        found = await self._find_accounts(wanted)
        missing = wanted - found.keys()
        if missing:
            await self._open(missing)
            found |= await self._find_accounts(missing)
        return found

    async def _find_accounts(self, keys: Collection[AccountKey]) -> dict[AccountKey, int]:
        account = table(Account)
        columns = (account.c.group_id, account.c.person_id, account.c.kind, account.c.currency, account.c.id)
        alike: dict[tuple[int, AccountKind, str], list[AccountKey]] = defaultdict(list)
        for key in keys:
            alike[key.group_id, key.kind, key.currency].append(key)
        query = core_select(*columns).where(or_(*(_are(some) for some in alike.values())))
        rows = await (await self._session.connection()).execute(query)
        return {AccountKey(*key): account_id for *key, account_id in rows}

    async def _open(self, keys: Collection[AccountKey]) -> None:
        # All of a group's own accounts at once, and sorted: two transactions that each open some of them, in
        # whatever order, would wait for one another.
        own = {key._replace(kind=kind) for key in keys if key.person_id is None for kind in _OWN}
        wanted = sorted(
            {*keys, *own}, key=lambda key: (key.group_id, key.person_id or 0, key.kind, key.currency)
        )
        statement = upsert(self._session, Account).on_conflict_do_nothing()
        await (await self._session.connection()).execute(statement, [key._asdict() for key in wanted])


def _check(entries: Sequence[Entry]) -> None:
    if not entries:
        raise ValueError("a transaction without entries")
    for kind, person_id, _, _ in entries:
        if (kind in OF_PERSONS) != (person_id is not None):
            raise ValueError(f"an account {kind} of {person_id}")
    sums: dict[str, int] = defaultdict(int)
    for _, _, currency, amount in entries:
        sums[currency] += amount
    if any(sums.values()):
        raise Unbalanced(f"off by {dict(sums)}")


def _are(keys: Sequence[AccountKey]) -> ColumnElement[bool]:
    """Accounts of one group, kind and currency, which are all its own or all somebody's."""
    if keys[0].person_id is None:
        return _is(keys[0])
    account = table(Account)
    people = [key.person_id for key in keys]
    return (
        (account.c.group_id == keys[0].group_id)
        & account.c.person_id.in_(people)
        & (account.c.kind == keys[0].kind)
        & (account.c.currency == keys[0].currency)
    )


def _is(key: AccountKey) -> ColumnElement[bool]:
    account = table(Account)
    person = account.c.person_id
    return (
        (account.c.group_id == key.group_id)
        & (person.is_(None) if key.person_id is None else person == key.person_id)
        & (account.c.kind == key.kind)
        & (account.c.currency == key.currency)
    )
