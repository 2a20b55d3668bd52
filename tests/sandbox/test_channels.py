"""Channels, the groups in which they are discussed, and writing in a channel's name."""

import pytest

from sandbox.models.media import plain_picture
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json, button


@pytest.fixture
async def channel(tg: Sandbox, mei: Person, bot: Bot, api: Api, group: Group) -> Group:
    """Mei's channel, discussed in her group; the bot runs both; nothing is pending."""
    channel = tg.channel("Honey news", owner=mei, linked_to=group, signed=True)
    await mei.adds_bot(bot, channel, admin=True)
    await api.updates()
    return channel


async def test_a_post_comes_in_the_channels_own_name(api: Api, mei: Person, channel: Group) -> None:
    post = await mei.posts(channel, "New harvest")
    [update] = await api.updates("channel_post")
    told = update["channel_post"]
    assert "from" not in told
    assert told["sender_chat"] == told["chat"]
    assert (told["chat"]["type"], told["chat"]["id"], told["message_id"]) == ("channel", channel.id, post.id)
    assert told["author_signature"] == "Mei"
    await mei.edits(post, "New harvest!")
    [update] = await api.updates("edited_channel_post")
    assert update["edited_channel_post"]["text"] == "New harvest!"


async def test_a_post_is_forwarded_to_the_discussion(
    api: Api, mei: Person, channel: Group, group: Group
) -> None:
    post = await mei.posts(channel, "New harvest")
    [update] = await api.updates("message")
    copy = update["message"]
    assert copy["from"]["id"] == 777000
    assert copy["is_automatic_forward"] is True
    assert copy["sender_chat"]["id"] == channel.id
    origin = copy["forward_origin"]
    assert (origin["type"], origin["chat"]["id"], origin["message_id"]) == ("channel", channel.id, post.id)
    assert origin["author_signature"] == "Mei"
    await mei.edits(post, "Sold out")
    [update] = await api.updates("edited_message")
    assert (update["edited_message"]["message_id"], update["edited_message"]["text"]) == (
        copy["message_id"],
        "Sold out",
    )
    assert group.last_message.text == "Sold out"


async def test_a_comment_stands_in_the_thread_of_the_forward(
    tg: Sandbox, api: Api, mei: Person, ann: Person, channel: Group
) -> None:
    post = await mei.posts(channel, "New harvest")
    [forward] = await api.updates("message")
    first = await ann.comments(post, "How much?")
    await mei.comments(post, "12", reply_to=first)
    reader = tg.person("Reader")
    await reader.joins_directly(channel)
    await reader.comments(post, "I am in the channel only")
    for update in await api.updates("message"):
        comment = update["message"]
        assert comment["message_thread_id"] == forward["message"]["message_id"]
        assert "is_topic_message" not in comment
    with pytest.raises(AssertionError, match="is not in Honey news"):
        await tg.person("Stranger").comments(post, "Let me in")


async def test_a_quiet_bot_is_not_shown_the_forward(
    api: Api, bot: Bot, mei: Person, ann: Person, channel: Group, group: Group
) -> None:
    await mei.demotes_bot(bot, group)
    await api.updates()
    post = await mei.posts(channel, "New harvest")
    await ann.comments(post, "How much?")
    assert [*await api.updates("message")] == []


async def test_a_bot_posts_edits_and_is_pressed(api: Api, ann: Person, channel: Group) -> None:
    await ann.joins_directly(channel)
    sent = await api.ok("sendMessage", chat_id=channel.id, text="Order here", reply_markup=button())
    assert "from" not in sent
    assert sent["sender_chat"]["id"] == channel.id
    await api.ok("editMessageText", chat_id=channel.id, message_id=sent["message_id"], text="Closed")
    assert channel.last_message.text == "Closed"
    await api.ok("sendMessage", chat_id=channel.id, text="Order here", reply_markup=button())
    await ann.taps("Order", on=channel.last_message)
    [update] = await api.updates("callback_query")
    assert update["callback_query"]["message"]["sender_chat"]["id"] == channel.id
    assert update["callback_query"]["from"]["id"] == ann.id


async def test_both_chats_name_each_other(api: Api, channel: Group, group: Group) -> None:
    of_channel = await api.ok("getChat", chat_id=channel.id)
    assert of_channel["linked_chat_id"] == group.id
    assert "permissions" not in of_channel
    assert (await api.ok("getChat", chat_id=group.id))["linked_chat_id"] == channel.id


async def test_a_link_is_made_by_who_runs_both(tg: Sandbox, mei: Person, ann: Person, group: Group) -> None:
    channel = tg.channel("Tea news", owner=mei)
    with pytest.raises(AssertionError, match="no administrator"):
        await ann.links(channel, group)
    await mei.links(channel, group)
    assert group.chat.linked is channel.chat


