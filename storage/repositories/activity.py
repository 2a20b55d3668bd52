"""How much is said in groups, who was there to say it, and when the bot could see it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, TextClause, exists, func, text, union, update
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run, source
from storage.columns import UtcDateTime
from storage.models import Group, GroupActivity, Member, Order, Pick, Reaction, Uptime
from storage.states import Presence, Role
from storage.tables import table


class Run(NamedTuple):
    """The bot was there from one moment until another."""

    started_at: datetime
    seen_at: datetime


class ActivityRepository:
    """Counts of messages, hours of activity, and the bot's own runs; what was said is nowhere."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find_groups(self, chat_ids: Collection[int]) -> dict[int, int]:
        """The keys of the active groups in these chats, by chat."""
        query = core_select(col(Group.chat_id), col(Group.id)).where(
            col(Group.chat_id).in_(sorted(chat_ids)), col(Group.is_active)
        )
        found = await (await self._session.connection()).execute(query)
        return {chat_id: group_id for chat_id, group_id in found if group_id is not None}

    async def count_messages(self, counts: Mapping[int, int]) -> None:
        """Add so many ordinary messages to these groups."""
        rows = sorted((group_id, count) for group_id, count in counts.items() if count)
        if rows:
            statement = bulk_insert(
                dialect_of(self._session), GroupActivity, ("group_id", "message_count"), (), _COUNTED
            )
            await run(self._session, statement, {"rows": packed(rows)})

    async def note_active(self, people: Iterable[tuple[int, int]], *, hour: datetime) -> None:
        """Note that people, (group, person) each, were active in this hour; who had left stays away."""
        rows = sorted(set(people))
        if rows:
            shared = {
                "role": Role.MEMBER,
                "presence": Presence.JOINED,
                "joined_at": hour,
                "active_at": hour,
            }
            statement = bulk_insert(
                dialect_of(self._session), Member, ("group_id", "person_id"), tuple(shared), _ACTIVE
            )
            await run(self._session, statement, {"rows": packed(rows), **shared})

    async def count_replies(self, counts: Mapping[int, int]) -> None:
        """Add so many ordinary answers to the cards of these picks."""
        rows = sorted((pick_id, count) for pick_id, count in counts.items() if count)
        if rows:
            await run(self._session, _replied(dialect_of(self._session)), {"rows": packed(rows)})

    async def active_members(self, group_id: int, *, since: datetime, until: datetime) -> int:
        """How many people of a group said, ordered, or gave a card a reaction in that time.

        Who talked, known to the hour, is counted along its index; those who only tapped are few, and found
        by their keys.
        """
        member, hour = table(Member), since.replace(minute=0, second=0, microsecond=0)
        talked = core_select(func.count()).where(member.c.group_id == group_id, member.c.active_at >= hour)
        acted = _acted(group_id, since=since, until=until).subquery()
        also_talked = exists().where(
            member.c.group_id == group_id,
            member.c.person_id == acted.c.person_id,
            member.c.active_at >= hour,
        )
        silent = core_select(func.count()).select_from(acted).where(~also_talked)
        connection = await self._session.connection()
        counts = [(await connection.execute(query)).scalar_one() for query in (talked, silent)]
        return int(sum(counts))

    async def beat(self, *, now: datetime, since: datetime) -> None:
        """Note that the bot runs: the run that was seen since that moment goes on, or a new one begins."""
        newest = core_select(func.max(col(Uptime.id))).where(col(Uptime.seen_at) >= since).scalar_subquery()
        statement = update(Uptime).where(col(Uptime.id) == newest).values(seen_at=now)
        connection = await self._session.connection()
        if not (await connection.execute(statement)).rowcount:
            await connection.execute(table(Uptime).insert(), {"started_at": now, "seen_at": now})

    async def list_runs(self, *, since: datetime) -> list[Run]:
        """When the bot was there, from the run that was last seen before that moment on, oldest first."""
        before = core_select(func.max(col(Uptime.seen_at))).where(col(Uptime.seen_at) <= since)
        query = (
            core_select(col(Uptime.started_at), col(Uptime.seen_at))
            .where(col(Uptime.seen_at) >= func.coalesce(before.scalar_subquery(), since, type_=UtcDateTime))
            .order_by(col(Uptime.started_at))
        )
        return [Run(*row) for row in await self._session.execute(query)]


def _acted(group_id: int, *, since: datetime, until: datetime) -> Any:
    """Who ordered, or gave a reaction that stands, on picks that could be seen in that time."""
    pick, order, reaction = table(Pick), table(Order), table(Reaction)
    ordered = (
        core_select(order.c.person_id)
        .select_from(pick.join(order, order.c.pick_id == pick.c.id))
        .where(pick.c.group_id == group_id, order.c.placed_at >= since, order.c.placed_at < until)
    )
    reacted = (
        core_select(reaction.c.person_id)
        .select_from(pick.join(reaction, reaction.c.pick_id == pick.c.id))
        .where(pick.c.group_id == group_id)
        .where(reaction.c.reacted_at >= since, reaction.c.reacted_at < until)
    )
    return union(ordered, reacted)


_COUNTED = """
ON CONFLICT (group_id) DO UPDATE SET
    message_count = group_activity.message_count + excluded.message_count
"""
_ACTIVE = """
ON CONFLICT (group_id, person_id) DO UPDATE SET active_at = excluded.active_at
WHERE member.active_at IS NULL OR member.active_at < excluded.active_at
"""


@cache
def _replied(dialect: Dialect) -> TextClause:
    return text(
        "UPDATE pick SET reply_count = pick.reply_count + r.reply_count "
        f"FROM {source(dialect, Pick, ('id', 'reply_count'))} WHERE pick.id = r.id"
    )
