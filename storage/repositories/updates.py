"""Seen updates and dead letters."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import Dialect, TextClause, delete, func, text, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run, source
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

    async def list_known(self, update_ids: Iterable[int]) -> set[int]:
        """Those of these updates that were noted as seen."""
        query = _known(dialect_of(self._session))
        rows = packed((update_id,) for update_id in sorted(update_ids))
        return {update_id for (update_id,) in await run(self._session, query, {"rows": rows})}

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
        return await self._session.scalar(core_select(func.count()).select_from(DeadLetter)) or 0

    async def list_dead_letters(self, *, limit: int, offset: int = 0) -> list[DeadLetter]:
        """Updates that were given up, the newest first."""
        query = select(DeadLetter).order_by(col(DeadLetter.id).desc()).limit(limit).offset(offset)
        # One of them may have been read before somebody asked for it to be tried again.
        query = query.execution_options(populate_existing=True)
        return list((await self._session.exec(query)).all())

    async def find_dead_letter(self, letter_id: int) -> DeadLetter | None:
        """One of them."""
        return await self._session.get(DeadLetter, letter_id)

    async def ask_retry(self, letter_id: int, *, now: datetime) -> bool:
        """Have one tried again; says whether it was there and nobody had asked for it."""
        statement = (
            update(DeadLetter)
            .where(col(DeadLetter.id) == letter_id, col(DeadLetter.retry_asked_at).is_(None))
            .values(retry_asked_at=now)
        )
        return bool((await (await self._session.connection()).execute(statement)).rowcount)

    async def take_retries(self, *, limit: int) -> list[DeadLetter]:
        """Those that are to be tried again, the oldest first; nobody else takes them meanwhile.

        They stay until they are removed: whoever is cut off in between has lost none.
        """
        asked = (
            core_select(col(DeadLetter.id))
            .where(col(DeadLetter.retry_asked_at).is_not(None))
            .order_by(col(DeadLetter.id))
            .limit(limit)
        )
        taken = (
            update(DeadLetter)
            .where(col(DeadLetter.id).in_(asked), col(DeadLetter.retry_asked_at).is_not(None))
            .values(retry_asked_at=None)
            .returning(col(DeadLetter.id))
            .execution_options(synchronize_session=False)
        )
        keys = list((await self._session.execute(taken)).scalars())
        query = select(DeadLetter).where(col(DeadLetter.id).in_(keys)).order_by(col(DeadLetter.id))
        return list((await self._session.exec(query)).all())

    async def has_retries(self) -> bool:
        """Whether any is to be tried again."""
        query = core_select(col(DeadLetter.id)).where(col(DeadLetter.retry_asked_at).is_not(None)).limit(1)
        return await self._session.scalar(query) is not None

    async def remove_dead_letter(self, letter_id: int) -> bool:
        """It is over with one; says whether it was there."""
        statement = delete(DeadLetter).where(col(DeadLetter.id) == letter_id)
        return bool((await (await self._session.connection()).execute(statement)).rowcount)

    async def prune(self, *, seen_before: datetime, dead_before: datetime) -> None:
        """Forget what Telegram can no longer deliver again, and old dead letters."""
        connection = await self._session.connection()
        await connection.execute(delete(SeenUpdate).where(col(SeenUpdate.seen_at) < seen_before))
        await connection.execute(delete(DeadLetter).where(col(DeadLetter.died_at) < dead_before))


@cache
def _known(dialect: Dialect) -> TextClause:
    return text(
        f"SELECT s.update_id FROM {source(dialect, SeenUpdate, ('update_id',))} "
        "JOIN seen_update AS s ON s.update_id = r.update_id"
    )
