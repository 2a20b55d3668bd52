"""Who may take which message away, one or many; what is pinned; reactions of the bot."""

from typing import Any

import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json

_TWO_DAYS = 48 * 3600


async def test_many_messages_go_at_once(api: Api, ann: Person, group: Group) -> None:
    said = [await ann.says(word, in_=group) for word in ("one", "two", "three")]
    await api.ok("deleteMessage", chat_id=group.id, message_id=said[0].id)
    numbers = [str(said[0].id), said[1].id, said[1].id, 999]
    assert await api.ok("deleteMessages", chat_id=group.id, message_ids=numbers) is True
    assert [message.is_deleted for message in said] == [True, True, False]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([], "message identifiers are not specified"),
        (list(range(1, 102)), "too many message identifiers specified"),
        ([[1]], "message identifier must be a Number"),
        (["x"], "can't parse message identifier as Number"),
        ([0], "invalid message identifier specified"),
    ],
)
async def test_wrong_numbers_of_messages_are_refused(
    api: Api, group: Group, given: list[Any], why: str
) -> None:
    assert await api.refused("deleteMessages", chat_id=group.id, message_ids=given) == f"Bad Request: {why}"


async def test_many_go_all_or_none(api: Api, bot: Bot, mei: Person, ann: Person, group: Group) -> None:
    own = await api.ok("sendMessage", chat_id=group.id, text="Honey")
    said = await ann.says("/hello", in_=group)
    await mei.demotes_bot(bot, group)
    many = {"chat_id": group.id, "message_ids": [own["message_id"], said.id]}
    assert await api.refused("deleteMessages", **many) == "Bad Request: message can't be deleted"
    assert group.messages[-1] == said
    assert "Honey" in [message.text for message in group.messages]


async def test_in_private_both_sides_can_be_taken_away_for_two_days(
    tg: Sandbox, api: Api, ann: Person, bot: Bot
) -> None:
    said = await ann.says("/start", to=bot)
    old = await ann.says("/help", to=bot)
    await api.ok("deleteMessage", chat_id=ann.id, message_id=said.id)
    tg.world.clock.advance(_TWO_DAYS + 1)
    assert await api.refused("deleteMessage", chat_id=ann.id, message_id=old.id) == (
        "Bad Request: message can't be deleted for everyone"
    )


async def test_an_administrator_of_a_supergroup_deletes_what_is_old(
    tg: Sandbox, api: Api, ann: Person, group: Group
) -> None:
    said = await ann.says("hello", in_=group)
    tg.world.clock.advance(_TWO_DAYS + 1)
    assert await api.ok("deleteMessage", chat_id=group.id, message_id=said.id)


async def test_an_administrator_of_a_basic_group_deletes_what_is_young(
    tg: Sandbox, api: Api, mei: Person, bot: Bot
) -> None:
    village = tg.group("Village", owner=mei, kind="group")
    await mei.adds_bot(bot, village, admin=True)
    young = await mei.says("hello", in_=village)
    old = await mei.says("hello again", in_=village)
    assert await api.ok("deleteMessage", chat_id=village.id, message_id=young.id)
    tg.world.clock.advance(_TWO_DAYS + 1)
    assert "for everyone" in await api.refused("deleteMessage", chat_id=village.id, message_id=old.id)


async def test_what_opened_a_topic_stays(tg: Sandbox, api: Api, mei: Person, bot: Bot) -> None:
    forum = tg.group("Village", owner=mei, forum=True)
    await mei.adds_bot(bot, forum, admin=True)
    deals = forum.topic("Deals")
    why = await api.refused("deleteMessage", chat_id=forum.id, message_id=deals.thread_id)
    assert why == "Bad Request: message can't be deleted"


async def test_a_service_message_is_deleted_with_the_right_alone(
    api: Api, mei: Person, bob: Person, bot: Bot, group: Group
) -> None:
    await mei.adds(bob, to=group)
    joined = group.last_message
    await mei.demotes_bot(bot, group)
    where = {"chat_id": group.id, "message_id": joined.id}
    assert await api.refused("deleteMessage", **where) == "Bad Request: message can't be deleted"
    await mei.promotes_bot(bot, group)
    assert await api.ok("deleteMessage", **where)


async def test_everything_is_unpinned(api: Api, group: Group) -> None:
    for text in ("Honey", "Wool", "Tea"):
        sent = await api.ok("sendMessage", chat_id=group.id, text=text)
        await api.ok("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
    notice = group.last_message
    where = {"chat_id": group.id}
    assert await api.refused("pinChatMessage", **where, message_id=notice.id) == (
        "Bad Request: message can't be pinned"
    )
    assert await api.refused("pinChatMessage", **where, message_id=999) == (
        "Bad Request: message to pin not found"
    )
    assert await api.refused("unpinChatMessage", **where, message_id=999) == (
        "Bad Request: message to unpin not found"
    )
    assert await api.ok("pinChatMessage", **where, message_id=sent["message_id"])
    assert await api.ok("unpinAllChatMessages", **where)
    assert group.pinned == []
    assert await api.ok("unpinAllChatMessages", **where)


async def test_a_pin_in_private_is_silent(api: Api, ann: Person, bot: Bot) -> None:
    said = await ann.starts(bot)
    await api.ok("pinChatMessage", chat_id=ann.id, message_id=said.id)
    assert (ann.private(bot).pinned, ann.private(bot).last_message) == ([said], said)


@pytest.mark.parametrize(
    ("reaction", "why"),
    [
        ([{"type": "emoji", "emoji": "🍯"}], "REACTION_INVALID"),
        ([{"type": "emoji"}], "REACTION_INVALID"),
        ([{"type": "custom_emoji", "custom_emoji_id": "5"}], "REACTION_INVALID"),
        ([{"type": "paid"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "🔥"}], "REACTIONS_TOO_MANY"),
        (["👍"], "can't parse ReactionType: expected an Object"),
        ([{"type": "sticker"}], "can't parse ReactionType: invalid reaction type specified"),
        ([{"type": "paid", "emoji": "👍"}], 'unknown field "emoji" in ReactionType paid'),
    ],
)
async def test_a_wrong_reaction_is_refused(
    api: Api, ann: Person, group: Group, reaction: list[Json], why: str
) -> None:
    said = await ann.says("hello", in_=group)
    react = {"chat_id": group.id, "message_id": said.id, "reaction": reaction}
    assert await api.refused("setMessageReaction", **react) == f"Bad Request: {why}"


async def test_a_bot_has_one_reaction_and_takes_it_back(api: Api, ann: Person, group: Group) -> None:
    said = await ann.says("hello", in_=group)
    where = {"chat_id": group.id, "message_id": said.id}
    for emoji in ("👍", "❤"):
        await api.ok("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": emoji}])
    assert said.reactions == {"❤": 1}
    await api.ok("setMessageReaction", **where)
    assert said.reactions == {}
    service = {"chat_id": group.id, "message_id": group.messages[0].id}
    assert group.messages[0].message.service
    assert await api.refused("setMessageReaction", **service) == "Bad Request: MESSAGE_ID_INVALID"
