"""Cards that members send on, how far each brought somebody, and who told whom of a pick."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, TextClause, and_, bindparam, delete, func, or_, text, update
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import dialect_of, packed, run, source
from storage.columns import UtcDateTime
from storage.models import Group, Member, Offer, Order, Person, Pick, Share, ShareVisit, Touch
from storage.states import PickState, Presence, TouchSource
from storage.tables import table, upsert

PickAndPerson = tuple[int, int]
"""The keys of a pick and a person."""


class NewShare(NamedTuple):
    """A card that may be sent on: whose, of which pick, and what would name it in links."""

    pick_id: int
    person_id: int
    token: str


class SharedCard(NamedTuple):
    """A member's own card of a pick, as it is stored."""

    id: int
    token: str
    pick_id: int
    person_id: int


class Recommender(NamedTuple):
    """Who told somebody of a pick, and how that is known."""

    person_id: int
    source: TouchSource


class Steps(NamedTuple):
    """How often cards were sent, and how many people took each step by them, each person once a card."""

    sent: int
    seen: int
    opened: int
    joined: int
    ordered: int


class Funnel(NamedTuple):
    """How far one member's card of one pick went."""

    pick_id: int
    person_id: int
    name: str
    steps: Steps


class Shareable(NamedTuple):
    """A pick that somebody could send on, as far as a search looks at it."""

    pick_id: int
    number: int
    title: str
    words: str
    group: str


