"""Tiers, minimum quantity, limit per person, and prices that change under way."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.errors import ButtonOutdated, PickClosed
from bot.pricing_errors import (
    KeepsOldPrice,
    LimitReached,
    PriceSettled,
    TierAboveStock,
)
from bot.rules.orders import Ask
from bot.rules.pricing import terms_of
from bot.services.closing import close_pick
from bot.services.members import open_private
from bot.services.orders.placing import place_orders
from bot.services.orders.requests import OrderPlaced
from bot.services.pricing import (
    NewPriceFor,
    PriceChanged,
    answer_price,
    change_price,
    find_question_of,
    prices_now,
)
from bot.shop import Shop
from storage.models import OutboxEntry
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PickState
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick, make_request, make_twin

TIERS = {10: 1190, 30: 990}
ASK, LATER = NewPriceFor.WHO_AGREES, NewPriceFor.LATER_ORDERS


async def look(shop: Shop, posted: PostedPick) -> PostedPick:
    async with shop.reading() as uow:
        return await uow.picks.get(posted.id)


async def close(shop: Shop, posted: PostedPick) -> PostedPick:
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    return await look(shop, posted)


async def reprice(
    shop: Shop, posted: PostedPick, price: int, tiers: Mapping[int, int] | None = None, how: NewPriceFor = ASK
) -> PriceChanged:
    async with shop.writing() as uow:
        return await change_price(
            uow,
            posted.id,
            terms_of(price, (tiers or {}).items()),
            applies_to=how,
            by_id=MEI_ID,
            now=shop.now(),
        )


async def answer(shop: Shop, posted: PostedPick, person: Seen, *, accepts: bool) -> None:
    async with shop.writing() as uow:
        entry = (await uow.orders.load([(posted.id, person.id)]))[posted.id, person.id]
        await answer_price(uow, entry.id, person.id, accepts=accepts, now=shop.now())


async def costs(shop: Shop, posted: PostedPick) -> dict[str, int]:
    """The unit price of each buyer's lines."""
    async with shop.reading() as uow:
        return {line.name: line.unit_amount for line in await uow.orders.list_lines(posted.id)}


async def sent(shop: Shop, kind: OutboxKind) -> list[OutboxEntry]:
    """What waits to be sent of one kind; it is claimed by that."""
    async with shop.writing() as uow:
        due = await uow.outbox.list_due(now=shop.now(), limit=1000)
        keys = [entry.id for entry in due if entry.kind is kind]
        return await uow.outbox.claim(keys, now=shop.now(), hold=timedelta(seconds=90))


async def cards(shop: Shop) -> Counter[int | None]:
    return Counter(entry.subject_id for entry in await sent(shop, OutboxKind.CARD))


async def opens_private(shop: Shop, *people: Seen) -> None:
    async with shop.writing() as uow:
        for person in people:
            await open_private(uow, person, now=shop.now())


