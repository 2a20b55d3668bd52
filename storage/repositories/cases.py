"""What members say is wrong with their orders, and how often that is so."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.disputes import is_dispute
from storage.locking import locked
from storage.models import Case, CaseEvent, Offer, Order, Pick
from storage.purchases import is_round_of
from storage.states import CaseAct, CaseKind, OrderState
from storage.tables import table


class Disputes(NamedTuple):
    """So many of so many delivered orders are, or were, disputed."""

    disputed: int
    delivered: int


class CaseRepository:
    """Cases, each with its append-only history.

    An order counts as delivered once it was handed over, or is disputed although it never was; what was
    cancelled, or can still be, counts for nothing: anybody could order and complain.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def disputes_of_offer(self, origin_id: int) -> Disputes:
        """How many orders of an offer, in all rounds and groups, are disputed; lateness is not its fault."""
        rounds = (await self.disputes_by_round(origin_id)).values()
        return Disputes(sum(one.disputed for one in rounds), sum(one.delivered for one in rounds))

    async def disputes_by_round(
        self, origin_id: int, *, since: datetime | None = None
    ) -> dict[int, Disputes]:
        """How many orders of each round of an offer are disputed, by the offer that was posted in it.

        Lateness is not its fault, and a round of which nothing was delivered is left out. With `since`, what
        was handed over and what was disputed before counts nothing.
        """
        of_offer = is_round_of(table(Offer), origin_id)
        lately = [] if since is None else [col(Case.opened_at) >= since]
        disputed = _dispute(col(Case.kind) != CaseKind.LATE, *lately).exists()
        handed_at = col(Order.handed_over_at)
        handed = handed_at.is_not(None) if since is None else handed_at >= since
        query = _counts(disputed).join(Offer, col(Offer.id) == col(Pick.offer_id)).where(of_offer)
        query = query.where(or_(handed, disputed)).add_columns(col(Offer.id)).group_by(col(Offer.id))
        rows = await self._session.execute(query)
        return {offer_id: Disputes(int(disputed), delivered) for disputed, delivered, offer_id in rows}

    async def disputes_of_group(self, group_id: int, since: datetime, until: datetime) -> Disputes:
        """How many orders that a group delivered in this time are disputed, for whatever reason.

        What was never handed over counts from when its member said that something is wrong.
        """
        within = col(Order.handed_over_at) >= since, col(Order.handed_over_at) < until
        opened = _dispute(col(Case.opened_at) >= since, col(Case.opened_at) < until).exists()
        never = and_(col(Order.handed_over_at).is_(None), opened)
        query = _counts(_dispute().exists()).where(col(Pick.group_id) == group_id)
        return await self._disputes(query.where(or_(and_(*within), never)))

    async def has_open(self, order_ids: Collection[int]) -> set[int]:
        """Those of these orders about which a case is open."""
        if not order_ids:
            return set()
        query = core_select(col(Case.order_id)).where(
            col(Case.order_id).in_(order_ids), col(Case.resolved_at).is_(None)
        )
        return set((await self._session.execute(query)).scalars())

    async def get(self, case_id: int, *, lock: bool = False) -> Case:
        """The case with this key; locked, nobody else answers before the commit. Raises LookupError."""
        query = select(Case).where(col(Case.id) == case_id)
        found = (await self._session.exec(locked(query) if lock else query)).first()
        if found is None:
            raise LookupError(f"no case {case_id}")
        return found

    async def find_open(self, order_id: int) -> Case | None:
        """The case that is open about an order."""
        query = select(Case).where(col(Case.order_id) == order_id, col(Case.resolved_at).is_(None))
        return (await self._session.exec(query)).first()

    async def save(self, case: Case) -> Case:
        """Keep a case, new or changed; gives a new one its key."""
        self._session.add(case)
        await self._session.flush()
        return case

    async def note(self, event: CaseEvent) -> None:
        """Add a step to the history of a case."""
        self._session.add(event)
        await self._session.flush()

    async def has_moved_on(self, case_id: int, *, since_id: int) -> bool:
        """Whether anything but words has come into a case behind this step of its history."""
        query = (
            core_select(col(CaseEvent.id))
            .where(col(CaseEvent.case_id) == case_id, col(CaseEvent.id) > since_id)
            .where(col(CaseEvent.act) != CaseAct.SAID)
            .limit(1)
        )
        return (await self._session.execute(query)).first() is not None

    async def last_offer(self, case_id: int) -> CaseEvent | None:
        """The step by which was offered what is offered now."""
        query = select(CaseEvent).where(
            col(CaseEvent.case_id) == case_id, col(CaseEvent.act) == CaseAct.OFFERED
        )
        return (await self._session.exec(query.order_by(col(CaseEvent.id).desc()))).first()

    async def count_of_order(self, order_id: int) -> int:
        """How many cases there have been about an order, but for those that a recall had invited."""
        query = (
            core_select(func.count())
            .select_from(Case)
            .where(col(Case.order_id) == order_id, col(Case.recall_id).is_(None))
        )
        return await self._session.scalar(query) or 0

    async def _disputes(self, query: Any) -> Disputes:
        disputed, delivered = (await self._session.execute(query)).one()
        return Disputes(int(disputed or 0), int(delivered))


def _dispute(*conditions: ColumnElement[bool]) -> Any:
    return (
        core_select(col(Case.id))
        .where(col(Case.order_id) == col(Order.id), is_dispute(), *conditions)
        .correlate(Order)
    )


def _counts(disputed: ColumnElement[bool]) -> Any:
    return (
        core_select(func.sum(case((disputed, 1), else_=0)), func.count())
        .select_from(Order)
        .join(Pick, col(Pick.id) == col(Order.pick_id))
        .where(col(Order.state).in_([OrderState.CONFIRMED, OrderState.COMPLETED, OrderState.NEEDS_REVIEW]))
    )
