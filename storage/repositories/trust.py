"""What groups spent of their allowance, what is planned to be spent, and the polls on their caps."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import (
    Campaign,
    Group,
    GroupActivity,
    Member,
    Offer,
    Pick,
    Telling,
    TrustEntry,
    TrustVote,
)
from storage.states import PickState, Presence
from storage.tables import table, upsert


class SpentPost(NamedTuple):
    """A post that was made, how much of one it was, and how much the group had said until then."""

    at: datetime
    curator_id: int | None
    weight_bps: int
    messages_before: int


class PlannedPost(NamedTuple):
    """A scheduled pick."""

    pick_id: int
    at: datetime
    curator_id: int | None


class Listed(NamedTuple):
    """A post as a list shows it: a pick with its number, or a campaign without one."""

    entry: TrustEntry
    title: str
    number: int | None
    #: To how many it was told in private, before or instead of being posted.
    told_count: int | None = None


class TrustRepository:
    """Allowance, its entries, and votes on it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_entries(self, entries: Collection[TrustEntry]) -> None:
        """Keep posts that were made; one that is known already changes nothing."""
        if not entries:
            return
        rows = [entry.model_dump(exclude={"id"}) for entry in entries]
        statement = upsert(self._session, TrustEntry).on_conflict_do_nothing()
        await (await self._session.connection()).execute(statement, rows)

    async def forget_pick(self, pick_id: int) -> None:
        """What a pick spent is spent anew by whoever posts it otherwise."""
        entry = table(TrustEntry)
        await (await self._session.connection()).execute(delete(entry).where(entry.c.pick_id == pick_id))

    async def lock_keeping(self, group_ids: Collection[int]) -> list[Group]:
        """Those of these groups that keep an allowance; nobody else posts in them before the commit."""
        query = (
            select(Group)
            .where(col(Group.id).in_(sorted(group_ids)), col(Group.keeps_allowance))
            .order_by(col(Group.id))
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        return list(await self._session.exec(query))

    async def list_spent(
        self, group_ids: Collection[int], *, since: datetime, but: int | None = None
    ) -> dict[int, list[SpentPost]]:
        """The posts made in these groups since a moment, oldest first; without what one pick has spent."""
        entry = table(TrustEntry)
        query = (
            core_select(
                entry.c.group_id,
                entry.c.posted_at,
                entry.c.curator_id,
                entry.c.weight_bps,
                entry.c.messages_before,
            )
            .where(entry.c.group_id.in_(sorted(group_ids)), entry.c.posted_at >= since)
            .where(entry.c.pick_id.is_distinct_from(but or 0))
            .order_by(entry.c.posted_at, entry.c.id)
        )
        found: dict[int, list[SpentPost]] = {group_id: [] for group_id in group_ids}
        for row in await (await self._session.connection()).execute(query):
            found[row.group_id].append(SpentPost(*row[1:]))
        return found

    async def list_planned(self, group_ids: Collection[int]) -> dict[int, list[PlannedPost]]:
        """The scheduled picks of these groups, by their time; what is stopped is not planned meanwhile."""
        pick, offer = table(Pick), table(Offer)
        query = (
            core_select(pick.c.group_id, pick.c.id, pick.c.opens_at, pick.c.curator_id)
            .join(offer, offer.c.id == pick.c.offer_id)
            .where(pick.c.group_id.in_(sorted(group_ids)), pick.c.state == PickState.SCHEDULED)
            .where(offer.c.stopped_at.is_(None))
            .order_by(pick.c.opens_at, pick.c.id)
        )
        found: dict[int, list[PlannedPost]] = {group_id: [] for group_id in group_ids}
        for row in await (await self._session.connection()).execute(query):
            found[row.group_id].append(PlannedPost(row.id, row.opens_at, row.curator_id))
        return found

    async def list_held(self, group_id: int) -> list[int]:
        """The keys of a group's scheduled picks that wait for a slot, those wanted first at first."""
        pick = table(Pick)
        query = (
            core_select(pick.c.id)
            .where(pick.c.group_id == group_id, pick.c.state == PickState.SCHEDULED)
            .where(pick.c.wanted_at.is_not(None))
            .order_by(pick.c.wanted_at, pick.c.id)
        )
        return list((await (await self._session.connection()).execute(query)).scalars())

    async def message_counts(self, group_ids: Collection[int]) -> Mapping[int, int]:
        """How many ordinary messages these groups have written since the bot came."""
        query = core_select(col(GroupActivity.group_id), col(GroupActivity.message_count)).where(
            col(GroupActivity.group_id).in_(sorted(group_ids))
        )
        rows = await (await self._session.connection()).execute(query)
        return dict.fromkeys(group_ids, 0) | {row.group_id: row.message_count for row in rows}

    async def list_entries(self, group_id: int, *, limit: int, since: datetime | None = None) -> list[Listed]:
        """What was posted in a group last, or since a moment, the newest first."""
        title = func.coalesce(col(Offer.title), col(Campaign.title), "")
        query = (
            select(TrustEntry, title, Pick.number, Telling.told_count)
            .outerjoin(Pick, col(Pick.id) == col(TrustEntry.pick_id))
            .outerjoin(Offer, col(Offer.id) == col(Pick.offer_id))
            .outerjoin(Telling, col(Telling.pick_id) == col(TrustEntry.pick_id))
            .outerjoin(Campaign, col(Campaign.id) == col(TrustEntry.campaign_id))
            .where(col(TrustEntry.group_id) == group_id)
            .order_by(col(TrustEntry.posted_at).desc(), col(TrustEntry.id).desc())
            .limit(limit)
        )
        if since is not None:
            query = query.where(col(TrustEntry.posted_at) >= since)
        return [Listed(*row) for row in await self._session.exec(query)]

    async def count_members(self, group_id: int) -> int:
        """How many people are known to be in a group."""
        query = core_select(func.count()).where(
            col(Member.group_id) == group_id, col(Member.presence) == Presence.JOINED
        )
        return await self._session.scalar(query) or 0

    async def save_vote(self, vote: TrustVote) -> TrustVote:
        """Keep a vote; a new one gets its key."""
        self._session.add(vote)
        await self._session.flush()
        return vote

    async def get_vote(self, vote_id: int, *, lock: bool = False) -> TrustVote:
        """The vote with this key; locked, it is read anew. Raises LookupError."""
        query = select(TrustVote).where(col(TrustVote.id) == vote_id)
        vote = (await self._session.exec(locked(query) if lock else query)).first()
        if vote is None:
            raise LookupError(f"no vote {vote_id}")
        return vote

    async def find_vote(self, group_id: int) -> TrustVote | None:
        """The vote that a group has not decided yet."""
        query = select(TrustVote).where(
            col(TrustVote.group_id) == group_id, col(TrustVote.decided_at).is_(None)
        )
        return (await self._session.exec(query)).first()

    async def find_vote_by_poll(self, poll_id: str) -> TrustVote | None:
        """The vote that Telegram's poll of this name is."""
        return (await self._session.exec(select(TrustVote).where(TrustVote.poll_id == poll_id))).first()

    async def list_votes_to_count(self, *, now: datetime, limit: int) -> list[TrustVote]:
        """The votes that are over and not counted, the oldest first."""
        query = (
            select(TrustVote)
            .where(col(TrustVote.decided_at).is_(None), col(TrustVote.closes_at) <= now)
            .order_by(col(TrustVote.closes_at), col(TrustVote.id))
            .limit(limit)
        )
        return list(await self._session.exec(query))
