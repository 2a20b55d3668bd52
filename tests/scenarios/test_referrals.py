"""Who brought whom: by link, by hand, through the bot, by request; the first touch stays, and no loops."""

import re

import pytest

from sandbox.membership import join, set_member
from sandbox.models.users import ANONYMOUS_ADMIN
from sandbox.people import Group, Person
from storage.models import Introduction, Member, Referral
from storage.states import Presence, ReferralSource
from tests.scenarios.house import Circle, House

pytestmark = pytest.mark.every_way


async def _own_link(friends: Circle, person: Person, *, public: bool = False) -> str:
    """The member asks for her link in private and reads it there."""
    bot = friends.house.account
    await person.starts(bot)
    await person.says("/invite", in_=friends.group)
    await friends.house.settles()
    text = friends.private(person)[-1]
    found = re.search(r"https://t\.me/\S+start=join_\S+" if public else r"https://t\.me/\+\S+", text)
    assert found, text
    return found[0]


async def _chain_of(friends: Circle, person: Person, *, in_: Group | None = None) -> str:
    await person.starts(friends.house.account)
    await person.says("/chain", in_=in_ or friends.group)
    await friends.house.settles()
    return friends.private(person)[-1]


async def _edges(house: House) -> dict[str, tuple[str, ReferralSource]]:
    names = {person.id: person.name for person in house.tg.people.values()}
    return {
        names[edge.person_id]: (names[edge.referrer_id], edge.source) for edge in await house.rows(Referral)
    }


async def test_whoever_joins_by_a_members_link_was_brought_by_her(friends: Circle) -> None:
    house, noor = friends.house, friends.house.tg.person("Noor")
    link = await _own_link(friends, friends.ann)
    assert await _own_link(friends, friends.ann) == link, "she keeps her one link"
    await noor.joins(link)
    await house.settles()

    assert await _edges(house) == {"Noor": ("Ann", ReferralSource.INVITE_LINK)}
    chain = await _chain_of(friends, noor)
    assert "Ann" in chain
    assert "Honey friends" in chain
    assert "Noor" in await _chain_of(friends, friends.ann)


async def test_the_link_is_told_in_private_alone(friends: Circle) -> None:
    heard = await friends.house.hears(friends.ann.says("/invite", in_=friends.group))
    assert [answer.chat_id for answer in heard] == [friends.group.id]
    assert "Ann" in heard[0].text
    assert "t.me" not in heard[0].text

    line = friends.group.last_message
    await friends.ann.taps("", on=line)
    shown = await friends.ann.private(friends.house.account).until_message(containing="https://t.me/+")
    assert "Honey friends" in shown.text


async def test_whoever_is_added_was_brought_by_who_added_her(friends: Circle) -> None:
    noor = friends.house.tg.person("Noor")
    await friends.ben.adds(noor, to=friends.group)
    await friends.house.settles()

    assert await _edges(friends.house) == {"Noor": ("Бен", ReferralSource.ADDED)}


async def test_nobody_brought_whom_no_member_added(friends: Circle) -> None:
    house, group = friends.house, friends.group
    noor, eva = house.tg.person("Noor"), house.tg.person("Eva")
    other_bot = house.tg.create_bot("counting_bot")
    await friends.ann.adds_bot(other_bot, group)
    join(house.world, group.chat, [noor.user], by=friends.mei.user, via_request=True)
    set_member(house.world, group.chat, group.chat.member(eva.user).back(), by=ANONYMOUS_ADMIN)
    await house.settles()

    assert await _edges(house) == {}, "let in on request, or added by a group without a face"
    members = {member.person_id for member in await house.rows(Member)}
    assert {noor.id, eva.id} <= members
    assert other_bot.id not in members, "another bot is no member, and counts for nobody"


async def test_a_bot_without_rights_still_hears_who_was_added(house: House) -> None:
    vera, ann, noor = house.tg.person("Vera"), house.tg.person("Ann"), house.tg.person("Noor")
    group = house.tg.group("Tea friends", owner=vera, members=[ann])
    await vera.adds_bot(house.account, group)
    await house.settles()
    await ann.adds(noor, to=group)
    await house.settles()

    assert await _edges(house) == {"Noor": ("Ann", ReferralSource.ADDED)}


async def test_a_link_through_the_bot_brings_people_to_a_public_group(house: House) -> None:
    mei, ann, noor = house.tg.person("Mei"), house.tg.person("Ann"), house.tg.person("Noor")
    group = house.tg.group("Open honey", owner=mei, members=[ann], username="open_honey")
    await mei.adds_bot(house.account, group, admin=True)
    await house.settles()
    friends = Circle(house=house, group=group, mei=mei, ann=ann, ben=ann, lin=ann)
    link = await _own_link(friends, ann, public=True)

    await noor.opens(link)
    await house.settles()
    (invitation,) = house.posts_in(noor.private(house.account))
    assert "Ann" in invitation.text
    assert invitation.rows[0][0]["url"] == "https://t.me/open_honey"
    assert await _edges(house) == {}, "she has not come yet"
    await noor.joins_directly(group)
    await house.settles()

    assert await _edges(house) == {"Noor": ("Ann", ReferralSource.START)}


