"""The controls over HTTP: faults, the clock, the limits and the logs."""

from typing import Any

import aiohttp
import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json


class Control:
    """Asks the controls as a script in any language would."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def ask(self, verb: str, path: str, body: Any = None, **query: Any) -> tuple[int, Json]:
        async with self.session.request(verb, f"{self.url}/_sim/{path}", json=body, params=query) as response:
            return response.status, await response.json()

    async def ok(self, verb: str, path: str, body: Any = None, **query: Any) -> Json:
        status, answer = await self.ask(verb, path, body, **query)
        assert status == 200, answer
        return answer

    async def refused(self, verb: str, path: str, body: Any = None, **query: Any) -> str:
        status, answer = await self.ask(verb, path, body, **query)
        assert (status, list(answer)) == (400, ["error"])
        return str(answer["error"])


@pytest.fixture
def control(session: aiohttp.ClientSession, tg: Sandbox) -> Control:
    return Control(session, tg.url)


async def test_faults_are_ordered_listed_and_called_off(control: Control, api: Api, group: Group) -> None:
    order = {"kind": "too_many", "times": 2, "method": "sendmessage", "chat_id": group.id, "retry_after": 7}
    first = (await control.ok("POST", "faults", order))["fault"]
    assert first == {
        "kind": "refuse",
        "number": 1,
        "times": 2,
        "method": "sendMessage",
        "chat_id": group.id,
        "code": 429,
        "description": "Too Many Requests: retry after 7",
        "retry_after": 7,
    }
    await control.ok("POST", "faults", {"kind": "slow", "seconds": 0.001})
    listed = (await control.ok("GET", "faults"))["faults"]
    assert [fault["kind"] for fault in listed] == ["refuse", "slow"]
    assert (await api.call("sendMessage", chat_id=group.id, text="x"))["parameters"] == {"retry_after": 7}
    left = (await control.ok("DELETE", "faults", number=1))["faults"]
    assert [fault["number"] for fault in left] == [2]
    await api.ok("sendMessage", chat_id=group.id, text="x")
    assert (await control.ok("DELETE", "faults"))["faults"] == []


@pytest.mark.parametrize(
    ("order", "answer"),
    [
        ({"kind": "forbidden"}, (403, "Forbidden: bot was blocked by the user")),
        ({"kind": "server_error"}, (502, "Bad Gateway")),
        ({"kind": "server_error", "code": 503, "description": "Busy"}, (503, "Busy")),
        ({"kind": "refuse", "code": 400, "description": "Bad Request: no"}, (400, "Bad Request: no")),
    ],
)
async def test_each_refusal_is_answered(
    control: Control, api: Api, order: Json, answer: tuple[int, str]
) -> None:
    await control.ok("POST", "faults", order)
    body = await api.call("getMe")
    assert (body["error_code"], body["description"]) == answer


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
async def test_cut_connections_are_ordered(control: Control, api: Api, kind: str) -> None:
    await control.ok("POST", "faults", {"kind": kind, "method": "getMe"})
    with pytest.raises(aiohttp.ClientError):
        await api.call("getMe")
    await api.ok("getMe")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ([], "Send a JSON object."),
        ({}, "“kind” must be one of too_many, "),
        ({"kind": ["slow"]}, "“kind” must be one of too_many, "),
        ({"kind": "slow"}, "A fault of the kind slow needs “seconds”."),
        ({"kind": "slow", "seconds": "1"}, "“seconds” must be a number."),
        ({"kind": "slow", "seconds": -1}, "“seconds” must lie between 0 and 86400."),
        ({"kind": "slow", "seconds": 1, "code": 500}, "A fault of the kind slow knows no “code”."),
        ({"kind": "refuse", "code": 200, "description": "x"}, "“code” must lie between 400 and 599."),
        ({"kind": "refuse", "code": 400, "description": 4}, "“description” must be a text."),
        ({"kind": "too_many", "times": 0}, "“times” must lie between 1 and 1e+06."),
        ({"kind": "too_many", "times": 1.5}, "“times” must be a whole number."),
        ({"kind": "too_many", "times": True}, "“times” must be a whole number."),
        ({"kind": "too_many", "method": "sendMassage"}, "“method” must be a method of the Bot API"),
        ({"kind": "duplicate", "update": "massage"}, "“update” must be one of message, "),
        ({"kind": "duplicate", "method": "getMe"}, "A fault of the kind duplicate knows no “method”."),
        ({"kind": "duplicate", "chat_id": "@x"}, "“chat_id” must be a whole number."),
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(
    control: Control, tg: Sandbox, body: Any, why: str
) -> None:
    assert (await control.refused("POST", "faults", body)).startswith(why)
    assert tg.world.faults.waiting == []


async def test_only_json_is_taken(control: Control) -> None:
    url = f"{control.url}/_sim/faults"
    async with control.session.post(url, data=b'{"kind":"slow"}') as response:
        assert (response.status, "content type" in await response.text()) == (400, True)
    headers = {"Content-Type": "application/json"}
    async with control.session.post(url, data=b"{", headers=headers) as response:
        assert (response.status, await response.json()) == (
            400,
            {"error": "The body can't be read: it is not JSON."},
        )


async def test_the_clock_is_read_and_moved(control: Control, tg: Sandbox) -> None:
    before = await control.ok("GET", "clock")
    after = await control.ok("POST", "clock", {"advance": 3600})
    assert (before["offset"], after["offset"]) == (0, 3600)
    assert after["time"] >= before["time"] + 3600
    assert after["now"].endswith("+00:00")
    assert await control.refused("POST", "clock", {"advance": -1}) == "The clock cannot go back (-1.0 s)."
    assert "a hundred years" in await control.refused("POST", "clock", {"advance": 1e12})
    assert await control.refused("POST", "clock", {"advance": "1 h"}) == "“advance” must be a number."
    assert await control.refused("POST", "clock", {}) == "Say by how many seconds: “advance”."
    assert tg.world.clock.offset == 3600


async def test_limits_are_read_and_changed(control: Control, api: Api, group: Group) -> None:
    assert (await control.ok("GET", "limits"))["per_group"] == {"requests": 20, "seconds": 60}
    one = {"requests": 1, "seconds": 60}
    changed = await control.ok("POST", "limits", {"enabled": True, "per_group": one, "overall": None})
    assert (changed["enabled"], changed["per_group"], changed["overall"]) == (True, one, None)
    await api.ok("sendMessage", chat_id=group.id, text="x")
    assert "Too Many Requests" in await api.refused("sendMessage", chat_id=group.id, text="x")
    assert (await control.ok("GET", "limits"))["refusals"] == 1
    for wrong in ({"enabled": 1}, {"per_group": 5}, {"per_group": {"requests": 0, "seconds": 1}}, {"x": 1}):
        await control.refused("POST", "limits", wrong)
    assert await control.ok("GET", "limits") == changed | {"refusals": 1}


async def test_the_logs_show_the_newest(
    control: Control, api: Api, tg: Sandbox, bot: Bot, ann: Person
) -> None:
    await ann.starts(bot)
    await ann.says("two", to=bot)
    tg.create_bot("other_bot")
    form = aiohttp.FormData()
    form.add_field("chat_id", str(ann.id))
    form.add_field("document", b"a;b", filename="orders.csv")
    async with api.session.post(f"{api.url}/bot{api.token}/sendDocument", data=form) as response:
        assert response.status == 200
    [shown] = (await control.ok("GET", "updates", last=1))["updates"]
    assert (shown["bot"], shown["update"]["message"]["text"]) == ("vouch_bot", "two")
    assert (await control.ok("GET", "updates", bot="@other_bot"))["updates"] == []
    [call] = (await control.ok("GET", "calls", last=1, bot="vouch_bot"))["calls"]
    assert (call["method"], call["answer"]["ok"]) == ("sendDocument", True)
    assert call["parameters"]["document"] == "<orders.csv, 3 bytes>"
    assert await control.refused("GET", "calls", last="many") == "“last” must be a whole number."
    assert await control.refused("GET", "calls", first=1) == "“first” is not known here."
    assert (await control.ok("GET", "calls", last=-1))["calls"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
async def test_other_sites_can_order_and_read_nothing(control: Control, headers: dict[str, str]) -> None:
    for verb in ("GET", "POST", "DELETE"):
        url = f"{control.url}/_sim/faults"
        async with control.session.request(
            verb, url, json={"kind": "cut_after"}, headers=headers
        ) as response:
            assert response.status == 403
