"""Refunds: what is owed back and what was paid back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Group, Offer, Order, Payment, Person, Pick, Refund
from storage.states import PaymentMethod, PickState, RefundReason, RefundStage
from storage.tables import table

_BY_HAND = (PaymentMethod.CASH, PaymentMethod.TRANSFER, PaymentMethod.CARD)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedRefund:
    """What goes back, to whom, for which order (None: nobody knows), with all that is shown of it."""

    id: int
    amount: int
    currency: str
    method: PaymentMethod
    stage: RefundStage
    reason: RefundReason
    note: str
    created_at: datetime
    done_at: datetime | None
    done_by: str | None
    person_id: int
    name: str
    private_is_open: bool
    group_id: int
    group_title: str
    time_zone: str
    order_id: int | None
    number: int | None
    pick_id: int | None
    pick_number: int | None
    pick_state: PickState | None
    curator_id: int | None
    title: str | None
    #: How it was paid, which is not always how it goes back.
    paid_by: PaymentMethod | None
    #: What the payer was charged, where that is not the order's currency.
    charged_amount: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PickOwed:
    """How far giving back has come for one pick: how many refunds, how many open, and how much those are."""

    pick_id: int
    pick_number: int
    title: str
    currency: str
    refunds: int
    open: int
    open_amount: int


class RefundRepository:
    """What goes back to members."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, refund: Refund) -> Refund:
        """Keep a new refund; gives it its key."""
        self._session.add(refund)
        await self._session.flush()
        return refund

    async def save(self, refund: Refund) -> None:
        """Keep what was changed of a refund."""
        self._session.add(refund)
        await self._session.flush()

    async def get(self, refund_id: int, *, lock: bool = False) -> Refund:
        """The refund with this key; locked, nobody else changes it before the commit. Raises LookupError."""
        query = select(Refund).where(col(Refund.id) == refund_id)
        found = (await self._session.exec(locked(query) if lock else query)).first()
        if found is None:
            raise LookupError(f"no refund {refund_id}")
        return found

    async def list_of_order(self, order_id: int) -> Sequence[Refund]:
        """All refunds of an order, the first first."""
        query = select(Refund).where(col(Refund.order_id) == order_id).order_by(col(Refund.id))
        return (await self._session.exec(query)).all()

    async def list_of_payment(self, payment_id: int) -> Sequence[Refund]:
        """All that goes back of a payment, the first first."""
        query = select(Refund).where(col(Refund.payment_id) == payment_id).order_by(col(Refund.id))
        return (await self._session.exec(query)).all()

    async def list_open(self, group_id: int, *, limit: int = 100) -> Sequence[Refund]:
        """What a group still owes back, the oldest first."""
        query = (
            select(Refund)
            .where(col(Refund.group_id) == group_id, col(Refund.stage) != RefundStage.DONE)
            .order_by(col(Refund.id))
            .limit(limit)
        )
        return (await self._session.exec(query)).all()

    async def find_owed(self, refund_id: int) -> OwedRefund | None:
        """One refund with all that is shown of it."""
        found = await self._owed(col(Refund.id) == refund_id, newest=False, offset=0, limit=1)
        return found[0] if found else None

    async def list_owed(
        self,
        group_id: int,
        *,
        done: bool = False,
        curator_id: int | None = None,
        offset: int = 0,
        limit: int = 100,
    ) -> list[OwedRefund]:
        """What a group, or one curator of it, still owes back, oldest first; what is done, newest first."""
        return await self._owed(
            *_of_group(group_id, curator_id),
            _is_done() if done else _is_open(),
            newest=done,
            offset=offset,
            limit=limit,
        )

    async def count_owed(
        self, group_id: int, *, done: bool = False, curator_id: int | None = None
    ) -> dict[str, tuple[int, int]]:
        """How many refunds are open (or done) and how much they are, by currency."""
        refund, order, pick = table(Refund), table(Order), table(Pick)
        query = (
            core_select(refund.c.currency, func.count(), func.sum(refund.c.amount))
            .select_from(
                refund.outerjoin(order, order.c.id == refund.c.order_id).outerjoin(
                    pick, pick.c.id == order.c.pick_id
                )
            )
            .where(*_of_group(group_id, curator_id), _is_done() if done else _is_open())
            .group_by(refund.c.currency)
            .order_by(refund.c.currency)
        )
        rows = await (await self._session.connection()).execute(query)
        return {currency: (int(count), int(amount)) for currency, count, amount in rows}

    async def list_by_pick(self, group_id: int, *, curator_id: int | None = None) -> list[PickOwed]:
        """The picks of a group, or of one curator of it, for which something is still owed, oldest first."""
        refund, order, pick = table(Refund), table(Order), table(Pick)
        query = (
            core_select(pick.c.id)
            .select_from(
                refund.join(order, order.c.id == refund.c.order_id).join(pick, pick.c.id == order.c.pick_id)
            )
            .where(*_of_group(group_id, curator_id), _is_open())
            .distinct()
        )
        keys = (await (await self._session.connection()).execute(query)).scalars().all()
        return await self._by_pick(list(keys))

    async def of_pick(self, pick_id: int, *, by_hand: bool = False) -> PickOwed | None:
        """How far giving back has come for a pick, or by hand alone, if anything ever went back for it."""
        # What Telegram gives back, and credit, nobody has to see to.
        found = await self._by_pick([pick_id], *([table(Refund).c.method.in_(_BY_HAND)] if by_hand else []))
        return found[0] if found else None

    async def _by_pick(self, pick_ids: Sequence[int], *conditions: Any) -> list[PickOwed]:
        refund, order, pick, offer = table(Refund), table(Order), table(Pick), table(Offer)
        is_open = _is_open()
        query = (
            core_select(
                pick.c.id,
                pick.c.number,
                offer.c.title,
                offer.c.currency,
                func.count(),
                func.sum(case((is_open, 1), else_=0)),
                func.sum(case((is_open, refund.c.amount), else_=0)),
            )
            .select_from(
                refund.join(order, order.c.id == refund.c.order_id)
                .join(pick, pick.c.id == order.c.pick_id)
                .join(offer, offer.c.id == pick.c.offer_id)
            )
            .where(pick.c.id.in_(pick_ids), *conditions)
            .group_by(pick.c.id, pick.c.number, offer.c.title, offer.c.currency)
            .order_by(pick.c.id)
        )
        rows = await (await self._session.connection()).execute(query)
        return [
            PickOwed(
                pick_id=row[0],
                pick_number=row[1],
                title=row[2],
                currency=row[3],
                refunds=int(row[4]),
                open=int(row[5]),
                open_amount=int(row[6]),
            )
            for row in rows
        ]

    async def _owed(self, *conditions: Any, newest: bool, offset: int, limit: int) -> list[OwedRefund]:
        refund, order, pick, offer = table(Refund), table(Order), table(Pick), table(Offer)
        person, by = table(Person), table(Person).alias("by")
        group, payment = table(Group), table(Payment)
        columns = {
            "id": refund.c.id,
            "amount": refund.c.amount,
            "currency": refund.c.currency,
            "method": refund.c.method,
            "stage": refund.c.stage,
            "reason": refund.c.reason,
            "note": refund.c.note,
            "created_at": refund.c.created_at,
            "done_at": refund.c.done_at,
            "done_by": by.c.name,
            "person_id": person.c.id,
            "name": person.c.name,
            "private_is_open": person.c.private_is_open,
            "group_id": group.c.id,
            "group_title": group.c.title,
            "time_zone": group.c.time_zone,
            "order_id": order.c.id,
            "number": order.c.number,
            "pick_id": pick.c.id,
            "pick_number": pick.c.number,
            "pick_state": pick.c.state,
            "curator_id": pick.c.curator_id,
            "title": offer.c.title,
            "paid_by": payment.c.method,
            "charged_amount": payment.c.charged_amount,
        }
        query = (
            core_select(*columns.values())
            .select_from(
                refund.join(person, person.c.id == refund.c.person_id)
                .join(group, group.c.id == refund.c.group_id)
                .outerjoin(order, order.c.id == refund.c.order_id)
                .outerjoin(pick, pick.c.id == order.c.pick_id)
                .outerjoin(offer, offer.c.id == pick.c.offer_id)
                .outerjoin(payment, payment.c.id == refund.c.payment_id)
                .outerjoin(by, by.c.id == refund.c.done_by_id)
            )
            .where(*conditions)
            .order_by(refund.c.id.desc() if newest else refund.c.id)
            .offset(offset)
            .limit(limit)
        )
        rows = await (await self._session.connection()).execute(query)
        return [OwedRefund(**dict(zip(columns, row, strict=True))) for row in rows]


def _is_open() -> Any:
    return table(Refund).c.stage == RefundStage.DUE


def _is_done() -> Any:
    return table(Refund).c.stage == RefundStage.DONE


def _of_group(group_id: int, curator_id: int | None) -> list[Any]:
    """A curator who is limited to her own picks sees theirs alone."""
    refund, pick = table(Refund), table(Pick)
    own = [] if curator_id is None else [pick.c.curator_id == curator_id]
    return [refund.c.group_id == group_id, *own]