async def test_bots_are_in_a_channel_only_as_administrators(
    api: Api, tg: Sandbox, bot: Bot, mei: Person, channel: Group
) -> None:
    other = tg.channel("Tea news", owner=mei)
    with pytest.raises(AssertionError, match="only as an administrator"):
        await mei.adds_bot(bot, other)
    await mei.demotes_bot(bot, channel)
    [update] = await api.updates("my_chat_member")
    assert update["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert await api.refused("sendMessage", chat_id=channel.id, text="x") == (
        "Forbidden: bot is not a member of the channel chat"
    )


async def test_posting_needs_the_right(api: Api, bot: Bot, mei: Person, ann: Person, channel: Group) -> None:
    await mei.promotes_bot(bot, channel, rights=frozenset({"can_invite_users"}))
    assert await api.refused("sendMessage", chat_id=channel.id, text="x") == (
        "Bad Request: need administrator rights in the channel chat"
    )
    await ann.joins_directly(channel)
    with pytest.raises(AssertionError, match="no administrator"):
        await ann.posts(channel, "Me too")


async def test_nobody_is_announced_in_a_channel(api: Api, ann: Person, channel: Group) -> None:
    await ann.joins_directly(channel)
    await ann.leaves(channel)
    updates = await api.updates()
    assert [kind for update in updates for kind in update if kind != "update_id"] == ["chat_member"] * 2
    assert channel.messages == []


async def test_an_administrator_of_a_channel_has_its_rights(
    api: Api, bot: Bot, mei: Person, channel: Group
) -> None:
    told = await api.ok("getChatMember", chat_id=channel.id, user_id=bot.id)
    assert told["can_post_messages"] is told["can_edit_messages"] is True
    assert told["can_manage_direct_messages"] is False
    assert not told.keys() & {"can_pin_messages", "can_manage_topics", "can_manage_tags"}


async def test_somebody_writes_as_her_channel(
    api: Api, mei: Person, ann: Person, channel: Group, group: Group
) -> None:
    await mei.speaks_as(channel, "/order", in_=group)
    [update] = await api.updates("message")
    said = update["message"]
    assert (said["from"]["id"], said["from"]["is_bot"]) == (136817688, True)
    assert said["sender_chat"]["id"] == channel.id
    assert "is_automatic_forward" not in said
    with pytest.raises(AssertionError, match="is not"):
        await ann.speaks_as(channel, "Me too", in_=group)


async def test_an_anonymous_administrator_is_known_by_her_presses(
    api: Api, mei: Person, ann: Person, group: Group
) -> None:
    await mei.promotes(ann, group, anonymous=True, title="Curator")
    await api.ok("sendMessage", chat_id=group.id, text="Order here", reply_markup=button())
    card = group.last_message
    await ann.speaks_anonymously("/close", in_=group)
    await ann.taps("Order", on=card)
    await ann.reacts("👍", to=card)
    updates = await api.updates("message", "callback_query", "message_reaction")
    by_kind: dict[str, Json] = {kind: body for update in updates for kind, body in update.items()}
    assert by_kind["message"]["from"]["id"] == 1087968824
    assert by_kind["message"]["sender_chat"]["id"] == group.id
    assert by_kind["message"]["author_signature"] == "Curator"
    assert by_kind["callback_query"]["from"]["id"] == ann.id
    assert by_kind["message_reaction"]["actor_chat"]["id"] == group.id
    assert "user" not in by_kind["message_reaction"]


async def test_a_forward_of_a_post_names_the_channel(
    api: Api, mei: Person, channel: Group, group: Group
) -> None:
    post = await mei.posts(channel, "New harvest")
    forwarded = await api.ok("forwardMessage", chat_id=group.id, from_chat_id=channel.id, message_id=post.id)
    origin = forwarded["forward_origin"]
    assert (origin["type"], origin["chat"]["id"], origin["message_id"]) == ("channel", channel.id, post.id)


async def test_a_picture_is_posted_and_discussed(mei: Person, channel: Group, group: Group) -> None:
    picture = await mei.posts(channel, "Look", image=plain_picture())
    assert picture.text == "Look"
    assert group.last_message.photo is not None
    answer = await mei.posts(channel, "And here", reply_to=picture)
    assert answer.reply_to is not None
    assert group.last_message.reply_to is not None


async def test_a_channel_without_a_group_has_no_comments(
    tg: Sandbox, mei: Person, ann: Person, group: Group
) -> None:
    channel = tg.channel("Tea news", owner=mei, username="tea_news")
    post = await mei.posts(channel, "New harvest")
    with pytest.raises(AssertionError, match="has no comments"):
        await mei.comments(post, "How much?")
    with pytest.raises(AssertionError, match="is no channel"):
        await mei.posts(group, "New harvest")
    await ann.opens("https://t.me/tea_news")
    assert "Ann" in channel.member_names


async def test_a_public_channel_may_be_left_twice(api: Api, tg: Sandbox, bot: Bot, mei: Person) -> None:
    channel = tg.channel("Tea news", owner=mei, username="tea_news")
    await mei.adds_bot(bot, channel, admin=True)
    await api.ok("leaveChat", chat_id="@tea_news")
    await api.ok("leaveChat", chat_id="@tea_news")
    assert (await api.ok("getChat", chat_id="@tea_news"))["active_usernames"] == ["tea_news"]
