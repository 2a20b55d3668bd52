"""Why members may care about something: what they bought, asked for and liked of its kind in their group."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    CategoryChoice,
    Offer,
    Order,
    Pick,
    Question,
    Ranking,
    Reaction,
)
from storage.purchases import bought, origin_of
from storage.states import CategoryWish, PickState
from storage.tables import table


class PostedRound(NamedTuple):
    """A pick of a group, with its offer by its first round."""

    pick_id: int
    number: int
    title: str
    origin_id: int
    category: str | None
    curator_id: int | None


class TellingFactRepository:
    """The rounds of a group, and each fact that speaks for telling some people of something."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_rounds(self, group_id: int, *, limit: int) -> list[PostedRound]:
        """The picks that were posted in a group, the newest first."""
        pick, offer = table(Pick), table(Offer)
        query = (
            core_select(
                *(pick.c.id, pick.c.number, offer.c.title, origin_of(offer)),
                *(offer.c.category, pick.c.curator_id),
            )
            .select_from(pick.join(offer, offer.c.id == pick.c.offer_id))
            .where(pick.c.group_id == group_id, pick.c.state.not_in([PickState.DRAFT, PickState.SCHEDULED]))
            .order_by(pick.c.id.desc())
            .limit(limit)
        )
        return [PostedRound(*row) for row in await self._run(query)]

    async def purchases(
        self, person_ids: Collection[int], pick_ids: Collection[int]
    ) -> dict[int, frozenset[int]]:
        """Which of these picks each of these people bought, who bought any."""
        order = table(Order)
        query = (
            bought()
            .with_only_columns(order.c.person_id, order.c.pick_id)
            .where(order.c.person_id.in_(sorted(person_ids)))
        )
        picks: dict[int, set[int]] = defaultdict(set)
        # A person orders less than a group offers: the picks are compared here.
        for person_id, pick_id in await self._run(query):
            if pick_id in pick_ids:
                picks[person_id].add(pick_id)
        return {person_id: frozenset(theirs) for person_id, theirs in picks.items()}

    async def followers(self, group_id: int, person_ids: Collection[int], category: str) -> set[int]:
        """Which of these people asked to hear of a category."""
        choice = table(CategoryChoice)
        query = core_select(choice.c.person_id).where(
            choice.c.group_id == group_id,
            choice.c.person_id.in_(sorted(person_ids)),
            choice.c.category == category,
            choice.c.wish == CategoryWish.ONLY,
        )
        return set((await self._run(query)).scalars())

    async def fans(
        self, person_ids: Collection[int], pick_ids: Collection[int], emojis: Collection[str]
    ) -> dict[int, int]:
        """Who of these reacted to the cards of these picks with one of these: the newest, by person."""
        of = table(Reaction)
        query = _newest_of(of, person_ids, pick_ids).where(of.c.emoji.in_(sorted(emojis)))
        return await self._by_person(query)

    async def askers(self, person_ids: Collection[int], pick_ids: Collection[int]) -> dict[int, int]:
        """Who of these asked about these picks: the newest such pick, by person."""
        return await self._by_person(_newest_of(table(Question), person_ids, pick_ids))

    async def ranked(self, person_ids: Collection[int], origin_id: int) -> dict[int, int]:
        """In whose ranking an offer stands because of something that she bought: that one, by person."""
        ranking = table(Ranking)
        query = core_select(ranking.c.person_id, ranking.c.best).where(
            ranking.c.person_id.in_(sorted(person_ids))
        )
        found: dict[int, int] = {}
        for reader_id, best in await self._run(query):
            because_id = dict(best).get(origin_id)
            if because_id:
                found[reader_id] = because_id
        return found

    async def _by_person(self, query: Any) -> dict[int, int]:
        return {person_id: pick_id for person_id, pick_id in await self._run(query)}

    async def _run(self, query: Any) -> Any:
        return await (await self._session.connection()).execute(query)


def _newest_of(of: Any, person_ids: Collection[int], pick_ids: Collection[int]) -> Any:
    return (
        core_select(of.c.person_id, func.max(of.c.pick_id))
        .where(of.c.person_id.in_(sorted(person_ids)), of.c.pick_id.in_(sorted(pick_ids)))
        .group_by(of.c.person_id)
    )
