"""What somebody's commissions add up to, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Commission, Group, Offer, Order, Pick
from storage.states import CommissionSource, CommissionState
from storage.tables import table


class EarningTotals(NamedTuple):
    """What somebody's commissions in one group come to, in minor units of one currency."""

    group_id: int
    group_title: str
    currency: str
    #: Of orders that are not completed, or not paid.
    expected_amount: int
    #: Of completed orders that may still be given back.
    accrued_amount: int
    #: What fell due; less all payouts, that can be paid out.
    due_amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Earning:
    """One commission as its earner sees it: of which pick it is, and not what was bought."""

    order_id: int
    level: int
    group_id: int
    group_title: str
    time_zone: str
    pick_id: int
    pick_number: int
    title: str
    source: CommissionSource
    bps: int
    currency: str
    state: CommissionState
    expected_amount: int
    accrued_amount: int
    frozen_at: datetime
    accrued_at: datetime | None
    due_at: datetime | None
    released_at: datetime | None


class EarningsRepository:
    """Commissions, seen by whoever earns them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def totals(self, person_id: int, *, group_id: int | None = None) -> list[EarningTotals]:
        """What somebody's commissions come to, by group and currency, in one group or in all."""
        commission, group = table(Commission), table(Group)
        state = commission.c.state

        def total(of: CommissionState, amount: Any) -> Any:
            return func.sum(case((state == of, amount), else_=0))

        query = (
            core_select(
                group.c.id,
                group.c.title,
                commission.c.currency,
                total(CommissionState.EXPECTED, commission.c.expected_amount),
                total(CommissionState.ACCRUED, commission.c.accrued_amount),
                total(CommissionState.DUE, commission.c.accrued_amount),
            )
            .join(group, group.c.id == commission.c.group_id)
            .where(commission.c.earner_id == person_id)
            .group_by(group.c.id, group.c.title, commission.c.currency)
            .order_by(group.c.title, group.c.id, commission.c.currency)
        )
        if group_id is not None:
            query = query.where(commission.c.group_id == group_id)
        return [EarningTotals(*row[:3], *map(int, row[3:])) for row in await self._run(query)]

    async def list_of(
        self, person_id: int, *, group_id: int | None = None, limit: int, offset: int = 0
    ) -> list[Earning]:
        """Somebody's commissions, the newest first, in one group or in all."""
        commission, group, order = table(Commission), table(Group), table(Order)
        pick, offer = table(Pick), table(Offer)
        beside = {
            "group_title": group.c.title,
            "time_zone": group.c.time_zone,
            "pick_id": pick.c.id,
            "pick_number": pick.c.number,
            "title": offer.c.title,
        }
        columns = [
            (beside[name] if name in beside else commission.c[name]).label(name)
            for name in Earning.__dataclass_fields__
        ]
        query = (
            core_select(*columns)
            .select_from(commission)
            .join(group, group.c.id == commission.c.group_id)
            .join(order, order.c.id == commission.c.order_id)
            .join(pick, pick.c.id == order.c.pick_id)
            .join(offer, offer.c.id == pick.c.offer_id)
            .where(commission.c.earner_id == person_id)
            .order_by(commission.c.frozen_at.desc(), commission.c.order_id.desc(), commission.c.level)
            .limit(limit)
            .offset(offset)
        )
        if group_id is not None:
            query = query.where(commission.c.group_id == group_id)
        return [Earning(**row._mapping) for row in await self._run(query)]

    async def count_of(self, person_id: int, *, group_id: int | None = None) -> int:
        """How many commissions somebody has, in one group or in all."""
        commission = table(Commission)
        query = core_select(func.count()).where(commission.c.earner_id == person_id)
        if group_id is not None:
            query = query.where(commission.c.group_id == group_id)
        return int((await self._run(query)).scalar_one())

    async def _run(self, query: Select[Any]) -> Any:
        return await (await self._session.connection()).execute(query)
