"""Looks for what must not be in the books: each check is one statement, however many rows there are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, or_, text, union_all
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.goodwill import given_by_word
from storage.models import (
    Account,
    CarriedOrder,
    CarriedPayment,
    Carrying,
    Case,
    Commission,
    Coupon,
    FriendCredit,
    Group,
    LedgerEntry,
    LedgerTransaction,
    Offer,
    Order,
    OrderLine,
    Payment,
    PaymentWay,
    Payout,
    Pick,
    Promotion,
    Redemption,
    Refund,
    Settlement,
)
from storage.states import (
    AccountKind,
    FriendCreditState,
    OrderState,
    PaymentStage,
    PayoutStage,
    PromotionKind,
    RefundReason,
    RefundStage,
    TransactionKind,
)
from storage.tables import table

Query = Select[Any]


class LedgerCheck(StrEnum):
    """What can be wrong with the books."""

    WHOLE_OFF = "whole_off"
    TRANSACTION_OFF = "transaction_off"
    TRANSACTION_EMPTY = "transaction_empty"
    ENTRY_CURRENCY = "entry_currency"
    ENTRY_GROUP = "entry_group"
    CREDIT_OVERSPENT = "credit_overspent"
    REFUNDS_OVERDONE = "refunds_overdone"
    PAYMENT_POSTED = "payment_posted"
    REFUND_OWED = "refund_owed"
    REFUND_DONE = "refund_done"
    NOTHING_BEHIND = "nothing_behind"
    ORDER_CHARGED = "order_charged"
    PROMOTION_SPENT = "promotion_spent"
    PROMOTION_USED = "promotion_used"
    PROMOTION_PIECES = "promotion_pieces"
    COUPON_USED = "coupon_used"
    FRIEND_POSTED = "friend_posted"
    FRIENDS_COUNTED = "friends_counted"
    COMMISSION_POSTED = "commission_posted"
    PAYOUT_POSTED = "payout_posted"
    RECEIPTS_NUMBERED = "receipts_numbered"
    SETTLEMENT_LATE = "settlement_late"
    COMMISSION_LATE = "commission_late"
    SUPPLY_POSTED = "supply_posted"
    SUPPLY_MIRRORED = "supply_mirrored"
    SUPPLY_ELSEWHERE = "supply_elsewhere"
    SUPPLY_PAID_POSTED = "supply_paid_posted"
    SUPPLY_PAID_MIRRORED = "supply_paid_mirrored"
    SUPPLY_LATE = "supply_late"


class LedgerFault(NamedTuple):
    """One row that a check found: its key, and what was found in the place of what, in minor units."""

    subject_id: int | None
    #: Without one, the figures count something.
    currency: str | None
    found: int | None
    expected: int | None


@dataclass(frozen=True, kw_only=True)
class LedgerFaults:
    """What one check found: how many rows, and the first of them."""

    check: LedgerCheck
    count: int
    examples: Sequence[LedgerFault]


class LedgerCheckRepository:
    """Proofs that the ledger balances, and that it agrees with payments, refunds and orders."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def count_transactions(self) -> int:
        """How many transactions there are."""
        query = core_select(func.count()).select_from(table(LedgerTransaction))
        return int((await (await self._session.connection()).execute(query)).scalar_one())

    async def find_faults(self, *, late_before: datetime, limit: int) -> list[LedgerFaults]:
        """All that is wrong, each kind with so many examples; reckonings asked for before are late."""
        queries: Mapping[LedgerCheck, Query] = {
            **_QUERIES,
            LedgerCheck.SETTLEMENT_LATE: _late(late_before),
            LedgerCheck.COMMISSION_LATE: _commission_late(late_before),
            LedgerCheck.SUPPLY_LATE: _supply_late(late_before),
        }
        found = [await self._run(check, queries[check], limit=limit) for check in LedgerCheck]
        return [faults for faults in found if faults.count]

    async def _run(self, check: LedgerCheck, query: Query, *, limit: int) -> LedgerFaults:
        rows = query.subquery()
        shown = core_select(rows, func.count().over()).order_by(rows.c.subject, rows.c.currency).limit(limit)
        found = list(await (await self._session.connection()).execute(shown))
        examples = [LedgerFault(row[0], row[1], _whole(row[2]), _whole(row[3])) for row in found]
        return LedgerFaults(check=check, count=found[0][4] if found else 0, examples=examples)


def _whole(figure: Any) -> int | None:
    return None if figure is None else int(figure)


def _row(subject: Any, currency: Any = None, found: Any = None, expected: Any = None) -> Query:
    columns = subject, currency, found, expected
    names = "subject", "currency", "found", "expected"
    return core_select(
        *((null() if c is None else c).label(name) for c, name in zip(columns, names, strict=True))
    )


