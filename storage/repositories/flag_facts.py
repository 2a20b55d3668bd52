"""What suspicions are found in: who earns by whom, who paid, who was brought, who guessed.

Only those count to whom a reward is still to be paid, so that looking costs as much as is pending, however
much there was before.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, exists, func, or_, union_all
from sqlalchemy import select as core_select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    Commission,
    CouponGuess,
    FriendCredit,
    Member,
    Order,
    Payment,
    Pick,
    Plan,
    Promotion,
    PromotionGroup,
    Referral,
)
from storage.states import CommissionState, FriendCreditState, PaymentStage, Presence, PromotionState
from storage.tables import table

_PENDING = (CommissionState.EXPECTED, CommissionState.ACCRUED)


@dataclass(frozen=True, kw_only=True, slots=True)
class EarnedBy:
    """So many rewarded orders of one person earn another something; of so many it is still to be paid."""

    earner_id: int
    buyer_id: int
    orders: int
    pending: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PaidBy:
    """Somebody else paid for an order that earns somebody a reward."""

    earner_id: int
    buyer_id: int
    payer_id: int
    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BroughtBy:
    """Somebody was brought into the group, and what became of her there."""

    referrer_id: int
    person_id: int
    at: datetime
    has_ordered: bool
    has_left: bool


class FlagFactRepository:
    """Reads what rewards are about."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_groups(self) -> list[int]:
        """The groups in which a reward is still to be paid."""
        pays = core_select(col(Plan.group_id)).where(
            or_(
                *(
                    exists().where(
                        col(Commission.group_id) == col(Plan.group_id), col(Commission.state) == state
                    )
                    for state in _PENDING
                )
            )
        )
        credits = core_select(col(FriendCredit.group_id)).where(
            col(FriendCredit.state) == FriendCreditState.EXPECTED
        )
        rows = await self._session.execute(pays.union(credits))
        return sorted(rows.scalars())

    async def edges(self, group_id: int, *, since: datetime) -> list[EarnedBy]:
        """Who earns by whose orders in a group, of those frozen since then."""
        commission = table(Commission)
        pending = func.sum(case((commission.c.state.in_(_PENDING), 1), else_=0))
        query = (
            core_select(commission.c.earner_id, commission.c.buyer_id, func.count(), pending)
            .where(commission.c.group_id == group_id, commission.c.level == 1)
            .where(commission.c.state != CommissionState.VOID, commission.c.frozen_at >= since)
            .group_by(commission.c.earner_id, commission.c.buyer_id)
        )
        return [
            EarnedBy(earner_id=earner, buyer_id=buyer, orders=orders, pending=int(left))
            for earner, buyer, orders, left in await self._session.execute(query)
        ]

    async def paid_by_others(self, group_id: int) -> list[PaidBy]:
        """Orders with a reward still to be paid, for which somebody else than their member has paid."""
        commission, credit, payment = table(Commission), table(FriendCredit), table(Payment)
        by_plan = (
            core_select(
                commission.c.earner_id, commission.c.buyer_id, payment.c.person_id, commission.c.order_id
            )
            .join(payment, payment.c.order_id == commission.c.order_id)
            .where(commission.c.group_id == group_id, commission.c.state.in_(_PENDING))
            .where(commission.c.level == 1, payment.c.stage == PaymentStage.RECEIVED)
            .where(payment.c.person_id != commission.c.buyer_id)
        )
        by_friend = (
            core_select(credit.c.person_id, credit.c.friend_id, payment.c.person_id, credit.c.order_id)
            .join(payment, payment.c.order_id == credit.c.order_id)
            .where(credit.c.group_id == group_id, credit.c.state == FriendCreditState.EXPECTED)
            .where(payment.c.stage == PaymentStage.RECEIVED, payment.c.person_id != credit.c.friend_id)
        )
        rows = await self._session.execute(union_all(by_plan, by_friend))
        found = {
            PaidBy(earner_id=earner, buyer_id=buyer, payer_id=payer, order_id=order)
            for earner, buyer, payer, order in rows
        }
        return sorted(found, key=lambda one: (one.order_id, one.earner_id, one.payer_id))

    async def brought(self, group_id: int, *, since: datetime) -> list[BroughtBy]:
        """Whom those brought who have a reward to come in a group."""
        ordered = exists().where(
            col(Order.person_id) == col(Referral.person_id),
            col(Order.pick_id) == col(Pick.id),
            col(Pick.group_id) == group_id,
        )
        query = (
            core_select(
                col(Referral.referrer_id),
                col(Referral.person_id),
                col(Referral.referred_at),
                ordered,
                col(Member.presence),
            )
            .outerjoin(
                Member,
                (col(Member.group_id) == col(Referral.group_id))
                & (col(Member.person_id) == col(Referral.person_id)),
            )
            .where(col(Referral.group_id) == group_id, col(Referral.referred_at) >= since)
            .where(col(Referral.referrer_id).in_(_expecting(group_id)))
        )
        return [
            BroughtBy(
                referrer_id=referrer,
                person_id=person,
                at=at,
                has_ordered=bool(has_ordered),
                has_left=presence == Presence.LEFT,
            )
            for referrer, person, at, has_ordered, presence in await self._session.execute(query)
        ]

    async def count_guesses(self, *, since: datetime, at_least: int) -> dict[int, int]:
        """Who tried at least so many wrong codes since then, and how many."""
        guess = table(CouponGuess)
        query = (
            core_select(guess.c.person_id, func.count())
            .where(guess.c.guessed_at >= since)
            .group_by(guess.c.person_id)
            .having(func.count() >= at_least)
        )
        return {person: count for person, count in await self._session.execute(query)}

    async def groups_with_codes(self, person_id: int) -> list[int]:
        """The groups that a person is in and in which some code holds."""
        holds = or_(
            col(Promotion.group_id) == col(Member.group_id),
            col(Promotion.in_all_groups),
            exists().where(
                col(PromotionGroup.promotion_id) == col(Promotion.id),
                col(PromotionGroup.group_id) == col(Member.group_id),
            ),
        )
        query = (
            core_select(col(Member.group_id))
            .where(col(Member.person_id) == person_id, col(Member.presence) == Presence.JOINED)
            .where(
                exists().where(col(Promotion.by_coupon), col(Promotion.state) == PromotionState.ACTIVE, holds)
            )
            .order_by(col(Member.group_id))
        )
        return list((await self._session.execute(query)).scalars())

    async def pending_amount(self, group_id: int, person_id: int) -> int:
        """What a person is still to get as commissions in a group, in minor units."""
        query = core_select(func.coalesce(func.sum(col(Commission.expected_amount)), 0)).where(
            col(Commission.earner_id) == person_id,
            col(Commission.group_id) == group_id,
            col(Commission.state).in_(_PENDING),
        )
        return int((await self._session.execute(query)).scalar_one())


def _expecting(group_id: int) -> Select[tuple[int]]:
    """Those who have a reward to come in a group."""
    earning = core_select(col(Commission.earner_id)).where(
        col(Commission.group_id) == group_id, col(Commission.state).in_(_PENDING)
    )
    bringing = core_select(col(FriendCredit.person_id)).where(
        col(FriendCredit.group_id) == group_id, col(FriendCredit.state) == FriendCreditState.EXPECTED
    )
    both = union_all(earning, bringing).subquery()
    return core_select(both.c[0])