class ShareRepository:
    """Shared cards, visits by them, and touches."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, shares: Sequence[NewShare], *, now: datetime) -> dict[PickAndPerson, SharedCard]:
        """The cards of these picks and people, by both; those that are missing are made with their token."""
        keys = [(share.pick_id, share.person_id) for share in shares]
        found = await self._of(keys)
        missing = [share for share in shares if (share.pick_id, share.person_id) not in found]
        if not missing:
            return found
        rows = [{**share._asdict(), "sent_count": 0, "created_at": now} for share in sorted(missing)]
        await self._run(upsert(self._session, Share).on_conflict_do_nothing(), rows)
        return await self._of(keys)

    async def list_shareable(self, person_id: int, *, now: datetime, limit: int) -> list[Shareable]:
        """The live picks of all groups that a person is in, the last posted first."""
        pick, offer, group, member = table(Pick), table(Offer), table(Group), table(Member)
        joined = (
            member.join(pick, pick.c.group_id == member.c.group_id)
            .join(group, group.c.id == pick.c.group_id)
            .join(offer, offer.c.id == pick.c.offer_id)
        )
        query = (
            core_select(pick.c.id, pick.c.number, offer.c.title, offer.c.words, group.c.title)
            .select_from(joined)
            .where(member.c.person_id == person_id, member.c.presence == Presence.JOINED)
            .where(pick.c.state == PickState.LIVE, pick.c.closes_at > now, group.c.is_active)
            .where(offer.c.stopped_at.is_(None), pick.c.ended_at.is_(None), ~pick.c.is_personal)
            .order_by(pick.c.id.desc())
            .limit(limit)
        )
        return [Shareable(*row) for row in await self._run(query)]

    async def list_of(self, person_id: int, pick_ids: Collection[int]) -> dict[int, SharedCard]:
        """A member's own cards of these picks, by pick; those that were never asked for are left out."""
        found = await self._of([(pick_id, person_id) for pick_id in pick_ids])
        return {pick_id: share for (pick_id, _), share in found.items()}

    async def find(self, share_id: int) -> SharedCard | None:
        """The card with this key."""
        return await self._one(table(Share).c.id == share_id)

    async def find_by_token(self, token: str) -> SharedCard | None:
        """The card that a link names."""
        return await self._one(table(Share).c.token == token)

    async def count_sent(self, share_id: int) -> None:
        """A card was sent into one more chat."""
        share = table(Share)
        await self._run(update(share).where(share.c.id == share_id).values(sent_count=share.c.sent_count + 1))

    async def see(self, share_id: int, person_id: int, *, now: datetime) -> None:
        """Somebody looked at a card where it was sent."""
        await self._visit(share_id, person_id, "seen_at", now=now)

    async def open(self, share_id: int, person_id: int, *, now: datetime) -> None:
        """Somebody opened a card in her private chat."""
        await self._visit(share_id, person_id, "opened_at", now=now)

    async def join(self, group_id: int, person_id: int, *, now: datetime, lasts: timedelta) -> int | None:
        """Somebody came into a group: that counts for the card of it that she opened last, if for any.

        A card that was opened longer ago has not brought her. Returns its pick, unless it counted already.
        """
        visit, share, pick = table(ShareVisit), table(Share), table(Pick)
        last = (
            core_select(visit.c.share_id)
            .select_from(
                visit.join(share, share.c.id == visit.c.share_id).join(pick, pick.c.id == share.c.pick_id)
            )
            .where(visit.c.person_id == person_id, pick.c.group_id == group_id)
            .where(visit.c.opened_at > now - lasts)
            .order_by(visit.c.opened_at.desc(), visit.c.share_id.desc())
            .limit(1)
            .scalar_subquery()
        )
        came = update(visit).where(visit.c.share_id == last, visit.c.person_id == person_id)
        came = came.where(visit.c.joined_at.is_(None)).values(joined_at=now).returning(visit.c.share_id)
        share_id = (await self._run(came)).scalar()
        card = await self.find(share_id) if share_id is not None else None
        return card.pick_id if card is not None else None

    async def order(self, orders: Iterable[tuple[int, int, int]], *, now: datetime) -> None:
        """Orders were placed, (pick, person, recommender) each: that counts for the recommender's card."""
        rows = sorted(set(orders))
        if rows:
            values = {"rows": packed(rows), "now": now}
            await run(self._session, _ordered(dialect_of(self._session)), values)

    async def touch(
        self, pick_id: int, person_id: int, recommender_id: int, *, source: TouchSource, now: datetime
    ) -> None:
        """Somebody opened a card, or said who told her; what she says is not undone by what she opens."""
        insert = upsert(self._session, Touch)
        touch = table(Touch)
        newer = {
            "recommender_id": insert.excluded.recommender_id,
            "source": insert.excluded.source,
            "touched_at": insert.excluded.touched_at,
        }
        weaker = None if source is TouchSource.SAID else touch.c.source != TouchSource.SAID
        statement = insert.on_conflict_do_update(
            index_elements=["pick_id", "person_id"], set_=newer, where=weaker
        )
        row = {
            "pick_id": pick_id,
            "person_id": person_id,
            "recommender_id": recommender_id,
            "source": source,
            "touched_at": now,
        }
        await self._run(statement, [row])

    async def find_touch(self, pick_id: int, person_id: int) -> Touch | None:
        """Who told somebody of a pick last, whenever that was."""
        return await self._session.get(Touch, (pick_id, person_id), populate_existing=True)

    async def recommenders(
        self, orders: Collection[PickAndPerson], *, now: datetime, lasts: timedelta
    ) -> dict[PickAndPerson, Recommender]:
        """Who recommended these picks to these people, by both.

        A card that was opened counts for so long; what somebody said herself counts for good.
        """
        if not orders:
            return {}
        touch = table(Touch)
        counts = or_(touch.c.source == TouchSource.SAID, touch.c.touched_at > now - lasts)
        people = {person_id for _, person_id in orders}
        query = core_select(touch.c.pick_id, touch.c.person_id, touch.c.recommender_id, touch.c.source).where(
            touch.c.pick_id.in_({pick_id for pick_id, _ in orders}), touch.c.person_id.in_(people), counts
        )
        wanted = set(orders)
        return {
            (pick_id, person_id): Recommender(recommender_id, TouchSource(source))
            for pick_id, person_id, recommender_id, source in await self._run(query)
            if (pick_id, person_id) in wanted
        }

    async def list_opened(self, pick_id: int, person_id: int, *, limit: int) -> list[int]:
        """Whose cards of a pick somebody looked at or opened, the last one first."""
        share, visit = table(Share), table(ShareVisit)
        last = func.coalesce(visit.c.opened_at, visit.c.seen_at)
        query = (
            core_select(share.c.person_id)
            .select_from(share.join(visit, visit.c.share_id == share.c.id))
            .where(share.c.pick_id == pick_id, visit.c.person_id == person_id)
            .order_by(last.desc(), share.c.id.desc())
            .limit(limit)
        )
        return list((await self._run(query)).scalars())

    async def list_sharers(self, pick_id: int, *, limit: int) -> list[int]:
        """Who has sent cards of a pick into chats, the most first."""
        share = table(Share)
        query = (
            core_select(share.c.person_id)
            .where(share.c.pick_id == pick_id, share.c.sent_count > 0)
            .order_by(share.c.sent_count.desc(), share.c.id)
            .limit(limit)
        )
        return list((await self._run(query)).scalars())

    async def forget_touch(self, pick_id: int, person_id: int) -> None:
        """Nobody told somebody of a pick."""
        touch = table(Touch)
        await self._run(delete(touch).where(touch.c.pick_id == pick_id, touch.c.person_id == person_id))

    async def recommender_of(self, order_id: int) -> int | None:
        """Who recommended an order, as far as that is known."""
        order = table(Order)
        query = core_select(order.c.recommender_id).where(order.c.id == order_id)
        recommender_id: int | None = (await self._run(query)).scalar()
        return recommender_id

    async def name_recommender(self, order_id: int, person_id: int | None) -> None:
        """Note who recommended an order, or that nobody did."""
        order = table(Order)
        await self._run(update(order).where(order.c.id == order_id).values(recommender_id=person_id))

    async def funnels_of(self, person_id: int, *, limit: int, skip: int = 0) -> list[Funnel]:
        """How far a member's own cards went, by pick, the newest card first; unsent and unopened left out."""
        share = table(Share)
        return await self._funnels(share.c.person_id == person_id, limit=limit, skip=skip)

    async def funnels_on(self, pick_id: int, *, limit: int, skip: int = 0) -> list[Funnel]:
        """How far the cards of one pick went, by member, the newest card first; the unused left out."""
        share = table(Share)
        return await self._funnels(share.c.pick_id == pick_id, limit=limit, skip=skip)

    async def total_on(self, pick_id: int) -> Steps:
        """How far all cards of a pick went together."""
        share, visit = table(Share), table(ShareVisit)
        sent = core_select(func.coalesce(func.sum(share.c.sent_count), 0)).where(share.c.pick_id == pick_id)
        query = (
            core_select(sent.scalar_subquery(), *_steps())
            .select_from(share.join(visit, visit.c.share_id == share.c.id))
            .where(share.c.pick_id == pick_id)
        )
        [row] = await self._run(query)
        return Steps(*(int(count) for count in row))

    async def _funnels(self, condition: Any, *, limit: int, skip: int) -> list[Funnel]:
        share, visit, person = table(Share), table(ShareVisit), table(Person)
        query = (
            core_select(share.c.pick_id, share.c.person_id, person.c.name, share.c.sent_count, *_steps())
            .select_from(
                share.join(person, person.c.id == share.c.person_id).outerjoin(
                    visit, visit.c.share_id == share.c.id
                )
            )
            .where(condition)
            .group_by(share.c.id, share.c.pick_id, share.c.person_id, person.c.name, share.c.sent_count)
            .having(or_(share.c.sent_count > 0, func.count(visit.c.person_id) > 0))
            .order_by(share.c.id.desc())
            .limit(limit)
            .offset(skip)
        )
        return [
            Funnel(pick_id, person_id, name, Steps(*steps))
            for pick_id, person_id, name, *steps in await self._run(query)
        ]

    async def _visit(self, share_id: int, person_id: int, step: str, *, now: datetime) -> None:
        insert = upsert(self._session, ShareVisit)
        statement = insert.on_conflict_do_update(
            index_elements=["share_id", "person_id"],
            set_={step: insert.excluded[step]},
            where=table(ShareVisit).c[step].is_(None),
        )
        await self._run(statement, [{"share_id": share_id, "person_id": person_id, step: now}])

    async def _of(self, keys: Collection[PickAndPerson]) -> dict[PickAndPerson, SharedCard]:
        share = table(Share)
        query = core_select(share.c.id, share.c.token, share.c.pick_id, share.c.person_id).where(
            and_(
                share.c.pick_id.in_({pick_id for pick_id, _ in keys}),
                share.c.person_id.in_({person_id for _, person_id in keys}),
            )
        )
        wanted = set(keys)
        found = [SharedCard(*row) for row in await self._run(query)]
        return {
            (card.pick_id, card.person_id): card for card in found if (card.pick_id, card.person_id) in wanted
        }

    async def _one(self, condition: Any) -> SharedCard | None:
        share = table(Share)
        query = core_select(share.c.id, share.c.token, share.c.pick_id, share.c.person_id).where(condition)
        row = (await self._run(query)).first()
        return None if row is None else SharedCard(*row)

    async def _run(self, statement: Any, rows: Sequence[dict[str, Any]] | None = None) -> Any:
        return await (await self._session.connection()).execute(statement, rows)


def _steps() -> list[Any]:
    visit = table(ShareVisit)
    return [func.count(visit.c[name]) for name in ("seen_at", "opened_at", "joined_at", "ordered_at")]


@cache
def _ordered(dialect: Dialect) -> TextClause:
    statement = (
        "UPDATE share_visit SET ordered_at = :now "
        f"FROM {source(dialect, Touch, ('pick_id', 'person_id', 'recommender_id'))} "
        "JOIN share ON share.pick_id = r.pick_id AND share.person_id = r.recommender_id "
        "WHERE share_visit.share_id = share.id AND share_visit.person_id = r.person_id "
        "AND share_visit.ordered_at IS NULL"
    )
    return text(statement).bindparams(bindparam("now", type_=UtcDateTime()))
