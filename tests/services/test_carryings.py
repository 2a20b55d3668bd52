"""A group sells what another supplies, until either of them ends that; on both databases."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.carrying_errors import (
    CarriedAlready,
    CarriedNotRepeated,
    CarryingOver,
    ListingFull,
    ListingNotOpen,
    ListingOver,
    NoSlotInTime,
    OtherCurrency,
    OwnListing,
    PortionSold,
    SupplierDecides,
    SupplierGone,
    TakesNoMore,
)
from bot.edit_errors import AlreadyOnOffer
from bot.errors import ButtonOutdated, PickClosed, ShopError
from bot.jobs.carryings import MOST_AT_ONCE, follow_ends
from bot.jobs.closing import close_due
from bot.jobs.posting import open_due
from bot.recall_errors import PickStopped
from bot.rules.orders import Ask
from bot.rules.pricing import Terms
from bot.services.carryings import carry, end_carrying, give_word, toggle_point
from bot.services.closing import close_pick
from bot.services.edits import PickChange, edit_pick
from bot.services.groups import leave_group
from bot.services.handover import hand_over
from bot.services.listings import see_listing
from bot.services.picks import extend_pick, repost_pick
from bot.services.pricing import NewPriceFor, change_price
from bot.services.recalls import ByHand, stop_by_hand
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from bot.supplying import end_supply, give_deadline, lock_offer
from storage.models import Carrying, Group, Listing, Order, OutboxEntry, Pick, PickupPoint
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import CarryingEnd, FulfilmentState, OrderState, OutboxKind, PickState
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick, make_request
from tests.services.rows import rows_of

ONE_MORE = Ask(action="change", items=((None, 1),))
ZOE = make_person("Zoe")


async def listed(shop: Shop, posted: PostedPick, **terms: Any) -> int:
    """Its group lets others sell it, who keep eight percent; returns the listing's key."""
    listing = Listing(
        pick_id=posted.id,
        offer_id=posted.pick.offer_id,
        group_id=posted.pick.group_id,
        opened_by_id=MEI_ID,
        created_at=shop.now(),
        **{"share_bps": 800, "opens_at": shop.now(), **terms},
    )
    async with shop.writing() as uow:
        return (await uow.listings.save(listing)).id or 0


async def tea_group(shop: Shop, title: str = "Tea friends", **how: Any) -> Group:
    """A group of Zoe's."""
    return await make_group(shop, title=title, owner=ZOE, **how)


async def carried(shop: Shop, listing_id: int, group: Group) -> PostedPick:
    async with shop.writing() as uow:
        found = await carry(uow, listing_id, group.id or 0, by_id=ZOE.id, now=shop.now())
    return await seen(shop, found.pick.id or 0)


async def seen(shop: Shop, pick_id: int) -> PostedPick:
    async with shop.reading() as uow:
        return await uow.picks.get(pick_id)


async def reads(shop: Shop, *people: Seen) -> None:
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        for person in people:
            await uow.members.open_private(person.id, is_open=True)


async def told(shop: Shop, kind: OutboxKind) -> list[tuple[int, int | None]]:
    return [(row.chat_id, row.subject_id) for row in await rows_of(shop, OutboxEntry) if row.kind is kind]


async def on_market(shop: Shop, group: Group) -> list[int]:
    async with shop.reading() as uow:
        return await uow.listings.list_market(group, by=None, now=shop.now(), limit=10)


async def ends(shop: Shop, posted: PostedPick) -> None:
    async with shop.writing() as uow:
        await end_carrying(uow, posted.id, by_id=ZOE.id, now=shop.now())


async def withdraws(shop: Shop, posted: PostedPick, reason: str = "the frost took it") -> None:
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason=reason, by_id=MEI_ID, now=shop.now())


async def states_of(shop: Shop, *picks: PostedPick) -> list[PickState]:
    states = {row.id: row.state for row in await rows_of(shop, Pick)}
    return [states[posted.id] for posted in picks]