def _whole_off() -> Query:
    entry = table(LedgerEntry)
    total = func.sum(entry.c.amount)
    return _row(None, entry.c.currency, total, literal(0)).group_by(entry.c.currency).having(total != 0)


def _transaction_off() -> Query:
    entry = table(LedgerEntry)
    total = func.sum(entry.c.amount)
    return (
        _row(entry.c.transaction_id, entry.c.currency, total, literal(0))
        .group_by(entry.c.transaction_id, entry.c.currency)
        .having(total != 0)
    )


def _transaction_empty() -> Query:
    entry, transaction = table(LedgerEntry), table(LedgerTransaction)
    of_it = core_select(entry.c.id).where(entry.c.transaction_id == transaction.c.id)
    return _row(transaction.c.id).where(~of_it.exists())


def _entry_currency() -> Query:
    entry, account = table(LedgerEntry), table(Account)
    return (
        _row(entry.c.id, entry.c.currency)
        .outerjoin(account, account.c.id == entry.c.account_id)
        .where(or_(account.c.id.is_(None), account.c.currency != entry.c.currency))
    )


def _entry_group() -> Query:
    entry, account, transaction = table(LedgerEntry), table(Account), table(LedgerTransaction)
    return (
        _row(entry.c.id)
        .join(account, account.c.id == entry.c.account_id)
        .outerjoin(transaction, transaction.c.id == entry.c.transaction_id)
        .where(or_(transaction.c.id.is_(None), transaction.c.group_id != account.c.group_id))
    )


def _overdrawn(kind: AccountKind) -> Query:
    """What a person has of a group is never less than nothing; it is credit, so a debit is too much taken."""
    entry, account = table(LedgerEntry), table(Account)
    total = func.sum(entry.c.amount)
    return (
        _row(account.c.id, account.c.currency, -total, literal(0))
        .join(entry, entry.c.account_id == account.c.id)
        .where(account.c.kind == kind)
        .group_by(account.c.id, account.c.currency)
        .having(total > 0)
    )


def _payment_posted() -> Query:
    """What the ledger has of each payment, in however many transactions: as much as came in, or nothing."""
    payment = table(Payment)
    is_in = and_(payment.c.stage == PaymentStage.RECEIVED, payment.c.group_id.is_not(None))
    kinds = TransactionKind.PAYMENT, TransactionKind.CORRECTION
    of_it = _posted("payment_id", kinds, (AccountKind.MEMBER, AccountKind.UNCLEAR))
    return _compared(payment, of_it, -of_it.c.amount, case((is_in, payment.c.amount), else_=0))


def _refund_owed() -> Query:
    refund = table(Refund)
    of_it = _posted("refund_id", (TransactionKind.REFUND_DUE,), (AccountKind.REFUNDS,))
    owed = case((refund.c.group_id.is_not(None), refund.c.amount), else_=0)
    return _compared(refund, of_it, -of_it.c.amount, owed)


def _refund_done() -> Query:
    refund = table(Refund)
    kinds = TransactionKind.REFUND, TransactionKind.CORRECTION
    of_it = _posted("refund_id", kinds, (AccountKind.REFUNDS,))
    is_done = and_(refund.c.stage == RefundStage.DONE, refund.c.group_id.is_not(None))
    return _compared(refund, of_it, of_it.c.amount, case((is_done, refund.c.amount), else_=0))


def _payout_posted() -> Query:
    """What the ledger has of each payout, in however many transactions: as much as was paid, or nothing."""
    payout = table(Payout)
    kinds = TransactionKind.PAYOUT, TransactionKind.CORRECTION
    of_it = _posted("payout_id", kinds, (AccountKind.EARNINGS,))
    expected = case((payout.c.stage == PayoutStage.PAID, payout.c.amount), else_=0)
    return _compared(payout, of_it, of_it.c.amount, expected)


def _posted(key: str, kinds: Collection[TransactionKind], accounts: Collection[AccountKind]) -> Any:
    """What was posted about each payment or refund on such accounts, by currency."""
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    query = (
        core_select(transaction.c[key], entry.c.currency, func.sum(entry.c.amount).label("amount"))
        .join(entry, entry.c.transaction_id == transaction.c.id)
        .join(account, account.c.id == entry.c.account_id)
        .where(transaction.c.kind.in_(kinds), account.c.kind.in_(accounts), transaction.c[key].is_not(None))
        .group_by(transaction.c[key], entry.c.currency)
    )
    if key == "payment_id":
        # What goes back names the payment, too.
        query = query.where(transaction.c.refund_id.is_(None))
    return query.subquery("posted")


