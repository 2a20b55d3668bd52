"""What commissions come to: locked, reckoned anew, kept, and released when their time has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, func, literal, null, or_, text, tuple_, update
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import UtcDateTime
from storage.models import Case, Commission, Group, Member, Order, Person, Plan, Promotion, Redemption
from storage.states import CommissionState, OrderState
from storage.tables import table

CommissionKey = tuple[int, int]
"""The order and the level of a commission."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FrozenCommission:
    """A commission with all that reckoning it asks for; amounts in minor units of its currency."""

    order_id: int
    level: int
    group_id: int
    time_zone: str
    buyer_id: int
    earner_id: int
    bps: int
    order_cap_amount: int | None
    return_days: int
    currency: str
    state: CommissionState
    expected_amount: int
    accrued_amount: int
    accrued_at: datetime | None
    due_at: datetime | None
    released_at: datetime | None
    #: When the order's goods were handed over.
    completed_at: datetime | None
    #: What the group's plan allows now, where it is in the same currency.
    month_cap_amount: int | None
    pair_cap_amount: int | None
    #: Its earner is banned from the group, or forgotten.
    is_barred: bool
    #: A promotion that pays no commission makes the order cheaper.
    pays_none: bool
    #: Its earner reads private messages.
    private_is_open: bool

    @property
    def key(self) -> CommissionKey:
        """The order and the level."""
        return self.order_id, self.level


class DueCommission(NamedTuple):
    """A commission whose return window is over."""

    order_id: int
    level: int
    group_id: int
    earner_id: int


