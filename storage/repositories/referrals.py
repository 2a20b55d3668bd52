"""Edges of the referral chain, the links that make them, and walks along them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Introduction, InviteLink, Person, Referral
from storage.states import ReferralSource
from storage.tables import upsert


@dataclass(frozen=True, kw_only=True)
class Upward:
    """Somebody in an upline, with her distance."""

    person_id: int
    name: str
    level: int


class ReferralRepository:
    """Who brought whom."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, group_id: int, person_id: int) -> Referral | None:
        """The edge that brought a person into a group."""
        return await self._session.get(Referral, (group_id, person_id))

    async def add(self, referral: Referral) -> bool:
        """Keep an edge; says whether it was the first, since only that one stands."""
        statement = (
            upsert(self._session, Referral).on_conflict_do_nothing().returning(col(Referral.person_id))
        )
        result = await (await self._session.connection()).execute(statement, [referral.model_dump()])
        return result.first() is not None

    async def upline(self, group_id: int, person_id: int) -> list[Upward]:
        """Everybody above a person up to the root, nearest first."""
        chain = (
            core_select(col(Referral.referrer_id).label("person_id"), literal(1).label("level"))
            .where(col(Referral.group_id) == group_id, col(Referral.person_id) == person_id)
            .cte("chain", recursive=True)
        )
        chain = chain.union_all(
            core_select(col(Referral.referrer_id), chain.c.level + 1)
            .where(col(Referral.group_id) == group_id)
            .where(col(Referral.person_id) == chain.c.person_id)
        )
        query = (
            core_select(col(Person.id), col(Person.name), chain.c.level)
            .join(chain, chain.c.person_id == col(Person.id))
            .order_by(chain.c.level)
        )
        rows = await self._session.execute(query)
        return [Upward(person_id=key, name=name, level=level) for key, name, level in rows]

    async def downline_counts(self, group_id: int, person_id: int) -> dict[int, int]:
        """How many people stand below a person, by level."""
        tree = (
            core_select(col(Referral.person_id).label("person_id"), literal(1).label("level"))
            .where(col(Referral.group_id) == group_id, col(Referral.referrer_id) == person_id)
            .cte("tree", recursive=True)
        )
        tree = tree.union_all(
            core_select(col(Referral.person_id), tree.c.level + 1)
            .where(col(Referral.group_id) == group_id)
            .where(col(Referral.referrer_id) == tree.c.person_id)
        )
        query = core_select(tree.c.level, func.count()).group_by(tree.c.level).order_by(tree.c.level)
        return {level: count for level, count in await self._session.execute(query)}

    async def list_direct(self, group_id: int, person_id: int, *, limit: int) -> list[str]:
        """The names of those whom a person brought herself, the first first."""
        query = (
            core_select(col(Person.name))
            .join(Referral, col(Referral.person_id) == col(Person.id))
            .where(col(Referral.group_id) == group_id, col(Referral.referrer_id) == person_id)
            .order_by(col(Referral.referred_at), col(Person.id))
            .limit(limit)
        )
        return list((await self._session.execute(query)).scalars())

    async def introduce(self, introduction: Introduction) -> None:
        """Keep a weaker sign; the first of its kind stands."""
        statement = upsert(self._session, Introduction).on_conflict_do_nothing()
        await (await self._session.connection()).execute(statement, [introduction.model_dump()])

    async def introductions(self, group_id: int, person_id: int) -> dict[ReferralSource, int]:
        """Who is said to bring a person, by kind of sign."""
        query = select(Introduction).where(
            Introduction.group_id == group_id, Introduction.person_id == person_id
        )
        return {sign.source: sign.referrer_id for sign in await self._session.exec(query)}

    async def find_link(self, group_id: int, person_id: int) -> InviteLink | None:
        """A member's own invite link."""
        query = select(InviteLink).where(InviteLink.group_id == group_id, InviteLink.person_id == person_id)
        return (await self._session.exec(query)).first()

    async def find_link_by_url(self, url: str) -> InviteLink | None:
        """The invite link with this address."""
        return await self._session.get(InviteLink, url)

    async def add_link(self, *, url: str, group_id: int, person_id: int, now: datetime) -> None:
        """Keep a member's invite link; the first stands if two were made at once."""
        row = {"url": url, "group_id": group_id, "person_id": person_id, "created_at": now}
        statement = upsert(self._session, InviteLink).on_conflict_do_nothing()
        await (await self._session.connection()).execute(statement, [row])
