"""The JSON that the chat page lives on, over HTTP."""

import asyncio
import base64
from typing import Any

import aiohttp
import pytest

from sandbox.groups import Group
from sandbox.models.media import plain_picture
from sandbox.people import Sandbox
from sandbox.scenes.honey import honey_friends
from sandbox.stage.places import private_key
from sandbox.stage.routes import mount
from tests.sandbox.stage.conftest import Honey, Json

BUTTON = {"inline_keyboard": [[{"text": "Order", "callback_data": "order:1"}]]}


async def test_state_lists_everybody_and_the_chats_of_one(honey: Honey) -> None:
    await honey.mei.says("Good morning", in_=honey.group)
    state = await honey.reads("state", **{"as": honey.ann.id})
    assert [(person["name"], person["standing"]) for person in state["people"]] == [
        ("Mei", "owner"),
        ("Ann", "member"),
    ]
    group, private = state["chats"]
    assert (group["title"], group["last"]["text"], group["unread"]) == ("Honey", "Good morning", 1)
    assert (private["key"], private["is_started"]) == (private_key(honey.bot, honey.ann.user), False)


async def test_reading_takes_the_unread_mark_away(honey: Honey) -> None:
    said = await honey.mei.says("Good morning", in_=honey.group)
    await honey.acts(honey.ann, "read", chat=honey.key, message=said.id)
    state = await honey.reads("state", **{"as": honey.ann.id})
    assert state["chats"][0]["unread"] == 0


async def test_one_writes_answers_edits_and_deletes(honey: Honey) -> None:
    first = await honey.acts(honey.mei, "say", chat=honey.key, text="Honey?")
    await honey.acts(honey.ann, "say", chat=honey.key, text="+1", reply_to=first["message"])
    mine = honey.group.last_message
    await honey.acts(honey.ann, "edit", chat=honey.key, message=mine.id, text="+2")
    shown = (await honey.group_as_seen_by(honey.mei))["messages"][-1]
    assert (shown["text"], shown["edited"], shown["from"]["name"]) == ("+2", True, "Ann")
    assert shown["reply"]["text"] == "Honey?"
    await honey.acts(honey.ann, "delete", chat=honey.key, message=mine.id)
    assert mine.is_deleted


async def test_a_photo_goes_in_and_comes_out(honey: Honey) -> None:
    image = plain_picture(1, 2, 3)
    encoded = base64.b64encode(image).decode()
    await honey.acts(honey.mei, "photo", chat=honey.key, image=encoded, caption="A jar")
    shown = (await honey.group_as_seen_by(honey.ann))["messages"][-1]
    assert shown["text"] == "A jar"
    async with honey.http.get(f"{honey.tg.url}/_sim/file/{shown['photo']['id']}") as response:
        assert (response.content_type, await response.read()) == ("image/png", image)


