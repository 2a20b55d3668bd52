"""What the API refuses, in Telegram's words, never silently."""

from io import BytesIO

import aiohttp
import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json, button


async def test_an_unknown_method_is_named(api: Api) -> None:
    body = await api.call("sendMassage", chat_id=1)
    assert body == {"ok": False, "error_code": 404, "description": "Not Found: method not found: sendMassage"}


async def test_an_unknown_parameter_is_named(api: Api, group: Group) -> None:
    why = await api.refused("sendMessage", chat_id=group.id, text="x", reply_to_message_id=3)
    assert why == 'Bad Request: unknown parameter "reply_to_message_id" in sendMessage'
    why = await api.refused("sendMessage", chat_id=group.id, text="x", business_connection_id="b")
    assert "does not simulate" in why
    why = await api.refused("sendMessage", chat_id=group.id, text="x", reply_parameters={"id": 3})
    assert why == 'Bad Request: unknown field "id" in reply_parameters'
    assert group.last_message.text != "x"


@pytest.mark.parametrize(
    ("method", "given", "why"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendPhoto", {"chat_id": 1}, "there is no photo in the request"),
        ("deleteMessage", {"chat_id": 1}, "message identifier is not specified"),
        ("sendMessage", {"chat_id": -1, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 10**30, "text": "x"}, "chat not found"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        ("deleteMessage", {"chat_id": 1, "message_id": "x"}, 'parameter "message_id" must be an integer'),
        ("sendMessage", {"chat_id": 1, "text": ["x"]}, 'parameter "text" must be a string'),
        ("getUpdates", {"allowed_updates": "{"}, 'can\'t parse parameter "allowed_updates": it is not JSON'),
    ],
)
async def test_what_is_missing_or_wrong_is_named(api: Api, method: str, given: Json, why: str) -> None:
    assert await api.refused(method, **given) == f"Bad Request: {why}"


async def test_texts_have_limits_after_parsing(api: Api, group: Group) -> None:
    async def send(text: str) -> Json:
        return await api.call("sendMessage", chat_id=group.id, text=text, parse_mode="HTML")

    assert (await send("<b>" + "x" * 4096 + "</b>"))["ok"]
    assert (await send("🍯" * 2049))["description"] == "Bad Request: message is too long"
    assert (await send(" <b> </b> "))["description"] == "Bad Request: text must be non-empty"
    assert "can't parse entities" in (await send("<b>"))["description"]


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "web_app": {"url": "https://x.org"}}, "BUTTON_TYPE_INVALID"),
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "", "callback_data": "x"}, 'Field "text" must be a non-empty String'),
        ({"text": "x", "callback_data": "x", "url": "https://x.org"}, "exactly one action is needed"),
        ({"text": "x", "callback_data": "x", "style": "blue"}, 'unknown style "blue"'),
        ({"text": "x", "data": "x"}, 'unknown field "data" in InlineKeyboardButton'),
        ({"text": "x", "url": "javascript:1"}, "Wrong HTTP URL"),
    ],
)
async def test_a_wrong_button_is_refused(api: Api, group: Group, button: Json, why: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert why in await api.refused("sendMessage", chat_id=group.id, text="x", reply_markup=markup)


async def test_a_message_bears_a_hundred_buttons(api: Api, group: Group) -> None:
    hundred = [[{"text": "x", "callback_data": "y" * 64}] * 5] * 20
    send = {"chat_id": group.id, "text": "x"}
    await api.ok("sendMessage", **send, reply_markup={"inline_keyboard": hundred})
    too_many = {"inline_keyboard": [*hundred, hundred[0]]}
    assert await api.refused("sendMessage", **send, reply_markup=too_many) == (
        "Bad Request: reply markup is too long"
    )


async def test_a_wrong_token_is_unauthorised(tg: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{tg.url}/bot1:x/getMe") as response:
        assert (response.status, await response.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"text": '),
        ("application/json", b"[1]"),
        ("application/json", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"a=\xff"),
        ("multipart/form-data; boundary=x", b"nothing of the kind"),
        ("multipart/form-data", b"no boundary"),
        ("text/plain", b"hello"),
    ],
)
async def test_a_malformed_body_is_a_bad_request(api: Api, kind: str, body: bytes) -> None:
    url = f"{api.url}/bot{api.token}/sendMessage"
    async with api.session.post(url, data=body, headers={"Content-Type": kind}) as response:
        answer = await response.json()
    assert (response.status, answer["ok"]) == (400, False), answer
    assert answer["description"].startswith("Bad Request: ")


async def test_parameters_may_come_in_a_form_or_in_the_address(api: Api, group: Group) -> None:
    url = f"{api.url}/bot{api.token}/sendMessage"
    form = {"chat_id": str(group.id), "text": "form", "disable_notification": "true"}
    async with api.session.post(url, data=form | {"reply_markup": '{"inline_keyboard":[]}'}) as response:
        assert response.status == 200
    async with api.session.get(url, params={"chat_id": str(group.id), "text": "address"}) as response:
        assert response.status == 200
    assert [message.text for message in group.messages[-2:]] == ["form", "address"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_other_sites_are_refused(api: Api, headers: dict[str, str]) -> None:
    async with api.session.get(f"{api.url}/bot{api.token}/getMe", headers=headers) as response:
        assert response.status == 403


@pytest.mark.parametrize(("path", "status"), [("/bot1:x/getMe", 403), ("/nowhere", 404)])
async def test_a_link_may_be_followed_to_a_page_but_not_to_the_api(
    tg: Sandbox, path: str, status: int, session: aiohttp.ClientSession
) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with session.get(tg.url + path, headers=headers) as response:
        assert response.status == status


async def test_an_upload_has_a_limit(api: Api, group: Group) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(group.id))
    form.add_field("document", BytesIO(bytes(60 * 1024 * 1024)), filename="big.bin")
    url = f"{api.url}/bot{api.token}/sendDocument"
    async with api.session.post(url, data=form) as response:
        assert (await response.json())["description"] == "Request Entity Too Large"
    assert response.status == 413


async def test_the_bot_writes_only_where_it_may(
    api: Api, bot: Bot, mei: Person, ann: Person, bob: Person, group: Group
) -> None:
    write = {"text": "x"}
    unknown = await api.refused("sendMessage", chat_id=bob.id, **write)
    assert unknown == "Bad Request: chat not found"
    met = await api.refused("sendMessage", chat_id=ann.id, **write)
    assert met == "Forbidden: bot can't initiate conversation with a user"
    await ann.starts(bot)
    await api.ok("sendMessage", chat_id=ann.id, **write)
    await ann.blocks(bot)
    assert await api.refused("sendMessage", chat_id=ann.id, **write) == (
        "Forbidden: bot was blocked by the user"
    )
    await mei.removes_bot(bot, group)
    assert await api.refused("sendMessage", chat_id=group.id, **write, reply_markup=button()) == (
        "Forbidden: bot was kicked from the supergroup chat"
    )
    assert await api.refused("sendMessage", chat_id=bot.id, **write) == (
        "Forbidden: bots can't send messages to bots"
    )
