"""Who earns by whose order, how much, and when: frozen with the order, reckoned with its goods and money."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.bookkeeping import audit_books
from bot.jobs.commissions import reckon_stale, release_accrued
from bot.rules.orders import Ask
from bot.services.closing import close_pick
from bot.services.commissions import freeze_anew
from bot.services.handover import hand_over, take_back
from bot.services.members import leave_group
from bot.services.payments.findings import open_discrepancy
from bot.services.shares import name_who_told
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Discrepancy, Promotion
from storage.states import (
    CommissionSource,
    CommissionState,
    DiscrepancyKind,
    FlagKind,
    FlagOutcome,
    OrderState,
    PromotionKind,
    PromotionState,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_person, make_pick, make_request
from tests.services.money import make_paid_group, order_of, pays, settle_all
from tests.services.rewards import WEEK, earned, gets, joins, make_plan, opens

PRICE = 2_000


async def standing(shop: Shop, order_id: int, level: int = 1) -> tuple[CommissionState, int, int]:
    one = (await earned(shop))[order_id, level]
    return one.state, one.expected_amount, one.accrued_amount


async def test_whoever_told_earns_and_whoever_brought_her_too(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    await make_plan(shop, group, second_bps=250)
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    cem = await joins(shop, group, make_person("Cem"))
    pick = await make_pick(shop, group=group, price_amount=PRICE)
    await opens(shop, pick, cem, of=ben)
    order_id = await order_of(shop, pick, cem, 3)
    await reckon_stale(shop)
    assert {key: (c.earner_id, c.source, c.expected_amount) for key, c in (await earned(shop)).items()} == {
        (order_id, 1): (ben.id, CommissionSource.OPENED, 600),
        (order_id, 2): (ann.id, CommissionSource.INVITED, 150),
    }
    await order_of(shop, pick, cem, -1)
    await reckon_stale(shop)
    assert await standing(shop, order_id) == (CommissionState.EXPECTED, 400, 0)

    await gets(shop, pick, order_id)
    assert await standing(shop, order_id) == (CommissionState.ACCRUED, 400, 400)
    clock.advance(WEEK - timedelta(seconds=1))
    assert await release_accrued(shop) == 0
    clock.advance(timedelta(seconds=1))
    assert await release_accrued(shop) == 2
    assert await standing(shop, order_id) == (CommissionState.DUE, 400, 400)
    assert await standing(shop, order_id, 2) == (CommissionState.DUE, 100, 100)
    assert await release_accrued(shop) == 0

    async with shop.writing() as uow:
        await take_back(uow, order_id, by_id=MEI_ID, now=shop.now())
    await reckon_stale(shop)
    assert await standing(shop, order_id) == (CommissionState.EXPECTED, 400, 0)
    await gets(shop, pick, order_id)
    assert await standing(shop, order_id) == (CommissionState.ACCRUED, 400, 400)
    assert await reckon_stale(shop) == 0


async def test_without_a_word_whoever_brought_the_buyer_counts(shop: Shop) -> None:
    group = await make_group(shop)
    await make_plan(shop, group, second_bps=250)
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    cem = await joins(shop, group, make_person("Cem"), by=ben)
    pick = await make_pick(shop, group=group, price_amount=PRICE)
    order_id = await order_of(shop, pick, cem)
    assert {(c.level, c.earner_id, c.source) for c in (await earned(shop)).values()} == {
        (1, ben.id, CommissionSource.INVITED),
        (2, ann.id, CommissionSource.INVITED),
    }
    # She told Ben herself, which makes him nobody's friend above: he never earns by what he buys.
    await opens(shop, pick, ben, of=cem)
    of_ben = await order_of(shop, pick, ben)
    assert {(c.level, c.earner_id) for c in (await earned(shop, of_ben)).values()} == {(1, cem.id)}

    # What she says counts before, and may be said until the goods are hers.
    dan = await joins(shop, group, make_person("Dan"))
    for said in (ann, dan):
        async with shop.writing() as uow:
            await name_who_told(uow, order_id, cem.id, said.id, now=shop.now())
            await freeze_anew(uow, order_id, now=shop.now())
        assert {(c.level, c.earner_id, c.source) for c in (await earned(shop, order_id)).values()} == {
            (1, said.id, CommissionSource.SAID)
        }
    await gets(shop, pick, order_id)
    async with shop.writing() as uow:
        await freeze_anew(uow, order_id, now=shop.now())
    assert await standing(shop, order_id) == (CommissionState.ACCRUED, 200, 200)

    # Taken back and named anew at once: what has accrued is taken back first.
    async with shop.writing() as uow:
        await take_back(uow, order_id, by_id=MEI_ID, now=shop.now())
    async with shop.writing() as uow:
        await name_who_told(uow, order_id, cem.id, ann.id, now=shop.now())
        await freeze_anew(uow, order_id, now=shop.now())
    await reckon_stale(shop)
    assert await standing(shop, order_id) == (CommissionState.EXPECTED, 200, 0)
    assert [(c.level, c.earner_id) for c in (await earned(shop, order_id)).values()] == [(1, ann.id)]


async def test_what_counts_no_more_and_what_pays_nobody(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    await make_plan(shop, group, inviter_recommends=False)
    ann, ben, cem = [await joins(shop, group, make_person(name)) for name in ("Ann", "Ben", "Cem")]
    eva = await joins(shop, group, make_person("Eva"), by=ann)
    lasts = timedelta(days=30)
    pick = await make_pick(shop, group=group, lasts=lasts)
    dollars = await make_pick(shop, group=group, lasts=lasts)
    silent = await make_pick(shop, group=group, lasts=lasts)
    async with shop.writing() as uow:
        (await uow.picks.get(dollars.id)).offer.currency = "USD"
        (await uow.picks.get(silent.id)).pick.pays_no_commission = True
    for one in (pick, dollars, silent):
        await opens(shop, one, ben, of=ann)
        await opens(shop, one, cem, of=ann)
    for one in (dollars, silent):
        await order_of(shop, one, ben)
    await order_of(shop, pick, eva)
    assert await earned(shop) == {}, "inviters do not count, nor other money, nor a pick that pays none"

    clock.advance(timedelta(days=7))
    late = await order_of(shop, pick, cem)
    assert await earned(shop, late) == {}, "a card that was opened counts for seven days"

    await opens(shop, pick, ben, of=ann)
    async with shop.writing() as uow:
        await leave_group(uow, group.id or 0, ann, now=shop.now())
    order_id = await order_of(shop, pick, ben)
    assert (await earned(shop, order_id))[order_id, 1].earner_id == ann.id, "who left still earns"

    async with shop.writing() as uow:
        await leave_group(uow, group.id or 0, ann, now=shop.now(), is_banned=True)
    await opens(shop, pick, eva, of=ann)
    await order_of(shop, pick, eva, -1)
    of_eva = await order_of(shop, pick, eva)
    assert await earned(shop, of_eva) == {}, "who is banned does not"
    await gets(shop, pick, order_id)
    assert await standing(shop, order_id) == (CommissionState.VOID, 0, 0)
    async with shop.writing() as uow:
        await uow.members.enter(group.id or 0, [ann.id], now=shop.now())
        await uow.commissions.mark_stale([order_id], now=shop.now())
    await reckon_stale(shop)
    assert await standing(shop, order_id) == (CommissionState.ACCRUED, 129, 129), "unless she is let in again"
    async with shop.writing() as uow:
        (await uow.members.get(ann.id)).erased_at = shop.now()
        await uow.commissions.mark_stale([order_id], now=shop.now())
    await reckon_stale(shop)
    assert await standing(shop, order_id) == (CommissionState.ACCRUED, 129, 129), "what has accrued stays"


@pytest.mark.parametrize("ends", ["cancelled", "withdrawn", "failed"])
async def test_an_order_that_comes_to_nothing_pays_nothing(shop: Shop, ends: str) -> None:
    group = await make_group(shop)
    await make_plan(shop, group)
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    pick = await make_pick(shop, group=group, price_amount=PRICE, minimum_quantity=9)
    order_id = await order_of(shop, pick, ben)
    if ends == "cancelled":
        await shop.orders.submit(make_request(pick, Ask(action="cancel"), person=ben))
    else:
        async with shop.writing() as uow:
            if ends == "failed":
                await close_pick(uow, pick.id, now=shop.now())
            else:
                await withdraw_pick(uow, pick.id, reason="gone", by_id=MEI_ID, now=shop.now())
    await reckon_stale(shop)
    assert await standing(shop, order_id) == (CommissionState.VOID, 0, 0)
    if ends == "cancelled":
        async with shop.writing() as uow:
            plan = await uow.plans.find(group.id or 0)
            assert plan is not None
            plan.first_bps = 500
            await uow.plans.save(plan)
        await order_of(shop, pick, ben, 2)
        await reckon_stale(shop)
        assert await standing(shop, order_id) == (CommissionState.EXPECTED, 200, 0), "on the terms of now"


async def test_only_what_is_paid_and_kept_counts(shop: Shop) -> None:
    group = await make_paid_group(shop)
    await make_plan(shop, group, second_bps=333)
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    cem = await joins(shop, group, make_person("Cem"), by=ben)
    pick = await make_pick(shop, group=group, price_amount=999)
    order_id = await order_of(shop, pick, cem)
    await pays(shop, order_id, cem, 499)
    await gets(shop, pick, order_id)
    assert await standing(shop, order_id) == (CommissionState.ACCRUED, 100, 50)
    await pays(shop, order_id, cem, 600)
    await settle_all(shop)
    await reckon_stale(shop)
    assert await standing(shop, order_id) == (CommissionState.ACCRUED, 100, 100)
    assert await standing(shop, order_id, 2) == (CommissionState.ACCRUED, 33, 33)


@pytest.mark.parametrize("pays_none", [False, True])
async def test_what_a_promotion_takes_off_earns_nobody_anything(shop: Shop, pays_none: bool) -> None:
    group = await make_group(shop)
    await make_plan(shop, group)
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    async with shop.writing() as uow:
        await uow.promotion_terms.save(
            Promotion(
                group_id=group.id,
                title="A quarter off",
                kind=PromotionKind.PERCENT,
                state=PromotionState.ACTIVE,
                currency="EUR",
                bps=2_500,
                pays_no_commission=pays_none,
                starts_at=shop.now(),
                created_at=shop.now(),
            )
        )
    pick = await make_pick(shop, group=group, price_amount=PRICE)
    order_id = await order_of(shop, pick, ben)
    await gets(shop, pick, order_id)
    if pays_none:
        assert await standing(shop, order_id) == (CommissionState.VOID, 0, 0)
    else:
        assert await standing(shop, order_id) == (CommissionState.ACCRUED, 150, 150)


async def test_bounds_hold_and_give_room_again(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    await make_plan(
        shop, group, order_cap_amount=300, month_cap_amount=500, pair_cap_amount=350, first_bps=1_000
    )
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    cem = await joins(shop, group, make_person("Cem"), by=ann)
    orders = []
    for buyer in (ben, ben, cem):
        pick = await make_pick(shop, group=group, price_amount=PRICE, lasts=timedelta(days=60))
        order_id = await order_of(shop, pick, buyer, 2)
        await gets(shop, pick, order_id)
        orders.append(order_id)
    both = [(await standing(shop, order_id))[1:] for order_id in orders]
    assert both == [(300, 300), (300, 50), (300, 150)], "per order, per pair, per month"

    clock.advance(timedelta(days=32))
    pick = await make_pick(shop, group=group, price_amount=PRICE, lasts=timedelta(days=60))
    late = await order_of(shop, pick, cem, 2)
    await gets(shop, pick, late)
    assert (await standing(shop, late))[2] == 200, "another month, the same pair"

    async with shop.writing() as uow:
        await take_back(uow, orders[0], by_id=MEI_ID, now=shop.now())
    assert await reckon_stale(shop) == 1
    assert await reckon_stale(shop) == 3, "there is room again for what was held back"
    assert await reckon_stale(shop) == 0
    amounts = [(await standing(shop, order_id))[2] for order_id in (*orders, late)]
    assert amounts == [0, 300, 150, 200]


@pytest.mark.parametrize("outcome", list(FlagOutcome))
async def test_a_first_reward_waits_for_a_person(shop: Shop, clock: Clock, outcome: FlagOutcome) -> None:
    group = await make_group(shop)
    await make_plan(shop, group)
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    cem = await joins(shop, group, make_person("Cem"), by=ben)
    pick = await make_pick(shop, group=group, price_amount=PRICE)
    suspected, honest = await order_of(shop, pick, ben), await order_of(shop, pick, cem)
    await gets(shop, pick, suspected, honest)
    async with shop.writing() as uow:
        await uow.flags.raise_flag(
            FlagKind.BURST,
            group_id=group.id or 0,
            person_id=ann.id,
            other_id=None,
            order_id=None,
            evidence={},
            merge_key="burst:ann",
            now=shop.now(),
        )
    clock.advance(WEEK)
    assert await release_accrued(shop) == 1
    assert (await standing(shop, suspected))[0] is CommissionState.ACCRUED
    assert (await standing(shop, honest))[0] is CommissionState.DUE
    async with shop.writing() as uow:
        [found] = await uow.flags.list_known(group.id or 0)
        found.outcome, found.settled_at = outcome, shop.now()
        await uow.flags.save(found)
    is_paid = outcome is not FlagOutcome.WITHHOLD
    assert await release_accrued(shop) == is_paid
    assert (await standing(shop, suspected))[0] is (
        CommissionState.DUE if is_paid else CommissionState.ACCRUED
    )


async def test_nothing_falls_due_while_its_order_is_in_review(shop: Shop, clock: Clock) -> None:
    group = await make_paid_group(shop)
    await make_plan(shop, group)
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    pick = await make_pick(shop, group=group, price_amount=PRICE)
    order_id = await order_of(shop, pick, ben)
    await pays(shop, order_id, ben, PRICE)
    await gets(shop, pick, order_id)
    async with shop.writing() as uow:
        await open_discrepancy(
            uow,
            Discrepancy(
                group_id=group.id,
                order_id=order_id,
                kind=DiscrepancyKind.STATES_DISAGREE,
                facts={},
                merge_key="looked at",
                opened_at=shop.now(),
            ),
        )
    clock.advance(WEEK)
    assert await release_accrued(shop) == 0
    assert await standing(shop, order_id) == (CommissionState.ACCRUED, 200, 200)
    async with shop.writing() as uow:
        await uow.discrepancies.return_order(order_id, OrderState.COMPLETED, by_id=MEI_ID, now=shop.now())
    assert await release_accrued(shop) == 1


async def test_earners_hear_of_it_once_a_day(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    await make_plan(shop, group)
    ann = await joins(shop, group, make_person("Ann"))
    async with shop.writing() as uow:
        await uow.members.open_private(ann.id, is_open=True)
    began = shop.now()
    for _ in range(3):
        ben = await joins(shop, group, make_person("Ben"), by=ann)
        pick = await make_pick(shop, group=group, price_amount=PRICE)
        order_id = await order_of(shop, pick, ben)
        await gets(shop, pick, order_id)
    async with shop.writing() as uow:
        await take_back(uow, order_id, by_id=MEI_ID, now=shop.now())
    await reckon_stale(shop)
    async with shop.reading() as uow:
        due = await uow.outbox.list_due(now=shop.now() + timedelta(days=1), limit=100)
        [news] = await uow.commission_news.news(ann.id, since=began)
    assert len([entry for entry in due if entry.chat_id == ann.id]) == 1
    assert (news.gained_amount, news.gained_orders, news.lost_amount) == (400, 2, 0)


async def test_books_that_know_of_less_are_found_out(shop: Shop) -> None:
    group = await make_group(shop)
    await make_plan(shop, group)
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    pick = await make_pick(shop, group=group, price_amount=PRICE)
    order_id = await order_of(shop, pick, ben)
    await gets(shop, pick, order_id)
    async with shop.writing() as uow:
        await uow.reckonings.save(
            [replace(one, accrued_amount=210) for one in await uow.reckonings.lock([order_id])]
        )
    async with shop.reading() as uow:
        said = (await audit_books(uow, now=shop.now())).says
    assert said == [f"of order {order_id}, somebody earns 2.10 EUR, and the ledger has 2.00 EUR"]


async def test_what_cannot_be_reckoned_is_found_out(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    await make_plan(shop, group)
    ann = await joins(shop, group, make_person("Ann"))
    ben = await joins(shop, group, make_person("Ben"), by=ann)
    order_id = await order_of(shop, await make_pick(shop, group=group), ben)

    async def said(later: timedelta) -> list[str]:
        clock.advance(later)
        async with shop.reading() as uow:
            return (await audit_books(uow, now=shop.now())).says

    assert await said(timedelta(hours=2)) == [], "nothing about it has changed"
    for _ in range(2):
        # What changes meanwhile does not put it off.
        async with shop.writing() as uow:
            await uow.commissions.mark_stale([order_id], now=shop.now())
        late = await said(timedelta(minutes=31))
    assert late == [
        f"what order {order_id} earns still waits to be reckoned: look for commission_not_reckoned"
    ]
    assert await reckon_stale(shop) == 1
    assert await said(timedelta(0)) == []


async def test_bounds_hold_whoever_reckons_at_once(shop: Shop) -> None:
    """Several processes reckon what one person earns, while goods are taken back and handed over again."""
    group = await make_group(shop)
    await make_plan(shop, group, month_cap_amount=1_000, pair_cap_amount=350)
    ann = await joins(shop, group, make_person("Ann"))
    pick = await make_pick(shop, group=group, price_amount=PRICE, stock=None)
    orders = []
    for number in range(8):
        buyer = await joins(shop, group, make_person(f"Buyer {number}"), by=ann)
        orders.append(await order_of(shop, pick, buyer, 2))
    async with shop.writing() as uow:
        await close_pick(uow, pick.id, now=shop.now())

    async def moved(order_id: int) -> None:
        for again in (True, False):
            async with shop.writing() as uow:
                await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
            if again:
                async with shop.writing() as uow:
                    await take_back(uow, order_id, by_id=MEI_ID, now=shop.now())
            await reckon_stale(shop)

    await asyncio.gather(*map(moved, orders), *(reckon_stale(shop) for _ in range(4)))
    while await reckon_stale(shop):
        pass
    amounts = [one.accrued_amount for one in (await earned(shop)).values()]
    assert sum(amounts) == 1_000
    assert max(amounts) == 350
