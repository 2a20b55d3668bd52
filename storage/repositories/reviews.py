"""What buyers say of what they got, and who found which of it helpful."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Group, Offer, Order, OrderLine, Person, Pick, Review, ReviewVote, Variant
from storage.purchases import is_round_of, origin_of
from storage.states import FETCHED, FulfilmentState, OrderState
from storage.tables import table, upsert

AskKey = tuple[datetime, int]
"""Behind which order to go on: when it was handed over, and its key."""


class ToAsk(NamedTuple):
    """An order whose member was not asked yet how it was, with the quiet hours of its group."""

    handed_over_at: datetime
    order_id: int
    person_id: int
    time_zone: str
    quiet_from: int
    quiet_until: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BoughtLine:
    """One line of an order that was handed over, with what its buyer said of it, if anything."""

    order_id: int
    variant_id: int
    person_id: int
    number: int
    state: OrderState
    fulfilment: FulfilmentState
    placed_at: datetime
    handed_over_at: datetime | None
    pick_id: int
    pick_number: int
    curator_id: int | None
    #: Whether its buyer is who offers it, in this round or in another.
    is_own: bool
    title: str
    kind: str
    origin_id: int
    group_id: int
    group_title: str
    time_zone: str
    review: Review | None


class ReviewRepository:
    """Who is asked for a review, what she wrote, and the votes on it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # Asking

    async def list_to_ask(self, *, until: datetime, after: AskKey, limit: int) -> list[ToAsk]:
        """Orders of people who read private messages, not asked about yet; the longest waiting first.

        Those handed over until then, behind this key.
        """
        order = table(Order)
        query = (
            core_select(
                order.c.handed_over_at, order.c.id, order.c.person_id,
                col(Group.time_zone), col(Group.quiet_from), col(Group.quiet_until),
            )
            .join(Pick, col(Pick.id) == order.c.pick_id)
            .join(Group, col(Group.id) == col(Pick.group_id))
            .join(Person, col(Person.id) == order.c.person_id)
            .where(order.c.handed_over_at.is_not(None), order.c.review_asked_at.is_(None))
            .where(order.c.handed_over_at <= until)
            .where(order.c.handed_over_at >= after[0])
            .where(or_(order.c.handed_over_at > after[0], order.c.id > after[1]))
            .where(col(Person.private_is_open))
            .order_by(order.c.handed_over_at, order.c.id)
            .limit(limit)
        )  # fmt: skip
        return [ToAsk(*row) for row in await self._run(query)]

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

    async def list_own(self, person_id: int, *, limit: int, offset: int) -> list[BoughtLine]:
        """What a person has bought and fetched, or has said how it was, line by line, the newest first."""
        said = core_select(col(Review.id)).where(
            col(Review.order_id) == col(Order.id),
            col(Review.variant_id) == col(OrderLine.variant_id),
            col(Order.state) != OrderState.CANCELLED,
        )
        may_say = or_(_VERIFIED, said.exists())
        return await self._lines(col(Order.person_id) == person_id, may_say, limit=limit, offset=offset)

    async def lock_order(self, order_id: int) -> None:
        """Until the commit nobody else changes an order or what is said of it."""
        query = core_select(col(Order.id)).where(col(Order.id) == order_id)
        await self._session.execute(query.with_for_update(key_share=True))

    async def find(self, review_id: int) -> Review | None:
        """The review with this key."""
        return await self._session.get(Review, review_id)

    async def save(self, review: Review) -> Review:
        """Keep a new or changed review; a new one gets its key."""
        self._session.add(review)
        await self._session.flush()
        return review

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

    async def votes_of(self, person_id: int, review_ids: Collection[int]) -> set[int]:
        """Which of these reviews a person finds helpful."""
        query = core_select(col(ReviewVote.review_id)).where(
            col(ReviewVote.person_id) == person_id, col(ReviewVote.review_id).in_(review_ids)
        )
        return set((await self._session.execute(query)).scalars())

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

    async def _lines(
        self, *conditions: ColumnElement[bool], limit: int | None = None, offset: int = 0
    ) -> list[BoughtLine]:
        query = (
            core_select(
                col(Order.id), col(Variant.id), col(Order.person_id), col(Order.number), col(Order.state),
                col(Order.fulfilment_state), col(Order.placed_at), col(Order.handed_over_at), col(Pick.id),
                col(Pick.number),
                col(Pick.curator_id), _is_own(), col(Offer.title), col(Variant.name), _ORIGIN,
                col(Group.id), col(Group.title), col(Group.time_zone),
            )
            .join(OrderLine, col(OrderLine.order_id) == col(Order.id))
            .join(Variant, col(Variant.id) == col(OrderLine.variant_id))
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(*conditions)
            .order_by(col(Order.id).desc(), col(Variant.position))
            .limit(limit)
            .offset(offset)
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


def _is_own() -> ColumnElement[bool]:
    pick, offer = table(Pick).alias("any_pick"), table(Offer).alias("any_round")
    posted = (
        core_select(pick.c.id)
        .select_from(pick.join(offer, offer.c.id == pick.c.offer_id))
        .where(is_round_of(offer, _ORIGIN))
        .where(pick.c.curator_id == col(Order.person_id))
    )
    return posted.correlate(Offer, Order).exists()


_ORIGIN = origin_of(table(Offer))
"""The offer whose reviews all rounds of it share."""

_VERIFIED = col(Order.fulfilment_state).in_(FETCHED)
