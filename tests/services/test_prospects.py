"""What a group may post next follows from what it ordered before."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.rules.prospects import of_own
from bot.services.closing import close_pick
from bot.services.picks import repost_pick
from bot.services.prospects import RESTS, Prospects, read_prospects
from bot.services.reviews import rate
from bot.shop import Shop
from storage.models import Group, Listing, Member, Need, Offer, Order, Pick, Wish
from storage.repositories.picks import PostedPick
from storage.states import PickState, Presence, Role
from storage.tables import table
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick, make_twin
from tests.services.rewards import gets
from tests.services.rows import rows_of

LONG_AGO = timedelta(days=30)
HISTORY = {"Honey": [9, 12, 8], "Soap": [4], "Tea": [15, 11], "Socks": [6, 3]}


async def change(shop: Shop, model: type, key: int, **values: object) -> None:
    async with shop.database.write.begin() as connection:
        await connection.execute(update(table(model)).where(table(model).c.id == key).values(**values))


async def ended(
    shop: Shop, group: Group, title: str, orders: int, *, ago: timedelta = LONG_AGO
) -> PostedPick:
    """A pick of a group that closed with so many orders."""
    posted = await make_pick(shop, group=group, title=title)
    await end(shop, posted, orders, ago=ago)
    return posted


async def end(shop: Shop, posted: PostedPick, orders: int, *, ago: timedelta = LONG_AGO) -> None:
    await change(
        shop, Pick, posted.id, state=PickState.CLOSED, closed_at=shop.now() - ago, order_count=orders
    )


async def with_history(shop: Shop) -> tuple[Group, dict[str, PostedPick]]:
    """A group that has sold all that, and the last round of each."""
    group = await make_group(shop)
    last = {}
    for title, rounds in HISTORY.items():
        for number, orders in enumerate(reversed(rounds)):
            ago = LONG_AGO - timedelta(days=number)
            last[title] = await ended(shop, group, title, orders, ago=ago)
    return group, last


async def prospects(shop: Shop, group: Group) -> Prospects:
    async with shop.reading() as uow:
        return await read_prospects(uow, group, now=shop.now())


async def test_offers_come_again_with_what_their_rounds_say(shop: Shop) -> None:
    group, last = await with_history(shop)
    found = await prospects(shop, group)
    assert found.picks == 8
    assert {one.title: list(one.rounds) for one in found.again} == HISTORY
    by_title = {one.title: one for one in found.again}
    for title, rounds in HISTORY.items():
        others = [counts for name, counts in HISTORY.items() if name != title]
        expected = of_own(rounds, others)
        assert expected is not None
        assert by_title[title].forecast == expected
        assert by_title[title].offer_id == last[title].pick.offer_id
    assert [one.title for one in found.again] == ["Tea", "Honey", "Soap", "Socks"]


async def test_what_is_on_offer_stopped_or_has_just_ended_is_not_proposed(shop: Shop) -> None:
    group, last = await with_history(shop)
    await make_pick(shop, group=group, title="HONEY")
    await change(shop, Offer, last["Soap"].pick.offer_id, stopped_at=shop.now())
    await change(shop, Pick, last["Tea"].id, closed_at=shop.now() - RESTS + timedelta(hours=1))
    await change(shop, Pick, last["Socks"].id, is_carried=True)
    found = await prospects(shop, group)
    assert found.again == []
    assert found.new is not None, "all of it tells what the group orders"


async def test_what_disappointed_its_buyers_is_not_proposed(shop: Shop) -> None:
    group, _ = await with_history(shop)
    honey = await make_pick(shop, group=group, title="Honey")
    for name in ("Ann", "Ben"):
        await make_order(shop, pick=honey, person=make_person(name))
    orders = await rows_of(shop, Order)
    await gets(shop, honey, *(order.id or 0 for order in orders))
    for order in orders:
        variant_id = honey.variants[0].id or 0
        async with shop.writing() as uow:
            await rate(uow, order.id or 0, variant_id, 1, person_id=order.person_id, now=shop.now())
    await end(shop, honey, 9, ago=timedelta(days=8))
    assert [one.title for one in (await prospects(shop, group)).again] == ["Tea", "Soap", "Socks"]


async def test_a_round_that_was_given_another_title_is_still_one(shop: Shop) -> None:
    group, last = await with_history(shop)
    async with shop.writing() as uow:
        pick = await repost_pick(uow, last["Honey"].id, closes_at=None, by_id=MEI_ID, now=shop.now())
        again = await uow.picks.get(pick.id or 0)
    await change(shop, Offer, again.pick.offer_id, title="Acacia honey")
    await end(shop, again, 10, ago=timedelta(days=8))
    (honey,) = [one for one in (await prospects(shop, group)).again if "oney" in one.title]
    assert honey.title == "Acacia honey"
    assert list(honey.rounds) == [10, 9, 12, 8]


async def test_a_thin_history_is_silent(shop: Shop) -> None:
    group = await make_group(shop)
    for orders in (3, 5, 8):
        await ended(shop, group, "Honey", orders)
    found = await prospects(shop, group)
    assert found.picks == 3
    assert found.again == []
    assert found.new is None


async def test_what_failed_counts_with_the_orders_that_it_had(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group, minimum_quantity=50)
    stays, leaves = make_person("Ann"), make_person("Ben")
    await make_order(shop, pick=posted, person=stays)
    await make_order(shop, pick=posted, person=leaves)
    await make_order(shop, pick=posted, person=leaves, quantity=-1)
    clock.advance(timedelta(hours=9))
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
    async with shop.reading() as uow:
        (seen,) = await uow.prospects.list_ended(group.id or 0, since=shop.now() - LONG_AGO, limit=9)
    assert seen.orders == 1


async def test_wishes_that_were_answered_say_how_many_order(shop: Shop) -> None:
    group = await make_group(shop)
    posted = await make_pick(shop, group=group)
    people = [make_person(name) for name in ("Ann", "Ben", "Lin")]
    for person in people[:2]:
        await make_order(shop, pick=posted, person=person)
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        need = await uow.wishes.add_need(
            Need(group_id=group.id or 0, title="honey", created_at=shop.now(), pick_id=posted.id)
        )
        for person in people:
            await uow.wishes.save(
                Wish(
                    group_id=group.id or 0,
                    person_id=person.id,
                    need_id=need.id or 0,
                    words="honey",
                    language="en",
                    currency="EUR",
                    created_at=shop.now(),
                    expires_at=shop.now(),
                    told_at=shop.now(),
                )
            )
    assert (await prospects(shop, group)).answered == [], "while it runs nobody knows"
    await end(shop, posted, 2)
    assert (await prospects(shop, group)).answered == [(3, 2)]


@pytest.mark.parametrize("groups", [4, 6])
async def test_the_market_is_judged_by_what_other_groups_ordered(shop: Shop, groups: int) -> None:
    here = await make_group(shop, title="Here")
    supplied = await make_pick(shop, group=await make_group(shop, title="Supplier"), title="Bread")
    async with shop.database.write.begin() as connection:
        await connection.execute(
            insert(table(Listing)).values(
                pick_id=supplied.id,
                offer_id=supplied.pick.offer_id,
                group_id=supplied.pick.group_id,
                share_bps=800,
                opens_at=shop.now(),
                created_at=shop.now(),
            )
        )
    for number in range(groups):
        group = await make_group(shop, title=f"Group {number}")
        await end(shop, await make_twin(shop, supplied, group=group), 8 + number)
        await are_active(shop, group, 40)
    await are_active(shop, here, 20)
    found = (await prospects(shop, here)).of_others
    if groups < 5:
        assert found == []
        return
    (bread,) = found
    assert (bread.title, bread.supplier, bread.share_bps, bread.groups) == ("Bread", "Supplier", 800, groups)
    assert bread.forecast.low <= 5 <= bread.forecast.high
    await change(shop, Pick, supplied.id, closes_at=shop.now())
    assert (await prospects(shop, here)).of_others == [], "nobody can sell it any more"
    await change(shop, Pick, supplied.id, closes_at=shop.now() + LONG_AGO)
    await make_twin(shop, supplied, group=here)
    assert (await prospects(shop, here)).of_others == [], "it is on offer here already"


async def are_active(shop: Shop, group: Group, count: int) -> None:
    """So many members have said something today."""
    people = [make_person(f"Member {number}") for number in range(count)]
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
    rows = [
        {
            "group_id": group.id,
            "person_id": person.id,
            "role": Role.MEMBER,
            "presence": Presence.JOINED,
            "joined_at": shop.now(),
            "active_at": shop.now(),
        }
        for person in people
    ]
    async with shop.database.write.begin() as connection:
        await connection.execute(insert(table(Member)), rows)
