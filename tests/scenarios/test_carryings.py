"""Mei supplies honey, two other groups sell it: begun from the market, ended in every way there is."""

from datetime import timedelta

from bot.jobs.carryings import follow_ends
from bot.rules.listings import Terms
from bot.services.listings import open_listing
from sandbox.people import Group, Person, SeenMessage
from storage.models import Carrying, Order, Pick
from storage.states import CarryingEnd, FulfilmentState, OrderState, PickState
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle
from tests.scenarios.test_life import schedules


async def founds(friends: Circle, owner: Person, title: str, *members: Person) -> Group:
    """Another group with the bot in it."""
    house = friends.house
    await owner.starts(house.account)
    group = house.tg.group(title, owner=owner, members=list(members))
    await owner.adds_bot(house.account, group, admin=True)
    await house.settles()
    return group


async def supplies_honey(friends: Circle) -> SeenMessage:
    """Mei posts honey and lets other groups sell five jars each, of which they keep eight percent."""
    card = await friends.offers("12.90 Yunnan honey | 30 jars | 4+ 11.90 | till 20:00")
    [pick] = await friends.house.rows(Pick)
    await opens(friends, pick.id or 0, Terms(share_bps=800, pieces_limit=5))
    return card


async def opens(friends: Circle, pick_id: int, terms: Terms) -> None:
    """Mei lets other groups sell a pick on these terms."""
    house = friends.house
    async with house.parts.shop.writing() as uow:
        await open_listing(uow, pick_id, terms, by_id=friends.mei.id, now=house.now)


async def sells_it(friends: Circle, curator: Person, group: Group) -> SeenMessage:
    """She finds it in the market and lets her group sell it; returns its card there."""
    house = friends.house
    await curator.says("/market", to=house.account)
    await house.settles()
    await curator.taps("Yunnan honey", on=last(friends, curator))
    await house.settles()
    await curator.taps(f"Sell it in {group.title}", on=last(friends, curator))
    await house.settles()
    return next(post for post in house.posts_in(group) if "Yunnan honey" in post.text)


async def test_two_groups_sell_what_a_third_supplies_until_the_frost_takes_it(friends: Circle) -> None:
    house, mei, ann, ben, lin = friends.house, friends.mei, friends.ann, friends.ben, friends.lin
    zoe = house.tg.person("Zoe")
    tea = await founds(friends, ann, "Tea friends", lin)
    oil = await founds(friends, zoe, "Oil friends", ben)
    honey = await supplies_honey(friends)
    in_tea = await sells_it(friends, ann, tea)
    for words in ("This group earns 8%", "supplied by Honey friends", "In this group: 0 of 5 at most"):
        assert words in in_tea.text
    assert "Tea friends sells it now, as pick #1" in last(friends, ann).text
    assert "Counted together with 1 other group" in honey.text
    stored = await house.dump()
    await house.takes(house.updates[-1])
    assert await house.dump() == stored, "a tap that comes twice sells it once"
    in_oil = await sells_it(friends, zoe, oil)

    # Orders are each group's own; stock and price are everybody's.
    await lin.taps("Order +1", on=in_tea)
    await lin.says("+9", reply_to=in_tea)
    await house.settles()
    assert "只能再卖 4 份" in house.posts_in(tea)[-1].text
    await lin.says("+2", reply_to=in_tea)
    await ben.taps("Order +1", on=in_oil)
    await house.settles()
    assert "4 of 30" in honey.text
    assert "€11.90" in in_tea.text
    assert "In this group: 3 of 5 at most" in in_tea.text

    # The offer is Mei's; the word for it in her group is Ann's.
    for command in ("/edit 1 price 1.00", "/extend 1 till 23:00", "/close 1", "/repost 1"):
        await ann.says(command, in_=tea)
        await house.settles()
        said = house.posts_in(tea)[-1].text
        assert "its supplier" in said or "Another group supplies that" in said
    await ann.says("/manage", to=house.account)
    await house.settles()
    await ann.taps("#1 Yunnan honey", on=last(friends, ann))
    await house.settles()
    page = last(friends, ann)
    assert "Supplied by Honey friends; your group keeps 8%" in page.text
    assert "Price" not in str(page.buttons)
    await ann.taps("Your word for it", on=page)
    await house.settles()
    await ann.says("I have it every morning", to=house.account)
    await house.settles()
    assert "Vouched for by Ann: “I have it every morning”" in in_tea.text
    assert "every morning" not in honey.text
    await mei.says("/extend 1 till 21:00", in_=friends.group)
    await house.settles()
    assert "21:00" in in_tea.text
    assert "21:00" in in_oil.text

    # Zoe stops: what Ben has ordered stands.
    await zoe.says("/manage", to=house.account)
    await house.settles()
    for button in ("#1 Yunnan honey", "Stop selling it", "Stop selling it"):
        await zoe.taps(button, on=last(friends, zoe))
        await house.settles()
    assert "takes no further orders" in last(friends, zoe).text
    assert "Takes no further orders here; what is ordered stands" in in_oil.text
    assert in_oil.buttons == []
    await ben.says("+1", reply_to=in_oil)
    await house.settles()
    assert "больше не принимает заказов" in house.posts_in(oil)[-1].text
    assert await follow_ends(house.parts.shop) == 1
    await house.settles()
    assert "Oil friends does not sell Yunnan honey for you any more" in last(friends, mei).text

    # She thinks better of it: one more post, and what Ben ordered from the first stays with that.
    await zoe.says("/market", to=house.account)
    await house.settles()
    await zoe.taps("Yunnan honey", on=last(friends, zoe))
    await house.settles()
    assert "1 piece of these is one that it sold before" in last(friends, zoe).text
    await zoe.taps("Sell it in Oil friends", on=last(friends, zoe))
    await house.settles()
    assert "Oil friends sells it now, as pick #2" in last(friends, zoe).text
    again = next(post for post in house.posts_in(oil) if "#2" in post.text and post.buttons)
    assert "In this group: 0 of 4 at most" in again.text
    await ben.taps("Order +1", on=again)
    await house.settles()
    assert "In this group: 1 of 4 at most" in again.text
    of_ben = [order.pick_id for order in await house.rows(Order) if order.person_id == ben.id]
    assert len({*of_ben}) == 2

    # The frost: nobody gets any, and everybody reads why.
    await mei.says("/withdraw 1 the frost took the bees", in_=friends.group)
    await house.settles()
    await lin.says("+1", reply_to=in_tea)
    await house.settles()
    assert "不再接受下单" in house.posts_in(tea)[-1].text
    assert await follow_ends(house.parts.shop) == 3
    await house.settles()
    assert {pick.state for pick in await house.rows(Pick)} == {PickState.WITHDRAWN}
    assert {order.state for order in await house.rows(Order)} == {OrderState.CANCELLED}
    for group, card in ((tea, in_tea), (oil, in_oil)):
        told = [post.text for post in house.posts_in(group) if post is not card]
        assert "the frost took the bees" in card.text
        assert any("the frost took the bees" in text for text in told)
    for curator in (ann, zoe):
        news = last_with(friends, curator, "Honey friends withdrew #1 Yunnan honey")
        assert "the frost took the bees" in news.text


