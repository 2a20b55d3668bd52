"""How the orders went that somebody answers for: those she recommended, and those of her own picks."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.disputes import is_dispute
from storage.models import Case, Order, Pick
from storage.states import CaseKind, OrderState, PickState

_MOST = 200
"""So many of the newest tell enough; more would make whoever opens a page wait."""
_PICKS = 20
"""So many of her newest picks are looked through for them."""


class AnsweredFor(NamedTuple):
    """One order: when its goods were handed over or said to be wrong, and whether they were."""

    at: datetime
    is_disputed: bool


class ScoreRepository:
    """What scores are reckoned from, the newest first.

    Of orders that were cancelled, or still can be, no dispute counts: anybody could order and complain.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_recommender(self, group_id: int, person_id: int) -> list[AnsweredFor]:
        """The orders of a group that a person recommended; lateness is not her fault."""
        query = _orders(col(Case.kind) != CaseKind.LATE).where(
            col(Order.recommender_id) == person_id, col(Pick.group_id) == group_id
        )
        return await self._list(query.order_by(col(Order.id).desc()))

    async def of_curator(self, group_id: int, person_id: int) -> list[AnsweredFor]:
        """The orders of a person's own picks in a group."""
        picks = (
            select(col(Pick.id))
            .where(col(Pick.group_id) == group_id, col(Pick.curator_id) == person_id)
            .where(col(Pick.state) == PickState.CLOSED)
            .order_by(col(Pick.id).desc())
            .limit(_PICKS)
        )
        found: list[AnsweredFor] = []
        # One after another, along the index: all at once would be sorted, however many they are.
        for pick_id in (await self._session.execute(picks)).scalars().all():
            of_pick = _orders().where(col(Order.pick_id) == pick_id).order_by(col(Order.number).desc())
            found += await self._list(of_pick, limit=_MOST - len(found))
            if len(found) >= _MOST:
                break
        return found

    async def _list(
        self, query: Select[datetime | None, datetime], *, limit: int = _MOST
    ) -> list[AnsweredFor]:
        return [
            AnsweredFor(handed_over_at or disputed_at, disputed_at is not None)
            for handed_over_at, disputed_at in await self._session.execute(query.limit(limit))
        ]


def _orders(*conditions: ColumnElement[bool]) -> Select[datetime | None, datetime]:
    disputed_at = (
        select(func.min(col(Case.opened_at)))
        .where(col(Case.order_id) == col(Order.id), is_dispute(), *conditions)
        .correlate(Order)
        .scalar_subquery()
    )
    return (
        select(col(Order.handed_over_at), disputed_at)
        .join(Pick, col(Pick.id) == col(Order.pick_id))
        .where(or_(col(Order.handed_over_at).is_not(None), disputed_at.is_not(None)))
        .where(col(Order.state).in_([OrderState.CONFIRMED, OrderState.COMPLETED, OrderState.NEEDS_REVIEW]))
    )
