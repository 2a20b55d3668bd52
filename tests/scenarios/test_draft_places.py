"""Where a draft is posted: forum topics, pick-up points, and what becomes of them meanwhile."""

from sandbox.people import Person
from storage.models import Draft, Pick, PickPoint, PickupPoint
from tests.scenarios.house import Circle, House, honey_friends
from tests.scenarios.wizard import Desk, desk_of, texts


async def is_begun(desk: Desk) -> None:
    """A draft with all that it needs, at its overview."""
    await desk.writes("/new")
    await desk.taps("Overview", "Title")
    await desk.writes("Wool scarf")
    await desk.taps("Price")
    await desk.writes("12.90")


async def has_points(friends: Circle, *names: str) -> None:
    """The group has these pick-up points."""
    async with friends.house.parts.shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        for position, name in enumerate(names):
            await uow.pickups.save_point(PickupPoint(group_id=group.id or 0, name=name, position=position))


async def test_a_topic_is_chosen_by_its_name(house: House) -> None:
    friends = await honey_friends(house, forum=True)
    topic = await friends.mei.founds_topic("Deals", friends.group)
    await house.settles()
    desk = desk_of(friends)
    await is_begun(desk)
    await desk.taps("Topic", "Deals", "Overview")
    assert "Topic: Deals" in desk.screen().text
    await desk.taps("Post it now")
    assert any(heard.thread_id == topic.thread_id and "Wool scarf" in heard.text for heard in house.heard)
    assert [pick.topic_id for pick in await house.rows(Pick)] == [topic.thread_id]


async def test_a_closed_topic_keeps_the_draft(house: House) -> None:
    friends = await honey_friends(house, forum=True)
    topic = await friends.mei.founds_topic("Deals", friends.group)
    await house.settles()
    desk = desk_of(friends)
    await is_begun(desk)
    await desk.taps("Topic", "Deals", "Overview")
    await friends.mei.closes_topic(topic, friends.group)
    await house.settles()
    assert "topic “Deals” is closed" in await desk.taps("Post it now")
    assert await house.rows(Pick) == []
    await desk.taps("Topic")
    assert not any("Deals" in text for text in texts(desk.screen())), "a closed one is no choice"
    await desk.taps("general", "Overview")
    await desk.taps("Post it now")
    assert [pick.topic_id for pick in await house.rows(Pick)] == [None]


async def test_the_way_from_a_topic_leads_back_into_it(house: House) -> None:
    friends = await honey_friends(house, forum=True)
    topic = await friends.mei.founds_topic("Deals", friends.group)
    await house.settles()
    await friends.mei.says("/new", in_=friends.group, topic=topic)
    await house.settles()
    await friends.mei.taps("Make a pick", on=house.posts_in(friends.group)[-1])
    await house.settles()
    [draft] = await house.rows(Draft)
    assert draft.content["places"] == [{"group_id": draft.group_id, "topic_id": topic.thread_id}]


async def test_a_pasted_link_names_a_topic(house: House) -> None:
    friends = await honey_friends(house, forum=True)
    desk = desk_of(friends)
    await is_begun(desk)
    await desk.taps("Topic")
    await desk.writes("https://t.me/c/1/5")
    assert "no link to a topic" in desk.last.text
    chat = str(friends.group.id).removeprefix("-100")
    await desk.writes(f"https://t.me/c/{chat}/77")
    assert "Topic: #77" in desk.screen().text


async def test_pick_up_points_are_chosen(friends: Circle) -> None:
    await has_points(friends, "Harbour", "School", "Market")
    desk = desk_of(friends)
    await is_begun(desk)
    await desk.taps("Pick-up", "Harbour", "School", "Market", "School", "Overview")
    assert "Pick-up: Harbour, Market" in desk.screen().text
    await desk.taps("Post it now")
    assert len(await friends.house.rows(PickPoint)) == 2


async def test_who_leads_a_group_that_the_bot_does_not_serve_as_admin_is_asked_for(house: House) -> None:
    """A bot that is no administrator is told of no lost roles, so it asks before it posts."""
    mei, ann = house.tg.person("Mei"), house.tg.person("Ann")
    group = house.tg.group("Honey friends", owner=mei, members=[ann])
    await mei.promotes(ann, group)
    await mei.adds_bot(house.account, group)
    await ann.starts(house.account)
    await house.settles()
    desk = Desk(house=house, person=ann)
    await is_begun(desk)
    await mei.demotes(ann, group)
    await house.settles()
    assert "You do not lead Honey friends" in await desk.taps("Post it now")
    assert await house.rows(Pick) == []


async def test_a_stranger_with_the_link_begins_nothing(friends: Circle) -> None:
    stranger: Person = friends.house.tg.person("Eve")
    await stranger.starts(friends.house.account, "new_1")
    await friends.house.settles()
    assert await friends.house.rows(Draft) == []
    assert "can do that" in desk_of(friends, stranger).last.text