def _compared(subject: Any, posted: Any, amount: ColumnElement[int], expected: ColumnElement[int]) -> Query:
    key = posted.c[0]
    found = func.coalesce(amount, 0)
    return (
        _row(subject.c.id, subject.c.currency, found, expected)
        .outerjoin(posted, and_(key == subject.c.id, posted.c.currency == subject.c.currency))
        .where(found != expected)
    )


def _nothing_behind() -> Query:
    """Transactions that must be of a payment, a refund or a payout, and are of none that there is."""
    transaction, payment, refund = table(LedgerTransaction), table(Payment), table(Refund)
    payout = table(Payout)
    kind = transaction.c.kind
    of_refund = kind.in_([TransactionKind.REFUND, TransactionKind.REFUND_DUE])
    return (
        _row(transaction.c.id)
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


def _order_charged() -> Query:
    """Orders that were charged anything but what they cost; those in review or in the queue are left out."""
    order, pick, offer, group = table(Order), table(Pick), table(Offer), table(Group)
    charged, lines, goodwill, off = _charged(), _lines(), _goodwill(), _off()
    way, settlement = table(PaymentWay), table(Settlement)
    is_final = order.c.state.in_([OrderState.CONFIRMED, OrderState.COMPLETED])
    less = func.coalesce(goodwill.c.amount, 0) + func.coalesce(off.c.amount, 0)
    worth = lines.c.amount + order.c.fee_amount - less
    costs = case((and_(is_final, lines.c.amount > 0, worth > 0), worth), else_=0)
    was_charged = func.coalesce(charged.c.amount, 0)
    takes = core_select(way.c.group_id).where(way.c.group_id == pick.c.group_id, way.c.is_active).exists()
    tracked = takes & ~func.coalesce(pick.c.closed_at < group.c.payments_since, False)
    waits = core_select(settlement.c.order_id).where(settlement.c.order_id == order.c.id).exists()
    return (
        _row(order.c.id, offer.c.currency, was_charged, costs)
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
        .join(entry, entry.c.transaction_id == transaction.c.id)
        .join(account, account.c.id == entry.c.account_id)
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


def _promotion_spent() -> Query:
    """Promotions of which another sum is counted than orders have; friends' credits are no orders'."""
    promotion, redemption = table(Promotion), table(Redemption)
    of_it = (
        core_select(func.coalesce(func.sum(redemption.c.amount), 0))
        .where(redemption.c.promotion_id == promotion.c.id)
        .scalar_subquery()
    )
    return _row(promotion.c.id, promotion.c.currency, promotion.c.spent_amount, of_it).where(
        promotion.c.spent_amount != of_it, promotion.c.kind != PromotionKind.FRIEND
    )


def _promotion_used() -> Query:
    promotion, redemption = table(Promotion), table(Redemption)
    of_it = core_select(func.count()).where(redemption.c.promotion_id == promotion.c.id).scalar_subquery()
    return _row(promotion.c.id, None, promotion.c.used_count, of_it).where(
        promotion.c.used_count != of_it, promotion.c.kind != PromotionKind.FRIEND
    )


def _promotion_pieces() -> Query:
    promotion, redemption = table(Promotion), table(Redemption)
    of_it = (
        core_select(func.coalesce(func.sum(redemption.c.quantity), 0))
        .where(redemption.c.promotion_id == promotion.c.id)
        .scalar_subquery()
    )
    return _row(promotion.c.id, None, promotion.c.used_quantity, of_it).where(
        promotion.c.used_quantity != of_it
    )


def _coupon_used() -> Query:
    coupon, redemption = table(Coupon), table(Redemption)
    of_it = core_select(func.count()).where(redemption.c.coupon_id == coupon.c.id).scalar_subquery()
    return _row(coupon.c.id, None, coupon.c.used_count, of_it).where(coupon.c.used_count != of_it)


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
        .join(entry, entry.c.transaction_id == transaction.c.id)
        .join(account, account.c.id == entry.c.account_id)
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
        _row(both.c.order_id, both.c.currency, found, most)
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
        _row(promotion.c.id, promotion.c.currency, spent, most)
        .outerjoin(of_it, of_it.c.promotion_id == promotion.c.id)
        .where(promotion.c.kind == PromotionKind.FRIEND)
        .where(or_(promotion.c.used_count != uses, spent < least, spent > most))
    )


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
        .join(entry, entry.c.transaction_id == transaction.c.id)
        .join(account, account.c.id == entry.c.account_id)
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
        _row(both.c.order_id, both.c.currency, found, expected)
        .group_by(both.c.order_id, both.c.person_id, both.c.currency)
        .having(found != expected)
    )


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
        .join(entry, entry.c.transaction_id == transaction.c.id)
        .join(account, account.c.id == entry.c.account_id)
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
        _row(both.c.order_id, both.c.currency, goods - share, goods_amount - share_amount)
        .group_by(both.c.order_id, both.c.currency)
        .having(or_(goods != goods_amount, share != share_amount))
    )