async def test_what_is_carried_is_a_pick_of_the_groups_own_on_the_terms_of_then(
    shop: Shop, clock: Clock
) -> None:
    honey = await make_pick(shop, stock=10)
    listing_id = await listed(shop, honey, pieces_limit=3)
    tea = await tea_group(shop)
    there = await carried(shop, listing_id, tea)
    async with shop.writing() as uow:
        listing = await uow.listings.find(listing_id, lock=True)
        assert listing is not None
        listing.share_bps, listing.pieces_limit = 100, 1
        await uow.listings.save(listing)

    pick = there.pick
    assert (pick.state, pick.closes_at, pick.curator_id) == (PickState.LIVE, honey.pick.closes_at, ZOE.id)
    assert (pick.is_carried, pick.quantity_limit, pick.offer_id) == (True, 3, honey.pick.offer_id)
    [carrying] = await rows_of(shop, Carrying)
    assert (carrying.pick_id, carrying.share_bps, carrying.ended_at) == (there.id, 800, None)
    assert (carrying.group_id, carrying.supplier_id) == (tea.id, honey.pick.group_id)

    ann = make_person("Ann")
    await make_order(shop, pick=there, person=ann, quantity=2)
    await make_order(shop, pick=honey, quantity=7)
    with pytest.raises(PortionSold) as refused:
        await make_order(shop, pick=there, quantity=2)
    assert refused.value.left == 1
    await make_order(shop, pick=there)
    await shop.orders.submit(make_request(there, Ask(action="cancel"), person=ann))
    assert (await seen(shop, there.id)).variants[0].sold == 8
    await make_order(shop, pick=there, quantity=2)


async def test_not_everything_can_be_carried_by_everybody(shop: Shop, clock: Clock) -> None:
    honey = await make_pick(shop)
    tea = await tea_group(shop)
    listing_id = await listed(shop, honey, groups_limit=1)
    later = await listed(
        shop, await make_pick(shop, title="Later"), opens_at=clock.now() + timedelta(hours=1)
    )
    over = await make_pick(shop, title="Over")
    over_id = await listed(shop, over)
    stopped = await make_pick(shop, title="Stopped")
    stopped_id = await listed(shop, stopped)
    ended_id = await listed(shop, await make_pick(shop, title="Ended"), ended_at=clock.now())
    lost_group = await make_group(shop, title="Lost")
    lost_id = await listed(shop, await make_pick(shop, title="Lost", group=lost_group))
    twin_id = await listed(shop, await make_pick(shop, title="Green tea"))
    await make_pick(shop, title="Green tea", group=tea)
    yen = await tea_group(shop, title="Yen friends", currency="JPY")
    async with shop.writing() as uow:
        await close_pick(uow, over.id, now=clock.now())
        why = ByHand(words="it leaks", offers_refunds=False, by_id=MEI_ID)
        await stop_by_hand(uow, stopped.id, why, now=clock.now())
        lost_group.is_active = False
        await uow.groups.save(lost_group)
    await carried(shop, listing_id, tea)
    cases: Sequence[tuple[int, int | None, type[ShopError]]] = [
        (listing_id, honey.pick.group_id, OwnListing),
        (listing_id, tea.id, CarriedAlready),
        (listing_id, (await tea_group(shop, title="Oil friends")).id, ListingFull),
        (listing_id, yen.id, OtherCurrency),
        (later, tea.id, ListingNotOpen),
        (over_id, tea.id, ListingOver),
        (stopped_id, tea.id, ListingOver),
        (ended_id, tea.id, ListingOver),
        (lost_id, tea.id, SupplierGone),
        (twin_id, tea.id, AlreadyOnOffer),
        (twin_id, lost_group.id, ButtonOutdated),
        (987_654, tea.id, ButtonOutdated),
    ]
    for key, group_id, refusal in cases:
        with pytest.raises(refusal):
            async with shop.writing() as uow:
                await carry(uow, key, group_id or 0, by_id=ZOE.id, now=clock.now())
    assert len(await rows_of(shop, Carrying)) == 1
    clock.advance(timedelta(hours=9))
    with pytest.raises(ListingOver):
        await carried(shop, twin_id, await tea_group(shop, title="Late friends"))


