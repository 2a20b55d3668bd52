"""Who earns by others' orders, frozen as those are placed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Dialect,
    TextClause,
    delete,
    func,
    literal,
    text,
    update,
)
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.bulk import bulk_insert, dialect_of, packed, run, source
from storage.columns import UtcDateTime
from storage.models import (
    Commission,
    Member,
    Order,
    Person,
)
from storage.states import CommissionSource, CommissionState, OrderState
from storage.tables import table


class PlacedOrder(NamedTuple):
    """An order as it is placed, and who recommended it, if anybody did."""

    order_id: int
    pick_id: int
    buyer_id: int
    recommender_id: int | None


class Opening(NamedTuple):
    """All that decides who earns by an order as it is placed; only of orders by which somebody may."""

    order_id: int
    buyer_id: int
    recommender_id: int | None
    group_id: int
    currency: str
    first_bps: int
    second_bps: int
    inviter_recommends: bool
    order_cap_amount: int | None
    return_days: int
    inviter_id: int | None
    above_recommender_id: int | None
    above_inviter_id: int | None


class CommissionRepository:
    """Who earns by which order; and what of it is to be reckoned anew, since something changed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find_placed(self, order_id: int) -> tuple[PlacedOrder, OrderState] | None:
        """An order with who recommended it, and its state."""
        order = table(Order)
        query = core_select(
            order.c.id, order.c.pick_id, order.c.person_id, order.c.recommender_id, order.c.state
        ).where(order.c.id == order_id)
        row = (await self._run(query)).first()
        return None if row is None else (PlacedOrder(*row[:4]), row[4])

    async def openings(self, orders: Collection[PlacedOrder]) -> list[Opening]:
        """What decides who earns by these orders; those by which nobody can are left out."""
        if not orders:
            return []
        rows = await run(self._session, _openings(dialect_of(self._session)), {"rows": packed(orders)})
        found = [Opening(*row) for row in rows]
        return [one._replace(inviter_recommends=bool(one.inviter_recommends)) for one in found]

    async def barred(self, openings: Collection[Opening]) -> dict[int, set[int]]:
        """Those who earn nothing though it were their turn, by group: banned there, or forgotten."""
        person, member = table(Person), table(Member)
        people = {
            (one.group_id, person_id)
            for one in openings
            for person_id in (
                one.recommender_id, one.above_recommender_id, one.inviter_id, one.above_inviter_id,
            )
            if person_id is not None
        }  # fmt: skip
        if not people:
            return {}
        ids = sorted({person_id for _, person_id in people})
        gone = core_select(person.c.id).where(person.c.id.in_(ids), person.c.erased_at.is_not(None))
        banned = core_select(member.c.group_id, member.c.person_id).where(
            member.c.person_id.in_(ids), member.c.is_banned
        )
        erased = set((await self._run(gone)).scalars())
        shut = {(row[0], row[1]) for row in await self._run(banned)}
        found: dict[int, set[int]] = {}
        for group_id, person_id in people:
            if person_id in erased or (group_id, person_id) in shut:
                found.setdefault(group_id, set()).add(person_id)
        return found

    async def set_recommenders(self, orders: Mapping[int, int | None]) -> None:
        """These orders were recommended by these people."""
        if orders:
            statement = _set_recommenders(dialect_of(self._session))
            await run(self._session, statement, {"rows": packed(sorted(orders.items()))})

    async def freeze(
        self,
        earners: Iterable[tuple[Opening, Sequence[tuple[int, int, CommissionSource, int]]]],
        *,
        expected: Mapping[int, Sequence[int]],
        now: datetime,
    ) -> None:
        """Keep who earns by new orders: (level, person, source, rate) each; what was there stands.

        What each of them may expect of an order is reckoned later where it is not named.
        """
        rows = packed(
            (
                one.order_id, level, one.group_id, one.buyer_id, person_id, source, bps,
                one.order_cap_amount, one.return_days, one.currency, amount, one.order_id not in expected,
            )
            for one, people in earners
            for (level, person_id, source, bps), amount in zip(
                people, expected.get(one.order_id, [0] * len(people)), strict=True
            )
        )  # fmt: skip
        shared = {"state": CommissionState.EXPECTED, "accrued_amount": 0, "frozen_at": now}
        statement = bulk_insert(
            dialect_of(self._session),
            Commission,
            _FROZEN,
            tuple(shared),
            "ON CONFLICT (order_id, level) DO NOTHING",
        )
        await run(self._session, statement, {"rows": rows, **shared})

    async def thaw(self, order_ids: Collection[int]) -> set[int]:
        """Nobody earns by these orders any more; returns those of which something has accrued, which stay."""
        commission = table(Commission)
        chosen = commission.c.order_id.in_(sorted(order_ids))
        # The whole of an order or nothing of it, and only while nobody reckons it.
        held = core_select(commission.c.order_id).where(chosen).with_for_update()
        await self._run(held)
        accrued = core_select(commission.c.order_id).where(chosen, commission.c.accrued_amount != 0)
        kept = set((await self._run(accrued)).scalars())
        await self._run(delete(commission).where(chosen, commission.c.order_id.not_in(sorted(kept))))
        return kept

    async def mark_stale(self, order_ids: Collection[int], *, now: datetime) -> None:
        """Have what is earned by these orders reckoned anew; nothing where nobody earns by them."""
        if order_ids:
            await self._mark(table(Commission).c.order_id.in_(sorted(set(order_ids))), now=now)

    async def mark_pick_stale(self, pick_id: int, *, now: datetime) -> None:
        """Have what is earned by all orders of a pick reckoned anew."""
        order = table(Order)
        of_pick = core_select(order.c.id).where(order.c.pick_id == pick_id)
        await self._mark(table(Commission).c.order_id.in_(of_pick), now=now)

    async def _mark(self, condition: Any, *, now: datetime) -> None:
        # Written even where it stands: whoever is reckoning it now must wait for us, or we for her.
        commission = table(Commission)
        since = func.coalesce(commission.c.stale_since, literal(now, UtcDateTime))
        await self._run(update(commission).where(condition).values(is_stale=True, stale_since=since))

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


