"""Orders as somebody has to pay them: what for, in which group, when, and in which ways."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Carrying,
    Group,
    Listing,
    Offer,
    Order,
    PaymentWay,
    Person,
    Pick,
    Settlement,
    Tier,
)
from storage.states import OrderState, PaymentState, PaysWhen, PickState


class BilledOrder(NamedTuple):
    """What is told of an order when it is to be paid."""

    order_id: int
    number: int
    state: OrderState
    payment_state: PaymentState
    person_id: int
    name: str
    pick_id: int
    pick_number: int
    pick_state: PickState
    closed_at: datetime | None
    title: str
    currency: str
    group_id: int
    group_title: str
    time_zone: str
    #: What the pick says of ways and times; where it says nothing, its group does.
    named_methods: list[str] | None
    pays_when: PaysWhen | None
    group_pays_when: PaysWhen
    hold_minutes: int
    price_can_fall: bool


class BillRepository:
    """Orders that are to be paid."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def load(self, order_ids: Collection[int]) -> dict[int, BilledOrder]:
        """These orders; the unknown are left out."""
        found = await self._orders(col(Order.id).in_(sorted(set(order_ids))), limit=None)
        return {order.order_id: order for order in found}

    async def list_unpaid_of(self, person_id: int, *, limit: int) -> list[BilledOrder]:
        """A person's newest orders that may have to be paid; some may turn out to cost nothing."""
        return await self._orders(col(Order.person_id) == person_id, _may_owe(), limit=limit)

    async def list_unpaid_in(self, pick_id: int, *, limit: int) -> list[BilledOrder]:
        """The same of all orders of a pick."""
        return await self._orders(col(Order.pick_id) == pick_id, _may_owe(), limit=limit)

    async def list_unpaid_elsewhere(self, pick_id: int) -> list[BilledOrder]:
        """The same of all that other groups have sold of what this pick supplies."""
        carried = (
            core_select(col(Carrying.pick_id))
            .join(Listing, col(Listing.id) == col(Carrying.listing_id))
            .where(col(Listing.pick_id) == pick_id)
        )
        return await self._orders(col(Order.pick_id).in_(carried), _may_owe(), limit=None)

    async def _orders(self, *conditions: ColumnElement[bool], limit: int | None) -> list[BilledOrder]:
        tier = core_select(col(Tier.offer_id)).where(col(Tier.offer_id) == col(Offer.id)).exists()
        query = (
            core_select(
                col(Order.id), col(Order.number), col(Order.state), col(Order.payment_state),
                col(Order.person_id), col(Person.name), col(Pick.id), col(Pick.number), col(Pick.state),
                col(Pick.closed_at), col(Offer.title), col(Offer.currency), col(Group.id), col(Group.title),
                col(Group.time_zone), col(Pick.payment_methods), col(Pick.pays_when), col(Group.pays_when),
                col(Group.hold_minutes), or_(tier, col(Offer.team_price_amount).is_not(None)),
            )
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Person, col(Person.id) == col(Order.person_id))
            .where(*conditions)
            .order_by(col(Order.id).desc())
            .limit(limit)
        )  # fmt: skip
        rows = await (await self._session.connection()).execute(query)
        return [BilledOrder(**dict(zip(BilledOrder._fields, row, strict=True))) for row in rows]


def _may_owe() -> ColumnElement[bool]:
    """Not cancelled, in a group that kept its money here as the pick closed, and not known to be paid."""
    way, settlement = col(PaymentWay.group_id), col(Settlement.order_id)
    keeps = core_select(way).where(way == col(Pick.group_id), col(PaymentWay.is_active)).exists()
    changed = core_select(settlement).where(settlement == col(Order.id)).exists()
    return (
        (col(Order.state) != OrderState.CANCELLED)
        & keeps
        & ~func.coalesce(col(Pick.closed_at) < col(Group.payments_since), False)
        & or_(col(Order.payment_state) != PaymentState.PAID, changed)
    )