class TestTiers:
    async def test_what_one_pays_now_and_at_most(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=40, tiers=TIERS)
        ann = await make_order(shop, pick=honey, quantity=9)
        assert (ann.total.amount, ann.at_most) == (9 * 1290, None)
        ben = await make_order(shop, pick=honey, quantity=2)
        assert ben.total.amount == 2 * 1190
        assert ben.at_most is not None
        assert ben.at_most.amount == 2 * 1290

    async def test_everybody_pays_the_best_tier_reached(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=40, tiers=TIERS)
        for name, quantity in (("Ann", 9), ("Ben", 2), ("Cem", 19)):
            await make_order(shop, pick=honey, person=make_person(name), quantity=quantity)
        closed = await close(shop, honey)
        assert (closed.pick.final_amount, closed.pick.final_quantity) == (990, 30)
        assert await costs(shop, honey) == {"Ann": 990, "Ben": 990, "Cem": 990}

    async def test_a_price_may_rise_again_while_people_cancel(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=40, tiers=TIERS)
        ann, ben = make_person("Ann"), make_person("Ben")
        await make_order(shop, pick=honey, person=ann, quantity=10)
        await make_order(shop, pick=honey, person=ben, quantity=20)
        await shop.orders.submit(make_request(honey, Ask(action="cancel"), person=ann))
        closed = await close(shop, honey)
        assert closed.pick.final_amount == 1190
        assert await costs(shop, honey) == {"Ben": 1190}

    async def test_a_tier_counts_over_all_groups(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=40, tiers=TIERS)
        twin = await make_twin(shop, honey)
        await make_order(shop, pick=honey, person=make_person("Ann"), quantity=6)
        await cards(shop)
        lin = await make_order(shop, pick=twin, person=make_person("Lin"), quantity=4)
        assert lin.total.amount == 4 * 1190
        assert await cards(shop) == {honey.id: 1, twin.id: 1}, "both cards show the shared stock"
        await close(shop, honey)
        await close(shop, twin)
        assert await costs(shop, honey) == {"Ann": 1190}
        assert await costs(shop, twin) == {"Lin": 1190}

    async def test_a_group_that_closed_earlier_pays_no_more_than_the_last(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=40, tiers=TIERS)
        twin = await make_twin(shop, honey)
        ann = make_person("Ann")
        await make_order(shop, pick=honey, person=ann, quantity=10)
        await opens_private(shop, ann)
        await close(shop, honey)
        await sent(shop, OutboxKind.RECEIPT)
        await make_order(shop, pick=twin, person=make_person("Lin"), quantity=20)
        await close(shop, twin)
        assert await costs(shop, honey) == {"Ann": 990}
        assert (await look(shop, honey)).pick.final_amount == 990
        [again] = await sent(shop, OutboxKind.RECEIPT)
        assert (again.chat_id, again.payload) == (ann.id, {"has_fallen": True})

    async def test_a_tier_that_a_close_has_reached_stays(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=40, tiers=TIERS)
        twin = await make_twin(shop, honey)
        lin = make_person("Lin")
        await make_order(shop, pick=honey, person=make_person("Ann"), quantity=10)
        await make_order(shop, pick=twin, person=lin, quantity=20)
        await close(shop, honey)
        await shop.orders.submit(make_request(twin, Ask(action="set", items=((None, 1),)), person=lin))
        await close(shop, twin)
        assert await costs(shop, honey) == {"Ann": 990}
        assert await costs(shop, twin) == {"Lin": 990}

    async def test_two_groups_in_one_batch_cannot_oversell(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=3)
        twin = await make_twin(shop, honey)
        more = Ask(action="change", items=((None, 2),))
        async with shop.writing() as uow:
            results = await place_orders(
                uow, [make_request(honey, more), make_request(twin, more)], now=shop.now()
            )
        assert [isinstance(result, OrderPlaced) for result in results] == [True, False]


