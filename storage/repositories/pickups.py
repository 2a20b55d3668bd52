"""Pick-up points, who fetches what where, and the orders that are handed over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Dialect, TextClause, delete, func, insert, or_, text, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run, source
from storage.discounts import discounts_of
from storage.models import (
    Draft,
    Group,
    Offer,
    Order,
    OrderEvent,
    OrderLine,
    Person,
    Pick,
    PickPoint,
    PickupPoint,
    Variant,
)
from storage.states import FETCHED, NO_POINT, FulfilmentState, OrderEventKind, OrderState, PickState
from storage.tables import table

_REMEMBERED: Final = 20
"""How many of somebody's newest orders may tell where she fetches things."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderInHand:
    """An order with all that handing it over asks for."""

    id: int
    number: int
    state: OrderState
    fulfilment: FulfilmentState
    code: str | None
    person_id: int
    name: str
    private_is_open: bool
    point_id: int | None
    point_name: str | None
    point_words: str | None
    pick_id: int
    pick_number: int
    pick_state: PickState
    title: str
    currency: str
    group_id: int
    group_title: str
    time_zone: str
    handed_over_at: datetime | None
    handed_over_by: str | None
    lines: Sequence[tuple[str, int]]
    #: What its lines and the way to them come to, after what promotions take off.
    amount: int
    #: What fetching it costs.
    fee_amount: int = 0
    #: It is in its group's currency, in which fees are: another one knows none.
    has_fees: bool = True


class Destination(NamedTuple):
    """Where a new order is fetched, unless its member has to say so first, and what that costs."""

    point_id: int | None
    fee_amount: int = 0


