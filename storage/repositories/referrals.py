"""Edges of the referral chain, the links that make them, and walks along them."""

from datetime import datetime

from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Introduction, InviteLink, Referral
from storage.states import ReferralSource
from storage.tables import upsert


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

    async def list_above(self, group_id: int, person_id: int) -> set[int]:
        """Everybody above a person up to the root."""
        above = (
            core_select(col(Referral.referrer_id).label("person_id"))
            .where(col(Referral.group_id) == group_id, col(Referral.person_id) == person_id)
            .cte("above", recursive=True)
        )
        above = above.union(
            core_select(col(Referral.referrer_id))
            .where(col(Referral.group_id) == group_id)
            .where(col(Referral.person_id) == above.c.person_id)
        )
        return set((await self._session.execute(core_select(above.c.person_id))).scalars())

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

    async def links_made(
        self, *, since: datetime, limit: int, group_id: int | None = None, person_id: int | None = None
    ) -> list[datetime]:
        """When links were made in a group, or for a person, since then, the newest first."""
        whose = (
            col(InviteLink.person_id) == person_id
            if group_id is None
            else col(InviteLink.group_id) == group_id
        )
        query = (
            core_select(col(InviteLink.created_at))
            .where(whose, col(InviteLink.created_at) > since)
            .order_by(col(InviteLink.created_at).desc())
            .limit(limit)
        )
        return list((await self._session.execute(query)).scalars())

    async def add_link(self, *, url: str, group_id: int, person_id: int, now: datetime) -> None:
        """Keep a member's invite link; the first stands if two were made at once."""
        row = {"url": url, "group_id": group_id, "person_id": person_id, "created_at": now}
        statement = upsert(self._session, InviteLink).on_conflict_do_nothing()
        await (await self._session.connection()).execute(statement, [row])
