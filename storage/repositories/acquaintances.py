"""Who answers whom in a group."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run
from storage.models import Acquaintance


class AcquaintanceRepository:
    """How often people answered each other; what they said is nowhere."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def count_replies(self, replies: Iterable[tuple[int, int, int]], *, now: datetime) -> None:
        """Note answers, (group, person, the other whom she answered) each, as often as they are named.

        Answers to people who are not known are passed over: nobody becomes known, or known again, by what
        others do.
        """
        counts: dict[tuple[int, int, int], int] = {}
        for reply in replies:
            counts[reply] = counts.get(reply, 0) + 1
        if counts:
            statement = bulk_insert(dialect_of(self._session), Acquaintance, _FIELDS, ("last_at",), _COUNTED)
            rows = packed((*key, count) for key, count in sorted(counts.items()))
            await run(self._session, statement, {"rows": rows, "last_at": now})

    async def prune(self, *, last_before: datetime) -> None:
        """Forget who has not answered whom for that long."""
        statement = delete(Acquaintance).where(col(Acquaintance.last_at) < last_before)
        await (await self._session.connection()).execute(statement)


_FIELDS = ("group_id", "person_id", "other_id", "replies")
_COUNTED = """
AND EXISTS (SELECT 1 FROM person AS p WHERE p.id = r.other_id)
ON CONFLICT (group_id, person_id, other_id) DO UPDATE SET
    replies = acquaintance.replies + excluded.replies, last_at = excluded.last_at
"""