async def test_what_its_supplier_has_yet_to_post_is_sold_from_the_moment_that_is_told(
    shop: Shop, clock: Clock
) -> None:
    honey = await make_pick(shop)
    tea = await tea_group(shop)
    at = clock.now() + timedelta(hours=1)
    async with shop.writing() as uow:
        pick = (await uow.picks.get(honey.id)).pick
        pick.state, pick.opens_at = PickState.SCHEDULED, at
        await uow.picks.save(pick)
    listing_id = await listed(shop, honey)
    with pytest.raises(ListingNotOpen) as refused:
        await carried(shop, listing_id, tea)
    assert refused.value.opens_at == at
    assert str(refused.value.opens_at.tzinfo) == tea.time_zone
    async with shop.reading() as uow:
        found = await see_listing(uow, listing_id, tea, now=clock.now())
    assert (found.waits_for_supplier, found.opens_at) == (True, at)

    clock.advance(timedelta(hours=1))
    assert await open_due(shop) == 1
    assert (await carried(shop, listing_id, tea)).pick.state is PickState.LIVE


async def test_two_groups_that_want_the_last_place_do_not_both_get_it(shop: Shop) -> None:
    listing_id = await listed(shop, await make_pick(shop), groups_limit=1)
    groups = [await tea_group(shop, title=f"Friends {n}") for n in range(3)]
    results = await asyncio.gather(
        *(carried(shop, listing_id, group) for group in groups), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["ListingFull", "ListingFull", "PostedPick"]


async def test_a_group_that_bears_no_post_now_sells_it_from_its_next_slot_or_not_at_all(
    shop: Shop, clock: Clock
) -> None:
    await reads(shop, ZOE)
    honey = await make_pick(shop, lasts=timedelta(days=3))
    listing_id = await listed(shop, honey)
    short_id = await listed(shop, await make_pick(shop, title="Short", lasts=timedelta(hours=2)))
    tea = await tea_group(shop, bot_is_admin=False)
    async with shop.writing() as uow:
        tea.keeps_allowance = True
        await uow.groups.save(tea)
    await make_pick(shop, group=tea, title="Own", curator_id=ZOE.id)
    with pytest.raises(NoSlotInTime):
        await carried(shop, short_id, tea)
    there = await carried(shop, listing_id, tea)
    assert there.pick.state is PickState.SCHEDULED
    assert clock.now() < there.pick.opens_at < there.pick.closes_at == honey.pick.closes_at
    assert await told(shop, OutboxKind.SLOT) == [(ZOE.id, there.id)]

    clock.advance(there.pick.opens_at - clock.now())
    assert await open_due(shop) == 1
    there = await seen(shop, there.id)
    assert (there.pick.state, there.pick.closes_at) == (PickState.LIVE, honey.pick.closes_at)

    oil = await make_pick(shop, title="Oil", lasts=timedelta(days=3))
    missed = await carried(shop, await listed(shop, oil), tea)
    until = clock.now() + timedelta(hours=1)
    async with shop.writing() as uow:
        await extend_pick(uow, oil.id, closes_at=until, by_id=MEI_ID, now=clock.now())
    assert (await seen(shop, missed.id)).pick.closes_at == until
    clock.advance(timedelta(days=2))
    assert await open_due(shop) == 0
    assert [await follow_ends(shop) for _ in range(3)] == [0, 1, 0]
    assert await states_of(shop, missed) == [PickState.WITHDRAWN]
    assert await told(shop, OutboxKind.CARRYING_ENDED) == [(ZOE.id, missed.id)]


async def test_only_the_supplier_changes_what_it_is_and_the_group_that_sells_it_has_its_own_word(
    shop: Shop, clock: Clock
) -> None:
    honey = await make_pick(shop)
    there = await carried(shop, await listed(shop, honey), await tea_group(shop))
    later = clock.now() + timedelta(hours=20)
    for refused in (
        lambda uow: edit_pick(uow, there.id, PickChange(title="Tea"), by_id=ZOE.id, now=clock.now()),
        lambda uow: extend_pick(uow, there.id, closes_at=later, by_id=ZOE.id, now=clock.now()),
        lambda uow: change_price(
            uow,
            there.id,
            Terms(price_amount=1),
            applies_to=NewPriceFor.LATER_ORDERS,
            by_id=ZOE.id,
            now=clock.now(),
        ),
        lambda uow: repost_pick(uow, there.id, closes_at=None, by_id=ZOE.id, now=clock.now()),
    ):
        with pytest.raises((SupplierDecides, CarriedNotRepeated)):
            async with shop.writing() as uow:
                await refused(uow)
    async with shop.writing() as uow:
        await give_word(uow, there.id, "I have it every morning", by_id=ZOE.id, now=clock.now())
        await edit_pick(uow, honey.id, PickChange(title="Lime honey"), by_id=MEI_ID, now=clock.now())
        await extend_pick(uow, honey.id, closes_at=later, by_id=MEI_ID, now=clock.now())
    there, honey = await seen(shop, there.id), await seen(shop, honey.id)
    assert there.offer.title == "Lime honey"
    assert there.pick.closes_at == honey.pick.closes_at == later
    assert (there.pick.vouch_words, honey.pick.vouch_words) == ("I have it every morning", None)
    for refused in (
        lambda uow: give_word(uow, honey.id, "Mine", by_id=MEI_ID, now=clock.now()),
        lambda uow: toggle_point(uow, there.id, 987_654, by_id=ZOE.id, now=clock.now()),
    ):
        with pytest.raises(ButtonOutdated):
            async with shop.writing() as uow:
                await refused(uow)


async def test_the_group_that_sells_it_says_where_it_is_fetched(shop: Shop, clock: Clock) -> None:
    tea = await tea_group(shop)
    async with shop.writing() as uow:
        points = [
            await uow.pickups.save_point(PickupPoint(group_id=tea.id or 0, name=name))
            for name in ("Kiosk", "Library")
        ]
    there = await carried(shop, await listed(shop, await make_pick(shop)), tea)
    chosen = []
    for point in (*points, points[0]):
        async with shop.writing() as uow:
            await toggle_point(uow, there.id, point.id or 0, by_id=ZOE.id, now=clock.now())
            chosen.append([one.name for one in await uow.pickups.list_choices(there.id)])
    assert chosen == [["Kiosk"], ["Kiosk", "Library"], ["Library"]]


async def test_all_groups_close_together_and_the_last_settles_the_price(shop: Shop, clock: Clock) -> None:
    honey = await make_pick(shop, stock=None, tiers={3: 990})
    listing_id = await listed(shop, honey)
    tea, oil = [
        await carried(shop, listing_id, await tea_group(shop, title=title)) for title in ("Tea", "Oil")
    ]
    for posted in (honey, tea, oil):
        await make_order(shop, pick=posted)
    await ends(shop, oil)
    async with shop.writing() as uow:
        locked = await lock_offer(uow, honey.id)
        await give_deadline(uow, honey.id, locked, clock.now(), now=clock.now())
        await close_pick(uow, honey.id, now=clock.now())
    with pytest.raises(PickClosed):
        await make_order(shop, pick=tea)
    assert await close_due(shop) == 2
    closed = [(await seen(shop, posted.id)).pick for posted in (honey, tea, oil)]
    assert [(pick.state, pick.final_amount) for pick in closed] == [(PickState.CLOSED, 990)] * 3


async def test_a_pick_that_fails_fails_for_everybody(shop: Shop, clock: Clock) -> None:
    honey = await make_pick(shop, minimum_quantity=5)
    there = await carried(shop, await listed(shop, honey), await tea_group(shop))
    await make_order(shop, pick=honey)
    await make_order(shop, pick=there)
    clock.advance(timedelta(hours=8))
    assert await close_due(shop) == 2
    assert await states_of(shop, honey, there) == [PickState.FAILED] * 2


async def test_a_group_that_stops_selling_it_honours_what_is_ordered(shop: Shop, clock: Clock) -> None:
    ann, mei = make_person("Ann"), make_person("Mei", person_id=MEI_ID)
    await reads(shop, mei)
    honey = await make_pick(shop)
    listing_id = await listed(shop, honey)
    there = await carried(shop, listing_id, await tea_group(shop))
    await make_order(shop, pick=there, person=ann, quantity=3)
    await ends(shop, there)
    with pytest.raises(TakesNoMore):
        await shop.orders.submit(make_request(there, ONE_MORE, person=ann))
    fewer = Ask(action="change", items=((None, -1),))
    assert (await shop.orders.submit(make_request(there, fewer, person=ann))).quantity == 2
    with pytest.raises(CarryingOver):
        await ends(shop, there)
    await asyncio.gather(*(follow_ends(shop) for _ in range(3)))
    assert await follow_ends(shop) == 0
    assert await told(shop, OutboxKind.CARRYING_ENDED) == [(MEI_ID, there.id)]
    clock.advance(timedelta(hours=8))
    assert await close_due(shop) == 2
    [order] = [row for row in await rows_of(shop, Order) if row.pick_id == there.id]
    assert order.state is OrderState.CONFIRMED
    with pytest.raises(CarryingOver):
        await ends(shop, there)


async def test_a_group_that_stopped_can_take_it_up_again_beside_what_it_sold_then(
    shop: Shop, clock: Clock
) -> None:
    ann, ben = make_person("Ann"), make_person("Ben")
    honey = await make_pick(shop)
    listing_id = await listed(shop, honey, pieces_limit=5)
    tea = await tea_group(shop)
    first = await carried(shop, listing_id, tea)
    await make_order(shop, pick=first, person=ann, quantity=3)
    assert await on_market(shop, tea) == []
    await ends(shop, first)
    async with shop.writing() as uow:
        listing = await uow.listings.find(listing_id, lock=True)
        assert listing is not None
        listing.share_bps = 500
        await uow.listings.save(listing)
    assert await on_market(shop, tea) == [listing_id]

    results = await asyncio.gather(*(carried(shop, listing_id, tea) for _ in "ab"), return_exceptions=True)
    [again] = [result for result in results if isinstance(result, PostedPick)]
    [refused] = [result for result in results if not isinstance(result, PostedPick)]
    assert isinstance(refused, CarriedAlready), "who taps twice takes it up once"
    assert refused.number == again.pick.number == first.pick.number + 1
    assert await on_market(shop, tea) == []
    assert again.pick.quantity_limit == 2, "the portion is the group's, however often it begins"
    with pytest.raises(TakesNoMore):
        await shop.orders.submit(make_request(first, ONE_MORE, person=ann))
    await make_order(shop, pick=again, person=ben, quantity=2)
    shares = {row.pick_id: (row.share_bps, row.ended_at is None) for row in await rows_of(shop, Carrying)}
    assert shares == {first.id: (800, False), again.id: (500, True)}

    await ends(shop, again)
    with pytest.raises(PortionSold):
        await carried(shop, listing_id, tea)
    clock.advance(timedelta(hours=8))
    assert await close_due(shop) == 3
    assert {row.state for row in await rows_of(shop, Order)} == {OrderState.CONFIRMED}


async def test_a_supplier_ends_it_for_all_and_takes_nothing_away(shop: Shop, clock: Clock) -> None:
    await reads(shop, ZOE)
    honey = await make_pick(shop)
    listing_id = await listed(shop, honey)
    there = await carried(shop, listing_id, await tea_group(shop))
    await make_order(shop, pick=there)
    async with shop.writing() as uow:
        locked = await lock_offer(uow, honey.id)
        reason = CarryingEnd.BY_SUPPLIER
        await end_supply(uow, honey.id, locked, reason, by_id=MEI_ID, now=clock.now())
    with pytest.raises(TakesNoMore):
        await make_order(shop, pick=there)
    await make_order(shop, pick=honey)
    with pytest.raises(ListingOver):
        await carried(shop, listing_id, await tea_group(shop, title="Oil"))
    assert await follow_ends(shop) == 1
    assert await told(shop, OutboxKind.CARRYING_ENDED) == [(ZOE.id, there.id)]
    assert await states_of(shop, there) == [PickState.LIVE]


async def test_a_group_may_withdraw_its_own_pick_of_it_alone(shop: Shop) -> None:
    ann, mei = make_person("Ann"), make_person("Mei", person_id=MEI_ID)
    await reads(shop, ann, mei)
    honey = await make_pick(shop)
    listing_id = await listed(shop, honey)
    tea = await carried(shop, listing_id, await tea_group(shop))
    oil = await carried(shop, listing_id, await tea_group(shop, title="Oil"))
    for posted in (honey, tea, oil):
        await make_order(shop, pick=posted, person=ann)
    await withdraws(shop, tea, "I am on holiday")
    assert await states_of(shop, honey, tea, oil) == [PickState.LIVE, PickState.WITHDRAWN, PickState.LIVE]
    assert await told(shop, OutboxKind.WITHDRAWN) == [(ann.id, tea.id)]
    assert await follow_ends(shop) == 1
    assert await told(shop, OutboxKind.CARRYING_ENDED) == [(MEI_ID, tea.id)]
    again = await carried(shop, listing_id, tea.group)
    assert again.pick.number == tea.pick.number + 1, "what it took away itself it may take up again"
    async with shop.reading() as uow:
        everywhere = await uow.posts.everywhere(honey.pick.offer_id)
    assert everywhere is not None
    assert everywhere.groups == 3, "a group is one, however often it takes it up"


async def test_fifty_groups_lose_what_its_supplier_withdraws_a_portion_at_a_time(
    shop: Shop, clock: Clock
) -> None:
    honey = await make_pick(shop, stock=None)
    listing_id = await listed(shop, honey)
    picks = [await carried(shop, listing_id, await tea_group(shop, title=f"G{n}")) for n in range(50)]
    buyers = [make_person(f"Buyer {n}") for n in range(50)]
    await reads(shop, *buyers, ZOE)
    await asyncio.gather(
        *(make_order(shop, pick=pick, person=who) for pick, who in zip(picks, buyers, strict=True))
    )
    kept, ended = picks[7], picks[8]
    await ends(shop, ended)
    async with shop.writing() as uow:
        [order_id] = [row.id for row in await rows_of(shop, Order) if row.pick_id == kept.id]
        await close_pick(uow, kept.id, now=clock.now())
        await hand_over(uow, order_id or 0, by_id=ZOE.id, now=clock.now())

    await withdraws(shop, honey)
    for posted in (picks[0], picks[49]):
        with pytest.raises(TakesNoMore):
            await make_order(shop, pick=posted)
    assert set(await states_of(shop, *picks)) == {PickState.LIVE, PickState.CLOSED}
    assert await follow_ends(shop) == MOST_AT_ONCE
    gone = [row.state for row in await rows_of(shop, Pick)].count(PickState.WITHDRAWN)
    assert gone in (MOST_AT_ONCE, MOST_AT_ONCE + 1), "its own, and the first portion"
    # As after a restart: what is done is not done again.
    assert [await follow_ends(shop) for _ in range(3)] == [MOST_AT_ONCE, 10, 0]

    others = [pick for pick in picks if pick is not kept]
    assert set(await states_of(shop, *others)) == {PickState.WITHDRAWN}
    reasons = {row.reason for row in await rows_of(shop, Pick) if row.state is PickState.WITHDRAWN}
    assert reasons == {"the frost took it"}
    assert await states_of(shop, kept) == [PickState.CLOSED]
    orders = {row.pick_id: row for row in await rows_of(shop, Order)}
    assert orders[kept.id].fulfilment_state is FulfilmentState.HANDED_OVER
    assert {orders[pick.id].state for pick in others} == {OrderState.CANCELLED}
    assert (await seen(shop, honey.id)).variants[0].sold == 1
    in_private = {chat for chat, _ in await told(shop, OutboxKind.WITHDRAWN)}
    assert in_private == {who.id for who in buyers} - {buyers[7].id}
    assert await told(shop, OutboxKind.CARRYING_ENDED) == [(ZOE.id, pick.id) for pick in picks]


async def test_what_its_supplier_withdrew_is_not_confirmed_at_the_deadline(shop: Shop, clock: Clock) -> None:
    ann = make_person("Ann")
    await reads(shop, ann)
    honey = await make_pick(shop)
    there = await carried(shop, await listed(shop, honey), await tea_group(shop))
    await make_order(shop, pick=there, person=ann)
    await withdraws(shop, honey)
    clock.advance(timedelta(hours=8))
    assert await close_due(shop) == 0
    assert await follow_ends(shop) == 1
    assert await states_of(shop, there) == [PickState.WITHDRAWN]
    assert await told(shop, OutboxKind.RECEIPT) == []


async def test_orders_and_a_withdrawal_that_meet_lose_nothing(shop: Shop) -> None:
    honey = await make_pick(shop, stock=None)
    listing_id = await listed(shop, honey)
    picks = [await carried(shop, listing_id, await tea_group(shop, title=f"G{n}")) for n in range(4)]
    asked = [make_request(pick, ONE_MORE) for pick in picks * 5]
    results = await asyncio.gather(
        *(shop.orders.submit(one) for one in asked),
        withdraws(shop, honey),
        ends(shop, picks[2]),
        return_exceptions=True,
    )
    failures = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(failure, TakesNoMore | CarryingOver) for failure in failures), failures
    while await follow_ends(shop):
        pass
    assert set(await states_of(shop, honey, *picks)) == {PickState.WITHDRAWN}
    assert {row.state for row in await rows_of(shop, Order)} <= {OrderState.CANCELLED}
    assert (await seen(shop, honey.id)).variants[0].sold == 0


