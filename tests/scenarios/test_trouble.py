"""Telegram refuses, stalls and hangs up; admins delete, kick and move: nothing is lost, nothing doubled."""

from datetime import timedelta

import pytest

from storage.models import Group, OrderLine, OutboxEntry, Person, Pick
from tests.scenarios.house import Circle, House, honey_friends

TILL_EVENING = timedelta(hours=10, minutes=1)


async def _sold(house: House) -> int:
    return sum(line.quantity for line in await house.rows(OrderLine))


async def _failed(house: House) -> list[OutboxEntry]:
    return [entry for entry in await house.rows(OutboxEntry) if entry.failed_at is not None]


async def test_an_edit_that_came_too_soon_is_made_later_and_no_sooner(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    house.world.faults.too_many(1, method="editMessageText", retry_after=1)
    for member in (friends.ann, friends.ben, friends.lin):
        await (await member.taps("Order", on=card)).answered()
    await card.until(contains="3 of 20")

    edits = [call for call in house.world.calls if call.method == "editMessageText"]
    assert [edit.answer["ok"] for edit in edits] == [False, True], "the three orders share one edit"


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_a_telegram_that_stumbles_is_asked_again(friends: Circle, code: int) -> None:
    house = friends.house
    house.world.faults.refuse(code, "Bad Gateway", times=1, method="sendMessage", chat_id=friends.group.id)
    card = await friends.offers()
    house.world.faults.refuse(code, "Bad Gateway", times=1, method="editMessageText")
    house.world.faults.refuse(code, "Bad Gateway", times=1, method="setMessageReaction")
    written = await friends.ann.says("+2", reply_to=card)
    await card.until(contains="2 of 20")
    await written.until_reaction("👌")

    assert len(friends.posts) == 2
    assert await _failed(house) == []


async def test_a_line_that_breaks_before_the_effect_costs_nothing(friends: Circle) -> None:
    house = friends.house
    house.world.faults.cut_before(1, method="sendMessage", chat_id=friends.group.id)
    card = await friends.offers()
    house.world.faults.cut_before(2, method="editMessageText")
    await friends.ann.says("+2", reply_to=card)
    await card.until(contains="2 of 20")

    assert len(friends.posts) == 2, "one card"


async def test_a_line_that_breaks_after_the_effect_doubles_no_order(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    house.world.faults.cut_after(1, method="editMessageText")
    house.world.faults.cut_after(1, method="answerCallbackQuery")
    house.world.faults.cut_after(1, method="getUpdates")
    await (await friends.ann.taps("Order", on=card)).answered()
    await friends.ben.says("+2", reply_to=card)
    await card.until(contains="3 of 20")
    await house.settles()

    assert await _sold(house) == 3
    assert await _failed(house) == []
    assert len(friends.posts) == 2


async def test_a_card_whose_receipt_was_lost_may_stand_twice_but_counts_once(friends: Circle) -> None:
    house = friends.house
    house.world.faults.cut_after(1, method="sendMessage", chat_id=friends.group.id)
    await friends.offers()
    await house.world.until(lambda: len(friends.posts) == 3, 5, "the second try")
    await house.settles()
    first, second = (post for post in house.posts_in(friends.group) if "#1" in post.text)

    await (await friends.ann.taps("Order", on=first)).answered()
    await (await friends.ben.taps("Order", on=second)).answered()
    await second.until(contains="2 of 20")
    assert await _sold(house) == 2


async def test_a_slow_telegram_gets_the_newest_state_only(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    house.world.faults.slow(1.5, 1, method="editMessageText")
    for member in (friends.ann, friends.ben, friends.lin):
        for _ in range(3):
            await (await member.taps("Order", on=card)).answered()
    await card.until(contains="9 of 20")
    await house.settles()

    assert len(house.calls("editMessageText")) <= 3


async def test_polling_that_fails_loses_nothing(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    house.world.faults.refuse(502, "Bad Gateway", times=1, method="getUpdates")
    house.world.faults.cut_after(1, method="getUpdates")
    house.world.faults.too_many(1, method="answerCallbackQuery")
    for member in (friends.ann, friends.ben):
        await member.taps("Order", on=card)
    await card.until(contains="2 of 20")
    await house.settles()
    assert await _sold(house) == 2


async def test_a_bot_that_was_thrown_out_notes_it_and_stays_quiet(friends: Circle) -> None:
    house, group = friends.house, friends.group
    card = await friends.offers()
    await friends.ann.says("+2", reply_to=card)
    await house.settles()
    await friends.mei.removes_bot(house.account, group)
    await house.settles()
    (stored,) = await house.rows(Group)
    assert not stored.is_active

    await house.passes(TILL_EVENING)
    await friends.mei.private(house.account).until_message(containing="Ann: 2")
    await house.settles()
    calls = _calls_to(house, group.id)
    assert [entry.chat_id for entry in await _failed(house)] == [group.id]
    await house.passes(timedelta(days=2))
    await house.settles()
    assert _calls_to(house, group.id) == calls, "it was not tried again"


async def test_a_bot_that_returns_serves_as_before(friends: Circle) -> None:
    house, group = friends.house, friends.group
    card = await friends.offers()
    await friends.mei.removes_bot(house.account, group)
    await house.settles()
    hello = len(friends.posts)
    await friends.mei.adds_bot(house.account, group, admin=True)
    await house.settles()

    assert len(friends.posts) == hello + 1
    (stored,) = await house.rows(Group)
    assert stored.is_active
    await friends.ann.taps("Order", on=card)
    await card.until(contains="1 of 20")


async def test_a_removal_that_nobody_told_of_is_learnt_from_the_refusal(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    house.world.faults.refuse(
        403, "Forbidden: bot was kicked from the supergroup chat", method="editMessageText"
    )
    await (await friends.ann.taps("Order", on=card)).answered()
    await house.settles()

    (stored,) = await house.rows(Group)
    assert not stored.is_active
    (failed,) = await _failed(house)
    assert "kicked" in (failed.failure or "")
    assert await _sold(house) == 1, "the order stands"


async def test_whoever_blocks_the_bot_is_not_written_to_again(friends: Circle) -> None:
    house = friends.house
    await friends.ann.starts(house.account)
    card = await friends.offers()
    await friends.ann.says("+2", reply_to=card)
    await house.settles()
    await friends.ann.blocks(house.account)
    await house.settles()
    people = {person.id: person for person in await house.rows(Person)}
    assert not people[friends.ann.id].private_is_open
    calls = _calls_to(house, friends.ann.id)

    await friends.mei.says("/close 1", in_=friends.group)
    await card.until(contains="Closed")
    await house.settles()
    assert _calls_to(house, friends.ann.id) == calls
    assert await _failed(house) == []


async def test_a_block_that_nobody_told_of_is_learnt_and_the_list_goes_to_the_group(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    await friends.ann.says("+2", reply_to=card)
    await house.settles()
    house.world.faults.refuse(
        403, "Forbidden: bot was blocked by the user", times=1, method="sendMessage", chat_id=friends.mei.id
    )
    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()

    line = friends.group.last_message
    assert "Mei" in line.text
    assert "Ann" not in line.text
    people = {person.id: person for person in await house.rows(Person)}
    assert not people[friends.mei.id].private_is_open
    await friends.mei.taps("list", on=line)
    await friends.mei.private(house.account).until_message(containing="Ann: 2")


async def test_a_card_that_an_admin_deleted_is_posted_again_once(friends: Circle) -> None:
    house = friends.house
    card = await friends.offers()
    await friends.ann.says("+2", reply_to=card)
    await card.until(contains="2 of 20")
    await house.settles()
    await friends.mei.deletes(card)
    await friends.ben.says("/order 1 3", in_=friends.group)
    again = await friends.group.until_message(containing="5 of 20", by=house.account.user)
    await house.settles()

    assert again != card
    await friends.lin.says("+1", reply_to=again)
    await again.until(contains="6 of 20")
    await house.settles()
    assert len([text for text in friends.posts if "#1" in text]) == 1
    (pick,) = await house.rows(Pick)
    assert pick.message_id == again.id


async def test_a_group_that_becomes_a_supergroup_takes_its_sale_along(house: House) -> None:
    friends = await honey_friends(house, kind="group")
    old = friends.group.id
    card = await friends.offers()
    await friends.ann.says("+2", reply_to=card)
    await card.until(contains="2 of 20")
    await house.settles()

    await friends.mei.migrates(friends.group)
    await house.settles()
    (stored,) = await house.rows(Group)
    assert stored.chat_id == friends.group.id != old
    moved = await friends.group.until_message(containing="2 of 20", by=house.account.user)
    for chatter in range(8):
        await friends.lin.says(f"so here we are, {chatter}", in_=friends.group)
    await friends.ben.says("/order 1 3", in_=friends.group)
    again = await friends.group.until_message(containing="5 of 20", by=house.account.user)
    await house.settles()
    assert again == moved
    late = await (await friends.lin.presses_data("o:1:1:1", on=card)).answered()
    assert late.alert, "the old card belongs to a chat that is gone"
    await friends.ann.taps("Order", on=again)
    await again.until(contains="6 of 20")
    await house.settles()
    assert len([text for text in friends.posts if "#1" in text]) == 1
    assert len(await house.rows(Group)) == 1

    await house.passes(TILL_EVENING)
    await again.until(contains="Closed")
    await house.settles()
    assert "Ann: 3" in friends.private(friends.mei)[-1]


async def test_what_waits_to_be_sent_follows_the_group(house: House) -> None:
    friends = await honey_friends(house, kind="group")
    await friends.offers()
    house.world.faults.refuse(502, "Bad Gateway", times=1, method="sendMessage", chat_id=friends.group.id)
    await friends.ann.says("/picks", in_=friends.group)
    await house.world.until(lambda: not house.world.faults.waiting, 5, "the answer that fails")
    await friends.mei.migrates(friends.group)
    await friends.group.until_message(containing="€12.90 ·", by=house.account.user)
    await house.settles()
    assert await _failed(house) == []


async def test_what_was_said_before_the_move_and_heard_after_it_harms_nothing(house: House) -> None:
    friends = await honey_friends(house, kind="group")
    await friends.offers()
    (honey,) = await house.rows(Group)
    await house.stops()
    for text in ("/order 1 2", "/picks", "/order 1 3"):
        await friends.ann.says(text, in_=friends.group)
        await friends.ben.says(text, in_=friends.group)
    await friends.mei.migrates(friends.group)
    await house.starts()
    await house.settles()

    serving = [group for group in await house.rows(Group) if group.is_active]
    assert [(group.id, group.chat_id) for group in serving] == [(honey.id, friends.group.id)]
    written = await friends.lin.says("/order 1 4", in_=friends.group)
    await written.until_reaction("👌")
    await house.settles()
    assert any("Yunnan honey" in text for text in friends.posts)


async def test_a_move_that_only_a_refusal_told_of_is_followed(house: House) -> None:
    friends = await honey_friends(house, kind="group")
    await friends.offers()
    await house.stops()
    await friends.mei.migrates(friends.group)
    house.account.updates.drop_all()
    await house.starts()
    house.world.clock.advance(TILL_EVENING)
    await friends.mei.private(house.account).until_message(containing="#1 Yunnan honey")
    await house.settles()

    (stored,) = await house.rows(Group)
    assert stored.chat_id == friends.group.id


def _calls_to(house: House, chat_id: int) -> int:
    return sum(call.parameters.get("chat_id") in (chat_id, str(chat_id)) for call in house.world.calls)
