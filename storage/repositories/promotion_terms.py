"""Promotions as those who make them see them: terms, lists, what can be chosen, and what came of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, delete, func, insert, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import (
    FriendCredit,
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
from storage.spelling import holds
from storage.states import FriendCreditState, PickState, PromotionState
from storage.tables import table

_ENDS = (PromotionState.ACTIVE, PromotionState.PAUSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class PromotionResult:
    """What came of a promotion, in one group or in all; amounts in its minor units.

    `sales_amount` is what those orders come to before the discount; `new_buyers` had never ordered there.
    """

    group_id: int | None
    title: str
    orders: int
    people: int
    new_buyers: int
    quantity: int
    discount_amount: int
    sales_amount: int


class NamedOffer(NamedTuple):
    """An offer by its title, and whose it is."""

    id: int
    title: str
    group_id: int


class PromotionTermsRepository:
    """What is made, changed and looked at of promotions, apart from the orders that they make cheaper."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, promotion_id: int, *, lock: bool = False) -> Promotion | None:
        """The promotion with this key; locked, no order counts against it before the commit."""
        query = select(Promotion).where(Promotion.id == promotion_id)
        if lock:
            query = query.with_for_update(key_share=True)
        # What was read before may be old by now: counts are moved without the objects.
        return (await self._session.exec(query.execution_options(populate_existing=True))).first()

    async def save(self, promotion: Promotion) -> int:
        """Keep a promotion, new or changed; returns its key."""
        self._session.add(promotion)
        await self._session.flush()
        assert promotion.id is not None
        return promotion.id

    async def set_scope(
        self,
        promotion_id: int,
        *,
        groups: Collection[int] = (),
        offers: Collection[int] = (),
        points: Collection[int] = (),
    ) -> None:
        """Say anew where a promotion holds, by keys; what is not named is all meant."""
        connection = await self._session.connection()
        for of, column, keys in (
            (table(PromotionGroup), "group_id", groups),
            (table(PromotionOffer), "offer_id", offers),
            (table(PromotionPoint), "point_id", points),
        ):
            await connection.execute(delete(of).where(of.c.promotion_id == promotion_id))
            rows = [{"promotion_id": promotion_id, column: key} for key in sorted(set(keys))]
            if rows:
                await connection.execute(insert(of), rows)

    async def list_of_group(self, group_id: int, *, limit: int, skip: int = 0) -> list[Promotion]:
        """A group's own promotions and those across groups that hold in it, the newest first."""
        named = core_select(col(PromotionGroup.promotion_id)).where(col(PromotionGroup.group_id) == group_id)
        across = (col(Promotion.in_all_groups) | col(Promotion.id).in_(named)) & (
            col(Promotion.state) != PromotionState.ENDED
        )
        query = select(Promotion).where(or_(col(Promotion.group_id) == group_id, across))
        return await self._page(query, limit=limit, skip=skip)

    async def list_across(self, *, limit: int, skip: int = 0) -> list[Promotion]:
        """The promotions across groups, the newest first."""
        query = select(Promotion).where(col(Promotion.group_id).is_(None))
        return await self._page(query, limit=limit, skip=skip)

    async def count_active(self, group_id: int | None) -> int:
        """How many promotions of a group, or across groups, are neither drafts nor over."""
        of = col(Promotion.group_id)
        query = core_select(func.count()).where(
            of.is_(None) if group_id is None else of == group_id,
            col(Promotion.state).in_([PromotionState.ACTIVE, PromotionState.PAUSED]),
        )
        return int((await self._session.execute(query)).scalar_one())

    async def list_over(self, *, now: datetime, limit: int) -> list[int]:
        """Promotions whose time is over and that nobody has ended yet."""
        query = (
            core_select(col(Promotion.id))
            .where(col(Promotion.state).in_(_ENDS), col(Promotion.ends_at) <= now)
            .order_by(col(Promotion.ends_at))
            .limit(limit)
        )
        return [int(key or 0) for key in (await self._session.execute(query)).scalars()]

    async def list_begun(self, *, after: datetime, until: datetime) -> list[int]:
        """Promotions that have begun since a moment."""
        query = core_select(col(Promotion.id)).where(
            col(Promotion.state) == PromotionState.ACTIVE,
            col(Promotion.starts_at) > after,
            col(Promotion.starts_at) <= until,
        )
        return [int(key or 0) for key in (await self._session.execute(query)).scalars()]

    async def live_cards(self, promotion: Promotion) -> dict[int, int]:
        """The cards that tell of a promotion: pick key -> chat."""
        offers = core_select(col(PromotionOffer.offer_id)).where(
            col(PromotionOffer.promotion_id) == promotion.id
        )
        query = (
            core_select(col(Pick.id), col(Group.chat_id))
            .join(Group, col(Group.id) == col(Pick.group_id))
            .join(Offer, col(Offer.id) == col(Pick.offer_id))
            .where(col(Pick.state) == PickState.LIVE, col(Group.is_active))
            .where(col(Offer.currency) == promotion.currency)
            .where(~offers.exists() | col(Pick.offer_id).in_(offers))
            .where(_in_its_groups(promotion, col(Pick.group_id)))
        )
        rows = await self._session.execute(query)
        return {int(row[0] or 0): int(row[1]) for row in rows}

    async def groups_to_choose(
        self, *, currency: str, words: str = "", limit: int, skip: int = 0
    ) -> list[Group]:
        """The groups that keep their prices in a currency, by title; `words` may be a part of it."""
        query = select(Group).where(col(Group.is_active), Group.currency == currency)
        if words:
            query = query.where(holds(col(Group.title), words))
        query = query.order_by(col(Group.title), col(Group.id)).limit(limit).offset(skip)
        return list(await self._session.exec(query))

    async def titles_of(self, group_ids: Collection[int], *, limit: int) -> list[str]:
        """The titles of these groups, by title."""
        query = (
            core_select(col(Group.title))
            .where(col(Group.id).in_(list(group_ids)[:500]))
            .order_by(col(Group.title))
            .limit(limit)
        )
        return list((await self._session.execute(query)).scalars())

    async def offers_to_choose(
        self, group_ids: Collection[int], *, currency: str, words: str = "", limit: int, skip: int = 0
    ) -> list[NamedOffer]:
        """What is or was posted in these groups in a currency, what was posted last first."""
        last = func.max(col(Pick.id))
        query = (
            core_select(col(Offer.id), col(Offer.title), func.min(col(Pick.group_id)))
            .join(Pick, col(Pick.offer_id) == col(Offer.id))
            .where(col(Pick.group_id).in_(list(group_ids)[:500]), col(Offer.currency) == currency)
            .group_by(col(Offer.id), col(Offer.title))
        )
        if words:
            query = query.where(holds(col(Offer.title), words))
        query = query.order_by(last.desc()).limit(limit).offset(skip)
        return [NamedOffer(*row) for row in await self._session.execute(query)]

    async def offer_titles(self, offer_ids: Collection[int]) -> list[str]:
        """What these offers are called, the first made first."""
        query = core_select(col(Offer.title)).where(col(Offer.id).in_(offer_ids)).order_by(col(Offer.id))
        return list((await self._session.execute(query)).scalars())

    async def results(self, promotion_id: int, *, limit: int = 50) -> list[PromotionResult]:
        """What came of a promotion in each group that used it, the most orders first."""
        order, pick, group, used = table(Order), table(Pick), table(Group), table(Redemption)
        worth = _worth()
        count = func.count()
        query = (
            core_select(
                group.c.id,
                group.c.title,
                count,
                func.count(order.c.person_id.distinct()),
                func.sum(case((_is_first(order, pick), 1), else_=0)),
                func.sum(used.c.quantity),
                func.sum(used.c.amount),
                func.sum(func.coalesce(worth.c.amount, 0) + order.c.fee_amount),
            )
            .select_from(used)
            .join(order, order.c.id == used.c.order_id)
            .join(pick, pick.c.id == order.c.pick_id)
            .join(group, group.c.id == pick.c.group_id)
            .outerjoin(worth, worth.c.order_id == order.c.id)
            .where(used.c.promotion_id == promotion_id, used.c.amount > 0)
            .group_by(group.c.id, group.c.title)
            .order_by(count.desc(), group.c.id)
            .limit(limit)
        )
        names = list(PromotionResult.__dataclass_fields__)
        rows = await (await self._session.connection()).execute(query)
        return [
            PromotionResult(**dict(zip(names, [row[0], row[1], *map(int, row[2:])], strict=True)))
            for row in rows
        ]

    async def count_friends(self, promotion_id: int) -> dict[FriendCreditState, int]:
        """How many friends were brought by a promotion, by what became of their credit."""
        query = (
            core_select(col(FriendCredit.state), func.count())
            .where(col(FriendCredit.promotion_id) == promotion_id)
            .group_by(col(FriendCredit.state))
        )
        return {row[0]: int(row[1]) for row in await self._session.execute(query)}

    async def _page(self, query: Any, *, limit: int, skip: int) -> list[Promotion]:
        is_over = case((col(Promotion.state) == PromotionState.ENDED, 1), else_=0)
        query = query.order_by(is_over, col(Promotion.id).desc()).limit(limit).offset(skip)
        return list(await self._session.exec(query))


def _in_its_groups(promotion: Promotion, group_id: Any) -> Any:
    if promotion.group_id is not None:
        return group_id == promotion.group_id
    if promotion.in_all_groups:
        return group_id.is_not(None)
    named = core_select(col(PromotionGroup.group_id)).where(col(PromotionGroup.promotion_id) == promotion.id)
    return group_id.in_(named)


def _worth() -> Any:
    line = table(OrderLine)
    amount = func.sum(line.c.quantity * line.c.unit_amount).label("amount")
    return core_select(line.c.order_id, amount).group_by(line.c.order_id).subquery("worth")


def _is_first(order: Any, pick: Any) -> Any:
    """Whether a person had ordered nothing in that group before."""
    earlier, of = table(Order).alias("earlier"), table(Pick).alias("of")
    found: Select[Any] = (
        core_select(earlier.c.id)
        .join(of, of.c.id == earlier.c.pick_id)
        .where(earlier.c.person_id == order.c.person_id, earlier.c.id < order.c.id)
        .where(of.c.group_id == pick.c.group_id)
    )
    return ~found.exists()
