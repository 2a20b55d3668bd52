"""What others read of reviews: what many say together, and page by page what each says."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Group, Offer, Order, Pick, Review, Variant
from storage.purchases import is_round_of
from storage.states import OrderState, PickState
from storage.tables import table


class Verdicts(NamedTuple):
    """What buyers in one place say of an offer; each buyer counts once, with the mean of her stars."""

    buyers: int = 0
    stars: float = 0.0
    #: How many of them were pleased.
    pleased: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidReview:
    """A review as others read it: what was bought and when, but not by whom."""

    id: int
    person_id: int
    group_id: int
    kind: str
    stars: int
    words: str
    photo_ids: Sequence[str]
    would_again: bool | None
    helpful_count: int
    bought_at: datetime
    created_at: datetime
    edited_at: datetime | None


class ReviewNews(NamedTuple):
    """A new review for the curator of its pick."""

    pick_id: int
    pick_number: int
    title: str
    group_title: str
    stars: int
    words: str


class ReviewPageRepository:
    """Reviews of an offer in all its rounds.

    One counts whatever becomes of the goods, even where whoever sells says that they were not handed over
    after all: else it would be for the seller to say what is read. An order that is cancelled was nothing.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def verdicts(
        self, origin_id: int, group_id: int, *, pleased_from: int
    ) -> tuple[Verdicts, Verdicts]:
        """What buyers in a group say of an offer, and what those do who bought elsewhere alone."""
        here = col(Review.group_id) == group_id
        stars_here = func.avg(case((here, col(Review.stars))))
        of_buyer = (
            core_select(
                func.max(case((here, 1), else_=0)).label("is_here"),
                func.coalesce(stars_here, func.avg(col(Review.stars))).label("stars"),
            )
            .join(Order, col(Order.id) == col(Review.order_id))
            .where(col(Review.origin_id) == origin_id, _COUNTS)
            .group_by(col(Review.person_id))
            .subquery()
        )
        query = core_select(
            of_buyer.c.is_here,
            func.count(),
            func.avg(of_buyer.c.stars),
            func.sum(case((of_buyer.c.stars >= pleased_from, 1), else_=0)),
        ).group_by(of_buyer.c.is_here)
        found = {row[0]: Verdicts(row[1], float(row[2]), int(row[3])) for row in await self._run(query)}
        return found.get(1, Verdicts()), found.get(0, Verdicts())

    async def list_said(self, origin_id: int, *, limit: int, offset: int = 0) -> list[SaidReview]:
        """A page of all reviews of an offer, the most helpful first; of equals the newest."""
        return await self._said(col(Review.origin_id) == origin_id, limit=limit, offset=offset)

    async def find_best(self, origin_id: int, *, stars_from: int, stars_up_to: int) -> SaidReview | None:
        """The most helpful review with so many stars that says something in words."""
        stars = col(Review.stars).between(stars_from, stars_up_to)
        conditions = (col(Review.origin_id) == origin_id, stars, col(Review.words) != "")
        return next(iter(await self._said(*conditions, limit=1)), None)

    async def find_said(self, origin_id: int, review_id: int) -> SaidReview | None:
        """One review of an offer, if it counts."""
        conditions = (col(Review.origin_id) == origin_id, col(Review.id) == review_id)
        return next(iter(await self._said(*conditions, limit=1)), None)

    async def list_cards(self, origin_id: int) -> dict[int, int]:
        """The cards that show what is said of an offer now: pick -> chat."""
        of_offer = is_round_of(table(Offer), origin_id)
        query = (
            core_select(col(Pick.id), col(Group.chat_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(of_offer, col(Pick.state) == PickState.LIVE)
        )
        return {row[0]: row[1] for row in await self._run(query)}

    async def news(
        self, curator_id: int, group_ids: Collection[int], *, since: datetime, limit: int
    ) -> list[ReviewNews]:
        """What was said since then of a curator's picks in these groups, the newest first."""
        query = (
            core_select(
                col(Pick.id), col(Pick.number), col(Offer.title), col(Group.title),
                col(Review.stars), col(Review.words),
            )
            .join(Pick, col(Pick.id) == col(Review.pick_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .join(Order, col(Order.id) == col(Review.order_id))
            .where(col(Pick.group_id).in_(sorted(group_ids)), col(Pick.curator_id) == curator_id)
            .where(col(Review.created_at) >= since, _COUNTS)
            .order_by(col(Review.id).desc())
            .limit(limit)
        )  # fmt: skip
        return [ReviewNews(*row) for row in await self._run(query)]

    async def _said(self, *conditions: ColumnElement[bool], limit: int, offset: int = 0) -> list[SaidReview]:
        review = table(Review)
        query = (
            core_select(
                review.c.id, review.c.person_id, review.c.group_id, col(Variant.name), review.c.stars,
                review.c.words, review.c.photo_ids, review.c.would_again,
                review.c.helpful_count, col(Order.placed_at),
                review.c.created_at, review.c.edited_at,
            )
            .join(Order, col(Order.id) == review.c.order_id)
            .join(Variant, col(Variant.id) == review.c.variant_id)
            .where(*conditions, _COUNTS)
            .order_by(review.c.helpful_count.desc(), review.c.id.desc())
            .limit(limit)
            .offset(offset)
        )  # fmt: skip
        names = list(SaidReview.__dataclass_fields__)
        found = [dict(zip(names, row, strict=True)) for row in await self._run(query)]
        return [SaidReview(**{**fields, "photo_ids": fields["photo_ids"] or ()}) for fields in found]

    async def _run(self, query: Any) -> Any:
        return await (await self._session.connection()).execute(query)


_COUNTS = col(Order.state) != OrderState.CANCELLED