class PickupRepository:
    """Where goods are fetched, and whether they were."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # Points

    async def list_points(self, group_id: int, *, in_use: bool = False) -> list[PickupPoint]:
        """The pick-up points of a group in their order: all, or without those that are switched off."""
        query = select(PickupPoint).where(PickupPoint.group_id == group_id)
        if in_use:
            query = query.where(col(PickupPoint.is_active))
        return list(await self._session.exec(query.order_by(col(PickupPoint.position), col(PickupPoint.id))))

    async def find_point(self, point_id: int) -> PickupPoint | None:
        """The pick-up point with this key."""
        return await self._session.get(PickupPoint, point_id)

    async def save_point(self, point: PickupPoint) -> PickupPoint:
        """Keep a new or changed pick-up point; a new one gets its key."""
        self._session.add(point)
        await self._session.flush()
        return point

    async def list_choices(self, pick_id: int) -> list[PickupPoint]:
        """The pick-up points at which a pick can be fetched, in their order."""
        named = core_select(col(PickPoint.point_id)).where(col(PickPoint.pick_id) == pick_id)
        query = (
            select(PickupPoint)
            .join(Pick, col(Pick.group_id) == col(PickupPoint.group_id))
            .where(col(Pick.id) == pick_id, col(PickupPoint.is_active))
            .where(or_(~named.exists(), col(PickupPoint.id).in_(named)))
            .order_by(col(PickupPoint.position), col(PickupPoint.id))
        )
        return list(await self._session.exec(query))

    async def destinations(self, keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], Destination]:
        """Where new orders, by (pick, person), are fetched: the sole point, or the one chosen before.

        No point where there are several to choose from; picks without any pick-up point are left out.
        """
        query = _choices(dialect_of(self._session))
        rows = await run(
            self._session, query, {"rows": packed((pick_id,) for pick_id in {k[0] for k in keys})}
        )
        choices: dict[int, dict[int, int]] = {}
        for pick_id, point_id, fee_amount in rows:
            choices.setdefault(pick_id, {})[point_id] = fee_amount
        if not choices:
            return {}
        asked = {person_id for pick_id, person_id in keys if len(choices.get(pick_id, ())) > 1}
        remembered = await self._remembered(asked) if asked else {}
        return {
            (pick_id, person_id): _destination(choices[pick_id], remembered.get(person_id, ()))
            for pick_id, person_id in keys
            if pick_id in choices
        }

    async def _remembered(self, person_ids: Collection[int]) -> dict[int, list[int]]:
        """The pick-up points of people's newest orders, the newest first."""
        order = table(Order)
        place = func.row_number().over(partition_by=order.c.person_id, order_by=order.c.id.desc())
        newest = (
            core_select(order.c.id, order.c.person_id, order.c.pickup_point_id, place.label("place"))
            .where(order.c.person_id.in_(list(person_ids)), order.c.pickup_point_id.is_not(None))
            .subquery()
        )
        query = (
            core_select(newest.c.person_id, newest.c.pickup_point_id)
            .where(newest.c.place <= _REMEMBERED)
            .order_by(newest.c.id.desc())
        )
        points: dict[int, list[int]] = {}
        for person_id, point_id in await (await self._session.connection()).execute(query):
            points.setdefault(person_id, []).append(point_id)
        return points

    # Orders

    async def get(self, order_id: int) -> OrderInHand:
        """The order with this key. Raises LookupError."""
        found = await self._list(col(Order.id) == order_id)
        if not found:
            raise LookupError(f"no order {order_id}")
        return found[0]

    async def find(self, order_id: int, *, lock: bool = False) -> OrderInHand | None:
        """The order with this key, if there is one; locked, nobody else hands it over before the commit."""
        if lock:
            of_order = core_select(col(Order.id)).where(col(Order.id) == order_id)
            await self._session.execute(of_order.with_for_update(key_share=True))
        return next(iter(await self._list(col(Order.id) == order_id)), None)

    async def find_by_code(self, code: str) -> OrderInHand | None:
        """The order with this code."""
        return next(iter(await self._list(col(Order.code) == code)), None)

    async def list_by_number(self, pick_ids: Collection[int], number: int) -> list[OrderInHand]:
        """The orders of these picks that have this number."""
        return await self._list(col(Order.pick_id).in_(pick_ids), col(Order.number) == number)

    async def list_own(self, person_id: int, *, limit: int) -> list[OrderInHand]:
        """A person's newest orders that she has not cancelled, the newest first."""
        newest = (
            core_select(col(Order.id))
            .where(col(Order.person_id) == person_id, col(Order.state) != OrderState.CANCELLED)
            .order_by(col(Order.id).desc())
            .limit(limit)
        )
        return await self._list(col(Order.id).in_(newest))

    async def choose(self, order_ids: Collection[int], point_id: int) -> list[int]:
        """These orders are fetched there; what was there for their taking elsewhere is so no more.

        Returns those of which it may cost something else now. A fee is in the group's currency: an order in
        another one has none.
        """
        order = table(Order)
        connection = await self._session.connection()
        keys = sorted(set(order_ids))
        had = core_select(order.c.id).where(order.c.id.in_(keys), order.c.fee_amount != 0)
        dearer = set((await connection.execute(had)).scalars())
        fetched = order.c.fulfilment_state.in_(FETCHED)
        statement = (
            update(order)
            .where(order.c.id.in_(keys), ~fetched)
            .values(
                pickup_point_id=point_id,
                fulfilment_state=FulfilmentState.WAITING,
                fee_amount=_fee(order.c.pick_id, point_id),
            )
            .returning(order.c.id, order.c.fee_amount)
        )
        moved = [(row[0], row[1]) for row in await connection.execute(statement)]
        return sorted(order_id for order_id, fee_amount in moved if fee_amount or order_id in dearer)

    async def give_codes(self, codes: Mapping[int, str]) -> None:
        """Give orders their codes; the database refuses one that is another order's."""
        if codes:
            statement = _give_codes(dialect_of(self._session))
            await run(self._session, statement, {"rows": packed(codes.items())})

    async def arrive(
        self, pick_id: int, point_id: int, *, by_id: int, now: datetime
    ) -> list[tuple[int, int]]:
        """What waited to be brought to a point is ready; returns (order, person) of each."""
        order = table(Order)
        statement = (
            update(order)
            .where(order.c.pick_id == pick_id, _at(point_id))
            .where(order.c.state == OrderState.CONFIRMED)
            .where(order.c.fulfilment_state == FulfilmentState.WAITING)
            .values(fulfilment_state=FulfilmentState.READY)
            .returning(order.c.id, order.c.person_id)
        )
        ready = sorted(
            (row[0], row[1]) for row in await (await self._session.connection()).execute(statement)
        )
        await self._note([key for key, _ in ready], OrderEventKind.READY, by_id=by_id, now=now)
        return ready

    async def hand_over(self, order_id: int, *, by_id: int, now: datetime) -> None:
        """An order's goods are in its member's hands, and the order is completed. Raises LookupError."""
        await self._change(
            order_id,
            OrderState.CONFIRMED,
            [FulfilmentState.WAITING, FulfilmentState.READY],
            state=OrderState.COMPLETED,
            fulfilment_state=FulfilmentState.HANDED_OVER,
            handed_over_at=now,
            handed_over_by_id=by_id,
        )
        await self._note([order_id], OrderEventKind.HANDED_OVER, by_id=by_id, now=now)

    async def take_back(self, order_id: int, *, by_id: int, now: datetime) -> None:
        """The hand-over of an order did not happen. Raises LookupError."""
        await self._change(
            order_id,
            OrderState.COMPLETED,
            [FulfilmentState.HANDED_OVER],
            state=OrderState.CONFIRMED,
            fulfilment_state=FulfilmentState.READY,
            handed_over_at=None,
            handed_over_by_id=None,
        )
        await self._note([order_id], OrderEventKind.TAKEN_BACK, by_id=by_id, now=now)

    async def note_return(self, order_id: int, *, by_id: int, now: datetime) -> None:
        """What an order's member had in her hands came back. Raises LookupError."""
        await self._change(
            order_id,
            OrderState.COMPLETED,
            [FulfilmentState.HANDED_OVER],
            fulfilment_state=FulfilmentState.RETURNED,
        )
        await self._note([order_id], OrderEventKind.RETURNED, by_id=by_id, now=now)

    async def remind(
        self, pick_id: int, point_id: int, *, by_id: int, now: datetime, unless_since: datetime
    ) -> list[tuple[int, int]]:
        """Note a reminder for those whose goods are ready, unless they had one since: (order, person)."""
        event = table(OrderEvent)
        reminded = (
            core_select(event.c.id)
            .where(event.c.order_id == col(Order.id), event.c.kind == OrderEventKind.REMINDED)
            .where(event.c.happened_at > unless_since)
        )
        query = (
            core_select(col(Order.id), col(Order.person_id))
            .where(col(Order.pick_id) == pick_id, _at(point_id), col(Order.state) == OrderState.CONFIRMED)
            .where(col(Order.fulfilment_state) == FulfilmentState.READY, ~reminded.exists())
            .order_by(col(Order.id))
            .with_for_update(key_share=True)
        )
        rows = await (await self._session.connection()).execute(query)
        found = [(int(row[0] or 0), row[1]) for row in rows]
        await self._note([key for key, _ in found], OrderEventKind.REMINDED, by_id=by_id, now=now)
        return found

    async def readers(self, person_ids: Collection[int]) -> set[int]:
        """Those of these people who read private messages."""
        found = await run(
            self._session,
            _readers(dialect_of(self._session)),
            {"rows": packed((person_id,) for person_id in person_ids)},
        )
        return {row[0] for row in found}

    # What somebody is about to type

    async def wait_for(self, person_id: int, step: str, content: Mapping[str, Any], *, now: datetime) -> None:
        """A person will type something; what she was asked under this step before is forgotten."""
        await self.wait_no_more(person_id, step)
        statement = insert(table(Draft)).values(
            person_id=person_id, step=step, content=dict(content), created_at=now, updated_at=now
        )
        await (await self._session.connection()).execute(statement)

    async def wait_no_more(self, person_id: int, step: str) -> None:
        """Nothing of this step is waited for any more."""
        statement = delete(Draft).where(col(Draft.person_id) == person_id, col(Draft.step) == step)
        await (await self._session.connection()).execute(statement)

    async def find_waiting(self, person_id: int, step: str) -> Draft | None:
        """What a person is about to type under this step."""
        query = select(Draft).where(Draft.person_id == person_id, Draft.step == step)
        return (await self._session.exec(query.order_by(col(Draft.id).desc()))).first()

    async def _change(
        self, order_id: int, state: OrderState, goods: Sequence[FulfilmentState], /, **values: Any
    ) -> None:
        order = table(Order)
        statement = (
            update(order)
            .where(order.c.id == order_id, order.c.state == state, order.c.fulfilment_state.in_(goods))
            .values(**values)
        )
        changed = await (await self._session.connection()).execute(statement)
        if not changed.rowcount:
            raise LookupError(f"no order {order_id} that is {state} with its goods {' or '.join(goods)}")

    async def _note(self, keys: Sequence[int], kind: OrderEventKind, *, by_id: int, now: datetime) -> None:
        if not keys:
            return
        shared = {"kind": kind, "by_id": by_id, "happened_at": now}
        statement = bulk_insert(dialect_of(self._session), OrderEvent, ("order_id", "changes"), tuple(shared))
        await run(self._session, statement, {"rows": packed((key, {}) for key in keys), **shared})

    async def _list(self, *conditions: Any) -> list[OrderInHand]:
        by = table(Person).alias("by")
        query = (
            core_select(
                col(Order.id), col(Order.number), col(Order.state), col(Order.fulfilment_state),
                col(Order.code), col(Person.id), col(Person.name), col(Person.private_is_open),
                col(PickupPoint.id), col(PickupPoint.name), col(PickupPoint.words),
                col(Pick.id), col(Pick.number), col(Pick.state), col(Offer.title), col(Offer.currency),
                col(Group.id), col(Group.title), col(Group.time_zone),
                col(Order.handed_over_at), by.c.name, col(Order.fee_amount),
                col(Offer.currency) == col(Group.currency),
            )
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .join(Person, col(Person.id) == col(Order.person_id))
            .outerjoin(PickupPoint, col(PickupPoint.id) == col(Order.pickup_point_id))
            .outerjoin(by, by.c.id == col(Order.handed_over_by_id))
            .where(*conditions)
            .order_by(col(Order.id).desc())
        )  # fmt: skip
        rows = list(await self._session.execute(query))
        lines = await self._lines([row[0] for row in rows])
        off = await discounts_of(self._session, [row[0] for row in rows])
        names = [name for name in OrderInHand.__dataclass_fields__ if name not in ("lines", "amount")]
        found = []
        for row in rows:
            of_order = lines.get(row[0], ())
            goods = sum(quantity * unit for _, quantity, unit in of_order)
            less = sum(one.amount for one in off.get(row[0], ()))
            fields = dict(zip(names, row, strict=True))
            found.append(
                OrderInHand(
                    **fields,
                    lines=[(name, quantity) for name, quantity, _ in of_order],
                    amount=max(0, goods + fields["fee_amount"] - less) if of_order else 0,
                )
            )
        return found

    async def _lines(self, order_ids: Collection[int]) -> dict[int, list[tuple[str, int, int]]]:
        query = (
            core_select(
                col(OrderLine.order_id),
                col(Variant.name),
                col(OrderLine.quantity),
                col(OrderLine.unit_amount),
            )
            .join(Variant, col(Variant.id) == col(OrderLine.variant_id))
            .where(col(OrderLine.order_id).in_(order_ids))
            .order_by(col(OrderLine.order_id), col(Variant.position))
        )
        lines: dict[int, list[tuple[str, int, int]]] = {}
        for order_id, name, quantity, unit_amount in await self._session.execute(query):
            lines.setdefault(order_id, []).append((name, quantity, unit_amount))
        return lines


