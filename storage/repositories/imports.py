"""Price lists on their way into a catalogue; each is kept in a draft of its own."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Draft, Group, Member
from storage.states import Presence, Role

_MOST_LOOKED_AT = 50


class ImportRepository:
    """People's imports."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, draft_id: int, *, lock: bool = False) -> Draft | None:
        """The draft of an import; a lock holds until the commit."""
        query = select(Draft).where(Draft.id == draft_id)
        return (await self._session.exec(locked(query, key_share=True) if lock else query)).first()

    async def save(self, draft: Draft) -> Draft:
        """Keep an import, new or changed, and give it its key."""
        self._session.add(draft)
        await self._session.flush()
        return draft

    async def find_newest(self, person_id: int, *, step: str, states: Collection[str]) -> Draft | None:
        """The import of a person that was last touched, if it is in one of these states."""
        drafts = await self._list(person_id, step=step, limit=1)
        return next((draft for draft in drafts if draft.content["state"] in states), None)

    async def find_by_source(self, person_id: int, *, step: str, source_id: int) -> Draft | None:
        """The import that a message of a person's has begun."""
        drafts = await self._list(person_id, step=step, limit=_MOST_LOOKED_AT)
        return next((draft for draft in drafts if draft.content.get("source_id") == source_id), None)

    async def list_configured(self, person_id: int) -> list[Group]:
        """The active groups whose catalogue a person may change."""
        query = (
            select(Group)
            .join(Member, col(Member.group_id) == col(Group.id))
            .where(Member.person_id == person_id, Member.presence == Presence.JOINED)
            .where(
                (col(Member.role) == Role.OWNER)
                | ((col(Member.role) == Role.CURATOR) & ~col(Member.own_picks_only))
            )
            .where(col(Group.is_active))
            .order_by(col(Group.title), col(Group.id))
        )
        return list(await self._session.exec(query))

    async def prune(self, *, step: str, touched_before: datetime) -> None:
        """Forget imports that nobody has touched for so long, however far they had come."""
        old = delete(Draft).where(col(Draft.step) == step, col(Draft.updated_at) < touched_before)
        await (await self._session.connection()).execute(old)

    async def _list(self, person_id: int, *, step: str, limit: int) -> list[Draft]:
        query = (
            select(Draft)
            .where(Draft.person_id == person_id, Draft.step == step)
            .order_by(col(Draft.updated_at).desc(), col(Draft.id).desc())
            .limit(limit)
        )
        return list(await self._session.exec(query))
