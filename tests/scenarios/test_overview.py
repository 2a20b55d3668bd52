"""Several picks at once: the pinned list of them, and one offer in several groups."""

from datetime import timedelta

from bot.posting import Place
from bot.services.picks import NewPick, NewVariant, post_in_groups
from sandbox.people import SeenMessage
from storage.models import Group, Pick
from tests.scenarios.house import Circle, House, honey_friends


def overviews(friends: Circle) -> list[SeenMessage]:
    """The lists of open picks that stand in the group."""
    lists = friends.house.posts_in(friends.group)
    return [post for post in lists if post.text.startswith(("Open picks", "Nothing is on offer"))]


async def two_picks(friends: Circle) -> SeenMessage:
    """Honey and tea are open; returns the list of both."""
    await friends.offers()
    await friends.offers("3 Green tea | till 21:00")
    await friends.house.settles()
    (listed,) = overviews(friends)
    return listed


async def test_one_pick_needs_no_list_and_two_get_one_pinned(friends: Circle) -> None:
    house = friends.house
    await friends.offers()
    await house.settles()
    assert overviews(friends) == []

    await friends.offers("3 Green tea | till 21:00")
    await house.settles()
    (listed,) = overviews(friends)
    for words in ("#1 Yunnan honey", "#2 Green tea", "€3.00"):
        assert words in listed.text
    assert listed.is_pinned
    links = [entity["url"] for entity in listed.entities if entity["type"] == "text_link"]
    cards = [link for link in links if link.startswith("https://t.me/c/")]
    assert len(cards) == 2, "each leads to its card"


async def test_the_list_follows_what_happens_to_the_picks(friends: Circle) -> None:
    house, mei, group = friends.house, friends.mei, friends.group
    listed = await two_picks(friends)
    await mei.says("/edit 2 title Black tea", in_=group)
    await listed.until(contains="#2 Black tea")
    await mei.says("/extend 2 till 22:00", in_=group)
    await listed.until(contains="22:00")
    await mei.says("/close 1", in_=group)
    await listed.until(lacks="#1")
    await mei.says("/withdraw 2 mouldy", in_=group)
    await listed.until(contains="Nothing is on offer right now")
    await friends.offers("4 Rice | till 21:00")
    await listed.until(contains="#3 Rice")
    await house.settles()
    assert len(overviews(friends)) == 1, "it is edited, not sent again"


