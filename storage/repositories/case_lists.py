"""Cases with all that is shown of them, one by one and in lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.disputes import is_dispute
from storage.models import Case, CaseEvent, Group, Offer, Order, Person, Pick
from storage.states import CaseAct, CaseKind, CaseLevel, CaseOutcome, CaseSide, CaseStage
from storage.tables import table

_MOST_RESOLVED = 200
"""So many of the newest tell enough; more would make whoever opens a page wait."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenCase:
    """A case with all that is shown of it; amounts are in minor units of the order's currency."""

    id: int
    kind: CaseKind
    stage: CaseStage
    level: CaseLevel
    opened_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    offered: CaseOutcome | None
    offered_amount: int | None
    resolved_at: datetime | None
    outcome: CaseOutcome | None
    is_by_word: bool
    given_at: datetime | None
    recall_id: int | None
    person_id: int
    name: str
    private_is_open: bool
    erased_at: datetime | None
    order_id: int
    order_number: int
    pick_id: int
    pick_number: int
    curator_id: int | None
    title: str
    currency: str
    group_id: int
    group_title: str
    chat_id: int
    language: str
    time_zone: str
    owner_id: int | None
    answer_hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStep:
    """One step of a case's history, with the name of whoever took it."""

    id: int
    act: CaseAct
    side: CaseSide
    person_id: int | None
    name: str | None
    words: str
    photo_ids: Sequence[str] | None
    outcome: CaseOutcome | None
    amount: int | None
    happened_at: datetime


class CaseReach(NamedTuple):
    """Which cases somebody can be asked to decide, but for her own.

    The groups in which she touches every pick, those in which only her own, those that she owns, and whether
    she runs the bot.
    """

    person_id: int
    curated: Collection[int] = ()
    own_picks_in: Collection[int] = ()
    owned: Collection[int] = ()
    is_admin: bool = False