class ReckoningRepository:
    """Commissions, from the first reckoning to the day when they can be paid out."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_stale(self, *, limit: int, after: int = 0) -> list[int]:
        """The orders behind this one whose commissions are to be reckoned anew."""
        commission = table(Commission)
        query = (
            core_select(commission.c.order_id)
            .distinct()
            # In the words of the partial index: "is_stale = 1" would not use it.
            .where(text("commission.is_stale"), commission.c.order_id > after)
            .order_by(commission.c.order_id)
            .limit(limit)
        )
        return list((await self._run(query)).scalars())

    async def lock(self, order_ids: Collection[int]) -> list[FrozenCommission]:
        """The commissions of these orders as they stand, which nobody else marks or reckons now.

        What somebody else has locked is left out, with the whole of its order, without waiting.
        """
        commission = table(Commission)
        chosen = commission.c.order_id.in_(sorted(set(order_ids)))
        free = (
            core_select(commission.c.order_id, commission.c.level)
            .where(chosen)
            .order_by(commission.c.order_id, commission.c.level)
            .with_for_update(skip_locked=True, key_share=True)
        )
        locked = {(row[0], row[1]) for row in await self._run(free)}
        # Read only now: what was marked before we had the lock is to be seen.
        found = [_frozen(row) for row in await self._run(_FROZEN.where(chosen))]
        taken = {one.order_id for one in found if one.key not in locked}
        return [one for one in found if one.order_id not in taken]

    async def month_totals(
        self, group_id: int, earner_ids: Collection[int], currency: str, *, begins: datetime, ends: datetime
    ) -> dict[int, int]:
        """What these people have accrued in a group by orders completed in that time, by person."""
        commission = table(Commission)
        query = (
            core_select(commission.c.earner_id, func.sum(commission.c.accrued_amount))
            .where(commission.c.earner_id.in_(sorted(set(earner_ids))), commission.c.group_id == group_id)
            .where(commission.c.accrued_at >= begins, commission.c.accrued_at < ends)
            .where(commission.c.currency == currency)
            .group_by(commission.c.earner_id)
        )
        return {person_id: int(amount) for person_id, amount in await self._run(query)}

    async def pair_totals(
        self, group_id: int, pairs: Collection[tuple[int, int]], currency: str
    ) -> dict[tuple[int, int], int]:
        """What these pairs, (earner, buyer) each, have come to in a group."""
        commission = table(Commission)
        query = (
            core_select(commission.c.earner_id, commission.c.buyer_id, func.sum(commission.c.accrued_amount))
            .where(commission.c.buyer_id.in_({buyer for _, buyer in pairs}))
            .where(commission.c.earner_id.in_({earner for earner, _ in pairs}))
            .where(commission.c.group_id == group_id, commission.c.currency == currency)
            .group_by(commission.c.earner_id, commission.c.buyer_id)
        )
        return {(earner, buyer): int(amount) for earner, buyer, amount in await self._run(query)}

    async def save(self, commissions: Collection[FrozenCommission]) -> None:
        """Keep what these locked commissions were reckoned to be; until they are marked anew."""
        if not commissions:
            return
        commission = table(Commission)
        statement = (
            update(commission)
            .where(
                commission.c.order_id == bindparam("of_order"), commission.c.level == bindparam("of_level")
            )
            .values(
                is_stale=False,
                stale_since=None,
                **{name: bindparam(f"new_{name}") for name in _RECKONED},
            )
        )
        rows: Sequence[dict[str, Any]] = [
            {
                "of_order": one.order_id,
                "of_level": one.level,
                **{f"new_{name}": getattr(one, name) for name in _RECKONED},
            }
            for one in commissions
        ]
        await (await self._session.connection()).execute(statement, rows)

    async def list_due(
        self, *, now: datetime, limit: int, after: CommissionKey = (0, 0)
    ) -> list[DueCommission]:
        """Behind this one, what has accrued and whose return window is over.

        Orders in review, or with an open case, wait.
        """
        commission = table(Commission)
        query = (
            core_select(
                commission.c.order_id, commission.c.level, commission.c.group_id, commission.c.earner_id
            )
            .where(commission.c.state == CommissionState.ACCRUED, commission.c.due_at <= now)
            .where(~commission.c.is_stale, ~_waits(commission))
            .where(tuple_(commission.c.order_id, commission.c.level) > after)
            .order_by(commission.c.order_id, commission.c.level)
            .limit(limit)
        )
        return [DueCommission(*row) for row in await self._run(query)]

    async def were_rewarded(self, group_id: int, person_ids: Collection[int]) -> set[int]:
        """Those of these people to whom something has fallen due in a group before."""
        commission = table(Commission)
        query = (
            core_select(commission.c.earner_id)
            .distinct()
            .where(commission.c.earner_id.in_(sorted(set(person_ids))), commission.c.group_id == group_id)
            .where(commission.c.released_at.is_not(None))
        )
        return set((await self._run(query)).scalars())

    async def release(self, keys: Collection[CommissionKey], *, now: datetime) -> list[DueCommission]:
        """What has accrued can be paid out, unless it is or will be reckoned anew first; returns what can."""
        if not keys:
            return []
        commission = table(Commission)
        key = tuple_(commission.c.order_id, commission.c.level)
        free = (
            core_select(commission.c.order_id, commission.c.level)
            .where(key.in_(sorted(keys)), commission.c.state == CommissionState.ACCRUED)
            .where(commission.c.due_at <= now, ~commission.c.is_stale, ~_waits(commission))
            .with_for_update(skip_locked=True, key_share=True)
        )
        statement = (
            update(commission)
            .where(key.in_(free))
            .values(state=CommissionState.DUE, released_at=now)
            .returning(
                commission.c.order_id, commission.c.level, commission.c.group_id, commission.c.earner_id
            )
        )
        return sorted(DueCommission(*row) for row in await self._run(statement))

    async def mark_bounded_stale(
        self, group_id: int, earner_ids: Collection[int], *, but: Collection[CommissionKey], now: datetime
    ) -> None:
        """Have what bounds held back of these people's commissions reckoned anew, since there is room.

        What somebody else has locked is left out: she sees the room herself, or has marked it.
        """
        commission = table(Commission)
        key = tuple_(commission.c.order_id, commission.c.level)
        held_back = (
            core_select(commission.c.order_id, commission.c.level)
            .where(
                commission.c.group_id == group_id,
                commission.c.earner_id.in_(sorted(set(earner_ids))),
                commission.c.state.in_([CommissionState.ACCRUED, CommissionState.DUE]),
                commission.c.accrued_amount < commission.c.expected_amount,
                key.not_in(sorted(but)),
            )
            .with_for_update(skip_locked=True, key_share=True)
        )
        since = func.coalesce(commission.c.stale_since, literal(now, UtcDateTime))
        await self._run(update(commission).where(key.in_(held_back)).values(is_stale=True, stale_since=since))

    async def _run(self, statement: Any) -> Any:
        return await (await self._session.connection()).execute(statement)


_RECKONED = ("state", "expected_amount", "accrued_amount", "accrued_at", "due_at", "released_at")


def _waits(commission: Any) -> Any:
    """Whether its order is in review, or something is wrong with it: until that is settled nothing moves."""
    order, disputed = table(Order), table(Case)
    in_review = core_select(order.c.id).where(
        order.c.id == commission.c.order_id, order.c.state == OrderState.NEEDS_REVIEW
    )
    has_case = core_select(disputed.c.id).where(
        disputed.c.order_id == commission.c.order_id, disputed.c.resolved_at.is_(None)
    )
    return or_(in_review.exists(), has_case.exists())


def _frozen(row: Any) -> FrozenCommission:
    one = FrozenCommission(**row._mapping)
    return replace(
        one,
        is_barred=bool(one.is_barred),
        pays_none=bool(one.pays_none),
        private_is_open=bool(one.private_is_open),
    )


def _frozen_query() -> Any:
    commission, group, order, plan = table(Commission), table(Group), table(Order), table(Plan)
    person, member, redemption, promotion = table(Person), table(Member), table(Redemption), table(Promotion)
    none = (
        core_select(redemption.c.order_id)
        .join(promotion, promotion.c.id == redemption.c.promotion_id)
        .where(redemption.c.order_id == commission.c.order_id, promotion.c.pays_no_commission)
        .exists()
    )
    its_own = [commission.c[name] for name in FrozenCommission.__dataclass_fields__ if name in commission.c]

    def bound(name: str) -> Any:
        # Where the group took to another currency, nobody has said what its bounds are in the old one.
        return case((group.c.currency == commission.c.currency, plan.c[name]), else_=null()).label(name)

    return (
        core_select(
            *its_own,
            group.c.time_zone,
            order.c.handed_over_at.label("completed_at"),
            bound("month_cap_amount"),
            bound("pair_cap_amount"),
            or_(func.coalesce(member.c.is_banned, False), person.c.erased_at.is_not(None)).label("is_barred"),
            none.label("pays_none"),
            person.c.private_is_open,
        )
        .select_from(commission)
        .join(group, group.c.id == commission.c.group_id)
        .join(order, order.c.id == commission.c.order_id)
        .join(person, person.c.id == commission.c.earner_id)
        .outerjoin(plan, plan.c.group_id == commission.c.group_id)
        .outerjoin(
            member,
            and_(member.c.group_id == commission.c.group_id, member.c.person_id == commission.c.earner_id),
        )
        .order_by(commission.c.order_id, commission.c.level)
    )


_FROZEN = _frozen_query()
