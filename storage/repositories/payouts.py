"""Payouts of what members have earned."""

from collections.abc import Collection, Sequence

from sqlalchemy import func
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Payout
from storage.states import PayoutStage
from storage.tables import table

CAME_TO_NOTHING = (PayoutStage.DECLINED, PayoutStage.WITHDRAWN)
"""Payouts that take nothing of what was earned."""


class PayoutRepository:
    """What members asked to be paid, and what became of it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, payout: Payout) -> Payout:
        """Keep a new payout; gives it its key."""
        self._session.add(payout)
        await self._session.flush()
        return payout

    async def save(self, payout: Payout) -> None:
        """Keep what was changed of a payout."""
        self._session.add(payout)
        await self._session.flush()

    async def get(self, payout_id: int, *, lock: bool = False) -> Payout:
        """The payout with this key; locked, nobody else changes it before the commit. Raises LookupError."""
        query = select(Payout).where(col(Payout.id) == payout_id)
        if lock:
            # What was read before the lock may be old by now.
            query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        found = (await self._session.exec(query)).first()
        if found is None:
            raise LookupError(f"no payout {payout_id}")
        return found

    async def taken(self, group_id: int, person_id: int) -> dict[str, int]:
        """What all payouts of a person in a group that were not declined come to, by currency."""
        payout = table(Payout)
        query = (
            core_select(payout.c.currency, func.sum(payout.c.amount))
            .where(
                payout.c.group_id == group_id,
                payout.c.person_id == person_id,
                payout.c.stage.not_in(CAME_TO_NOTHING),
            )
            .group_by(payout.c.currency)
        )
        rows = await (await self._session.connection()).execute(query)
        return {currency: int(amount) for currency, amount in rows}

    async def list_of_person(
        self, group_id: int, person_id: int, *, stages: Collection[PayoutStage] = tuple(PayoutStage)
    ) -> Sequence[Payout]:
        """A person's payouts in a group that have come so far, the newest first."""
        query = (
            select(Payout)
            .where(
                col(Payout.person_id) == person_id,
                col(Payout.group_id) == group_id,
                col(Payout.stage).in_(stages),
            )
            .order_by(col(Payout.id).desc())
        )
        return (await self._session.exec(query)).all()
