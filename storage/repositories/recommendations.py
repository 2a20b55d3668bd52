"""What may be suggested to a person, why, and what she said of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, exists, func, or_
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Dismissal, Group, Member, Offer, Order, Pick, Ranking, RankingRun, Variant
from storage.purchases import ON_OFFER, bought, origin_of
from storage.states import OrderState, PickState, Presence
from storage.tables import table, upsert


class Candidate(NamedTuple):
    """A pick of one of a person's groups that is on offer, or comes, with its offer by its first round."""

    pick_id: int
    group_id: int
    origin_id: int
    state: PickState
    opens_at: datetime
    closes_at: datetime
    #: How many orders of it stand.
    order_count: int
    curator_id: int | None
    category: str | None
    is_stopped: bool
    #: Whether there is anything left of any kind.
    is_left: bool


class Together(NamedTuple):
    """Of all `others` who bought one thing, beside the reader, `both` bought another one, too."""

    both: int
    others: int


class RecommendationRepository:
    """Rankings as they are read, the facts by which each reason is counted, and dismissals."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_candidates(self, person_id: int, *, now: datetime) -> list[Candidate]:
        """All that is on offer or comes in the groups that a person is in; what closes first comes first."""
        pick, offer, group = table(Pick), table(Offer), table(Group)
        member, variant = table(Member), table(Variant)
        left = core_select(variant.c.id).where(
            variant.c.offer_id == offer.c.id,
            or_(variant.c.stock.is_(None), variant.c.sold < variant.c.stock),
        )
        query = (
            core_select(
                *(pick.c.id, pick.c.group_id, origin_of(offer), pick.c.state, pick.c.opens_at),
                *(pick.c.closes_at, pick.c.order_count, pick.c.curator_id, offer.c.category),
                *(offer.c.stopped_at.is_not(None), left.exists()),
            )
            .select_from(
                member.join(group, group.c.id == member.c.group_id)
                .join(pick, pick.c.group_id == group.c.id)
                .join(offer, offer.c.id == pick.c.offer_id)
            )
            .where(member.c.person_id == person_id, member.c.presence == Presence.JOINED)
            .where(group.c.is_active, pick.c.state.in_(ON_OFFER), pick.c.closes_at > now)
            .where(~pick.c.is_personal, pick.c.ended_at.is_(None))
            .order_by(pick.c.closes_at, pick.c.id)
        )
        return [Candidate(*row) for row in await self._run(query)]

    async def ordered_by(self, person_id: int) -> set[int]:
        """All that a person has ordered, by its first round; what was cancelled is not among it."""
        order, pick, offer = table(Order), table(Pick), table(Offer)
        query = (
            core_select(origin_of(offer))
            .select_from(
                order.join(pick, pick.c.id == order.c.pick_id).join(offer, offer.c.id == pick.c.offer_id)
            )
            .where(order.c.person_id == person_id, order.c.state != OrderState.CANCELLED)
            .distinct()
        )
        return set((await self._run(query)).scalars())

    async def find_ranking(self, person_id: int) -> list[tuple[int, int]] | None:
        """What she may like best, the best first, each with what she bought that speaks for it (or 0)."""
        of = table(Ranking).c
        best = (await self._run(core_select(of.best).where(of.person_id == person_id))).scalar()
        return None if best is None else [(origin_id, because_id) for origin_id, because_id in best]

    async def popular(self) -> list[int]:
        """What is bought most of all that was on offer when rankings were last worked out."""
        of = table(RankingRun).c
        found = (await self._run(core_select(of.popular).where(of.popular.is_not(None)).limit(1))).scalar()
        return list(found or ())

    # Reasons

    async def count_buyers(self, origin_id: int) -> int:
        """How many people bought an offer, in all its rounds."""
        query = bought().with_only_columns(func.count(table(Order).c.person_id.distinct()))
        return int((await self._run(query.where(_is_round(origin_id)))).scalar_one())

    async def has_buyers(self, origin_id: int) -> bool:
        """Whether anybody bought an offer."""
        return (await self._run(bought().where(_is_round(origin_id)).limit(1))).first() is not None

    async def bought_together(self, because_id: int, origin_id: int, *, person_id: int) -> Together:
        """Of all others who bought one offer, how many bought the other, too."""
        order = table(Order)
        firsts, seconds = (
            bought().with_only_columns(order.c.person_id).where(_is_round(key)).distinct().subquery()
            for key in (because_id, origin_id)
        )
        query = (
            core_select(func.count(seconds.c.person_id), func.count())
            .select_from(firsts.outerjoin(seconds, seconds.c.person_id == firsts.c.person_id))
            .where(firsts.c.person_id != person_id)
        )
        return Together(*(await self._run(query)).one())

    async def have_bought_both(self, because_id: int, origin_id: int, *, both: int, one: int) -> bool:
        """Whether so many bought both offers, and so many the first alone; as soon as they are found."""
        order = table(Order)
        too = bought().with_only_columns(order.c.person_id).where(_is_round(origin_id)).subquery()
        firsts = bought().with_only_columns(order.c.person_id).where(_is_round(because_id)).distinct()
        bought_too = exists().where(too.c.person_id == order.c.person_id)
        for wanted, condition in ((both, bought_too), (one, ~bought_too)):
            if len((await self._run(firsts.where(condition).limit(wanted))).all()) < wanted:
                return False
        return True

    async def titles_of_own(self, person_id: int, origin_ids: Collection[int]) -> dict[int, str]:
        """What she bought of these offers, as it was called when she last did, by its first round."""
        order, offer = table(Order), table(Offer)
        query = (
            bought()
            .with_only_columns(origin_of(offer), offer.c.title)
            .where(order.c.person_id == person_id, origin_of(offer).in_(sorted(origin_ids)))
            .order_by(order.c.id)
        )
        return {origin_id: title for origin_id, title in await self._run(query)}

    # What she said of it

    async def dismissed_by(self, person_id: int) -> set[int]:
        """What she does not want to see suggested."""
        dismissal, offer = table(Dismissal), table(Offer)
        # What she put aside may have become a round of something since.
        query = core_select(origin_of(offer)).join(dismissal, dismissal.c.origin_id == offer.c.id)
        return set((await self._run(query.where(dismissal.c.person_id == person_id))).scalars())

    async def dismiss(self, person_id: int, origin_id: int, *, now: datetime) -> None:
        """An offer, in all its rounds, is not for her."""
        row = {"person_id": person_id, "origin_id": origin_id, "dismissed_at": now}
        await self._run(upsert(self._session, Dismissal).on_conflict_do_nothing(), [row])

    async def restore(self, person_id: int) -> None:
        """Nothing is dismissed by her any more."""
        of = table(Dismissal)
        await self._run(delete(of).where(of.c.person_id == person_id))

    async def _run(self, statement: Any, rows: Any = None) -> Any:
        return await (await self._session.connection()).execute(statement, rows)


def _is_round(origin_id: int) -> Any:
    """By the picks of its rounds, so that none but their orders are looked at."""
    pick, offer = table(Pick), table(Offer)
    rounds = core_select(offer.c.id).where(offer.c.origin_id == origin_id)
    rounds_and_first = rounds.union(core_select(offer.c.id).where(offer.c.id == origin_id))
    return pick.c.offer_id.in_(rounds_and_first)
