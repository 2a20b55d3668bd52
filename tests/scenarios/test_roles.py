"""Who may do what: the owner appoints curators and helpers, and everything they do is written down."""

import pytest

from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Member, PickupPoint
from storage.states import Role
from tests.scenarios.house import Circle, House


def _last(house: House, person: Person) -> SeenMessage:
    return house.posts_in(person.private(house.account))[-1]


async def _appoints(friends: Circle, person: Person, role: str) -> None:
    """Mei answers somebody's message with /appoint and gives her a role."""
    house, mei = friends.house, friends.mei
    hello = await person.says("Hello!", in_=friends.group)
    await mei.says("/appoint", reply_to=hello)
    await house.settles()
    await mei.taps(role, on=_last(house, mei))
    await house.settles()


async def _member(friends: Circle, person: Person) -> Member:
    return next(row for row in await friends.house.rows(Member) if row.person_id == person.id)


async def _open_private(friends: Circle, *people: Person) -> None:
    for person in people:
        await person.starts(friends.house.account)
    await friends.house.settles()


async def test_an_appointed_curator_posts_and_loses_it_again(house: House, friends: Circle) -> None:
    ann, mei = friends.ann, friends.mei
    await _open_private(friends, ann)
    await ann.says("/pick 3.00 Soap", in_=friends.group)
    await house.settles()
    assert "Only the owner and the curators" in friends.posts[-1]

    await _appoints(friends, ann, "Make curator")
    assert "You are a curator of Honey friends now" in friends.private(ann)[-1]
    card = await friends.offers("3.00 Soap", by=ann)
    assert "Ann vouches for it." in card.text

    await mei.taps("Dismiss as curator", on=_last(house, mei))
    await house.settles()
    assert "no longer a curator" in friends.private(ann)[-1]
    await ann.says("/close 1", in_=friends.group)
    await house.settles()
    assert "Only the owner and the curators" in friends.posts[-1]
    acts = [entry.action for entry in await house.rows(AuditEntry)]
    assert acts[0] == "curator_appointed"
    assert acts[-1] == "curator_dismissed"


async def test_a_curator_of_her_own_picks_leaves_the_others_alone(house: House, friends: Circle) -> None:
    ann = friends.ann
    await _open_private(friends, ann)
    await friends.offers()
    await _appoints(friends, ann, "Make curator of own picks only")
    await friends.offers("3.00 Soap", by=ann)

    await ann.says("/close 1", in_=friends.group)
    await house.settles()
    assert "this one is somebody else's" in friends.posts[-1]
    await ann.says("/settings currency CHF", in_=friends.group)
    await house.settles()
    assert "its settings are up to the others" in friends.posts[-1]
    await ann.says("/close 2", in_=friends.group)
    await house.settles()
    assert "Pick #2 is closed" in friends.posts[-1]


async def test_telegrams_administrators_do_not_take_appointments_away(house: House, friends: Circle) -> None:
    ann, ben, mei = friends.ann, friends.ben, friends.mei
    await _open_private(friends, ann)
    await _appoints(friends, ann, "Make curator")
    await mei.promotes(ben, friends.group)
    await house.settles()
    await ann.says("/settings", in_=friends.group)  # the bot asks Telegram anew who leads
    await house.settles()
    assert (await _member(friends, ann)).role is Role.CURATOR
    assert (await _member(friends, ben)).role is Role.CURATOR

    await mei.says("/appoint Бен", to=house.account)
    await house.settles()
    await mei.taps("Бен", on=_last(house, mei))
    await house.settles()
    assert not any("Dismiss" in word for row in _last(house, mei).buttons for word in row)
    await mei.demotes(ben, friends.group)
    await house.settles()
    assert (await _member(friends, ben)).role is Role.MEMBER


async def test_who_leaves_loses_every_role(house: House, friends: Circle) -> None:
    ann = friends.ann
    await _open_private(friends, ann)
    await _appoints(friends, ann, "Make curator")
    await ann.leaves(friends.group)
    await house.settles()
    await ann.joins_directly(friends.group)
    await house.settles()
    member = await _member(friends, ann)
    assert (member.role, member.is_appointed) == (Role.MEMBER, False)


@pytest.mark.parametrize("words", ["/appoint Nobody", "/appoint %", "/appoint _"])
async def test_a_name_that_nobody_has(house: House, friends: Circle, words: str) -> None:
    await friends.mei.says(words, to=house.account)
    await house.settles()
    assert "I find nobody called" in friends.private(friends.mei)[-1]


async def test_only_the_owner_appoints(house: House, friends: Circle) -> None:
    ann, ben = friends.ann, friends.ben
    await _open_private(friends, ann, ben)
    await _appoints(friends, ann, "Make curator")
    await ann.says("/appoint", reply_to=await ben.says("Hello!", in_=friends.group))
    await house.settles()
    assert friends.posts[-1] == "Only the owner of this group can do that."
    page = house.posts_in(friends.mei.private(house.account))[-1]
    forged = next(b["callback_data"] for row in page.rows for b in row if "callback_data" in b)
    tap = await ann.presses_data(forged, on=_last(house, ann))
    await house.settles()
    assert "Only the owner" in (await tap.answered()).text


async def test_the_audit_log_tells_who_did_what(house: House, friends: Circle) -> None:
    ann, mei = friends.ann, friends.mei
    await _open_private(friends, ann)
    await _appoints(friends, ann, "Make curator")
    await mei.says("/settings currency CHF", in_=friends.group)
    await house.settles()
    await mei.says("/audit", to=house.account)
    await house.settles()
    told = friends.private(mei)[-1]
    assert "Mei: made Ann a curator" in told
    assert "Mei: changed the setting currency" in told
    assert told.index("setting") < told.index("curator")  # the newest first

    await friends.ben.starts(house.account)
    await friends.ben.says("/audit", to=house.account)
    await house.settles()
    assert "Mei" not in friends.private(friends.ben)[-1]


async def test_a_helper_is_appointed_at_one_point(house: House, friends: Circle) -> None:
    ann, mei = friends.ann, friends.mei
    await _open_private(friends, ann)
    async with house.parts.shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        uow.groups._session.add(PickupPoint(group_id=group.id or 0, name="North gate"))
    await _appoints(friends, ann, "Helper at North gate")
    assert "hand goods over at North gate" in friends.private(ann)[-1]
    await mei.says("/curators", to=house.account)
    await house.settles()
    assert "Ann: helps at North gate" in friends.private(mei)[-1]
