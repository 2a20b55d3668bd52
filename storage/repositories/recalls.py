"""Goods that are stopped everywhere: why, since when, whom it concerns, and what they say to it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, func, insert, literal, or_, select, update
from sqlmodel import col
from sqlmodel import select as model_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.disputes import is_dispute
from storage.locking import locked
from storage.models import Case, Group, Listing, Offer, Order, Person, Pick, Recall, RecallBuyer
from storage.purchases import is_round_of, origin_of
from storage.states import CaseKind, FulfilmentState, OrderState, PickState, RecallAnswer
from storage.tables import table

_NEWEST_CASES = 1000
"""So many of them are looked through for goods that are disputed; there are never so many in a day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One pick of what is stopped, with its group; those of one offer are of one batch."""

    pick_id: int
    offer_id: int
    number: int
    state: PickState
    curator_id: int | None
    closed_at: datetime | None
    group_id: int
    chat_id: int
    #: Whether the bot is in the group.
    is_active: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Concerned:
    """One order of what is stopped, and whether its buyer reads private messages."""

    recall_id: int
    order_id: int
    person_id: int
    private_is_open: bool
    #: What was stopped is on sale again.
    is_over: bool


class Answers(NamedTuple):
    """How many orders a recall concerns, how many of their buyers were told, and what they said."""

    orders: int
    told: int
    fine: int
    wants_back: int


class RecallRepository:
    """Recalls and the orders that they concern.

    What is stopped is an offer with all its rounds. Whoever stops or lifts locks the first of them.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock_origin(self, offer_id: int) -> int:
        """The offer that this one is a round of, locked: nobody else stops or lifts it, or posts a round."""
        offer = table(Offer)
        query = select(origin_of(offer)).where(offer.c.id == offer_id)
        origin_id = (await self._session.execute(query)).scalar_one()
        lock = select(offer.c.id).where(offer.c.id == origin_id).with_for_update(key_share=True)
        await self._session.execute(lock)
        # While it was waited for, a curator may have said of what it is a round.
        if (await self._session.execute(query)).scalar_one() != origin_id:
            return await self.lock_origin(offer_id)
        return int(origin_id)

    async def is_stopped(self, offer_id: int) -> bool:
        """Whether an offer takes no orders; until the commit nobody stops it, or lifts that."""
        offer = table(Offer)
        query = select(origin_of(offer)).where(offer.c.id == offer_id)
        origin_id = (await self._session.execute(query)).scalar()
        query = select(offer.c.stopped_at).where(offer.c.id == origin_id).with_for_update(read=True)
        return (await self._session.execute(query)).scalar() is not None

    async def set_stopped(self, origin_id: int, at: datetime | None) -> None:
        """Note on all rounds of an offer since when they take no orders; None: they take some again."""
        is_round = is_round_of(table(Offer), origin_id)
        await (await self._session.connection()).execute(update(Offer).where(is_round).values(stopped_at=at))

    async def find_running(self, origin_id: int) -> Recall | None:
        """The recall by which an offer is stopped now."""
        query = model_select(Recall).where(col(Recall.origin_id) == origin_id)
        return (await self._session.exec(query.where(col(Recall.lifted_at).is_(None)))).first()

    async def find_last(self, origin_id: int) -> Recall | None:
        """The newest recall of an offer, whether it runs or is lifted."""
        query = model_select(Recall).where(col(Recall.origin_id) == origin_id)
        return (await self._session.exec(query.order_by(col(Recall.id).desc()).limit(1))).first()

    async def find(self, recall_id: int) -> Recall | None:
        """The recall with this key."""
        return (await self._session.exec(model_select(Recall).where(col(Recall.id) == recall_id))).first()

    async def add(self, recall: Recall) -> int:
        """Keep a new recall; returns its key."""
        self._session.add(recall)
        await self._session.flush()
        assert recall.id is not None
        return recall.id

    async def save(self, row: Recall | RecallBuyer) -> None:
        """Keep what was changed."""
        self._session.add(row)
        await self._session.flush()

    async def list_disputed(self, *, since: datetime) -> list[int]:
        """The offers, by their first rounds, that take orders and of which somebody complained lately."""
        newest = select(func.max(col(Case.id)) - _NEWEST_CASES).scalar_subquery()
        origin = origin_of(table(Offer))
        query = (
            select(origin)
            .select_from(Case)
            .join(Pick, col(Pick.id) == col(Case.pick_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .where(col(Case.id) > newest, col(Case.opened_at) >= since)
            .where(col(Case.kind) != CaseKind.LATE, is_dispute())
            .where(col(Offer.stopped_at).is_(None))
            .distinct()
            .order_by(origin)
        )
        return list((await self._session.execute(query)).scalars())

    async def list_rounds(self, origin_id: int) -> list[Round]:
        """Every pick of an offer and of its further rounds, the first first."""
        is_round = is_round_of(table(Offer), origin_id)
        query = (
            select(
                *(col(Pick.id), col(Pick.offer_id), col(Pick.number), col(Pick.state)),
                *(col(Pick.curator_id), col(Pick.closed_at)),
                *(col(Group.id), col(Group.chat_id), col(Group.is_active)),
            )
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(is_round)
            .order_by(col(Pick.id))
        )
        names = list(Round.__dataclass_fields__)
        return [Round(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)]

    async def list_suppliers(self, origin_id: int) -> list[int]:
        """The groups that let others sell an offer, or one of its rounds."""
        listed = exists().where(
            table(Listing).c.group_id == col(Group.id),
            table(Listing).c.offer_id == table(Offer).c.id,
            is_round_of(table(Offer), origin_id),
        )
        query = select(col(Group.id)).where(listed).order_by(col(Group.id))
        return list((await self._session.execute(query)).scalars())

    async def find_newest_dispute(self, origin_id: int) -> tuple[int, int] | None:
        """The pick of which somebody complained last, and its group; lateness is not the goods' fault."""
        query = (
            select(col(Pick.id), col(Pick.group_id))
            .join(Case, col(Case.pick_id) == col(Pick.id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .where(is_round_of(table(Offer), origin_id))
            .where(col(Case.kind) != CaseKind.LATE, is_dispute())
            .order_by(col(Case.id).desc())
            .limit(1)
        )
        row = (await self._session.execute(query)).first()
        return (row[0], row[1]) if row is not None and row[0] is not None else None

    async def gather(
        self, recall_id: int, origin_id: int, *, batches: Collection[int], closed_since: datetime
    ) -> int:
        """Note every order that stands and is not noted yet; returns how many were new.

        Those are the orders of these offers, and what nobody fetched yet of all other rounds, unless those
        closed before.
        """
        noted = exists().where(
            col(RecallBuyer.recall_id) == recall_id, col(RecallBuyer.order_id) == col(Order.id)
        )
        orders = (
            select(literal(recall_id), col(Order.id))
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .where(is_round_of(table(Offer), origin_id))
            .where(col(Order.state) != OrderState.CANCELLED)
            .where(col(Order.fulfilment_state) != FulfilmentState.RETURNED, ~noted)
            .where(
                or_(
                    col(Offer.id).in_(batches),
                    and_(
                        col(Order.handed_over_at).is_(None),
                        or_(col(Pick.state) == PickState.LIVE, col(Pick.closed_at) >= closed_since),
                    ),
                )
            )
            .order_by(col(Order.id))
        )
        statement = insert(table(RecallBuyer)).from_select(["recall_id", "order_id"], orders)
        return (await (await self._session.connection()).execute(statement)).rowcount

    async def list_concerned_picks(self, recall_id: int) -> set[int]:
        """The picks of which a recall concerns some order."""
        query = (
            select(col(Order.pick_id))
            .join(RecallBuyer, col(RecallBuyer.order_id) == col(Order.id))
            .where(col(RecallBuyer.recall_id) == recall_id)
            .distinct()
        )
        return set((await self._session.execute(query)).scalars())

    async def list_to_tell(self, *, late_since: datetime) -> list[int]:
        """What is stopped and not told to all of its buyers, or so lately that there may be more of them."""
        untold = exists().where(
            col(RecallBuyer.recall_id) == col(Recall.id), col(RecallBuyer.told_at).is_(None)
        )
        query = (
            select(col(Recall.id))
            .where(col(Recall.lifted_at).is_(None), or_(col(Recall.begun_at) >= late_since, untold))
            .order_by(col(Recall.id))
        )
        return [key for key in (await self._session.execute(query)).scalars() if key is not None]

    async def list_untold(self, recall_id: int, *, limit: int) -> list[Concerned]:
        """Orders whose buyers have not been told yet, locked; others' are left to them."""
        untold = _concerned(recall_id).where(col(RecallBuyer.told_at).is_(None)).limit(limit)
        return await self._list(untold.with_for_update(of=table(RecallBuyer), skip_locked=True))

    async def list_waiting(self, recall_id: int) -> list[Concerned]:
        """Orders that nobody has fetched yet, whose buyers were told in private, and wait how it goes on."""
        waits = or_(col(RecallBuyer.answer).is_(None), col(RecallBuyer.answer) == RecallAnswer.FINE)
        return await self._list(
            _concerned(recall_id)
            .where(col(RecallBuyer.told_at).is_not(None), col(Person.private_is_open), waits)
            .where(col(Order.handed_over_at).is_(None), col(Order.state) != OrderState.CANCELLED)
        )

    async def mark_told(self, recall_id: int, order_ids: Collection[int], *, now: datetime) -> None:
        """Note that the buyers of these orders were told."""
        told = and_(col(RecallBuyer.recall_id) == recall_id, col(RecallBuyer.order_id).in_(order_ids))
        await (await self._session.connection()).execute(update(RecallBuyer).where(told).values(told_at=now))

    async def find_buyer(self, recall_id: int, order_id: int, *, lock: bool = False) -> RecallBuyer | None:
        """What one order has to do with a recall; locked, its buyer cannot answer twice at once."""
        query = model_select(RecallBuyer).where(
            col(RecallBuyer.recall_id) == recall_id, col(RecallBuyer.order_id) == order_id
        )
        return (await self._session.exec(locked(query) if lock else query)).first()

    async def list_mine(self, recall_id: int, person_id: int) -> list[int]:
        """A person's orders that a recall concerns; what came back meanwhile is none of them."""
        query = (
            select(col(RecallBuyer.order_id))
            .join(Order, col(Order.id) == col(RecallBuyer.order_id))
            .where(col(RecallBuyer.recall_id) == recall_id, col(Order.person_id) == person_id)
            .where(col(Order.fulfilment_state) != FulfilmentState.RETURNED)
            .order_by(col(RecallBuyer.order_id))
        )
        return list((await self._session.execute(query)).scalars())

    async def answers(self, recall_id: int) -> Answers:
        """How many orders a recall concerns, and what became of them so far."""
        query = select(
            func.count(),
            func.count(col(RecallBuyer.told_at)),
            func.count().filter(col(RecallBuyer.answer) == RecallAnswer.FINE),
            func.count().filter(col(RecallBuyer.answer) == RecallAnswer.WANTS_BACK),
        ).where(col(RecallBuyer.recall_id) == recall_id)
        return Answers(*(await self._session.execute(query)).one())

    async def _list(self, query: Any) -> list[Concerned]:
        names = list(Concerned.__dataclass_fields__)
        return [Concerned(**dict(zip(names, row, strict=True))) for row in await self._session.execute(query)]


def _concerned(recall_id: int) -> Any:
    return (
        select(
            *(col(RecallBuyer.recall_id), col(RecallBuyer.order_id)),
            *(col(Order.person_id), col(Person.private_is_open), col(Recall.lifted_at).is_not(None)),
        )
        .join(Order, col(Order.id) == col(RecallBuyer.order_id))
        .join(Person, col(Person.id) == col(Order.person_id))
        .join(Recall, col(Recall.id) == col(RecallBuyer.recall_id))
        .where(col(RecallBuyer.recall_id) == recall_id)
        .order_by(col(RecallBuyer.order_id))
    )