def _mirrored(kind: TransactionKind, key: str) -> Query:
    """Of what two groups' books do not say the same: account by account they come to nothing together."""
    account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
    total = func.sum(entry.c.amount)
    return (
        _row(transaction.c[key], entry.c.currency, total, literal(0))
        .join(entry, entry.c.transaction_id == transaction.c.id)
        .join(account, account.c.id == entry.c.account_id)
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
        _row(transaction.c.id)
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
        .join(entry, entry.c.transaction_id == transaction.c.id)
        .join(account, account.c.id == entry.c.account_id)
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
    return _compared(payment, posted, posted.c.amount, counts)


def _receipts_numbered() -> Query:
    payment, group = table(Payment), table(Group)
    issued = func.count(payment.c.receipt_number)
    last = func.coalesce(func.max(payment.c.receipt_number), 0)
    return (
        _row(group.c.id, None, issued, group.c.next_receipt_number - 1)
        .outerjoin(payment, payment.c.group_id == group.c.id)
        .group_by(group.c.id, group.c.next_receipt_number)
        .having(or_(issued != group.c.next_receipt_number - 1, last != group.c.next_receipt_number - 1))
    )


def _late(before: datetime) -> Query:
    settlement = table(Settlement)
    return _row(settlement.c.order_id).where(settlement.c.asked_at < before)


def _commission_late(before: datetime) -> Query:
    commission = table(Commission)
    since = func.coalesce(commission.c.stale_since, commission.c.frozen_at)
    # In the words of the partial index: "is_stale = 1" would not use it.
    return _row(commission.c.order_id).distinct().where(text("commission.is_stale"), since < before)


def _supply_late(before: datetime) -> Query:
    carried = table(CarriedOrder)
    # In the words of the partial index, as above.
    return _row(carried.c.order_id).where(text("carried_order.is_stale"), carried.c.stale_since < before)


_QUERIES: Mapping[LedgerCheck, Query] = {
    LedgerCheck.WHOLE_OFF: _whole_off(),
    LedgerCheck.TRANSACTION_OFF: _transaction_off(),
    LedgerCheck.TRANSACTION_EMPTY: _transaction_empty(),
    LedgerCheck.ENTRY_CURRENCY: _entry_currency(),
    LedgerCheck.ENTRY_GROUP: _entry_group(),
    LedgerCheck.CREDIT_OVERSPENT: _overdrawn(AccountKind.CREDIT),
    LedgerCheck.REFUNDS_OVERDONE: _overdrawn(AccountKind.REFUNDS),
    LedgerCheck.PAYMENT_POSTED: _payment_posted(),
    LedgerCheck.REFUND_OWED: _refund_owed(),
    LedgerCheck.REFUND_DONE: _refund_done(),
    LedgerCheck.NOTHING_BEHIND: _nothing_behind(),
    LedgerCheck.ORDER_CHARGED: _order_charged(),
    LedgerCheck.PROMOTION_SPENT: _promotion_spent(),
    LedgerCheck.PROMOTION_USED: _promotion_used(),
    LedgerCheck.PROMOTION_PIECES: _promotion_pieces(),
    LedgerCheck.COUPON_USED: _coupon_used(),
    LedgerCheck.FRIEND_POSTED: _friend_posted(),
    LedgerCheck.FRIENDS_COUNTED: _friends_counted(),
    LedgerCheck.COMMISSION_POSTED: _commission_posted(),
    LedgerCheck.PAYOUT_POSTED: _payout_posted(),
    LedgerCheck.RECEIPTS_NUMBERED: _receipts_numbered(),
    LedgerCheck.SUPPLY_POSTED: _supply_posted(),
    LedgerCheck.SUPPLY_MIRRORED: _mirrored(TransactionKind.SUPPLY, "order_id"),
    LedgerCheck.SUPPLY_ELSEWHERE: _supply_elsewhere(),
    LedgerCheck.SUPPLY_PAID_POSTED: _supply_paid_posted(),
    LedgerCheck.SUPPLY_PAID_MIRRORED: _mirrored(TransactionKind.SUPPLY_PAID, "carried_payment_id"),
}
