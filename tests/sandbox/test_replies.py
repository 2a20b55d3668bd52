"""Replies: with a part that is quoted, to messages elsewhere, and to what is gone."""

from typing import Any

import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json


@pytest.fixture
async def offer(api: Api, group: Group) -> Json:
    """A formatted offer of the bot's."""
    text = "🍯 <b>Honey</b> is good honey, <u>honey</u>"
    sent: Json = await api.ok("sendMessage", chat_id=group.id, text=text, parse_mode="HTML")
    return sent


@pytest.mark.parametrize(
    ("how", "position", "kinds"),
    [
        ({"quote": "<b>Honey</b>", "quote_parse_mode": "HTML"}, 3, ["bold"]),
        ({"quote": "good honey"}, 12, []),
        ({"quote": "__honey__", "quote_parse_mode": "MarkdownV2"}, 24, ["underline"]),
        ({"quote": "o", "quote_position": 14}, 14, []),
        (
            {"quote": "Honey is", "quote_entities": [{"type": "bold", "offset": 0, "length": 5}]},
            3,
            ["bold"],
        ),
    ],
)
async def test_a_reply_quotes_a_part(
    api: Api, group: Group, offer: Json, how: Json, position: int, kinds: list[str]
) -> None:
    reply = {"message_id": offer["message_id"]} | how
    sent = await api.ok("sendMessage", chat_id=group.id, text="Yes", reply_parameters=reply)
    assert (sent["quote"]["position"], sent["quote"]["is_manual"]) == (position, True)
    assert [entity["type"] for entity in sent["quote"].get("entities", [])] == kinds
    assert sent["reply_to_message"]["message_id"] == offer["message_id"]


@pytest.mark.parametrize(
    "how",
    [
        {"quote": "wool"},
        {"quote": "Honey"},
        {"quote": "<i>good</i>", "quote_parse_mode": "HTML"},
        {"quote": " "},
        {"quote": "x" * 1025},
    ],
)
async def test_what_is_not_in_the_message_can_not_be_quoted(
    api: Api, group: Group, offer: Json, how: Json
) -> None:
    reply = {"message_id": offer["message_id"]} | how
    why = await api.refused("sendMessage", chat_id=group.id, text="Yes", reply_parameters=reply)
    assert why == "Bad Request: QUOTE_TEXT_INVALID"


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ({"quote": "x"}, "can't parse reply parameters: can't find field \"message_id\""),
        ({"message_id": "x"}, 'can\'t parse reply parameters: field "message_id" must be a Number'),
        ({"message_id": 999}, "message to be replied not found"),
        ({"message_id": 1, "chat_id": "@nobody"}, "chat not found"),
        ({"message_id": 1, "poll_option_id": "1"}, 'unknown field "poll_option_id" in reply_parameters'),
    ],
)
async def test_a_wrong_reply_is_refused(api: Api, group: Group, reply: Any, why: str) -> None:
    send = {"chat_id": group.id, "text": "x", "reply_parameters": reply}
    assert await api.refused("sendMessage", **send) == f"Bad Request: {why}"


@pytest.mark.asks_wrongly("Telegram reads words as booleans")
async def test_a_reply_reaches_another_chat(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person, group: Group
) -> None:
    photo = await ann.sends_photo(caption="/look at this", in_=group)
    village = tg.group("Village", owner=mei)
    await mei.adds_bot(bot, village, admin=True)
    reply = {"message_id": photo.id, "chat_id": group.id, "quote": "at this"}
    sent = await api.ok("sendMessage", chat_id=village.id, text="Look", reply_parameters=reply)
    outside = sent["external_reply"]
    assert (outside["chat"]["id"], outside["message_id"]) == (group.id, photo.id)
    assert (outside["origin"]["sender_user"]["id"], "photo" in outside) == (ann.id, True)
    assert ("reply_to_message" in sent, sent["quote"]["text"]) == (False, "at this")
    here = {"message_id": photo.id, "chat_id": str(group.id)}
    sent = await api.ok("sendMessage", chat_id=group.id, text="Look", reply_parameters=here)
    assert sent["reply_to_message"]["message_id"] == photo.id
    gone = {"message_id": 999, "chat_id": group.id, "allow_sending_without_reply": True}
    sent = await api.ok("sendMessage", chat_id=village.id, text="x", reply_parameters=gone)
    assert "external_reply" not in sent


async def test_a_message_of_another_topic_is_answered_from_outside(
    tg: Sandbox, api: Api, bot: Bot, mei: Person
) -> None:
    forum = tg.group("Village", owner=mei, forum=True)
    await mei.adds_bot(bot, forum, admin=True)
    deals, news = forum.topic("Deals"), forum.topic("News")
    said = await mei.says("/hello", in_=forum, topic=deals)
    send = {"chat_id": forum.id, "text": "x", "reply_parameters": {"message_id": said.id}}
    sent = await api.ok("sendMessage", **send, message_thread_id=news.thread_id)
    assert sent["external_reply"]["message_id"] == said.id
    sent = await api.ok("sendMessage", **send, message_thread_id=deals.thread_id)
    assert sent["reply_to_message"]["message_id"] == said.id


async def test_a_member_quotes_what_she_answers(api: Api, ann: Person, group: Group, offer: Json) -> None:
    card = group.last_message
    said = await ann.says("This one?", reply_to=card, quoting="good honey")
    [update] = await api.updates("message")
    assert update["message"]["quote"] == {"text": "good honey", "position": 12, "is_manual": True}
    assert (said.quote, card.quote) == ("good honey", None)
    with pytest.raises(AssertionError, match="is not in"):
        await ann.says("This one?", reply_to=card, quoting="wool")


async def test_a_member_answers_from_another_chat(
    api: Api, ann: Person, bot: Bot, group: Group, offer: Json
) -> None:
    await ann.says("What about this?", to=bot, reply_to=group.last_message)
    [update] = await api.updates("message")
    assert update["message"]["external_reply"]["chat"]["id"] == group.id
