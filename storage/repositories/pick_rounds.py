"""Picks of a group that may be earlier rounds of another one, and what makes them that."""

from typing import Any, NamedTuple

from sqlalchemy import select as core_select
from sqlalchemy import update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Offer, Order, Pick, Review
from storage.purchases import ON_OFFER, is_round_of, origin_of
from storage.states import OrderState
from storage.tables import table


class OverPick(NamedTuple):
    """A pick that is over, with its offer by its first round."""

    pick_id: int
    origin_id: int
    title: str
    curator_id: int | None


class PickRoundRepository:
    """Which offers are rounds of one thing, where a curator says so.

    Whoever changes that holds the locks of both first rounds.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_over(self, group_id: int, *, before_id: int, limit: int) -> list[OverPick]:
        """A group's own picks before this one that are over and not stopped, the newest first."""
        pick, offer = table(Pick), table(Offer)
        query = (
            core_select(pick.c.id, origin_of(offer), offer.c.title, pick.c.curator_id)
            .select_from(pick.join(offer, offer.c.id == pick.c.offer_id))
            .where(pick.c.group_id == group_id, pick.c.id < before_id)
            .where(pick.c.state.not_in(ON_OFFER), ~pick.c.is_carried, offer.c.stopped_at.is_(None))
            .order_by(pick.c.id.desc())
            .limit(limit)
        )
        return [OverPick(*row) for row in await self._run(query)]

    async def join(self, offer_id: int, origin_id: int) -> None:
        """An offer and its own rounds are rounds of another one, and so is what buyers said of them."""
        review = table(Review)
        await self._run(update(Offer).where(is_round_of(table(Offer), offer_id)).values(origin_id=origin_id))
        await self._run(update(Review).where(review.c.origin_id == offer_id).values(origin_id=origin_id))

    async def part(self, offer_id: int) -> None:
        """An offer is a round of nothing any more, and what was said of it goes with it."""
        pick, review = table(Pick), table(Review)
        picks = core_select(pick.c.id).where(pick.c.offer_id == offer_id)
        await self._run(update(Offer).where(table(Offer).c.id == offer_id).values(origin_id=None))
        await self._run(update(Review).where(review.c.pick_id.in_(picks)).values(origin_id=offer_id))

    async def has_orders(self, offer_id: int) -> bool:
        """Whether any order of an offer stands, in whichever group."""
        order, pick = table(Order), table(Pick)
        query = (
            core_select(order.c.id)
            .select_from(order.join(pick, pick.c.id == order.c.pick_id))
            .where(pick.c.offer_id == offer_id, order.c.state != OrderState.CANCELLED)
        )
        return (await self._run(query.limit(1))).first() is not None

    async def has_later(self, offer_id: int, origin_id: int) -> bool:
        """Whether there are later rounds of the same than this one."""
        offer = table(Offer)
        query = core_select(offer.c.id).where(offer.c.origin_id == origin_id, offer.c.id > offer_id)
        return (await self._run(query.limit(1))).first() is not None

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)
