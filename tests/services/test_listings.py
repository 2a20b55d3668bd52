"""Offers are opened to other groups, and the market shows what is known of them; on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.carrying_errors import ListingOver
from bot.edit_errors import PickOver
from bot.jobs.listings import tend_market
from bot.listing_errors import CarriedNotListed, OpensTooLate, PersonalNotListed
from bot.recall_errors import OfferStopped
from bot.rules.listings import MEASURED_FOR, MarketOrder, Terms
from bot.services.cases.opening import open_case
from bot.services.closing import close_pick
from bot.services.handover import hand_over
from bot.services.listings import MarketPage, end_listing, open_listing, see_listing, see_market
from bot.services.picks import repost_pick
from bot.services.recalls import ByHand, stop_by_hand
from bot.services.reviews import rate
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import AuditEntry, Group, Listing
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import CaseKind
from tests.clock import Clock
from tests.factories import MEI_ID, make_carrying, make_group, make_order, make_person, make_pick
from tests.services.rows import rows_of

LIN = make_person("Lin", person_id=8_200_000_001)


@pytest.fixture
async def tea(shop: Shop) -> Group:
    """A group that looks for something to sell."""
    return await make_group(shop, title="Tea friends", owner=LIN)


async def opens(shop: Shop, posted: PostedPick, terms: Terms | None = None) -> int:
    """Mei lets other groups sell a pick; returns the key of the listing."""
    async with shop.writing() as uow:
        listing = await open_listing(uow, posted.id, terms or Terms(), by_id=MEI_ID, now=shop.now())
    return listing.id or 0


async def market(
    shop: Shop,
    group: Group,
    order: MarketOrder = MarketOrder.NEWEST,
    *,
    category: str | None = None,
    page: int = 0,
) -> MarketPage:
    async with shop.reading() as uow:
        return await see_market(uow, group, order, category=category, page=page, now=shop.now())


async def titles(
    shop: Shop, group: Group, order: MarketOrder = MarketOrder.NEWEST, *, category: str | None = None
) -> list[str]:
    found = await market(shop, group, order, category=category)
    return [seen.posted.offer.title for seen in found.listings]


async def ordered(shop: Shop, posted: PostedPick, count: int) -> Sequence[tuple[int, Seen]]:
    """So many people order one each."""
    people = [make_person(f"Buyer {n}") for n in range(count)]
    for person in people:
        await make_order(shop, pick=posted, person=person)
    async with shop.reading() as uow:
        entries = await uow.orders.load([(posted.id, person.id) for person in people])
    return [(entries[posted.id, person.id].id, person) for person in people]


async def fetched(shop: Shop, posted: PostedPick, count: int) -> Sequence[tuple[int, Seen]]:
    """So many people order one each, and fetch it."""
    orders = await ordered(shop, posted, count)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
        for order_id, _ in orders:
            await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
    return orders


async def again(shop: Shop, posted: PostedPick) -> PostedPick:
    """The next round of a pick that is over."""
    async with shop.writing() as uow:
        pick = await repost_pick(uow, posted.id, closes_at=None, by_id=MEI_ID, now=shop.now())
    async with shop.reading() as uow:
        return await uow.picks.get(pick.id or 0)


async def test_an_offer_is_opened_once_and_later_carriers_have_the_later_terms(
    shop: Shop, clock: Clock
) -> None:
    honey = await make_pick(shop)
    at = shop.now() + timedelta(hours=2)
    first = await opens(shop, honey, Terms(share_bps=500, opens_at=at, groups_limit=3, pieces_limit=10))
    carried = await make_carrying(shop, honey, share_bps=500, pieces_limit=10)
    clock.advance(timedelta(hours=1))
    assert await opens(shop, honey, Terms(share_bps=1200)) == first

    [listing] = await rows_of(shop, Listing)
    assert (listing.share_bps, listing.groups_limit, listing.pieces_limit) == (1200, None, None)
    assert listing.opens_at == shop.now()
    async with shop.reading() as uow:
        carrying = await uow.carryings.find(carried.id)
    assert carrying is not None
    assert carrying.share_bps == 500, "what was agreed stays"
    acts = [(row.action, row.details) for row in await rows_of(shop, AuditEntry) if "listing" in row.action]
    assert acts == [("listing_opened", {"share_bps": 500}), ("listing_changed", {"share_bps": 1200})]

    for _ in "twice":
        async with shop.writing() as uow:
            await end_listing(uow, honey.id, by_id=MEI_ID, now=shop.now())
    assert [row.action for row in await rows_of(shop, AuditEntry)].count("listing_ended") == 1
    async with shop.reading() as uow:
        assert (await uow.picks.get(carried.id)).pick.ended_at == shop.now()
    # It can be opened once more, for others.
    assert await opens(shop, honey) == first
    [listing] = await rows_of(shop, Listing)
    assert listing.ended_at is None


async def test_what_cannot_be_supplied_is_not_opened(shop: Shop) -> None:
    honey = await make_pick(shop)
    carried = await make_carrying(shop, honey)
    with pytest.raises(CarriedNotListed):
        await opens(shop, carried)
    with pytest.raises(OpensTooLate):
        await opens(shop, honey, Terms(opens_at=honey.pick.closes_at))
    told = await make_pick(shop, title="Told to some")
    async with shop.writing() as uow:
        posted = await uow.picks.get(told.id)
        posted.pick.is_personal = True
        await uow.picks.save(posted.pick)
    with pytest.raises(PersonalNotListed):
        await opens(shop, told)
    bad = await make_pick(shop, title="Bad")
    async with shop.writing() as uow:
        why = ByHand(words="It leaks.", offers_refunds=False, by_id=MEI_ID)
        await stop_by_hand(uow, bad.id, why, now=shop.now())
    with pytest.raises(OfferStopped):
        await opens(shop, bad)
    over = await make_pick(shop, title="Over")
    await fetched(shop, over, 1)
    with pytest.raises(PickOver):
        await opens(shop, over)


async def test_the_market_shows_what_a_group_could_sell(shop: Shop, clock: Clock, tea: Group) -> None:
    friends = await make_group(shop)
    here = await make_pick(shop, group=tea, title="Own")
    gone = await make_group(shop, title="Gone")
    picks = {
        title: await make_pick(shop, group=group, title=title, lasts=lasts, stock=stock)
        for title, group, lasts, stock in (
            ("Honey", friends, timedelta(hours=8), None),
            ("Later", friends, timedelta(hours=8), 20),
            ("Full", friends, timedelta(hours=8), 20),
            ("Ended", friends, timedelta(hours=8), 20),
            ("Stopped", friends, timedelta(hours=8), 20),
            ("Sold out", friends, timedelta(hours=8), 1),
            ("Short", friends, timedelta(minutes=30), 20),
            ("Withdrawn", friends, timedelta(hours=8), 20),
            ("Of a group that is gone", gone, timedelta(hours=8), 20),
            ("Carried", friends, timedelta(hours=8), 20),
        )
    }
    dollars = await make_pick(shop, group=await make_group(shop, currency="USD"), title="Dollars")
    keys = {}
    for title, posted in {**picks, "Own": here, "Dollars": dollars}.items():
        terms = Terms(groups_limit=1 if title == "Full" else None)
        if title == "Later":
            terms = replace(terms, opens_at=shop.now() + timedelta(hours=2))
        keys[title] = await opens(shop, posted, terms)
    await make_carrying(shop, picks["Full"], group=await make_group(shop, title="Third"))
    await make_carrying(shop, picks["Carried"], group=tea)
    await make_order(shop, pick=picks["Sold out"])
    async with shop.writing() as uow:
        await end_listing(uow, picks["Ended"].id, by_id=MEI_ID, now=shop.now())
        why = ByHand(words="It leaks.", offers_refunds=False, by_id=MEI_ID)
        await stop_by_hand(uow, picks["Stopped"].id, why, now=shop.now())
        await withdraw_pick(uow, picks["Withdrawn"].id, reason="No bees", by_id=MEI_ID, now=shop.now())
        left = await uow.groups.get(gone.id or 0)
        left.is_active = False
        await uow.groups.save(left)
    clock.advance(timedelta(hours=1))

    assert await titles(shop, tea) == ["Later", "Honey"]
    later, honey = (await market(shop, tea)).listings
    assert (later.is_open(shop.now()), honey.is_open(shop.now())) == (False, True)
    assert await titles(shop, friends) == ["Own"]
    async with shop.reading() as uow:
        assert (await see_listing(uow, keys["Honey"], tea, now=shop.now())).posted.id == picks["Honey"].id
        for title in ("Own", "Full", "Ended", "Stopped", "Sold out", "Short", "Withdrawn", "Dollars"):
            with pytest.raises(ListingOver):
                await see_listing(uow, keys[title], tea, now=shop.now())

    # What is over leaves the market for good.
    await fetched(shop, picks["Honey"], 1)
    await tend_market(shop)
    ended = {row.id for row in await rows_of(shop, Listing) if row.ended_at is not None}
    assert {keys[title] for title in ("Honey", "Ended", "Withdrawn")} <= ended
    assert keys["Later"] not in ended


async def test_what_is_known_of_an_offer_decides_its_place(shop: Shop, clock: Clock, tea: Group) -> None:
    friends, others = await make_group(shop), await make_group(shop, title="Others", owner=make_person("Bo"))
    good = await make_pick(shop, group=friends, title="Good", category="honey")
    for order_id, person in await fetched(shop, good, 6):
        async with shop.writing() as uow:
            await rate(uow, order_id, good.variants[0].id or 0, 5, person_id=person.id, now=shop.now())
    bad = await make_pick(shop, group=others, title="Bad", category="tea", stock=50)
    for number, (order_id, person) in enumerate(await fetched(shop, bad, 6)):
        async with shop.writing() as uow:
            await rate(uow, order_id, bad.variants[0].id or 0, 2, person_id=person.id, now=shop.now())
            if number < 1:
                kind, words = CaseKind.DAMAGED, "It leaks."
                await open_case(uow, order_id, kind, person_id=person.id, words=words, now=shop.now())
    # The others withdrew something and missed a minimum; what a member cancels is not their fault.
    dropped = await make_pick(shop, group=others, title="Dropped")
    few = await make_pick(shop, group=others, title="Few", minimum_quantity=10)
    await ordered(shop, dropped, 2)
    await ordered(shop, few, 1)
    unsure = make_person("Unsure")
    await make_order(shop, pick=dropped, person=unsure)
    clock.advance(timedelta(minutes=5))
    await make_order(shop, pick=dropped, person=unsure, quantity=-1)
    clock.advance(timedelta(minutes=5))
    async with shop.writing() as uow:
        await withdraw_pick(uow, dropped.id, reason="Too dear", by_id=MEI_ID, now=shop.now())
        await close_pick(uow, few.id, now=shop.now())
    await opens(shop, await again(shop, bad), Terms(share_bps=2000))
    await opens(shop, await again(shop, good), Terms(share_bps=500))
    fresh = await make_pick(shop, title="New", category="tea", group=await make_group(shop, title="Fresh"))
    await opens(shop, fresh, Terms(share_bps=1000))

    found = {seen.posted.offer.title: seen.standing for seen in (await market(shop, tea)).listings}
    assert found["Good"].disputes == (0, 6)
    assert found["Bad"].disputes == (1, 6)
    assert sum(verdicts.pleased for verdicts in found["Good"].verdicts) == 6
    assert found["Good"].fulfilled == (6, 0)
    assert found["Bad"].fulfilled == (6, 3)
    assert found["New"].fulfilled == (0, 0)
    assert await titles(shop, tea, MarketOrder.RATING) == ["Good", "Bad", "New"]
    assert await titles(shop, tea, MarketOrder.DISPUTES) == ["Good", "Bad", "New"]
    assert await titles(shop, tea, MarketOrder.COMPLETION) == ["Good", "Bad", "New"]
    assert await titles(shop, tea, MarketOrder.SHARE) == ["Bad", "New", "Good"]
    assert await titles(shop, tea, MarketOrder.NEWEST) == ["New", "Good", "Bad"]
    assert await titles(shop, tea, category="tea") == ["New", "Bad"]
    async with shop.reading() as uow:
        assert await uow.listings.count_categories(tea, now=shop.now()) == {"honey": 1, "tea": 2}


async def test_places_are_counted_anew_and_pages_turn(shop: Shop, clock: Clock, tea: Group) -> None:
    group = await make_group(shop)
    first = await make_pick(shop, group=group, title="Jar 0", lasts=timedelta(days=2))
    await opens(shop, first)
    for number in range(1, 8):
        await opens(shop, await make_pick(shop, group=group, title=f"Jar {number}", lasts=timedelta(days=2)))
    shown = [await market(shop, tea, page=page) for page in range(3)]
    assert [(len(page.listings), page.has_more) for page in shown] == [(6, True), (2, False), (0, False)]

    # Somebody else's earlier round is over meanwhile: each listing of the supplier shows it within the hour.
    await fetched(shop, await make_pick(shop, group=group, title="Earlier"), 5)
    assert await tend_market(shop) == 0, "all were counted just now"
    clock.advance(MEASURED_FOR + timedelta(minutes=1))
    assert await tend_market(shop) == 8
    assert {row.completion_bps for row in await rows_of(shop, Listing)} == {5655}
    assert await tend_market(shop) == 0
