"""What a group sold, to whom, and what came of its posts: summed by the database, along its indexes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.goodwill import given_by_word
from storage.models import (
    AnonymousReaction,
    Campaign,
    CampaignPost,
    Case,
    Commission,
    FriendCredit,
    Member,
    Offer,
    Order,
    OrderLine,
    Pick,
    Reaction,
    Redemption,
    Refund,
)
from storage.states import (
    CampaignPostState,
    CommissionState,
    FriendCreditState,
    FulfilmentState,
    OrderState,
    PickState,
    RefundReason,
)
from storage.tables import table

_NOT_POSTED = (PickState.DRAFT, PickState.SCHEDULED)
_STRETCHES_AT_ONCE = 100


class Sold(NamedTuple):
    """What was ordered in one part of a span, in minor units of one currency; no cancelled orders."""

    part: int
    currency: str
    orders: int
    lines_amount: int
    fee_amount: int
    discount_amount: int
    goodwill_amount: int


class Buyers(NamedTuple):
    """How many people ordered, and how many of them more than once, in that time or before."""

    people: int
    returning: int


class Rewarded(NamedTuple):
    """What the orders of a span earned others: what is accrued, and what may come yet."""

    currency: str
    accrued_amount: int
    expected_amount: int


class Response(NamedTuple):
    """Picks that were posted, and how many reactions people gave them; each person counts once for one."""

    posts: int
    reactions: int


class StatisticsRepository:
    """A group's orders by when they were placed, its posts, and who left."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sold(self, group_id: int, edges: Sequence[datetime]) -> list[Sold]:
        """What was ordered in each part of a span, a part being the time between two edges."""
        order, offer = table(Order), table(Offer)
        each = _placed(group_id, edges[0], edges[-1]).with_only_columns(
            _part(order.c.placed_at, edges).label("part"),
            offer.c.currency,
            order.c.fee_amount.label("fee"),
            _lines().label("lines"),
            _discount().label("discount"),
            _goodwill().label("goodwill"),
        )
        each = each.join(offer, offer.c.id == table(Pick).c.offer_id)
        of = each.subquery().c
        sums = (func.sum(amount) for amount in (of.lines, of.fee, of.discount, of.goodwill))
        query = core_select(of.part, of.currency, func.count(), *sums).group_by(of.part, of.currency)
        rows = await self._run(query.order_by(of.part, of.currency))
        # PostgreSQL sums up to a numeric.
        return [Sold(row[0], row[1], *map(int, row[2:])) for row in rows]

    async def buyers(
        self, group_id: int, *, since: datetime, until: datetime, looks_back: bool = True
    ) -> Buyers:
        """Who ordered in that time, and who of them did so again or, looking back, had ordered before."""
        order = table(Order)
        placed = _placed(group_id, since, until).with_only_columns(order.c.person_id, func.count().label("n"))
        buyer = placed.group_by(order.c.person_id).subquery()
        is_returning = buyer.c.n > 1
        if looks_back:
            is_returning = or_(is_returning, _ordered_before(group_id, buyer.c.person_id, since))
        returning = func.coalesce(func.sum(case((is_returning, 1), else_=0)), 0)
        people, again = (await self._run(core_select(func.count(buyer.c.person_id), returning))).one()
        return Buyers(int(people), int(again))

    async def rewarded(self, group_id: int, *, since: datetime, until: datetime) -> list[Rewarded]:
        """What others earn by the orders that were placed in that time, by currency."""
        order, commission = table(Order), table(Commission)
        expected = case(
            (commission.c.state == CommissionState.EXPECTED, commission.c.expected_amount), else_=0
        )
        query = (
            _placed(group_id, since, until)
            .with_only_columns(
                commission.c.currency, func.sum(commission.c.accrued_amount), func.sum(expected)
            )
            .join(commission, commission.c.order_id == order.c.id)
            .group_by(commission.c.currency)
            .order_by(commission.c.currency)
        )
        return [Rewarded(row[0], int(row[1]), int(row[2])) for row in await self._run(query)]

    async def credited(self, group_id: int, *, since: datetime, until: datetime) -> dict[str, int]:
        """What members were given in that time for friends they brought, both sides together, by currency."""
        credit = table(FriendCredit)
        query = (
            core_select(credit.c.currency, func.sum(credit.c.amount) * 2)
            .where(credit.c.group_id == group_id, credit.c.state == FriendCreditState.GIVEN)
            .where(credit.c.given_at >= since, credit.c.given_at < until)
            .group_by(credit.c.currency)
        )
        return {currency: int(amount) for currency, amount in await self._run(query)}

    async def posted(self, group_id: int, *, since: datetime, until: datetime) -> list[datetime]:
        """When something was offered in the group's chat: picks and campaigns, oldest first."""
        campaign, post = table(Campaign), table(CampaignPost)
        picks = core_select(table(Pick).c.opens_at).where(*_opened(group_id, since, until))
        campaigns = (
            core_select(post.c.sent_at)
            # Campaigns are few, and a post is found by both keys; a join would read all posts of all groups.
            .where(post.c.campaign_id.in_(core_select(campaign.c.id)), post.c.group_id == group_id)
            .where(post.c.state == CampaignPostState.SENT)
            .where(post.c.sent_at >= since, post.c.sent_at < until)
        )
        return sorted([*(await self._run(picks)).scalars(), *(await self._run(campaigns)).scalars()])

    async def response(self, group_id: int, *, since: datetime, until: datetime) -> Response:
        """How people reacted to the picks that were posted in that time."""
        pick, named, unnamed = table(Pick), table(Reaction), table(AnonymousReaction)
        opened = _opened(group_id, since, until)
        posts = core_select(func.count()).select_from(pick).where(*opened).scalar_subquery()
        people = (
            core_select(named.c.pick_id, named.c.person_id)
            .select_from(pick.join(named, named.c.pick_id == pick.c.id))
            .where(*opened)
            .distinct()
            .subquery()
        )
        counted = core_select(func.count()).select_from(people).scalar_subquery()
        others = (
            core_select(func.coalesce(func.sum(unnamed.c.count), 0))
            .select_from(pick.join(unnamed, unnamed.c.pick_id == pick.c.id))
            .where(*opened)
            .scalar_subquery()
        )
        row = (await self._run(core_select(posts, counted, others))).one()
        return Response(int(row[0]), int(row[1]) + int(row[2]))

    async def left(self, group_id: int, stretches: Sequence[tuple[datetime, datetime]]) -> int:
        """How many left of themselves in these stretches of time, which are in order, and stayed away."""
        left_at = table(Member).c.left_at
        count = 0
        for first in range(0, len(stretches), _STRETCHES_AT_ONCE):
            some = stretches[first : first + _STRETCHES_AT_ONCE]
            query = (
                core_select(func.count())
                .where(table(Member).c.group_id == group_id)
                .where(left_at >= some[0][0], left_at < some[-1][1])
                .where(or_(*(and_(left_at >= begins, left_at < ends) for begins, ends in some)))
            )
            count += int((await self._run(query)).scalar_one())
        return count

    async def _run(self, query: Select[Any]) -> Any:
        return await (await self._session.connection()).execute(query)


