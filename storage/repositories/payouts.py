"""Payouts of what members have earned."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Commission, Group, Payout, Person
from storage.states import PaymentMethod, PayoutMethod, PayoutStage
from storage.tables import table

CAME_TO_NOTHING = (PayoutStage.DECLINED, PayoutStage.WITHDRAWN)
"""Payouts that take nothing of what was earned."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedPayout:
    """One payout with all that is shown of it."""

    id: int
    amount: int
    currency: str
    method: PayoutMethod
    stage: PayoutStage
    details: str
    note: str
    created_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    paid_at: datetime | None
    paid_by: str | None
    paid_with: PaymentMethod | None
    person_id: int
    name: str
    private_is_open: bool
    group_id: int
    group_title: str
    time_zone: str


class PayoutSum(NamedTuple):
    """How many payouts have come so far, and how much they are in one currency."""

    stage: PayoutStage
    currency: str
    payouts: int
    amount: int


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
        found = (await self._session.exec(locked(query, key_share=True) if lock else query)).first()
        if found is None:
            raise LookupError(f"no payout {payout_id}")
        return found

    async def groups_of(self, person_id: int) -> Sequence[Group]:
        """The groups in which a person has ever earned, or been paid."""
        earned = core_select(col(Commission.group_id)).where(col(Commission.earner_id) == person_id)
        paid = core_select(col(Payout.group_id)).where(col(Payout.person_id) == person_id)
        query = (
            select(Group)
            .where(col(Group.id).in_(earned.union(paid)))
            .order_by(col(Group.title), col(Group.id))
        )
        return (await self._session.exec(query)).all()

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

    async def list_open_of(self, group_id: int, person_id: int) -> Sequence[Payout]:
        """What a person has asked a group for and neither got nor been declined, the newest first."""
        query = (
            select(Payout)
            .where(col(Payout.person_id) == person_id, col(Payout.group_id) == group_id)
            .where(col(Payout.stage).in_((PayoutStage.ASKED, PayoutStage.APPROVED)))
            .order_by(col(Payout.id).desc())
        )
        return (await self._session.exec(query)).all()

    async def paid(self, group_id: int, person_id: int) -> dict[str, int]:
        """What a person was paid of her earnings in a group, by currency."""
        payout = table(Payout)
        query = (
            core_select(payout.c.currency, func.sum(payout.c.amount))
            .where(payout.c.group_id == group_id, payout.c.person_id == person_id)
            .where(payout.c.stage == PayoutStage.PAID)
            .group_by(payout.c.currency)
        )
        rows = await (await self._session.connection()).execute(query)
        return {currency: int(amount) for currency, amount in rows}

    async def find_listed(self, payout_id: int) -> ListedPayout | None:
        """One payout with all that is shown of it."""
        found = await self._listed(col(Payout.id) == payout_id, newest=False, offset=0, limit=1)
        return found[0] if found else None

    async def list_in(
        self,
        group_id: int,
        stages: Collection[PayoutStage],
        *,
        newest: bool = False,
        offset: int = 0,
        limit: int = 100,
    ) -> list[ListedPayout]:
        """A group's payouts that have come so far, the oldest first unless the newest is wanted."""
        return await self._listed(
            col(Payout.group_id) == group_id,
            col(Payout.stage).in_(stages),
            newest=newest,
            offset=offset,
            limit=limit,
        )

    async def sums(self, group_id: int, stages: Collection[PayoutStage]) -> list[PayoutSum]:
        """How many of a group's payouts have come so far, by stage and currency."""
        payout = table(Payout)
        query = (
            core_select(payout.c.stage, payout.c.currency, func.count(), func.sum(payout.c.amount))
            .where(payout.c.group_id == group_id, payout.c.stage.in_(stages))
            .group_by(payout.c.stage, payout.c.currency)
            .order_by(payout.c.stage, payout.c.currency)
        )
        rows = await (await self._session.connection()).execute(query)
        return [PayoutSum(row[0], row[1], int(row[2]), int(row[3])) for row in rows]

    async def groups_with_open(self) -> list[tuple[Group, int]]:
        """The groups that somebody waits for to be paid by, each with how many payouts are open."""
        open_ = col(Payout.stage).in_((PayoutStage.ASKED, PayoutStage.APPROVED))
        query = (
            select(Group, func.count())
            .join(Payout, col(Payout.group_id) == col(Group.id))
            .where(open_)
            .group_by(col(Group.id))
            .order_by(col(Group.title), col(Group.id))
        )
        return [(group, int(count)) for group, count in await self._session.exec(query)]

    async def _listed(self, *conditions: Any, newest: bool, offset: int, limit: int) -> list[ListedPayout]:
        payout, person, group = table(Payout), table(Person), table(Group)
        decider, payer = person.alias("decider"), person.alias("payer")
        elsewhere = {
            "decided_by": decider.c.name,
            "paid_by": payer.c.name,
            "name": person.c.name,
            "private_is_open": person.c.private_is_open,
            "group_title": group.c.title,
            "time_zone": group.c.time_zone,
        }
        columns = [
            elsewhere[name] if name in elsewhere else payout.c[name]
            for name in ListedPayout.__dataclass_fields__
        ]
        query = (
            core_select(*columns)
            .select_from(
                payout.join(person, person.c.id == payout.c.person_id)
                .join(group, group.c.id == payout.c.group_id)
                .outerjoin(decider, decider.c.id == payout.c.decided_by_id)
                .outerjoin(payer, payer.c.id == payout.c.paid_by_id)
            )
            .where(*conditions)
            .order_by(payout.c.id.desc() if newest else payout.c.id)
            .offset(offset)
            .limit(limit)
        )
        rows = await (await self._session.connection()).execute(query)
        names = list(ListedPayout.__dataclass_fields__)
        return [ListedPayout(**dict(zip(names, row, strict=True))) for row in rows]
