"""What accounts come to, as members and those who lead a group read it: statements, sums, the journal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, false, func
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Account,
    CarriedPayment,
    Carrying,
    Group,
    LedgerEntry,
    LedgerTransaction,
    Offer,
    Order,
    Payment,
    Person,
    Pick,
    Refund,
)
from storage.states import AccountKind, OrderState, PaymentMethod, PaymentStage, TransactionKind
from storage.tables import table

BETWEEN_GROUPS = (TransactionKind.SUPPLY, TransactionKind.SUPPLY_PAID)
"""What stands in the books of two groups, mirrored."""


class Movement(NamedTuple):
    """One transaction on a person's accounts in one group; the amount is in minor units."""

    transaction_id: int
    kind: TransactionKind
    posted_at: datetime
    currency: str
    #: Of a charge and of a correction negative where it is for the person, else never.
    amount: int
    #: Of the refund or the payment that it is about.
    method: PaymentMethod | None
    is_refund: bool
    pick_number: int | None
    title: str | None
    note: str
    #: It is about earnings that were paid out.
    is_payout: bool = False


class Standing(NamedTuple):
    """What a group's accounts of one kind come to: those in debit, and those in credit (negative)."""

    kind: AccountKind
    currency: str
    debit_amount: int
    credit_amount: int


class Turnover(NamedTuple):
    """What was posted on a group's accounts of one kind by transactions of one kind."""

    account: AccountKind
    currency: str
    kind: TransactionKind
    is_refund: bool
    amount: int
    is_payout: bool = False
    #: It is about what other groups sell for this one, rather than this one for others.
    is_supplier: bool = False


class JournalEntry(NamedTuple):
    """One entry, with all that is told of its transaction; what another group's order is, is not told."""

    transaction_id: int
    posted_at: datetime
    kind: TransactionKind
    account: AccountKind
    #: Whose account it is, or of a group's own the other group that has to do with it.
    name: str | None
    pick_number: int | None
    order_number: int | None
    amount: int
    currency: str
    note: str


class MemberStanding(NamedTuple):
    """What one person's account comes to."""

    person_id: int
    name: str
    kind: AccountKind
    currency: str
    amount: int


