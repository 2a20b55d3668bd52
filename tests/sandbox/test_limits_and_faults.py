"""429s by strict windows, and faults on demand."""

import aiohttp
import pytest

from sandbox.limits import Limit
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api


async def test_a_group_takes_twenty_a_minute(tg: Sandbox, api: Api, group: Group) -> None:
    tg.world.limits.enabled = True
    sent = await api.ok("sendMessage", chat_id=group.id, text="0")
    for number in range(1, 20):
        await api.ok("editMessageText", chat_id=group.id, message_id=sent["message_id"], text=str(number))
    url = f"{api.url}/bot{api.token}/sendMessage"
    async with api.session.post(url, json={"chat_id": group.id, "text": "x"}) as response:
        body = await response.json()
    assert response.status == 429
    wait = body["parameters"]["retry_after"]
    assert body["description"] == f"Too Many Requests: retry after {wait}"
    assert response.headers["Retry-After"] == str(wait)
    assert 50 < wait <= 60
    assert tg.world.limits.refusals == 1
    tg.world.clock.advance(wait)
    await api.ok("sendMessage", chat_id=group.id, text="x")


async def test_a_bot_sends_thirty_a_second(tg: Sandbox, api: Api, bot: Bot, ann: Person) -> None:
    tg.world.limits.enabled = True
    tg.world.limits.overall = Limit(requests=30, seconds=100)
    await ann.starts(bot)
    for _ in range(30):
        await api.ok("sendMessage", chat_id=ann.id, text="x")
    assert "Too Many Requests" in await api.refused("sendMessage", chat_id=ann.id, text="x")
    await api.ok("sendChatAction", chat_id=ann.id, action="typing")


async def test_a_chat_may_be_held_to_one_a_second(tg: Sandbox, api: Api, bot: Bot, ann: Person) -> None:
    tg.world.limits.enabled = True
    tg.world.limits.per_chat = Limit(requests=1, seconds=60)
    await ann.starts(bot)
    await api.ok("sendMessage", chat_id=ann.id, text="x")
    assert "Too Many Requests" in await api.refused("sendMessage", chat_id=ann.id, text="x")


async def test_ordered_refusals_hit_the_calls_meant(tg: Sandbox, api: Api, group: Group) -> None:
    tg.world.faults.too_many(2, method="sendMessage", chat_id=group.id, retry_after=7)
    tg.world.faults.refuse(502, "Bad Gateway", method="getMe")
    body = await api.call("sendMessage", chat_id=group.id, text="x")
    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 7})
    assert await api.refused("getMe") == "Bad Gateway"
    await api.refused("sendMessage", chat_id=str(group.id), text="x")
    await api.ok("sendMessage", chat_id=group.id, text="x")
    await api.ok("getMe")
    tg.world.faults.slow(0.001)
    await api.ok("getMe")
    assert tg.world.faults.waiting == []


async def test_a_connection_is_cut_before_or_after_the_effect(tg: Sandbox, api: Api, group: Group) -> None:
    tg.world.faults.cut_before(method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await api.call("sendMessage", chat_id=group.id, text="lost")
    tg.world.faults.cut_after(method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await api.call("sendMessage", chat_id=group.id, text="sent")
    assert [message.text for message in group.messages if message.text] == ["sent"]


async def test_faults_are_called_off(tg: Sandbox, api: Api) -> None:
    tg.world.faults.refuse(500, "Internal Server Error", 10)
    tg.world.faults.clear()
    await api.ok("getMe")
