"""Friends who were brought and have ordered, and the credit that waits for both."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.locking import locked
from storage.models import (
    FriendCredit,
    Group,
    Member,
    Order,
    PaymentWay,
    Person,
    Pick,
    Plan,
    Promotion,
    PromotionGroup,
    Referral,
)
from storage.states import (
    FriendCreditState,
    FulfilmentState,
    OrderState,
    PaymentMethod,
    Presence,
    PromotionKind,
    PromotionState,
)
from storage.tables import table, upsert

FriendKey = tuple[int, int]
"""The group and the friend who was brought into it."""


class FriendTerms(NamedTuple):
    """A promotion for friends, as it holds in one group; the amount is what each of the two gets."""

    promotion_id: int
    group_id: int
    title: str
    amount: int
    currency: str
    starts_at: datetime
    uses_per_person: int | None
    minimum_amount: int | None


class BroughtFriend(NamedTuple):
    """Somebody who was brought into a group and has had nothing for it yet."""

    group_id: int
    friend_id: int
    person_id: int
    referred_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FriendFacts:
    """What decides about one friend's credit."""

    credit: FriendCredit
    group_title: str
    order_state: OrderState
    fulfilment_state: FulfilmentState
    handed_over_at: datetime | None
    minimum_amount: int | None
    #: How long goods may come back, by the group's plan, if it has one.
    return_days: int | None
    #: Those of the two who are in the group and did not want to be forgotten.
    present: frozenset[int]


