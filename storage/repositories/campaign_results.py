"""What came of a campaign: who opened it, ordered and joined, and what the discounts cost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, Subquery, and_, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Campaign, CampaignPost, CampaignVisit, Group, Order, Pick, Redemption
from storage.states import CampaignPostState, OrderState


class GroupResult(NamedTuple):
    """What came of a campaign in one group; the discount in minor units of its promotion's currency."""

    group_id: int
    title: str
    username: str | None
    state: CampaignPostState
    failure: str | None
    sent_at: datetime | None
    opens: int
    joined: int
    orders: int
    discount_amount: int


class CampaignResultRepository:
    """Orders count that were placed after the link was opened, up to a moment, and not cancelled."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_group(self, campaign: Campaign, *, until: datetime) -> list[GroupResult]:
        """Every group that was meant, and every other in which it was opened, by title."""
        visits = _visits(campaign.id or 0)
        orders = _orders_by_group(campaign, until)
        post = select(CampaignPost).where(col(CampaignPost.campaign_id) == campaign.id).subquery()
        query: Select[Any] = (
            select(
                col(Group.id),
                col(Group.title),
                col(Group.username),
                post.c.state,
                post.c.failure,
                post.c.sent_at,
                func.coalesce(visits.c.opens, 0),
                func.coalesce(visits.c.joined, 0),
                func.coalesce(orders.c.orders, 0),
                func.coalesce(orders.c.discount, 0),
            )
            .join(post, post.c.group_id == col(Group.id))
            .outerjoin(visits, visits.c.group_id == col(Group.id))
            .outerjoin(orders, orders.c.group_id == col(Group.id))
            .order_by(col(Group.title), col(Group.id))
        )
        found = [GroupResult(*row) for row in await self._session.execute(query)]
        # PostgreSQL sums whole numbers into decimals.
        return [row._replace(discount_amount=int(row.discount_amount)) for row in found]

    async def totals(self, campaign: Campaign, *, until: datetime) -> tuple[int, int, int, int]:
        """Opens, new members, orders, and what these cost less by the campaign's promotion."""
        visits = select(func.count(), func.count(col(CampaignVisit.joined_at))).where(
            col(CampaignVisit.campaign_id) == campaign.id
        )
        opens, joined = (await self._session.execute(visits)).one()
        orders, discount = (await self._session.execute(_orders(campaign, until))).one()
        return opens, joined, int(orders), int(discount)

    async def opened_at(self, campaign_id: int) -> list[datetime]:
        """When it was opened, each person once."""
        query = select(col(CampaignVisit.opened_at)).where(col(CampaignVisit.campaign_id) == campaign_id)
        return list((await self._session.execute(query)).scalars())

    async def ordered_at(self, campaign: Campaign, *, until: datetime) -> list[datetime]:
        """When what came of it was ordered."""
        query = _counted(select(col(Order.placed_at)), campaign, until)
        return list((await self._session.execute(query)).scalars())


def _visits(campaign_id: int) -> Subquery:
    return (
        select(
            col(CampaignVisit.group_id),
            func.count().label("opens"),
            func.count(col(CampaignVisit.joined_at)).label("joined"),
        )
        .where(col(CampaignVisit.campaign_id) == campaign_id)
        .group_by(col(CampaignVisit.group_id))
        .subquery()
    )


def _orders(campaign: Campaign, until: datetime) -> Select[Any]:
    return _counted(select(*_sums()), campaign, until)


def _orders_by_group(campaign: Campaign, until: datetime) -> Subquery:
    columns = (col(CampaignVisit.group_id), *_sums())
    return _counted(select(*columns), campaign, until).group_by(col(CampaignVisit.group_id)).subquery()


def _sums() -> Sequence[Any]:
    return (
        func.count(col(Order.id)).label("orders"),
        func.coalesce(func.sum(col(Redemption.amount)), 0).label("discount"),
    )


def _counted(query: Select[Any], campaign: Campaign, until: datetime) -> Select[Any]:
    by_it = and_(
        col(Redemption.order_id) == col(Order.id), col(Redemption.promotion_id) == campaign.promotion_id
    )
    return (
        query.select_from(CampaignVisit)
        .join(Order, col(Order.person_id) == col(CampaignVisit.person_id))
        .join(
            Pick,
            and_(col(Pick.id) == col(Order.pick_id), col(Pick.group_id) == col(CampaignVisit.group_id)),
        )
        .outerjoin(Redemption, by_it)
        .where(col(CampaignVisit.campaign_id) == campaign.id)
        .where(col(Order.placed_at) >= col(CampaignVisit.opened_at), col(Order.placed_at) < until)
        .where(col(Order.state) != OrderState.CANCELLED)
    )