class BalanceRepository:
    """Sums and lists of entries."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def groups_of(self, person_id: int) -> Sequence[Group]:
        """The groups in which a person has ever had an account."""
        has = core_select(col(Account.group_id)).where(col(Account.person_id) == person_id)
        query = select(Group).where(col(Group.id).in_(has)).order_by(col(Group.title), col(Group.id))
        return (await self._session.exec(query)).all()

    async def list_movements(
        self, group_id: int, person_id: int, *, limit: int, offset: int = 0
    ) -> list[Movement]:
        """What happened on a person's accounts in a group, the newest first."""
        account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
        own = core_select(account.c.id).where(
            account.c.group_id == group_id, account.c.person_id == person_id
        )
        # A payment out of credit is on two accounts of hers, and is one movement.
        low, high = func.min(entry.c.amount), func.max(entry.c.amount)
        page = (
            core_select(
                entry.c.transaction_id,
                entry.c.currency,
                case((high > -low, high), else_=low).label("amount"),
            )
            .where(entry.c.account_id.in_(own))
            .group_by(entry.c.transaction_id, entry.c.currency)
            .order_by(entry.c.transaction_id.desc())
            .limit(limit)
            .offset(offset)
            .subquery()
        )
        payment, refund = table(Payment), table(Refund)
        order, pick, offer = table(Order), table(Pick), table(Offer)
        query = (
            core_select(
                transaction.c.id,
                transaction.c.kind,
                transaction.c.posted_at,
                page.c.currency,
                page.c.amount,
                refund.c.method,
                payment.c.method,
                pick.c.number,
                offer.c.title,
                transaction.c.note,
                transaction.c.payout_id,
            )
            .join(page, page.c.transaction_id == transaction.c.id)
            .outerjoin(payment, payment.c.id == transaction.c.payment_id)
            .outerjoin(refund, refund.c.id == transaction.c.refund_id)
            .outerjoin(order, order.c.id == transaction.c.order_id)
            .outerjoin(pick, pick.c.id == order.c.pick_id)
            .outerjoin(offer, offer.c.id == pick.c.offer_id)
            .order_by(transaction.c.id.desc(), page.c.currency)
        )
        rows = await (await self._session.connection()).execute(query)
        return [_movement(row) for row in rows]

    async def paid_ahead(self, group_id: int, person_id: int) -> dict[str, int]:
        """What was paid for a person's orders on picks that are still open, by currency."""
        order, pick, offer = table(Order), table(Pick), table(Offer)
        payment, refund = table(Payment), table(Refund)
        # From her orders on, of which there are few, whatever the database thinks of the others.
        came = core_select(func.coalesce(func.sum(payment.c.amount), 0)).where(
            payment.c.order_id == order.c.id, payment.c.stage == PaymentStage.RECEIVED
        )
        went = core_select(func.coalesce(func.sum(refund.c.amount), 0)).where(refund.c.order_id == order.c.id)
        query = (
            core_select(offer.c.currency, came.scalar_subquery(), went.scalar_subquery())
            .join(pick, pick.c.offer_id == offer.c.id)
            .join(order, order.c.pick_id == pick.c.id)
            .where(order.c.person_id == person_id, pick.c.group_id == group_id)
            .where(order.c.state == OrderState.PLACED)
        )
        totals: dict[str, int] = {}
        for currency, received, back in await (await self._session.connection()).execute(query):
            totals[currency] = totals.get(currency, 0) + int(received) - int(back)
        return {currency: amount for currency, amount in totals.items() if amount > 0}

    async def standings(self, group_id: int, *, until: datetime | None = None) -> list[Standing]:
        """What a group's accounts come to, now or at an earlier moment, by kind and currency."""
        sums = self._sums(group_id, until).subquery()
        debit = func.sum(case((sums.c.amount > 0, sums.c.amount), else_=0))
        credit = func.sum(case((sums.c.amount < 0, sums.c.amount), else_=0))
        query = core_select(sums.c.kind, sums.c.currency, debit, credit).group_by(
            sums.c.kind, sums.c.currency
        )
        rows = await (await self._session.connection()).execute(query)
        return [Standing(kind, currency, int(plus), int(minus)) for kind, currency, plus, minus in rows]

    async def member_standings(self, group_id: int, *, until: datetime | None = None) -> list[MemberStanding]:
        """What each person's accounts in a group come to, by name; those at zero are left out."""
        sums, person = self._sums(group_id, until).subquery(), table(Person)
        query = (
            core_select(person.c.id, person.c.name, sums.c.kind, sums.c.currency, sums.c.amount)
            .join(person, person.c.id == sums.c.person_id)
            .where(sums.c.amount != 0)
            .order_by(person.c.name, person.c.id, sums.c.currency)
        )
        rows = await (await self._session.connection()).execute(query)
        return [MemberStanding._make((*of, int(amount))) for *of, amount in rows]

    async def turnover(
        self, group_id: int, *, since: datetime | None = None, until: datetime | None = None
    ) -> list[Turnover]:
        """What was posted in a group from one moment up to another, by account, currency and kind."""
        account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
        is_refund, is_payout = transaction.c.refund_id.is_not(None), transaction.c.payout_id.is_not(None)
        is_supplier = _is_supplier(transaction).label("is_supplier")
        keys = account.c.kind, entry.c.currency, transaction.c.kind, is_refund, is_payout, is_supplier
        query = (
            core_select(*keys, func.sum(entry.c.amount))
            .join(entry, entry.c.account_id == account.c.id)
            .join(transaction, transaction.c.id == entry.c.transaction_id)
            .where(_in_time(group_id, since, until))
            .group_by(*keys)
        )
        rows = await (await self._session.connection()).execute(query)
        return [
            Turnover._make((*of, bool(back), int(amount), bool(payout), bool(supplier)))
            for *of, back, payout, supplier, amount in rows
        ]

    async def list_journal(
        self, group_id: int, *, since: datetime | None, until: datetime | None, limit: int
    ) -> list[JournalEntry]:
        """Every entry of a group from one moment up to another, the first first."""
        account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
        order, pick, person = table(Order), table(Pick), table(Person)
        payment, carrying, partner = table(CarriedPayment), table(Carrying), table(Group)
        is_own = pick.c.group_id == transaction.c.group_id
        sells = carrying.c.group_id == transaction.c.group_id
        query = (
            core_select(
                transaction.c.id,
                transaction.c.posted_at,
                transaction.c.kind,
                account.c.kind,
                func.coalesce(person.c.name, partner.c.title),
                pick.c.number,
                order.c.number,
                entry.c.amount,
                entry.c.currency,
                transaction.c.note,
            )
            .join(entry, entry.c.transaction_id == transaction.c.id)
            .join(account, account.c.id == entry.c.account_id)
            .outerjoin(person, person.c.id == account.c.person_id)
            .outerjoin(order, order.c.id == transaction.c.order_id)
            .outerjoin(pick, and_(pick.c.id == order.c.pick_id, is_own))
            .outerjoin(payment, payment.c.id == transaction.c.carried_payment_id)
            .outerjoin(
                carrying,
                and_(
                    transaction.c.kind.in_(BETWEEN_GROUPS),
                    carrying.c.pick_id == func.coalesce(order.c.pick_id, payment.c.pick_id),
                ),
            )
            .outerjoin(
                partner, partner.c.id == case((sells, carrying.c.supplier_id), else_=carrying.c.group_id)
            )
            .where(_in_time(group_id, since, until))
            .order_by(transaction.c.id, entry.c.id)
            .limit(limit)
        )
        rows = await (await self._session.connection()).execute(query)
        return [JournalEntry._make(row) for row in rows]

    async def first_posted_at(self, group_id: int) -> datetime | None:
        """When a group's money was first written down here."""
        transaction = table(LedgerTransaction)
        query = (
            core_select(transaction.c.posted_at)
            .where(transaction.c.group_id == group_id)
            .order_by(transaction.c.posted_at)
            .limit(1)
        )
        first: datetime | None = (await (await self._session.connection()).execute(query)).scalar()
        return first

    def _sums(self, group_id: int, until: datetime | None) -> Any:
        account, entry, transaction = table(Account), table(LedgerEntry), table(LedgerTransaction)
        query = (
            core_select(
                account.c.person_id,
                account.c.kind,
                account.c.currency,
                func.sum(entry.c.amount).label("amount"),
            )
            .join(entry, entry.c.account_id == account.c.id)
            .where(account.c.group_id == group_id)
            .group_by(account.c.id, account.c.person_id, account.c.kind, account.c.currency)
        )
        if until is None:
            return query
        earlier = and_(transaction.c.id == entry.c.transaction_id, transaction.c.posted_at < until)
        return query.join(transaction, earlier)