async def test_what_its_supplier_posts_later_is_sold_by_others_from_then_on(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    pick_id = await schedules(friends, opens_in=timedelta(hours=1), runs=timedelta(hours=8))
    tea = await founds(friends, ann, "Tea friends")
    await opens(friends, pick_id, Terms())
    await ann.says("/market", to=house.account)
    await house.settles()
    await ann.taps("Yunnan honey", on=last(friends, ann))
    await house.settles()
    page = last(friends, ann)
    assert "as soon as its supplier has posted it, which is planned for Mon" in page.text
    assert "Sell it in Tea friends" not in str(page.buttons)

    await house.passes(timedelta(hours=1))
    await friends.group.until_message(containing="#1 Yunnan honey", by=house.account.user)
    await ann.taps("‹ Back", on=page)
    await house.settles()
    await ann.taps("Yunnan honey", on=last(friends, ann))
    await house.settles()
    assert "planned for" not in page.text

    at = house.now + timedelta(hours=2)
    # She looks long at the page: meanwhile Mei would rather have her own group buy first.
    await opens(friends, pick_id, Terms(opens_at=at))
    refused = await ann.taps("Sell it in Tea friends", on=page)
    assert f"Other groups can sell that from {at:%a %-d %b, %H:%M} on" in (await refused.answered()).text
    await house.passes(timedelta(hours=2))
    assert "Yunnan honey" in (await sells_it(friends, ann, tea)).text


async def test_a_group_that_lost_the_bot_still_hands_over_what_it_sold(friends: Circle) -> None:
    house, mei, ann, lin = friends.house, friends.mei, friends.ann, friends.lin
    tea = await founds(friends, ann, "Tea friends", lin)
    await lin.starts(house.account)
    await supplies_honey(friends)
    in_tea = await sells_it(friends, ann, tea)
    await lin.taps("Order +1", on=in_tea)
    await house.settles()
    await ann.removes_bot(house.account, tea)
    await house.settles()
    assert await follow_ends(house.parts.shop) == 1
    await house.settles()
    assert "I am not in Tea friends any more, which sold Yunnan honey for you" in last(friends, mei).text
    assert "我已不在 Tea friends" in last(friends, lin).text
    assert "1 order stands" in last_with(friends, ann, "I am not in Tea friends any more").text

    await house.passes(timedelta(hours=12))
    await house.settles()
    await ann.taps("To the pick", on=last_with(friends, ann, "I am not in Tea friends any more"))
    await house.settles()
    await ann.taps("Who ordered", on=last_with(friends, ann, "Who ordered"))
    await house.settles()
    await ann.taps("Hand over", on=last_with(friends, ann, "Hand over"))
    await house.settles()
    await ann.taps("小林", on=last_with(friends, ann, "小林"))
    await house.settles()
    [order] = await house.rows(Order)
    assert (order.state, order.fulfilment_state) == (OrderState.COMPLETED, FulfilmentState.HANDED_OVER)
    [carrying] = await house.rows(Carrying)
    assert carrying.end_reason is CarryingEnd.CARRIER_GONE
