"""The audit log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import AuditEntry


class AuditRepository:
    """What those with rights did, newest last."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self,
        action: str,
        *,
        group_id: int,
        person_id: int | None,
        now: datetime,
        pick_id: int | None = None,
        order_id: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Note an act, a past event such as "pick_extended"; no person means that the group itself spoke."""
        self._session.add(
            AuditEntry(
                group_id=group_id,
                person_id=person_id,
                action=action,
                pick_id=pick_id,
                order_id=order_id,
                details=dict(details) if details is not None else None,
                happened_at=now,
            )
        )
        await self._session.flush()
