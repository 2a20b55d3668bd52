"""Shared cards: whose card counts, how far each brought people, and who is named as who told somebody."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import ButtonOutdated
from bot.money import Money
from bot.rules.orders import Ask
from bot.rules.shares import TOUCH_LASTS
from bot.services.members import join_group, leave_group
from bot.services.shares import (
    ask_who_told,
    card_of,
    count_sent,
    find_card,
    look_at,
    make_cards,
    name_nobody,
    name_who_told,
    open_card,
    read_cards,
    search_picks,
)
from bot.share_errors import NamedHerself, NothingToShare, OrderSettled, ShareUnknown
from bot.shop import Shop
from storage.models import Group, Introduction, Order, OutboxEntry, Plan, Share, ShareVisit, Touch
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.repositories.shares import Recommender, SharedCard, Steps
from storage.states import OutboxKind, TouchSource
from tests.clock import Clock
from tests.factories import make_group, make_person, make_pick, make_request
from tests.services.money import order_of
from tests.services.rows import rows_of


async def joins(shop: Shop, group: Group, *people: Seen) -> None:
    async with shop.writing() as uow:
        for person in people:
            await join_group(uow, group.id or 0, person, link_url=None, added_by=None, now=shop.now())


async def shares(shop: Shop, posted: PostedPick, person: Seen) -> SharedCard:
    async with shop.writing() as uow:
        return (await make_cards(uow, person, [posted.id], now=shop.now()))[posted.id]


async def opens(
    shop: Shop, posted: PostedPick, card: SharedCard, person: Seen, *, is_inside: bool = True
) -> None:
    async with shop.writing() as uow:
        await open_card(uow, posted, card, person, is_inside=is_inside, now=shop.now())


async def recommender(shop: Shop, posted: PostedPick, person: Seen) -> Recommender | None:
    key = (posted.id, person.id)
    async with shop.reading() as uow:
        return (await uow.shares.recommenders([key], now=shop.now(), lasts=TOUCH_LASTS)).get(key)


async def found(shop: Shop, person: Seen, typed: str) -> Sequence[int]:
    async with shop.reading() as uow:
        return await search_picks(uow, person.id, typed, now=shop.now())


async def test_the_last_card_opened_within_seven_days_counts(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, lasts=timedelta(days=30))
    ann, ben, dora = make_person("Ann"), make_person("Ben"), make_person("Dora")
    await joins(shop, group, ann, ben, dora)
    of_ann, of_ben = await shares(shop, posted, ann), await shares(shop, posted, ben)
    await opens(shop, posted, of_ann, dora)
    await opens(shop, posted, of_ann, ann)
    assert await recommender(shop, posted, ann) is None, "nobody recommends anything to herself"
    clock.advance(timedelta(days=6))
    await opens(shop, posted, of_ben, dora)
    assert await recommender(shop, posted, dora) == Recommender(ben.id, TouchSource.OPENED)
    await opens(shop, posted, of_ann, dora)
    assert await recommender(shop, posted, dora) == Recommender(ann.id, TouchSource.OPENED)
    clock.advance(TOUCH_LASTS - timedelta(seconds=1))
    assert await recommender(shop, posted, dora) is not None
    clock.advance(timedelta(seconds=1))
    assert await recommender(shop, posted, dora) is None, "after seven days it is over"
    other = await make_pick(shop, group=group)
    assert await recommender(shop, other, dora) is None, "a card is about one pick"


async def test_what_she_says_counts_before_what_she_opens_and_for_good(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, lasts=timedelta(days=30))
    ann, ben, dora, eve = (make_person(name) for name in ("Ann", "Ben", "Dora", "Eve"))
    await joins(shop, group, ann, ben, dora)
    order_id = await order_of(shop, posted, dora)
    await opens(shop, posted, await shares(shop, posted, ben), dora)
    async with shop.writing() as uow:
        asked = await ask_who_told(uow, order_id, dora.id)
        assert [name for _, name in asked.people] == ["Ben"]
        assert asked.named is None, "she had ordered before"
        await name_who_told(uow, order_id, dora.id, ann.id, now=shop.now())
        assert (await ask_who_told(uow, order_id, dora.id)).named == "Ann"
    await opens(shop, posted, await shares(shop, posted, ben), dora)
    clock.advance(timedelta(days=8))
    assert await recommender(shop, posted, dora) == Recommender(ann.id, TouchSource.SAID)
    assert [order.recommender_id for order in await rows_of(shop, Order)] == [ann.id]
    with pytest.raises(NamedHerself):
        async with shop.writing() as uow:
            await name_who_told(uow, order_id, dora.id, dora.id, now=shop.now())
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await name_who_told(uow, order_id, dora.id, eve.id, now=shop.now())
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await name_who_told(uow, order_id, ann.id, ben.id, now=shop.now())
    await shop.orders.submit(make_request(posted, Ask(action="cancel"), person=dora))
    with pytest.raises(OrderSettled):
        async with shop.writing() as uow:
            await name_who_told(uow, order_id, dora.id, ben.id, now=shop.now())


async def test_a_card_that_counts_no_more_is_not_taken_for_an_answer(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, lasts=timedelta(days=30))
    ann, dora = make_person("Ann"), make_person("Dora")
    await joins(shop, group, ann, dora)
    await opens(shop, posted, await shares(shop, posted, ann), dora)
    clock.advance(TOUCH_LASTS)
    order_id = await order_of(shop, posted, dora)
    async with shop.reading() as uow:
        asked = await ask_who_told(uow, order_id, dora.id)
    assert asked.named is None
    assert [name for _, name in asked.people] == ["Ann"]


async def test_whoever_hides_her_name_or_left_is_not_offered_as_an_answer(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group)
    ann, ben, cem, dora = (make_person(name) for name in ("Ann", "Ben", "Cem", "Dora"))
    await joins(shop, group, ann, ben, cem)
    async with shop.writing() as uow:
        await join_group(uow, group.id or 0, dora, link_url=None, added_by=ann, now=shop.now())
    for person in (ben, cem):
        card = await shares(shop, posted, person)
        async with shop.writing() as uow:
            await count_sent(uow, card.token, person_id=person.id)
    order_id = await order_of(shop, posted, dora)

    async def offered() -> list[str]:
        async with shop.reading() as uow:
            return [name for _, name in (await ask_who_told(uow, order_id, dora.id)).people]

    assert await offered() == ["Ann", "Ben", "Cem"]
    async with shop.writing() as uow:
        await uow.chains.hide_name(ann.id, is_hidden=True)
        await leave_group(uow, group.id or 0, ben, now=shop.now())
    assert await offered() == ["Cem"]
    await opens(shop, posted, await shares(shop, posted, ann), dora)
    assert await offered() == ["Ann", "Cem"], "her name stood on her card"


async def test_who_says_that_nobody_told_her_is_believed(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group)
    ann, dora = make_person("Ann"), make_person("Dora")
    await joins(shop, group, ann, dora)
    await opens(shop, posted, await shares(shop, posted, ann), dora)
    order_id = await order_of(shop, posted, dora)
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await name_nobody(uow, order_id, ann.id)
    async with shop.writing() as uow:
        assert (await ask_who_told(uow, order_id, dora.id)).named == "Ann"
        await name_nobody(uow, order_id, dora.id)
    assert await recommender(shop, posted, dora) is None
    assert [order.recommender_id for order in await rows_of(shop, Order)] == [None]


async def test_a_funnel_counts_each_step_of_each_person_once(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group)
    ann, ben, dora, finn = (make_person(name) for name in ("Ann", "Ben", "Dora", "Finn"))
    await joins(shop, group, ann, ben)
    of_ann, of_ben = await shares(shop, posted, ann), await shares(shop, posted, ben)
    async with shop.writing() as uow:
        for whose in (ann, ann, ben):
            await count_sent(uow, of_ann.token, person_id=whose.id)
        await count_sent(uow, "nonsense", person_id=ann.id)
        for person in (dora, dora, finn, ann):
            await look_at(uow, of_ann, person, now=shop.now())
    await opens(shop, posted, of_ann, dora, is_inside=False)
    clock.advance(timedelta(minutes=1))
    await opens(shop, posted, of_ben, dora, is_inside=False)
    async with shop.writing() as uow:
        assert await uow.shares.join(group.id or 0, finn.id, now=shop.now(), lasts=TOUCH_LASTS) is None
        assert (
            await uow.shares.join(group.id or 0, dora.id, now=shop.now(), lasts=timedelta(seconds=0)) is None
        )
        assert await uow.shares.join(group.id or 0, dora.id, now=shop.now(), lasts=TOUCH_LASTS) == posted.id
        again = await uow.shares.join(group.id or 0, dora.id, now=shop.now(), lasts=TOUCH_LASTS)
        assert again is None, "told by two updates"
    await joins(shop, group, dora)
    await order_of(shop, posted, dora)
    async with shop.reading() as uow:
        found = {f.name: f.steps for f in await uow.shares.funnels_on(posted.id, limit=9)}
        total = await uow.shares.total_on(posted.id)
        [own] = await uow.shares.funnels_of(ben.id, limit=9)
    assert found == {
        "Ann": Steps(sent=2, seen=2, opened=1, joined=0, ordered=0),
        "Ben": Steps(sent=0, seen=0, opened=1, joined=1, ordered=1),
    }
    assert total == Steps(sent=2, seen=2, opened=2, joined=1, ordered=1)
    assert own.steps == found["Ben"]
    [order] = await rows_of(shop, Order)
    assert order.recommender_id == ben.id
    assert {i.referrer_id for i in await rows_of(shop, Introduction)} == {ann.id}, "the first introduction"


async def test_two_requests_at_once_make_one_card(shop: Shop) -> None:
    posted = await make_pick(shop)
    ann = make_person("Ann")
    cards = await asyncio.gather(*(shares(shop, posted, ann) for _ in range(5)))
    assert len(set(cards)) == 1
    [share] = await rows_of(shop, Share)
    async with shop.reading() as uow:
        assert (await find_card(uow, share.token)).id == share.id
        with pytest.raises(ShareUnknown):
            await find_card(uow, "")


async def test_people_find_the_open_picks_of_their_groups_alone(shop: Shop, clock: Clock) -> None:
    honey, tea = await make_group(shop), await make_group(shop, title="Tea friends")
    jars = await make_pick(shop, group=honey)
    leaves = await make_pick(shop, group=tea, title="Honey tea", lasts=timedelta(hours=1))
    ann, dora = make_person("Ann"), make_person("Dora")
    await joins(shop, honey, ann)
    await joins(shop, tea, ann, dora)
    assert set(await found(shop, ann, "honey")) == {jars.id, leaves.id}
    assert await found(shop, dora, "honey") == [leaves.id]
    assert await found(shop, make_person("Eve"), "") == []
    async with shop.writing() as uow:
        await leave_group(uow, tea.id or 0, dora, now=shop.now())
    assert await found(shop, dora, "") == []
    clock.advance(timedelta(hours=1))
    assert await found(shop, ann, "") == [jars.id], "its time is over, be it closed yet or not"
    with pytest.raises(NothingToShare):
        async with shop.writing() as uow:
            await card_of(uow, ann, leaves.id, now=shop.now())


@pytest.mark.parametrize(
    ("plan", "pays_none", "earns"),
    [
        ({"first_bps": 1000}, False, 99),
        ({"first_bps": 1000, "order_cap_amount": 50}, False, 50),
        ({"first_bps": 1000}, True, None),
        ({"first_bps": 1000, "is_active": False}, False, None),
        ({"second_bps": 1000}, False, None),
        (None, False, None),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_card_says_what_its_sharer_earns_at_the_price_of_now(
    shop: Shop, plan: dict[str, Any] | None, pays_none: bool, earns: int | None
) -> None:
    posted = await make_pick(shop, tiers={2: 990})
    if plan is not None:
        async with shop.writing() as uow:
            await uow.plans.save(Plan(group_id=posted.pick.group_id, changed_at=shop.now(), **plan))
            posted.pick.pays_no_commission = pays_none
            await uow.picks.save(posted.pick)
    await order_of(shop, posted, make_person("Ben"), quantity=2)
    card = await shares(shop, posted, make_person("Ann"))
    async with shop.reading() as uow:
        [shown] = await read_cards(uow, [card])
    assert shown.earns == (None if earns is None else Money(amount=earns, currency="EUR"))


async def test_orders_that_pay_and_name_nobody_are_asked_about_once(shop: Shop) -> None:
    group = await make_group(shop)
    paying, other = await make_pick(shop, group=group), await make_pick(shop)
    async with shop.writing() as uow:
        await uow.plans.save(Plan(group_id=group.id or 0, first_bps=500, changed_at=shop.now()))
    ann, dora, finn = make_person("Ann"), make_person("Dora"), make_person("Finn")
    await joins(shop, group, ann, dora, finn)
    async with shop.writing() as uow:
        await uow.members.open_private(dora.id, is_open=True)
        await uow.members.open_private(ann.id, is_open=True)
    await opens(shop, paying, await shares(shop, paying, ann), finn)
    for person in (dora, finn, ann):
        await order_of(shop, paying, person)
    await order_of(shop, paying, dora)
    await order_of(shop, other, dora)
    asked = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.WHO_TOLD]
    assert sorted(row.chat_id for row in asked) == sorted([dora.id, ann.id])
    assert all(row.due_at > shop.now() for row in asked)
    assert len(await rows_of(shop, Touch)) == 1
    assert len(await rows_of(shop, ShareVisit)) == 1
