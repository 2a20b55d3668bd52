"""A friend is brought, buys and keeps it; whoever brought her hears of it, once and quietly."""

from datetime import timedelta

from bot.jobs.commissions import reckon_stale, release_accrued
from bot.services.handover import hand_over, take_back
from storage.models import Commission, Order, Plan
from storage.states import CommissionState, OrderState
from tests.scenarios.goods import last
from tests.scenarios.house import Circle

TILL_EVENING = timedelta(hours=10, minutes=1)
DAY = timedelta(days=1)


async def earned(friends: Circle) -> list[tuple[CommissionState, int, int]]:
    """What each commission is, what it may come to, and what has accrued of it."""
    shop = friends.house.parts.shop
    while await reckon_stale(shop):
        pass
    await release_accrued(shop)
    return [
        (one.state, one.expected_amount, one.accrued_amount) for one in await friends.house.rows(Commission)
    ]


async def test_whoever_brought_a_friend_hears_what_her_order_earns(friends: Circle) -> None:
    house, ann, noor = friends.house, friends.ann, friends.house.tg.person("Noor")
    shop = house.parts.shop
    async with shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        await uow.plans.save(Plan(group_id=group.id or 0, first_bps=1_000, changed_at=house.now))
    await ann.starts(house.account)
    await ann.adds(noor, to=friends.group)
    await house.settles()
    card = await friends.offers()
    await noor.says("+3", reply_to=card)
    await house.settles()
    assert await earned(friends) == [(CommissionState.EXPECTED, 387, 0)]
    await noor.says("-1", reply_to=card)
    await house.settles()
    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()
    assert await earned(friends) == [(CommissionState.EXPECTED, 258, 0)]

    [order] = [order for order in await house.rows(Order) if order.state is OrderState.CONFIRMED]
    async with shop.writing() as uow:
        await hand_over(uow, order.id or 0, by_id=friends.mei.id, now=house.now)
    assert await earned(friends) == [(CommissionState.ACCRUED, 258, 258)]
    before = len(friends.private(ann))
    await house.passes(DAY)
    await house.settles()
    [told] = friends.private(ann)[before:]
    assert "€2.58 earned by 1 order" in told
    assert "Honey friends" in told
    assert "honey" not in told.replace("Honey friends", ""), "nothing of what was bought"
    assert "Noor" not in told, "nor by whom"
    [sent] = [call for call in house.calls("sendMessage") if "€2.58 earned" in call["text"]]
    assert sent["disable_notification"] in (True, "true")

    await house.passes(8 * DAY)
    assert await earned(friends) == [(CommissionState.DUE, 258, 258)]
    await house.passes(DAY)
    await house.settles()
    assert "€2.58 can be paid out now." in last(friends, ann).text

    # It comes back after all.
    async with shop.writing() as uow:
        await take_back(uow, order.id or 0, by_id=friends.mei.id, now=house.now)
    assert await earned(friends) == [(CommissionState.EXPECTED, 258, 0)]
    await house.passes(DAY)
    await house.settles()
    assert "€2.58 taken back" in last(friends, ann).text
    assert not any("€2.58" in post for post in friends.posts), "the group hears nothing of it"
