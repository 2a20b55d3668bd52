"""What groups open to other groups, and what the market shows of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Carrying, Group, Listing, Offer, Order, OrderEvent, Pick, Variant
from storage.purchases import ON_OFFER
from storage.states import OrderEventKind, OrderState, PickState
from storage.tables import table


class Fulfilled(NamedTuple):
    """So many orders of what a group supplies were handed over, and so many others it called off."""

    handed_over: int
    called_off: int


class Measures(NamedTuple):
    """By what a listing is ranked, in basis points each; None: too little is known."""

    rating_bps: int | None
    dispute_bps: int | None
    completion_bps: int | None


class ListingRepository:
    """Listings."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def save(self, listing: Listing) -> Listing:
        """Keep a listing, new or changed; gives a new one its key."""
        self._session.add(listing)
        await self._session.flush()
        return listing

    async def find(self, listing_id: int, *, lock: bool = False) -> Listing | None:
        """A listing, if there is one; locked, nobody else changes or carries it before the commit."""
        return await self._find(col(Listing.id) == listing_id, lock=lock)

    async def find_by_pick(self, pick_id: int, *, lock: bool = False) -> Listing | None:
        """The listing of the supplier's own pick, if it was ever opened."""
        return await self._find(col(Listing.pick_id) == pick_id, lock=lock)

    async def lock_open(self, group_id: int) -> list[Listing]:
        """What a group supplies to others now, locked in the order of its keys."""
        query = locked(select(Listing), key_share=True).where(
            col(Listing.group_id) == group_id, col(Listing.ended_at).is_(None)
        )
        return list(await self._session.exec(query.order_by(col(Listing.id))))

    async def load(self, listing_ids: Collection[int]) -> dict[int, Listing]:
        """These listings by key; the unknown are left out."""
        query = select(Listing).where(col(Listing.id).in_(sorted(listing_ids)))
        return {listing.id: listing for listing in await self._session.exec(query) if listing.id is not None}

    async def count_carriers(self, listing_ids: Collection[int]) -> dict[int, int]:
        """How many groups carry each of these now; those that nobody does are left out."""
        carrying = table(Carrying)
        query = (
            core_select(carrying.c.listing_id, func.count())
            .where(carrying.c.listing_id.in_(sorted(listing_ids)), carrying.c.ended_at.is_(None))
            .group_by(carrying.c.listing_id)
        )
        return {listing_id: count for listing_id, count in await self._run(query)}

    # The market

    async def list_market(
        self,
        group: Group,
        *,
        by: str | None,
        is_rising: bool = False,
        category: str | None = None,
        now: datetime,
        limit: int,
        offset: int = 0,
    ) -> list[int]:
        """The keys of what a group could carry now or soon, by a column of the listing; unknowns last.

        Of equals, and without a column, the newest are first.
        """
        listing = table(Listing)
        query = _market(group, now=now).with_only_columns(listing.c.id)
        if category is not None:
            query = query.where(table(Offer).c.category == category)
        if by is not None:
            column = listing.c[by]
            query = query.order_by(column.is_(None), column if is_rising else column.desc())
        query = query.order_by(listing.c.id.desc()).limit(limit).offset(offset)
        return list((await self._run(query)).scalars())

    async def is_on_market(self, listing_id: int, group: Group, *, now: datetime) -> bool:
        """Whether a group could carry this one now or soon."""
        listing = table(Listing)
        query = _market(group, now=now).with_only_columns(listing.c.id).where(listing.c.id == listing_id)
        return (await self._run(query)).first() is not None

    async def count_categories(self, group: Group, *, now: datetime) -> dict[str | None, int]:
        """How much of each category a group could carry; None stands for what has none."""
        category = table(Offer).c.category
        query = _market(group, now=now).with_only_columns(category, func.count()).group_by(category)
        return {name: count for name, count in await self._run(query)}

    # What is known of it

    async def fulfilled(self, group_id: int, *, since: datetime) -> Fulfilled:
        """How orders of what a group supplies went, of picks that ended since then, wherever they were sold.

        Called off is what the group's pick failed with, or was withdrawn with; not what members cancelled.
        """
        order, pick, carrying, event = table(Order), table(Pick), table(Carrying), table(OrderEvent)
        own = core_select(pick.c.id).where(pick.c.group_id == group_id, ~pick.c.is_carried)
        supplied = (
            core_select(pick.c.id)
            .join(carrying, carrying.c.pick_id == pick.c.id)
            .where(carrying.c.supplier_id == group_id)
        )
        # One after the other: a condition with "or" would have PostgreSQL read every order.
        lately = own.where(pick.c.closed_at >= since).union_all(supplied.where(pick.c.closed_at >= since))
        orders = order.join(pick, pick.c.id == order.c.pick_id)
        is_lately = order.c.pick_id.in_(lately)
        off = (
            core_select(event.c.id)
            .where(event.c.order_id == order.c.id, event.c.kind == OrderEventKind.CANCELLED)
            .where(event.c.happened_at == pick.c.closed_at)
        )
        handed = core_select(func.count()).select_from(order).where(is_lately)
        called = (
            core_select(func.count())
            .select_from(orders)
            .where(is_lately, pick.c.state.in_([PickState.FAILED, PickState.WITHDRAWN]))
            .where(order.c.state == OrderState.CANCELLED, off.exists())
        )
        return Fulfilled(
            (await self._run(handed.where(order.c.handed_over_at.is_not(None)))).scalar_one(),
            (await self._run(called)).scalar_one(),
        )

    async def list_to_measure(self, *, measured_before: datetime, limit: int) -> list[int]:
        """The keys of open listings that were not counted since then, those never counted first."""
        listing = table(Listing)
        measured_at = listing.c.measured_at
        query = (
            core_select(listing.c.id)
            .where(listing.c.ended_at.is_(None), or_(measured_at.is_(None), measured_at < measured_before))
            # Those of one supplier together: how its orders went is then counted once.
            .order_by(measured_at.is_not(None), measured_at, listing.c.group_id, listing.c.id)
            .limit(limit)
        )
        return list((await self._run(query)).scalars())

    async def keep_measures(self, measures: Mapping[int, Measures], *, now: datetime) -> None:
        """Keep by what each of these listings is ranked."""
        listing = table(Listing)
        for listing_id, found in sorted(measures.items()):
            values = {**found._asdict(), "measured_at": now}
            await self._run(update(listing).where(listing.c.id == listing_id).values(values))

    async def list_over(self, *, limit: int) -> list[int]:
        """The keys of open listings whose picks are over."""
        listing, pick = table(Listing), table(Pick)
        query = (
            core_select(listing.c.id)
            .select_from(listing.join(pick, pick.c.id == listing.c.pick_id))
            .where(listing.c.ended_at.is_(None), pick.c.state.not_in(ON_OFFER))
            .order_by(listing.c.id)
            .limit(limit)
        )
        return list((await self._run(query)).scalars())

    async def end(self, listing_ids: Collection[int], *, now: datetime) -> None:
        """These are over with their picks."""
        listing = table(Listing)
        statement = update(listing).where(listing.c.id.in_(sorted(listing_ids)), listing.c.ended_at.is_(None))
        await self._run(statement.values(ended_at=now))

    async def _find(self, condition: Any, *, lock: bool) -> Listing | None:
        query = select(Listing).where(condition)
        return (await self._session.exec(locked(query, key_share=True) if lock else query)).one_or_none()

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


