"""Why members may care about something: what they bought, asked for and liked of its kind in their group."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    CategoryChoice,
    Dismissal,
    Member,
    Need,
    NoticeChoice,
    Offer,
    Order,
    Person,
    Pick,
    Question,
    Ranking,
    Reaction,
    Told,
    Wish,
)
from storage.purchases import bought, origin_of
from storage.states import CategoryWish, NoticeKind, OrderState, PickState, Presence
from storage.tables import table


class PostedRound(NamedTuple):
    """A pick of a group, with its offer by its first round."""

    pick_id: int
    number: int
    title: str
    origin_id: int
    category: str | None
    curator_id: int | None


class Purchases(NamedTuple):
    """How many of some picks a person bought, and the newest of them."""

    picks: int
    newest_id: int


class TellingFactRepository:
    """Who may be told, and each fact that speaks for telling her; with `person_id`, of her alone."""

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

    async def list_free(
        self,
        group_id: int,
        *,
        category: str | None,
        curator_id: int | None,
        pick_id: int | None,
        draft_id: int | None,
        origin_ids: Collection[int],
        told_since: datetime,
        person_id: int | None = None,
    ) -> set[int]:
        """Which members of a group may be told of something.

        They agreed to such things and read private messages; they have not muted its category, put it aside
        or ordered it already, hear of it neither by a wish nor as its curator, and were told of nothing
        personally in this group since then.
        """
        member, person = table(Member), table(Person)
        query = (
            core_select(member.c.person_id)
            .select_from(member.join(person, person.c.id == member.c.person_id))
            .where(member.c.group_id == group_id, member.c.presence == Presence.JOINED)
            .where(_agreed(member.c.person_id))
            .where(person.c.private_is_open, person.c.erased_at.is_(None), person.c.deactivated_at.is_(None))
            .where(~_refuses_category(group_id, category), ~_has_or_dismissed(origin_ids))
            .where(~_hears_by_wish(pick_id, draft_id), ~_was_told(group_id, pick_id, told_since))
        )
        if curator_id is not None:
            query = query.where(member.c.person_id != curator_id)
        return set((await self._run(_only(query, member.c.person_id, person_id))).scalars())

    async def buyers(
        self, pick_ids: Collection[int], *, person_id: int | None = None
    ) -> dict[int, Purchases]:
        """Who of those who agreed bought how many of these picks, by person."""
        order, pick = table(Order), table(Pick)
        query = (
            bought()
            .with_only_columns(order.c.person_id, func.count(), func.max(pick.c.id))
            # All others are no matter, and in a large group they are many.
            .where(pick.c.id.in_(sorted(pick_ids)), _agreed(order.c.person_id))
            .group_by(order.c.person_id)
        )
        rows = await self._run(_only(query, order.c.person_id, person_id))
        return {buyer_id: Purchases(picks, newest_id) for buyer_id, picks, newest_id in rows}

    async def followers(self, group_id: int, category: str, *, person_id: int | None = None) -> set[int]:
        """Who asked to hear of a category."""
        choice = table(CategoryChoice)
        query = core_select(choice.c.person_id).where(
            choice.c.group_id == group_id,
            choice.c.category == category,
            choice.c.wish == CategoryWish.ONLY,
        )
        return set((await self._run(_only(query, choice.c.person_id, person_id))).scalars())

    async def fans(
        self, pick_ids: Collection[int], emojis: Collection[str], *, person_id: int | None = None
    ) -> dict[int, int]:
        """Who reacted to the cards of these picks with one of these: the newest such pick, by person."""
        of = table(Reaction)
        query = _newest_of(of, pick_ids).where(of.c.emoji.in_(sorted(emojis)))
        return await self._by_person(_only(query, of.c.person_id, person_id))

    async def askers(self, pick_ids: Collection[int], *, person_id: int | None = None) -> dict[int, int]:
        """Who asked about these picks: the newest such pick, by person."""
        of = table(Question)
        return await self._by_person(_only(_newest_of(of, pick_ids), of.c.person_id, person_id))

    async def ranked(self, origin_id: int, *, person_id: int | None = None) -> dict[int, int]:
        """Whose ranking names an offer because of something that she bought: that one, by person."""
        ranking = table(Ranking)
        # Turning a document into text takes long on PostgreSQL: of those alone who may be told.
        agreed = (
            _only(core_select(ranking).where(_agreed(ranking.c.person_id)), ranking.c.person_id, person_id)
            .cte("agreed")
            .prefix_with("MATERIALIZED")
        )
        # The text of the document narrows it down: reading each ranking of a large group would take long.
        query = core_select(agreed.c.person_id, agreed.c.best).where(
            cast(agreed.c.best, String).like(f"%[{int(origin_id)},%")
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


def _only(query: Any, column: Any, person_id: int | None) -> Any:
    return query if person_id is None else query.where(column == person_id)


def _agreed(person_id: Any) -> ColumnElement[bool]:
    """Whether a person wants picks that are chosen for her."""
    choice = table(NoticeChoice)
    return exists().where(
        choice.c.person_id == person_id, choice.c.kind == NoticeKind.SUGGESTIONS, choice.c.is_on
    )


def _newest_of(of: Any, pick_ids: Collection[int]) -> Any:
    return (
        core_select(of.c.person_id, func.max(of.c.pick_id))
        .where(of.c.pick_id.in_(sorted(pick_ids)))
        .group_by(of.c.person_id)
    )


def _refuses_category(group_id: int, category: str | None) -> ColumnElement[bool]:
    """Whether she muted it, or hears of others alone."""
    member, choice = table(Member), table(CategoryChoice)
    other = choice.alias("other")
    hers = and_(choice.c.group_id == group_id, choice.c.person_id == member.c.person_id)
    muted = exists().where(hers, choice.c.category == category, choice.c.wish == CategoryWish.MUTE)
    follows = exists().where(hers, choice.c.category == category, choice.c.wish == CategoryWish.ONLY)
    follows_others = exists().where(
        other.c.group_id == group_id,
        other.c.person_id == member.c.person_id,
        other.c.wish == CategoryWish.ONLY,
    )
    return or_(muted, and_(follows_others, ~follows))


def _has_or_dismissed(origin_ids: Collection[int]) -> ColumnElement[bool]:
    """Whether she has ordered it where it is on offer, or said that it is not for her."""
    member, order, pick = table(Member), table(Order), table(Pick)
    offer, dismissal = table(Offer), table(Dismissal)
    keys = sorted(origin_ids)
    ordered = (
        core_select(order.c.id)
        .select_from(
            order.join(pick, pick.c.id == order.c.pick_id).join(offer, offer.c.id == pick.c.offer_id)
        )
        .where(order.c.person_id == member.c.person_id, order.c.state != OrderState.CANCELLED)
        .where(pick.c.state == PickState.LIVE, origin_of(offer).in_(keys))
        .exists()
    )
    return or_(
        ordered,
        exists().where(dismissal.c.person_id == member.c.person_id, dismissal.c.origin_id.in_(keys)),
    )


def _hears_by_wish(pick_id: int | None, draft_id: int | None) -> ColumnElement[bool]:
    """Whether she is told of it since she wished for it, unless she was told of it otherwise before."""
    member, need, wish, told = table(Member), table(Need), table(Wish), table(Told)
    was_told = exists().where(
        told.c.pick_id == pick_id, told.c.person_id == member.c.person_id, ~told.c.is_held_back
    )
    return (
        core_select(wish.c.id)
        .select_from(wish.join(need, need.c.id == wish.c.need_id))
        # Of a draft there is no pick, and of a pick no draft: nobody's need has the number 0.
        .where(or_(need.c.pick_id == (pick_id or 0), need.c.draft_id == (draft_id or 0)))
        .where(wish.c.person_id == member.c.person_id)
        .where(or_(wish.c.told_at.is_not(None), and_(wish.c.closed_at.is_(None), ~was_told)))
        .exists()
    )


def _was_told(group_id: int, pick_id: int | None, since: datetime) -> ColumnElement[bool]:
    """Whether she was told of something else in this group lately."""
    member, told, pick = table(Member), table(Told), table(Pick)
    return (
        core_select(told.c.pick_id)
        .select_from(told.join(pick, pick.c.id == told.c.pick_id))
        .where(told.c.person_id == member.c.person_id, told.c.chosen_at > since)
        .where(pick.c.group_id == group_id, ~told.c.is_held_back, told.c.pick_id.is_distinct_from(pick_id))
        .exists()
    )
