"""Promotions as orders meet them: what they get, what is left, and what becomes of it later."""

import asyncio
import random
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.errors import ShopError
from bot.i18n import Translator
from bot.quoting import requote
from bot.rules.orders import Ask
from bot.rules.pricing import Terms, TierPrice
from bot.rules.settlements import costs_of
from bot.services.boards import sums_of
from bot.services.closing import close_pick
from bot.services.orders.placing import place_orders
from bot.services.orders.requests import OrderPlaced, OrderRequest
from bot.services.payments.lapses import lapse_hold, restore_order
from bot.services.pickups import add_point, choose_point, price_point
from bot.services.pricing import NewPriceFor, change_price
from bot.services.teams import TeamWish, expire_team
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from bot.views.sheets import SheetFacts, pickup_list, supplier_sheet
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import AccountKind, OrderState, PaysWhen, PromotionKind, PromotionState
from tests.clock import Clock
from tests.factories import make_group, make_person, make_pick, make_request, make_twin, next_update
from tests.services.money import balances, make_paid_group, order_of, pays, settle_all
from tests.services.promotions import (
    books_agree,
    change,
    enter,
    got,
    make_coupons,
    make_promotion,
    saved,
    stands,
)

CANCEL = Ask(action="cancel")
ONE_MORE = Ask(action="change", items=((None, 1),))


def asks(posted: PostedPick, quantity: int = 1, *, person: Seen) -> OrderRequest:
    return make_request(posted, Ask(action="change", items=((None, quantity),)), person=person)


async def test_an_order_costs_less_and_says_why(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000)
    tenth = await make_promotion(shop, group, title="Harvest")
    ann = make_person()

    placed = await shop.orders.submit(
        make_request(posted, Ask(action="change", items=((None, 2),)), person=ann)
    )

    assert (placed.total.amount, placed.at_most) == (1800, None)
    assert [(one.title, one.amount.amount) for one in placed.savings] == [("Harvest", 200)]
    assert await stands(shop, tenth) == (1, 0, 200)

    more = await shop.orders.submit(make_request(posted, ONE_MORE, person=ann))
    assert more.total.amount == 2700
    assert await stands(shop, tenth) == (1, 0, 300)

    gone = await shop.orders.submit(make_request(posted, CANCEL, person=ann))
    assert (gone.lines, gone.savings) == ((), ())
    assert await stands(shop, tenth) == (0, 0, 0)
    await books_agree(shop)


async def test_the_best_counts_and_those_that_join_are_one(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000)
    tenth = await make_promotion(shop, group, stacks=True)
    amount = await make_promotion(shop, group, kind=PromotionKind.AMOUNT, amount=150)
    joining = await make_promotion(shop, group, kind=PromotionKind.AMOUNT, amount=90, stacks=True)
    order = await order_of(shop, posted, make_person())

    found = await got(shop, order)

    assert {key: one.amount for key, one in found.items()} == {tenth: 100, joining: 90}
    assert await stands(shop, amount) == (0, 0, 0)
    await books_agree(shop)


async def test_a_budget_that_ends_in_the_middle_of_a_batch_is_given_out_to_the_cent(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, stock=None)
    other = await make_pick(shop, group=group, price_amount=1000, stock=None)
    tenth = await make_promotion(shop, group, budget_amount=250)
    requests = [asks(pick, person=make_person()) for pick in (posted, other, posted, other)]

    async with shop.writing() as uow:
        results = await place_orders(uow, requests, now=shop.now())

    totals = [result.total.amount for result in results if isinstance(result, OrderPlaced)]
    assert totals == [900, 900, 950, 1000]
    assert await stands(shop, tenth) == (3, 0, 250)
    await books_agree(shop)


async def test_two_hundred_people_enter_a_code_with_one_use_left_and_one_has_it(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, stock=None)
    offer = await make_promotion(shop, group, kind=PromotionKind.AMOUNT, amount=500, by_coupon=True)
    [coupon] = await make_coupons(shop, offer, "SPRING-5", uses_limit=1)
    people = [make_person() for _ in range(200)]
    await enter(shop, coupon, *(person.id for person in people))

    placed = await asyncio.gather(*(shop.orders.submit(asks(posted, person=person)) for person in people))

    assert sorted(one.total.amount for one in placed) == [500, *[1000] * 199]
    assert await stands(shop, offer) == (1, 0, 500)
    winner = next(who for who, one in zip(people, placed, strict=True) if one.savings)
    await shop.orders.submit(make_request(posted, CANCEL, person=winner))
    loser = next(who for who in people if who != winner)
    again = await shop.orders.submit(make_request(posted, ONE_MORE, person=loser))
    assert again.total.amount == 1500, "what one gives up another may have"
    await books_agree(shop)


