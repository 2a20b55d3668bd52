"""What the books have of commissions, against what has accrued."""

from datetime import datetime

from sqlalchemy import func, literal, text, union_all
from sqlalchemy import select as core_select

from storage.models import Account, Commission, LedgerEntry, LedgerTransaction
from storage.repositories.ledger_checks.faults import LedgerCheck
from storage.repositories.ledger_checks.outline import Checks, LateChecks, Query, postings, row
from storage.states import AccountKind, TransactionKind
from storage.tables import table


def _commission_posted() -> Query:
    """What the ledger has of each order for each of its earners: as much as has accrued to her."""
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    commission = table(Commission)
    posted = (
        core_select(
            transaction.c.order_id.label("order_id"),
            account.c.person_id.label("person_id"),
            entry.c.currency.label("currency"),
            (-entry.c.amount).label("posted"),
            literal(0).label("accrued"),
        )
        .select_from(postings())
        .where(transaction.c.kind == TransactionKind.COMMISSION, account.c.kind == AccountKind.EARNINGS)
    )
    accrued = core_select(
        commission.c.order_id,
        commission.c.earner_id,
        commission.c.currency,
        literal(0),
        commission.c.accrued_amount,
    )
    both = union_all(posted, accrued).subquery("both")
    found, expected = func.sum(both.c.posted), func.sum(both.c.accrued)
    return (
        row(both.c.order_id, both.c.currency, found, expected)
        .group_by(both.c.order_id, both.c.person_id, both.c.currency)
        .having(found != expected)
    )


def _commission_late(before: datetime) -> Query:
    commission = table(Commission)
    since = func.coalesce(commission.c.stale_since, commission.c.frozen_at)
    # In the words of the partial index: "is_stale = 1" would not use it.
    return row(commission.c.order_id).distinct().where(text("commission.is_stale"), since < before)


CHECKS: Checks = {LedgerCheck.COMMISSION_POSTED: _commission_posted}
LATE_CHECKS: LateChecks = {LedgerCheck.COMMISSION_LATE: _commission_late}