class CaseListRepository:
    """What members and those who decide are shown of cases."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, case_id: int) -> SeenCase | None:
        """One case."""
        return next(iter(await self._list(col(Case.id) == case_id, order=[col(Case.id)], limit=1)), None)

    async def list_own(self, person_id: int, *, limit: int, offset: int = 0) -> list[SeenCase]:
        """The cases that a person has opened, the newest first."""
        return await self._list(
            col(Case.person_id) == person_id, order=[col(Case.id).desc()], limit=limit, offset=offset
        )

    async def list_to_decide(self, reach: CaseReach, *, limit: int, offset: int = 0) -> list[SeenCase]:
        """What is open within somebody's reach: what waits for an answer first, by when it is promised."""
        waits = [col(Case.stage).desc(), col(Case.due_at), col(Case.id)]
        return await self._list(*_to_decide(reach), order=waits, limit=limit, offset=offset)

    async def list_settled(self, reach: CaseReach, *, limit: int, offset: int = 0) -> list[SeenCase]:
        """What is settled in the groups within somebody's reach, the newest first."""
        return await self._list(
            col(Case.resolved_at).is_not(None),
            _concerns(reach),
            order=[col(Case.resolved_at).desc(), col(Case.id).desc()],
            limit=limit,
            offset=offset,
        )

    async def list_steps(self, case_id: int) -> list[CaseStep]:
        """The whole history of a case, the first step first."""
        event = CaseEvent
        query = (
            core_select(
                col(event.id), col(event.act), col(event.side), col(event.person_id), col(Person.name),
                col(event.words), col(event.photo_ids), col(event.outcome), col(event.amount),
                col(event.happened_at),
            )
            .outerjoin(Person, col(Person.id) == col(event.person_id))
            .where(col(event.case_id) == case_id)
            .order_by(col(event.id))
        )  # fmt: skip
        names = list(CaseStep.__dataclass_fields__)
        return [CaseStep(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)]

    async def list_open_of(self, order_ids: Collection[int]) -> dict[int, int]:
        """The open cases about these orders, by order."""
        query = core_select(col(Case.order_id), col(Case.id)).where(
            col(Case.order_id).in_(order_ids), col(Case.resolved_at).is_(None)
        )
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def list_due(self, *, now: datetime, limit: int) -> list[int]:
        """The open cases whose time is over, or whose member wanted to be forgotten."""
        query = (
            core_select(col(Case.id))
            .join(Person, col(Person.id) == col(Case.person_id))
            .where(col(Case.resolved_at).is_(None))
            .where(or_(col(Case.due_at) <= now, col(Person.erased_at).is_not(None)))
            .order_by(col(Case.due_at), col(Case.id))
            .limit(limit)
        )
        return list((await self._session.execute(query)).scalars())

    async def resolutions(
        self, curator_id: int, *, since: datetime, group_id: int | None = None
    ) -> list[timedelta]:
        """How long the cases about a curator's picks took that were settled since then, of the newest 200.

        What was taken back by its member, or offered by a recall, says nothing of how fast anybody was.
        """
        of_group = [] if group_id is None else [col(Case.group_id) == group_id]
        query = (
            core_select(col(Case.opened_at), col(Case.resolved_at))
            .join(Pick, col(Pick.id) == col(Case.pick_id))
            .where(col(Pick.curator_id) == curator_id, col(Case.resolved_at) >= since, *of_group)
            .where(is_dispute())
            .order_by(col(Case.resolved_at).desc())
            .limit(_MOST_RESOLVED)
        )
        return [ended - opened for opened, ended in await self._session.execute(query)]

    async def _list(
        self, *conditions: Any, order: Sequence[Any], limit: int, offset: int = 0
    ) -> list[SeenCase]:
        its_own = list(SeenCase.__dataclass_fields__)[:14]
        query = (
            core_select(
                *(table(Case).c[name] for name in its_own),
                col(Person.id), col(Person.name), col(Person.private_is_open), col(Person.erased_at),
                col(Order.id), col(Order.number), col(Pick.id), col(Pick.number), col(Pick.curator_id),
                col(Offer.title), col(Offer.currency),
                col(Group.id), col(Group.title), col(Group.chat_id), col(Group.language),
                col(Group.time_zone), col(Group.owner_id), col(Group.answer_hours),
            )
            .select_from(Case)
            .join(Person, col(Person.id) == col(Case.person_id))
            .join(Order, col(Order.id) == col(Case.order_id))
            .join(Pick, col(Pick.id) == col(Case.pick_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Case.group_id))
            .where(*conditions)
            .order_by(*order)
            .limit(limit)
            .offset(offset)
        )  # fmt: skip
        names = list(SeenCase.__dataclass_fields__)
        return [SeenCase(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)]


def _to_decide(reach: CaseReach) -> list[ColumnElement[bool]]:
    at_curator = and_(
        col(Case.level) == CaseLevel.CURATOR,
        or_(
            col(Case.group_id).in_(reach.curated),
            and_(col(Case.group_id).in_(reach.own_picks_in), col(Pick.curator_id) == reach.person_id),
        ),
    )
    at_owner = and_(col(Case.level) == CaseLevel.OWNER, col(Case.group_id).in_(reach.owned))
    decides = [at_curator, at_owner, *([col(Case.level) == CaseLevel.ADMIN] if reach.is_admin else [])]
    return [col(Case.resolved_at).is_(None), col(Case.person_id) != reach.person_id, or_(*decides)]


def _concerns(reach: CaseReach) -> ColumnElement[bool]:
    of_hers = and_(col(Case.group_id).in_(reach.own_picks_in), col(Pick.curator_id) == reach.person_id)
    concerned = [col(Case.group_id).in_([*reach.curated, *reach.owned]), of_hers]
    if reach.is_admin:
        concerned.append(col(Case.level) == CaseLevel.ADMIN)
    return or_(*concerned)