async def test_a_group_that_is_gone_leaves_its_buyers_their_orders(shop: Shop, clock: Clock) -> None:
    ann, mei = make_person("Ann"), make_person("Mei", person_id=MEI_ID)
    await reads(shop, ann, mei, ZOE)
    honey = await make_pick(shop)
    there = await carried(shop, await listed(shop, honey), await tea_group(shop))
    await make_order(shop, pick=there, person=ann)
    async with shop.writing() as uow:
        await leave_group(uow, there.group.chat_id, now=clock.now())
    assert await follow_ends(shop) == 1
    [carrying] = await rows_of(shop, Carrying)
    assert carrying.end_reason is CarryingEnd.CARRIER_GONE
    everybody = {(ann.id, there.id), (MEI_ID, there.id), (ZOE.id, there.id)}
    assert set(await told(shop, OutboxKind.CARRYING_ENDED)) == everybody

    clock.advance(timedelta(hours=8))
    assert await close_due(shop) == 2
    [order] = await rows_of(shop, Order)
    async with shop.writing() as uow:
        await hand_over(uow, order.id or 0, by_id=ZOE.id, now=clock.now())
    [order] = await rows_of(shop, Order)
    assert (order.state, order.fulfilment_state) == (OrderState.COMPLETED, FulfilmentState.HANDED_OVER)
    async with shop.writing() as uow:
        await leave_group(uow, honey.group.chat_id, now=clock.now())
    assert await follow_ends(shop) == 0, "nothing is left to be told of"


