"""What carried orders come to, what carrying groups gave for them, and what each owes whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, literal, text, true, update
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import UtcDateTime
from storage.models import (
    CarriedOrder,
    CarriedPayment,
    Carrying,
    Group,
    Listing,
    Offer,
    Order,
    OrderLine,
    Pick,
    Variant,
)
from storage.states import OrderState
from storage.tables import table, upsert


class CarriedShare(NamedTuple):
    """A carried order as it was reckoned last, between whom, and who keeps how much; minor units."""

    order_id: int
    #: The carrying group.
    group_id: int
    supplier_id: int
    share_bps: int
    currency: str
    goods_amount: int
    share_amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CarrierSales:
    """What one group has sold of another's, and what it gave for it; in minor units."""

    #: The carrying group's pick, and its number there.
    pick_id: int
    number: int
    #: The supplier's own pick of the same offer.
    supplied_id: int
    group_id: int
    group_title: str
    supplier_id: int
    supplier_title: str
    title: str
    currency: str
    share_bps: int
    ended_at: datetime | None
    orders: int
    #: Those of them whose goods were received.
    completed: int
    goods_amount: int
    share_amount: int
    paid_amount: int

    @property
    def owed_amount(self) -> int:
        """What the supplier gets for what was received, paid or not."""
        return self.goods_amount - self.share_amount

    @property
    def due_amount(self) -> int:
        """What of it was not paid yet; less than nothing where more was."""
        return self.owed_amount - self.paid_amount


class SuppliedSales(NamedTuple):
    """What other groups have sold of one pick's offer, all together; in minor units."""

    pick_id: int
    number: int
    title: str
    currency: str
    carriers: int
    due_amount: int


class VariantSales(NamedTuple):
    """How many pieces of a variant a carrying group has sold; a variant alone has no name."""

    pick_id: int
    name: str
    quantity: int


class GroupPieces(NamedTuple):
    """How many pieces of a variant a carrying group has sold of what another supplies."""

    group_id: int
    group_title: str
    variant_id: int
    quantity: int


