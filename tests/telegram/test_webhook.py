"""The webhook endpoint: who may speak, how much, and when Telegram hears 200."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.telegram.allowed import ALLOWED_UPDATES
from bot.telegram.api import VouchBot
from bot.telegram.dispatcher import Outcome
from bot.telegram.webhook import SECRET_HEADER, WebhookServer
from tests.telegram.little import LittleTelegram, said

SECRET = "open-sesame_42"


class Deliverer:
    """Says of each update what it was told to say; may be held back."""

    def __init__(self) -> None:
        self.seen: list[object] = []
        self.outcome = Outcome(acknowledged=True)
        self.fault: Exception | None = None
        self.arrived = asyncio.Event()
        self.door = asyncio.Event()
        self.door.set()

    async def __call__(self, raw: object, *, by_webhook: bool) -> Outcome:
        assert by_webhook
        self.seen.append(raw)
        self.arrived.set()
        await self.door.wait()
        if self.fault:
            raise self.fault
        return self.outcome


@pytest.fixture
def deliverer() -> Deliverer:
    return Deliverer()


@pytest.fixture
def endpoint(deliverer: Deliverer) -> WebhookServer:
    return WebhookServer(deliverer, secret=SECRET, path="/hook", body_limit=2_000)


@pytest.fixture
async def hook(endpoint: WebhookServer) -> AsyncIterator[str]:
    app = web.Application(client_max_size=4_000)
    endpoint.attach(app)
    server = TestServer(app)
    await server.start_server(shutdown_timeout=0)
    yield str(server.make_url("/hook"))
    await server.close()


@pytest.fixture
async def sender() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as session:
        yield session


async def post(session: aiohttp.ClientSession, url: str, body: object, **more: str) -> tuple[int, str, str]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", **more}
    async with session.post(url, data=data, headers=headers) as response:
        return response.status, response.content_type, await response.text()


async def test_an_acknowledged_update_is_answered_200_with_nothing(
    sender: aiohttp.ClientSession, hook: str, deliverer: Deliverer
) -> None:
    status, _, body = await post(sender, hook, said(1, "hi"))

    assert (status, body) == (200, "")
    assert deliverer.seen == [said(1, "hi")]


async def test_the_slots_call_is_the_body(
    sender: aiohttp.ClientSession, hook: str, deliverer: Deliverer
) -> None:
    reply: dict[str, object] = {"method": "answerCallbackQuery", "callback_query_id": "q", "text": "два"}
    deliverer.outcome = Outcome(acknowledged=True, reply=reply)

    status, kind, body = await post(sender, hook, said(1, "hi"))

    assert (status, kind, json.loads(body)) == (200, "application/json", reply)


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1], "open-sésame", SECRET.upper()])
async def test_without_the_secret_nothing_is_read(hook: str, deliverer: Deliverer, secret: str) -> None:
    async with aiohttp.ClientSession() as stranger:
        status, _, _ = await post(
            stranger, hook, said(1, "hi"), **({SECRET_HEADER: secret} if secret else {})
        )

    assert status == 403
    assert deliverer.seen == []


def test_an_empty_secret_is_not_accepted(deliverer: Deliverer) -> None:
    with pytest.raises(ValueError, match="secret"):
        WebhookServer(deliverer, secret="")


@pytest.mark.parametrize("size", [2_001, 3_900, 100_000])
async def test_too_much_is_refused(
    sender: aiohttp.ClientSession, hook: str, deliverer: Deliverer, size: int
) -> None:
    status, _, _ = await post(sender, hook, b" " * size)

    assert status == 413
    assert deliverer.seen == []


@pytest.mark.parametrize("size", [2_001, 100_000])
async def test_too_much_is_refused_also_in_chunks(
    sender: aiohttp.ClientSession, hook: str, deliverer: Deliverer, size: int
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(size // 100 + 1):
            yield b" " * 100

    async with sender.post(hook, data=pieces()) as response:
        assert response.status == 413
    assert deliverer.seen == []


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"{", b"\xff\xfe", b"[" * 1_900, b"1" * 1_990 + b"x", b'{"update_id": 1'],
    ids=repr,
)
async def test_garbage_is_a_bad_request_without_a_word(
    sender: aiohttp.ClientSession, hook: str, deliverer: Deliverer, body: bytes
) -> None:
    status, _, words = await post(sender, hook, body)

    assert (status, words) == (400, "")
    assert deliverer.seen == []


async def test_what_failed_is_not_acknowledged(
    sender: aiohttp.ClientSession, hook: str, deliverer: Deliverer
) -> None:
    deliverer.outcome = Outcome(acknowledged=False)
    assert await post(sender, hook, said(1, "hi")) == (500, "application/octet-stream", "")

    deliverer.fault = RuntimeError("unforeseen")
    status, _, words = await post(sender, hook, said(1, "hi"))
    assert (status, words) == (500, "")


async def test_stopping_waits_for_updates_in_flight_and_refuses_new_ones(
    sender: aiohttp.ClientSession, hook: str, deliverer: Deliverer, endpoint: WebhookServer
) -> None:
    deliverer.door.clear()
    in_flight = asyncio.create_task(post(sender, hook, said(1, "hi")))
    await deliverer.arrived.wait()
    stopping = asyncio.create_task(endpoint.stop(within=5))
    await asyncio.sleep(0)

    assert (await post(sender, hook, said(2, "late")))[0] == 503
    assert not stopping.done()
    deliverer.door.set()

    assert await stopping
    assert (await in_flight)[0] == 200
    assert len(deliverer.seen) == 1


async def test_stopping_waits_no_longer_than_told(
    sender: aiohttp.ClientSession, hook: str, deliverer: Deliverer, endpoint: WebhookServer
) -> None:
    deliverer.door.clear()
    in_flight = asyncio.create_task(post(sender, hook, said(1, "hi")))
    await deliverer.arrived.wait()

    assert not await endpoint.stop(within=0.01)

    deliverer.door.set()
    await in_flight


async def test_it_registers_itself(bot: VouchBot, telegram: LittleTelegram, endpoint: WebhookServer) -> None:
    await endpoint.register(bot, "https://vouch.example/hook")

    [call] = telegram.called("setWebhook")
    assert call.params == {
        "url": "https://vouch.example/hook",
        "secret_token": SECRET,
        "allowed_updates": list(ALLOWED_UPDATES),
        "max_connections": 100,
    }