async def test_a_supplier_that_is_gone_is_told_to_those_who_wait_for_its_goods(
    shop: Shop, clock: Clock
) -> None:
    ann, ben = make_person("Ann"), make_person("Ben")
    await reads(shop, ann, ben, ZOE)
    honey = await make_pick(shop)
    listing_id = await listed(shop, honey)
    tea = await carried(shop, listing_id, await tea_group(shop))
    oil = await carried(shop, listing_id, await tea_group(shop, title="Oil"))
    await make_order(shop, pick=tea, person=ann)
    await make_order(shop, pick=tea, person=make_person("Cid"))
    await make_order(shop, pick=oil, person=ben)
    await ends(shop, oil)
    async with shop.writing() as uow:
        await close_pick(uow, tea.id, now=clock.now())
        await leave_group(uow, honey.group.chat_id, now=clock.now())
    while await follow_ends(shop):
        pass
    assert {row.end_reason for row in await rows_of(shop, Carrying)} == {CarryingEnd.SUPPLIER_GONE}
    heard = set(await told(shop, OutboxKind.CARRYING_ENDED))
    assert heard == {
        *((ann.id, tea.id), (ben.id, oil.id), (ZOE.id, tea.id), (ZOE.id, oil.id)),
        (tea.group.chat_id, tea.id),
    }, "and Cid, who reads nothing in private, in the group"
    with pytest.raises(TakesNoMore):
        await make_order(shop, pick=oil)
    assert {row.state for row in await rows_of(shop, Order)} == {OrderState.PLACED, OrderState.CONFIRMED}


async def test_what_is_stopped_is_stopped_and_told_wherever_it_is_sold(shop: Shop, clock: Clock) -> None:
    ann, mei = make_person("Ann"), make_person("Mei", person_id=MEI_ID)
    await reads(shop, ann, mei, ZOE)
    honey = await make_pick(shop)
    there = await carried(shop, await listed(shop, honey), await tea_group(shop))
    await make_order(shop, pick=there, person=ann)
    async with shop.writing() as uow:
        why = ByHand(words="it leaks", offers_refunds=False, by_id=MEI_ID)
        await stop_by_hand(uow, honey.id, why, now=clock.now())
    with pytest.raises(PickStopped):
        await make_order(shop, pick=there)
    in_groups = {chat for chat, _ in await told(shop, OutboxKind.RECALL_IN_GROUP)}
    assert there.group.chat_id in in_groups
    async with shop.reading() as uow:
        suppliers = await uow.recalls.list_suppliers(honey.offer.first_round_id)
    assert suppliers == [honey.pick.group_id], "its owner may put it on sale again, wherever that arose"
    assert {chat for chat, _ in await told(shop, OutboxKind.RECALL_NEWS)} == {MEI_ID, ZOE.id}