class CarriedOrderRepository:
    """Carried orders, and payments for them between groups."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def mark_stale(self, order_ids: Collection[int], *, now: datetime) -> None:
        """Have what these orders come to reckoned anew, as far as they are carried."""
        if order_ids:
            await self._mark(table(Order).c.id.in_(sorted(set(order_ids))), now=now)

    async def mark_pick_stale(self, pick_id: int, *, now: datetime) -> None:
        """The same for all orders of a pick."""
        await self._mark(table(Order).c.pick_id == pick_id, now=now)

    async def list_stale(self, *, limit: int) -> list[int]:
        """Carried orders that are to be reckoned anew."""
        carried = table(CarriedOrder)
        query = (
            core_select(carried.c.order_id)
            # In the words of the partial index: "is_stale = 1" would not use it.
            .where(text("carried_order.is_stale"))
            .order_by(carried.c.order_id)
            .limit(limit)
        )
        return list((await self._run(query)).scalars())

    async def lock(self, order_ids: Collection[int]) -> list[CarriedShare]:
        """Those of these orders that are carried, which nobody else marks or reckons before the commit."""
        carried, carrying = table(CarriedOrder), table(Carrying)
        chosen = carried.c.order_id.in_(sorted(set(order_ids)))
        free = core_select(carried.c.order_id).where(chosen).order_by(carried.c.order_id)
        locked = list((await self._run(free.with_for_update(skip_locked=True, key_share=True))).scalars())
        # Read only now: what was marked before we had the lock is to be seen.
        query = (
            core_select(
                carried.c.order_id,
                carrying.c.group_id,
                carrying.c.supplier_id,
                carrying.c.share_bps,
                carried.c.currency,
                carried.c.goods_amount,
                carried.c.share_amount,
            )
            .join(carrying, carrying.c.pick_id == carried.c.pick_id)
            .where(carried.c.order_id.in_(locked))
            .order_by(carried.c.order_id)
        )
        return [CarriedShare(*row) for row in await self._run(query)]

    async def save(self, order_id: int, *, goods_amount: int, share_amount: int) -> None:
        """Keep what a locked order was reckoned to come to; until it is marked anew."""
        carried = table(CarriedOrder)
        await self._run(
            update(carried)
            .where(carried.c.order_id == order_id)
            .values(
                goods_amount=goods_amount,
                share_amount=share_amount,
                is_stale=False,
                stale_since=None,
            )
        )

    async def find_sales(self, pick_id: int, *, lock: bool = False) -> CarrierSales | None:
        """What a carried pick has sold; locked, nobody else writes down a payment before the commit."""
        if lock:
            carrying = table(Carrying)
            await self._run(
                core_select(carrying.c.pick_id)
                .where(carrying.c.pick_id == pick_id)
                .with_for_update(key_share=True)
            )
        found = await self._sales(table(Carrying).c.pick_id == pick_id, limit=1)
        return found[0] if found else None

    async def list_sales(
        self, supplied_id: int, *, limit: int | None = None, offset: int = 0
    ) -> list[CarrierSales]:
        """What each group has sold of what this pick supplies, those that began first first."""
        return await self._sales(table(Listing).c.pick_id == supplied_id, limit=limit, offset=offset)

    async def list_carried_by(
        self, group_id: int, *, limit: int | None = None, offset: int = 0
    ) -> list[CarrierSales]:
        """What a group has sold for others, the newest first."""
        return await self._sales(
            table(Carrying).c.group_id == group_id, limit=limit, offset=offset, newest_first=True
        )

    async def list_supplied_by(
        self, group_id: int, *, limit: int | None = None, offset: int = 0
    ) -> list[SuppliedSales]:
        """What others have sold of a group's picks, by pick, the newest first."""
        each = _sales().where(table(Carrying).c.supplier_id == group_id).subquery("each")
        pick = table(Pick)
        query = (
            core_select(
                pick.c.id,
                pick.c.number,
                each.c.title,
                each.c.currency,
                func.count(),
                func.sum(each.c.goods_amount - each.c.share_amount - each.c.paid_amount),
            )
            .join(pick, pick.c.id == each.c.supplied_id)
            .group_by(pick.c.id, pick.c.number, each.c.title, each.c.currency)
            .order_by(pick.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [SuppliedSales._make((*row[:5], int(row[5]))) for row in await self._run(query)]

    async def variants_sold(self, pick_ids: Collection[int]) -> list[VariantSales]:
        """How many pieces of each variant these picks' orders have, as the offer names them."""
        order, line, variant = table(Order), table(OrderLine), table(Variant)
        query = (
            core_select(order.c.pick_id, variant.c.name, func.sum(line.c.quantity))
            .join(line, line.c.order_id == order.c.id)
            .join(variant, variant.c.id == line.c.variant_id)
            .where(order.c.pick_id.in_(sorted(pick_ids)), order.c.state != OrderState.CANCELLED)
            .group_by(order.c.pick_id, variant.c.id, variant.c.name)
            .order_by(order.c.pick_id, variant.c.id)
        )
        return [VariantSales(row[0], row[1], int(row[2])) for row in await self._run(query)]

    async def list_pieces(self, supplied_id: int) -> list[GroupPieces]:
        """How many pieces of each variant each group has sold of what this pick supplies; first who began."""
        listing, carrying, group = table(Listing), table(Carrying), table(Group)
        order, line = table(Order), table(OrderLine)
        query = (
            core_select(group.c.id, group.c.title, line.c.variant_id, func.sum(line.c.quantity))
            .select_from(listing)
            .join(carrying, carrying.c.listing_id == listing.c.id)
            .join(group, group.c.id == carrying.c.group_id)
            .join(order, order.c.pick_id == carrying.c.pick_id)
            .join(line, line.c.order_id == order.c.id)
            .where(listing.c.pick_id == supplied_id, order.c.state != OrderState.CANCELLED)
            .group_by(group.c.id, group.c.title, line.c.variant_id)
            .order_by(func.min(carrying.c.pick_id), line.c.variant_id)
        )
        return [GroupPieces(row[0], row[1], row[2], int(row[3])) for row in await self._run(query)]

    async def supplies(self, pick_id: int) -> bool:
        """Whether another group has ever sold what this pick supplies."""
        listing, carrying = table(Listing), table(Carrying)
        carried = core_select(carrying.c.pick_id).where(carrying.c.listing_id == listing.c.id).exists()
        query = core_select(listing.c.id).where(listing.c.pick_id == pick_id, carried)
        return (await self._run(query)).first() is not None

    async def add_payment(self, payment: CarriedPayment) -> CarriedPayment:
        """Keep a new payment and give it its key."""
        self._session.add(payment)
        await self._session.flush()
        return payment

    async def find_payment(self, payment_id: int) -> CarriedPayment | None:
        """The payment with this key, as it stands now."""
        query = select(CarriedPayment).where(col(CarriedPayment.id) == payment_id)
        return (await self._session.exec(query.execution_options(populate_existing=True))).first()

    async def save_payment(self, payment: CarriedPayment) -> None:
        """Keep what was changed of a payment."""
        self._session.add(payment)
        await self._session.flush()

    async def list_payments(self, pick_id: int, *, limit: int) -> Sequence[CarriedPayment]:
        """What was paid for a carried pick, also what was undone; the newest first."""
        query = (
            select(CarriedPayment)
            .where(col(CarriedPayment.pick_id) == pick_id)
            .order_by(col(CarriedPayment.id).desc())
            .limit(limit)
        )
        return (await self._session.exec(query)).all()

    async def _mark(self, condition: ColumnElement[bool], *, now: datetime) -> None:
        carried, order, carrying = table(CarriedOrder), table(Order), table(Carrying)
        pick, offer = table(Pick), table(Offer)
        of_carried = (
            core_select(
                order.c.id,
                order.c.pick_id,
                offer.c.currency,
                literal(0),
                literal(0),
                true(),
                literal(now, UtcDateTime),
            )
            .join(carrying, carrying.c.pick_id == order.c.pick_id)
            .join(pick, pick.c.id == order.c.pick_id)
            .join(offer, offer.c.id == pick.c.offer_id)
            .where(condition)
            .order_by(order.c.id)
        )
        names = "order_id", "pick_id", "currency", "goods_amount", "share_amount", "is_stale", "stale_since"
        statement = upsert(self._session, CarriedOrder).from_select(names, of_carried)
        # Written even where it stands: whoever is reckoning it now must wait for us, or we for her.
        await self._run(
            statement.on_conflict_do_update(
                index_elements=["order_id"],
                set_={
                    "is_stale": true(),
                    "stale_since": func.coalesce(carried.c.stale_since, statement.excluded.stale_since),
                },
            )
        )

    async def _sales(
        self,
        condition: ColumnElement[bool],
        *,
        limit: int | None,
        offset: int = 0,
        newest_first: bool = False,
    ) -> list[CarrierSales]:
        key = table(Carrying).c.pick_id
        query = _sales().where(condition).order_by(key.desc() if newest_first else key)
        rows = (await self._run(query.limit(limit).offset(offset))).mappings()
        return [CarrierSales(**{**row, **{name: int(row[name]) for name in _SUMS}}) for row in rows]

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


_SUMS = "orders", "completed", "goods_amount", "share_amount", "paid_amount"


def _sales() -> Any:
    """Every carrying with what it has come to."""
    carrying, listing, pick = table(Carrying), table(Listing), table(Pick)
    order, carried, payment = table(Order), table(CarriedOrder), table(CarriedPayment)
    offer, group, supplier = table(Offer), table(Group), aliased(table(Group))

    def of_pick(figure: Any, rows: Any, *conditions: Any) -> Any:
        return core_select(figure).where(rows.c.pick_id == carrying.c.pick_id, *conditions).scalar_subquery()

    def total(of: Any) -> Any:
        return func.coalesce(func.sum(of), 0)

    return (
        core_select(
            carrying.c.pick_id,
            pick.c.number,
            listing.c.pick_id.label("supplied_id"),
            carrying.c.group_id,
            group.c.title.label("group_title"),
            carrying.c.supplier_id,
            supplier.c.title.label("supplier_title"),
            offer.c.title,
            offer.c.currency,
            carrying.c.share_bps,
            carrying.c.ended_at,
            of_pick(func.count(), order, order.c.state != OrderState.CANCELLED).label("orders"),
            of_pick(func.count(), order, order.c.state == OrderState.COMPLETED).label("completed"),
            of_pick(total(carried.c.goods_amount), carried).label("goods_amount"),
            of_pick(total(carried.c.share_amount), carried).label("share_amount"),
            of_pick(total(payment.c.amount), payment, payment.c.undone_at.is_(None)).label("paid_amount"),
        )
        .select_from(carrying)
        .join(listing, listing.c.id == carrying.c.listing_id)
        .join(pick, pick.c.id == carrying.c.pick_id)
        .join(offer, offer.c.id == pick.c.offer_id)
        .join(group, group.c.id == carrying.c.group_id)
        .join(supplier, supplier.c.id == carrying.c.supplier_id)
    )
