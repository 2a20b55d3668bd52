"""What promotions, coupons and friends' credits count, against what was given by them."""

from sqlalchemy import ColumnElement, Table, case, func, literal, or_, union_all
from sqlalchemy import select as core_select

from storage.models import (
    Account,
    Coupon,
    FriendCredit,
    LedgerEntry,
    LedgerTransaction,
    Promotion,
    Redemption,
)
from storage.repositories.ledger_checks.faults import LedgerCheck
from storage.repositories.ledger_checks.outline import Checks, Query, postings, row
from storage.states import AccountKind, FriendCreditState, PromotionKind, TransactionKind
from storage.tables import table


def _promotion_spent() -> Query:
    """Promotions of which another sum is counted than orders have; friends' credits are no orders'."""
    promotion, redemption = table(Promotion), table(Redemption)
    given = func.coalesce(func.sum(redemption.c.amount), 0)
    query = _miscounted(promotion, "spent_amount", given, key="promotion_id", currency=promotion.c.currency)
    return query.where(promotion.c.kind != PromotionKind.FRIEND)


def _promotion_used() -> Query:
    promotion = table(Promotion)
    query = _miscounted(promotion, "used_count", func.count(), key="promotion_id")
    return query.where(promotion.c.kind != PromotionKind.FRIEND)


def _promotion_pieces() -> Query:
    redemption = table(Redemption)
    given = func.coalesce(func.sum(redemption.c.quantity), 0)
    return _miscounted(table(Promotion), "used_quantity", given, key="promotion_id")


def _coupon_used() -> Query:
    return _miscounted(table(Coupon), "used_count", func.count(), key="coupon_id")


def _miscounted(
    subject: Table,
    counter: str,
    given: ColumnElement[int],
    *,
    key: str,
    currency: ColumnElement[str] | None = None,
) -> Query:
    """Those that count something else than the redemptions which name them by this key."""
    redemption = table(Redemption)
    of_it = core_select(given).where(redemption.c[key] == subject.c.id).scalar_subquery()
    return row(subject.c.id, currency, subject.c[counter], of_it).where(subject.c[counter] != of_it)


def _friend_posted() -> Query:
    """What the ledger has of each friend's credit: of those that were given, once or twice the amount."""
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    credit = table(FriendCredit)
    is_given = credit.c.state == FriendCreditState.GIVEN
    posted = (
        core_select(
            transaction.c.order_id.label("order_id"),
            entry.c.currency.label("currency"),
            entry.c.amount.label("posted"),
            literal(0).label("least"),
            literal(0).label("most"),
        )
        .select_from(postings())
        .where(transaction.c.kind == TransactionKind.FRIEND_CREDIT, account.c.kind == AccountKind.PROMOTIONS)
    )
    given = core_select(
        credit.c.order_id,
        credit.c.currency,
        literal(0),
        case((is_given, credit.c.amount), else_=0),
        case((is_given, 2 * credit.c.amount), else_=0),
    )
    both = union_all(posted, given).subquery("both")
    found, least, most = (func.sum(both.c[name]) for name in ("posted", "least", "most"))
    return (
        row(both.c.order_id, both.c.currency, found, most)
        .group_by(both.c.order_id, both.c.currency)
        .having(or_(found < least, found > most))
    )


def _friends_counted() -> Query:
    """Promotions for friends of which more or less is counted than is given or set aside."""
    promotion, credit = table(Promotion), table(FriendCredit)
    is_given = credit.c.state == FriendCreditState.GIVEN
    of_it = (
        core_select(
            credit.c.promotion_id.label("promotion_id"),
            func.count().label("uses"),
            func.sum(case((is_given, credit.c.amount), else_=2 * credit.c.amount)).label("least"),
            func.sum(2 * credit.c.amount).label("most"),
        )
        .where(credit.c.state != FriendCreditState.VOID)
        .group_by(credit.c.promotion_id)
        .subquery("of_it")
    )
    uses, least, most = (func.coalesce(of_it.c[name], 0) for name in ("uses", "least", "most"))
    spent = promotion.c.spent_amount
    return (
        row(promotion.c.id, promotion.c.currency, spent, most)
        .outerjoin(of_it, of_it.c.promotion_id == promotion.c.id)
        .where(promotion.c.kind == PromotionKind.FRIEND)
        .where(or_(promotion.c.used_count != uses, spent < least, spent > most))
    )


CHECKS: Checks = {
    LedgerCheck.PROMOTION_SPENT: _promotion_spent,
    LedgerCheck.PROMOTION_USED: _promotion_used,
    LedgerCheck.PROMOTION_PIECES: _promotion_pieces,
    LedgerCheck.COUPON_USED: _coupon_used,
    LedgerCheck.FRIEND_POSTED: _friend_posted,
    LedgerCheck.FRIENDS_COUNTED: _friends_counted,
}