async def test_a_file_that_is_no_picture_is_only_downloaded(honey: Honey) -> None:
    stored = honey.tg.world.add_file(b"<script>alert(1)</script>", name="x.html", mime_type="text/html")
    async with honey.http.get(f"{honey.tg.url}/_sim/file/{stored.file_id}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_tap_reaches_the_bot_and_its_answer_the_page(honey: Honey) -> None:
    async with honey.http.ws_connect(f"{honey.tg.url}/_sim/events") as events:
        assert "world" in await events.receive_json(timeout=5)
        card = await honey.calls("sendMessage", chat_id=honey.group.id, text="Honey", reply_markup=BUTTON)
        await honey.acts(honey.ann, "tap", chat=honey.key, message=card["message_id"], row=0, column=0)
        (query,) = [
            update["callback_query"] for update in await _updates(honey) if "callback_query" in update
        ]
        await honey.calls("answerCallbackQuery", callback_query_id=query["id"], text="1 jar", show_alert=True)
        answer = (await honey.hears(events, "answers"))["answers"][0]
    assert (answer["person"], answer["text"], answer["is_alert"]) == (honey.ann.id, "1 jar", True)
    assert answer["data"] == query["data"] == "order:1"


async def test_a_message_that_changes_often_is_told_once_with_its_last_state(honey: Honey) -> None:
    async with honey.http.ws_connect(f"{honey.tg.url}/_sim/events") as events:
        await events.receive_json(timeout=5)
        said = await honey.mei.says("0", in_=honey.group)
        for count in range(1, 50):
            await honey.mei.edits(said, str(count))
        notice = await honey.hears(events, "messages")
    assert [message["text"] for message in notice["messages"]] == ["49"]


async def test_a_reaction_toggles(honey: Honey) -> None:
    said = await honey.mei.says("Good morning", in_=honey.group)
    await honey.acts(honey.ann, "react", chat=honey.key, message=said.id, emoji="🔥")
    shown = (await honey.group_as_seen_by(honey.mei))["messages"][-1]
    assert shown["reactions"] == [{"emoji": "🔥", "count": 1, "by": [honey.ann.id]}]
    await honey.acts(honey.ann, "react", chat=honey.key, message=said.id, emoji="👍")
    assert said.reactions == {"👍": 1}
    await honey.acts(honey.ann, "react", chat=honey.key, message=said.id, emoji="👍")
    assert said.reactions == {}


async def test_a_newcomer_joins_by_link(honey: Honey) -> None:
    url = await honey.mei.makes_link(honey.group)
    noor = (await honey.acts(honey.ann, "newcomer", name="Noor", language="ar"))["id"]
    link = await honey.reads("link", **{"as": honey.ann.id}, url=url)
    assert (link["title"], link["members"], link["is_inside"]) == ("Honey", 2, True)
    assert [person["name"] for person in link["outside"]] == ["Noor"]
    async with honey.http.post(
        f"{honey.tg.url}/_sim/act", json={"as": noor, "do": "open", "url": url}
    ) as response:
        assert (await response.json())["chat"] == honey.key
    assert "Noor" in honey.group.member_names


async def test_a_deep_link_opens_the_private_chat_with_its_payload(honey: Honey) -> None:
    opened = await honey.acts(honey.ann, "open", url="https://t.me/honey_bot?start=mei_42")
    assert opened["chat"] == private_key(honey.bot, honey.ann.user)
    assert honey.ann.private(honey.bot).last_message.text == "/start mei_42"


async def test_commands_are_those_of_the_scope_and_language(honey: Honey) -> None:
    plain = [{"command": "help", "description": "Help"}]
    await honey.calls("setMyCommands", commands=plain)
    await honey.calls(
        "setMyCommands",
        commands=[{"command": "pick", "description": "Offer"}],
        scope={"type": "all_chat_administrators"},
    )
    russian = [{"command": "order", "description": "Заказать"}]
    await honey.calls(
        "setMyCommands", commands=russian, scope={"type": "all_group_chats"}, language_code="ru"
    )
    for person, expected in ((honey.mei, "pick"), (honey.ann, "order")):
        chat = await honey.group_as_seen_by(person)
        assert [command["command"] for command in chat["commands"]] == [expected]


async def test_earlier_messages_come_on_demand(honey: Honey) -> None:
    for number in range(30):
        await honey.mei.says(f"line {number}", in_=honey.group)
    newest = await honey.reads("chat", **{"as": honey.ann.id}, chat=honey.key, limit=10)
    assert [message["text"] for message in newest["messages"]] == [f"line {n}" for n in range(20, 30)]
    assert newest["has_earlier"]
    before = newest["messages"][0]["id"]
    earlier = await honey.reads("chat", **{"as": honey.ann.id}, chat=honey.key, limit=100, before=before)
    assert earlier["messages"][-1]["text"] == "line 19"
    assert not earlier["has_earlier"]


async def test_traffic_shows_updates_calls_and_refusals(honey: Honey) -> None:
    await honey.mei.says("Good morning", in_=honey.group)
    async with honey.http.post(
        f"{honey.tg.url}/bot{honey.bot.token}/sendMessage", json={"chat_id": 1}
    ) as answer:
        assert answer.status == 400
    traffic = await honey.reads("traffic")
    update, call = traffic["entries"][-2:]
    assert (update["kind"], update["name"]) == ("update", "message")
    assert update["update"]["message"]["text"] == "Good morning"
    assert (call["kind"], call["name"], call["ok"]) == ("call", "sendMessage", False)
    assert (await honey.reads("traffic", after=traffic["last"]))["entries"] == []


@pytest.mark.parametrize(
    ("do", "fields", "reason"),
    [
        ("say", {"text": "   "}, "empty message"),
        ("say", {"text": "x" * 4097}, "at most 4,096"),
        ("say", {}, "must be text"),
        ("say", {"text": "hi", "reply_to": 999}, "not there any more"),
        ("edit", {"message": 1, "text": "mine now"}, "is not Ann's"),
        ("delete", {"message": 1}, "Only its author"),
        ("tap", {"message": 1, "row": 0, "column": 0}, "not there any more"),
        ("photo", {"image": "!!", "caption": ""}, "did not arrive whole"),
        ("photo", {"image": "aGVsbG8=", "caption": ""}, "no picture"),
        ("open", {"url": "https://t.me/+nobody"}, "nobody made"),
        ("newcomer", {"name": " ", "language": "en"}, "needs a name"),
        ("fly", {}, "can't do 'fly'"),
        (7, {}, "can't do 7"),
    ],
)
async def test_what_cannot_be_done_is_said_in_words(honey: Honey, do: Any, fields: Json, reason: str) -> None:
    answer = await honey.acts(honey.ann, do, **{"chat": honey.key, **fields})
    assert reason.lower() in answer["error"].lower()


async def test_nobody_looks_into_a_chat_she_is_not_in(honey: Honey) -> None:
    noor = honey.tg.person("Noor")
    assert "not in Honey" in (await honey.group_as_seen_by(noor))["error"]
    foreign = private_key(honey.bot, honey.ann.user)
    assert "somebody else's" in (await honey.reads("chat", **{"as": noor.id}, chat=foreign))["error"]
    for key in ("", "x", "1:2:3", "-5", f"{honey.bot.id}0:{noor.id}"):
        assert "error" in await honey.reads("chat", **{"as": noor.id}, chat=key)


async def test_other_sites_are_refused(honey: Honey) -> None:
    for path in ("/_sim/state", "/_sim/events", "/_sim/act"):
        request = honey.http.post if path.endswith("act") else honey.http.get
        async with request(honey.tg.url + path, headers={"Origin": "http://evil.example"}) as response:
            assert response.status == 403
    said = f'{{"as": {honey.ann.id}, "do": "say", "chat": "{honey.key}", "text": "forged"}}'
    async with honey.http.post(f"{honey.tg.url}/_sim/act", data=said) as response:
        assert response.status == 400


async def test_the_page_and_its_files_are_served_without_the_network(honey: Honey) -> None:
    async with honey.http.get(honey.tg.url) as response:
        assert response.content_type == "text/html"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "http" not in (await response.text()).replace('http-equiv="', "")
    async with honey.http.get(f"{honey.tg.url}/page/main.js") as response:
        assert response.content_type in ("text/javascript", "application/javascript")
    async with honey.http.get(f"{honey.tg.url}/page/%2e%2e/server.py") as response:
        assert response.status in (403, 404)


async def test_the_demo_scene_offers_seven_things_to_try() -> None:
    tg = await Sandbox.start(extend=mount)
    bot = tg.create_bot("honey_bot")
    await honey_friends(tg.world, bot)
    async with aiohttp.ClientSession() as http, http.get(f"{tg.url}/_sim/state") as response:
        state = await response.json()
    await tg.stop()
    group = Group(tg.world, next(iter(tg.world.chats.values())))
    assert group.member_names == ["Mei", "Ann", "Ben", "Chloé", "Дмитрий", "小林", "honey_bot"]
    assert group.last_message.photo is not None
    assert len(state["hints"]["hints"]) == 8
    assert state["hints"]["hints"][0]["fills"][0]["reply_to"] == group.last_message.id
    assert [person["standing"] for person in state["people"]][-1] == "newcomer"


async def test_somebody_who_asks_is_let_in_by_the_owner(honey: Honey) -> None:
    url = await honey.mei.makes_link(honey.group, asks=True)
    noor = honey.tg.person("Noor")
    assert await honey.acts(noor, "open", url=url) == {"is_asked": True}
    assert (await honey.group_as_seen_by(honey.mei))["requests"] == [{"id": noor.id, "name": "Noor"}]
    assert "requests" not in await honey.group_as_seen_by(honey.ann)
    refused = await honey.acts(honey.ann, "approve", chat=honey.key, person=noor.id)
    assert "no administrator" in refused["error"]
    await honey.acts(honey.mei, "approve", chat=honey.key, person=noor.id)
    assert "Noor" in honey.group.member_names


async def test_a_bot_is_started_blocked_and_unblocked(honey: Honey) -> None:
    private = private_key(honey.bot, honey.ann.user)
    await honey.acts(honey.ann, "start", bot=honey.bot.id, payload="x")
    await honey.acts(honey.ann, "block", bot=honey.bot.id)
    refused = await honey.acts(honey.ann, "say", chat=private, text="hello?")
    assert "blocked" in refused["error"]
    assert (await honey.reads("chat", **{"as": honey.ann.id}, chat=private))["is_blocked"]
    await honey.acts(honey.ann, "unblock", bot=honey.bot.id)
    await honey.acts(honey.ann, "say", chat=private, text="hello")
    assert honey.ann.private(honey.bot).last_message.text == "hello"


async def test_who_leaves_sees_the_group_no_more(honey: Honey) -> None:
    await honey.acts(honey.ann, "leave", chat=honey.key)
    assert honey.group.last_message.message.service
    state = await honey.reads("state", **{"as": honey.ann.id})
    assert [chat["kind"] for chat in state["chats"]] == ["private"]
    assert state["me"]["standing"] == "newcomer"


async def test_in_a_forum_one_writes_into_a_topic(honey: Honey) -> None:
    forum = honey.tg.group("Forum", owner=honey.mei, members=[honey.ann], forum=True)
    deals = forum.topic("Deals")
    await honey.acts(honey.ann, "say", chat=str(forum.id), text="Honey?", topic=deals.thread_id)
    chat = await honey.reads("chat", **{"as": honey.mei.id}, chat=str(forum.id))
    assert chat["topics"] == [{"id": deals.thread_id, "name": "Deals", "is_closed": False}]
    shown = chat["messages"][-1]
    assert (shown["topic"]["name"], "reply" in shown) == ("Deals", False)
    general = await honey.reads("chat", **{"as": honey.mei.id}, chat=str(forum.id), topic=0)
    assert "Honey?" not in [message["text"] for message in general["messages"]]
    only = await honey.reads("chat", **{"as": honey.mei.id}, chat=str(forum.id), topic=deals.thread_id)
    assert only["messages"][-1]["text"] == "Honey?"


async def test_keys_of_a_bot_and_an_anonymous_admin_are_shown_as_such(honey: Honey) -> None:
    keys = {"keyboard": [[{"text": "Yes"}]]}
    await honey.calls("sendMessage", chat_id=honey.group.id, text="Sure?", reply_markup=keys)
    await honey.mei.speaks_anonymously("We are", in_=honey.group)
    asked, said = (await honey.group_as_seen_by(honey.ann))["messages"][-2:]
    assert asked["keyboard"] == keys
    assert said["from"] == {"id": honey.group.id, "name": "Honey", "is_group": True}


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"as": "1"}', '{"as": 1, "do": "say", "chat": ""}'])
async def test_a_malformed_wish_is_refused_in_words(honey: Honey, body: str) -> None:
    json_body = {"data": body, "headers": {"Content-Type": "application/json"}}
    async with honey.http.post(f"{honey.tg.url}/_sim/act", **json_body) as response:  # type: ignore[arg-type]
        assert response.status == 400
        assert (await response.json())["error"]