async def test_flash_pieces_are_counted_and_nobody_has_one_too_many(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, stock=None)
    flash = await make_promotion(
        shop, group, kind=PromotionKind.FLASH_PRICE, unit_amount=700, quantity_limit=5
    )
    people = [make_person() for _ in range(4)]

    placed = await asyncio.gather(*(shop.orders.submit(asks(posted, 2, person=who)) for who in people))

    assert sorted(one.total.amount for one in placed) == [1400, 1400, 1700, 2000]
    assert await stands(shop, flash) == (3, 5, 1500)
    await books_agree(shop)


async def test_what_is_over_is_kept_and_does_not_grow(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, stock=None)
    tenth = await make_promotion(shop, group, ends_at=shop.now() + timedelta(hours=1))
    ann, bea = make_person(), make_person()
    order = await order_of(shop, posted, ann, 2)

    clock.advance(timedelta(hours=1))
    late = await shop.orders.submit(asks(posted, person=bea))
    more = await shop.orders.submit(asks(posted, 3, person=ann))
    assert (late.total.amount, more.total.amount) == (1000, 4800)

    clock.advance(timedelta(days=-3))
    earlier = await shop.orders.submit(asks(posted, person=make_person()))
    still = await shop.orders.submit(asks(posted, -4, person=ann))
    assert earlier.total.amount == 1000, "it has not begun by a clock that was put back"
    assert (still.total.amount, await saved(shop, order)) == (900, 100)
    clock.advance(timedelta(days=3))

    await change(shop, tenth, state=PromotionState.ENDED)
    same = await shop.orders.submit(asks(posted, person=ann))
    assert same.total.amount == 1900
    await books_agree(shop)


async def test_whoever_ends_a_promotion_waits_for_orders_and_they_for_her(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, stock=None)
    tenth = await make_promotion(shop, group)
    people = [make_person() for _ in range(20)]

    orders = [shop.orders.submit(asks(posted, person=who)) for who in people]
    *placed, _ = await asyncio.gather(*orders, change(shop, tenth, state=PromotionState.ENDED))

    cheaper = [one for one in placed if one is not None and one.savings]
    assert await stands(shop, tenth) == (len(cheaper), 0, 100 * len(cheaper))
    after = await shop.orders.submit(asks(posted, person=make_person()))
    assert after.total.amount == 1000
    await books_agree(shop)


async def test_a_first_order_is_one_alone(shop: Shop) -> None:
    group = await make_group(shop)
    here, there = [await make_pick(shop, group=group, price_amount=1000) for _ in range(2)]
    first = await make_promotion(shop, group, first_order_only=True)
    ann = make_person()

    async with shop.writing() as uow:
        asked = [asks(here, person=ann), asks(there, person=ann)]
        results = await place_orders(uow, asked, now=shop.now())

    assert [one.total.amount for one in results if isinstance(one, OrderPlaced)] == [900, 1000]
    await shop.orders.submit(make_request(here, CANCEL, person=ann))
    assert (await shop.orders.submit(asks(here, person=ann))).total.amount == 1000
    assert await stands(shop, first) == (0, 0, 0)


@pytest.mark.parametrize("has_it", [True, False])
async def test_an_order_beside_an_earlier_one_is_no_first_order(shop: Shop, has_it: bool) -> None:
    group = await make_group(shop)
    here, there = [await make_pick(shop, group=group, price_amount=1000) for _ in range(2)]
    ann = make_person()
    if has_it:
        await make_promotion(shop, group, first_order_only=True)
    await shop.orders.submit(asks(here, person=ann))
    if not has_it:
        await make_promotion(shop, group, first_order_only=True)

    async with shop.writing() as uow:
        asked = [asks(there, person=ann), asks(here, person=ann)]
        results = await place_orders(uow, asked, now=shop.now())

    assert [one.total.amount for one in results if isinstance(one, OrderPlaced)] == [1000, 1800]
    async with shop.writing() as uow:
        await requote(uow, [1, 2], now=shop.now(), anew=True)
    assert [await saved(shop, 1), await saved(shop, 2)] == [200, 0]


