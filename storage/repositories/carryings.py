"""Which groups carry what another supplies."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, case, exists, func, literal, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Carrying, Group, Listing, Order, Person, Pick
from storage.states import CarryingEnd, OrderState, PickState
from storage.tables import table

_AGREED_ENDS: Final = (CarryingEnd.BY_CARRIER, CarryingEnd.BY_SUPPLIER)
_GONE: Final = (PickState.WITHDRAWN, PickState.FAILED)
_OPEN_ORDERS: Final = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.NEEDS_REVIEW)


class Supply(NamedTuple):
    """Whose a carried pick is, and what its own group keeps of what it sells."""

    supplier_id: int
    supplier: str
    share_bps: int
    end_reason: CarryingEnd | None


class CarriedHere(NamedTuple):
    """How a group carries something, if it does, and what it has sold of it by now."""

    #: That of the pick by which it does; None where it has stopped, or never began.
    number: int | None
    #: How many pieces are ordered by all picks of it, those by which it has stopped included.
    quantity: int


class Carrier(NamedTuple):
    """A group that carries something, and what it sold so far."""

    pick_id: int
    group_id: int
    group: str
    number: int
    state: PickState
    share_bps: int
    orders: int
    quantity: int
    ended_at: datetime | None


class CarryingRepository:
    """Carryings, and what is sold by them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, carrying: Carrying) -> None:
        """A group begins to carry."""
        self._session.add(carrying)
        await self._session.flush()

    async def find(self, pick_id: int, *, lock: bool = False) -> Carrying | None:
        """By what a pick is carried, as it stands now."""
        return await self._session.get(
            Carrying,
            pick_id,
            populate_existing=True,
            with_for_update={"key_share": True} if lock else None,
        )

    async def find_supply(self, pick_id: int) -> Supply | None:
        """Whose a carried pick is; None for a group's own."""
        query = (
            select(
                col(Carrying.supplier_id),
                col(Group.title),
                col(Carrying.share_bps),
                col(Carrying.end_reason),
            )
            .join(Group, col(Group.id) == col(Carrying.supplier_id))
            .where(col(Carrying.pick_id) == pick_id)
        )
        row = (await self._session.execute(query)).first()
        return None if row is None else Supply(*row)

    async def find_here(self, listing_id: int, group_id: int) -> CarriedHere:
        """How a group carries something; what came to nothing counts as if it had never begun."""
        number = case((col(Pick.ended_at).is_(None), col(Pick.number)))
        query = (
            select(func.max(number), func.coalesce(func.sum(col(Pick.quantity)), 0))
            .join(Carrying, col(Carrying.pick_id) == col(Pick.id))
            .where(col(Carrying.listing_id) == listing_id, col(Carrying.group_id) == group_id)
            .where(col(Pick.state).not_in(_GONE))
        )
        number_here, quantity = (await self._session.execute(query)).one()
        return CarriedHere(number_here, int(quantity))

    async def source_of(self, pick_id: int) -> int:
        """The key of the supplier's own pick of what is carried. Raises LookupError."""
        query = (
            select(col(Listing.pick_id))
            .join(Carrying, col(Carrying.listing_id) == col(Listing.id))
            .where(col(Carrying.pick_id) == pick_id)
        )
        source = await self._session.scalar(query)
        if source is None:
            raise LookupError(f"nobody carries pick {pick_id}")
        return source

    async def list_supplied(self, pick_id: int) -> list[int]:
        """The keys of all picks by which a supplier's own is, or was, carried, in their order."""
        query = (
            select(col(Carrying.pick_id))
            .join(Listing, col(Listing.id) == col(Carrying.listing_id))
            .where(col(Listing.pick_id) == pick_id)
        )
        return await self._keys(query)

    async def list_carriers(self, listing_id: int) -> list[Carrier]:
        """Every group that carries something, or did, in the order in which they began."""
        query = (
            select(
                *(col(Pick.id), col(Pick.group_id), col(Group.title), col(Pick.number), col(Pick.state)),
                *(col(Carrying.share_bps), col(Pick.order_count), col(Pick.quantity)),
                col(Carrying.ended_at),
            )
            .join(Carrying, col(Carrying.pick_id) == col(Pick.id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(col(Carrying.listing_id) == listing_id)
            .order_by(col(Pick.id))
        )
        return [Carrier(*row) for row in await self._session.execute(query)]

    async def list_unfinished(self, group_id: int) -> list[int]:
        """The keys of picks that a group carries, or supplies, and that are posted or have open orders.

        Without those that are withdrawn, and those of which a group is gone already.
        """
        pick, order, carrying = table(Pick), table(Order), table(Carrying)
        has_orders = exists().where(order.c.pick_id == pick.c.id, order.c.state.in_(_OPEN_ORDERS))
        query = (
            select(carrying.c.pick_id)
            .join(pick, pick.c.id == carrying.c.pick_id)
            .where(or_(carrying.c.group_id == group_id, carrying.c.supplier_id == group_id))
            .where(or_(carrying.c.end_reason.is_(None), carrying.c.end_reason.in_(_AGREED_ENDS)))
            .where(
                or_(
                    pick.c.state.in_([PickState.SCHEDULED, PickState.LIVE]),
                    (pick.c.state == PickState.CLOSED) & has_orders,
                )
            )
        )
        return await self._keys(query)

    async def end(
        self, pick_ids: Collection[int], reason: CarryingEnd, *, by_id: int | None, now: datetime
    ) -> None:
        """These take no further orders; whoever has to know is still to be told. The picks are locked."""
        carrying, pick = table(Carrying), table(Pick)
        at = literal(now, type_=pick.c.ended_at.type)
        await self._run(
            update(carrying)
            .where(carrying.c.pick_id.in_(sorted(pick_ids)))
            .values(
                ended_at=func.coalesce(carrying.c.ended_at, at),
                ended_by_id=by_id,
                end_reason=reason,
                told_at=None,
            )
        )
        await self._run(
            update(pick)
            .where(pick.c.id.in_(sorted(pick_ids)))
            .values(ended_at=func.coalesce(pick.c.ended_at, at))
        )

    async def list_untold(self, *, limit: int) -> list[int]:
        """The keys of carried picks of whose end those whom it concerns do not know yet, oldest first."""
        query = (
            select(col(Carrying.pick_id))
            .where(col(Carrying.told_at).is_(None), col(Carrying.ended_at).is_not(None))
            .order_by(col(Carrying.ended_at), col(Carrying.pick_id))
            .limit(limit)
        )
        return list((await self._session.execute(query)).scalars())

    async def list_missed(self, *, now: datetime, limit: int) -> list[int]:
        """The keys of carried picks that were not posted before their supplier's deadline."""
        query = (
            select(col(Pick.id))
            .where(col(Pick.state) == PickState.SCHEDULED, col(Pick.is_carried), col(Pick.closes_at) <= now)
            .order_by(col(Pick.id))
            .limit(limit)
        )
        return list((await self._session.execute(query)).scalars())

    async def list_waiting(self, pick_id: int) -> list[int]:
        """Who has an open order on a pick, and reads private messages."""
        query = (
            select(col(Person.id))
            .join(Order, col(Order.person_id) == col(Person.id))
            .where(col(Order.pick_id) == pick_id, col(Order.state).in_(_OPEN_ORDERS))
            .where(col(Person.private_is_open))
        )
        return await self._keys(query)

    async def count_open_orders(self, pick_id: int) -> int:
        """How many orders of a pick are still to be handed over."""
        query = select(func.count()).where(col(Order.pick_id) == pick_id, col(Order.state).in_(_OPEN_ORDERS))
        return await self._session.scalar(query) or 0

    async def mark_told(self, pick_id: int, *, now: datetime) -> None:
        """Those whom the end of a carrying concerns know of it."""
        carrying = table(Carrying)
        await self._run(update(carrying).where(carrying.c.pick_id == pick_id).values(told_at=now))

    async def _keys(self, query: Select[Any]) -> list[int]:
        return sorted((await self._session.execute(query)).scalars())

    async def _run(self, statement: Any) -> None:
        await (await self._session.connection()).execute(statement)
