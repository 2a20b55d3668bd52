"""What was ordered on a pick, summed and listed by the database: by variant, by member, by pick-up point."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Group,
    Member,
    Offer,
    Order,
    OrderLine,
    Person,
    Pick,
    PickupPoint,
    PointHelper,
    Redemption,
    Variant,
)
from storage.states import NO_POINT, FulfilmentState, OrderState, PickState, Presence, Role
from storage.tables import table

_MOST_PICKS = 30
"""So many of somebody's newest closed picks are looked through for what is still to be handed over."""

Whose = Literal["all", "to_come", "ready", "handed"]
"""Which orders of a pick: all that stand, those still to be fetched, those of them told, those fetched."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PointSum:
    """What is fetched at one pick-up point; amounts in minor units. No key means that none was chosen."""

    point_id: int | None
    name: str | None
    orders: int
    quantity: int
    amount: int
    waiting: int
    ready: int
    handed: int

    @property
    def key(self) -> int:
        """The point's key for buttons."""
        return self.point_id or NO_POINT


@dataclass(frozen=True, kw_only=True, slots=True)
class VariantSum:
    """How many of one variant at one unit price (minor units) are fetched at one pick-up point."""

    variant_id: int
    unit_amount: int
    point_id: int | None
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardLine:
    """So many of one variant at one unit price, in minor units."""

    variant_id: int
    variant: str
    quantity: int
    unit_amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardEntry:
    """One order of a pick, with all its lines."""

    order_id: int
    number: int
    name: str
    username: str | None
    state: OrderState
    fulfilment: FulfilmentState
    point_id: int | None
    point: str | None
    handed_over_at: datetime | None
    #: What fetching it costs, and what promotions take off it in all.
    fee_amount: int = 0
    discount_amount: int = 0
    lines: Sequence[BoardLine]

    @property
    def quantity(self) -> int:
        """How many pieces."""
        return sum(line.quantity for line in self.lines)

    @property
    def amount(self) -> int:
        """What the order costs, in minor units."""
        return max(0, self.goods_amount + self.fee_amount - self.discount_amount)

    @property
    def goods_amount(self) -> int:
        """What its lines come to, in minor units."""
        return sum(line.quantity * line.unit_amount for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenHandover:
    """A pick of which goods are still to be handed over at a point."""

    pick_id: int
    pick_number: int
    title: str
    group_id: int
    group_title: str
    point_id: int | None
    point: str | None
    orders: int

    @property
    def key(self) -> int:
        """The point's key for buttons."""
        return self.point_id or NO_POINT


class BoardRepository:
    """Sums and pages of a pick's standing orders."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sum_points(self, pick_id: int) -> list[PointSum]:
        """The sums of each pick-up point, in the points' order; who has chosen none comes last."""
        order, line, point = table(Order), table(OrderLine), table(PickupPoint)
        off = _off(pick_id).subquery()
        totals = (
            core_select(
                line.c.order_id,
                func.sum(line.c.quantity).label("quantity"),
                func.sum(line.c.quantity * line.c.unit_amount).label("amount"),
            )
            .join(order, order.c.id == line.c.order_id)
            .where(order.c.pick_id == pick_id)
            .group_by(line.c.order_id)
            .subquery()
        )
        states = FulfilmentState.WAITING, FulfilmentState.READY, FulfilmentState.HANDED_OVER
        query = (
            core_select(
                order.c.pickup_point_id,
                point.c.name,
                func.count(),
                func.sum(totals.c.quantity),
                func.sum(totals.c.amount + order.c.fee_amount - func.coalesce(off.c.amount, 0)),
                *(func.sum(case((order.c.fulfilment_state == state, 1), else_=0)) for state in states),
            )
            .select_from(
                order.join(totals, totals.c.order_id == order.c.id)
                .outerjoin(off, off.c.order_id == order.c.id)
                .outerjoin(point, point.c.id == order.c.pickup_point_id)
            )
            .where(order.c.pick_id == pick_id, order.c.state != OrderState.CANCELLED)
            .group_by(order.c.pickup_point_id, point.c.name, point.c.position)
            .order_by(point.c.position.is_(None), point.c.position, order.c.pickup_point_id)
        )
        names = list(PointSum.__dataclass_fields__)
        # PostgreSQL sums up to a numeric.
        return [
            PointSum(**dict(zip(names, (*row[:2], *map(int, row[2:])), strict=True)))
            for row in await (await self._session.connection()).execute(query)
        ]

    async def sum_fees(self, pick_id: int) -> int:
        """What fetching costs in all the standing orders of a pick."""
        order = table(Order)
        query = core_select(func.coalesce(func.sum(order.c.fee_amount), 0)).where(
            order.c.pick_id == pick_id, order.c.state != OrderState.CANCELLED
        )
        return int((await (await self._session.connection()).execute(query)).scalar_one())

    async def sum_variants(self, pick_id: int) -> list[VariantSum]:
        """How many of each variant at each unit price and point, in the variants' order."""
        order, line, variant = table(Order), table(OrderLine), table(Variant)
        query = (
            core_select(
                line.c.variant_id, line.c.unit_amount, order.c.pickup_point_id, func.sum(line.c.quantity)
            )
            .select_from(
                order.join(line, line.c.order_id == order.c.id).join(
                    variant, variant.c.id == line.c.variant_id
                )
            )
            .where(order.c.pick_id == pick_id, order.c.state != OrderState.CANCELLED)
            .group_by(line.c.variant_id, variant.c.position, line.c.unit_amount, order.c.pickup_point_id)
            .order_by(variant.c.position, line.c.unit_amount.desc(), order.c.pickup_point_id)
        )
        return [
            VariantSum(variant_id=row[0], unit_amount=row[1], point_id=row[2], quantity=int(row[3]))
            for row in await (await self._session.connection()).execute(query)
        ]

    async def list_entries(
        self,
        pick_id: int,
        *,
        point_id: int | None = None,
        whose: Whose = "all",
        offset: int = 0,
        limit: int | None = None,
    ) -> list[BoardEntry]:
        """Standing orders of a pick by number, at one point or at all; those handed over newest first."""
        conditions = _conditions(pick_id, point_id, whose)
        off = _off(pick_id).subquery()
        by_time = (col(Order.handed_over_at).desc(), col(Order.id)) if whose == "handed" else ()
        query = (
            core_select(
                col(Order.id), col(Order.number), col(Person.name), col(Person.username),
                col(Order.state), col(Order.fulfilment_state), col(Order.pickup_point_id),
                col(PickupPoint.name), col(Order.handed_over_at), col(Order.fee_amount),
                func.coalesce(off.c.amount, 0),
            )
            .outerjoin(off, off.c.order_id == col(Order.id))
            .join(Person, col(Person.id) == col(Order.person_id))
            .outerjoin(PickupPoint, col(PickupPoint.id) == col(Order.pickup_point_id))
            .where(*conditions)
            .order_by(*by_time, col(Order.number))
            .offset(offset)
        )  # fmt: skip
        if limit is not None:
            query = query.limit(limit)
        rows = list(await self._session.execute(query))
        # So many keys would be too many parameters; who lists all of a pick wants all of its lines.
        lines = await self._lines(
            col(Order.pick_id) == pick_id if limit is None else col(Order.id).in_([row[0] for row in rows])
        )
        names = [name for name in BoardEntry.__dataclass_fields__ if name != "lines"]
        return [BoardEntry(**dict(zip(names, row, strict=True)), lines=lines.get(row[0], [])) for row in rows]

    async def count_entries(self, pick_id: int, *, point_id: int | None = None, whose: Whose = "all") -> int:
        """How many orders `list_entries` would list."""
        query = core_select(func.count()).select_from(Order).where(*_conditions(pick_id, point_id, whose))
        return await self._session.scalar(query) or 0

    async def list_open(self, person_id: int) -> list[OpenHandover]:
        """What a person may hand over now, as a leader or as a helper at a point, newest pick first."""
        member = and_(col(Member.person_id) == person_id, col(Member.presence) == Presence.JOINED)
        led = core_select(col(Member.group_id)).where(
            member, col(Member.role).in_([Role.OWNER, Role.CURATOR])
        )
        helped = (
            core_select(col(PointHelper.point_id), col(PickupPoint.group_id))
            .join(PickupPoint, col(PickupPoint.id) == col(PointHelper.point_id))
            .join(Member, col(Member.group_id) == col(PickupPoint.group_id))
            .where(col(PointHelper.person_id) == person_id, member)
            .subquery()
        )
        groups = led.union(core_select(helped.c.group_id))
        newest = (
            core_select(col(Pick.id))
            .where(col(Pick.group_id).in_(groups), col(Pick.state) == PickState.CLOSED)
            .order_by(col(Pick.id).desc())
            .limit(_MOST_PICKS)
        )
        theirs = or_(
            col(Pick.group_id).in_(led),
            col(Order.pickup_point_id).in_(core_select(helped.c.point_id)),
            # Who has chosen no point may come to any.
            col(Order.pickup_point_id).is_(None),
        )
        query = (
            core_select(
                col(Pick.id), col(Pick.number), col(Offer.title), col(Group.id), col(Group.title),
                col(PickupPoint.id), col(PickupPoint.name), func.count(),
            )
            .select_from(Order)
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .outerjoin(PickupPoint, col(PickupPoint.id) == col(Order.pickup_point_id))
            .where(col(Order.pick_id).in_(newest), *_to_come(), theirs)
            .group_by(
                col(Pick.id), col(Pick.number), col(Offer.title), col(Group.id), col(Group.title),
                col(PickupPoint.id), col(PickupPoint.name), col(PickupPoint.position),
            )
            .order_by(
                col(Pick.id).desc(), col(PickupPoint.position).is_(None), col(PickupPoint.position)
            )
        )  # fmt: skip
        names = list(OpenHandover.__dataclass_fields__)
        return [
            OpenHandover(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)
        ]

    async def list_closed(self, person_id: int) -> Collection[int]:
        """The keys of the newest closed picks of groups in which a person leads or helps."""
        member = and_(col(Member.person_id) == person_id, col(Member.presence) == Presence.JOINED)
        helped = (
            core_select(col(PickupPoint.group_id))
            .join(PointHelper, col(PointHelper.point_id) == col(PickupPoint.id))
            .where(col(PointHelper.person_id) == person_id)
        )
        may = or_(col(Member.role).in_([Role.OWNER, Role.CURATOR]), col(Member.group_id).in_(helped))
        query = (
            core_select(col(Pick.id))
            .where(col(Pick.group_id).in_(core_select(col(Member.group_id)).where(member, may)))
            .where(col(Pick.state) == PickState.CLOSED)
            .order_by(col(Pick.id).desc())
            .limit(_MOST_PICKS)
        )
        return list((await self._session.execute(query)).scalars())

    async def _lines(self, condition: ColumnElement[bool]) -> dict[int, list[BoardLine]]:
        query = (
            core_select(
                col(OrderLine.order_id), col(Variant.id), col(Variant.name), col(OrderLine.quantity),
                col(OrderLine.unit_amount),
            )
            .join(Order, col(Order.id) == col(OrderLine.order_id))
            .join(Variant, col(Variant.id) == col(OrderLine.variant_id))
            .where(condition)
            .order_by(col(OrderLine.order_id), col(Variant.position))
        )  # fmt: skip
        lines: dict[int, list[BoardLine]] = {}
        for order_id, variant_id, variant, quantity, unit_amount in await self._session.execute(query):
            line = BoardLine(
                variant_id=variant_id, variant=variant, quantity=quantity, unit_amount=unit_amount
            )
            lines.setdefault(order_id, []).append(line)
        return lines


def _off(pick_id: int) -> Select[Any]:
    """What promotions take off the orders of a pick."""
    redemption, order = table(Redemption), table(Order)
    return (
        core_select(redemption.c.order_id, func.sum(redemption.c.amount).label("amount"))
        .join(order, order.c.id == redemption.c.order_id)
        .where(order.c.pick_id == pick_id)
        .group_by(redemption.c.order_id)
    )


def _conditions(pick_id: int, point_id: int | None, whose: Whose) -> list[Any]:
    conditions: list[Any] = [col(Order.pick_id) == pick_id, col(Order.state) != OrderState.CANCELLED]
    if point_id is not None:
        point = col(Order.pickup_point_id)
        conditions.append(point.is_(None) if point_id == NO_POINT else point == point_id)
    if whose == "to_come":
        conditions += _to_come()
    elif whose == "ready":
        conditions.append(col(Order.fulfilment_state) == FulfilmentState.READY)
    elif whose == "handed":
        conditions.append(col(Order.fulfilment_state) == FulfilmentState.HANDED_OVER)
    return conditions


def _to_come() -> list[Any]:
    not_fetched = [FulfilmentState.WAITING, FulfilmentState.READY]
    return [col(Order.state) == OrderState.CONFIRMED, col(Order.fulfilment_state).in_(not_fetched)]
