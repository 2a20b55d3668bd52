"""Sending, editing, deleting, pinning; replies, threads and topics."""

import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, button


async def test_a_sent_message_is_shown_with_its_words_and_buttons(api: Api, group: Group) -> None:
    sent = await api.ok("sendMessage", chat_id=group.id, text="  Honey  ", reply_markup=button())
    card = group.last_message
    assert (card.text, card.buttons) == ("Honey", [["Order"]])
    assert sent["message_id"] == card.id
    assert sent["from"]["username"] == "vouch_bot"
    assert sent["chat"] == {"id": group.id, "type": "supergroup", "title": "Honey friends"}
    assert not await api.updates()


async def test_an_edit_changes_the_one_message(api: Api, group: Group) -> None:
    sent = await api.ok("sendMessage", chat_id=group.id, text="1 of 20", reply_markup=button())
    card = group.last_message
    edited = await api.ok(
        "editMessageText",
        chat_id=group.id,
        message_id=sent["message_id"],
        text="2 of 20",
        reply_markup=button(),
    )
    assert card.text == "2 of 20"
    assert card.is_edited
    assert "edit_date" in edited


async def test_the_same_again_is_not_modified(api: Api, group: Group) -> None:
    sent = await api.ok(
        "sendMessage", chat_id=group.id, text="<b>1</b>", parse_mode="HTML", reply_markup=button()
    )
    where = {"chat_id": group.id, "message_id": sent["message_id"]}
    why = await api.refused(
        "editMessageText", **where, text="<b>1</b>", parse_mode="HTML", reply_markup=button()
    )
    assert why == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the"
        " same as a current content and reply markup of the message"
    )
    assert "not modified" in await api.refused("editMessageReplyMarkup", **where, reply_markup=button())
    await api.ok("editMessageText", **where, text="1", reply_markup=button())


async def test_an_edit_without_buttons_takes_them_away(api: Api, group: Group) -> None:
    sent = await api.ok("sendMessage", chat_id=group.id, text="Honey", reply_markup=button())
    await api.ok("editMessageReplyMarkup", chat_id=group.id, message_id=sent["message_id"])
    assert group.last_message.buttons == []


async def test_only_what_is_there_can_be_edited(api: Api, ann: Person, group: Group) -> None:
    said = await ann.says("/hello", in_=group)
    edit = {"chat_id": group.id, "text": "x"}
    assert (
        await api.refused("editMessageText", **edit, message_id=99)
        == "Bad Request: message to edit not found"
    )
    assert await api.refused("editMessageText", **edit, message_id=said.id) == (
        "Bad Request: message can't be edited"
    )
    sent = await api.ok("sendMessage", chat_id=group.id, text="Honey")
    caption = {"chat_id": group.id, "message_id": sent["message_id"], "caption": "x"}
    assert await api.refused("editMessageCaption", **caption) == (
        "Bad Request: there is no caption in the message to edit"
    )


async def test_a_deleted_message_is_gone(api: Api, group: Group) -> None:
    sent = await api.ok("sendMessage", chat_id=group.id, text="Honey")
    card = group.last_message
    where = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert await api.ok("deleteMessage", **where) is True
    assert card.is_deleted
    assert card not in group.messages
    assert await api.refused("deleteMessage", **where) == "Bad Request: message to delete not found"
    assert await api.refused("editMessageText", **where, text="x") == "Bad Request: message to edit not found"
    assert await api.refused("setMessageReaction", **where) == "Bad Request: message to react not found"


async def test_deleting_needs_the_right_or_a_young_message_of_ones_own(
    tg: Sandbox, bot: Bot, api: Api, mei: Person, ann: Person, group: Group
) -> None:
    await mei.demotes_bot(bot, group)
    said = await ann.says("hello", in_=group)
    own = await api.ok("sendMessage", chat_id=group.id, text="Honey")
    old = await api.ok("sendMessage", chat_id=group.id, text="Wool")
    delete = {"chat_id": group.id}
    assert await api.refused("deleteMessage", **delete, message_id=said.id) == (
        "Bad Request: message can't be deleted"
    )
    assert await api.ok("deleteMessage", **delete, message_id=own["message_id"])
    tg.world.clock.advance(48 * 3600 + 1)
    assert await api.refused("deleteMessage", **delete, message_id=old["message_id"]) == (
        "Bad Request: message can't be deleted for everyone"
    )


