"""A group that keeps an allowance: what does not fit waits for its slot; the group votes on its caps."""

from datetime import UTC, timedelta

from bot.jobs.trust_votes import close_votes
from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Group, Pick, TrustEntry
from storage.states import PickState
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle

DAY = timedelta(days=1)
LINDEN = "8.50 Linden honey | dark, from the old trees | 9 jars | till 20:00"


async def says(friends: Circle, person: Person, words: str, *, in_group: bool = False) -> SeenMessage:
    """Somebody writes to the bot, or in the group; returns what it says last, to her or there."""
    house = friends.house
    await person.says(words, **({"in_": friends.group} if in_group else {"to": house.account}))
    await house.settles()
    return house.posts_in(friends.group)[-1] if in_group else last(friends, person)


async def taps(friends: Circle, person: Person, words: str) -> str:
    """Somebody taps a button of the newest message that has it; returns what stands there then."""
    await (await person.taps(words, on=last_with(friends, person, words))).answered()
    await friends.house.settles()
    return last(friends, person).text


async def states(friends: Circle) -> list[PickState]:
    return [pick.state for pick in await friends.house.rows(Pick)]


async def test_a_group_bears_so_much_and_no_more(friends: Circle) -> None:
    house, mei, ann, group = friends.house, friends.mei, friends.ann, friends.group
    await mei.promotes(ann, group)
    await house.settles()
    page = await says(friends, mei, "/settings")
    assert "Allowance for offers: off" in page.text
    assert "waits for the next free slot" in await taps(friends, mei, "Allowance")
    assert "1 a day, 3 a week" in await taps(friends, mei, "Turn it on")
    assert "Saved." in await taps(friends, mei, "none between")
    wrong = await says(friends, mei, "/settings allowance day 99")
    assert "/settings allowance day 2" in wrong.text

    # The first fits, the second waits, and everything she wrote is kept.
    await friends.offers()
    door = await says(friends, ann, f"/pick {LINDEN}", in_group=True)
    assert "#2 does not fit the group's allowance now" in door.text
    assert "Tue" in door.text
    await ann.starts(house.account, "slot_2")
    await house.settles()
    shown = last(friends, ann)
    assert "The group bears 1 post a day; that is free again from Tue" in shown.text
    assert "The owner of the group can post it all the same." in shown.text
    assert shown.buttons == [
        ["Ask the owner"],
        ["Tell only those who may care"],
        ["Another time", "Drop it"],
    ]

    # Another time, by a tap or in writing.
    assert "These times are free" in await taps(friends, ann, "Another time")
    planned = await says(friends, ann, "thu 18:00")
    assert "It is planned for Thu" in planned.text
    assert "18:00" in planned.text
    await taps(friends, ann, "Another time")
    times = last(friends, ann).buttons
    assert "Tue" in times[0][0]
    assert "Tue" in await taps(friends, ann, times[0][0])

    # The owner posts it all the same; a second delivery of her tap changes nothing.
    await taps(friends, ann, "Ask the owner")
    asked = last(friends, mei)
    assert "Ann asks you to post this now." in asked.text
    assert "Linden honey" in asked.text
    assert "is posted now" in await taps(friends, mei, "Post it all the same")
    await house.takes(house.updates[-1])
    await house.settles()
    await group.until_message(containing="dark, from the old trees", by=house.account.user)
    assert [entry.is_override for entry in await house.rows(TrustEntry)] == [False, True]
    acts = [entry.action for entry in await house.rows(AuditEntry)]
    assert acts.count("allowance_overridden") == 1
    assert "although it did not fit" in (await says(friends, mei, "/audit")).text

    # A third waits until there is room; dropping it loses nothing.
    await says(friends, mei, "/pick 4 Wax | till 20:00", in_group=True)
    waits = last(friends, mei)
    assert "It will be posted" in waits.text
    assert await states(friends) == [PickState.LIVE, PickState.LIVE, PickState.SCHEDULED]
    standing = await says(friends, mei, "/trust")
    assert "Left of a day: 0 of 1" in standing.text
    assert "Left of a week: 1 of 3" in standing.text
    assert "#3 Wax" in standing.text
    assert "#2 Linden honey (posted all the same)" in standing.text
    in_group = await says(friends, friends.ben, "/trust", in_group=True)
    assert "Осталось" in in_group.text
    await taps(friends, mei, "#3 Wax")
    await taps(friends, mei, "Drop it")
    assert "Nothing of it is lost" in await taps(friends, mei, "Drop it")
    await says(friends, mei, "/repost 3", in_group=True)
    assert "It will be posted" in last(friends, mei).text
    slot = (await house.rows(Pick))[-1].opens_at
    await house.passes(slot - house.now)
    await group.until_message(containing="#4 Wax", by=house.account.user)
    assert (await house.rows(Pick))[-1].opens_at.astimezone(UTC).hour >= 8

    # The group votes on it.
    await says(friends, mei, "/trust")
    assert "It counts if 2 members vote" in await taps(friends, mei, "Let the group vote")
    await taps(friends, mei, "2 days")
    await house.settles()
    poll = next(post for post in house.posts_in(group) if post.poll is not None)
    await friends.ben.votes(poll, "2 a day, 7 a week")
    await friends.lin.votes(poll, "2 a day, 7 a week")
    await ann.votes(poll, "1 a day, 3 a week (as it is now)")
    await house.settles()
    assert "3 have voted so far" in (await says(friends, mei, "/trust")).text
    await house.passes(2 * DAY)
    await close_votes(house.parts.shop)
    await group.until_message(containing="The group has voted (3 votes)", by=house.account.user)
    await house.settles()
    [stored] = await house.rows(Group)
    assert (stored.posts_a_day, stored.posts_a_week) == (2, 7)
    assert "set the allowance by vote: 2 a day, 7 a week" in (await says(friends, mei, "/audit")).text
