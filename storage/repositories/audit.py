"""The audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import AuditEntry, Group, Order, Person, Pick


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """One act as it is shown: by whom (None: in the group's own name), to which pick and which order."""

    action: str
    name: str | None
    pick_number: int | None
    order_number: int | None
    details: Mapping[str, Any]
    happened_at: datetime


class AuditRepository:
    """What those with rights did, newest last."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self,
        action: str,
        *,
        group_id: int | None,
        person_id: int | None,
        now: datetime,
        pick_id: int | None = None,
        order_id: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> AuditEntry:
        """Note an act, a past event such as "pick_extended"; no person means that the group itself spoke."""
        entry = AuditEntry(
            group_id=group_id,
            person_id=person_id,
            action=action,
            pick_id=pick_id,
            order_id=order_id,
            details=dict(details) if details is not None else None,
            happened_at=now,
        )
        self._session.add(entry)
        await self._session.flush()
        return entry

    async def find(self, entry_id: int) -> AuditEntry | None:
        """An act, if it is known."""
        return await self._session.get(AuditEntry, entry_id)

    async def list_newest(self, group_id: int, *, limit: int, offset: int = 0) -> list[AuditLine]:
        """What was done in a group, the newest first."""
        lines = await self._list(col(AuditEntry.group_id) == group_id, limit=limit, offset=offset)
        return [line for _, line in lines]

    async def list_everywhere(self, *, limit: int, offset: int = 0) -> list[tuple[str | None, AuditLine]]:
        """What was done in any group or in none, with the group's title, the newest first."""
        return await self._list(limit=limit, offset=offset)

    async def _list(
        self, *conditions: ColumnElement[bool], limit: int, offset: int
    ) -> list[tuple[str | None, AuditLine]]:
        entry = AuditEntry
        query = (
            core_select(
                col(Group.title),
                col(entry.action),
                col(Person.name),
                col(Pick.number),
                col(Order.number),
                col(entry.details),
                col(entry.happened_at),
            )
            .outerjoin(Group, col(Group.id) == col(entry.group_id))
            .outerjoin(Person, col(Person.id) == col(entry.person_id))
            .outerjoin(Pick, col(Pick.id) == col(entry.pick_id))
            .outerjoin(Order, col(Order.id) == col(entry.order_id))
            .where(*conditions)
            .order_by(col(entry.id).desc())
            .limit(limit)
            .offset(offset)
        )
        names = ("action", "name", "pick_number", "order_number")
        return [
            (
                title,
                AuditLine(
                    **dict(zip(names, act, strict=True)), details=details or {}, happened_at=happened_at
                ),
            )
            for title, *act, details, happened_at in await self._session.execute(query)
        ]
