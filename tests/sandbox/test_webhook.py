"""Delivery to a webhook: order, retries, secrets, methods in the answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json, button

Answer = Callable[[Json], Awaitable[web.Response]]


class Receiver:
    """A bot's webhook: keeps what comes and answers as it was told."""

    def __init__(self) -> None:
        self.url = ""
        self.updates: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Answer = self.accept
        self._came = asyncio.Condition()

    async def accept(self, update: Json) -> web.Response:
        return web.Response()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        async with self._came:
            self.updates.append(update)
            self.headers.append(dict(request.headers))
            self._came.notify_all()
        return await self.answer(update)

    async def until(self, count: int) -> list[Json]:
        async with asyncio.timeout(5), self._came:
            await self._came.wait_for(lambda: len(self.updates) >= count)
        return self.updates

    @property
    def texts(self) -> list[Any]:
        return [update["message"]["text"] for update in self.updates if "message" in update]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret(
    api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    await ann.starts(bot)
    await api.ok("setWebhook", url=receiver.url, secret_token="quiet-please")
    await ann.says("two", to=bot)
    await receiver.until(2)
    assert receiver.texts == ["/start", "two"]
    assert receiver.headers[0]["Content-Type"] == "application/json"
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "quiet-please"


async def test_a_refused_update_comes_again_before_the_next(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    tg.world.webhooks.backoff_scale = 0.001
    answers = iter([500, 503, 403])

    async def refuse_three_times(update: Json) -> web.Response:
        return web.Response(status=next(answers, 200))

    receiver.answer = refuse_three_times
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await ann.says("two", to=bot)
    await receiver.until(5)
    assert receiver.texts == ["/start"] * 4 + ["two"]
    await tg.world.until(lambda: not bot.updates.pending)
    info = await api.ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (receiver.url, 0)
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_chats_and_people_do_not_wait_for_one_another(
    api: Api, bot: Bot, ann: Person, mei: Person, group: Group, receiver: Receiver
) -> None:
    gate = asyncio.Event()

    async def hold_messages_of_the_group(update: Json) -> web.Response:
        if update.get("message", {}).get("chat", {}).get("id") == group.id:
            await gate.wait()
        return web.Response()

    receiver.answer = hold_messages_of_the_group
    await api.ok("sendMessage", chat_id=group.id, text="x", reply_markup=button())
    card = group.last_message
    await api.ok("setWebhook", url=receiver.url)
    await ann.says("one", in_=group)
    await mei.says("two", in_=group)
    await ann.taps("Order", on=card)
    await ann.reacts("👍", to=card)
    await ann.starts(bot)
    await receiver.until(4)
    assert receiver.texts.count("two") == 0
    gate.set()
    await receiver.until(5)
    assert receiver.texts[-1] == "two"


async def test_a_method_in_the_answer_is_run(
    tg: Sandbox, api: Api, ann: Person, group: Group, receiver: Receiver
) -> None:
    async def answer_the_tap(update: Json) -> web.Response:
        query = update.get("callback_query")
        if query is None:
            return web.json_response({"method": "getMe"})
        return web.json_response(
            {"method": "answerCallbackQuery", "callback_query_id": query["id"], "text": "1 jar"}
        )

    receiver.answer = answer_the_tap
    await api.ok("sendMessage", chat_id=group.id, text="x", reply_markup=button())
    await api.ok("setWebhook", url=receiver.url)
    tap = await ann.taps("Order", on=group.last_message)
    assert (await tap.answered()).text == "1 jar"
    calls = len(tg.world.calls)
    await ann.says("hello", in_=group)
    await receiver.until(2)
    await tg.world.until(lambda: not tg.world.bots[api.token].updates.pending)
    assert len(tg.world.calls) == calls


async def test_garbage_in_the_answer_does_no_harm(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    async def garbage(update: Json) -> web.Response:
        return web.Response(body=b"\xff<html>", content_type="text/html")

    receiver.answer = garbage
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await ann.says("two", to=bot)
    await receiver.until(2)


async def test_nobody_at_home_is_written_down(tg: Sandbox, api: Api, bot: Bot, ann: Person) -> None:
    await api.ok("setWebhook", url="http://127.0.0.1:9/", drop_pending_updates=True)
    await ann.starts(bot)
    await tg.world.until(lambda: bot.webhook and bot.webhook.last_error)
    info = await api.ok("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["last_error_message"].startswith("Connection failed")
    await api.ok("deleteWebhook")
    assert [update["message"]["text"] for update in await api.ok("getUpdates")] == ["/start"]


async def test_a_slow_webhook_runs_out_of_time(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    tg.world.webhooks.timeout = 0.05
    gate = asyncio.Event()

    async def dawdle_once(update: Json) -> web.Response:
        if len(receiver.updates) == 1:
            await gate.wait()
        return web.Response()

    receiver.answer = dawdle_once
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await receiver.until(2)
    gate.set()
    assert (await api.ok("getWebhookInfo"))["last_error_message"] == "Read timeout expired"


async def test_the_receiver_may_say_when_to_come_again(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    tg.world.webhooks.backoff_scale = 0.00001

    async def refuse_once(update: Json) -> web.Response:
        if len(receiver.updates) == 1:
            return web.Response(status=429, headers={"Retry-After": "900"})
        return web.Response(body=b'{"method": 5}')

    receiver.answer = refuse_once
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await receiver.until(2)


async def test_what_expires_while_the_webhook_fails_is_dropped(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    tg.world.webhooks.backoff_scale = 0.001

    async def refuse_the_first_person(update: Json) -> web.Response:
        return web.Response(status=500 if update["message"]["text"] == "/start" else 200)

    receiver.answer = refuse_the_first_person
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await receiver.until(2)
    tg.world.clock.advance(86_401)
    await ann.says("two", to=bot)
    await tg.world.until(lambda: not bot.updates.pending, waiting_for="an empty queue")
    assert receiver.texts[-1] == "two"


async def test_everything_can_be_delivered_twice(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    tg.world.redeliver_everything_twice()
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    first, second = await receiver.until(2)
    assert first == second


async def test_a_bad_webhook_is_refused(api: Api) -> None:
    assert "an HTTPS URL must be provided" in await api.refused("setWebhook", url="ftp://x")
    assert "unallowed characters" in await api.refused("setWebhook", url="https://x.org", secret_token="a b")
