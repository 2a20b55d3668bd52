"""Picks in the making."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Draft
from storage.states import DraftStep


class DraftRepository:
    """People's drafts; those that were deleted can be brought back for a while."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, draft_id: int, *, lock: bool = False) -> Draft | None:
        """The draft with this key, if there is one; a lock holds until the commit."""
        query = select(Draft).where(Draft.id == draft_id)
        return (await self._session.exec(locked(query, key_share=True) if lock else query)).first()

    async def save(self, draft: Draft) -> Draft:
        """Keep a draft, new or changed, and give it its key."""
        self._session.add(draft)
        await self._session.flush()
        return draft

    async def list_open(self, person_id: int) -> list[Draft]:
        """A person's drafts that are neither posted nor deleted, the one last touched first."""
        query = (
            select(Draft)
            .where(Draft.person_id == person_id, col(Draft.pick_id).is_(None))
            .where(col(Draft.step).in_([step for step in DraftStep if step is not DraftStep.DELETED]))
            .order_by(col(Draft.updated_at).desc(), col(Draft.id).desc())
        )
        return list(await self._session.exec(query))

    async def count_open(self, person_id: int) -> int:
        """How many drafts `list_open` lists."""
        query = (
            select(func.count())
            .where(Draft.person_id == person_id, col(Draft.pick_id).is_(None))
            .where(col(Draft.step).in_([step for step in DraftStep if step is not DraftStep.DELETED]))
        )
        return (await self._session.exec(query)).one()

    async def find_step(self, person_id: int, steps: Collection[str]) -> Draft | None:
        """What a person is doing at one of these steps, the last begun first."""
        query = (
            select(Draft)
            .where(Draft.person_id == person_id, col(Draft.step).in_(list(steps)))
            .order_by(col(Draft.updated_at).desc(), col(Draft.id).desc())
        )
        return (await self._session.exec(query)).first()

    async def remove(self, draft: Draft) -> None:
        """Forget what somebody was doing."""
        await self._session.delete(draft)
        await self._session.flush()

    async def prune(self, *, deleted_before: datetime) -> None:
        """Forget drafts that were deleted so long ago."""
        old = delete(Draft).where(
            col(Draft.step) == DraftStep.DELETED, col(Draft.updated_at) < deleted_before
        )
        await (await self._session.connection()).execute(old)
