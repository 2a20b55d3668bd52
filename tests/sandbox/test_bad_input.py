"""Whatever is sent: an answer in the API's form, with the documented code and words."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from sandbox.guard import HostNames
from sandbox.people import Group, Sandbox
from tests.sandbox.conftest import Api, Json

_PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n'


async def send_raw(tg: Sandbox, request: bytes) -> tuple[int, bytes]:
    """Send bytes as they are; return the status and all that came back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", tg.port)
    writer.write(request)
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    return int(answer.split(b" ", 2)[1]), answer


async def post(api: Api, method: str, body: bytes, kind: str = "application/json") -> Json:
    url = f"{api.url}/bot{api.token}/{method}"
    async with api.session.post(url, data=body, headers={"Content-Type": kind}) as response:
        answer: Json = await response.json()
    assert response.status == answer.get("error_code", 200)
    return answer


@pytest.mark.parametrize("opened", [b"[", b'{"a":'])
@pytest.mark.parametrize("levels", [101, 990, 100_000])
async def test_deep_nesting_is_refused(api: Api, opened: bytes, levels: int) -> None:
    closed = b"]" if opened == b"[" else b"1}"
    deep = opened * levels + closed * levels if opened == b"[" else opened * levels + b"1" + b"}" * levels
    answer = await post(api, "sendMessage", b'{"chat_id": 1, "text": "x", "reply_markup": ' + deep + b"}")
    assert answer["description"] == "Bad Request: can't parse request JSON: it is nested too deeply"
    quoted = json.dumps({"chat_id": 1, "text": "x", "reply_markup": deep.decode()}).encode()
    answer = await post(api, "sendMessage", quoted)
    assert answer["description"] == (
        'Bad Request: can\'t parse parameter "reply_markup": it is nested too deeply'
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"chat_id": NaN}', "can't parse request JSON: it is not JSON"),
        (b'{"chat_id": 1e999}', "can't parse request JSON: it is not JSON"),
        (b'{"chat_id": ' + b"9" * 5_000 + b"}", "can't parse request JSON: it is not JSON"),
        (b'{"text": "\\ud83c"}', "can't parse request JSON: strings must be encoded in UTF-8"),
        ('{"text": "x"}'.encode("utf-16"), "can't parse request JSON: it is not JSON"),
        (b'{"chat_id": true, "text": "x"}', "chat not found"),
        (b'{"chat_id": [1], "text": "x"}', 'parameter "chat_id" must be a string'),
        (b'{"chat_id": "\xc2\xb2", "text": "x"}', "chat not found"),
        (b'{"chat_id": "' + b"9" * 5_000 + b'", "text": "x"}', "chat not found"),
        (
            b'{"chat_id": 1, "text": "x", "protect_content": []}',
            'parameter "protect_content" must be a boolean',
        ),
        (
            b'{"chat_id": 1, "text": "x", "message_thread_id": 1e30}',
            'parameter "message_thread_id" must fit into 64 bits',
        ),
        (
            b'{"chat_id": 1, "text": "x", "message_thread_id": true}',
            'parameter "message_thread_id" must be an integer',
        ),
        (
            b'{"chat_id": 1, "text": "x", "message_thread_id": "1_0"}',
            'parameter "message_thread_id" must be an integer',
        ),
    ],
)
async def test_numbers_and_strings_are_what_they_should_be(api: Api, body: bytes, why: str) -> None:
    assert (await post(api, "sendMessage", body))["description"] == f"Bad Request: {why}"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"text=%ff"),
        ("multipart/form-data; boundary=x", _PART),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"A: " + b"b" * 10_000 + b"\r\n\r\n1\r\n--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            _PART + b"Content-Transfer-Encoding: y\r\n\r\n1\r\n--x--\r\n",
        ),
        (
            "multipart/form-data; boundary=x",
            _PART + b"Content-Encoding: gzip\r\n\r\n1\r\n--x--\r\n",
        ),
        ("multipart/mixed; boundary=x", b"--x\r\n\r\n1\r\n--x--\r\n"),
        ("application/octet-stream", b"x"),
        ("", b"x"),
        ("nonsense", b"x"),
    ],
)
async def test_a_body_that_is_not_what_it_says_is_refused(api: Api, kind: str, body: bytes) -> None:
    answer = await post(api, "sendMessage", body, kind)
    assert answer["error_code"] == 400
    assert answer["description"].startswith("Bad Request: ")


async def test_a_packed_body_must_unpack(api: Api) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "deflate"}
    url = f"{api.url}/bot{api.token}/getMe"
    async with api.session.post(url, data=b"not packed", headers=headers) as response:
        assert response.status == 400


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_verbs_are_not_implemented(api: Api, verb: str) -> None:
    async with api.session.request(verb, f"{api.url}/bot{api.token}/getMe") as response:
        body = await response.json()
    assert (response.status, body["description"]) == (501, "Not Implemented")


