"""The outline that all checks of the books share: what they find is a row, in the same four columns."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Join, Select, and_, func, null
from sqlalchemy import select as core_select

from storage.models import Account, LedgerEntry, LedgerTransaction
from storage.repositories.ledger_checks.faults import LedgerCheck
from storage.tables import table

Query = Select[Any]
Checks = Mapping[LedgerCheck, Callable[[], Query]]
LateChecks = Mapping[LedgerCheck, Callable[[datetime], Query]]
"""What has waited for its reckoning since before a moment."""


def row(subject: Any, currency: Any = None, found: Any = None, expected: Any = None) -> Query:
    """What a check finds: the key of its subject, and what was found in the place of what."""
    columns = subject, currency, found, expected
    names = "subject", "currency", "found", "expected"
    return core_select(
        *((null() if c is None else c).label(name) for c, name in zip(columns, names, strict=True))
    )


def postings() -> Join:
    """Every entry with its transaction and its account."""
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    return transaction.join(entry, entry.c.transaction_id == transaction.c.id).join(
        account, account.c.id == entry.c.account_id
    )


def compared(
    subject: FromClause, posted: FromClause, amount: ColumnElement[int], expected: ColumnElement[int]
) -> Query:
    """Subjects of which the ledger has something else than it should; what was posted begins with a key."""
    key = posted.c[0]
    found = func.coalesce(amount, 0)
    return (
        row(subject.c.id, subject.c.currency, found, expected)
        .outerjoin(posted, and_(key == subject.c.id, posted.c.currency == subject.c.currency))
        .where(found != expected)
    )