async def test_each_person_has_it_so_often(shop: Shop) -> None:
    group = await make_group(shop)
    picks = [await make_pick(shop, group=group, price_amount=1000) for _ in range(3)]
    await make_promotion(shop, group, uses_per_person=2)
    ann = make_person()

    placed = await asyncio.gather(*(shop.orders.submit(asks(pick, person=ann)) for pick in picks))

    assert sorted(one.total.amount for one in placed) == [900, 900, 1000]


async def test_it_holds_where_it_says(shop: Shop) -> None:
    here, there = await make_group(shop), await make_group(shop)
    named, other = [await make_pick(shop, group=here, price_amount=1000) for _ in range(2)]
    far = await make_pick(shop, group=there, price_amount=1000)
    everywhere = await make_promotion(shop, None, in_all_groups=True, kind=PromotionKind.AMOUNT, amount=50)
    across = await make_promotion(shop, None, groups=[here.id or 0], kind=PromotionKind.AMOUNT, amount=70)
    one = await make_promotion(shop, here, offers=[named.offer.id or 0])
    dollars = await make_promotion(shop, here, currency="USD", bps=5000)
    orders = [await order_of(shop, pick, make_person()) for pick in (named, other, far)]

    found = [{key: redeemed.amount for key, redeemed in (await got(shop, key)).items()} for key in orders]

    assert found == [{one: 100}, {across: 70}, {everywhere: 50}]
    assert await stands(shop, dollars) == (0, 0, 0)


async def test_a_price_that_falls_takes_its_part_back_and_nobody_pays_more(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, tiers={3: 600})
    tenth = await make_promotion(shop, group, minimum_amount=2000, budget_amount=500)
    order = await order_of(shop, posted, make_person(), 2)
    last = await shop.orders.submit(asks(posted, 2, person=make_person()))

    assert (last.total.amount, last.at_most.amount if last.at_most else None) == (1080, 1800)
    assert await stands(shop, tenth) == (2, 0, 400)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())

    assert await saved(shop, order) == 120, "its minimum counts at the full price"
    assert await stands(shop, tenth) == (2, 0, 240)
    await books_agree(shop)


async def test_what_it_would_cost_now_is_what_a_close_would_make_of_it(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, tiers={4: 500})
    await make_promotion(shop, group, kind=PromotionKind.FLASH_PRICE, unit_amount=600, quantity_limit=4)
    await make_promotion(shop, group)
    ann = make_person()

    placed = await shop.orders.submit(asks(posted, 4, person=ann))

    # The flash price is above the tier's by now, and a close opens nothing new: not the tenth off.
    assert (placed.total.amount, placed.at_most.amount if placed.at_most else None) == (2000, 2400)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
        money = (await uow.payments.money([1]))[1]
    assert costs_of(money) == 2000


async def test_a_board_reckons_with_the_older_terms_that_orders_keep(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, tiers={2: 500})
    await make_promotion(shop, group)
    await order_of(shop, posted, make_person(), 2)
    dearer = Terms(price_amount=1200, tiers=(TierPrice(9, 300),))
    async with shop.writing() as uow:
        await change_price(
            uow, posted.id, dearer, applies_to=NewPriceFor.LATER_ORDERS, by_id=None, now=shop.now()
        )

    async with shop.reading() as uow:
        facts = await sums_of(uow, await uow.picks.get(posted.id))

    assert (facts.total.amount, facts.now_amount) == (1800, 900)


