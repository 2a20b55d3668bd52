"""Who may be told of something, and who left a trace that may make her care: whom to look at first."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, literal, or_, union_all
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
from storage.purchases import origin_of
from storage.states import CategoryWish, NoticeKind, OrderState, PickState, Presence
from storage.tables import table

_AT_ONCE: Final = 500


class Lead(NamedTuple):
    """Somebody who may care, how much her reasons are worth at most, and what the lot says of her."""

    person_id: int
    at_most: int
    drawn: int


@dataclass(frozen=True, kw_only=True)
class Traces:
    """Where to look for who may care, picks by their keys; and how much is worth what.

    The worth stands by the names bought, follows, alike, asked, sort, liked and faithful.
    """

    earlier: Collection[int]
    same_sort: Collection[int]
    same_hand: Collection[int]
    category: str | None
    origin_id: int | None
    #: Who ordered so many of one hand.
    faithful_from: int
    worth: Mapping[str, int]


class TellingPeopleRepository:
    """Who may be told, and in which order people are looked at."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @asynccontextmanager
    async def leads(
        self, group_id: int, traces: Traces, *, at_least: int, draw: Callable[[Any], Any]
    ) -> AsyncIterator[AsyncIterator[Sequence[Lead]]]:
        """Who of those who agreed may have reasons worth so much, the likeliest first, some at a time.

        Each is looked at as if every order of hers had been a purchase: so that the index of orders is read
        alone, not each order of a large group. Whoever uses it looks closer.
        """
        found = union_all(*_traces(group_id, traces)).subquery()
        worth = func.sum(found.c.worth)
        leads = (
            core_select(found.c.person_id, worth.label("worth"))
            .where(found.c.person_id.in_(_everybody_agreed()))
            .group_by(found.c.person_id)
            .having(worth >= at_least)
            .subquery()
        )
        drawn = draw(leads.c.person_id)
        query = core_select(leads.c.person_id, leads.c.worth, drawn).order_by(leads.c.worth.desc(), drawn)
        connection = await self._session.connection()
        async with connection.stream(query) as rows:
            yield ([Lead(*row) for row in portion] async for portion in rows.partitions(_AT_ONCE))

    async def list_free(
        self,
        group_id: int,
        person_ids: Collection[int],
        *,
        category: str | None,
        curator_id: int | None,
        pick_id: int | None,
        draft_id: int | None,
        origin_ids: Collection[int],
        told_since: datetime,
    ) -> set[int]:
        """Which of these people may be told of something as members of a group.

        They agreed to such things and read private messages; they have not muted its category, put it aside
        or ordered it already, hear of it neither by a wish nor as its curator, and since then were told
        personally of nothing in this group, nor of the same in another.
        """
        member, person = table(Member), table(Person)
        query = (
            core_select(member.c.person_id)
            .select_from(member.join(person, person.c.id == member.c.person_id))
            .where(member.c.group_id == group_id, member.c.presence == Presence.JOINED)
            .where(member.c.person_id.in_(sorted(person_ids)), _agreed(member.c.person_id))
            .where(person.c.private_is_open, person.c.erased_at.is_(None), person.c.deactivated_at.is_(None))
            .where(~_refuses_category(group_id, category), ~_has_or_dismissed(origin_ids))
            .where(~_hears_by_wish(pick_id, draft_id))
            .where(~_was_told(group_id, pick_id, origin_ids, told_since))
        )
        if curator_id is not None:
            query = query.where(member.c.person_id != curator_id)
        return set((await self._run(query)).scalars())

    async def _run(self, query: Any) -> Any:
        return await (await self._session.connection()).execute(query)


def _traces(group_id: int, traces: Traces) -> list[Any]:
    """Who left each kind of trace, with what it is worth."""
    worth = traces.worth
    order, reaction, question = table(Order), table(Reaction), table(Question)
    found = [
        _whoever(order, traces.earlier, worth["bought"]),
        _whoever(order, traces.same_sort, worth["sort"]),
        _whoever(order, traces.same_hand, worth["faithful"]).having(func.count() >= traces.faithful_from),
        _whoever(reaction, traces.earlier, worth["liked"]),
        _whoever(question, traces.earlier, worth["asked"]),
    ]
    if traces.category is not None:
        choice = table(CategoryChoice)
        found.append(
            _worth(choice, worth["follows"]).where(
                choice.c.group_id == group_id,
                choice.c.category == traces.category,
                choice.c.wish == CategoryWish.ONLY,
            )
        )
    if traces.origin_id is not None:
        ranking = table(Ranking)
        # Turning a document into text takes long on PostgreSQL: of those alone who may be told.
        agreed = (
            core_select(ranking)
            .where(ranking.c.person_id.in_(_everybody_agreed()))
            .cte("agreed")
            .prefix_with("MATERIALIZED")
        )
        # Taking apart each ranking of a large group would take longer.
        ranks = cast(agreed.c.best, String).like(f"%[{int(traces.origin_id)},%")
        found.append(_worth(agreed, worth["alike"]).where(ranks))
    return found


def _whoever(of: Any, pick_ids: Collection[int], worth: int) -> Any:
    return _worth(of, worth).where(of.c.pick_id.in_(sorted(pick_ids))).group_by(of.c.person_id)


def _worth(of: Any, worth: int) -> Any:
    return core_select(of.c.person_id, literal(worth).label("worth"))


def _agreed(person_id: Any) -> ColumnElement[bool]:
    """Whether a person wants picks that are chosen for her."""
    return _everybody_agreed().where(table(NoticeChoice).c.person_id == person_id).exists()


def _everybody_agreed() -> Select[Any]:
    """Who wants picks that are chosen for them."""
    choice = table(NoticeChoice)
    return core_select(choice.c.person_id).where(choice.c.kind == NoticeKind.SUGGESTIONS, choice.c.is_on)


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
    dismissed = (
        core_select(dismissal.c.origin_id)
        .select_from(dismissal.join(offer, offer.c.id == dismissal.c.origin_id))
        .where(dismissal.c.person_id == member.c.person_id, origin_of(offer).in_(keys))
        .exists()
    )
    return or_(ordered, dismissed)


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


def _was_told(
    group_id: int, pick_id: int | None, origin_ids: Collection[int], since: datetime
) -> ColumnElement[bool]:
    """Whether she was told lately of something else in this group, or of the same in another.

    What she was told of after this one takes nothing away from it.
    """
    member, told, pick, offer = table(Member), table(Told), table(Pick), table(Offer)
    this = told.alias("this")
    chosen_at = (
        core_select(this.c.chosen_at)
        .where(this.c.pick_id == pick_id, this.c.person_id == told.c.person_id)
        .scalar_subquery()
    )
    return (
        core_select(told.c.pick_id)
        .select_from(told.join(pick, pick.c.id == told.c.pick_id).join(offer, offer.c.id == pick.c.offer_id))
        .where(told.c.person_id == member.c.person_id, told.c.chosen_at > since, ~told.c.is_held_back)
        .where(or_(pick.c.group_id == group_id, origin_of(offer).in_(sorted(origin_ids))))
        .where(told.c.pick_id.is_distinct_from(pick_id))
        .where(or_(chosen_at.is_(None), told.c.chosen_at < chosen_at))
        .exists()
    )
