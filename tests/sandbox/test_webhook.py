"""Delivery to a webhook: order, retries, secrets, methods in the answer."""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json, button
from tests.sandbox.receiver import Receiver


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
    assert info["last_error_message"] == "Connection refused"
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


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"url": "ftp://example.org"}, "invalid webhook URL specified"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "https://example.org:99999/"}, "invalid webhook URL specified"),
        ({"url": "https://exam ple.org/"}, "invalid webhook URL specified"),
        ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:9000/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://10.1.2.3/"}, "bad webhook: IP address 10.1.2.3 is reserved"),
        ({"url": "https://[2001:4860:4860::8888]/"}, "bad webhook: IPv6-only addresses are not allowed"),
        ({"ip_address": "1.2.3"}, "bad webhook: Invalid IP address specified"),
        ({"ip_address": "192.168.0.1"}, "bad webhook: IP address 192.168.0.1 is reserved"),
        ({"secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"secret_token": "x" * 257}, "secret token is too long"),
        ({"certificate": "x"}, 'the sandbox does not simulate the parameter "certificate" of setWebhook'),
        ({"allowed_updates": ["massage"]}, "unknown kind of update in allowed_updates: massage"),
    ],
)
async def test_a_bad_webhook_is_refused(api: Api, given: Json, why: str) -> None:
    assert (
        await api.refused("setWebhook", **{"url": "https://example.org/", **given}) == f"Bad Request: {why}"
    )
    assert (await api.ok("getWebhookInfo"))["url"] == ""


@pytest.mark.asks_wrongly("Telegram clamps numbers")
async def test_a_webhook_without_a_scheme_is_https(api: Api) -> None:
    await api.ok("setWebhook", url="example.org/hook", max_connections=1_000)
    info = await api.ok("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == ("example.org/hook", 100)


async def test_setting_a_webhook_is_told_in_words(api: Api) -> None:
    async def said(method: str, **given: object) -> object:
        return (await api.call(method, **given))["description"]

    hook = {"url": "https://example.org/", "secret_token": "x"}
    assert await said("deleteWebhook") == "Webhook is already deleted"
    assert await said("setWebhook", **hook) == "Webhook was set"
    assert await said("setWebhook", **hook) == "Webhook is already set"
    assert await said("setWebhook", url="") == "Webhook was deleted"


async def test_webhooks_are_set_once_a_second(tg: Sandbox, api: Api) -> None:
    tg.world.limits.enabled = True
    await api.ok("setWebhook", url="https://example.org/")
    assert await api.refused("setWebhook", url="https://example.org/2") == "Too Many Requests: retry after 1"
    tg.world.clock.advance(1)
    await api.ok("setWebhook", url="https://example.org/2")


async def test_a_bad_webhook_takes_the_old_one_with_it(api: Api, receiver: Receiver) -> None:
    await api.ok("setWebhook", url=receiver.url)
    await api.refused("setWebhook", url="http://example.org/")
    assert (await api.ok("getWebhookInfo"))["url"] == ""
    await api.ok("getUpdates")


async def test_a_fixed_address_stands_in_for_the_name(
    api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    url = receiver.url.replace("127.0.0.1", "somewhere.example")
    await api.ok("setWebhook", url=url, ip_address="127.0.0.1")
    await ann.starts(bot)
    await receiver.until(1)
    assert receiver.headers[0]["Host"].startswith("somewhere.example:")
    assert (await api.ok("getWebhookInfo"))["ip_address"] == "127.0.0.1"


async def test_moving_the_clock_brings_the_next_attempt(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    async def refuse_once(update: Json) -> web.Response:
        if len(receiver.updates) == 1:
            return web.Response(status=503, headers={"Retry-After": "3000"})
        return web.Response()

    receiver.answer = refuse_once
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await tg.world.until(lambda: bot.webhook and bot.webhook.last_error)
    tg.world.clock.advance(3001)
    await receiver.until(2)
    assert receiver.texts == ["/start", "/start"]


async def test_a_retry_that_would_come_too_late_is_not_made(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, group: Group, receiver: Receiver
) -> None:
    async def come_in_an_hour(update: Json) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "3600"})

    receiver.answer = come_in_an_hour
    await api.ok("sendMessage", chat_id=group.id, text="x", reply_markup=button())
    await api.ok("setWebhook", url=receiver.url)
    await ann.taps("Order", on=group.last_message)
    await tg.world.until(lambda: not bot.updates.pending, waiting_for="the press to be given up")
    assert len(receiver.updates) == 1


async def test_a_webhook_that_is_gone_for_a_day_is_closed(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    async def gone(update: Json) -> web.Response:
        return web.Response(status=410)

    receiver.answer = gone
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await receiver.until(2)
    tg.world.clock.advance(23 * 3600 + 10)
    await tg.world.until(lambda: bot.webhook and bot.webhook.is_gone, waiting_for="the webhook to close")
    assert (await api.ok("getWebhookInfo"))["url"] == ""
    assert len(await api.ok("getUpdates")) == 1


@pytest.mark.parametrize("kind", ["json", "form", "multipart"])
async def test_a_method_is_found_in_any_form(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver, kind: str
) -> None:
    async def thank(update: Json) -> web.Response:
        fields = {"method": "sendMessage", "chat_id": str(ann.id), "text": "Thank you"}
        if kind == "json":
            return web.json_response(fields)
        payload: aiohttp.FormData = aiohttp.FormData(fields, default_to_multipart=kind == "multipart")
        body = payload()
        return web.Response(body=body, headers={"Content-Type": body.headers["Content-Type"]})

    receiver.answer = thank
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await ann.private(bot).until_message(containing="Thank you")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b'{"method": "sendMessage"}'),
        ("application/json", b'{"method": ["getMe"]}'),
        ("application/json", b"[" * 5_000),
        ("application/x-www-form-urlencoded", b"method=\xff"),
        ("multipart/form-data; boundary=x", b"garbage"),
        ("application/json", b'{"method": "setWebhook", "url": ""}'),
        ("application/json", b'{"method": "sendMassage"}'),
    ],
)
async def test_an_answer_that_is_no_method_is_taken_for_yes(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver, kind: str, body: bytes
) -> None:
    async def garbage(update: Json) -> web.Response:
        return web.Response(body=body, headers={"Content-Type": kind})

    receiver.answer = garbage
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await tg.world.until(lambda: not bot.updates.pending, waiting_for="an empty queue")
    assert len(receiver.updates) == 1
    assert (await api.ok("getWebhookInfo"))["url"] == receiver.url
