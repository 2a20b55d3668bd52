"""Seen updates and dead letters."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run
from storage.models import DeadLetter, SeenUpdate


class UpdateRepository:
    """Which updates have had their effect."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def record(self, update_ids: Iterable[int], *, now: datetime) -> set[int]:
        """Note updates as seen; returns those that were not seen before."""
        rows = [(update_id,) for update_id in sorted(update_ids)]
        if not rows:
            return set()
        statement = bulk_insert(
            dialect_of(self._session),
            SeenUpdate,
            ("update_id",),
            ("seen_at",),
            "ON CONFLICT DO NOTHING RETURNING update_id",
        )
        fresh = await run(self._session, statement, {"rows": packed(rows), "seen_at": now})
        return {update_id for (update_id,) in fresh}

    async def is_known(self, update_id: int) -> bool:
        """Whether an update was noted as seen."""
        return await self._session.get(SeenUpdate, update_id) is not None

    async def forget(self, update_ids: Collection[int]) -> None:
        """Take notes back: the update has had no effect yet."""
        if update_ids:
            statement = delete(SeenUpdate).where(col(SeenUpdate.update_id).in_(update_ids))
            await (await self._session.connection()).execute(statement)

    async def add_dead_letter(self, letter: DeadLetter) -> None:
        """Keep an update that failed every time."""
        self._session.add(letter)
        await self._session.flush()

    async def count_dead_letters(self) -> int:
        """How many updates were given up."""
        return await self._session.scalar(select(func.count()).select_from(DeadLetter)) or 0

    async def prune(self, *, seen_before: datetime, dead_before: datetime) -> None:
        """Forget what Telegram can no longer deliver again, and old dead letters."""
        connection = await self._session.connection()
        await connection.execute(delete(SeenUpdate).where(col(SeenUpdate.seen_at) < seen_before))
        await connection.execute(delete(DeadLetter).where(col(DeadLetter.died_at) < dead_before))