async def test_head_changes_nothing(api: Api, group: Group) -> None:
    url = f"{api.url}/bot{api.token}/sendMessage"
    async with api.session.head(url, params={"chat_id": str(group.id), "text": "x"}) as response:
        assert (response.status, await response.read()) == (501, b"")
    assert group.last_message.text != "x"


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("/bot{token}/getMe/", 404, "Not Found: method not found: getMe/"),
        ("/bot{token}/test/getMe", 404, "Not Found: method not found: test/getMe"),
        ("/bot{token}/", 404, "Not Found: method not found: "),
        ("/bot{token}", 404, "Not Found"),
        ("/bot{token}/..%2f..%2fetc/passwd", 404, "Not Found: method not found: ../../etc/passwd"),
        ("/bot77/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot:x/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot0:x/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot77:x/getMe", 401, "Unauthorized"),
        ("/file/bot77:x/photos/file_1.jpg", 401, "Unauthorized"),
        ("/file/bot{token}/..%2f..%2fetc/passwd", 404, "Not Found"),
        ("/file/bot{token}//etc/passwd", 404, "Not Found"),
        ("/file/bot{token}/", 404, "Not Found"),
        ("/nowhere", 404, "Not Found"),
        ("//bot{token}/getMe", 404, "Not Found"),
    ],
)
async def test_every_path_has_an_answer(api: Api, tg: Sandbox, path: str, status: int, why: str) -> None:
    target = path.format(token=api.token)
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    got, answer = await send_raw(tg, request.encode())
    assert got == status
    assert json.loads(answer.split(b"\r\n\r\n", 1)[1]) == {
        "ok": False,
        "error_code": status,
        "description": why,
    }


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET / HTTP/9.9",
        b"GET",
        b"\x00\x01",
        b"GET / HTTP/1.1\r\nContent-Length: x",
        b"POST " + b"a" * 20_000,
    ],
)
async def test_what_is_no_http_is_refused_without_a_traceback(tg: Sandbox, request_line: bytes) -> None:
    status, answer = await send_raw(tg, request_line + b"\r\nHost: 127.0.0.1\r\n\r\n")
    assert status == 400
    assert b"Traceback" not in answer


async def test_a_connection_that_ends_early_harms_nobody(tg: Sandbox, api: Api) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", tg.port)
    head = (
        f"POST /bot{api.token}/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    )
    writer.write(head.encode() + b"Content-Length: 1000\r\n\r\n{")
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    await api.ok("getMe")


async def test_a_file_comes_back_with_a_type_that_is_harmless(api: Api, group: Group) -> None:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(group.id))
    form.add_field("document", b"x", filename="a.txt", content_type="text/plain; charset=nowhere")
    async with api.session.post(f"{api.url}/bot{api.token}/sendDocument", data=form) as response:
        document = (await response.json())["result"]["document"]
    path = (await api.ok("getFile", file_id=document["file_id"]))["file_path"]
    async with api.session.get(f"{api.url}/file/bot{api.token}/{path}") as response:
        assert (await response.read(), response.headers["X-Content-Type-Options"]) == (b"x", "nosniff")


@pytest.mark.parametrize(
    ("host", "names", "taken", "refused"),
    [
        ("127.0.0.1", (), ["127.0.0.1:8081", "localhost", "[::1]:80"], ["10.0.0.5", "", "evil.example"]),
        ("10.0.0.5", (), ["10.0.0.5:8081", "localhost:8081"], ["10.0.0.6", "evil.example:8081"]),
        ("0.0.0.0", (), ["10.0.0.5:8081", "[fe80::1]:8081"], ["evil.example:8081"]),
        ("0.0.0.0", ("Tg.Local",), ["tg.local:8081", "192.168.1.7"], ["evil.example"]),
    ],
)
def test_the_names_to_be_called_by_follow_the_host(
    host: str, names: tuple[str, ...], taken: list[str], refused: list[str]
) -> None:
    known = HostNames(host, names)
    assert [header for header in [*taken, *refused] if header in known] == taken


async def test_another_host_opens_the_door_that_was_named() -> None:
    tg = await Sandbox.start(host="0.0.0.0", names=("tg.local",))
    try:
        bot = tg.create_bot("vouch_bot")
        assert tg.world.webhooks.anywhere
        statuses: list[Any] = []
        async with aiohttp.ClientSession() as session:
            for name in ("tg.local", "10.9.8.7:80", "evil.example"):
                url = f"{tg.url}/bot{bot.token}/getMe"
                async with session.get(url, headers={"Host": name}) as response:
                    statuses.append(response.status)
        assert statuses == [200, 200, 403]
    finally:
        await tg.stop()
