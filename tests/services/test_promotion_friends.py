"""Who brings a friend gets a credit with her: once, after her first order was kept, and within the budget."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.bookkeeping import audit_books
from bot.jobs.promotions import credit_friends
from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.handover import hand_over, take_back
from bot.services.orders.placing import place_orders
from bot.services.payments.refunds import give_goodwill, tick_off
from bot.services.payments.settlements import settle_orders
from bot.services.promotion_friends import look_at
from bot.shop import Shop
from storage.models import FriendCredit, Group, OutboxEntry, Promotion, Referral
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import (
    AccountKind,
    FlagKind,
    FriendCreditState,
    OutboxKind,
    PromotionKind,
    PromotionState,
    ReferralSource,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_person, make_pick, make_request
from tests.services.money import balance_of, make_paid_group, order_of, pays
from tests.services.rows import rows_of
from tests.storage.test_locks import until_somebody_waits

KEPT = timedelta(days=8)
"""The seven days in which goods may come back, and one more."""


@dataclass(kw_only=True)
class Town:
    """A group in which friends are brought, and a pick in it."""

    shop: Shop
    clock: Clock
    group: Group
    posted: PostedPick
    promotion_id: int

    async def brings(self, person: Seen, friend: Seen) -> None:
        """Somebody brings a friend into the group; both read private messages."""
        async with self.shop.writing() as uow:
            await uow.members.meet([person, friend], now=self.shop.now())
            for one in (person, friend):
                await uow.members.enter(self.group.id or 0, [one.id], now=self.shop.now())
                await uow.members.open_private(one.id, is_open=True)
            await uow.referrals.add(
                Referral(
                    group_id=self.group.id or 0,
                    person_id=friend.id,
                    referrer_id=person.id,
                    source=ReferralSource.INVITE_LINK,
                    referred_at=self.shop.now(),
                )
            )

    async def gets(self, order_id: int, person: Seen, amount: int = 1290) -> None:
        """The pick closes, the order is paid and handed over."""
        async with self.shop.writing() as uow:
            posted = (await uow.picks.load([self.posted.id]))[self.posted.id]
            if posted.pick.closed_at is None:
                await close_pick(uow, posted.id, now=self.shop.now())
        await pays(self.shop, order_id, person, amount)
        async with self.shop.writing() as uow:
            await hand_over(uow, order_id, by_id=MEI_ID, now=self.shop.now())

    async def waits(self, by: timedelta = KEPT) -> None:
        """Time passes, a day at a time, and what is due is looked at."""
        while by > timedelta(0):
            self.clock.advance(min(by, timedelta(days=1)))
            by -= timedelta(days=1)
            await credit_friends(self.shop)

    async def credits(self, *people: Seen) -> list[int]:
        """What each of these people has as credit, in cents."""
        return [-await balance_of(self.shop, self.group.id, person, AccountKind.CREDIT) for person in people]

    async def promotion(self) -> Promotion:
        """The promotion as it stands."""
        return next(p for p in await rows_of(self.shop, Promotion) if p.id == self.promotion_id)

    async def is_sound(self) -> bool:
        """Whether the books say nothing against it."""
        async with self.shop.reading() as uow:
            audit = await audit_books(uow, now=self.shop.now())
        assert audit.says == []
        return True


@pytest.fixture
async def town(shop: Shop, clock: Clock) -> Town:
    group = await make_paid_group(shop)
    posted = await make_pick(shop, group=group, stock=None, lasts=timedelta(days=60))
    async with shop.writing() as uow:
        promotion = Promotion(
            group_id=group.id,
            title="Bring a friend",
            kind=PromotionKind.FRIEND,
            state=PromotionState.ACTIVE,
            currency="EUR",
            amount=500,
            starts_at=shop.now(),
            budget_amount=2500,
            created_at=shop.now(),
        )
        key = await uow.promotion_terms.save(promotion)
    return Town(shop=shop, clock=clock, group=group, posted=posted, promotion_id=key)


async def test_both_get_it_once_the_order_was_kept_and_only_once(town: Town) -> None:
    ann, ben = make_person("Ann"), make_person("Ben")
    await town.brings(ann, ben)
    order_id = await order_of(town.shop, town.posted, ben)
    # It is set aside with the order, and given to nobody yet.
    assert (await town.promotion()).spent_amount == 1000
    await town.gets(order_id, ben)
    await town.waits(KEPT - timedelta(days=1))
    assert await town.credits(ann, ben) == [0, 0]
    await town.waits(timedelta(days=2))
    assert await town.credits(ann, ben) == [500, 500]
    told = [row for row in await rows_of(town.shop, OutboxEntry) if row.kind is OutboxKind.FRIEND_CREDIT]
    assert {row.chat_id for row in told} == {ann.id, ben.id}
    second = await make_pick(town.shop, group=town.group, title="Tea")
    await order_of(town.shop, second, ben)
    assert len(await rows_of(town.shop, FriendCredit)) == 1
    assert (await town.promotion()).used_count == 1
    assert await town.is_sound()


async def test_what_is_given_up_is_nobodys_and_another_order_takes_its_place(town: Town) -> None:
    ann, ben, lin = make_person("Ann"), make_person("Ben"), make_person("Lin")
    await town.brings(ann, ben)
    await town.brings(ann, lin)
    first = await order_of(town.shop, town.posted, ben)
    tea = await make_pick(town.shop, group=town.group, title="Tea", lasts=timedelta(days=60))
    second = await order_of(town.shop, tea, ben)
    await order_of(town.shop, town.posted, lin)
    nothing = Ask(action="set", items=((None, 0),))
    for person in (ben, lin):
        await town.shop.orders.submit(make_request(town.posted, nothing, person=person))
    await town.waits(timedelta(days=2))
    by_friend = {credit.friend_id: credit for credit in await rows_of(town.shop, FriendCredit)}
    assert (by_friend[ben.id].order_id, by_friend[ben.id].state) == (second, FriendCreditState.EXPECTED)
    assert by_friend[lin.id].state is FriendCreditState.VOID
    assert (await town.promotion()).spent_amount == 1000
    # Who comes back to it has another chance.
    await order_of(town.shop, town.posted, lin)
    assert (await town.promotion()).spent_amount == 2000
    assert first != second
    assert await town.is_sound()


async def test_money_that_goes_back_and_goods_that_do_not_stay_bring_nothing(town: Town) -> None:
    ann, ben, lin = make_person("Ann"), make_person("Ben"), make_person("Lin")
    await town.brings(ann, ben)
    await town.brings(ann, lin)
    orders = {person.id: await order_of(town.shop, town.posted, person) for person in (ben, lin)}
    await town.gets(orders[ben.id], ben)
    await town.gets(orders[lin.id], lin)
    async with town.shop.writing() as uow:
        await give_goodwill(uow, orders[ben.id], None, reason="broken", by_id=MEI_ID, now=town.shop.now())
        for refund in await uow.refunds.list_of_order(orders[ben.id]):
            assert refund.amount == 1290
        await take_back(uow, orders[lin.id], by_id=MEI_ID, now=town.shop.now())
        await settle_orders(uow, list(orders.values()), now=town.shop.now())
    await town.waits(timedelta(days=9))
    states = {credit.friend_id: credit.state for credit in await rows_of(town.shop, FriendCredit)}
    # What is owed back to Ben has not gone yet, and Lin's goods may still come.
    assert set(states.values()) == {FriendCreditState.EXPECTED}
    async with town.shop.writing() as uow:
        for refund in await uow.refunds.list_of_order(orders[ben.id]):
            await tick_off(uow, refund.id or 0, by_id=MEI_ID, note="", now=town.shop.now())
    await town.waits(timedelta(days=2))
    states = {credit.friend_id: credit.state for credit in await rows_of(town.shop, FriendCredit)}
    assert states == {ben.id: FriendCreditState.VOID, lin.id: FriendCreditState.EXPECTED}
    assert await town.credits(ann, ben, lin) == [0, 0, 0]
    assert await town.is_sound()


async def test_who_left_gets_nothing_and_what_is_doubted_waits_for_a_person(town: Town) -> None:
    ann, ben, lin, eve = (make_person(name) for name in ("Ann", "Ben", "Lin", "Eve"))
    await town.brings(ann, ben)
    await town.brings(eve, lin)
    orders = {person.id: await order_of(town.shop, town.posted, person) for person in (ben, lin)}
    await town.gets(orders[ben.id], ben)
    await town.gets(orders[lin.id], lin)
    group_id = town.group.id or 0
    async with town.shop.writing() as uow:
        await uow.members.leave(group_id, ann.id, now=town.shop.now())
        await uow.flags.raise_flag(
            FlagKind.SELF_REFERRAL,
            group_id=group_id,
            person_id=lin.id,
            other_id=eve.id,
            order_id=None,
            evidence={},
            merge_key="odd",
            now=town.shop.now(),
        )
    await town.waits(timedelta(days=10))
    assert await town.credits(ann, ben, lin, eve) == [0, 500, 0, 0]
    promotion = await town.promotion()
    assert (promotion.used_count, promotion.spent_amount) == (2, 1500)
    assert await town.is_sound()


async def test_who_was_there_before_or_has_ordered_already_was_brought_by_nothing(town: Town) -> None:
    ann, ben = make_person("Ann"), make_person("Ben")
    town.clock.advance(-timedelta(days=1))
    await town.brings(ann, ben)
    town.clock.advance(timedelta(days=1))
    await order_of(town.shop, town.posted, ben)
    # Nobody brought her at all.
    await order_of(town.shop, town.posted, make_person("Kim"))
    assert await rows_of(town.shop, FriendCredit) == []


async def test_many_at_once_never_pass_the_budget(town: Town) -> None:
    ann = make_person("Ann")
    friends = [make_person(f"Friend {n}") for n in range(12)]
    for friend in friends:
        await town.brings(ann, friend)
    await asyncio.gather(*(order_of(town.shop, town.posted, friend) for friend in friends))
    # 25.00 suffices for two pairs of 5.00 each, and a half one is none.
    promotion = await town.promotion()
    assert (promotion.used_count, promotion.spent_amount) == (2, 2000)
    assert len(await rows_of(town.shop, FriendCredit)) == 2
    assert await town.is_sound()


async def test_what_comes_to_nothing_while_she_orders_again_is_given_back_once(town: Town) -> None:
    ann, ben = make_person("Ann"), make_person("Ben")
    await town.brings(ann, ben)
    await order_of(town.shop, town.posted, ben)
    tea = await make_pick(town.shop, group=town.group, title="Tea", lasts=timedelta(days=60))
    nothing = Ask(action="set", items=((None, 0),))
    await town.shop.orders.submit(make_request(town.posted, nothing, person=ben))
    async with town.shop.writing() as uow:
        terms = {**(await town.promotion()).model_dump(), "id": None, "amount": 600}
        better = await uow.promotion_terms.save(Promotion(**{**terms, "used_count": 0, "spent_amount": 0}))
    town.clock.advance(timedelta(days=1))
    async with town.shop.writing() as uow:
        await look_at(uow, (town.group.id or 0, ben.id), now=town.clock.now())
        again = asyncio.create_task(order_of(town.shop, tea, ben))
        await until_somebody_waits(town.shop.database)
    await again
    counts = {p.id: (p.used_count, p.spent_amount) for p in await rows_of(town.shop, Promotion)}
    assert counts == {town.promotion_id: (0, 0), better: (1, 1200)}
    assert await town.is_sound()


async def test_nobody_brings_more_than_her_share_whoever_orders_at_once(town: Town) -> None:
    ann, friends = make_person("Ann"), [make_person(f"Friend {n}") for n in range(5)]
    async with town.shop.writing() as uow:
        promotion = await uow.promotion_terms.find(town.promotion_id, lock=True)
        assert promotion is not None
        promotion.uses_per_person = 1
        await uow.promotion_terms.save(promotion)
    picks = [await make_pick(town.shop, group=town.group, title=f"Tea {n}") for n in range(5)]
    for friend in friends:
        await town.brings(ann, friend)

    async def orders(friend: Seen, pick: PostedPick) -> None:
        request = make_request(pick, Ask(action="change", items=((None, 1),)), person=friend)
        async with town.shop.writing() as uow:
            await place_orders(uow, [request], now=town.shop.now())

    await asyncio.gather(*map(orders, friends, picks))
    assert len(await rows_of(town.shop, FriendCredit)) == (await town.promotion()).used_count == 1
    assert await town.is_sound()
