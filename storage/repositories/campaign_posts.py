"""Campaigns in each of their groups: one row each, which moves on and never back to be sent twice."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, exists, func, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import CampaignPost, Group, OutboxEntry, TrustEntry
from storage.states import CampaignPostState, OutboxKind
from storage.tables import table

_ON_THEIR_WAY = (CampaignPostState.SENDING, CampaignPostState.TRYING)
_NOT_POSTED = (CampaignPostState.WAITING, CampaignPostState.SKIPPED, CampaignPostState.FAILED)


class Place(NamedTuple):
    """A campaign in one group, with what decides whether it may be sent there."""

    campaign_id: int
    group_id: int
    state: CampaignPostState
    due_at: datetime
    failure: str | None
    chat_id: int
    title: str
    username: str | None
    language: str
    time_zone: str
    quiet_from: int
    quiet_until: int
    is_active: bool
    takes_campaigns: bool


class CampaignPostRepository:
    """What waits, is on its way, has arrived, was left out."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, campaign_id: int, group_id: int, *, lock: bool = False) -> Place | None:
        """A campaign in one group; locked, nobody else moves it on before the commit."""
        query = _PLACES.where(col(CampaignPost.campaign_id) == campaign_id, col(Group.id) == group_id)
        if lock:
            query = query.with_for_update(of=table(CampaignPost))
        row = (await (await self._session.connection()).execute(query)).first()
        return Place(*row) if row is not None else None

    async def list_named(self, campaign_id: int, group_ids: Collection[int]) -> list[Place]:
        """A campaign in these groups; nobody else moves it on there before the commit."""
        query = (
            _PLACES.where(col(CampaignPost.campaign_id) == campaign_id)
            .where(col(Group.id).in_(sorted(group_ids)))
            .order_by(col(Group.id))
            .with_for_update(of=table(CampaignPost))
        )
        return [Place(*row) for row in await (await self._session.connection()).execute(query)]

    async def list_waiting(self, campaign_id: int, *, now: datetime, limit: int) -> list[Place]:
        """Where it could be sent now, those that wait longest first."""
        query = (
            _PLACES.where(col(CampaignPost.campaign_id) == campaign_id)
            .where(col(CampaignPost.state) == CampaignPostState.WAITING, col(CampaignPost.due_at) <= now)
            .order_by(col(CampaignPost.due_at), col(CampaignPost.group_id))
            .limit(limit)
        )
        return [Place(*row) for row in await (await self._session.connection()).execute(query)]

    async def list_in(
        self, campaign_id: int, states: Collection[CampaignPostState], *, limit: int
    ) -> list[Place]:
        """Groups in these states, by title."""
        query = (
            _PLACES.where(col(CampaignPost.campaign_id) == campaign_id)
            .where(col(CampaignPost.state).in_(states))
            .order_by(col(Group.title), col(Group.id))
            .limit(limit)
        )
        return [Place(*row) for row in await (await self._session.connection()).execute(query)]

    async def counts(self, campaign_id: int) -> dict[CampaignPostState, int]:
        """How many groups it has in each state."""
        query = (
            select(col(CampaignPost.state), func.count())
            .where(col(CampaignPost.campaign_id) == campaign_id)
            .group_by(col(CampaignPost.state))
        )
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def next_due(self, campaign_id: int) -> datetime | None:
        """When the first of those that wait may be sent."""
        query = select(func.min(col(CampaignPost.due_at))).where(
            col(CampaignPost.campaign_id) == campaign_id,
            col(CampaignPost.state) == CampaignPostState.WAITING,
        )
        due_at: datetime | None = await self._session.scalar(query)
        return due_at

    async def why(self, campaign_id: int, state: CampaignPostState) -> dict[str, int]:
        """Why groups are in a state, the most frequent reason first, with how many."""
        reason = func.coalesce(col(CampaignPost.failure), "")
        query = (
            select(reason, func.count())
            .where(col(CampaignPost.campaign_id) == campaign_id, col(CampaignPost.state) == state)
            .group_by(reason)
            .order_by(func.count().desc(), reason)
        )
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def mark(
        self, campaign_id: int, group_ids: Collection[int], state: CampaignPostState, **values: Any
    ) -> None:
        """Move these groups on to a state, with what else is to be noted.

        Where it is not posted after all, it has not spent what the group bears either.
        """
        if not group_ids:
            return
        if state in _NOT_POSTED:
            unspent = (
                delete(TrustEntry)
                .where(col(TrustEntry.campaign_id) == campaign_id)
                .where(col(TrustEntry.group_id).in_(sorted(group_ids)))
                .execution_options(synchronize_session=False)
            )
            await (await self._session.connection()).execute(unspent)
        statement = (
            update(CampaignPost)
            .where(col(CampaignPost.campaign_id) == campaign_id)
            .where(col(CampaignPost.group_id).in_(sorted(group_ids)))
            .values(state=state, **values)
            .execution_options(synchronize_session=False)
        )
        await (await self._session.connection()).execute(statement)

    async def move_all(
        self, campaign_id: int, was: CampaignPostState, state: CampaignPostState, **values: Any
    ) -> int:
        """Move every group that is in one state on to another; returns how many."""
        statement = (
            update(CampaignPost)
            .where(col(CampaignPost.campaign_id) == campaign_id, col(CampaignPost.state) == was)
            .values(state=state, **values)
            .execution_options(synchronize_session=False)
        )
        return int((await (await self._session.connection()).execute(statement)).rowcount)

    async def hand_over(self, places: Collection[Place], *, priority: int, now: datetime) -> None:
        """Put these into the outbox and note it: both or neither."""
        if not places:
            return
        rows = [
            {
                "kind": OutboxKind.CAMPAIGN,
                "chat_id": place.chat_id,
                "subject_id": place.campaign_id,
                "payload": {"group_id": place.group_id},
                "priority": priority,
                "attempts": 0,
                "due_at": now,
                "created_at": now,
            }
            for place in places
        ]
        await (await self._session.connection()).execute(insert(table(OutboxEntry)), rows)
        campaign_id = next(iter(places)).campaign_id
        group_ids = [place.group_id for place in places]
        await self.mark(campaign_id, group_ids, CampaignPostState.SENDING, failure=None)

    async def take_back(self, campaign_id: int) -> list[int]:
        """Take out of the outbox what nobody has begun to send; returns the groups."""
        entry = table(OutboxEntry)
        query = (
            select(entry.c.id, entry.c.payload)
            .where(entry.c.kind == OutboxKind.CAMPAIGN, entry.c.subject_id == campaign_id)
            .where(entry.c.claimed_until.is_(None), entry.c.failed_at.is_(None))
            # What is being claimed right now is on its way.
            .with_for_update(skip_locked=True)
        )
        connection = await self._session.connection()
        rows = list(await connection.execute(query))
        await connection.execute(entry.delete().where(entry.c.id.in_([row.id for row in rows])))
        return [row.payload["group_id"] for row in rows if "group_id" in row.payload]

    async def list_lost(self, campaign_id: int) -> list[int]:
        """Groups said to be on their way of which the outbox knows nothing (any more)."""
        entry = table(OutboxEntry)
        known = exists().where(
            entry.c.kind == OutboxKind.CAMPAIGN,
            entry.c.subject_id == campaign_id,
            entry.c.chat_id == col(Group.chat_id),
            entry.c.failed_at.is_(None),
        )
        query = (
            select(col(CampaignPost.group_id))
            .join(Group, col(Group.id) == col(CampaignPost.group_id))
            .where(col(CampaignPost.campaign_id) == campaign_id)
            .where(col(CampaignPost.state).in_(_ON_THEIR_WAY), ~known)
        )
        return list((await self._session.execute(query)).scalars())


_PLACES: Select[*tuple[Any, ...]] = select(
    col(CampaignPost.campaign_id),
    col(CampaignPost.group_id),
    col(CampaignPost.state),
    col(CampaignPost.due_at),
    col(CampaignPost.failure),
    col(Group.chat_id),
    col(Group.title),
    col(Group.username),
    col(Group.language),
    col(Group.time_zone),
    col(Group.quiet_from),
    col(Group.quiet_until),
    col(Group.is_active),
    col(Group.takes_campaigns),
).join(Group, col(Group.id) == col(CampaignPost.group_id))
