"""What promotions take off orders, as every list of orders shows it."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Coupon, Promotion, Redemption
from storage.states import PromotionKind, PromotionState
from storage.tables import table


@dataclass(kw_only=True, slots=True)
class PromotionRule:
    """A promotion as it stands; who has locked it moves its counts along as orders take of it."""

    id: int
    group_id: int | None
    in_all_groups: bool
    title: str
    kind: PromotionKind
    state: PromotionState
    currency: str
    bps: int | None
    amount: int | None
    unit_amount: int | None
    buy_quantity: int | None
    pay_quantity: int | None
    by_coupon: bool
    first_order_only: bool
    minimum_amount: int | None
    minimum_quantity: int | None
    stacks: bool
    pays_no_commission: bool
    starts_at: datetime
    ends_at: datetime | None
    budget_amount: int | None
    uses_limit: int | None
    uses_per_person: int | None
    quantity_limit: int | None
    used_count: int
    used_quantity: int
    spent_amount: int


RULE = tuple(entry.name for entry in fields(PromotionRule))
"""The columns of a promotion that a `PromotionRule` has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderDiscount:
    """What one promotion takes off an order, in minor units; `quantity` is pieces at a flash price."""

    rule: PromotionRule
    amount: int
    quantity: int
    coupon_id: int | None
    #: The code that opened it, as it is written.
    coupon: str | None

    @property
    def is_of_fee(self) -> bool:
        """Whether it is taken off what fetching costs, rather than off the goods."""
        return self.rule.kind is PromotionKind.FREE_PICKUP


async def discounts_of(
    session: AsyncSession, order_ids: Collection[int]
) -> dict[int, tuple[OrderDiscount, ...]]:
    """What these orders have off, by order; the first made promotion first."""
    if not order_ids:
        return {}
    redemption, promotion, coupon = table(Redemption), table(Promotion), table(Coupon)
    query = (
        select(
            redemption.c.order_id,
            redemption.c.amount,
            redemption.c.quantity,
            redemption.c.coupon_id,
            coupon.c.shown,
            *(promotion.c[name] for name in RULE),
        )
        .join(promotion, promotion.c.id == redemption.c.promotion_id)
        .outerjoin(coupon, coupon.c.id == redemption.c.coupon_id)
        .where(redemption.c.order_id.in_(sorted(order_ids)))
        .order_by(redemption.c.order_id, redemption.c.promotion_id)
    )
    found: dict[int, tuple[OrderDiscount, ...]] = {}
    for order_id, amount, quantity, coupon_id, shown, *rule in await (await session.connection()).execute(
        query
    ):
        one = OrderDiscount(
            rule=PromotionRule(**dict(zip(RULE, rule, strict=True))),
            amount=amount,
            quantity=quantity,
            coupon_id=coupon_id,
            coupon=shown,
        )
        found[order_id] = (*found.get(order_id, ()), one)
    return found
