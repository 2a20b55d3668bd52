"""Who was given an admin's rights, beside those whom the settings name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Admin, Person
from storage.tables import table, upsert


@dataclass(frozen=True, kw_only=True)
class GrantedAdmin:
    """A person with an admin's rights, and who gave them to her."""

    person_id: int
    name: str
    granted_by: str
    granted_at: datetime


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
