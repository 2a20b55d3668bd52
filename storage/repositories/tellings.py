"""Picks that were told personally, and whom."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import case, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Offer, Order, Pick, Telling, Told
from storage.purchases import is_round_of
from storage.states import OrderState, PickState
from storage.tables import table, upsert

_CAME_TO_NOTHING = (PickState.FAILED, PickState.WITHDRAWN)


class TellingBuyers(NamedTuple):
    """How many of those who were told of a pick ordered it, and of those who were left out."""

    told: int
    held: int


class TellingRepository:
    """Tellings, and who was told or held back."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, telling: Telling, *, reasons: Mapping[int, Sequence[str]], held: frozenset[int]
    ) -> None:
        """Keep a telling with those who were likely to care (person -> why), told or held back."""
        self._session.add(telling)
        await self._session.flush()
        rows = [
            {
                "pick_id": telling.pick_id,
                "person_id": person_id,
                "is_held_back": person_id in held,
                "reasons": list(why),
                "chosen_at": telling.begun_at,
            }
            for person_id, why in sorted(reasons.items())
        ]
        await self._run(upsert(self._session, Told).on_conflict_do_nothing(), rows)

    async def find(self, pick_id: int) -> Telling | None:
        """How a pick was told, if it was."""
        return await self._session.get(Telling, pick_id, populate_existing=True)

    async def find_told(self, pick_id: int, person_id: int) -> Told | None:
        """That a person was told of a pick; of who was held back nothing is said."""
        told = await self._session.get(Told, (pick_id, person_id))
        return told if told is not None and not told.is_held_back else None

    async def told_among(self, pick_id: int, person_ids: Collection[int]) -> set[int]:
        """Which of these people were told of a pick."""
        of = table(Told).c
        query = core_select(of.person_id).where(
            of.pick_id == pick_id, of.person_id.in_(sorted(person_ids)), ~of.is_held_back
        )
        return set((await self._run(query)).scalars())

    async def told_since(
        self, group_id: int, person_ids: Collection[int], *, origin_id: int, since: datetime
    ) -> set[int]:
        """Which of these people were told since then of any pick of a group, or of an offer in another."""
        told, pick, offer = table(Told), table(Pick), table(Offer)
        query = (
            core_select(told.c.person_id)
            .select_from(
                told.join(pick, pick.c.id == told.c.pick_id).join(offer, offer.c.id == pick.c.offer_id)
            )
            .where(told.c.person_id.in_(sorted(person_ids)), told.c.chosen_at > since, ~told.c.is_held_back)
            .where(or_(pick.c.group_id == group_id, is_round_of(offer, origin_id)))
        )
        return set((await self._run(query)).scalars())

    async def count_buyers(self, pick_id: int, *, until: datetime) -> TellingBuyers:
        """How many of either kind had ordered a pick by then, and stand by it.

        Where it came to nothing all orders were cancelled, whoever stood by hers: there each of them counts.
        """
        told, order, pick = table(Told), table(Order), table(Pick)
        query = (
            core_select(
                func.count(case((~told.c.is_held_back, 1))),
                func.count(case((told.c.is_held_back, 1))),
            )
            .select_from(
                told.join(
                    order, (order.c.pick_id == told.c.pick_id) & (order.c.person_id == told.c.person_id)
                ).join(pick, pick.c.id == told.c.pick_id)
            )
            .where(told.c.pick_id == pick_id, order.c.placed_at <= until)
            .where(or_(order.c.state != OrderState.CANCELLED, pick.c.state.in_(_CAME_TO_NOTHING)))
        )
        return TellingBuyers(*(await self._run(query)).one())

    async def note_measured(self, pick_id: int, buyers: TellingBuyers, *, now: datetime) -> bool:
        """Keep what came of a telling; says whether nobody had done so before."""
        of = table(Telling)
        statement = (
            update(of)
            .where(of.c.pick_id == pick_id, of.c.measured_at.is_(None))
            .values(measured_at=now, told_buyers=buyers.told, held_buyers=buyers.held)
        )
        return bool((await self._run(statement)).rowcount)

    async def _run(self, statement: Any, rows: Any = None) -> Any:
        return await (await self._session.connection()).execute(statement, rows)