_FROZEN = (
    "order_id",
    "level",
    "group_id",
    "buyer_id",
    "earner_id",
    "source",
    "bps",
    "order_cap_amount",
    "return_days",
    "currency",
    "expected_amount",
    "is_stale",
)


@cache
def _openings(dialect: Dialect) -> TextClause:
    orders = source(dialect, Order, ("id", "pick_id", "person_id", "recommender_id"))
    return text(
        "SELECT r.id, r.person_id, r.recommender_id, pick.group_id, offer.currency, plan.first_bps, "
        "plan.second_bps, plan.inviter_recommends, plan.order_cap_amount, plan.return_days, "
        "inviter.referrer_id, above_recommender.referrer_id, above_inviter.referrer_id "
        f"FROM {orders} "
        "JOIN pick ON pick.id = r.pick_id "
        "JOIN offer ON offer.id = pick.offer_id "
        "JOIN chat_group ON chat_group.id = pick.group_id "
        "JOIN plan ON plan.group_id = pick.group_id "
        "LEFT JOIN referral AS inviter ON inviter.group_id = pick.group_id "
        "AND inviter.person_id = r.person_id "
        "LEFT JOIN referral AS above_recommender ON above_recommender.group_id = pick.group_id "
        "AND above_recommender.person_id = r.recommender_id "
        "LEFT JOIN referral AS above_inviter ON above_inviter.group_id = pick.group_id "
        "AND above_inviter.person_id = inviter.referrer_id "
        "WHERE plan.is_active AND NOT pick.pays_no_commission AND offer.currency = chat_group.currency "
        "AND (r.recommender_id IS NOT NULL OR inviter.referrer_id IS NOT NULL) ORDER BY r.id"
    )


@cache
def _set_recommenders(dialect: Dialect) -> TextClause:
    return text(
        "UPDATE orders SET recommender_id = r.recommender_id "
        f"FROM {source(dialect, Order, ('id', 'recommender_id'))} WHERE orders.id = r.id"
    )
