"""What two groups' books have of what one sells for the other."""

from datetime import datetime
from functools import partial

from sqlalchemy import case, func, literal, or_, text, union_all
from sqlalchemy import select as core_select

from storage.models import (
    Account,
    CarriedOrder,
    CarriedPayment,
    Carrying,
    LedgerEntry,
    LedgerTransaction,
    Order,
)
from storage.repositories.ledger_checks.faults import LedgerCheck
from storage.repositories.ledger_checks.outline import Checks, LateChecks, Query, compared, postings, row
from storage.states import AccountKind, TransactionKind
from storage.tables import table


def _supply_posted() -> Query:
    """What the carrying group's book has of each order: what its goods cost, and its share of that."""
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    carried, carrying, order = table(CarriedOrder), table(Carrying), table(Order)
    posted = (
        core_select(
            transaction.c.order_id.label("order_id"),
            entry.c.currency.label("currency"),
            case((account.c.kind == AccountKind.SUPPLIES, entry.c.amount), else_=0).label("goods"),
            case((account.c.kind == AccountKind.SHARES, -entry.c.amount), else_=0).label("share"),
            literal(0).label("goods_amount"),
            literal(0).label("share_amount"),
        )
        .select_from(postings())
        .outerjoin(order, order.c.id == transaction.c.order_id)
        .outerjoin(carrying, carrying.c.pick_id == order.c.pick_id)
        .where(
            transaction.c.kind == TransactionKind.SUPPLY,
            transaction.c.group_id == func.coalesce(carrying.c.group_id, transaction.c.group_id),
        )
    )
    reckoned = core_select(
        carried.c.order_id,
        carried.c.currency,
        literal(0),
        literal(0),
        carried.c.goods_amount,
        carried.c.share_amount,
    )
    both = union_all(posted, reckoned).subquery("both")
    goods, share, goods_amount, share_amount = (
        func.sum(both.c[name]) for name in ("goods", "share", "goods_amount", "share_amount")
    )
    return (
        row(both.c.order_id, both.c.currency, goods - share, goods_amount - share_amount)
        .group_by(both.c.order_id, both.c.currency)
        .having(or_(goods != goods_amount, share != share_amount))
    )


def _mirrored(kind: TransactionKind, key: str) -> Query:
    """Of what two groups' books do not say the same: account by account they come to nothing together."""
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    total = func.sum(entry.c.amount)
    return (
        row(transaction.c[key], entry.c.currency, total, literal(0))
        .select_from(postings())
        .where(transaction.c.kind == kind)
        .group_by(transaction.c[key], account.c.kind, entry.c.currency)
        .having(total != 0)
    )


def _supply_elsewhere() -> Query:
    """Transactions between groups in the book of one that neither sold nor supplies what they are about."""
    transaction, order, payment = table(LedgerTransaction), table(Order), table(CarriedPayment)
    carrying = table(Carrying)
    two = carrying.c.group_id, carrying.c.supplier_id
    return (
        row(transaction.c.id)
        .outerjoin(order, order.c.id == transaction.c.order_id)
        .outerjoin(payment, payment.c.id == transaction.c.carried_payment_id)
        .outerjoin(carrying, carrying.c.pick_id == func.coalesce(order.c.pick_id, payment.c.pick_id))
        .where(
            transaction.c.kind.in_([TransactionKind.SUPPLY, TransactionKind.SUPPLY_PAID]),
            or_(carrying.c.pick_id.is_(None), transaction.c.group_id.not_in(two)),
        )
    )


def _supply_paid_posted() -> Query:
    """What the carrying group's book has of each payment between groups: as much as counts of it."""
    payment, carrying = table(CarriedPayment), table(Carrying)
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    posted = (
        core_select(
            transaction.c.carried_payment_id, entry.c.currency, func.sum(entry.c.amount).label("amount")
        )
        .select_from(postings())
        .join(payment, payment.c.id == transaction.c.carried_payment_id)
        .join(carrying, carrying.c.pick_id == payment.c.pick_id)
        .where(
            transaction.c.kind == TransactionKind.SUPPLY_PAID,
            transaction.c.group_id == carrying.c.group_id,
            account.c.kind == AccountKind.PARTNERS,
        )
        .group_by(transaction.c.carried_payment_id, entry.c.currency)
        .subquery("posted")
    )
    counts = case((payment.c.undone_at.is_(None), payment.c.amount), else_=0)
    return compared(payment, posted, posted.c.amount, counts)


def _supply_late(before: datetime) -> Query:
    carried = table(CarriedOrder)
    # In the words of the partial index, as above.
    return row(carried.c.order_id).where(text("carried_order.is_stale"), carried.c.stale_since < before)


CHECKS: Checks = {
    LedgerCheck.SUPPLY_POSTED: _supply_posted,
    LedgerCheck.SUPPLY_MIRRORED: partial(_mirrored, TransactionKind.SUPPLY, "order_id"),
    LedgerCheck.SUPPLY_ELSEWHERE: _supply_elsewhere,
    LedgerCheck.SUPPLY_PAID_POSTED: _supply_paid_posted,
    LedgerCheck.SUPPLY_PAID_MIRRORED: partial(_mirrored, TransactionKind.SUPPLY_PAID, "carried_payment_id"),
}
LATE_CHECKS: LateChecks = {LedgerCheck.SUPPLY_LATE: _supply_late}
