"""What the books have of payments, refunds and payouts, against what came of each."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlalchemy import select as core_select

from storage.models import Account, Group, LedgerEntry, LedgerTransaction, Payment, Payout, Refund
from storage.repositories.ledger_checks.faults import LedgerCheck
from storage.repositories.ledger_checks.outline import Checks, Query, compared, postings, row
from storage.states import AccountKind, PaymentStage, PayoutStage, RefundStage, TransactionKind
from storage.tables import table


def _payment_posted() -> Query:
    """What the ledger has of each payment, in however many transactions: as much as came in, or nothing."""
    payment = table(Payment)
    is_in = and_(payment.c.stage == PaymentStage.RECEIVED, payment.c.group_id.is_not(None))
    kinds = TransactionKind.PAYMENT, TransactionKind.CORRECTION
    of_it = _posted("payment_id", kinds, (AccountKind.MEMBER, AccountKind.UNCLEAR))
    return compared(payment, of_it, -of_it.c.amount, case((is_in, payment.c.amount), else_=0))


def _refund_owed() -> Query:
    refund = table(Refund)
    of_it = _posted("refund_id", (TransactionKind.REFUND_DUE,), (AccountKind.REFUNDS,))
    owed = case((refund.c.group_id.is_not(None), refund.c.amount), else_=0)
    return compared(refund, of_it, -of_it.c.amount, owed)


def _refund_done() -> Query:
    refund = table(Refund)
    kinds = TransactionKind.REFUND, TransactionKind.CORRECTION
    of_it = _posted("refund_id", kinds, (AccountKind.REFUNDS,))
    is_done = and_(refund.c.stage == RefundStage.DONE, refund.c.group_id.is_not(None))
    return compared(refund, of_it, of_it.c.amount, case((is_done, refund.c.amount), else_=0))


def _payout_posted() -> Query:
    """What the ledger has of each payout, in however many transactions: as much as was paid, or nothing."""
    payout = table(Payout)
    kinds = TransactionKind.PAYOUT, TransactionKind.CORRECTION
    of_it = _posted("payout_id", kinds, (AccountKind.EARNINGS,))
    expected = case((payout.c.stage == PayoutStage.PAID, payout.c.amount), else_=0)
    return compared(payout, of_it, of_it.c.amount, expected)


def _posted(key: str, kinds: Collection[TransactionKind], accounts: Collection[AccountKind]) -> Any:
    """What was posted about each payment or refund on such accounts, by currency."""
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    query = (
        core_select(transaction.c[key], entry.c.currency, func.sum(entry.c.amount).label("amount"))
        .select_from(postings())
        .where(transaction.c.kind.in_(kinds), account.c.kind.in_(accounts), transaction.c[key].is_not(None))
        .group_by(transaction.c[key], entry.c.currency)
    )
    if key == "payment_id":
        # What goes back names the payment, too.
        query = query.where(transaction.c.refund_id.is_(None))
    return query.subquery("posted")


def _nothing_behind() -> Query:
    """Transactions that must be of a payment, a refund or a payout, and are of none that there is."""
    transaction, payment, refund = table(LedgerTransaction), table(Payment), table(Refund)
    payout = table(Payout)
    kind = transaction.c.kind
    of_refund = kind.in_([TransactionKind.REFUND, TransactionKind.REFUND_DUE])
    return (
        row(transaction.c.id)
        .outerjoin(payment, payment.c.id == transaction.c.payment_id)
        .outerjoin(refund, refund.c.id == transaction.c.refund_id)
        .outerjoin(payout, payout.c.id == transaction.c.payout_id)
        .where(
            or_(
                and_(kind == TransactionKind.PAYOUT, payout.c.id.is_(None)),
                and_(kind == TransactionKind.PAYMENT, payment.c.id.is_(None)),
                and_(of_refund, refund.c.id.is_(None)),
            )
        )
    )


def _receipts_numbered() -> Query:
    payment, group = table(Payment), table(Group)
    issued = func.count(payment.c.receipt_number)
    last = func.coalesce(func.max(payment.c.receipt_number), 0)
    return (
        row(group.c.id, None, issued, group.c.next_receipt_number - 1)
        .outerjoin(payment, payment.c.group_id == group.c.id)
        .group_by(group.c.id, group.c.next_receipt_number)
        .having(or_(issued != group.c.next_receipt_number - 1, last != group.c.next_receipt_number - 1))
    )


CHECKS: Checks = {
    LedgerCheck.PAYMENT_POSTED: _payment_posted,
    LedgerCheck.REFUND_OWED: _refund_owed,
    LedgerCheck.REFUND_DONE: _refund_done,
    LedgerCheck.PAYOUT_POSTED: _payout_posted,
    LedgerCheck.NOTHING_BEHIND: _nothing_behind,
    LedgerCheck.RECEIPTS_NUMBERED: _receipts_numbered,
}
