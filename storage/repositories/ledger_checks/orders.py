"""What orders were charged, against what they cost."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, union_all
from sqlalchemy import select as core_select

from storage.goodwill import given_by_word
from storage.models import (
    Account,
    Case,
    Group,
    LedgerEntry,
    LedgerTransaction,
    Offer,
    Order,
    OrderLine,
    PaymentWay,
    Pick,
    Redemption,
    Refund,
    Settlement,
)
from storage.repositories.ledger_checks.faults import LedgerCheck
from storage.repositories.ledger_checks.outline import Checks, LateChecks, Query, postings, row
from storage.states import AccountKind, FulfilmentState, OrderState, RefundReason, TransactionKind
from storage.tables import table


def _order_charged() -> Query:
    """Orders that were charged anything but what they cost; those in review or in the queue are left out."""
    order, pick, offer, group = table(Order), table(Pick), table(Offer), table(Group)
    charged, lines, goodwill, off = _charged(), _lines(), _goodwill(), _off()
    way, settlement = table(PaymentWay), table(Settlement)
    is_final = order.c.state.in_([OrderState.CONFIRMED, OrderState.COMPLETED])
    less = func.coalesce(goodwill.c.amount, 0) + func.coalesce(off.c.amount, 0)
    worth = lines.c.amount + order.c.fee_amount - less
    is_kept = order.c.fulfilment_state != FulfilmentState.RETURNED
    costs = case((and_(is_final, is_kept, lines.c.amount > 0, worth > 0), worth), else_=0)
    was_charged = func.coalesce(charged.c.amount, 0)
    takes = core_select(way.c.group_id).where(way.c.group_id == pick.c.group_id, way.c.is_active).exists()
    tracked = takes & ~func.coalesce(pick.c.closed_at < group.c.payments_since, False)
    waits = core_select(settlement.c.order_id).where(settlement.c.order_id == order.c.id).exists()
    return (
        row(order.c.id, offer.c.currency, was_charged, costs)
        .join(pick, pick.c.id == order.c.pick_id)
        .join(offer, offer.c.id == pick.c.offer_id)
        .join(group, group.c.id == pick.c.group_id)
        .outerjoin(charged, charged.c.order_id == order.c.id)
        .outerjoin(lines, lines.c.order_id == order.c.id)
        .outerjoin(goodwill, goodwill.c.order_id == order.c.id)
        .outerjoin(off, off.c.order_id == order.c.id)
        .where(
            was_charged != costs,
            order.c.state != OrderState.NEEDS_REVIEW,
            or_(charged.c.order_id.is_not(None), tracked),
            ~waits,
        )
    )


def _charged() -> Any:
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    return (
        core_select(transaction.c.order_id, func.sum(entry.c.amount).label("amount"))
        .select_from(postings())
        .where(transaction.c.kind == TransactionKind.CHARGE, account.c.kind == AccountKind.MEMBER)
        .group_by(transaction.c.order_id)
        .subquery("charged")
    )


def _lines() -> Any:
    line = table(OrderLine)
    worth = func.sum(line.c.quantity * line.c.unit_amount).label("amount")
    return core_select(line.c.order_id, worth).group_by(line.c.order_id).subquery("lines")


def _goodwill() -> Any:
    refund, settled = table(Refund), table(Case)
    owed = core_select(refund.c.order_id, refund.c.amount).where(refund.c.reason == RefundReason.GOODWILL)
    by_word = core_select(settled.c.order_id, settled.c.offered_amount).where(given_by_word())
    each = union_all(owed, by_word).subquery()
    amount = func.sum(each.c.amount).label("amount")
    return core_select(each.c.order_id, amount).group_by(each.c.order_id).subquery("goodwill")


def _off() -> Any:
    redemption = table(Redemption)
    return (
        core_select(redemption.c.order_id, func.sum(redemption.c.amount).label("amount"))
        .group_by(redemption.c.order_id)
        .subquery("off")
    )


def _settlement_late(before: datetime) -> Query:
    settlement = table(Settlement)
    return row(settlement.c.order_id).where(settlement.c.asked_at < before)


CHECKS: Checks = {LedgerCheck.ORDER_CHARGED: _order_charged}
LATE_CHECKS: LateChecks = {LedgerCheck.SETTLEMENT_LATE: _settlement_late}