class PromotionFriendRepository:
    """The credits for friends, each once for a person and a group."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def in_force(self, group_ids: Collection[int], *, now: datetime) -> list[FriendTerms]:
        """The promotions for friends that hold now in those of these groups that take store credit."""
        named = and_(
            col(PromotionGroup.promotion_id) == col(Promotion.id),
            col(PromotionGroup.group_id) == col(Group.id),
        )
        reach = or_(
            col(Promotion.group_id) == col(Group.id),
            col(Promotion.in_all_groups),
            core_select(col(PromotionGroup.group_id)).where(named).exists(),
        )
        takes_credit = core_select(col(PaymentWay.group_id)).where(
            col(PaymentWay.group_id) == col(Group.id),
            col(PaymentWay.method) == PaymentMethod.CREDIT,
            col(PaymentWay.is_active),
        )
        query = (
            core_select(
                col(Promotion.id), col(Group.id), col(Promotion.title), col(Promotion.amount),
                col(Promotion.currency), col(Promotion.starts_at), col(Promotion.uses_per_person),
                col(Promotion.minimum_amount),
            )
            .join(Group, reach)
            .where(col(Promotion.kind) == PromotionKind.FRIEND, col(Group.id).in_(group_ids))
            .where(col(Promotion.state) == PromotionState.ACTIVE, col(Promotion.starts_at) <= now)
            .where(or_(col(Promotion.ends_at).is_(None), col(Promotion.ends_at) > now))
            .where(col(Promotion.currency) == col(Group.currency), col(Promotion.amount) > 0)
            .where(takes_credit.exists())
            .order_by(col(Promotion.id), col(Group.id))
        )  # fmt: skip
        return [FriendTerms(*row) for row in await self._session.execute(query)]

    async def list_brought(
        self, keys: Collection[FriendKey], *, except_orders: Collection[int]
    ) -> list[BroughtFriend]:
        """Who of these was brought, has had nothing for it, and has never got an order there before."""
        friends = {friend_id for _, friend_id in keys}
        live = core_select(col(Order.id)).where(
            col(Order.id) == col(FriendCredit.order_id), col(Order.state) != OrderState.CANCELLED
        )
        stands = (
            core_select(col(FriendCredit.friend_id))
            .where(col(FriendCredit.group_id) == col(Referral.group_id))
            .where(col(FriendCredit.friend_id) == col(Referral.person_id))
            .where(
                or_(
                    col(FriendCredit.state) == FriendCreditState.GIVEN,
                    and_(col(FriendCredit.state) == FriendCreditState.EXPECTED, live.exists()),
                )
            )
        )
        had = (
            core_select(col(Order.id))
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .where(col(Order.person_id) == col(Referral.person_id))
            .where(col(Pick.group_id) == col(Referral.group_id))
            .where(col(Order.state) == OrderState.COMPLETED, col(Order.id).not_in(list(except_orders)))
        )
        query = (
            core_select(
                col(Referral.group_id),
                col(Referral.person_id),
                col(Referral.referrer_id),
                col(Referral.referred_at),
            )
            .where(col(Referral.group_id).in_({group_id for group_id, _ in keys}))
            .where(col(Referral.person_id).in_(friends), ~stands.exists(), ~had.exists())
            .order_by(col(Referral.group_id), col(Referral.person_id))
        )
        rows = [BroughtFriend(*row) for row in await self._session.execute(query)]
        return [row for row in rows if (row.group_id, row.friend_id) in keys]

    async def brought_with(self, promotion_id: int, person_ids: Collection[int]) -> dict[int, int]:
        """How many friends each of these people has brought by a promotion, without those in vain."""
        query = (
            core_select(col(FriendCredit.person_id), func.count())
            .where(col(FriendCredit.promotion_id) == promotion_id)
            .where(col(FriendCredit.person_id).in_(person_ids))
            .where(col(FriendCredit.state) != FriendCreditState.VOID)
            .group_by(col(FriendCredit.person_id))
        )
        return {row[0]: int(row[1]) for row in await self._session.execute(query)}

    async def reserve(self, promotion_id: int, amount: int) -> bool:
        """Set so much of a promotion aside for one use; False where its bounds leave no room for it."""
        of = table(Promotion)
        statement = (
            update(of)
            .where(of.c.id == promotion_id)
            .where(or_(of.c.uses_limit.is_(None), of.c.used_count < of.c.uses_limit))
            .where(or_(of.c.budget_amount.is_(None), of.c.spent_amount + amount <= of.c.budget_amount))
            .values(used_count=of.c.used_count + 1, spent_amount=of.c.spent_amount + amount)
        )
        return bool((await (await self._session.connection()).execute(statement)).rowcount)

    async def release(self, promotion_id: int, amount: int, *, uses: int) -> None:
        """So much of what was set aside is not needed."""
        of = table(Promotion)
        statement = (
            update(of)
            .where(of.c.id == promotion_id)
            .values(used_count=of.c.used_count - uses, spent_amount=of.c.spent_amount - amount)
        )
        await (await self._session.connection()).execute(statement)

    async def expect(self, credit: FriendCredit) -> None:
        """Keep that a friend's credit is expected, in the place of one that came to nothing."""
        statement = upsert(self._session, FriendCredit)
        changed = {
            name: getattr(statement.excluded, name)
            for name in FriendCredit.model_fields
            if name not in ("group_id", "friend_id")
        }
        statement = statement.on_conflict_do_update(index_elements=["group_id", "friend_id"], set_=changed)
        await (await self._session.connection()).execute(statement, [credit.model_dump()])

    async def find(self, key: FriendKey) -> FriendCredit | None:
        """What a friend's coming has brought, if anything."""
        query = select(FriendCredit).where(FriendCredit.group_id == key[0], FriendCredit.friend_id == key[1])
        return (await self._session.exec(query.execution_options(populate_existing=True))).first()

    async def save(self, credit: FriendCredit) -> None:
        """Keep what was changed of it."""
        self._session.add(credit)
        await self._session.flush()

    async def list_due(self, *, now: datetime, limit: int) -> list[FriendKey]:
        """Whose credit is to be looked at now, the longest overdue first."""
        query = (
            core_select(col(FriendCredit.group_id), col(FriendCredit.friend_id))
            .where(col(FriendCredit.state) == FriendCreditState.EXPECTED, col(FriendCredit.due_at) <= now)
            .order_by(col(FriendCredit.due_at), col(FriendCredit.group_id), col(FriendCredit.friend_id))
            .limit(limit)
        )
        return [(row[0], row[1]) for row in await self._session.execute(query)]

    async def postpone(self, key: FriendKey, *, until: datetime) -> None:
        """Look at a friend's credit again later."""
        statement = (
            update(table(FriendCredit))
            .where(col(FriendCredit.group_id) == key[0], col(FriendCredit.friend_id) == key[1])
            .values(due_at=until)
        )
        await (await self._session.connection()).execute(statement)

    async def lock(self, key: FriendKey) -> FriendFacts | None:
        """What decides about a friend's credit; nobody else decides before the commit.

        The order is locked before its promotion, as everybody does.
        """
        credit = await self.find(key)
        if credit is None:
            return None
        order = locked(select(Order).where(Order.id == credit.order_id), key_share=True)
        found = (await self._session.exec(order)).one()
        promotion = locked(select(Promotion).where(Promotion.id == credit.promotion_id), key_share=True)
        promoted = (await self._session.exec(promotion)).one()
        again = select(FriendCredit).where(FriendCredit.group_id == key[0], FriendCredit.friend_id == key[1])
        credit = (await self._session.exec(locked(again))).one()
        if credit.order_id != found.id:
            # Another order took its place while we waited; the next look decides.
            return None
        group = await self._session.get_one(Group, key[0])
        plan = await self._session.get(Plan, key[0])
        return FriendFacts(
            credit=credit,
            group_title=group.title,
            order_state=found.state,
            fulfilment_state=found.fulfilment_state,
            handed_over_at=found.handed_over_at,
            minimum_amount=promoted.minimum_amount,
            return_days=plan.return_days if plan is not None else None,
            present=frozenset(await self._present(key[0], (credit.person_id, credit.friend_id))),
        )

    async def next_order(self, key: FriendKey, *, after: int) -> int | None:
        """The first order that a friend has placed in a group after this one and that stands."""
        query = (
            core_select(col(Order.id))
            .join(Pick, col(Pick.id) == col(Order.pick_id))
            .where(col(Order.person_id) == key[1], col(Pick.group_id) == key[0])
            .where(col(Order.state) != OrderState.CANCELLED, col(Order.id) > after)
            .order_by(col(Order.id))
            .limit(1)
        )
        return (await self._session.execute(query)).scalar()

    async def _present(self, group_id: int, person_ids: Collection[int]) -> list[int]:
        query = (
            core_select(col(Member.person_id))
            .join(Person, col(Person.id) == col(Member.person_id))
            .where(col(Member.group_id) == group_id, col(Member.person_id).in_(person_ids))
            .where(col(Member.presence) == Presence.JOINED, col(Person.erased_at).is_(None))
        )
        return list((await self._session.execute(query)).scalars())