def _destination(choices: Mapping[int, int], remembered: Sequence[int]) -> Destination:
    if len(choices) == 1:
        return Destination(*next(iter(choices.items())))
    point_id = next((point_id for point_id in remembered if point_id in choices), None)
    return Destination(point_id, choices[point_id] if point_id is not None else 0)


def _fee(pick_id: Any, point_id: int) -> Any:
    """What fetching an order of a pick at a point costs."""
    point, pick, offer, group = table(PickupPoint), table(Pick), table(Offer), table(Group)
    fee = (
        core_select(point.c.fee_amount)
        .join(group, group.c.id == point.c.group_id)
        .join(pick, pick.c.id == pick_id)
        .join(offer, (offer.c.id == pick.c.offer_id) & (offer.c.currency == group.c.currency))
        .where(point.c.id == point_id)
        .correlate(table(Order))
    )
    return func.coalesce(fee.scalar_subquery(), 0)


def _at(point_id: int) -> Any:
    point = table(Order).c.pickup_point_id
    return point.is_(None) if point_id == NO_POINT else point == point_id


@cache
def _choices(dialect: Dialect) -> TextClause:
    return text(
        "SELECT p.id, t.id, CASE WHEN o.currency = g.currency THEN t.fee_amount ELSE 0 END "
        f"FROM {source(dialect, Pick, ('id',))} "
        "JOIN pick AS p ON p.id = r.id JOIN pickup_point AS t ON t.group_id = p.group_id AND t.is_active "
        "JOIN offer AS o ON o.id = p.offer_id JOIN chat_group AS g ON g.id = p.group_id "
        "WHERE NOT EXISTS (SELECT 1 FROM pick_point AS n WHERE n.pick_id = p.id) "
        "OR EXISTS (SELECT 1 FROM pick_point AS n WHERE n.pick_id = p.id AND n.point_id = t.id)"
    )


@cache
def _give_codes(dialect: Dialect) -> TextClause:
    return text(
        "UPDATE orders SET code = r.code "
        f"FROM {source(dialect, Order, ('id', 'code'))} WHERE orders.id = r.id"
    )


@cache
def _readers(dialect: Dialect) -> TextClause:
    return text(
        f"SELECT p.id FROM {source(dialect, Person, ('id',))} JOIN person AS p ON p.id = r.id "
        "WHERE p.private_is_open"
    )