async def test_a_reply_carries_the_message_that_it_answers(api: Api, ann: Person, group: Group) -> None:
    await api.ok("sendMessage", chat_id=group.id, text="Honey", reply_markup=button())
    card = group.last_message
    first = await ann.says("+2", reply_to=card)
    await ann.says("+3", reply_to=first)
    updates = [update["message"] for update in await api.updates("message")]
    assert updates[0]["reply_to_message"]["message_id"] == card.id
    assert updates[0]["reply_to_message"]["reply_markup"] == button()
    assert "reply_to_message" not in updates[1]["reply_to_message"]
    # A reply thread has a thread id, and yet it is no topic.
    assert [update["message_thread_id"] for update in updates] == [card.id, card.id]
    assert all("is_topic_message" not in update for update in updates)


async def test_the_bot_answers_only_what_exists(api: Api, ann: Person, group: Group) -> None:
    said = await ann.says("hello", in_=group)
    send = {"chat_id": group.id, "text": "x"}
    sent = await api.ok("sendMessage", **send, reply_parameters={"message_id": said.id})
    assert sent["reply_to_message"]["text"] == "hello"
    missing = {"message_id": 999}
    assert await api.refused("sendMessage", **send, reply_parameters=missing) == (
        "Bad Request: message to be replied not found"
    )
    free = await api.ok(
        "sendMessage", **send, reply_parameters=missing | {"allow_sending_without_reply": True}
    )
    assert "reply_to_message" not in free


async def test_topics_keep_their_messages_together(tg: Sandbox, bot: Bot, api: Api, mei: Person) -> None:
    forum = tg.group("Village", owner=mei, forum=True)
    await mei.adds_bot(bot, forum, admin=True)
    deals = forum.topic("Deals")
    await mei.says("/picks", in_=forum, topic=deals)
    await mei.says("/picks", in_=forum)
    opened, in_topic, in_general = [update["message"] for update in (await api.updates("message"))[1:]]
    assert opened["forum_topic_created"]["name"] == "Deals"
    assert (in_topic["message_thread_id"], in_topic["is_topic_message"]) == (deals.thread_id, True)
    # The trap of topics: what answers nothing "answers" the message that opened the topic.
    assert in_topic["reply_to_message"]["forum_topic_created"]
    assert "message_thread_id" not in in_general
    sent = await api.ok("sendMessage", chat_id=forum.id, text="x", message_thread_id=deals.thread_id)
    assert sent["is_topic_message"]
    for nowhere in (1, 999):
        assert await api.refused("sendMessage", chat_id=forum.id, text="x", message_thread_id=nowhere) == (
            "Bad Request: message thread not found"
        )


async def test_a_pin_is_announced_in_the_group(bot: Bot, api: Api, mei: Person, group: Group) -> None:
    sent = await api.ok("sendMessage", chat_id=group.id, text="Honey")
    where = {"chat_id": group.id, "message_id": sent["message_id"]}
    await api.ok("pinChatMessage", **where)
    assert [message.text for message in group.pinned] == ["Honey"]
    assert group.last_message.message.service["pinned_message"]["text"] == "Honey"
    assert (await api.ok("getChat", chat_id=group.id))["pinned_message"]["text"] == "Honey"
    await api.ok("unpinChatMessage", chat_id=group.id)
    assert group.pinned == []
    await mei.demotes_bot(bot, group)
    assert await api.refused("pinChatMessage", **where) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )


@pytest.mark.parametrize("action", ["typing", "upload_photo"])
async def test_a_chat_action_is_no_message(api: Api, group: Group, action: str) -> None:
    before = len(group.messages)
    assert await api.ok("sendChatAction", chat_id=group.id, action=action) is True
    assert len(group.messages) == before
    assert "wrong parameter action" in await api.refused("sendChatAction", chat_id=group.id, action="x")


async def test_a_copy_hides_and_a_forward_names_the_origin(
    api: Api, bot: Bot, ann: Person, bob: Person, group: Group
) -> None:
    said = await ann.sends_photo(caption="Look @mei_tea", in_=group)
    await bob.starts(bot)
    source = {"chat_id": bob.id, "from_chat_id": group.id, "message_id": said.id}
    copied = await api.ok("copyMessage", **source, caption="<b>New</b>", parse_mode="HTML")
    forwarded = await api.ok("forwardMessage", **source)
    copy, forward = bob.private(bot).messages[-2:]
    assert (copied, copy.text, copy.message.forward_origin) == ({"message_id": copy.id}, "New", None)
    assert forward.photo == said.photo
    assert forwarded["forward_origin"]["sender_user"]["id"] == ann.id
    assert "not found" in await api.refused("copyMessage", **source | {"message_id": 999})
