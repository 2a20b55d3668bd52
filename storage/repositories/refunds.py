"""Refunds: what is owed back and what was paid back."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Refund
from storage.states import RefundStage


class RefundRepository:
    """What goes back to members."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, refund: Refund) -> Refund:
        """Keep a new refund; gives it its key."""
        self._session.add(refund)
        await self._session.flush()
        return refund

    async def save(self, refund: Refund) -> None:
        """Keep what was changed of a refund."""
        self._session.add(refund)
        await self._session.flush()

    async def get(self, refund_id: int, *, lock: bool = False) -> Refund:
        """The refund with this key; locked, nobody else changes it before the commit. Raises LookupError."""
        query = select(Refund).where(col(Refund.id) == refund_id)
        if lock:
            # What was read before the lock may be old by now.
            query = query.with_for_update().execution_options(populate_existing=True)
        found = (await self._session.exec(query)).first()
        if found is None:
            raise LookupError(f"no refund {refund_id}")
        return found

    async def list_of_order(self, order_id: int) -> Sequence[Refund]:
        """All refunds of an order, the first first."""
        query = select(Refund).where(col(Refund.order_id) == order_id).order_by(col(Refund.id))
        return (await self._session.exec(query)).all()

    async def list_open(self, group_id: int, *, limit: int = 100) -> Sequence[Refund]:
        """What a group still owes back, the oldest first."""
        query = (
            select(Refund)
            .where(col(Refund.group_id) == group_id, col(Refund.stage) != RefundStage.DONE)
            .order_by(col(Refund.id))
            .limit(limit)
        )
        return (await self._session.exec(query)).all()