async def test_a_request_to_join_remembers_whose_link_it_was(friends: Circle) -> None:
    house, noor = friends.house, friends.house.tg.person("Noor")
    link = await _own_link(friends, friends.ann)
    invite = friends.group.chat.links[link]
    invite.creates_join_request = True

    await noor.requests_to_join(link)
    await house.settles()
    assert [sign.source for sign in await house.rows(Introduction)] == [ReferralSource.JOIN_REQUEST]
    await friends.mei.approves(noor, friends.group)
    await house.settles()
    (referrer, source) = (await _edges(house))["Noor"]

    assert referrer == "Ann"
    assert source in (ReferralSource.INVITE_LINK, ReferralSource.JOIN_REQUEST)


async def test_a_surer_sign_goes_before_a_weaker_one(friends: Circle) -> None:
    house, noor = friends.house, friends.house.tg.person("Noor")
    bens = await _own_link(friends, friends.ben)
    await _own_link(friends, friends.ann)
    async with house.parts.shop.writing() as uow:
        group = await uow.groups.get(1)
        group.username = "honey_friends"
        await uow.groups.save(group)
    await noor.starts(house.account, f"join_1_{friends.ann.id}")
    await house.settles()
    assert [sign.source for sign in await house.rows(Introduction)] == [ReferralSource.START]
    await noor.joins(bens)
    await house.settles()

    assert await _edges(house) == {"Noor": ("Бен", ReferralSource.INVITE_LINK)}


async def test_the_first_touch_is_for_good(friends: Circle) -> None:
    house, noor = friends.house, friends.house.tg.person("Noor")
    anns, bens = await _own_link(friends, friends.ann), await _own_link(friends, friends.ben)
    await noor.joins(anns)
    await house.settles()
    await noor.leaves(friends.group)
    await house.settles()
    members = {member.person_id: member for member in await house.rows(Member)}
    assert members[noor.id].presence is Presence.LEFT
    await noor.joins(bens)
    await house.settles()
    await noor.leaves(friends.group)
    await house.settles()
    await friends.lin.adds(noor, to=friends.group)
    await house.settles()

    assert await _edges(house) == {"Noor": ("Ann", ReferralSource.INVITE_LINK)}
    members = {member.person_id: member for member in await house.rows(Member)}
    assert members[noor.id].presence is Presence.JOINED


@pytest.mark.parametrize("admin", [True, False])
async def test_who_left_and_was_added_again_while_the_bot_was_down_is_a_member(
    house: House, admin: bool
) -> None:
    vera, ann, noor = house.tg.person("Vera"), house.tg.person("Ann"), house.tg.person("Noor")
    group = house.tg.group("Tea friends", owner=vera, members=[ann, noor])
    await vera.adds_bot(house.account, group, admin=admin)
    await house.settles()
    await noor.says("/help", in_=group)
    await house.settles()
    await house.stops()
    for _ in range(5):
        await noor.leaves(group)
        await ann.adds(noor, to=group)
    await house.starts()
    await house.settles()

    members = {member.person_id: member for member in await house.rows(Member)}
    assert members[noor.id].presence is Presence.JOINED


async def test_nobody_is_brought_by_herself_or_by_whom_she_brought(friends: Circle) -> None:
    house = friends.house
    noor, omar = house.tg.person("Noor"), house.tg.person("Omar")
    anns = await _own_link(friends, friends.ann)
    await noor.joins(anns)
    await house.settles()
    await omar.joins(await _own_link(friends, noor))
    await house.settles()
    omars = await _own_link(friends, omar)
    edges = await _edges(house)

    for late_comer, link in ((friends.ann, anns), (friends.ann, omars), (noor, omars)):
        await late_comer.leaves(friends.group)
        await late_comer.joins(link)
        await house.settles()
        assert await _edges(house) == edges


async def test_the_chain_goes_up_to_the_root_and_down_by_levels(friends: Circle) -> None:
    house = friends.house
    noor, omar, pia, rui = (house.tg.person(name) for name in ("Noor", "Omar", "Pia", "Rui"))
    for newcomer, bringer in ((noor, friends.ann), (omar, noor), (pia, noor), (rui, omar)):
        await newcomer.joins(await _own_link(friends, bringer))
        await house.settles()

    top = await _chain_of(friends, friends.ann)
    assert "Noor" in top
    levels = re.findall(r"(\d+)\D+(\d+) (?:person|people)", top)
    assert levels == [("1", "1"), ("2", "2"), ("3", "1")]
    bottom = await _chain_of(friends, rui)
    assert re.search("Omar.*Noor.*Ann", bottom)
    assert (await _edges(house))["Rui"] == ("Omar", ReferralSource.INVITE_LINK)


async def test_a_chain_belongs_to_its_group(friends: Circle) -> None:
    house = friends.house
    noor = house.tg.person("Noor")
    await noor.joins(await _own_link(friends, friends.ann))
    other = house.tg.group("Tea friends", owner=friends.lin, members=[noor, friends.ann])
    await friends.lin.adds_bot(house.account, other, admin=True)
    await house.settles()

    assert "Ann" not in await _chain_of(friends, noor, in_=other)
    assert "Ann" in await _chain_of(friends, noor)


async def test_a_bot_that_may_not_invite_says_so(house: House) -> None:
    vera, ann = house.tg.person("Vera"), house.tg.person("Ann")
    group = house.tg.group("Tea friends", owner=vera, members=[ann])
    await vera.adds_bot(house.account, group)
    await house.settles()

    heard = await house.hears(ann.says("/invite", in_=group))
    assert len(heard) == 1
    assert await _edges(house) == {}
