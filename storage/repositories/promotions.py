"""Promotions, where they hold, and what orders got by them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.discounts import RULE, OrderDiscount, PromotionRule, discounts_of
from storage.models import (
    Group,
    Offer,
    Order,
    OrderLine,
    Pick,
    Promotion,
    PromotionGroup,
    PromotionOffer,
    PromotionPoint,
    Redemption,
)
from storage.states import OrderState, PickState, PromotionKind, PromotionState
from storage.tables import table, upsert


@dataclass(frozen=True, kw_only=True)
class PromotionScope:
    """Where a promotion holds, by keys; offers and points that are not named are all meant."""

    groups: frozenset[int] = field(default_factory=frozenset)
    offers: frozenset[int] = field(default_factory=frozenset)
    points: frozenset[int] = field(default_factory=frozenset)


class OrderFacts(NamedTuple):
    """What is quoted of an order; amounts in minor units, lines as (quantity, unit price)."""

    order_id: int
    group_id: int
    pick_id: int
    person_id: int
    state: OrderState
    currency: str
    offer_id: int
    price_amount: int
    fee_amount: int
    point_id: int | None
    lines: list[tuple[int, int]]


class OpenOrder(NamedTuple):
    """An order that its member can still change, with where and what it is."""

    order_id: int
    group_id: int
    pick_number: int
    title: str
    group_title: str
    currency: str


class RedeemedOrder(NamedTuple):
    """What an order has of a promotion, in minor units; `quantity` is pieces at a flash price."""

    order_id: int
    promotion_id: int
    person_id: int
    coupon_id: int | None
    amount: int
    quantity: int


class UseCount(NamedTuple):
    """By how much what is counted of a promotion moves."""

    uses: int = 0
    quantity: int = 0
    amount: int = 0


class PromotionRepository:
    """Promotions as orders meet them, and redemptions; `promotion_terms` is what makes and changes them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def scopes(self, promotion_ids: Collection[int]) -> dict[int, PromotionScope]:
        """Where these promotions hold."""
        keys = sorted(promotion_ids)
        groups = await self._pairs(
            core_select(col(PromotionGroup.promotion_id), col(PromotionGroup.group_id)), PromotionGroup, keys
        )
        offers = await self._pairs(
            core_select(col(PromotionOffer.promotion_id), col(PromotionOffer.offer_id)), PromotionOffer, keys
        )
        points = await self._pairs(
            core_select(col(PromotionPoint.promotion_id), col(PromotionPoint.point_id)), PromotionPoint, keys
        )
        return {
            key: PromotionScope(
                groups=frozenset(groups.get(key, ())),
                offers=frozenset(offers.get(key, ())),
                points=frozenset(points.get(key, ())),
            )
            for key in keys
        }

    async def list_holding(
        self, group_ids: Collection[int], *, redeemed_by: Collection[int] = (), lock: bool = False
    ) -> dict[int, PromotionRule]:
        """The active promotions of these groups, and those that these orders have, whatever became of them.

        Locked in the order of their keys, nobody else uses or changes them before the commit.
        """
        promotion, redemption = table(Promotion), table(Redemption)
        chosen: ColumnElement[bool] = and_(
            promotion.c.state == PromotionState.ACTIVE,
            promotion.c.kind != PromotionKind.FRIEND,
            _in_groups(group_ids),
        )
        if redeemed_by:
            redeemed = core_select(redemption.c.promotion_id).where(
                redemption.c.order_id.in_(sorted(redeemed_by))
            )
            chosen = or_(chosen, promotion.c.id.in_(redeemed))
        query = core_select(*(promotion.c[name] for name in RULE)).where(chosen).order_by(promotion.c.id)
        if lock:
            # An order's row may refer to the promotion meanwhile; nobody but us counts on it.
            query = query.with_for_update(key_share=True)
        rows = await (await self._session.connection()).execute(query)
        return {row[0]: PromotionRule(**dict(zip(RULE, row, strict=True))) for row in rows}

    async def list_with(self, order_ids: Collection[int]) -> set[int]:
        """Those of these orders that have anything off."""
        redemption = table(Redemption)
        query = (
            core_select(redemption.c.order_id).where(redemption.c.order_id.in_(sorted(order_ids))).distinct()
        )
        return set((await (await self._session.connection()).execute(query)).scalars())

    async def list_in(self, pick_ids: Collection[int]) -> list[int]:
        """The orders of these picks that have anything off."""
        order, redemption = table(Order), table(Redemption)
        query = (
            core_select(redemption.c.order_id)
            .join(order, order.c.id == redemption.c.order_id)
            .where(order.c.pick_id.in_(sorted(pick_ids)))
            .distinct()
        )
        return sorted((await (await self._session.connection()).execute(query)).scalars())

    async def list_within_reach(self, order_ids: Collection[int]) -> set[int]:
        """Those of these orders in whose groups there is an active promotion for orders."""
        order, pick, promotion, named = table(Order), table(Pick), table(Promotion), table(PromotionGroup)
        of_others = core_select(named.c.promotion_id).where(named.c.group_id == pick.c.group_id)
        in_its_group = or_(
            promotion.c.group_id == pick.c.group_id,
            promotion.c.in_all_groups,
            promotion.c.id.in_(of_others),
        )
        active = core_select(promotion.c.id).where(
            promotion.c.state == PromotionState.ACTIVE,
            promotion.c.kind != PromotionKind.FRIEND,
            in_its_group,
        )
        query = (
            core_select(order.c.id)
            .join(pick, pick.c.id == order.c.pick_id)
            .where(order.c.id.in_(sorted(order_ids)), active.exists())
        )
        return set((await (await self._session.connection()).execute(query)).scalars())

    async def facts(self, order_ids: Collection[int]) -> dict[int, OrderFacts]:
        """What is quoted of these orders."""
        order, pick, offer, line = table(Order), table(Pick), table(Offer), table(OrderLine)
        query = (
            core_select(
                order.c.id, pick.c.group_id, order.c.pick_id, order.c.person_id, order.c.state,
                offer.c.currency, pick.c.offer_id, offer.c.price_amount, order.c.fee_amount,
                order.c.pickup_point_id, line.c.quantity, line.c.unit_amount,
            )
            .select_from(order)
            .join(pick, pick.c.id == order.c.pick_id)
            .join(offer, offer.c.id == pick.c.offer_id)
            .outerjoin(line, line.c.order_id == order.c.id)
            .where(order.c.id.in_(sorted(order_ids)))
            .order_by(order.c.id, line.c.variant_id)
        )  # fmt: skip
        found: dict[int, OrderFacts] = {}
        for row in await (await self._session.connection()).execute(query):
            facts = found.setdefault(row[0], OrderFacts(*row[:10], []))
            if row[10] is not None:
                facts.lines.append((row[10], row[11]))
        return found

    async def open_orders(self, person_id: int) -> list[OpenOrder]:
        """What somebody has ordered and can still change."""
        query = (
            core_select(
                col(Order.id), col(Pick.group_id), col(Pick.number), col(Offer.title), col(Group.title),
                col(Offer.currency),
            )
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(col(Order.person_id) == person_id, col(Order.state) == OrderState.PLACED)
            .where(col(Pick.state) == PickState.LIVE)
            .order_by(col(Order.id))
        )  # fmt: skip
        return [OpenOrder(*row) for row in (await self._session.execute(query)).all()]

    async def groups(self, group_ids: Collection[int]) -> Sequence[Group]:
        """These groups, by title."""
        query = select(Group).where(col(Group.id).in_(sorted(group_ids))).order_by(col(Group.title))
        return (await self._session.exec(query)).all()

    async def live_cards(self, group_ids: Collection[int]) -> dict[int, int]:
        """The live picks of these groups, with their chats."""
        query = (
            core_select(col(Pick.id), col(Group.chat_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .where(col(Pick.group_id).in_(sorted(group_ids)), col(Pick.state) == PickState.LIVE)
        )
        return {key: chat_id for key, chat_id in await self._session.execute(query) if key is not None}

    async def redeemed(self, order_ids: Collection[int]) -> dict[int, dict[int, RedeemedOrder]]:
        """What these orders have of promotions, by order and promotion."""
        redemption = table(Redemption)
        query = core_select(*(redemption.c[name] for name in RedeemedOrder._fields)).where(
            redemption.c.order_id.in_(sorted(order_ids))
        )
        found: dict[int, dict[int, RedeemedOrder]] = {}
        for row in await (await self._session.connection()).execute(query):
            one = RedeemedOrder(*row)
            found.setdefault(one.order_id, {})[one.promotion_id] = one
        return found

    async def discounts(self, order_ids: Collection[int]) -> dict[int, tuple[OrderDiscount, ...]]:
        """What these orders have off, as it is shown, by order."""
        return await discounts_of(self._session, order_ids)

    async def used_by(
        self, promotion_ids: Collection[int], person_ids: Collection[int]
    ) -> dict[tuple[int, int], set[int]]:
        """The orders that have these promotions, by promotion and person."""
        redemption = table(Redemption)
        query = core_select(redemption.c.promotion_id, redemption.c.person_id, redemption.c.order_id).where(
            redemption.c.promotion_id.in_(sorted(promotion_ids)),
            redemption.c.person_id.in_(sorted(person_ids)),
        )
        found: dict[tuple[int, int], set[int]] = {}
        for promotion_id, person_id, order_id in await (await self._session.connection()).execute(query):
            found.setdefault((promotion_id, person_id), set()).add(order_id)
        return found

    async def ordered_in(
        self, group_ids: Collection[int], person_ids: Collection[int]
    ) -> dict[tuple[int, int], set[int]]:
        """The orders of these people that are not cancelled, by group and person."""
        order, pick = table(Order), table(Pick)
        query = (
            core_select(pick.c.group_id, order.c.person_id, order.c.id)
            .join(pick, pick.c.id == order.c.pick_id)
            .where(pick.c.group_id.in_(sorted(group_ids)), order.c.person_id.in_(sorted(person_ids)))
            .where(order.c.state != OrderState.CANCELLED)
        )
        found: dict[tuple[int, int], set[int]] = {}
        for group_id, person_id, order_id in await (await self._session.connection()).execute(query):
            found.setdefault((group_id, person_id), set()).add(order_id)
        return found

    async def redeem(self, redemptions: Sequence[RedeemedOrder], *, now: datetime) -> None:
        """Write what orders have of promotions that are locked, in the place of what they had of them."""
        if not redemptions:
            return
        statement = upsert(self._session, Redemption)
        statement = statement.on_conflict_do_update(
            index_elements=["order_id", "promotion_id"],
            set_={name: statement.excluded[name] for name in ("coupon_id", "amount", "quantity")},
        )
        rows = [{**one._asdict(), "redeemed_at": now} for one in sorted(redemptions)]
        await (await self._session.connection()).execute(statement, rows)

    async def give_up(self, keys: Iterable[tuple[int, int]]) -> None:
        """Orders have nothing of these promotions any more: (order, promotion) each."""
        redemption = table(Redemption)
        rows = [{"of_order": order_id, "of_promotion": promotion_id} for order_id, promotion_id in keys]
        if rows:
            await (await self._session.connection()).execute(
                delete(redemption).where(
                    redemption.c.order_id == bindparam("of_order"),
                    redemption.c.promotion_id == bindparam("of_promotion"),
                ),
                rows,
            )

    async def count(self, more: Mapping[int, UseCount]) -> None:
        """Move what is counted of promotions; the database itself refuses more than their bounds."""
        promotion = table(Promotion)
        connection = await self._session.connection()
        for promotion_id, change in sorted(more.items()):
            if any(change):
                await connection.execute(
                    update(promotion)
                    .where(promotion.c.id == promotion_id)
                    .values(
                        used_count=promotion.c.used_count + change.uses,
                        used_quantity=promotion.c.used_quantity + change.quantity,
                        spent_amount=promotion.c.spent_amount + change.amount,
                    )
                )

    async def _pairs(
        self,
        query: Select[int, int],
        model: type[PromotionGroup | PromotionOffer | PromotionPoint],
        keys: Sequence[int],
    ) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        if keys:
            for promotion_id, key in await self._session.execute(
                query.where(table(model).c.promotion_id.in_(keys))
            ):
                found.setdefault(promotion_id, set()).add(key)
        return found


def _in_groups(group_ids: Collection[int]) -> ColumnElement[bool]:
    promotion, named = table(Promotion), table(PromotionGroup)
    keys = sorted(group_ids)
    of_others = core_select(named.c.promotion_id).where(named.c.group_id.in_(keys))
    return or_(promotion.c.group_id.in_(keys), promotion.c.in_all_groups, promotion.c.id.in_(of_others))
