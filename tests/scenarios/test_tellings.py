"""Instead of a post, a curator tells those who may care; they learn why, order, or are spared more."""

from random import Random

import pytest

from handlers import tellings
from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Member, NoticeChoice, Pick, Telling, Told, TrustEntry
from storage.states import NoticeKind, PickState
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle
from tests.scenarios.wizard import desk_of

MANY = 6


async def says(friends: Circle, person: Person, words: str, *, in_group: bool = False) -> SeenMessage:
    """Somebody writes to the bot, or in the group; returns what it says last to her."""
    await person.says(words, **({"in_": friends.group} if in_group else {"to": friends.house.account}))
    await friends.house.settles()
    return last(friends, person)


async def taps(friends: Circle, person: Person, words: str) -> str:
    """Somebody taps a button of the newest message that has it; returns what stands there then."""
    message = last_with(friends, person, words)
    await (await person.taps(words, on=message)).answered()
    await friends.house.settles()
    return message.text


async def test_a_pick_is_told_to_those_who_may_care(friends: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    # A lot that leaves out one of them; the real one now and then leaves out many.
    monkeypatch.setattr(tellings, "_LOT", Random(2))
    house, mei, ann, group = friends.house, friends.mei, friends.ann, friends.group
    others = [house.tg.person(f"Friend {number}") for number in range(MANY)]
    members = [ann, *others]
    await ann.adds(*others, to=group)
    for person in members:
        await person.starts(house.account)
    photo = await mei.sends_photo(in_=group)
    card = await friends.offers(reply_to=photo)
    for person in members:
        await person.taps("Order", on=card)
    await house.settles()
    await says(friends, mei, "/settings allowance on", in_group=True)

    # Nobody is told anything without having asked for it.
    await says(friends, mei, "/copy 1")
    assert "Fewer than 5 members" in await taps(friends, mei, "Tell only those who may care")
    await taps(friends, mei, "‹ Back")
    switches = await says(friends, ann, "/notices")
    assert "Picks chosen for me, now and then: no" in switches.text
    assert "now and then: yes" in await taps(friends, ann, "Picks chosen for me, now and then")
    async with house.parts.shop.writing() as uow:
        for person in others:
            await uow.notices.choose(person.id, NoticeKind.SUGGESTIONS, is_on=True, now=house.now)
    await says(friends, mei, "/close 1", in_group=True)
    posts, heard = len(friends.posts), {person.name: len(friends.private(person)) for person in members}

    page = await taps(friends, mei, "Tell only those who may care")
    assert f"{MANY + 1} of {len(await house.rows(Member))} members are likely to care" in page
    assert "That spends at most 50" in page
    assert "Each of them is left out with a chance of one in ten" in page
    await taps(friends, mei, "Tell them")
    await house.takes(house.updates[-1])
    await house.settles()
    assert len(friends.posts) == posts, "no card in the group"

    [telling] = await house.rows(Telling)
    screen = last_with(friends, mei, "Make another like it")
    assert f"is told to {telling.told_count} members of Honey friends" in screen.text
    told = {row.person_id: row.is_held_back for row in await house.rows(Told)}
    assert set(told) == {person.id for person in members}
    assert (telling.told_count, telling.held_count) == (
        list(told.values()).count(False),
        list(told.values()).count(True),
    )
    news = {person.id: len(friends.private(person)) - heard[person.name] for person in members}
    assert news == {key: int(not is_held) for key, is_held in told.items()}
    entry = (await house.rows(TrustEntry))[-1]
    assert entry.weight_bps == 5000
    hearers = [person for person in members if not told[person.id]]
    first, second, third = hearers[:3]
    note = last(friends, first)
    assert note.photo == photo.photo
    assert "Chosen for you in Honey friends" in note.text
    assert "You bought #1" in note.text
    assert note.buttons == [
        ["Order one", "All about it"],
        ["Why do I get this?", "Not for me"],
        ["No more such messages"],
    ]

    # She orders right there, and the details come below the photo; her order is no post either.
    await taps(friends, first, "Order one")
    assert "You have 1" in last(friends, first).text
    assert "Chosen for you" in note.text
    why = await taps(friends, second, "Why do I get this?")
    assert "Mei asked me to tell it to members who are likely to care" in why
    assert "• You bought #1" in why
    assert last(friends, second).buttons[0] == ["Order one", "All about it"]
    assert "Chosen for you" in await taps(friends, second, "‹ Back")
    assert "I will not tell you of" in await taps(friends, second, "Not for me")
    assert "any more" in await taps(friends, third, "No more such messages")
    off = [
        row for row in await house.rows(NoticeChoice) if row.kind is NoticeKind.SUGGESTIONS and not row.is_on
    ]
    assert [row.person_id for row in off] == [third.id]
    assert len(friends.posts) == posts
    await mei.says("/picks", in_=group)
    await house.settles()
    assert "Nothing is on offer right now" in friends.posts[-1]

    # What does not fit now can be told, too; but nobody is told of anything else for a week.
    await says(friends, mei, "/pick 12.90 Yunnan honey, second jar #honey | till 20:00", in_group=True)
    assert "Why not now" in last_with(friends, mei, "Another time").text
    assert "Fewer than 5 members" in await taps(friends, mei, "Tell only those who may care")
    assert "Why not now" in await taps(friends, mei, "‹ Back")
    await taps(friends, mei, "Drop it")
    await taps(friends, mei, "Drop it")

    # Posted in the group after all, it is a whole post.
    await says(friends, mei, "/manage")
    await taps(friends, mei, "#2")
    page = await taps(friends, mei, "Post it in the group after all")
    assert "It is told to" in page
    assert "spends a whole post" in page
    await taps(friends, mei, "Post it all the same" if "Why not now" in page else "Post it now")
    assert "#2" in friends.posts[-1]
    _, pick, _ = await house.rows(Pick)
    assert (pick.state, pick.is_personal) == (PickState.LIVE, False)
    assert [entry.weight_bps for entry in await house.rows(TrustEntry)] == [10_000, 10_000]
    [telling] = await house.rows(Telling)
    assert telling.told_buyers == 1
    actions = [row.action for row in await house.rows(AuditEntry)]
    assert actions.count("pick_told") == 1
    assert "personally" in (await says(friends, mei, "/audit")).text


async def test_two_groups_do_not_tell_the_same_to_the_same_people(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    people = [friends.ann, *(house.tg.person(f"Friend {number}") for number in range(MANY))]
    other = house.tg.group("Tea friends", owner=mei, members=people)
    await friends.ann.adds(*people[1:], to=friends.group)
    await mei.adds_bot(house.account, other, admin=True)
    for person in people:
        await person.starts(house.account)
        for group in (friends.group, other):
            await person.says("/want honey", in_=group)
    await house.settles()
    async with house.parts.shop.writing() as uow:
        for person in people:
            await uow.notices.choose(person.id, NoticeKind.SUGGESTIONS, is_on=True, now=house.now)
    for group in (friends.group, other):
        await mei.says("/settings allowance on", in_=group)
        await mei.says("/pick 3 Green tea | till 20:00", in_=group)
        await house.settles()

    # One offer in both groups, which neither can bear today.
    desk = desk_of(friends)
    await desk.writes("/new")
    await desk.taps("Honey friends", "Tea friends", "Overview", "Title")
    await desk.writes("Honey")
    await desk.taps("Price")
    await desk.writes("12.90")
    await desk.taps("Post it now")
    pages = [page for page in desk.says if ["Tell only those who may care"] in page.buttons]
    assert len(pages) == 2
    for page in pages:
        await desk.taps("Tell only those who may care", on=page)
    assert all("members are likely to care" in page.text for page in pages)
    await desk.taps("Tell them", on=pages[0])
    await desk.taps("‹ Back", "Tell only those who may care", on=pages[1])
    assert "Fewer than 5 members" in pages[1].text
    assert len({row.pick_id for row in await house.rows(Told)}) == 1
