"""What about money somebody must look at, with all that is shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Discrepancy, Group, Offer, Order, OrderEvent, Payment, Person, Pick
from storage.states import (
    DiscrepancyKind,
    FulfilmentState,
    OrderEventKind,
    OrderState,
    PaymentMethod,
    PaymentStage,
    PickState,
)
from storage.tables import table


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedDiscrepancy:
    """One finding, with the order and the payment that it is about, as far as there are any."""

    id: int
    kind: DiscrepancyKind
    facts: dict[str, Any]
    opened_at: datetime
    settled_at: datetime | None
    settled_by: str | None
    outcome: str | None
    group_id: int
    group_title: str
    time_zone: str
    order_id: int | None
    number: int | None
    order_state: OrderState | None
    goods: FulfilmentState | None
    person_id: int | None
    name: str | None
    pick_id: int | None
    pick_number: int | None
    pick_state: PickState | None
    curator_id: int | None
    title: str | None
    currency: str | None
    payment_id: int | None
    method: PaymentMethod | None
    stage: PaymentStage | None
    amount: int | None
    paid_currency: str | None
    charged_amount: int | None
    charged_currency: str | None
    payer_id: int | None
    payer: str | None


class DiscrepancyRepository:
    """What does not fit, until a person has decided."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, discrepancy_id: int, *, lock: bool = False) -> Discrepancy:
        """The finding with this key; locked, nobody else decides it before the commit. Raises LookupError."""
        query = select(Discrepancy).where(col(Discrepancy.id) == discrepancy_id)
        found = (await self._session.exec(locked(query) if lock else query)).first()
        if found is None:
            raise LookupError(f"no discrepancy {discrepancy_id}")
        return found

    async def save(self, discrepancy: Discrepancy) -> None:
        """Keep what was decided."""
        self._session.add(discrepancy)
        await self._session.flush()

    async def find(self, discrepancy_id: int) -> OpenedDiscrepancy | None:
        """One finding with all that is shown of it."""
        return next(iter(await self._list(col(Discrepancy.id) == discrepancy_id, limit=1)), None)

    async def list_open(
        self, group_id: int, *, curator_id: int | None = None, limit: int
    ) -> list[OpenedDiscrepancy]:
        """What is to be decided in a group, or of one curator's picks alone, the oldest first."""
        conditions = [col(Discrepancy.group_id) == group_id, col(Discrepancy.settled_at).is_(None)]
        if curator_id is not None:
            conditions.append(col(Pick.curator_id) == curator_id)
        return await self._list(*conditions, limit=limit)

    async def count_homeless(self) -> int:
        """How many charges by card, and refused refunds, are of no group, so that no curator decides them."""
        query = (
            core_select(func.count())
            .select_from(Discrepancy)
            .join(Payment, col(Payment.id) == col(Discrepancy.payment_id))
            .where(col(Discrepancy.group_id).is_(None), col(Discrepancy.settled_at).is_(None))
            .where(
                or_(
                    col(Payment.method) == PaymentMethod.CARD,
                    col(Discrepancy.kind) == DiscrepancyKind.REFUND_REFUSED,
                )
            )
        )
        return await self._session.scalar(query) or 0

    async def count_open_of(self, order_id: int) -> int:
        """How much about an order is still to be decided."""
        discrepancy = table(Discrepancy)
        query = core_select(func.count()).where(
            discrepancy.c.order_id == order_id, discrepancy.c.settled_at.is_(None)
        )
        return int((await (await self._session.connection()).execute(query)).scalar_one())

    async def return_order(self, order_id: int, state: OrderState, *, by_id: int, now: datetime) -> None:
        """An order comes out of review, with its event."""
        order = table(Order)
        connection = await self._session.connection()
        await connection.execute(
            update(order)
            .where(order.c.id == order_id, order.c.state == OrderState.NEEDS_REVIEW)
            .values(state=state)
        )
        await connection.execute(
            insert(table(OrderEvent)).values(
                order_id=order_id,
                kind=OrderEventKind.REVIEW_SETTLED,
                changes={},
                by_id=by_id,
                happened_at=now,
            )
        )

    async def _list(self, *conditions: ColumnElement[bool], limit: int) -> list[OpenedDiscrepancy]:
        by, payer = table(Person).alias("by"), table(Person).alias("payer")
        query = (
            core_select(
                col(Discrepancy.id), col(Discrepancy.kind), col(Discrepancy.facts),
                col(Discrepancy.opened_at), col(Discrepancy.settled_at), by.c.name, col(Discrepancy.outcome),
                col(Group.id), col(Group.title), col(Group.time_zone),
                col(Order.id), col(Order.number), col(Order.state), col(Order.fulfilment_state),
                col(Person.id), col(Person.name),
                col(Pick.id), col(Pick.number), col(Pick.state), col(Pick.curator_id),
                col(Offer.title), col(Offer.currency),
                col(Payment.id), col(Payment.method), col(Payment.stage),
                col(Payment.amount), col(Payment.currency), col(Payment.charged_amount),
                col(Payment.charged_currency), payer.c.id, payer.c.name,
            )
            .join(Group, col(Group.id) == col(Discrepancy.group_id))
            .outerjoin(Order, col(Order.id) == col(Discrepancy.order_id))
            .outerjoin(Person, col(Person.id) == col(Order.person_id))
            .outerjoin(Pick, col(Pick.id) == col(Order.pick_id))
            .outerjoin(Offer, col(Offer.id) == col(Pick.offer_id))
            .outerjoin(Payment, col(Payment.id) == col(Discrepancy.payment_id))
            .outerjoin(by, by.c.id == col(Discrepancy.settled_by_id))
            .outerjoin(payer, payer.c.id == col(Payment.person_id))
            .where(*conditions)
            .order_by(col(Discrepancy.id))
            .limit(limit)
        )  # fmt: skip
        rows: Sequence[Any] = list(await self._session.execute(query))
        names = list(OpenedDiscrepancy.__dataclass_fields__)
        return [OpenedDiscrepancy(**dict(zip(names, row, strict=True))) for row in rows]
