"""Whatever is recommended, ordered, paid and given back: what is earned follows from the facts alone."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import Any

from bot.bookkeeping import audit_books
from bot.errors import ShopError
from bot.jobs.commissions import reckon_stale, release_accrued
from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.commissions import freeze_anew
from bot.services.handover import hand_over, take_back
from bot.services.members import leave_group
from bot.services.payments.refunds import give_goodwill
from bot.services.shares import name_who_told
from bot.shop import Shop
from storage.models import Commission, Group, Order
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import CommissionState, OrderState
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.factories import MEI_ID, make_person, make_pick, make_request
from tests.services.money import make_paid_group, pays, settle_all
from tests.services.rewards import joins, make_plan, opens
from tests.services.rows import rows_of

STEPS = 45
RELEASED = (CommissionState.ACCRUED, CommissionState.DUE)


@dataclass(kw_only=True)
class Life:
    """A group that pays for recommendations, and chance."""

    shop: Shop
    clock: Clock
    chance: Random
    group: Group
    people: list[Seen]
    picks: list[PostedPick]
    done: Counter[str] = field(default_factory=Counter)

    async def begin(self) -> None:
        """Most have opened a card, everybody has ordered and some have paid; the first pick is over."""
        for reader, of in zip(self.people, self.people[2:], strict=False):
            for pick in self.picks:
                await opens(self.shop, pick, reader, of=of)
        ask = Ask(action="change", items=((None, 2),))
        asked = [make_request(pick, ask, person=one) for pick in self.picks for one in self.people]
        await asyncio.gather(*map(self.shop.orders.submit, asked))
        for _ in range(8):
            await self.pays()
        await self.does(lambda uow: close_pick(uow, self.picks[0].id, now=self.shop.now()))

    async def step(self) -> None:
        """Something happens, or is refused."""
        acts: dict[str, tuple[int, Callable[[], Awaitable[None]]]] = {
            "opens": (3, self.opens), "orders": (6, self.orders), "cancels": (1, self.cancels),
            "pays": (4, self.pays), "closes": (1, self.closes), "gets": (5, self.gets),
            "gives_back": (2, self.gives_back), "is_soothed": (2, self.is_soothed),
            "says": (2, self.says), "goes": (1, self.goes), "waits": (1, self.waits),
            "changes_the_plan": (1, self.changes_the_plan),
        }  # fmt: skip
        [name] = self.chance.choices(list(acts), [weight for weight, _ in acts.values()])
        with suppress(ShopError):
            await acts[name][1]()
            self.done[name] += 1
        await settle_all(self.shop)
        while await reckon_stale(self.shop):
            pass

    async def opens(self) -> None:
        reader, of = self.chance.sample(self.people, 2)
        await opens(self.shop, self.pick(), reader, of=of)

    async def orders(self) -> None:
        ask = Ask(action="change", items=((None, self.chance.choice([1, 2, 3, -1])),))
        request = make_request(self.pick(), ask, person=self.person(), message_id=None)
        await self.shop.orders.submit(request)

    async def cancels(self) -> None:
        await self.shop.orders.submit(make_request(self.pick(), Ask(action="cancel"), person=self.person()))

    async def pays(self) -> None:
        order = await self.order(OrderState.PLACED, OrderState.CONFIRMED, OrderState.COMPLETED)
        async with self.shop.reading() as uow:
            money = (await uow.payments.money([order.id or 0]))[order.id or 0]
        amount = self.chance.choice([money.lines_amount, 777])
        payer = next(person for person in self.people if person.id == order.person_id)
        await pays(self.shop, order.id or 0, payer, amount)

    async def closes(self) -> None:
        await self.does(lambda uow: close_pick(uow, self.pick().id, now=self.shop.now()))

    async def gets(self) -> None:
        key = (await self.order(OrderState.CONFIRMED)).id or 0
        await self.does(lambda uow: hand_over(uow, key, by_id=MEI_ID, now=self.shop.now()))

    async def gives_back(self) -> None:
        key = (await self.order(OrderState.COMPLETED)).id or 0
        await self.does(lambda uow: take_back(uow, key, by_id=MEI_ID, now=self.shop.now()))

    async def is_soothed(self) -> None:
        key = (await self.order(OrderState.COMPLETED)).id or 0
        amount = self.chance.choice([1, 333, 999])
        await self.does(
            lambda uow: give_goodwill(uow, key, amount, reason="bruised", by_id=MEI_ID, now=self.shop.now())
        )

    async def says(self) -> None:
        order = await self.order(OrderState.PLACED, OrderState.CONFIRMED, OrderState.COMPLETED)
        key, named = order.id or 0, self.person().id

        async def said(uow: UnitOfWork) -> None:
            await name_who_told(uow, key, order.person_id, named, now=self.shop.now())
            await freeze_anew(uow, key, now=self.shop.now())

        await self.does(said)

    async def goes(self) -> None:
        banned = self.chance.random() < 0.5
        gone, group_id = self.person(), self.group.id or 0
        async with self.shop.writing() as uow:
            await leave_group(uow, group_id, gone, now=self.shop.now(), is_banned=banned)
        if not banned:
            await joins(self.shop, self.group, gone)

    async def waits(self) -> None:
        self.clock.advance(timedelta(days=9))
        await release_accrued(self.shop)

    async def changes_the_plan(self) -> None:
        async with self.shop.writing() as uow:
            plan = await uow.plans.find(self.group.id or 0, lock=True)
            assert plan is not None
            plan.first_bps, plan.second_bps = self.chance.choice([(1000, 0), (777, 333), (500, 250)])
            plan.is_active, plan.inviter_recommends = self.chance.random() < 0.8, self.chance.random() < 0.8
            await uow.plans.save(plan)

    def pick(self) -> PostedPick:
        return self.chance.choice(self.picks)

    def person(self) -> Seen:
        return self.chance.choice(self.people)

    async def order(self, *states: OrderState) -> Order:
        found = [order for order in await rows_of(self.shop, Order) if order.state in states]
        if not found:
            raise ShopError
        return self.chance.choice(found)

    async def does(self, act: Callable[[UnitOfWork], Awaitable[Any]]) -> None:
        async with self.shop.writing() as uow:
            await act(uow)


async def what_is_wrong(life: Life) -> list[str]:
    """Each commission that is not what its order's money says, worked out in another way."""
    rows = await rows_of(life.shop, Commission)
    async with life.shop.reading() as uow:
        money = await uow.payments.money({row.order_id for row in rows})
        shut = [m for p in life.people if (m := await uow.members.find_member(life.group.id or 0, p.id))]
    banned = {member.person_id for member in shut if member.is_banned}
    wrong = []
    for row in rows:
        facts = money[row.order_id]
        beside = {other.level: other for other in rows if other.order_id == row.order_id}
        rate = sum(other.bps for other in beside.values())
        held = facts.received_amount - facts.refunded_amount - facts.refund_due_amount
        goods = facts.lines_amount - facts.goodwill_amount
        is_completed = facts.order_state is OrderState.COMPLETED
        whole = min(row.order_cap_amount or 10**9, max(0, min(goods, held)) * rate // 10_000)
        exact = Fraction(whole * row.bps, rate) if is_completed else Fraction(0)
        both = sum(other.accrued_amount for other in beside.values())
        if row.earner_id == row.buyer_id or row.buyer_id != facts.person_id:
            wrong.append(f"{row} is the buyer's")
        if row.earner_id not in banned and abs(row.accrued_amount - exact) >= 1:
            wrong.append(f"{row} is not {exact}")
        if is_completed and not {o.earner_id for o in beside.values()} & banned and both != whole:
            wrong.append(f"{row} and those beside it are not {whole}")
        if row.is_stale or (row.state in RELEASED) != (row.accrued_at is not None):
            wrong.append(f"{row} is unsettled")
    return wrong


async def test_what_is_earned_follows_from_the_facts(shop: Shop, clock: Clock) -> None:
    group = await make_paid_group(shop)
    await make_plan(shop, group, second_bps=250, order_cap_amount=400)
    people = [make_person(name) for name in ("Ann", "Ben", "Cem", "Dan", "Eva")]
    for person, by in zip(people, [None, *people], strict=False):
        await joins(shop, group, person, by=by)
    picks = [
        await make_pick(shop, group=group, price_amount=price, lasts=timedelta(days=99), stock=None)
        for price in (999, 1_250, 37)
    ]
    life = Life(shop=shop, clock=clock, chance=Random(10), group=group, people=people, picks=picks)
    await life.begin()
    for _ in range(STEPS):
        await life.step()
        assert await what_is_wrong(life) == [], life.done
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []
    states = {row.state for row in await rows_of(shop, Commission)}
    assert len(states) == len(CommissionState), (states, life.done)