class TestMinimum:
    async def test_a_pick_below_its_minimum_fails_and_nobody_owes_anything(self, shop: Shop) -> None:
        honey = await make_pick(shop, minimum_quantity=10)
        ann, ben = make_person("Ann"), make_person("Ben")
        await make_order(shop, pick=honey, person=ann, quantity=4)
        await make_order(shop, pick=honey, person=ben, quantity=5)
        await opens_private(shop, ann)
        failed = await close(shop, honey)
        assert (failed.pick.state, failed.pick.final_amount) == (PickState.FAILED, None)
        assert (failed.pick.order_count, failed.pick.quantity, failed.variants[0].sold) == (0, 0, 0)
        assert failed.pick.final_quantity == 9
        assert await costs(shop, honey) == {}
        [told] = await sent(shop, OutboxKind.ORDER_FAILED)
        assert told.chat_id == ann.id
        [line] = await sent(shop, OutboxKind.PICK_FAILED)
        assert (line.chat_id, line.payload) == (honey.group.chat_id, {"person_ids": [ben.id]})
        assert not await sent(shop, OutboxKind.RECEIPT)

    async def test_a_minimum_that_is_reached_changes_nothing(self, shop: Shop) -> None:
        honey = await make_pick(shop, minimum_quantity=10)
        await make_order(shop, pick=honey, quantity=10)
        assert (await close(shop, honey)).pick.state is PickState.CLOSED

    async def test_a_minimum_counts_over_all_groups_and_is_reached_for_all(self, shop: Shop) -> None:
        honey = await make_pick(shop, minimum_quantity=10)
        twin = await make_twin(shop, honey)
        lin = make_person("Lin")
        await make_order(shop, pick=honey, quantity=6)
        await make_order(shop, pick=twin, person=lin, quantity=4)
        assert (await close(shop, honey)).pick.state is PickState.CLOSED
        await shop.orders.submit(make_request(twin, Ask(action="set", items=((None, 1),)), person=lin))
        assert (await close(shop, twin)).pick.state is PickState.CLOSED

    async def test_a_pick_that_failed_gives_its_stock_back_to_the_others(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=8, minimum_quantity=8)
        twin = await make_twin(shop, honey)
        await make_order(shop, pick=honey, quantity=6)
        await close(shop, honey)
        assert (await make_order(shop, pick=twin, quantity=8)).quantity == 8
        assert (await close(shop, twin)).pick.state is PickState.CLOSED

    async def test_nobody_to_tell(self, shop: Shop) -> None:
        honey = await make_pick(shop, minimum_quantity=2)
        await opens_private(shop, make_person("Mei", person_id=MEI_ID))
        await close(shop, honey)
        assert not await sent(shop, OutboxKind.PICK_FAILED)
        assert [entry.chat_id for entry in await sent(shop, OutboxKind.ROLL_UP)] == [MEI_ID]


class TestLimit:
    async def test_one_person_gets_so_many(self, shop: Shop) -> None:
        honey = await make_pick(shop, variants={"red": 9, "blue": 9}, limit_per_person=3)
        ann = make_person("Ann")
        await make_order(shop, pick=honey, person=ann, variant="red", quantity=2)
        with pytest.raises(LimitReached) as refused:
            await make_order(shop, pick=honey, person=ann, variant="blue", quantity=2)
        assert (refused.value.limit, refused.value.held) == (3, 2)
        await make_order(shop, pick=honey, person=ann, variant="blue")
        assert (await make_order(shop, pick=honey, variant="blue", quantity=3)).quantity == 3

    async def test_the_limit_counts_over_all_groups(self, shop: Shop) -> None:
        honey = await make_pick(shop, limit_per_person=3)
        twin = await make_twin(shop, honey)
        ann = make_person("Ann")
        await make_order(shop, pick=honey, person=ann, quantity=2)
        with pytest.raises(LimitReached):
            await make_order(shop, pick=twin, person=ann, quantity=2)
        await make_order(shop, pick=twin, person=ann)

    async def test_the_limit_counts_within_a_batch(self, shop: Shop) -> None:
        honey = await make_pick(shop, limit_per_person=3)
        twin = await make_twin(shop, honey)
        ann, more = make_person("Ann"), Ask(action="change", items=((None, 2),))
        requests = [make_request(honey, more, person=ann), make_request(twin, more, person=ann)]
        async with shop.writing() as uow:
            results = await place_orders(uow, requests, now=shop.now())
        assert [type(result) for result in results] == [OrderPlaced, LimitReached]


