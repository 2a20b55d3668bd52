"""What groups pay for recommendations."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Group, Member, Plan
from storage.states import Presence


class PlanRepository:
    """The one plan of each group that has one."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, group_id: int, *, lock: bool = False) -> Plan | None:
        """A group's plan, in force or not; locked, nobody else changes it before the commit."""
        query = select(Plan).where(col(Plan.group_id) == group_id)
        return (await self._session.exec(locked(query, key_share=True) if lock else query)).first()

    async def list_active(self, group_ids: Collection[int]) -> dict[int, Plan]:
        """The plans in force among those of these groups, by group."""
        query = select(Plan).where(col(Plan.group_id).in_(group_ids), col(Plan.is_active))
        return {plan.group_id: plan for plan in await self._session.exec(query)}

    async def paying_groups_of(self, person_id: int) -> Sequence[Group]:
        """The groups that a person is in and that pay for recommendations."""
        query = (
            select(Group)
            .join(Member, col(Member.group_id) == col(Group.id))
            .join(Plan, col(Plan.group_id) == col(Group.id))
            .where(col(Member.person_id) == person_id, col(Member.presence) == Presence.JOINED)
            .where(col(Plan.is_active))
            .order_by(col(Group.title), col(Group.id))
        )
        return (await self._session.exec(query)).all()

    async def save(self, plan: Plan) -> None:
        """Keep a new plan, or what was changed of one."""
        self._session.add(plan)
        await self._session.flush()

    async def forget_amounts(self, group_id: int, *, now: datetime) -> None:
        """A group's money is another one: its plan ends until somebody has said what it is in that."""
        statement = (
            update(Plan)
            .where(col(Plan.group_id) == group_id)
            .values(
                is_active=False,
                order_cap_amount=None,
                month_cap_amount=None,
                pair_cap_amount=None,
                minimum_payout_amount=0,
                changed_at=now,
            )
        )
        await (await self._session.connection()).execute(statement)
