"""People talk, react, order and leave; a day later the owner reads what came of the post, and no words."""

from datetime import timedelta

from bot.jobs.measuring import measure_posts, watch_trust
from bot.jobs.uptime import note_uptime
from storage.models import Acquaintance, GroupActivity, Member, Pick, SeenUpdate, TrustEntry
from tests.scenarios.house import Circle

HOUR = timedelta(hours=1)


async def test_a_day_of_talk_is_counted_and_nothing_of_it_is_kept(friends: Circle) -> None:
    house, group, mei, ann, ben, lin = (
        friends.house, friends.group, friends.mei, friends.ann, friends.ben, friends.lin,
    )  # fmt: skip
    await mei.says("/settings allowance on", in_=group)
    await house.settles()
    await note_uptime(house.parts.shop)
    card = await friends.offers("12.90 Yunnan honey | 20 jars | till tomorrow 20:00")
    weather = await ann.says("Marmalade weather today", in_=group)
    await lin.says("Marmalade weather indeed", in_=group, reply_to=weather)
    await ben.says("Marmalade would be my cup", in_=group, reply_to=card)
    # What means something to the shop is no ordinary talk.
    await ann.says("+2", in_=group, reply_to=card)
    await ben.says("/help", in_=group)
    said = await lin.says("Marmalade", in_=group)
    await lin.edits(said, "Marmalade!")
    for _ in range(5):
        await lin.reacts("👎", to=card)
        await lin.reacts(to=card)
    await lin.reacts("❤", to=card)
    await ann.reacts("👎", to=card)
    await house.settles()

    [activity] = await house.rows(GroupActivity)
    assert activity.message_count == 4
    [pair] = await house.rows(Acquaintance)
    assert (pair.person_id, pair.other_id, pair.replies) == (lin.id, ann.id, 1)
    [pick] = await house.rows(Pick)
    assert pick.reply_count == 1
    assert "Marmalade" not in str(await house.dump())
    known = {row.update_id for row in await house.rows(SeenUpdate)}
    assert {-key for key in known if key < 0} & {update["update_id"] for update in house.updates}

    await house.passes(HOUR)
    await note_uptime(house.parts.shop)
    await house.stops()
    left_at = house.now
    await ben.leaves(group)
    house.world.clock.advance(6 * HOUR)
    await house.starts()
    await house.settles()
    members = {one.person_id: one for one in await house.rows(Member)}
    gone_at = members[ben.id].left_at
    assert gone_at is not None
    assert abs(gone_at - left_at) < timedelta(minutes=1), "when she went, not when the bot heard of it"

    await note_uptime(house.parts.shop)
    await house.passes(17 * HOUR)
    async with house.parts.shop.writing() as uow:
        # As if it had beaten every minute.
        now = house.parts.shop.now()
        await uow.activity.beat(now=now, since=now - 18 * HOUR)
    assert await measure_posts(house.parts.shop) == 1
    assert await watch_trust(house.parts.shop) == 0, "nothing of it is beyond chance"
    [entry] = await house.rows(TrustEntry)
    assert (entry.active_members, entry.buyers, entry.replies, entry.leaves) == (3, 1, 1, 1)
    assert (entry.reactions_for, entry.reactions_against) == (1, 1)

    await mei.says("/trust", to=house.account)
    await house.settles()
    assert (
        "3 active members, 1 for it, 1 against it, 1 buyer, 1 answer, 1 left the group"
        in (friends.private(mei)[-1])
    )
