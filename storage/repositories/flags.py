"""What looks like abuse of rewards, and what was decided of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import Flag, Group, Order, Person
from storage.models.flags import FIRST_OF_RING
from storage.states import FlagKind, FlagOutcome
from storage.tables import table, upsert


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedFlag:
    """One suspicion with all that is shown of it."""

    id: int
    kind: FlagKind
    evidence: Mapping[str, Any]
    opened_at: datetime
    settled_at: datetime | None
    settled_by: str | None
    outcome: FlagOutcome | None
    note: str
    group_id: int
    group_title: str
    time_zone: str
    currency: str
    person_id: int
    name: str
    other_id: int | None
    other: str | None
    order_id: int | None
    order_number: int | None


class FlagRepository:
    """Suspicions: a machine writes them, a person settles them.

    Whoever pays rewards asks `suspected` before somebody's first one in a group, and `withheld` before any.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def suspected(self, group_id: int, person_ids: Collection[int]) -> set[int]:
        """Those of these people whose first reward in a group waits: a suspicion is open against them."""
        return await self._people(group_id, person_ids, col(Flag.settled_at).is_(None))

    async def withheld(self, group_id: int, person_ids: Collection[int]) -> set[int]:
        """Those of these people to whom a group pays no reward, since somebody decided so."""
        return await self._people(group_id, person_ids, col(Flag.outcome) == FlagOutcome.WITHHOLD)

    async def raise_flag(
        self,
        kind: FlagKind,
        *,
        group_id: int,
        person_id: int,
        other_id: int | None,
        order_id: int | None,
        evidence: Mapping[str, Any],
        merge_key: str,
        now: datetime,
    ) -> None:
        """Write a suspicion down, or its newer evidence while it is open."""
        row = {
            "kind": kind,
            "group_id": group_id,
            "person_id": person_id,
            "other_id": other_id,
            "order_id": order_id,
            "evidence": dict(evidence),
            "merge_key": merge_key,
            "opened_at": now,
            "note": "",
        }
        statement = upsert(self._session, Flag)
        statement = statement.on_conflict_do_update(
            index_elements=["merge_key"],
            set_={"evidence": statement.excluded.evidence, "order_id": statement.excluded.order_id},
            where=col(Flag.settled_at).is_(None),
        )
        await (await self._session.connection()).execute(statement, [row])

    async def list_known(self, group_id: int, person_ids: Collection[int] | None = None) -> Sequence[Flag]:
        """Every suspicion about these people in a group, settled or not, the first first."""
        query = select(Flag).where(col(Flag.group_id) == group_id).order_by(col(Flag.id))
        if person_ids is not None:
            query = query.where(col(Flag.person_id).in_(person_ids))
        return (await self._session.exec(query)).all()

    async def get(self, flag_id: int, *, lock: bool = False) -> Flag:
        """The suspicion with this key; locked, nobody settles it before the commit. Raises LookupError."""
        query = select(Flag).where(col(Flag.id) == flag_id)
        found = (await self._session.exec(locked(query) if lock else query)).first()
        if found is None:
            raise LookupError(f"no flag {flag_id}")
        return found

    async def save(self, flag: Flag) -> None:
        """Keep what was decided."""
        self._session.add(flag)
        await self._session.flush()

    async def find(self, flag_id: int) -> OpenedFlag | None:
        """One suspicion with all that is shown of it."""
        return next(iter(await self._list(col(Flag.id) == flag_id, limit=1, offset=0)), None)

    async def list_open(
        self, group_ids: Collection[int] | None, *, limit: int, offset: int = 0
    ) -> list[OpenedFlag]:
        """What waits for a decision in these groups, or in all of them (None), the oldest first."""
        return await self._list(
            *_within(group_ids), FIRST_OF_RING, col(Flag.settled_at).is_(None), limit=limit, offset=offset
        )

    async def list_standing(
        self, group_ids: Collection[int] | None, *, limit: int, offset: int = 0
    ) -> list[OpenedFlag]:
        """What was settled by watching or withholding, which can still be lifted; the oldest first."""
        stands = col(Flag.outcome).in_([FlagOutcome.WATCH, FlagOutcome.WITHHOLD])
        return await self._list(*_within(group_ids), FIRST_OF_RING, stands, limit=limit, offset=offset)

    async def count_open(self, group_ids: Collection[int] | None) -> int:
        """How much waits for a decision in these groups, or in all of them (None)."""
        query = core_select(func.count()).select_from(Flag)
        return (
            await self._session.scalar(
                query.where(*_within(group_ids), FIRST_OF_RING, col(Flag.settled_at).is_(None))
            )
            or 0
        )

    async def _people(
        self, group_id: int, person_ids: Collection[int], condition: ColumnElement[bool]
    ) -> set[int]:
        if not person_ids:
            return set()
        query = core_select(col(Flag.person_id)).where(
            col(Flag.group_id) == group_id, col(Flag.person_id).in_(person_ids), condition
        )
        return set((await self._session.execute(query)).scalars())

    async def _list(self, *conditions: ColumnElement[bool], limit: int, offset: int) -> list[OpenedFlag]:
        other, by = table(Person).alias("other"), table(Person).alias("by")
        query = (
            core_select(
                col(Flag.id), col(Flag.kind), col(Flag.evidence), col(Flag.opened_at), col(Flag.settled_at),
                by.c.name, col(Flag.outcome), col(Flag.note),
                col(Group.id), col(Group.title), col(Group.time_zone), col(Group.currency),
                col(Person.id), col(Person.name), col(Flag.other_id), other.c.name,
                col(Flag.order_id), col(Order.number),
            )
            .join(Group, col(Group.id) == col(Flag.group_id))
            .join(Person, col(Person.id) == col(Flag.person_id))
            .outerjoin(other, other.c.id == col(Flag.other_id))
            .outerjoin(by, by.c.id == col(Flag.settled_by_id))
            .outerjoin(Order, col(Order.id) == col(Flag.order_id))
            .where(*conditions)
            .order_by(col(Flag.id))
            .limit(limit)
            .offset(offset)
        )  # fmt: skip
        names = list(OpenedFlag.__dataclass_fields__)
        return [
            OpenedFlag(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)
        ]


def _within(group_ids: Collection[int] | None) -> list[ColumnElement[bool]]:
    return [] if group_ids is None else [col(Flag.group_id).in_(group_ids)]