async def test_a_list_that_was_deleted_is_made_again_once(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    listed = await two_picks(friends)
    await mei.deletes(listed)
    await mei.says("/extend 2 till 22:00", in_=friends.group)
    again = await friends.group.until_message(containing="Open picks", by=house.account.user, after=listed)
    await house.settles()
    assert again.is_pinned
    assert len(overviews(friends)) == 1


async def test_a_bot_without_rights_lists_and_pins_once_it_may(house: House) -> None:
    friends = await honey_friends(house)
    await friends.mei.demotes_bot(house.account, friends.group)
    await house.settles()
    listed = await two_picks(friends)
    assert not listed.is_pinned
    await friends.mei.promotes_bot(house.account, friends.group)
    await house.settles()
    assert listed.is_pinned


async def test_a_bot_that_may_not_pin_says_nothing_about_it(house: House) -> None:
    friends = await honey_friends(house)
    rights = frozenset({"can_invite_users", "can_delete_messages"})
    await friends.mei.promotes_bot(house.account, friends.group, rights=rights)
    await house.settles()
    listed = await two_picks(friends)
    assert not listed.is_pinned


async def test_a_group_that_wants_no_list_has_none(friends: Circle) -> None:
    house, mei, group = friends.house, friends.mei, friends.group
    await two_picks(friends)
    await mei.says("/settings list off", in_=group)
    await house.settles()
    assert overviews(friends) == []
    await mei.says("/extend 2 till 22:00", in_=group)
    await house.settles()
    assert overviews(friends) == []
    await mei.says("/settings list on", in_=group)
    await house.settles()
    assert len(overviews(friends)) == 1


async def test_an_offer_in_two_groups_shares_its_stock(house: House) -> None:
    friends = await honey_friends(house)
    others = house.tg.group("Tea friends", owner=friends.mei, members=[friends.ann])
    await friends.mei.adds_bot(house.account, others, admin=True)
    await house.settles()
    groups = await house.rows(Group)
    new = NewPick(
        title="Yunnan honey",
        words="",
        price_amount=1290,
        currency="EUR",
        unit="jars",
        variants=[NewVariant(name="", stock=20)],
        curator_id=friends.mei.id,
        closes_at=house.now + timedelta(hours=3),
    )
    async with house.parts.shop.writing() as uow:
        await post_in_groups(uow, [Place(group=group) for group in groups], new, now=house.now)
    here = await friends.group.until_message(containing="#1 Yunnan honey", by=house.account.user)
    there = await others.until_message(containing="#1 Yunnan honey", by=house.account.user)
    await house.settles()

    await friends.ben.says("+15", reply_to=here)
    await here.until(contains="15 of 20")
    await there.until(contains="15 of 20 jars ordered by 1 person\nCounted together with 1 other group")
    late = await house.hears(friends.ann.says("+6", reply_to=there))
    assert "Only 5 are left" in late[0].text
    await friends.ann.says("+5", reply_to=there)
    await here.until(contains="20 of 20")

    await friends.mei.says("/edit 1 stock 30", in_=others)
    await here.until(contains="20 of 30")
    await there.until(contains="20 of 30")
    await friends.mei.says("/withdraw 1 no honey for us", in_=friends.group)
    await here.until(contains="no honey for us")
    await there.until(contains="5 of 30")
    assert there.buttons
    assert [pick.state for pick in await house.rows(Pick)] == ["withdrawn", "live"]


async def test_a_topic_that_is_closed_lets_the_card_out(house: House) -> None:
    friends = await honey_friends(house, forum=True)
    await friends.mei.promotes_bot(house.account, friends.group, rights=frozenset({"can_invite_users"}))
    topic = friends.group.topic("Sweets")
    await house.settles()
    await friends.mei.says("/pick 12.90 Yunnan honey | 20 jars", in_=friends.group, topic=topic)
    card = await friends.group.until_message(containing="#1 Yunnan honey", by=house.account.user)
    await house.settles()
    await friends.mei.closes_topic(topic, friends.group)
    await friends.ann.taps("Order", on=card)
    await card.until(contains="1 of 20")
    await friends.mei.deletes(card)
    await friends.mei.says("/extend 1 till 22:00", in_=friends.group)
    again = await friends.group.until_message(containing="22:00", by=house.account.user, after=card)
    await house.settles()
    assert "#1 Yunnan honey" in "\n".join(friends.posts)
    assert any("topic of pick #1" in text for text in friends.private(friends.mei))
    await friends.ann.taps("Order", on=_card(friends))
    await _card(friends).until(contains="2 of 20")
    assert again


async def test_a_group_where_the_bot_may_not_write_is_told_to_its_curator(friends: Circle) -> None:
    house = friends.house
    house.world.faults.refuse(
        400,
        "Bad Request: not enough rights to send text messages to the chat",
        times=1,
        method="sendMessage",
        chat_id=friends.group.id,
    )
    await friends.mei.says("/pick 12.90 Yunnan honey | 20 jars", in_=friends.group)
    await friends.mei.private(house.account).until_message(containing="I may not write in Honey friends")
    await house.settles()
    await friends.mei.demotes_bot(house.account, friends.group)
    await friends.mei.promotes_bot(house.account, friends.group)
    await friends.group.until_message(containing="#1 Yunnan honey", by=house.account.user)
    await house.settles()
    assert len([text for text in friends.posts if "#1" in text]) == 1


async def test_a_card_deleted_before_the_close_is_mourned_by_nobody(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    await friends.ann.says("+2", reply_to=card)
    await card.until(contains="2 of 20")
    await house.settles()
    await friends.mei.deletes(card)
    await house.passes(timedelta(hours=11))
    await friends.mei.private(house.account).until_message(containing="Ann: 2")
    await house.settles()
    (pick,) = await house.rows(Pick)
    assert pick.state == "closed"


async def test_a_restart_in_the_second_of_the_deadline_closes_once(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers("12.90 Yunnan honey | 20 jars | in 2h")
    await friends.ann.says("+2", reply_to=card)
    await card.until(contains="2 of 20")
    await house.settles()
    await house.stops()
    house.world.clock.advance(timedelta(hours=2))
    await house.starts()
    await house.stops()
    await house.starts()
    await card.until(contains="Closed")
    await house.settles()
    assert len([text for text in friends.private(friends.mei) if "Ann: 2" in text]) == 1


def _card(friends: Circle) -> SeenMessage:
    return [post for post in friends.house.posts_in(friends.group) if post.buttons][-1]


async def test_the_lists_tell_the_price_that_is_reached_by_now(friends: Circle) -> None:
    house, ann, ben = friends.house, friends.ann, friends.ben
    card = await friends.offers("12.90 Yunnan honey | 40 jars | 2+ 11.90, 10+ 9.90 | till 20:00")
    await friends.offers("3 Green tea | till 21:00")
    await house.settles()
    (listed,) = overviews(friends)
    assert "#1 Yunnan honey · €12.90" in listed.text

    await ann.says("+2", reply_to=card)
    await listed.until(contains="#1 Yunnan honey · €11.90")
    await ben.says("+8", reply_to=card)
    await listed.until(contains="#1 Yunnan honey · €9.90")
    edits = len(house.calls("editMessageText"))
    await ann.says("+1", reply_to=card)
    await card.until(contains="11 of 40")
    await house.settles()
    again = [call["message_id"] for call in house.calls("editMessageText")[edits:]]
    assert listed.id not in again, "its price is the same"

    await ann.says("/picks", in_=friends.group)
    await house.settles()
    assert "€9.90" in friends.posts[-1]
    await ben.says("0", reply_to=card)
    await listed.until(contains="#1 Yunnan honey · €11.90")
