"""Forum topics: found, renamed, closed, deleted; General among them."""

from typing import Any

import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json


@pytest.fixture
async def forum(tg: Sandbox, mei: Person, ann: Person, bot: Bot, api: Api) -> Group:
    """A supergroup with topics; the bot is an administrator; nothing is pending."""
    forum = tg.group("Tea forum", owner=mei, members=[ann], forum=True)
    await mei.adds_bot(bot, forum, admin=True)
    await api.updates()
    return forum


async def _open(api: Api, forum: Group, name: str = "Deals", **given: Any) -> int:
    made = await api.ok("createForumTopic", chat_id=forum.id, name=name, **given)
    return int(made["message_thread_id"])


async def _service(api: Api) -> list[Json]:
    """Return what Telegram said in the chat, without what all messages have."""
    common = {"message_id", "date", "chat", "from", "reply_to_message"}
    told = [update["message"] for update in await api.updates("message")]
    return [{key: value for key, value in message.items() if key not in common} for message in told]


async def test_a_topic_is_the_message_that_opened_it(api: Api, ann: Person, forum: Group) -> None:
    made = await api.ok("createForumTopic", chat_id=forum.id, name="Deals", icon_color=9367192)
    thread_id = made.pop("message_thread_id")
    assert made == {"name": "Deals", "icon_color": 9367192}
    opened = forum.last_message
    assert opened.id == thread_id
    assert opened.message.service == {"forum_topic_created": made}
    sent = await api.ok("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread_id)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread_id, True)
    await ann.says("hello", in_=forum, topic=forum.chat.topics[thread_id])
    [update] = await api.updates("message")
    assert update["message"]["message_thread_id"] == thread_id


async def test_general_has_no_thread_id(api: Api, ann: Person, forum: Group) -> None:
    await ann.says("hello", in_=forum, topic=forum.chat.general)
    [update] = await api.updates("message")
    assert not update["message"].keys() & {"message_thread_id", "is_topic_message"}
    assert await api.refused("sendMessage", chat_id=forum.id, text="x", message_thread_id=1) == (
        "Bad Request: message thread not found"
    )


async def test_a_topic_is_renamed_and_given_an_icon(api: Api, forum: Group) -> None:
    icon = (await api.ok("getForumTopicIconStickers"))[0]["custom_emoji_id"]
    thread_id = await _open(api, forum, icon_custom_emoji_id=icon)
    topic = {"chat_id": forum.id, "message_thread_id": thread_id}
    await api.ok("editForumTopic", **topic, name="Bargains")
    await api.ok("editForumTopic", **topic, icon_custom_emoji_id="")
    await api.ok("editForumTopic", **topic)
    assert await api.refused("editForumTopic", **topic, name="Bargains") == "Bad Request: TOPIC_NOT_MODIFIED"
    edits = [message.message.service.get("forum_topic_edited") for message in forum.messages]
    assert [edit for edit in edits if edit] == [{"name": "Bargains"}, {"icon_custom_emoji_id": ""}]
    assert forum.chat.topics[thread_id].name == "Bargains"


@pytest.mark.asks_wrongly("Telegram cuts a name that is too long")
async def test_names_have_limits(api: Api, forum: Group) -> None:
    for name in ("", "  "):
        assert await api.refused("createForumTopic", chat_id=forum.id, name=name) == (
            "Bad Request: title must be non-empty"
        )
    made = await api.ok("createForumTopic", chat_id=forum.id, name="x" * 129)
    assert made["name"] == "x" * 128
    assert await api.refused("createForumTopic", chat_id=forum.id, name="x", icon_color=5) == (
        "Bad Request: invalid icon color specified"
    )
    assert await api.refused("createForumTopic", chat_id=forum.id, name="x", icon_custom_emoji_id="5") == (
        "Bad Request: DOCUMENT_INVALID"
    )


async def test_a_closed_topic_is_for_administrators(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person, forum: Group
) -> None:
    deals = await mei.founds_topic("Deals", forum)
    topic = {"chat_id": forum.id, "message_thread_id": deals.thread_id}
    said = await ann.says("hello", in_=forum, topic=deals)
    await api.ok("closeForumTopic", **topic)
    assert await api.refused("closeForumTopic", **topic) == "Bad Request: TOPIC_NOT_MODIFIED"
    with pytest.raises(AssertionError, match="no administrator"):
        await ann.says("me too", in_=forum, topic=deals)
    with pytest.raises(AssertionError, match="no administrator"):
        await ann.says("me too", reply_to=said)
    await mei.says("closed for today", reply_to=said)
    await api.ok("sendMessage", **topic, text="x")
    await mei.promotes_bot(bot, forum, rights=frozenset({"can_delete_messages"}))
    assert await api.refused("sendMessage", **topic, text="x") == "Bad Request: TOPIC_CLOSED"
    reply = {"message_id": said.id}
    assert await api.refused("sendMessage", chat_id=forum.id, text="x", reply_parameters=reply) == (
        "Bad Request: TOPIC_CLOSED"
    )
    assert await api.refused("reopenForumTopic", **topic) == (
        "Bad Request: not enough rights to close or open the topic"
    )
    await mei.reopens_topic(deals, forum)
    await api.ok("sendMessage", **topic, text="x")
    await ann.says("at last", reply_to=said)


async def test_the_bot_opens_what_it_closed(api: Api, ann: Person, forum: Group) -> None:
    topic = {"chat_id": forum.id, "message_thread_id": await _open(api, forum)}
    await api.ok("closeForumTopic", **topic)
    await api.ok("reopenForumTopic", **topic)
    assert forum.last_message.message.service == {"forum_topic_reopened": {}}
    await ann.says("at last", in_=forum, topic=forum.chat.topics[topic["message_thread_id"]])


async def test_a_deleted_topic_takes_its_messages_along(api: Api, ann: Person, forum: Group) -> None:
    thread_id = await _open(api, forum)
    await ann.says("in general", in_=forum)
    await ann.says("in deals", in_=forum, topic=forum.chat.topics[thread_id])
    topic = {"chat_id": forum.id, "message_thread_id": thread_id}
    await api.ok("deleteForumTopic", **topic)
    assert [message.text for message in forum.messages if message.text] == ["in general"]
    assert await api.refused("sendMessage", **topic, text="x") == "Bad Request: message thread not found"
    assert await api.refused("deleteForumTopic", **topic) == "Bad Request: TOPIC_ID_INVALID"


async def test_what_is_pinned_in_a_topic_is_unpinned(api: Api, ann: Person, forum: Group) -> None:
    thread_id = await _open(api, forum)
    in_topic = await ann.says("rules", in_=forum, topic=forum.chat.topics[thread_id])
    in_general = await ann.says("welcome", in_=forum)
    for message in (in_topic, in_general):
        await api.ok("pinChatMessage", chat_id=forum.id, message_id=message.id)
    await api.ok("unpinAllForumTopicMessages", chat_id=forum.id, message_thread_id=thread_id)
    assert (in_topic.is_pinned, in_general.is_pinned) == (False, True)
    await api.ok("unpinAllGeneralForumTopicMessages", chat_id=forum.id)
    assert not in_general.is_pinned


async def test_general_is_renamed_closed_and_hidden(api: Api, mei: Person, ann: Person, forum: Group) -> None:
    general = {"chat_id": forum.id}
    await api.ok("editGeneralForumTopic", **general, name="Lounge")
    await api.ok("closeGeneralForumTopic", **general)
    with pytest.raises(AssertionError, match="no administrator"):
        await ann.says("hello", in_=forum)
    await api.ok("reopenGeneralForumTopic", **general)
    await api.ok("hideGeneralForumTopic", **general)
    assert await api.refused("hideGeneralForumTopic", **general) == "Bad Request: TOPIC_NOT_MODIFIED"
    await api.ok("unhideGeneralForumTopic", **general)
    assert forum.chat.general.is_closed
    await api.ok("hideGeneralForumTopic", **general)
    await api.ok("reopenGeneralForumTopic", **general)
    assert not forum.chat.general.is_hidden
    said = [message.message for message in forum.messages if message.message.service]
    kinds = [next(iter(message.service)) for message in said][2:]
    assert kinds == [
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "general_forum_topic_hidden",
        "forum_topic_reopened",
    ]
    assert {message.thread_id for message in said} == {None}


@pytest.mark.parametrize(
    ("method", "given", "what"),
    [
        ("createForumTopic", {"name": "x"}, "create a topic"),
        ("editForumTopic", {"name": "x"}, "edit the topic"),
        ("closeForumTopic", {}, "close or open the topic"),
        ("reopenForumTopic", {}, "close or open the topic"),
        ("deleteForumTopic", {}, "delete the topic"),
        ("unpinAllForumTopicMessages", {}, "manage pinned messages in the chat"),
        ("editGeneralForumTopic", {"name": "x"}, "edit the topic"),
        ("closeGeneralForumTopic", {}, "close or open the topic"),
        ("reopenGeneralForumTopic", {}, "close or open the topic"),
        ("hideGeneralForumTopic", {}, "close or open the topic"),
        ("unhideGeneralForumTopic", {}, "close or open the topic"),
        ("unpinAllGeneralForumTopicMessages", {}, "manage pinned messages in the chat"),
    ],
)
async def test_topics_need_rights_and_a_forum(
    api: Api, bot: Bot, mei: Person, group: Group, forum: Group, method: str, given: Json, what: str
) -> None:
    topic = await mei.founds_topic("Deals", forum)
    await mei.promotes_bot(bot, forum, rights=frozenset({"can_invite_users"}))
    if "General" not in method and method != "createForumTopic":
        given = given | {"message_thread_id": topic.thread_id}
    assert await api.refused(method, chat_id=forum.id, **given) == f"Bad Request: not enough rights to {what}"
    assert await api.refused(method, chat_id=group.id, **given) == "Bad Request: the chat is not a forum"


async def test_who_founded_a_topic_runs_it(api: Api, bot: Bot, mei: Person, forum: Group) -> None:
    thread_id = await _open(api, forum)
    await mei.promotes_bot(bot, forum, rights=frozenset({"can_invite_users"}))
    topic = {"chat_id": forum.id, "message_thread_id": thread_id}
    await api.ok("editForumTopic", **topic, name="Bargains")
    await api.ok("closeForumTopic", **topic)
    await api.ok("deleteForumTopic", **topic)
    for thread_id, why in ((0, "invalid message thread identifier specified"), (999, "TOPIC_ID_INVALID")):
        given = {"chat_id": forum.id, "message_thread_id": thread_id}
        assert await api.refused("closeForumTopic", **given) == f"Bad Request: {why}"


async def test_people_run_topics(api: Api, mei: Person, ann: Person, forum: Group, group: Group) -> None:
    with pytest.raises(AssertionError, match="lacks can_manage_topics"):
        await ann.founds_topic("Mine", forum)
    with pytest.raises(AssertionError, match="has no topics"):
        await mei.founds_topic("Deals", group)
    topic = await mei.founds_topic("Deals", forum)
    await mei.renames_topic(topic, "Bargains", forum)
    await mei.closes_topic(topic, forum)
    with pytest.raises(AssertionError, match="closed already"):
        await mei.closes_topic(topic, forum)
    await mei.reopens_topic(topic, forum)
    with pytest.raises(AssertionError, match="no administrator"):
        await ann.closes_topic(topic, forum)
    assert [next(key for key in said if "forum" in key) for said in await _service(api)] == [
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    ]
    await mei.deletes_topic(topic, forum)
    assert forum.chat.topics == {}


async def test_a_thread_outside_a_forum_begins_with_a_message(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person, group: Group
) -> None:
    said = await ann.says("question", in_=group)
    sent = await api.ok("sendMessage", chat_id=group.id, text="x", message_thread_id=said.id)
    assert sent["message_thread_id"] == said.id
    assert "is_topic_message" not in sent
    village = tg.group("Village", owner=mei, kind="group")
    await mei.adds_bot(bot, village)
    said = await mei.says("question", in_=village)
    assert await api.refused("sendMessage", chat_id=village.id, text="x", message_thread_id=said.id) == (
        "Bad Request: message thread not found"
    )


async def test_what_is_open_and_shown_stays_so(api: Api, mei: Person, forum: Group) -> None:
    topic = await mei.founds_topic("Deals", forum)
    given = {"chat_id": forum.id, "message_thread_id": topic.thread_id}
    assert await api.refused("reopenForumTopic", **given) == "Bad Request: TOPIC_NOT_MODIFIED"
    general = {"chat_id": forum.id}
    assert await api.refused("reopenGeneralForumTopic", **general) == "Bad Request: TOPIC_NOT_MODIFIED"
    assert await api.refused("unhideGeneralForumTopic", **general) == "Bad Request: TOPIC_NOT_MODIFIED"
    assert await api.refused("editGeneralForumTopic", **general, name="General") == (
        "Bad Request: TOPIC_NOT_MODIFIED"
    )
