"""What the books must keep to in themselves, whatever they are about."""

from functools import partial

from sqlalchemy import func, literal, or_
from sqlalchemy import select as core_select

from storage.models import Account, LedgerEntry, LedgerTransaction
from storage.repositories.ledger_checks.faults import LedgerCheck
from storage.repositories.ledger_checks.outline import Checks, Query, row
from storage.states import AccountKind
from storage.tables import table


def _whole_off() -> Query:
    entry = table(LedgerEntry)
    total = func.sum(entry.c.amount)
    return row(None, entry.c.currency, total, literal(0)).group_by(entry.c.currency).having(total != 0)


def _transaction_off() -> Query:
    entry = table(LedgerEntry)
    total = func.sum(entry.c.amount)
    return (
        row(entry.c.transaction_id, entry.c.currency, total, literal(0))
        .group_by(entry.c.transaction_id, entry.c.currency)
        .having(total != 0)
    )


def _transaction_empty() -> Query:
    entry, transaction = table(LedgerEntry), table(LedgerTransaction)
    of_it = core_select(entry.c.id).where(entry.c.transaction_id == transaction.c.id)
    return row(transaction.c.id).where(~of_it.exists())


def _entry_currency() -> Query:
    entry, account = table(LedgerEntry), table(Account)
    return (
        row(entry.c.id, entry.c.currency)
        .outerjoin(account, account.c.id == entry.c.account_id)
        .where(or_(account.c.id.is_(None), account.c.currency != entry.c.currency))
    )


def _entry_group() -> Query:
    entry, account, transaction = table(LedgerEntry), table(Account), table(LedgerTransaction)
    return (
        row(entry.c.id)
        .join(account, account.c.id == entry.c.account_id)
        .outerjoin(transaction, transaction.c.id == entry.c.transaction_id)
        .where(or_(transaction.c.id.is_(None), transaction.c.group_id != account.c.group_id))
    )


def _overdrawn(kind: AccountKind) -> Query:
    """What a person has of a group is never less than nothing; it is credit, so a debit is too much taken."""
    entry, account = table(LedgerEntry), table(Account)
    total = func.sum(entry.c.amount)
    return (
        row(account.c.id, account.c.currency, -total, literal(0))
        .join(entry, entry.c.account_id == account.c.id)
        .where(account.c.kind == kind)
        .group_by(account.c.id, account.c.currency)
        .having(total > 0)
    )


CHECKS: Checks = {
    LedgerCheck.WHOLE_OFF: _whole_off,
    LedgerCheck.TRANSACTION_OFF: _transaction_off,
    LedgerCheck.TRANSACTION_EMPTY: _transaction_empty,
    LedgerCheck.ENTRY_CURRENCY: _entry_currency,
    LedgerCheck.ENTRY_GROUP: _entry_group,
    LedgerCheck.CREDIT_OVERSPENT: partial(_overdrawn, AccountKind.CREDIT),
    LedgerCheck.REFUNDS_OVERDONE: partial(_overdrawn, AccountKind.REFUNDS),
}