@pytest.mark.parametrize(
    "path", ["state?as=x", "state?as=1", "chat", "chat?as=x", "link?as=x", "traffic?after=x", "file/none"]
)
async def test_a_malformed_question_is_refused_in_words(honey: Honey, path: str) -> None:
    async with honey.http.get(f"{honey.tg.url}/_sim/{path}") as response:
        assert response.status in (400, 404)
        assert (await response.json())["error"]


async def test_service_messages_are_put_in_words(honey: Honey) -> None:
    ben, dora = honey.tg.person("Ben"), honey.tg.person("Dora")
    await honey.mei.adds(ben, dora, to=honey.group)
    await honey.mei.removes(ben, honey.group)
    card = await honey.calls("sendMessage", chat_id=honey.group.id, text="Honey\n12.90")
    await honey.calls("pinChatMessage", chat_id=honey.group.id, message_id=card["message_id"])
    chat = await honey.group_as_seen_by(honey.ann)
    words = [message["service"] for message in chat["messages"] if "service" in message]
    assert words[-3:] == ["Mei added Ben and Dora", "Mei removed Ben", "honey_bot pinned “Honey”"]
    assert chat["pinned"]["id"] == card["message_id"]


async def test_notices_tell_of_deletions_commands_and_typing(honey: Honey) -> None:
    said = await honey.mei.says("Oops", in_=honey.group)
    async with honey.http.ws_connect(f"{honey.tg.url}/_sim/events") as events:
        await honey.mei.deletes(said)
        gone = (await honey.hears(events, "deleted"))["deleted"]
        await honey.calls("sendChatAction", chat_id=honey.group.id, action="typing")
        typing = (await honey.hears(events, "actions"))["actions"]
        await honey.calls("setMyCommands", commands=[])
        assert (await honey.hears(events, "commands"))["commands"] is True
    assert gone == [{"chat": honey.key, "id": said.id}]
    assert typing == [{"chat": honey.key, "name": "honey_bot"}]


async def test_stopping_waits_for_no_open_page(honey: Honey) -> None:
    events = await honey.http.ws_connect(f"{honey.tg.url}/_sim/events")
    await events.receive_json(timeout=5)
    async with asyncio.timeout(2):
        stopping = asyncio.create_task(honey.tg.stop())
        assert (await events.receive()).type is aiohttp.WSMsgType.CLOSE
        await stopping


async def test_an_empty_world_has_a_state_too() -> None:
    tg = await Sandbox.start(extend=mount)
    async with aiohttp.ClientSession() as http, http.get(f"{tg.url}/_sim/state") as response:
        assert (await response.json())["people"] == []
    await tg.stop()


async def _updates(honey: Honey) -> list[Json]:
    updates: list[Json] = await honey.calls("getUpdates", timeout=5)
    return updates
