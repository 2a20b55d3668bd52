"""Orders in bulk, one person's orders, and the roll-up of a pick."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Dialect,
    TextClause,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    text,
    tuple_,
    update,
)
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, moment, packed, run, source
from storage.discounts import OrderDiscount, discounts_of
from storage.models import (
    Group,
    Hold,
    Offer,
    Order,
    OrderEvent,
    OrderLine,
    Person,
    Pick,
    PickupPoint,
    Variant,
)
from storage.states import FulfilmentState, OrderEventKind, OrderState, PaymentState, PickState
from storage.tables import table

OrderKey = tuple[int, int]
"""The pick and the person of an order."""


class OrderEntry(NamedTuple):
    """An order as it stands: how many of each variant, the older terms that it keeps, and its team.

    What is held for it and whether anything was paid for it is known where that was asked for.
    """

    id: int
    pick_id: int
    person_id: int
    number: int
    state: OrderState
    lines: Mapping[int, int]
    kept: Mapping[str, Any] | None = None
    team_id: int | None = None
    #: There is a payment for it, in whatever stage.
    has_payments: bool = False
    #: What it falls back to unless it is paid in time: the quantity of each variant.
    keeps: Mapping[int, int] | None = None
    held_until: datetime | None = None
    #: What fetching it costs.
    fee_amount: int = 0


class LineChange(NamedTuple):
    """What an order shall hold of one variant; none takes the line away."""

    order_id: int
    variant_id: int
    quantity: int
    unit_amount: int


class NewOrder(NamedTuple):
    """An order to be written for the first time."""

    pick_id: int
    person_id: int
    number: int
    pickup_point_id: int | None = None
    fee_amount: int = 0


class NewEvent(NamedTuple):
    """A change of an order to be written into its history."""

    order_id: int
    kind: OrderEventKind
    changes: Mapping[int, int]
    message_id: int | None
    update_id: int | None


class GivenBack(NamedTuple):
    """What a cancelled order held: the quantity of each variant."""

    order_id: int
    person_id: int
    quantities: dict[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderedLine:
    """One line of the roll-up: whose order, how many of what, at which unit price."""

    order_id: int
    number: int
    person_id: int
    name: str
    variant_id: int
    variant: str
    position: int
    quantity: int
    unit_amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnLine:
    """One line of somebody's own orders, with where and what it is."""

    order_id: int
    number: int
    state: OrderState
    pick_id: int
    pick_number: int
    offer_id: int
    closes_at: datetime
    group_title: str
    time_zone: str
    title: str
    currency: str
    price_amount: int
    variant: str
    quantity: int
    unit_amount: int
    #: What fetching the whole order costs.
    fee_amount: int = 0
    #: What is taken off the whole order.
    discounts: tuple[OrderDiscount, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnOrder:
    """One of somebody's own orders as a whole, the cancelled too."""

    order_id: int
    number: int
    state: OrderState
    payment_state: PaymentState
    fulfilment_state: FulfilmentState
    placed_at: datetime
    pick_id: int
    pick_number: int
    pick_state: PickState
    closes_at: datetime
    reason: str | None
    offer_id: int
    title: str
    group_title: str
    time_zone: str
    point: str | None


class OrderRepository:
    """Orders, lines and events."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def load(
        self, keys: Collection[OrderKey], *, with_money: bool = False
    ) -> dict[OrderKey, OrderEntry]:
        """These orders by pick and person, the cancelled too; the unknown are left out."""
        if not keys:
            return {}
        query = _load(dialect_of(self._session), with_money=with_money)
        rows = await run(self._session, query, {"rows": packed(keys)})
        return _gather_with_money(rows) if with_money else _gather(rows)

    async def add(self, orders: Sequence[NewOrder], *, now: datetime) -> dict[OrderKey, int]:
        """Write new orders; returns their keys."""
        if not orders:
            return {}
        shared = {
            "state": OrderState.PLACED,
            "payment_state": PaymentState.UNPAID,
            "fulfilment_state": FulfilmentState.WAITING,
            "placed_at": now,
        }
        statement = bulk_insert(
            dialect_of(self._session),
            Order,
            NewOrder._fields,
            tuple(shared),
            "RETURNING pick_id, person_id, id",
        )
        result = await run(self._session, statement, {"rows": packed(orders), **shared})
        return {(pick_id, person_id): key for pick_id, person_id, key in result}

    async def set_states(self, states: Mapping[int, OrderState]) -> None:
        """Move orders to these states."""
        if not states:
            return
        order = table(Order)
        statement = (
            update(order).where(order.c.id == bindparam("for_order")).values(state=bindparam("becomes"))
        )
        rows = [{"for_order": key, "becomes": state} for key, state in states.items()]
        await (await self._session.connection()).execute(statement, rows)

    async def set_lines(self, changes: Sequence[LineChange]) -> None:
        """Make orders hold these quantities."""
        line = table(OrderLine)
        gone = [{"for_order": c.order_id, "for_variant": c.variant_id} for c in changes if c.quantity == 0]
        if gone:
            gone_lines = delete(line).where(
                line.c.order_id == bindparam("for_order"), line.c.variant_id == bindparam("for_variant")
            )
            await (await self._session.connection()).execute(gone_lines, gone)
        kept = [change for change in changes if change.quantity]
        if kept:
            statement = bulk_insert(
                dialect_of(self._session),
                OrderLine,
                LineChange._fields,
                (),
                "ON CONFLICT (order_id, variant_id) DO UPDATE SET quantity = excluded.quantity",
            )
            await run(self._session, statement, {"rows": packed(kept)})

    async def add_events(self, events: Sequence[NewEvent], *, now: datetime) -> None:
        """Write changes into the history."""
        if not events:
            return
        statement = bulk_insert(dialect_of(self._session), OrderEvent, NewEvent._fields, ("happened_at",))
        await run(self._session, statement, {"rows": packed(events), "happened_at": now})

    async def changes_by_message(
        self, messages: Collection[tuple[int, int]]
    ) -> dict[tuple[int, int], dict[int, int]]:
        """What each (order, message) has changed so far, summed by variant."""
        event = table(OrderEvent)
        query = core_select(event.c.order_id, event.c.message_id, event.c.changes).where(
            tuple_(event.c.order_id, event.c.message_id).in_(list(messages))
        )
        sums: dict[tuple[int, int], dict[int, int]] = {}
        for order_id, message_id, changes in await (await self._session.connection()).execute(query):
            sum_ = sums.setdefault((order_id, message_id), {})
            for variant, change in changes.items():
                sum_[int(variant)] = sum_.get(int(variant), 0) + change
        return sums

    async def confirm(self, pick_id: int, *, now: datetime, only: Collection[int] | None = None) -> list[int]:
        """Confirm every placed order of a pick, or these only; returns their keys.

        What has to be paid first, and may still be, stays as it is placed.
        """
        order, hold = table(Order), table(Hold)
        is_held = core_select(hold.c.order_id).where(hold.c.order_id == order.c.id).exists()
        statement = (
            update(order)
            .where(order.c.pick_id == pick_id, order.c.state == OrderState.PLACED, ~is_held)
            .values(state=OrderState.CONFIRMED)
            .returning(order.c.id)
        )
        if only is not None:
            statement = statement.where(order.c.id.in_(sorted(only)))
        keys = sorted((await (await self._session.connection()).execute(statement)).scalars())
        await self.add_events(
            [
                NewEvent(
                    order_id=key, kind=OrderEventKind.CONFIRMED, changes={}, message_id=None, update_id=None
                )
                for key in keys
            ],
            now=now,
        )
        return keys

    async def lock_of(self, pick_id: int) -> None:
        """Keep everybody from handing over or paying any order of a pick before the commit."""
        order = table(Order)
        query = core_select(order.c.id).where(order.c.pick_id == pick_id).order_by(order.c.id)
        await (await self._session.connection()).execute(query.with_for_update(key_share=True))

    async def cancel_all(
        self, pick_id: int, *, by_id: int | None, now: datetime, only: Collection[int] | None = None
    ) -> list[GivenBack]:
        """Cancel every standing order of a pick that is locked, or these only, each with its event.

        One in review loses its goods, too, but stays there: a person has yet to decide about its money. The
        caller moves the counters: what each order gave back is returned.
        """
        connection = await self._session.connection()
        order, line = table(Order), table(OrderLine)
        to_cancel = order.c.state.in_([OrderState.PLACED, OrderState.CONFIRMED])
        held = line.alias()
        holds_goods = core_select(held.c.order_id).where(held.c.order_id == order.c.id).exists()
        in_review = and_(order.c.state == OrderState.NEEDS_REVIEW, holds_goods)
        chosen: ColumnElement[bool] = order.c.pick_id == pick_id
        if only is not None:
            chosen = and_(chosen, order.c.id.in_(only))
        standing = and_(chosen, or_(to_cancel, in_review))
        rows = await connection.execute(
            core_select(order.c.id, order.c.person_id, line.c.variant_id, line.c.quantity)
            .select_from(order.outerjoin(line, line.c.order_id == order.c.id))
            .where(standing)
            .order_by(order.c.id)
        )
        given: dict[int, GivenBack] = {}
        for order_id, person_id, variant_id, quantity in rows:
            back = given.setdefault(order_id, GivenBack(order_id, person_id, {}))
            if variant_id is not None:
                back.quantities[variant_id] = quantity
        if not given:
            return []
        of_pick = core_select(order.c.id).where(standing)
        await connection.execute(delete(line).where(line.c.order_id.in_(of_pick)))
        await connection.execute(update(order).where(chosen, to_cancel).values(state=OrderState.CANCELLED))
        shared = {"kind": OrderEventKind.CANCELLED, "by_id": by_id, "happened_at": now}
        events = [
            {"order_id": key, "changes": {str(v): -n for v, n in back.quantities.items()}, **shared}
            for key, back in given.items()
        ]
        await connection.execute(insert(table(OrderEvent)), events)
        return list(given.values())

    async def list_private_buyers(self, pick_id: int) -> list[tuple[int, int]]:
        """The orders of a closed pick that stand for good, whose buyers read private messages.

        (order, person) each.
        """
        passing = (OrderState.CANCELLED, OrderState.PLACED)
        query = (
            core_select(col(Order.id), col(Order.person_id))
            .join(Person, col(Person.id) == col(Order.person_id))
            .where(col(Order.pick_id) == pick_id, col(Order.state).not_in(passing))
            .where(col(Person.private_is_open))
            .order_by(col(Order.number))
        )
        return [(order_id, person_id) for order_id, person_id in await self._session.execute(query)]

    async def list_lines(self, pick_id: int) -> list[OrderedLine]:
        """Every line of a pick's standing orders, by order number and variant."""
        query = (
            core_select(
                col(Order.id), col(Order.number), col(Person.id), col(Person.name),
                col(Variant.id), col(Variant.name), col(Variant.position),
                col(OrderLine.quantity), col(OrderLine.unit_amount),
            )
            .join(OrderLine, col(OrderLine.order_id) == col(Order.id))
            .join(Variant, col(Variant.id) == col(OrderLine.variant_id))
            .join(Person, col(Person.id) == col(Order.person_id))
            .where(col(Order.pick_id) == pick_id, col(Order.state) != OrderState.CANCELLED)
            .order_by(col(Order.number), col(Variant.position))
        )  # fmt: skip
        names = list(OrderedLine.__dataclass_fields__)
        return [
            OrderedLine(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)
        ]

    async def list_own(self, person_id: int, *, limit: int, offset: int = 0) -> list[OwnOrder]:
        """A person's orders, the newest first."""
        condition = col(Order.person_id) == person_id
        return await self._own_orders(condition, limit=limit, offset=offset)

    async def find_own(self, person_id: int, order_id: int) -> OwnOrder | None:
        """One order, if it is this person's."""
        condition = and_(col(Order.id) == order_id, col(Order.person_id) == person_id)
        return next(iter(await self._own_orders(condition, limit=1, offset=0)), None)

    async def list_own_lines(self, order_ids: Collection[int]) -> list[OwnLine]:
        """The lines of these orders, the newest order first."""
        return await self._own_lines(col(Order.id).in_(order_ids))

    async def receipt(self, order_id: int) -> tuple[int, list[OwnLine]]:
        """The person of an order and its lines. Raises LookupError."""
        person_id = await self._session.scalar(
            core_select(col(Order.person_id)).where(col(Order.id) == order_id)
        )
        if person_id is None:
            raise LookupError(f"no order {order_id}")
        return person_id, await self._own_lines(col(Order.id) == order_id)

    async def _own_orders(self, condition: ColumnElement[bool], *, limit: int, offset: int) -> list[OwnOrder]:
        query = (
            core_select(
                col(Order.id), col(Order.number), col(Order.state), col(Order.payment_state),
                col(Order.fulfilment_state), col(Order.placed_at), col(Pick.id), col(Pick.number),
                col(Pick.state), col(Pick.closes_at), col(Pick.reason), col(Offer.id), col(Offer.title),
                col(Group.title), col(Group.time_zone), col(PickupPoint.name),
            )
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .outerjoin(PickupPoint, col(PickupPoint.id) == col(Order.pickup_point_id))
            .where(condition)
            .order_by(col(Order.id).desc())
            .limit(limit)
            .offset(offset)
        )  # fmt: skip
        names = list(OwnOrder.__dataclass_fields__)
        return [OwnOrder(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)]

    async def _own_lines(self, condition: object) -> list[OwnLine]:
        query = (
            core_select(
                col(Order.id), col(Order.number), col(Order.state), col(Pick.id), col(Pick.number),
                col(Offer.id), col(Pick.closes_at), col(Group.title), col(Group.time_zone), col(Offer.title),
                col(Offer.currency), col(Offer.price_amount), col(Variant.name), col(OrderLine.quantity),
                col(OrderLine.unit_amount), col(Order.fee_amount),
            )
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(OrderLine, col(OrderLine.order_id) == col(Order.id))
            .join(Variant, col(Variant.id) == col(OrderLine.variant_id))
            .where(condition)  # type: ignore[arg-type]
            .order_by(col(Order.id).desc(), col(Variant.position))
        )  # fmt: skip
        names = [name for name in OwnLine.__dataclass_fields__ if name != "discounts"]
        rows = (await self._session.execute(query)).all()
        off = await discounts_of(self._session, {row[0] for row in rows})
        return [OwnLine(**dict(zip(names, row, strict=True)), discounts=off.get(row[0], ())) for row in rows]


_BARE_COLUMNS = 10

# What few groups need, all others do not pay for.
_MONEY = (
    ", EXISTS (SELECT 1 FROM payment AS p WHERE p.order_id = o.id), CAST(h.keeps AS TEXT), h.expires_at",
    "LEFT JOIN hold AS h ON h.order_id = o.id",
)
_NO_MONEY = ("", "")


@cache
def _load(dialect: Dialect, *, with_money: bool) -> TextClause:
    columns, joined = _MONEY if with_money else _NO_MONEY
    return text(
        "SELECT o.id, o.pick_id, o.person_id, o.number, o.state, l.variant_id, l.quantity, "
        f"CAST(c.kept AS TEXT), o.team_id, o.fee_amount {columns} "
        f"FROM {source(dialect, Order, ('pick_id', 'person_id'))} "
        "JOIN orders AS o ON o.pick_id = r.pick_id AND o.person_id = r.person_id "
        "LEFT JOIN order_line AS l ON l.order_id = o.id "
        f"LEFT JOIN price_consent AS c ON c.order_id = o.id {joined}"
    )


def _gather(rows: Iterable[Any]) -> dict[OrderKey, OrderEntry]:
    lines: dict[int, dict[int, int]] = {}
    heads: dict[OrderKey, tuple[int, int, str, str | None, int | None, int]] = {}
    for order_id, pick_id, person_id, number, state, variant_id, quantity, kept, team_id, fee in rows:
        heads[(pick_id, person_id)] = (order_id, number, state, kept, team_id, fee)
        of_order = lines.setdefault(order_id, {})
        if variant_id is not None:
            of_order[variant_id] = quantity
    return {
        (pick_id, person_id): OrderEntry(
            id=order_id,
            pick_id=pick_id,
            person_id=person_id,
            number=number,
            state=OrderState(state),
            lines=lines[order_id],
            kept=json.loads(kept) if kept else None,
            team_id=team_id,
            fee_amount=fee,
        )
        for (pick_id, person_id), (order_id, number, state, kept, team_id, fee) in heads.items()
    }


def _gather_with_money(rows: Sequence[Any]) -> dict[OrderKey, OrderEntry]:
    money = {(row[1], row[2]): row[_BARE_COLUMNS:] for row in rows}
    return {
        key: entry._replace(
            has_payments=bool(paid),
            keeps=None if keeps is None else {int(variant): n for variant, n in json.loads(keeps).items()},
            held_until=None if until is None else moment(until),
        )
        for key, entry in _gather(row[:_BARE_COLUMNS] for row in rows).items()
        for paid, keeps, until in [money[key]]
    }
