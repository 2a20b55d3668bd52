"""What buyers say of what they got, and who found which of it helpful."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, delete, func, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Group, Offer, Order, OrderLine, Person, Pick, Review, ReviewVote, Variant
from storage.states import FulfilmentState, OrderState
from storage.tables import table, upsert


class ToAsk(NamedTuple):
    """An order whose member was not asked yet how it was, with the quiet hours of its group."""

    order_id: int
    person_id: int
    time_zone: str
    quiet_from: int
    quiet_until: int


class Verdicts(NamedTuple):
    """What buyers in one place say of an offer; each buyer counts once, with the mean of her stars."""

    buyers: int = 0
    stars: float = 0.0
    #: How many of them give four stars or more.
    pleased: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class BoughtLine:
    """One line of an order that was handed over, with what its buyer said of it, if anything."""

    order_id: int
    variant_id: int
    person_id: int
    number: int
    state: OrderState
    fulfilment: FulfilmentState
    handed_over_at: datetime | None
    pick_id: int
    pick_number: int
    curator_id: int | None
    title: str
    kind: str
    origin_id: int
    group_id: int
    group_title: str
    time_zone: str
    review: Review | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidReview:
    """A review as others read it."""

    id: int
    person_id: int
    name: str
    group_id: int
    group_title: str
    time_zone: str
    kind: str
    stars: int
    words: str
    photo_ids: Sequence[str]
    would_again: bool | None
    helpful_count: int
    bought_at: datetime
    edited_at: datetime | None


class ReviewRepository:
    """Reviews of verified buyers, and the votes on them.

    A review counts while its goods were handed over, even if they came back since; a hand-over that was
    undone takes it out of sight, and a new one brings it back.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # Asking

    async def list_to_ask(
        self, *, handed_over_before: datetime, handed_over_after: datetime, limit: int
    ) -> list[ToAsk]:
        """Orders of people who read private messages, not asked about yet, the longest waiting first."""
        query = (
            core_select(
                col(Order.id), col(Order.person_id),
                col(Group.time_zone), col(Group.quiet_from), col(Group.quiet_until),
            )
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .join(Person, col(Person.id) == col(Order.person_id))
            .where(col(Order.handed_over_at).is_not(None), col(Order.review_asked_at).is_(None))
            .where(col(Order.handed_over_at) <= handed_over_before)
            .where(col(Order.handed_over_at) > handed_over_after)
            .where(col(Person.private_is_open))
            .order_by(col(Order.handed_over_at), col(Order.id))
            .limit(limit)
        )  # fmt: skip
        return [ToAsk(*row) for row in await self._session.execute(query)]

    async def take_to_ask(self, order_ids: Collection[int], *, now: datetime) -> set[int]:
        """Note that these orders were asked about; returns those that nobody else asked about meanwhile."""
        order = table(Order)
        statement = (
            update(order)
            .where(order.c.id.in_(sorted(order_ids)), order.c.review_asked_at.is_(None))
            .where(order.c.handed_over_at.is_not(None))
            .values(review_asked_at=now)
            .returning(order.c.id)
        )
        return set((await (await self._session.connection()).execute(statement)).scalars())

    # One's own

    async def list_lines(self, order_ids: Collection[int]) -> list[BoughtLine]:
        """The lines of these orders, by order and kind."""
        return await self._lines(col(Order.id).in_(order_ids))

    async def find_line(self, order_id: int, variant_id: int) -> BoughtLine | None:
        """One line of an order."""
        found = await self._lines(col(Order.id) == order_id, col(OrderLine.variant_id) == variant_id)
        return next(iter(found), None)

    async def lock_order(self, order_id: int) -> None:
        """Until the commit nobody else changes an order or what is said of it."""
        query = core_select(col(Order.id)).where(col(Order.id) == order_id)
        await self._session.execute(query.with_for_update(key_share=True))

    async def save(self, review: Review) -> Review:
        """Keep a new or changed review; a new one gets its key."""
        self._session.add(review)
        await self._session.flush()
        return review

    async def would_again(self, origin_id: int, person_ids: Collection[int]) -> dict[int, bool]:
        """Who of these people would buy an offer again, and who not; by what they said last."""
        query = (
            core_select(col(Review.person_id), col(Review.would_again))
            .join(Order, col(Order.id) == col(Review.order_id))
            .where(col(Review.origin_id) == origin_id, col(Review.person_id).in_(person_ids), _VERIFIED)
            .where(col(Review.would_again).is_not(None))
            .order_by(col(Review.id))
        )
        return {row[0]: bool(row[1]) for row in await self._session.execute(query)}

    # What others read

    async def verdicts(self, origin_id: int, group_id: int) -> tuple[Verdicts, Verdicts]:
        """What buyers in a group say of an offer, and what buyers elsewhere do."""
        is_here = case((col(Review.group_id) == group_id, 1), else_=0)
        of_buyer = (
            core_select(is_here.label("is_here"), func.avg(col(Review.stars)).label("stars"))
            .join(Order, col(Order.id) == col(Review.order_id))
            .where(col(Review.origin_id) == origin_id, _VERIFIED)
            .group_by(is_here, col(Review.person_id))
            .subquery()
        )
        query = core_select(
            of_buyer.c.is_here,
            func.count(),
            func.avg(of_buyer.c.stars),
            func.sum(case((of_buyer.c.stars >= PLEASED_FROM, 1), else_=0)),
        ).group_by(of_buyer.c.is_here)
        found = {row[0]: Verdicts(row[1], float(row[2]), int(row[3])) for row in await self._run(query)}
        return found.get(1, Verdicts()), found.get(0, Verdicts())

    # Votes

    async def vote(self, review_id: int, person_id: int, *, now: datetime) -> bool:
        """Somebody finds a review helpful; says whether she had not said so before."""
        row = {"review_id": review_id, "person_id": person_id, "voted_at": now}
        statement = upsert(self._session, ReviewVote).on_conflict_do_nothing()
        added = await (await self._session.connection()).execute(statement, row)
        return await self._count(review_id, int(added.rowcount))

    async def withdraw_vote(self, review_id: int, person_id: int) -> bool:
        """She does not find it helpful any more; says whether she had said so."""
        statement = delete(ReviewVote).where(
            col(ReviewVote.review_id) == review_id, col(ReviewVote.person_id) == person_id
        )
        removed = await (await self._session.connection()).execute(statement)
        return await self._count(review_id, -int(removed.rowcount))

    async def _count(self, review_id: int, change: int) -> bool:
        if change:
            review = table(Review)
            statement = (
                update(review)
                .where(review.c.id == review_id)
                .values(helpful_count=review.c.helpful_count + change)
            )
            await (await self._session.connection()).execute(statement)
        return bool(change)

    async def _lines(self, *conditions: ColumnElement[bool]) -> list[BoughtLine]:
        query = (
            core_select(
                col(Order.id), col(Variant.id), col(Order.person_id), col(Order.number), col(Order.state),
                col(Order.fulfilment_state), col(Order.handed_over_at), col(Pick.id), col(Pick.number),
                col(Pick.curator_id), col(Offer.title), col(Variant.name), ORIGIN,
                col(Group.id), col(Group.title), col(Group.time_zone),
            )
            .join(OrderLine, col(OrderLine.order_id) == col(Order.id))
            .join(Variant, col(Variant.id) == col(OrderLine.variant_id))
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(*conditions)
            .order_by(col(Order.id).desc(), col(Variant.position))
        )  # fmt: skip
        rows = list(await self._run(query))
        said = await self._own({row[0] for row in rows})
        names = [name for name in BoughtLine.__dataclass_fields__ if name != "review"]
        return [
            BoughtLine(**dict(zip(names, row, strict=True)), review=said.get((row[0], row[1])))
            for row in rows
        ]

    async def _own(self, order_ids: Collection[int]) -> Mapping[tuple[int, int], Review]:
        query = select(Review).where(col(Review.order_id).in_(order_ids))
        found = await self._session.exec(query.execution_options(populate_existing=True))
        return {(review.order_id, review.variant_id): review for review in found}

    async def _run(self, query: Any) -> Any:
        return await (await self._session.connection()).execute(query)


PLEASED_FROM = 4
"""So many stars mean that somebody was pleased."""

ORIGIN: ColumnElement[int] = func.coalesce(col(Offer.origin_id), col(Offer.id))
"""The offer whose reviews all rounds of it share."""

_VERIFIED = col(Order.fulfilment_state).in_([FulfilmentState.HANDED_OVER, FulfilmentState.RETURNED])