class TestChangedPrice:
    async def test_a_lower_price_is_everybodys_at_once(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        await make_order(shop, pick=honey, person=make_person("Ann"), quantity=2)
        assert await reprice(shop, honey, 1190) == PriceChanged(changed=True)
        assert await costs(shop, honey) == {"Ann": 1190}

    async def test_a_higher_price_is_for_later_orders(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        ann, ben = make_person("Ann"), make_person("Ben")
        await make_order(shop, pick=honey, person=ann)
        assert await reprice(shop, honey, 1490, how=LATER) == PriceChanged(changed=True, kept=1)
        assert not await sent(shop, OutboxKind.PRICE_QUESTION)
        assert (await make_order(shop, pick=honey, person=ben)).total.amount == 1490
        closed = await close(shop, honey)
        assert closed.pick.final_amount == 1490
        assert await costs(shop, honey) == {"Ann": 1290, "Ben": 1490}

    async def test_an_order_that_keeps_its_price_cannot_grow_but_come_again(self, shop: Shop) -> None:
        honey = await make_pick(shop, variants={"red": 9, "blue": 9})
        ann = make_person("Ann")
        await make_order(shop, pick=honey, person=ann, variant="red", quantity=2)
        await reprice(shop, honey, 1490, how=LATER)
        with pytest.raises(KeepsOldPrice) as refused:
            await make_order(shop, pick=honey, person=ann, variant="red")
        assert refused.value.price.amount == 1490
        red, blue = (kind.id for kind in honey.variants)
        exchange = Ask(action="set", items=((red, 1), (blue, 1)))
        placed = await shop.orders.submit(make_request(honey, exchange, person=ann))
        assert placed.total.amount == 2 * 1290
        cancel, again = Ask(action="cancel"), Ask(action="change", items=((red, 3),))
        async with shop.writing() as uow:
            requests = [make_request(honey, ask, person=ann) for ask in (cancel, again)]
            results = await place_orders(uow, requests, now=shop.now())
        assert isinstance(results[1], OrderPlaced)
        assert results[1].total.amount == 3 * 1490
        assert await costs(shop, honey) == {"Ann": 1490}

    async def test_each_buyer_is_asked(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        ann, ben, cem = (make_person(name) for name in ("Ann", "Ben", "Cem"))
        for person in (ann, ben, cem):
            await make_order(shop, pick=honey, person=person)
        await opens_private(shop, ann, ben)
        assert (await reprice(shop, honey, 1490)).asked == 3
        questions = await sent(shop, OutboxKind.PRICE_QUESTION)
        assert {entry.chat_id for entry in questions} == {ann.id, ben.id}
        [door] = await sent(shop, OutboxKind.PRICE_NOTICE)
        assert (door.chat_id, door.subject_id) == (honey.group.chat_id, honey.id)
        async with shop.reading() as uow:
            question = await find_question_of(uow, honey.id, cem.id)
        assert question is not None
        assert question.kept is not None
        assert (question.kept.price_amount, question.terms.price_amount) == (1290, 1490)
        await answer(shop, honey, ann, accepts=True)
        await answer(shop, honey, ben, accepts=False)
        await close(shop, honey)
        assert await costs(shop, honey) == {"Ann": 1490, "Ben": 1290, "Cem": 1290}

    async def test_who_declined_may_agree_after_all(self, shop: Shop) -> None:
        honey, ann = await make_pick(shop), make_person("Ann")
        await make_order(shop, pick=honey, person=ann)
        await reprice(shop, honey, 1490)
        await answer(shop, honey, ann, accepts=False)
        await answer(shop, honey, ann, accepts=True)
        await answer(shop, honey, ann, accepts=False)
        assert await costs(shop, honey) == {"Ann": 1490}, "an agreement stands"

    async def test_an_answer_that_comes_too_late_or_from_another(self, shop: Shop) -> None:
        honey, ann = await make_pick(shop), make_person("Ann")
        await make_order(shop, pick=honey, person=ann)
        with pytest.raises(ButtonOutdated):
            await answer(shop, honey, ann, accepts=True)
        await reprice(shop, honey, 1490)
        async with shop.writing() as uow:
            entry = (await uow.orders.load([(honey.id, ann.id)]))[honey.id, ann.id]
            with pytest.raises(ButtonOutdated):
                await answer_price(uow, entry.id, MEI_ID, accepts=True, now=shop.now())
        await close(shop, honey)
        with pytest.raises(PickClosed):
            await answer(shop, honey, ann, accepts=True)
        with pytest.raises(PickClosed):
            await reprice(shop, honey, 1590)

    async def test_worse_tiers_leave_earlier_orders_theirs(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=40, tiers=TIERS)
        ann, ben = make_person("Ann"), make_person("Ben")
        await make_order(shop, pick=honey, person=ann, quantity=5)
        assert (await reprice(shop, honey, 1290, {20: 1190}, LATER)).kept == 1
        await make_order(shop, pick=honey, person=ben, quantity=5)
        closed = await close(shop, honey)
        assert closed.pick.final_amount == 1290
        assert await costs(shop, honey) == {"Ann": 1190, "Ben": 1290}

    async def test_who_keeps_older_terms_shares_a_price_that_is_lower_still(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=40)
        ann = make_person("Ann")
        await make_order(shop, pick=honey, person=ann, quantity=5)
        await reprice(shop, honey, 1490, {10: 990}, LATER)
        await make_order(shop, pick=honey, person=make_person("Ben"), quantity=5)
        await close(shop, honey)
        assert await costs(shop, honey) == {"Ann": 990, "Ben": 990}

    async def test_a_price_that_falls_back_frees_who_kept_hers(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        ann = make_person("Ann")
        await make_order(shop, pick=honey, person=ann)
        await reprice(shop, honey, 1490)
        assert (await reprice(shop, honey, 1390)).kept == 1
        assert (await reprice(shop, honey, 1290)).kept == 0
        assert (await make_order(shop, pick=honey, person=ann)).total.amount == 2 * 1290
        with pytest.raises(ButtonOutdated):
            await answer(shop, honey, ann, accepts=True)

    async def test_all_groups_hear_of_it_and_it_is_written_down(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        twin = await make_twin(shop, honey)
        await make_order(shop, pick=twin, person=make_person("Lin"))
        await cards(shop)
        await reprice(shop, honey, 1490, how=LATER)
        assert await cards(shop) == {honey.id: 1, twin.id: 1}
        async with shop.reading() as uow:
            for posted in (honey, twin):
                acts = await uow.audit.list_newest(posted.pick.group_id, limit=1)
                assert [(act.action, act.details["for"]) for act in acts] == [("price_changed", "later")]
        await close(shop, honey)
        with pytest.raises(PriceSettled):
            await reprice(shop, twin, 1590)
        await reprice(shop, twin, 1190)
        assert await costs(shop, twin) == {"Lin": 1190}

    async def test_nothing_changes_by_the_same_price(self, shop: Shop) -> None:
        honey = await make_pick(shop, tiers={10: 1190})
        assert await reprice(shop, honey, 1290, {10: 1190}) == PriceChanged(changed=False)
        with pytest.raises(TierAboveStock):
            await reprice(shop, honey, 1290, {21: 1190})

    async def test_what_orders_cost_now(self, shop: Shop) -> None:
        honey = await make_pick(shop, stock=40, tiers=TIERS)
        ann, ben = make_person("Ann"), make_person("Ben")
        await make_order(shop, pick=honey, person=ann, quantity=10)
        await reprice(shop, honey, 1490, {10: 1390}, LATER)
        await make_order(shop, pick=honey, person=ben, quantity=1)
        async with shop.reading() as uow:
            keys = [(honey.id, person.id) for person in (ann, ben)]
            orders = {key: entry.id for key, entry in (await uow.orders.load(keys)).items()}
            prices = await prices_now(uow, dict.fromkeys(orders.values(), honey.pick.offer_id))
        assert [prices[orders[key]] for key in keys] == [1190, 1390]


async def test_a_team_pick_keeps_its_lines(shop: Shop) -> None:
    honey = await make_pick(shop, group=await make_group(shop), team_price_amount=990, team_size=2)
    await make_order(shop, pick=honey, person=make_person("Ann"))
    assert (await close(shop, honey)).pick.final_amount is None
    assert await costs(shop, honey) == {"Ann": 1290}
