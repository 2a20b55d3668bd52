"""What came of tellings: which are to be counted, and what they come to together."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Pick, Telling
from storage.states import PickState

_RUNS = (PickState.SCHEDULED, PickState.LIVE)


class Outcome(NamedTuple):
    """Tellings that were counted, with all whom they were about, and how many are still to be."""

    counted: int
    to_count: int
    told: int
    told_buyers: int
    held: int
    held_buyers: int


class TellingResultRepository:
    """Outcomes of tellings; of who was left out, numbers alone."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_due(self, *, begun_before: datetime, limit: int) -> Sequence[Telling]:
        """Tellings that are not counted, begun before that moment or of picks that are over, oldest first."""
        query = (
            select(Telling)
            .join(Pick, col(Pick.id) == col(Telling.pick_id))
            .where(col(Telling.measured_at).is_(None))
            .where(or_(col(Telling.begun_at) <= begun_before, col(Pick.state).not_in(_RUNS)))
            .order_by(col(Telling.begun_at))
            .limit(limit)
        )
        return (await self._session.exec(query)).all()

    async def sum_outcomes(self, group_id: int, *, since: datetime, until: datetime) -> Outcome:
        """What came of the tellings that a group's curators began in a time."""
        is_counted = col(Telling.measured_at).is_not(None)
        columns = (Telling.told_count, Telling.told_buyers, Telling.held_count, Telling.held_buyers)
        query = core_select(
            func.count(case((is_counted, 1))),
            func.count(case((~is_counted, 1))),
            *(func.coalesce(func.sum(case((is_counted, col(column)))), 0) for column in columns),
        ).where(
            col(Telling.group_id) == group_id,
            col(Telling.begun_at) >= since,
            col(Telling.begun_at) < until,
        )
        # PostgreSQL sums up to a numeric.
        return Outcome(*map(int, (await self._session.execute(query)).one()))
