"""What the chat page changes: scenes, groups and rights, payments, votes; and what it is told of tries."""

import aiohttp
import pytest

from sandbox.people import Sandbox
from sandbox.scenes.catalogue import SCENES
from sandbox.stage.places import private_key
from sandbox.stage.playbill import offer_scenes
from sandbox.stage.routes import mount
from tests.sandbox.stage.conftest import Honey, Json


async def test_scenes_are_directed_in_words(honey: Honey) -> None:
    offer_scenes(honey.tg.world, SCENES)
    offered = await honey.reads("scenes")
    assert [scene["name"] for scene in offered["scenes"]] == [scene.name for scene in SCENES]
    assert offered["on"] is None
    for wish, reason in (
        ({"do": "play", "name": "opera"}, "no scene “opera”"),
        ({"do": "play", "name": "honey", "speed": 3}, "one of these speeds"),
        ({"do": "speed", "speed": "quick"}, "must be a number"),
        ({"do": "pause"}, "No scene is on"),
        ({"do": "dance"}, "can't be asked"),
    ):
        async with honey.http.post(f"{honey.tg.url}/_sim/scenes", json=wish) as response:
            assert response.status == 400
            assert reason in (await response.json())["error"]


async def test_a_scene_that_is_on_keeps_others_waiting_and_ends_with_the_server(honey: Honey) -> None:
    offer_scenes(honey.tg.world, SCENES)
    play = {"do": "play", "name": "honey"}
    async with honey.http.post(f"{honey.tg.url}/_sim/scenes", json=play) as response:
        assert (await response.json())["on"]["is_running"]
    async with honey.http.post(f"{honey.tg.url}/_sim/scenes", json=play) as response:
        assert "stop it first" in (await response.json())["error"]


async def test_a_world_without_a_bot_has_no_scenes_to_play() -> None:
    tg = await Sandbox.start(extend=mount)
    offer_scenes(tg.world, SCENES)
    wish = {"do": "play", "name": "honey"}
    async with aiohttp.ClientSession() as http, http.post(f"{tg.url}/_sim/scenes", json=wish) as response:
        assert "no bot here yet" in (await response.json())["error"]
    await tg.stop()


@pytest.mark.parametrize(
    ("do", "fields", "reason"),
    [
        ("found", {"title": " ", "kind": "group"}, "needs a name"),
        ("found", {"title": "Tea", "kind": "club"}, "not club"),
        ("found", {"title": "Tea", "kind": "group", "people": ["Ann"]}, "list of whole numbers"),
        ("topic", {"name": "Deals"}, "has no topics"),
        ("promote", {"person": 1}, "no such person"),
        ("vote", {"message": 1, "options": [0]}, "no poll"),
        ("invoice", {"message": 1}, "no invoice"),
        ("invoice", {"url": "https://t.me/$none"}, "nobody in this telegram made"),
        ("payment", {"payment": 7}, "no such payment"),
        ("buy_stars", {"amount": 0}, "1 to 100,000"),
        ("choose", {"query": "1", "result": "2"}, "not there any more"),
        ("document", {"content": "!!", "name": "a", "caption": ""}, "did not arrive whole"),
        ("migrate", {}, "is not Ann's"),
        ("restrict", {"person": 1001}, "no administrator"),
    ],
)
async def test_what_cannot_be_changed_is_said_in_words(
    honey: Honey, do: str, fields: Json, reason: str
) -> None:
    answer = await honey.acts(honey.ann, do, **{"chat": honey.key, **fields})
    assert reason.lower() in answer["error"].lower()


async def test_who_is_in_a_group_and_who_could_come(honey: Honey) -> None:
    honey.tg.person("Noor")
    about = await honey.reads("members", **{"as": honey.ann.id}, chat=honey.key)
    assert [(one["name"], one["status"]) for one in about["members"]] == [
        ("Mei", "creator"),
        ("honey_bot", "administrator"),
        ("Ann", "member"),
    ]
    assert [one["name"] for one in about["outside"]] == ["Noor"]
    private = private_key(honey.bot, honey.ann.user)
    assert "no members" in (await honey.reads("members", **{"as": honey.ann.id}, chat=private))["error"]


async def test_a_vote_is_told_with_the_message_that_shows_the_poll(honey: Honey) -> None:
    options = [{"text": "Friday"}, {"text": "Saturday"}]
    sent = await honey.calls("sendPoll", chat_id=honey.group.id, question="When?", options=options)
    async with honey.http.ws_connect(f"{honey.tg.url}/_sim/events") as events:
        await events.receive_json(timeout=5)
        await honey.acts(honey.ann, "vote", chat=honey.key, message=sent["message_id"], options=[1])
        (shown,) = (await honey.hears(events, "messages"))["messages"]
    assert [option["by"] for option in shown["poll"]["options"]] == [[], [honey.ann.id]]
    assert (shown["text"], shown["poll"]["total"]) == ("", 1)


async def test_a_call_that_failed_is_counted_until_it_succeeds(honey: Honey) -> None:
    honey.tg.world.faults.too_many(2, method="sendMessage")
    said = {"chat_id": honey.group.id, "text": "Honey"}
    for _ in range(3):
        url = f"{honey.tg.url}/bot{honey.bot.token}/sendMessage"
        async with honey.http.post(url, json=said) as response:
            await response.read()
    await honey.calls("sendMessage", **said)
    tries = [entry for entry in (await honey.reads("traffic"))["entries"] if entry["name"] == "sendMessage"]
    assert [(entry["ok"], entry["attempt"]) for entry in tries] == [
        (False, 1),
        (False, 2),
        (True, 3),
        (True, 1),
    ]
