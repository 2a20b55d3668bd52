"""Campaigns, which groups they are meant for, and who opened their links."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, exists, func, insert, literal, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import (
    Campaign,
    CampaignPost,
    CampaignVisit,
    Group,
    Member,
    Promotion,
    PromotionGroup,
)
from storage.spelling import reads
from storage.states import CampaignPostState, CampaignState, Presence, PromotionState
from storage.tables import table, upsert


class Reach(NamedTuple):
    """How many of the meant groups share one clock and one quiet time (minutes of the day)."""

    time_zone: str
    quiet_from: int
    quiet_until: int
    groups: int


class CampaignRepository:
    """Messages to many groups, from draft to done."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, campaign: Campaign) -> Campaign:
        """Keep a new campaign and give it its key."""
        self._session.add(campaign)
        await self._session.flush()
        return campaign

    async def save(self, campaign: Campaign) -> None:
        """Keep what was changed of a campaign."""
        self._session.add(campaign)
        await self._session.flush()

    async def find(self, campaign_id: int, *, lock: bool = False) -> Campaign | None:
        """The campaign with this key; locked, its state stays as it is until the commit."""
        query = select(Campaign).where(col(Campaign.id) == campaign_id)
        return (await self._session.exec(locked(query) if lock else query)).first()

    async def find_by_token(self, token: str) -> Campaign | None:
        """The campaign that a link names."""
        return (await self._session.exec(select(Campaign).where(Campaign.token == token))).first()

    async def list_newest(self, *, limit: int, offset: int = 0) -> list[Campaign]:
        """All campaigns, the newest first."""
        query = select(Campaign).order_by(col(Campaign.id).desc()).limit(limit).offset(offset)
        return list(await self._session.exec(query))

    async def list_running(self) -> list[int]:
        """The keys of those under way."""
        query = core_select(col(Campaign.id)).where(col(Campaign.state) == CampaignState.RUNNING)
        return list((await self._session.execute(query.order_by(col(Campaign.id)))).scalars())

    async def remove(self, campaign_id: int) -> None:
        """Forget a draft: nobody has got anything of it."""
        statement = delete(Campaign).where(
            col(Campaign.id) == campaign_id, col(Campaign.state) == CampaignState.DRAFT
        )
        await (await self._session.connection()).execute(statement)

    async def reach(
        self,
        *,
        languages: Sequence[str],
        members_from: int,
        group_ids: Sequence[int] | None,
        promotion: Promotion | None,
    ) -> list[Reach]:
        """How many groups are meant, by their clock and quiet time."""
        clock = (col(Group.time_zone), col(Group.quiet_from), col(Group.quiet_until))
        meant = _meant(languages, members_from, group_ids, promotion)
        query = core_select(*clock, func.count()).where(*meant).group_by(*clock).order_by(*clock)
        return [Reach(*row) for row in await self._session.execute(query)]

    async def choose(
        self,
        campaign_id: int,
        *,
        languages: Sequence[str],
        members_from: int,
        group_ids: Sequence[int] | None,
        promotion: Promotion | None,
        now: datetime,
    ) -> int:
        """Put down every group that is meant, to be sent to from now on; returns how many they are."""
        meant = _meant(languages, members_from, group_ids, promotion)
        post = table(CampaignPost)
        chosen = core_select(
            literal(campaign_id, post.c.campaign_id.type),
            col(Group.id),
            literal(CampaignPostState.WAITING, post.c.state.type),
            literal(now, post.c.due_at.type),
        ).where(*meant)
        statement = insert(post).from_select(["campaign_id", "group_id", "state", "due_at"], chosen)
        result = await (await self._session.connection()).execute(statement)
        return int(result.rowcount)

    async def count_by_language(self, promotion: Promotion | None) -> dict[str, int]:
        """How many groups would take campaigns, by their language."""
        query = (
            core_select(col(Group.language), func.count())
            .where(*_meant([], 0, None, promotion))
            .group_by(col(Group.language))
        )
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def find_named(self, name: str) -> list[Group]:
        """The active groups that somebody means: by @name, by chat id, or by title whatever the case."""
        bare = name.removeprefix("@").removeprefix("https://t.me/")
        named = reads(col(Group.title), name) | (func.lower(col(Group.username)) == bare.lower())
        if bare.lstrip("-").isdecimal() and len(bare) < len(str(2**63)):
            named |= col(Group.chat_id) == int(bare)
        query = select(Group).where(named, col(Group.is_active)).order_by(col(Group.id)).limit(2)
        return list(await self._session.exec(query))

    async def promotions_to_announce(self, *, now: datetime, limit: int) -> list[Promotion]:
        """The promotions that hold or will hold, the newest first."""
        query = (
            select(Promotion)
            .where(col(Promotion.state) == PromotionState.ACTIVE)
            .where(col(Promotion.ends_at).is_(None) | (col(Promotion.ends_at) > now))
            .order_by(col(Promotion.id).desc())
            .limit(limit)
        )
        return list(await self._session.exec(query))

    async def find_promotion(self, promotion_id: int | None) -> Promotion | None:
        """The promotion that a campaign announces, if it does."""
        return await self._session.get(Promotion, promotion_id) if promotion_id else None

    async def visit(self, campaign_id: int, person_id: int, group_id: int, *, now: datetime) -> None:
        """Somebody opened a link; only her first time counts."""
        row: dict[str, Any] = {
            "campaign_id": campaign_id,
            "person_id": person_id,
            "group_id": group_id,
            "opened_at": now,
        }
        statement = upsert(self._session, CampaignVisit).on_conflict_do_nothing()
        await (await self._session.connection()).execute(statement, [row])

    async def note_joined(self, group_id: int, person_id: int, *, now: datetime) -> None:
        """Somebody is about to be a member: if she never was, and came by a campaign, that is noted."""
        was_here = exists().where(col(Member.group_id) == group_id, col(Member.person_id) == person_id)
        statement = (
            update(CampaignVisit)
            .where(col(CampaignVisit.person_id) == person_id, col(CampaignVisit.group_id) == group_id)
            .where(col(CampaignVisit.joined_at).is_(None), ~was_here)
            .values(joined_at=now)
            .execution_options(synchronize_session=False)
        )
        await (await self._session.connection()).execute(statement)


def _meant(
    languages: Sequence[str],
    members_from: int,
    group_ids: Sequence[int] | None,
    promotion: Promotion | None,
) -> list[ColumnElement[bool]]:
    """What a group must fulfil: it takes campaigns, it is chosen, and the promotion holds in it."""
    meant: list[ColumnElement[bool]] = [col(Group.is_active).is_(True), col(Group.takes_campaigns).is_(True)]
    if languages:
        meant.append(col(Group.language).in_(languages))
    if group_ids is not None:
        meant.append(col(Group.id).in_(group_ids))
    if members_from:
        joined = (
            core_select(func.count())
            .select_from(Member)
            .where(col(Member.group_id) == col(Group.id), col(Member.presence) == Presence.JOINED)
            .scalar_subquery()
        )
        meant.append(joined >= members_from)
    if promotion is not None:
        meant += _holds(promotion)
    return meant


def _holds(promotion: Promotion) -> list[ColumnElement[bool]]:
    holds: list[ColumnElement[bool]] = [col(Group.currency) == promotion.currency]
    if promotion.group_id is not None:
        holds.append(col(Group.id) == promotion.group_id)
    elif not promotion.in_all_groups:
        named = core_select(col(PromotionGroup.group_id)).where(
            col(PromotionGroup.promotion_id) == promotion.id
        )
        holds.append(col(Group.id).in_(named))
    return holds
