"""What came of groups' posts, and how that changed what they may use of their caps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    AnonymousReaction,
    Group,
    Order,
    Pick,
    Reaction,
    TrustChange,
    TrustEntry,
)
from storage.states import OrderState, TrustChangeReason
from storage.tables import table

_WHOLE_BPS = 10_000
_BAD_SIGNS = (TrustChangeReason.LEAVES, TrustChangeReason.DISPUTES, TrustChangeReason.REACTIONS)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What could be seen of a post within a day of it; None: it could not be seen."""

    active_members: int | None
    reactions_for: int | None
    reactions_against: int | None
    buyers: int | None
    replies: int | None
    leaves: int | None


class Reactions(NamedTuple):
    """Each person's reactions to a card, and how many unnamed ones of a kind there are."""

    people: Sequence[set[str]]
    unnamed: dict[str, int]


class Spent(NamedTuple):
    """So many posts, and so many of them that did not fit and were made all the same."""

    posts: int
    overrides: int


class TrustSignalRepository:
    """Measures of posts, and changes of trust."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_unmeasured(self, *, posted_before: datetime, limit: int) -> list[TrustEntry]:
        """Posts of active groups that were made before that moment and not looked at since, oldest first."""
        query = (
            select(TrustEntry)
            .join(Group, col(Group.id) == col(TrustEntry.group_id))
            .where(col(TrustEntry.measured_at).is_(None), col(TrustEntry.posted_at) <= posted_before)
            .where(col(Group.is_active))
            .order_by(col(TrustEntry.posted_at))
            .limit(limit)
        )
        return list((await self._session.exec(query)).all())

    async def reactions_of(self, pick_id: int) -> Reactions:
        """How people react to a card now."""
        people: dict[int, set[str]] = {}
        named = core_select(col(Reaction.person_id), col(Reaction.emoji)).where(
            col(Reaction.pick_id) == pick_id
        )
        for person_id, emoji in await self._session.execute(named):
            people.setdefault(person_id, set()).add(emoji)
        unnamed = core_select(col(AnonymousReaction.emoji), col(AnonymousReaction.count)).where(
            col(AnonymousReaction.pick_id) == pick_id
        )
        counts = {emoji: count for emoji, count in await self._session.execute(unnamed)}
        return Reactions(list(people.values()), counts)

    async def buyers_of(self, pick_id: int, *, until: datetime) -> int:
        """How many people ordered of a pick until then, and stand by it."""
        query = (
            core_select(func.count())
            .select_from(Order)
            .where(col(Order.pick_id) == pick_id, col(Order.placed_at) < until)
            .where(col(Order.state) != OrderState.CANCELLED)
        )
        return int((await self._session.execute(query)).scalar_one())

    async def replies_to(self, pick_id: int) -> int:
        """How many ordinary answers a card has."""
        query = core_select(col(Pick.reply_count)).where(col(Pick.id) == pick_id)
        return int((await self._session.execute(query)).scalar_one())

    async def note_measured(self, entry_id: int, measured: Measured, *, now: datetime) -> bool:
        """Keep what came of a post; says whether nobody had done so before."""
        statement = (
            update(TrustEntry)
            .where(col(TrustEntry.id) == entry_id, col(TrustEntry.measured_at).is_(None))
            .values(measured_at=now, **vars(measured))
        )
        return bool((await (await self._session.connection()).execute(statement)).rowcount)

    async def list_measured(self, group_id: int, *, since: datetime) -> list[TrustEntry]:
        """The posts of a group from that moment on that were looked at, oldest first."""
        query = (
            select(TrustEntry)
            .where(col(TrustEntry.group_id) == group_id, col(TrustEntry.posted_at) >= since)
            .where(col(TrustEntry.measured_at).is_not(None))
            .order_by(col(TrustEntry.posted_at))
        )
        return list((await self._session.exec(query)).all())

    async def spent(self, group_id: int, *, since: datetime, until: datetime) -> Spent:
        """How many posts in its chat a group bore in a time."""
        overrides = func.coalesce(func.sum(case((col(TrustEntry.is_override), 1), else_=0)), 0)
        query = core_select(func.count(), overrides).where(
            col(TrustEntry.group_id) == group_id,
            col(TrustEntry.posted_at) >= since,
            col(TrustEntry.posted_at) < until,
            col(TrustEntry.weight_bps) >= _WHOLE_BPS,
        )
        posts, forced = (await self._session.execute(query)).one()
        return Spent(int(posts), int(forced))

    async def list_watched(self, *, posted_since: datetime) -> list[int]:
        """The keys of active groups with an allowance that posted since then, or may not use all of it."""
        entry = table(TrustEntry)
        posted = (
            core_select(entry.c.id)
            .where(entry.c.group_id == col(Group.id), entry.c.posted_at >= posted_since)
            .correlate(Group)
            .exists()
        )
        watched = and_(col(Group.is_active), col(Group.keeps_allowance))
        query = (
            core_select(col(Group.id))
            .where(watched, or_(col(Group.trust_bps) < _WHOLE_BPS, posted))
            .order_by(col(Group.id))
        )
        return [group_id for group_id in (await self._session.execute(query)).scalars() if group_id]

    async def last_lowered(self, group_id: int) -> TrustChange | None:
        """The bad sign that last lowered what a group may use."""
        query = (
            select(TrustChange)
            .where(col(TrustChange.group_id) == group_id, col(TrustChange.reason).in_(_BAD_SIGNS))
            .order_by(col(TrustChange.id).desc())
            .limit(1)
        )
        return (await self._session.exec(query)).first()

    async def change(self, change: TrustChange) -> None:
        """Let a group use more or less of its caps from now on, and keep why."""
        self._session.add(change)
        await self._session.flush()
        statement = (
            update(Group)
            .where(col(Group.id) == change.group_id)
            .values(trust_bps=change.is_bps, trust_changed_at=change.happened_at)
        )
        await (await self._session.connection()).execute(statement)
