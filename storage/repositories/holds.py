"""Stock that is kept for somebody who has to pay at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, func, insert
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Hold, Order, OrderEvent, OrderLine, Payment, Pick
from storage.states import OrderEventKind, OrderState, PaymentStage, PickState
from storage.tables import table, upsert


class NewHold(NamedTuple):
    """What is held for an order: until when, and how many of each variant it falls back to."""

    order_id: int
    keeps: Mapping[int, int]
    expires_at: datetime


class HeldOrder(NamedTuple):
    """An order for which stock is or may be held, with its lines at one unit price."""

    order_id: int
    pick_id: int
    person_id: int
    number: int
    state: OrderState
    team_id: int | None
    lines: Mapping[int, int]
    unit_amount: int
    #: None where nothing is held.
    keeps: Mapping[int, int] | None
    expires_at: datetime | None


class Lapse(NamedTuple):
    """What an order lost because it was not paid in time, and the unit price that it had."""

    quantities: Mapping[int, int]
    unit_amount: int


class HoldRepository:
    """Holds, and what becomes of orders whose time to pay is over."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def save(self, holds: Collection[NewHold]) -> None:
        """Hold stock for these orders, in the place of what was held for them."""
        if not holds:
            return
        statement = upsert(self._session, Hold)
        statement = statement.on_conflict_do_update(
            index_elements=["order_id"],
            set_={name: statement.excluded[name] for name in ("keeps", "expires_at")},
        )
        rows = [
            {
                "order_id": hold.order_id,
                "keeps": {str(key): count for key, count in hold.keeps.items()},
                "expires_at": hold.expires_at,
            }
            for hold in sorted(holds)
        ]
        await self._run(statement, rows)

    async def remove(self, order_ids: Collection[int]) -> None:
        """Nothing is held for these orders any more."""
        if order_ids:
            hold = table(Hold)
            await self._run(delete(hold).where(hold.c.order_id.in_(sorted(order_ids))))

    async def find(self, order_id: int) -> HeldOrder | None:
        """An order with what is held for it."""
        order, line, hold = table(Order), table(OrderLine), table(Hold)
        query = (
            core_select(
                *(order.c.pick_id, order.c.person_id, order.c.number, order.c.state, order.c.team_id),
                *(hold.c.keeps, hold.c.expires_at, line.c.variant_id, line.c.quantity, line.c.unit_amount),
            )
            .select_from(
                order.outerjoin(hold, hold.c.order_id == order.c.id).outerjoin(
                    line, line.c.order_id == order.c.id
                )
            )
            .where(order.c.id == order_id)
        )
        rows = (await self._run(query)).all()
        if not rows:
            return None
        head = rows[0]
        return HeldOrder(
            order_id=order_id,
            pick_id=head.pick_id,
            person_id=head.person_id,
            number=head.number,
            state=head.state,
            team_id=head.team_id,
            lines={row.variant_id: row.quantity for row in rows if row.variant_id is not None},
            unit_amount=max((row.unit_amount for row in rows if row.unit_amount is not None), default=0),
            keeps=None if head.keeps is None else {int(key): n for key, n in head.keeps.items()},
            expires_at=head.expires_at,
        )

    async def expiry_of(self, order_ids: Collection[int]) -> dict[int, datetime]:
        """Until when stock is held for those of these orders for which it is."""
        if not order_ids:
            return {}
        hold = table(Hold)
        query = core_select(hold.c.order_id, hold.c.expires_at).where(hold.c.order_id.in_(sorted(order_ids)))
        return {order_id: expires_at for order_id, expires_at in await self._run(query)}

    async def list_due(self, *, now: datetime, limit: int) -> list[int]:
        """Orders whose time to pay is over and that nobody is paying right now, the longest over first."""
        hold, payment = table(Hold), table(Payment)
        being_paid = (
            core_select(payment.c.id)
            .where(_is_paying(payment, hold.c.order_id, now))
            .correlate(hold)
            .exists()
        )
        query = (
            core_select(hold.c.order_id)
            .where(hold.c.expires_at <= now, ~being_paid)
            .order_by(hold.c.expires_at, hold.c.order_id)
            .limit(limit)
        )
        return [order_id for (order_id,) in await self._run(query)]

    async def is_being_paid(self, order_id: int, *, now: datetime) -> bool:
        """Whether a payment for an order has been let through and has not come yet."""
        payment = table(Payment)
        query = core_select(payment.c.id).where(_is_paying(payment, order_id, now)).limit(1)
        return (await self._run(query)).first() is not None

    async def count_of_pick(self, pick_id: int) -> int:
        """For how many orders of a pick stock is held."""
        hold, order = table(Hold), table(Order)
        query = (
            core_select(func.count())
            .select_from(hold.join(order, order.c.id == hold.c.order_id))
            .where(order.c.pick_id == pick_id)
        )
        return int((await self._run(query)).scalar_one())

    async def list_unconfirmed(self, order_ids: Collection[int]) -> list[tuple[int, int]]:
        """Those of these orders that are placed on a closed pick with nothing held: (pick, order) each."""
        order, pick, hold = table(Order), table(Pick), table(Hold)
        query = (
            core_select(order.c.pick_id, order.c.id)
            .select_from(
                order.join(pick, pick.c.id == order.c.pick_id).outerjoin(hold, hold.c.order_id == order.c.id)
            )
            .where(order.c.id.in_(sorted(order_ids)), order.c.state == OrderState.PLACED)
            .where(pick.c.state == PickState.CLOSED, hold.c.order_id.is_(None))
            .order_by(order.c.pick_id, order.c.id)
        )
        return [(pick_id, order_id) for pick_id, order_id in await self._run(query)]

    async def note_lapse(self, order_id: int, lapse: Lapse, *, now: datetime) -> None:
        """Write what an order lost, and at which price, into its history."""
        await self._run(
            insert(table(OrderEvent)).values(
                order_id=order_id,
                kind=OrderEventKind.LAPSED,
                changes={str(key): -count for key, count in lapse.quantities.items()},
                unit_amount=lapse.unit_amount,
                happened_at=now,
            )
        )

    async def find_lapse(self, order_id: int) -> Lapse | None:
        """What an order lost, if nothing has happened to it since."""
        event = table(OrderEvent)
        query = (
            core_select(event.c.kind, event.c.changes, event.c.unit_amount)
            .where(event.c.order_id == order_id)
            .order_by(event.c.id.desc())
            .limit(1)
        )
        last = (await self._run(query)).first()
        if last is None or last.kind is not OrderEventKind.LAPSED:
            return None
        return Lapse({int(key): -n for key, n in last.changes.items()}, last.unit_amount or 0)

    async def _run(self, statement: Any, rows: Sequence[Mapping[str, Any]] | None = None) -> Any:
        connection = await self._session.connection()
        return await (connection.execute(statement, rows) if rows else connection.execute(statement))


def _is_paying(payment: Any, order_id: Any, now: datetime) -> Any:
    return and_(
        payment.c.order_id == order_id,
        payment.c.stage == PaymentStage.PAYING,
        payment.c.expires_at > now,
    )
