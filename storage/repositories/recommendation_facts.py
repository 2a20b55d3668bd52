"""What suggestions are learnt from, a portion at a time, and what is learnt: a ranking for each person."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run
from storage.models import Group, Member, Offer, Order, Person, Pick, Ranking, RankingRun, Referral
from storage.purchases import ON_OFFER, bought, origin_of
from storage.states import Presence
from storage.tables import table, upsert

Ranked = tuple[int, Sequence[Sequence[int]]]
"""A person, and pairs of what she may like best and of what she bought that speaks for it (or 0)."""

_AT_ONCE: Final = 50_000
_RUN: Final = 1


class Run(NamedTuple):
    """How it stands with the rankings."""

    begun_at: datetime | None = None
    fitted_at: datetime | None = None
    mark: str = ""
    seconds: int = 0
    asked_at: datetime | None = None


class RecommendationFactRepository:
    """Purchases and ties of people, who wants a ranking and of what, and the rankings themselves.

    A purchase is an order that was confirmed and not given back; all rounds of an offer are one item.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # To learn from; each portion is a list of pairs

    async def purchases(self) -> AsyncIterator[list[tuple[int, int]]]:
        """Who bought which offer, by its first round."""
        order = table(Order)
        query = bought().with_only_columns(order.c.id, order.c.person_id, origin_of(table(Offer)))
        async for rows in self._portions(query, order.c.id):
            yield [(person_id, origin_id) for _, person_id, origin_id in rows]

    async def ties(self) -> AsyncIterator[list[tuple[int, int]]]:
        """Who brought whom, and who bought from whose card."""
        referral, order = table(Referral), table(Order)
        brought = core_select(referral.c.person_id, referral.c.referrer_id).order_by(
            referral.c.group_id, referral.c.person_id
        )
        async for rows in self._pages(brought):
            yield [(person_id, referrer_id) for person_id, referrer_id in rows]
        query = bought().with_only_columns(order.c.id, order.c.person_id, order.c.recommender_id)
        async for rows in self._portions(query.where(order.c.recommender_id.is_not(None)), order.c.id):
            yield [(person_id, recommender_id) for _, person_id, recommender_id in rows]

    async def shown_people(self) -> AsyncIterator[list[int]]:
        """Who agreed that people who know her may be told of what she bought."""
        person = table(Person)
        query = core_select(person.c.id).where(person.c.shows_purchases, person.c.erased_at.is_(None))
        async for rows in self._portions(query, person.c.id):
            yield [person_id for (person_id,) in rows]

    # For whom, and of what

    async def on_offer(self) -> list[tuple[int, int]]:
        """What is on offer or comes: each group with its offers by their first rounds."""
        pick, offer, group = table(Pick), table(Offer), table(Group)
        query = (
            core_select(pick.c.group_id, origin_of(offer))
            .select_from(
                pick.join(offer, offer.c.id == pick.c.offer_id).join(group, group.c.id == pick.c.group_id)
            )
            .where(pick.c.state.in_(ON_OFFER), group.c.is_active, offer.c.stopped_at.is_(None))
            .where(pick.c.ended_at.is_(None))
            .distinct()
        )
        return [(group_id, origin_id) for group_id, origin_id in await self._run(query)]

    async def readers(self) -> AsyncIterator[list[tuple[int, int]]]:
        """Who may ask for suggestions, with each group that she is in."""
        member, person, group = table(Member), table(Person), table(Group)
        query = (
            core_select(member.c.person_id, member.c.group_id)
            .select_from(
                member.join(person, person.c.id == member.c.person_id).join(
                    group, group.c.id == member.c.group_id
                )
            )
            .where(member.c.presence == Presence.JOINED, group.c.is_active)
            .where(person.c.private_is_open, person.c.erased_at.is_(None))
        )
        async for rows in self._portions(query, member.c.person_id, member.c.group_id):
            yield [(person_id, group_id) for person_id, group_id in rows]

    # Working it out, and keeping it

    async def mark(self) -> str:
        """How far the facts go: it is another as soon as there is something new to learn from or to rank."""
        order, pick, referral, person = table(Order), table(Pick), table(Referral), table(Person)
        shown = core_select(func.sum(person.c.id)).where(person.c.shows_purchases)
        query = core_select(
            core_select(func.max(order.c.id)).scalar_subquery(),
            func.max(pick.c.id),
            func.max(pick.c.closed_at),
            func.sum(_one_if(pick.c.state.in_(ON_OFFER))),
            core_select(func.count()).select_from(referral).scalar_subquery(),
            shown.scalar_subquery(),
        ).select_from(pick)
        return " ".join(str(value) for value in (await self._run(query)).one())

    async def find_run(self) -> Run:
        """When rankings were last worked out, and whether somebody waits for hers."""
        of = table(RankingRun).c
        query = core_select(of.begun_at, of.fitted_at, of.mark, of.seconds, of.asked_at).where(of.id == _RUN)
        row = (await self._run(query)).first()
        return Run(*row) if row is not None else Run()

    async def begin(self, *, rests: timedelta, now: datetime) -> bool:
        """Begin to work them out, unless somebody else began so lately; says whether it is ours."""
        of = table(RankingRun)
        fresh = upsert(self._session, RankingRun).on_conflict_do_nothing()
        await self._run(fresh, [{"id": _RUN, "mark": "", "seconds": 0}])
        is_due = or_(of.c.begun_at.is_(None), of.c.begun_at <= now - rests)
        statement = update(of).where(of.c.id == _RUN, is_due).values(begun_at=now)
        return bool((await self._run(statement)).rowcount)

    async def ask(self, *, now: datetime) -> None:
        """Somebody waits for her first ranking, or what is ranked as one thing has changed."""
        of = table(RankingRun)
        statement = update(of).where(of.c.id == _RUN, of.c.asked_at.is_(None)).values(asked_at=now)
        await self._run(statement)

    async def keep(self, rankings: Iterable[Ranked], *, now: datetime) -> None:
        """Keep these rankings; whoever was forgotten meanwhile has none."""
        statement = bulk_insert(dialect_of(self._session), Ranking, _FIELDS, ("ranked_at",), _KEPT)
        await run(self._session, statement, {"rows": packed(rankings), "ranked_at": now})

    async def finish(self, popular: Sequence[int], *, mark: str, begun_at: datetime, now: datetime) -> None:
        """All rankings are kept: those of before are over, and so is the waiting of before."""
        of, ranking = table(RankingRun), table(Ranking)
        await self._run(delete(ranking).where(ranking.c.ranked_at < begun_at))
        waits = core_select(of.c.asked_at).where(of.c.asked_at > begun_at).scalar_subquery()
        values = {
            "fitted_at": now,
            "mark": mark,
            "seconds": round((now - begun_at).total_seconds()),
            "asked_at": waits,
            "popular": list(popular),
        }
        await self._run(update(of).where(of.c.id == _RUN).values(values))

    async def _portions(self, query: Select[Any], *keys: Any) -> AsyncIterator[Sequence[Any]]:
        """The rows of a query by its first columns, the keys, as many at once as fit into memory."""
        after: Sequence[Any] | None = None
        while True:
            page = query if after is None else query.where(_behind(keys, after))
            rows = (await self._run(page.order_by(*keys).limit(_AT_ONCE))).all()
            if rows:
                yield rows
            if len(rows) < _AT_ONCE:
                return
            after = rows[-1][: len(keys)]

    async def _pages(self, query: Select[Any]) -> AsyncIterator[Sequence[Any]]:
        offset = 0
        while rows := (await self._run(query.limit(_AT_ONCE).offset(offset))).all():
            yield rows
            offset += _AT_ONCE

    async def _run(self, statement: Any, rows: Any = None) -> Any:
        return await (await self._session.connection()).execute(statement, rows)


def _behind(keys: Sequence[Any], after: Sequence[Any]) -> ColumnElement[bool]:
    if len(keys) == 1:
        return keys[0] > after[0]  # type: ignore[no-any-return]
    return or_(keys[0] > after[0], and_(keys[0] == after[0], keys[1] > after[1]))


def _one_if(condition: Any) -> Any:
    return case((condition, 1), else_=0)


_FIELDS: Final = ("person_id", "best")
_KEPT: Final = """
AND EXISTS (SELECT 1 FROM person AS p WHERE p.id = r.person_id)
ON CONFLICT (person_id) DO UPDATE SET best = excluded.best, ranked_at = excluded.ranked_at
"""