def _is_supplier(transaction: Any) -> Any:
    """Whether a transaction between two groups is in the book of the one that supplies."""
    carrying, order, payment = table(Carrying), table(Order), table(CarriedPayment)
    supplies = core_select(carrying.c.pick_id).where(carrying.c.supplier_id == transaction.c.group_id)
    sold = supplies.join(order, order.c.pick_id == carrying.c.pick_id)
    paid = supplies.join(payment, payment.c.pick_id == carrying.c.pick_id)
    return case(
        (
            transaction.c.kind == TransactionKind.SUPPLY,
            sold.where(order.c.id == transaction.c.order_id).exists(),
        ),
        (
            transaction.c.kind == TransactionKind.SUPPLY_PAID,
            paid.where(payment.c.id == transaction.c.carried_payment_id).exists(),
        ),
        else_=false(),
    )


def _in_time(group_id: int, since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    transaction = table(LedgerTransaction)
    condition = transaction.c.group_id == group_id
    if since is not None:
        condition &= transaction.c.posted_at >= since
    if until is not None:
        condition &= transaction.c.posted_at < until
    return condition


def _movement(row: Any) -> Movement:
    key, kind, posted_at, currency, amount, back, came, pick_number, title, note, payout = row
    # Of these alone the direction says something; all else goes but one way.
    is_signed = kind in (TransactionKind.CHARGE, TransactionKind.CORRECTION, TransactionKind.COMMISSION)
    signed = amount if is_signed else abs(amount)
    return Movement(
        key,
        kind,
        posted_at,
        currency,
        signed,
        back or came,
        back is not None,
        pick_number,
        title,
        note,
        payout is not None,
    )
