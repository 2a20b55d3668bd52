"""What a group's own history says of what it may order next."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import FromClause, case, func
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Group, Listing, Member, Need, Offer, Order, OrderEvent, Pick, Wish
from storage.purchases import ON_OFFER, is_round_of, origin_of
from storage.states import OrderEventKind, OrderState, PickState
from storage.tables import table


class EndedPick(NamedTuple):
    """A pick that closed or failed, and how many orders it had then."""

    origin_id: int
    offer_id: int
    code: str | None
    title: str
    #: Its group carried it for another one.
    is_carried: bool
    is_stopped: bool
    ended_at: datetime
    orders: int


class OnOffer(NamedTuple):
    """What a group offers now or soon."""

    origin_id: int
    code: str | None
    title: str


class AnsweredPick(NamedTuple):
    """How many were told of a pick that they had wished for, and how many of them ordered it."""

    told: int
    ordered: int


class SoldElsewhere(NamedTuple):
    """What a round of something that others may sell got in one other group."""

    listing_id: int
    origin_id: int
    title: str
    supplier: str
    share_bps: int
    group_id: int
    orders: int


class ProspectRepository:
    """Ended picks and answered wishes of a group, and what other groups sold of what it may carry."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_ended(self, group_id: int, *, since: datetime, limit: int) -> list[EndedPick]:
        """A group's picks that everybody could see and that ended since then, the newest first."""
        pick, offer = table(Pick), table(Offer)
        query = (
            core_select(
                *(origin_of(offer), offer.c.id, offer.c.code, offer.c.title),
                *(pick.c.is_carried, offer.c.stopped_at.is_not(None), pick.c.closed_at),
                case((pick.c.state == PickState.FAILED, _ordered_in_vain(pick)), else_=pick.c.order_count),
            )
            .select_from(pick.join(offer, offer.c.id == pick.c.offer_id))
            .where(pick.c.group_id == group_id, pick.c.state.in_([PickState.CLOSED, PickState.FAILED]))
            .where(pick.c.closed_at >= since, ~pick.c.is_personal)
            .order_by(pick.c.closed_at.desc(), pick.c.id.desc())
            .limit(limit)
        )
        return [EndedPick(*row) for row in await self._run(query)]

    async def list_on_offer(self, group_id: int) -> list[OnOffer]:
        """What a group offers now or soon."""
        pick, offer = table(Pick), table(Offer)
        query = (
            core_select(origin_of(offer), offer.c.code, offer.c.title)
            .select_from(pick.join(offer, offer.c.id == pick.c.offer_id))
            .where(pick.c.group_id == group_id, pick.c.state.in_(ON_OFFER))
        )
        return [OnOffer(*row) for row in await self._run(query)]

    async def was_posted(self, group_id: int, offer_id: int) -> bool:
        """Whether an offer was a group's own pick."""
        pick = table(Pick)
        query = core_select(pick.c.id).where(pick.c.group_id == group_id, pick.c.offer_id == offer_id)
        query = query.where(~pick.c.is_carried).limit(1)
        return (await self._run(query)).first() is not None

    async def list_answered(self, group_id: int, *, since: datetime) -> list[AnsweredPick]:
        """The closed picks of which those were told since then who had wished for them."""
        wish, need, pick, order = table(Wish), table(Need), table(Pick), table(Order)
        told = (
            core_select(need.c.pick_id, wish.c.person_id)
            .select_from(wish.join(need, need.c.id == wish.c.need_id).join(pick, pick.c.id == need.c.pick_id))
            .where(wish.c.group_id == group_id, wish.c.told_at >= since)
            .where(pick.c.state == PickState.CLOSED)
            .distinct()
            .subquery()
        )
        stands = (
            (order.c.pick_id == told.c.pick_id)
            & (order.c.person_id == told.c.person_id)
            & (order.c.state != OrderState.CANCELLED)
        )
        query = core_select(func.count(), func.count(order.c.id)).select_from(told.outerjoin(order, stands))
        return [AnsweredPick(*row) for row in await self._run(query.group_by(told.c.pick_id))]

    async def list_sold_elsewhere(
        self, group: Group, *, now: datetime, since: datetime
    ) -> list[SoldElsewhere]:
        """What the market has for a group, with each round of it that ended in another group since then."""
        listing, supplied, own, offer = table(Listing), table(Offer), table(Pick), table(Offer).alias("round")
        pick, supplier = table(Pick).alias("ended"), table(Group)
        is_here = (
            core_select(own.c.id)
            .where(own.c.group_id == group.id, own.c.offer_id == listing.c.offer_id)
            .exists()
        )
        query = (
            core_select(
                *(listing.c.id, origin_of(supplied), supplied.c.title, supplier.c.title),
                *(listing.c.share_bps, pick.c.group_id),
                case((pick.c.state == PickState.FAILED, _ordered_in_vain(pick)), else_=pick.c.order_count),
            )
            .select_from(
                listing.join(supplied, supplied.c.id == listing.c.offer_id)
                .join(supplier, supplier.c.id == listing.c.group_id)
                .join(offer, is_round_of(offer, origin_of(supplied)))
                .join(pick, pick.c.offer_id == offer.c.id)
            )
            .where(listing.c.ended_at.is_(None), listing.c.opens_at <= now, listing.c.group_id != group.id)
            .where(supplied.c.currency == group.currency, supplied.c.stopped_at.is_(None), ~is_here)
            .where(pick.c.state.in_([PickState.CLOSED, PickState.FAILED]), pick.c.closed_at >= since)
            .where(pick.c.group_id != group.id, ~pick.c.is_personal)
        )
        return [SoldElsewhere(*row) for row in await self._run(query)]

    async def count_active(self, group_ids: Collection[int], *, since: datetime) -> dict[int, int]:
        """How many members of these groups said something since then."""
        member = table(Member)
        query = (
            core_select(member.c.group_id, func.count())
            .where(member.c.group_id.in_(sorted(group_ids)), member.c.active_at >= since)
            .group_by(member.c.group_id)
        )
        return {group_id: int(count) for group_id, count in await self._run(query)}

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


def _ordered_in_vain(pick: FromClause) -> Any:
    """How many orders a pick had as it failed: they were cancelled with it, and not by their members."""
    order, event = table(Order), table(OrderEvent)
    return (
        core_select(func.count())
        .select_from(order.join(event, event.c.order_id == order.c.id))
        .where(order.c.pick_id == pick.c.id, event.c.kind == OrderEventKind.CANCELLED)
        .where(event.c.happened_at == pick.c.closed_at)
        .correlate(pick)
        .scalar_subquery()
    )
