"""What members say they have paid, as whoever decides about it sees it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run
from storage.models import Group, Member, Order, OrderEvent, Payment, PaymentWay, Pick
from storage.states import OrderEventKind, PaymentStage, PickState, Presence, Role


class ClaimRepository:
    """Claims to have paid, and who was asked to pay."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def order_of(self, payment_id: int) -> int | None:
        """The order of a payment, which is to be locked before it."""
        query = core_select(col(Payment.order_id)).where(col(Payment.id) == payment_id)
        return await self._session.scalar(query)

    async def list_of_order(self, order_id: int) -> Sequence[Payment]:
        """What is claimed to be paid for an order, locked and read anew."""
        query = (
            select(Payment)
            .where(col(Payment.order_id) == order_id, col(Payment.stage) == PaymentStage.CLAIMED)
            .order_by(col(Payment.id))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return (await self._session.exec(query)).all()

    async def next_for(self, person_id: int, *, after: int = 0) -> int | None:
        """The oldest claim behind this one that a person may decide about, else the oldest of all."""
        query = (
            core_select(col(Payment.id))
            .join(Order, col(Order.id) == col(Payment.order_id))
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .where(col(Payment.stage) == PaymentStage.CLAIMED, _decides(person_id))
            .order_by(col(Payment.id) <= after, col(Payment.id))
            .limit(1)
        )
        return await self._session.scalar(query)

    async def count_for(self, person_id: int) -> int:
        """How many claims wait for a person."""
        query = (
            core_select(func.count())
            .select_from(Payment)
            .join(Order, col(Order.id) == col(Payment.order_id))
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .where(col(Payment.stage) == PaymentStage.CLAIMED, _decides(person_id))
        )
        return await self._session.scalar(query) or 0

    async def has_others(self, group_id: int, payment_id: int) -> bool:
        """Whether other claims wait in a group."""
        query = core_select(col(Payment.id)).where(
            col(Payment.group_id) == group_id,
            col(Payment.stage) == PaymentStage.CLAIMED,
            col(Payment.id) != payment_id,
        )
        return await self._session.scalar(query.limit(1)) is not None

    async def list_picks_for(self, person_id: int, group_ids: Collection[int], *, limit: int) -> list[int]:
        """The newest picks of these groups, where money is kept here, that are a person's affair."""
        way = col(PaymentWay.group_id)
        query = (
            core_select(col(Pick.id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(
                col(Pick.group_id).in_(group_ids),
                _decides(person_id),
                core_select(way).where(way == col(Pick.group_id), col(PaymentWay.is_active)).exists(),
                col(Pick.state).in_([PickState.LIVE, PickState.CLOSED]),
                ~func.coalesce(col(Pick.closed_at) < col(Group.payments_since), False),
            )
            .order_by(col(Pick.id).desc())
            .limit(limit)
        )
        return [key for key in await self._session.scalars(query) if key is not None]

    async def asked_since(self, order_ids: Collection[int], since: datetime) -> set[int]:
        """Those of these orders whose members were asked to pay since then."""
        query = core_select(col(OrderEvent.order_id)).where(
            col(OrderEvent.order_id).in_(order_ids),
            col(OrderEvent.kind) == OrderEventKind.PAYMENT_ASKED,
            col(OrderEvent.happened_at) > since,
        )
        return set(await self._session.scalars(query))

    async def note_asked(self, order_ids: Sequence[int], *, by_id: int, now: datetime) -> None:
        """The members of these orders are asked to pay."""
        if not order_ids:
            return
        shared = {"kind": OrderEventKind.PAYMENT_ASKED, "by_id": by_id, "happened_at": now}
        statement = bulk_insert(dialect_of(self._session), OrderEvent, ("order_id", "changes"), tuple(shared))
        await run(self._session, statement, {"rows": packed((key, {}) for key in order_ids), **shared})


def _decides(person_id: int) -> ColumnElement[bool]:
    """The pick is of a group that the person leads, and her own if she leads those alone."""
    return (
        core_select(col(Member.person_id))
        .where(
            col(Member.group_id) == col(Pick.group_id),
            col(Member.person_id) == person_id,
            col(Member.presence) == Presence.JOINED,
            or_(
                col(Member.role) == Role.OWNER,
                (col(Member.role) == Role.CURATOR)
                & (~col(Member.own_picks_only) | (col(Pick.curator_id) == person_id)),
            ),
        )
        .exists()
    )