async def test_what_never_comes_about_gives_everything_back(shop: Shop) -> None:
    group = await make_group(shop)
    failing = await make_pick(shop, group=group, price_amount=1000, minimum_quantity=9)
    withdrawn = await make_pick(shop, group=group, price_amount=1000)
    tenth = await make_promotion(shop, group)
    for pick in (failing, withdrawn):
        await order_of(shop, pick, make_person())
    assert await stands(shop, tenth) == (2, 0, 200)

    async with shop.writing() as uow:
        await close_pick(uow, failing.id, now=shop.now())
    async with shop.writing() as uow:
        await withdraw_pick(uow, withdrawn.id, reason="Rain", by_id=group.owner_id or 0, now=shop.now())

    assert await stands(shop, tenth) == (0, 0, 0)
    await books_agree(shop)


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_bound_is_ever_passed_by_many_at_once(shop: Shop, seed: int) -> None:
    """Orders, changes, cancellations and closes of several picks: books agree, bounds hold."""
    dice = random.Random(seed)
    group = await make_group(shop)
    picks = [
        await make_pick(shop, group=group, price_amount=1000, stock=None, tiers={6: 777}) for _ in range(3)
    ]
    picks.append(await make_twin(shop, picks[0], group=await make_group(shop)))
    tenth = await make_promotion(shop, group, budget_amount=1234, stacks=True)
    flash = await make_promotion(
        shop, group, kind=PromotionKind.FLASH_PRICE, unit_amount=650, quantity_limit=7, stacks=True
    )
    third = await make_promotion(
        shop, None, in_all_groups=True, kind=PromotionKind.BUY_N_PAY_M, buy_quantity=3, pay_quantity=2,
        uses_limit=4,
    )  # fmt: skip
    coded = await make_promotion(
        shop, group, kind=PromotionKind.AMOUNT, amount=900, by_coupon=True, uses_per_person=1
    )
    [coupon] = await make_coupons(shop, coded, "HONEY", uses_limit=2)
    people = [make_person() for _ in range(8)]
    await enter(shop, coupon, *(person.id for person in people))

    async def one() -> None:
        posted, who = dice.choice(picks), dice.choice(people)
        ask = CANCEL if dice.random() < 0.2 else Ask(action="set", items=((None, dice.randint(1, 4)),))
        with suppress(ShopError):
            await shop.orders.submit(make_request(posted, ask, person=who))

    async def close(posted: PostedPick) -> None:
        async with shop.writing() as uow:
            await close_pick(uow, posted.id, now=shop.now())

    while len(picks) > 1:
        await asyncio.gather(*(one() for _ in range(10)))
        await asyncio.gather(close(picks.pop()), *(one() for _ in range(5)))
        await books_agree(shop)
    for promotion_id, most in ((tenth, (99, 99, 1234)), (flash, (99, 7, 99_999)), (third, (4, 99, 99_999))):
        assert all(used <= bound for used, bound in zip(await stands(shop, promotion_id), most, strict=True))
    assert (await stands(shop, coded))[0] <= 2
    await books_agree(shop)


async def test_what_is_charged_is_the_net_price_and_late_money_brings_back_what_it_pays_for(
    shop: Shop, clock: Clock
) -> None:
    group = await make_paid_group(shop)
    async with shop.writing() as uow:
        group.pays_when = PaysWhen.NOW
        await uow.groups.save(group)
    posted = await make_pick(shop, group=group, price_amount=1000)
    fifth = await make_promotion(shop, group, bps=6000)
    ann = make_person()
    placed = await shop.orders.submit(asks(posted, 2, person=ann))
    assert placed.to_pay is not None
    assert placed.to_pay.amount.amount == 800
    order = placed.to_pay.order_id

    clock.advance(timedelta(minutes=11))
    async with shop.writing() as uow:
        assert await lapse_hold(uow, order, now=shop.now())
    assert await stands(shop, fifth) == (0, 0, 0), "nothing was paid, so nothing of it is kept"
    await pays(shop, order, ann, 800)
    async with shop.writing() as uow:
        await restore_order(uow, order, now=shop.now())
    await settle_all(shop)
    assert await stands(shop, fifth) == (1, 0, 1200)

    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    await settle_all(shop)
    found = await balances(shop, group.id)
    assert found[AccountKind.SALES] == -800
    assert found[AccountKind.TRANSFER] == 800
    await books_agree(shop)


