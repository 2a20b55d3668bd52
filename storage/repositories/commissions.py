"""What people earn by others' orders."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Commission
from storage.tables import table


class CommissionRepository:
    """Commissions: frozen with their orders, reckoned whenever those or their money change."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def mark_stale(self, order_ids: Collection[int]) -> None:
        """Have what is earned by these orders reckoned anew; nothing where nobody earns by them."""
        if not order_ids:
            return
        commission = table(Commission)
        # Written even where it stands: whoever is reckoning it now must wait for us, or we for her.
        statement = (
            update(commission).where(commission.c.order_id.in_(sorted(set(order_ids)))).values(is_stale=True)
        )
        await (await self._session.connection()).execute(statement)