def _placed(group_id: int, since: datetime, until: datetime) -> Select[Any]:
    """The group's orders of a time that were not cancelled, and whose goods did not come back."""
    order, pick = table(Order), table(Pick)
    return (
        core_select(order.c.id)
        .select_from(pick.join(order, order.c.pick_id == pick.c.id))
        # What closed before has no orders after; so those of years ago are not read.
        .where(pick.c.group_id == group_id, or_(pick.c.closed_at.is_(None), pick.c.closed_at >= since))
        .where(order.c.placed_at >= since, order.c.placed_at < until)
        .where(order.c.state != OrderState.CANCELLED)
        .where(order.c.fulfilment_state != FulfilmentState.RETURNED)
    )


def _ordered_before(group_id: int, person_id: ColumnElement[int], since: datetime) -> ColumnElement[bool]:
    """Whether somebody ordered in the group before, found among all that she ever ordered."""
    order, pick = table(Order).alias("earlier"), table(Pick).alias("earlier_pick")
    return (
        core_select(1)
        .select_from(order.join(pick, pick.c.id == order.c.pick_id))
        .where(order.c.person_id == person_id, pick.c.group_id == group_id)
        .where(order.c.placed_at < since, order.c.state != OrderState.CANCELLED)
        .where(order.c.fulfilment_state != FulfilmentState.RETURNED)
        .exists()
    )


def _opened(group_id: int, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    pick = table(Pick)
    return (
        pick.c.group_id == group_id,
        pick.c.state.not_in(_NOT_POSTED),
        pick.c.is_personal.is_(False),
        # What was dropped while it waited was never posted.
        or_(pick.c.state != PickState.WITHDRAWN, pick.c.closed_at >= pick.c.opens_at),
        pick.c.opens_at >= since,
        pick.c.opens_at < until,
    )


def _part(moment: ColumnElement[datetime], edges: Sequence[datetime]) -> ColumnElement[int]:
    """Between which two edges a moment lies, counted from 0."""
    ends = [(moment < end, part) for part, end in enumerate(edges[1:-1])]
    return case(*ends, else_=len(edges) - 2) if ends else literal(0)


def _lines() -> Any:
    line = table(OrderLine)
    return _of_order(func.sum(line.c.quantity * line.c.unit_amount), line.c.order_id)


def _discount() -> Any:
    redemption = table(Redemption)
    return _of_order(func.sum(redemption.c.amount), redemption.c.order_id)


def _goodwill() -> Any:
    refund, settled = table(Refund), table(Case)
    owed = _of_order(func.sum(refund.c.amount), refund.c.order_id, refund.c.reason == RefundReason.GOODWILL)
    return owed + _of_order(func.sum(settled.c.offered_amount), settled.c.order_id, given_by_word())


def _of_order(amount: Any, order_id: Any, *conditions: ColumnElement[bool]) -> Any:
    """A sum of one order, found by its key: a join would sum up whole tables first."""
    query = core_select(func.coalesce(amount, 0)).where(order_id == table(Order).c.id, *conditions)
    return query.correlate(table(Order)).scalar_subquery()