async def test_where_it_is_fetched_for_nothing(shop: Shop) -> None:
    group = await make_group(shop)
    async with shop.writing() as uow:
        points = [
            await add_point(uow, group.id or 0, name, by_id=group.owner_id or 0, now=shop.now())
            for name in ("Gate", "Shed")
        ]
        for point, fee in zip(points, ("3.00", "2.00"), strict=True):
            await price_point(uow, point, fee, by_id=group.owner_id or 0, now=shop.now())
    gate, shed = [point.id or 0 for point in points]
    posted = await make_pick(shop, group=group, price_amount=1000)
    free = await make_promotion(shop, group, kind=PromotionKind.FREE_PICKUP)
    async with shop.writing() as uow:
        await uow.promotion_terms.set_scope(free, points=[gate])
    ann = make_person()
    order = await order_of(shop, posted, ann)
    assert await saved(shop, order) == 0, "nobody knows yet where it is fetched"

    costs = []
    for point_id in (gate, shed, gate):
        async with shop.writing() as uow:
            await choose_point(uow, order, point_id, person_id=ann.id, now=shop.now())
        async with shop.reading() as uow:
            money = (await uow.payments.money([order]))[order]
        costs.append((money.fee_amount, money.discount_amount, await saved(shop, order), costs_of(money)))

    assert costs == [(0, 0, 300, 1000), (200, 0, 0, 1200), (0, 0, 300, 1000)]
    same = await shop.orders.submit(asks(posted, person=ann))
    assert (same.total.amount, await stands(shop, free)) == (2000, (1, 0, 300))
    await books_agree(shop)


async def test_what_a_team_price_takes_it_takes_from_the_discount_until_the_team_expires(
    shop: Shop, clock: Clock
) -> None:
    group = await make_group(shop)
    posted = await make_pick(
        shop, group=group, price_amount=1000, team_price_amount=800, lasts=timedelta(days=3)
    )
    tenth = await make_promotion(shop, group, ends_at=shop.now() + timedelta(days=9))
    ann, ben = make_person(), make_person()
    order = await order_of(shop, posted, ann)
    teams = [
        (await shop.join_team(TeamWish(update_id=next_update(), person=who, pick_id=posted.id))).team
        for who in (ann, ben)
    ]
    assert await stands(shop, tenth) == (2, 0, 160)

    clock.advance(timedelta(hours=24))
    for team in teams:
        async with shop.writing() as uow:
            assert await expire_team(uow, team.id, now=shop.now())

    assert await saved(shop, order) == 100, "Ann, who had ordered alone before, goes on alone"
    assert await stands(shop, tenth) == (1, 0, 100), "Ben's order is dropped"
    await books_agree(shop)


async def test_nothing_of_an_order_in_review_moves(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000)
    await make_promotion(shop, group)
    order = await order_of(shop, posted, make_person(), 2)
    async with shop.writing() as uow:
        await uow.orders.set_states({order: OrderState.NEEDS_REVIEW})
        await uow.orders.cancel_all(posted.id, by_id=None, now=shop.now())
        assert await requote(uow, [order], now=shop.now()) == set()
    assert await saved(shop, order) == 200
    async with shop.writing() as uow:
        await uow.orders.set_states({order: OrderState.CANCELLED})
        assert await requote(uow, [order], now=shop.now()) == {order}
        assert await requote(uow, [order], now=shop.now()) == set()
    await books_agree(shop)


async def test_lists_and_sheets_are_net_and_say_what_makes_the_difference(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, price_amount=1000, tiers={3: 600})
    await make_promotion(shop, group)
    for quantity in (1, 2):
        await order_of(shop, posted, make_person(), quantity)

    async with shop.reading() as uow:
        facts = await sums_of(uow, await uow.picks.get(posted.id))
        entries = await uow.boards.list_entries(posted.id)

    assert (facts.total.amount, facts.now_amount) == (2700, 1620)
    assert [(entry.goods_amount, entry.amount) for entry in entries] == [(1000, 900), (2000, 1800)]
    book = supplier_sheet(Translator("en"), SheetFacts(facts=facts, entries=entries, now=shop.now()))
    cells = [row.cells for row in book.pages[0].rows]
    assert [(row[0], row[-1]) for row in cells[-2:]] == [
        ("Discounts and pick-up", Decimal("-3.00")),
        ("Total", Decimal("27.00")),
    ]
    listed = pickup_list(Translator("en"), SheetFacts(facts=facts, entries=entries, now=shop.now()))
    amounts = [row.cells[-2] for row in listed.flat.rows]
    assert amounts == [Decimal(10), Decimal(20), Decimal(-1), Decimal(-2), Decimal(27)]