def _market(group: Group, *, now: datetime) -> Select[Any]:
    """What is open to a group: not its own, not there already, in its currency, and there is some left."""
    listing, pick, offer, supplier = table(Listing), table(Pick), table(Offer), table(Group)
    return (
        core_select(listing.c.id)
        .select_from(
            listing.join(pick, pick.c.id == listing.c.pick_id)
            .join(offer, offer.c.id == listing.c.offer_id)
            .join(supplier, supplier.c.id == listing.c.group_id)
        )
        .where(listing.c.ended_at.is_(None), listing.c.group_id != group.id)
        .where(pick.c.state.in_(ON_OFFER), pick.c.closes_at > now, supplier.c.is_active)
        .where(offer.c.currency == group.currency, offer.c.stopped_at.is_(None))
        .where(_has_room(), ~_is_there(group.id or 0), _is_left())
    )


def _has_room() -> ColumnElement[bool]:
    """Whether fewer groups carry a listing than may."""
    listing, carrying = table(Listing), table(Carrying)
    carriers = (
        core_select(func.count())
        .where(carrying.c.listing_id == listing.c.id, carrying.c.ended_at.is_(None))
        .scalar_subquery()
    )
    return or_(listing.c.groups_limit.is_(None), carriers < listing.c.groups_limit)


def _is_there(group_id: int) -> ColumnElement[bool]:
    """Whether a listing's offer is on offer in a group, or was so and came about; not where it stopped."""
    beside = table(Pick).alias("beside")
    return exists().where(
        beside.c.offer_id == table(Listing).c.offer_id,
        beside.c.group_id == group_id,
        beside.c.state.not_in([PickState.WITHDRAWN, PickState.FAILED]),
        beside.c.ended_at.is_(None),
    )


def _is_left() -> ColumnElement[bool]:
    variant = table(Variant)
    return exists().where(
        variant.c.offer_id == table(Listing).c.offer_id,
        or_(variant.c.stock.is_(None), variant.c.sold < variant.c.stock),
    )
