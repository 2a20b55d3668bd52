"""Copies and forwards: what goes along, whose it was, and what may not be passed on."""

from typing import Any

import pytest

from sandbox.models.media import plain_picture
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json


@pytest.fixture
async def to_bob(bob: Person, bot: Bot, group: Group) -> Json:
    """Where things go: from the group to Bob's private chat."""
    await bob.starts(bot)
    return {"chat_id": bob.id, "from_chat_id": group.id}


async def test_a_forward_names_a_person_by_her_wish_only(
    api: Api, ann: Person, group: Group, to_bob: Json
) -> None:
    said = await ann.says("/hello", in_=group)
    forward = await api.ok("forwardMessage", **to_bob, message_id=said.id)
    assert forward["forward_origin"]["sender_user"]["id"] == ann.id
    await ann.hides_in_forwards()
    forward = await api.ok("forwardMessage", **to_bob, message_id=said.id)
    origin = forward["forward_origin"]
    assert (origin["type"], origin["sender_user_name"]) == ("hidden_user", "Ann")


async def test_a_forward_names_a_group_and_a_channel(
    tg: Sandbox, api: Api, mei: Person, bot: Bot, group: Group, to_bob: Json
) -> None:
    said = await mei.speaks_anonymously("/hello", in_=group)
    forward = await api.ok("forwardMessage", **to_bob, message_id=said.id)
    assert forward["forward_origin"]["type"] == "chat"
    assert forward["forward_origin"]["sender_chat"]["id"] == group.id
    channel = tg.group("Honey news", owner=mei, kind="channel")
    await mei.adds_bot(bot, channel, admin=True)
    posted = await api.ok("sendMessage", chat_id=channel.id, text="News")
    source = to_bob | {"from_chat_id": channel.id, "message_id": posted["message_id"]}
    origin = (await api.ok("forwardMessage", **source))["forward_origin"]
    assert (origin["type"], origin["chat"]["id"], origin["message_id"]) == (
        "channel",
        channel.id,
        posted["message_id"],
    )


async def test_a_forward_of_a_forward_names_the_first_author(
    api: Api, ann: Person, bob: Person, bot: Bot, group: Group, to_bob: Json
) -> None:
    said = await ann.says("/hello", in_=group)
    await api.ok("forwardMessage", **to_bob, message_id=said.id)
    [passed_on] = await bob.forwards(bob.private(bot).last_message, to=bot)
    assert passed_on.forwarded_from == "Ann"
    update = (await api.updates("message"))[-1]
    assert update["message"]["forward_origin"]["sender_user"]["id"] == ann.id


async def test_what_is_protected_or_telegrams_own_is_not_passed_on(
    api: Api, group: Group, to_bob: Json, ann: Person
) -> None:
    secret = await api.ok("sendMessage", chat_id=group.id, text="x", protect_content=True)
    joined = group.messages[0]
    assert joined.message.service
    for number in (secret["message_id"], joined.id):
        assert await api.refused("forwardMessage", **to_bob, message_id=number) == (
            "Bad Request: the message can't be forwarded"
        )
        assert await api.refused("copyMessage", **to_bob, message_id=number) == (
            "Bad Request: the message can't be copied"
        )
        many = to_bob | {"message_ids": [number]}
        assert await api.refused("forwardMessages", **many) == "Bad Request: messages can't be forwarded"
        assert await api.refused("copyMessages", **many) == "Bad Request: messages can't be copied"
    with pytest.raises(AssertionError, match="does not forward"):
        await ann.forwards(joined, in_=group)


@pytest.mark.parametrize("method", ["copyMessages", "forwardMessages"])
async def test_of_many_those_that_exist_are_passed_on(
    api: Api, ann: Person, bob: Person, bot: Bot, group: Group, to_bob: Json, method: str
) -> None:
    said = [await ann.says(word, in_=group) for word in ("/one", "/two")]
    await ann.deletes(said[0])
    numbers = [message.id for message in said]
    [number] = await api.ok(method, **to_bob, message_ids=numbers, protect_content=True)
    arrived = bob.private(bot).last_message
    assert (arrived.id, arrived.text) == (number["message_id"], "/two")
    assert arrived.message.extra["has_protected_content"]
    refusals: list[tuple[list[Any], str]] = [
        (numbers[::-1], "message identifiers must be in a strictly increasing order"),
        (numbers[:1], "there are no messages to forward"),
        ([], "message identifiers are not specified"),
    ]
    for given, why in refusals:
        assert await api.refused(method, **to_bob, message_ids=given) == f"Bad Request: {why}"


async def test_a_copy_takes_another_caption_and_keeps_how_it_shows(
    api: Api, bob: Person, bot: Bot, group: Group, to_bob: Json
) -> None:
    await bob.sends_photo(to=bot)
    update = (await api.updates("message"))[-1]
    photo = update["message"]["photo"][0]["file_id"]
    sent = await api.ok("sendPhoto", chat_id=group.id, photo=photo, caption="Old", has_spoiler=True)
    await api.ok("copyMessage", **to_bob, message_id=sent["message_id"], caption="New")
    copy = bob.private(bot).last_message
    assert (copy.text, copy.message.extra) == ("New", {"has_media_spoiler": True})
    assert copy.forwarded_from is None


async def test_a_copied_poll_starts_anew_and_a_forwarded_one_goes_on(
    api: Api, bob: Person, bot: Bot, mei: Person, group: Group, to_bob: Json
) -> None:
    asked = await api.ok("sendPoll", chat_id=group.id, question="Honey?", options=["Yes", "No"])
    await api.ok("copyMessage", **to_bob, message_id=asked["message_id"])
    copy = bob.private(bot).last_message.poll
    assert copy is not None
    assert (copy.question, copy.id == asked["poll"]["id"]) == ("Honey?", False)
    await api.ok("forwardMessage", **to_bob, message_id=asked["message_id"])
    forward = bob.private(bot).last_message.poll
    assert forward is not None
    assert forward.id == asked["poll"]["id"]


async def test_members_share_files_and_change_pictures(api: Api, ann: Person, bot: Bot, group: Group) -> None:
    table = await ann.sends_document(b"a;b", name="orders.csv", caption="/import@vouch_bot", in_=group)
    photo = await ann.sends_photo(in_=group)
    await ann.changes_photo(photo, plain_picture(1), caption="/new@vouch_bot")
    document, _, changed = await api.updates("message", "edited_message")
    assert document["message"]["document"]["mime_type"] == "text/csv"
    assert (table.file_name, table.document) == ("orders.csv", b"a;b")
    assert changed["edited_message"]["caption"] == "/new@vouch_bot"
    assert photo.photo == plain_picture(1)
