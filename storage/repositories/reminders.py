"""Who wants to hear of which pick before it closes."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Pick, Reminder
from storage.states import PickState
from storage.tables import upsert


class ReminderRepository:
    """Reminders that were not sent yet."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, pick_id: int, person_id: int, *, due_at: datetime) -> None:
        """Keep that a person shall be reminded; asking twice is asking once."""
        row = {"pick_id": pick_id, "person_id": person_id, "due_at": due_at}
        statement = upsert(self._session, Reminder).on_conflict_do_nothing()
        await (await self._session.connection()).execute(statement, [row])

    async def has(self, pick_id: int, person_id: int) -> bool:
        """Whether a person waits to be reminded of a pick."""
        return await self._session.get(Reminder, (pick_id, person_id)) is not None

    async def remove(self, pick_id: int, person_id: int) -> bool:
        """Forget a reminder; says whether there was one, so that of two who take it only one sends it."""
        statement = delete(Reminder).where(
            col(Reminder.pick_id) == pick_id, col(Reminder.person_id) == person_id
        )
        result = await (await self._session.connection()).execute(statement)
        return bool(result.rowcount)

    async def list_due(self, *, now: datetime, ahead: timedelta, limit: int) -> list[tuple[int, int]]:
        """Of whom (pick, person) the deadlines as they stand now are so near."""
        query = (
            core_select(col(Reminder.pick_id), col(Reminder.person_id))
            .join(Pick, col(Pick.id) == col(Reminder.pick_id))
            .where(col(Pick.state) == PickState.LIVE)
            .where(col(Pick.closes_at) > now, col(Pick.closes_at) <= now + ahead)
            .order_by(col(Reminder.pick_id), col(Reminder.person_id))
            .limit(limit)
        )
        return [(row[0], row[1]) for row in await self._session.execute(query)]

    async def prune(self) -> None:
        """Forget reminders of picks that are over."""
        over = core_select(col(Pick.id)).where(col(Pick.state).not_in([PickState.LIVE, PickState.SCHEDULED]))
        statement = delete(Reminder).where(col(Reminder.pick_id).in_(over))
        await (await self._session.connection()).execute(statement)
