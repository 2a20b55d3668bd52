"""Who was given an admin's rights, beside those whom the settings name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, func, true
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Admin,
    Campaign,
    Case,
    DeadLetter,
    Flag,
    Group,
    Member,
    Order,
    OutboxEntry,
    Payout,
    Person,
    Pick,
    Promotion,
)
from storage.models.flags import FIRST_OF_RING
from storage.spelling import holds
from storage.states import CampaignState, CaseLevel, PayoutStage, PickState, Presence, PromotionState
from storage.tables import table, upsert


@dataclass(frozen=True, kw_only=True)
class GrantedAdmin:
    """A person with an admin's rights, and who gave them to her."""

    person_id: int
    name: str
    granted_by: str
    granted_at: datetime


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What an admin has before her: groups served, and what runs, waits or failed."""

    groups: int
    campaigns: int
    promotions: int
    payouts: int
    flags: int
    cases: int
    letters: int
    unsent: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class GroupSeen:
    """One group as an admin sees it."""

    group: Group
    owner: str | None
    people: int
    live_picks: int
    orders: int
    flags: int


class AdminRepository:
    """Whoever runs the bot."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def is_granted(self, person_id: int) -> bool:
        """Whether somebody gave her an admin's rights."""
        return await self._session.get(Admin, person_id) is not None

    async def grant(self, person_id: int, *, by_id: int, now: datetime) -> bool:
        """Give a person an admin's rights; says whether she had none before."""
        row = {"person_id": person_id, "granted_by_id": by_id, "granted_at": now}
        statement = upsert(self._session, Admin).on_conflict_do_nothing().returning(col(Admin.person_id))
        result = await (await self._session.connection()).execute(statement, [row])
        return result.first() is not None

    async def revoke(self, person_id: int) -> bool:
        """Take them back; says whether she had any."""
        statement = delete(Admin).where(col(Admin.person_id) == person_id).returning(col(Admin.person_id))
        return (await (await self._session.connection()).execute(statement)).first() is not None

    async def find_named(self, username: str, *, limit: int) -> list[Person]:
        """People who had this username when they were last seen; names are given up and taken by others."""
        query = (
            select(Person)
            .where(func.lower(col(Person.username)) == username.lower())
            .order_by(col(Person.id))
            .limit(limit)
        )
        return list((await self._session.exec(query)).all())

    async def overview(self) -> Overview:
        """What there is to look after."""
        counted = {
            "groups": (Group, col(Group.is_active)),
            "campaigns": (Campaign, col(Campaign.state).in_([CampaignState.RUNNING, CampaignState.PAUSED])),
            "promotions": (Promotion, col(Promotion.state) == PromotionState.ACTIVE),
            "payouts": (Payout, col(Payout.stage).in_([PayoutStage.ASKED, PayoutStage.APPROVED])),
            "flags": (Flag, and_(FIRST_OF_RING, col(Flag.settled_at).is_(None))),
            "cases": (Case, and_(col(Case.resolved_at).is_(None), col(Case.level) == CaseLevel.ADMIN)),
            "letters": (DeadLetter, true()),
            "unsent": (OutboxEntry, col(OutboxEntry.failed_at).is_not(None)),
            "waiting": (OutboxEntry, col(OutboxEntry.failed_at).is_(None)),
        }
        counts = [
            core_select(func.count()).select_from(model).where(condition).scalar_subquery().label(name)
            for name, (model, condition) in counted.items()
        ]
        row = (await self._session.execute(core_select(*counts))).one()
        return Overview(**dict(zip(counted, row, strict=True)))

    async def list_groups(self, words: str = "", *, limit: int, offset: int = 0) -> list[Group]:
        """Groups by title, those whose title holds these words; the bot has left some of them."""
        query = select(Group).order_by(col(Group.title), col(Group.id)).limit(limit).offset(offset)
        if words:
            query = query.where(holds(col(Group.title), words))
        return list((await self._session.exec(query)).all())

    async def see_group(self, group_id: int) -> GroupSeen | None:
        """One group with what it comes to."""
        group = await self._session.get(Group, group_id)
        if group is None:
            return None
        people = core_select(func.count()).where(
            col(Member.group_id) == group_id, col(Member.presence) == Presence.JOINED
        )
        live = core_select(func.count()).where(
            col(Pick.group_id) == group_id, col(Pick.state) == PickState.LIVE
        )
        orders = (
            core_select(func.count())
            .select_from(Order)
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .where(col(Pick.group_id) == group_id)
        )
        flags = core_select(func.count()).where(
            col(Flag.group_id) == group_id, FIRST_OF_RING, col(Flag.settled_at).is_(None)
        )
        counts = (people, live, orders, flags)
        row = (await self._session.execute(core_select(*(one.scalar_subquery() for one in counts)))).one()
        owner = await self._session.get(Person, group.owner_id) if group.owner_id else None
        return GroupSeen(
            group=group,
            owner=owner.name if owner else None,
            **dict(zip(("people", "live_picks", "orders", "flags"), row, strict=True)),
        )

    async def list_granted(self) -> list[GrantedAdmin]:
        """Everybody to whom rights were given, the first first."""
        by = table(Person).alias("by")
        query = (
            core_select(col(Person.id), col(Person.name), by.c.name, col(Admin.granted_at))
            .join(Admin, col(Admin.person_id) == col(Person.id))
            .join(by, by.c.id == col(Admin.granted_by_id))
            .order_by(col(Admin.granted_at), col(Person.id))
        )
        names = ("person_id", "name", "granted_by", "granted_at")
        return [
            GrantedAdmin(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)
        ]
