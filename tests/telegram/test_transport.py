"""The transport: one session, honest errors, and no token in any text."""

import asyncio
import io
import logging
import socket
import traceback
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram import InputFile, InputMediaPhoto
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.api import VouchBot
from bot.telegram.application import build_application
from bot.telegram.backoff import seconds_of
from bot.telegram.parcels import File
from bot.telegram.redaction import token_hider
from bot.telegram.transport import AiohttpRequest, NotSent
from tests.telegram.little import TOKEN, Call, LittleTelegram, ok, refusal


@pytest.fixture
async def request_to_nobody() -> AsyncIterator[tuple[AiohttpRequest, str]]:
    """A transport and the address of a port where nobody listens."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        async with AiohttpRequest(token=TOKEN, connect_timeout=1, read_timeout=1) as request:
            yield request, f"http://127.0.0.1:{reserved.getsockname()[1]}/bot{TOKEN}/getMe"


def texts_of(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error) + str(error)


async def test_one_connection_serves_many_calls(bot: VouchBot, telegram: LittleTelegram) -> None:
    for _ in range(5):
        await bot.call("sendMessage", {"chat_id": 1, "text": "hello"})

    assert len({call.port for call in telegram.called("sendMessage")}) == 1


async def test_connections_are_bounded(telegram: LittleTelegram) -> None:
    arrived, gate = asyncio.Semaphore(0), asyncio.Event()

    async def slow(_call: Call) -> web.Response:
        arrived.release()
        await gate.wait()
        return ok()

    async with build_application(TOKEN, telegram.url, connections=3) as application:
        telegram.answers_once("sendMessage", *[slow] * 9)
        calls = [asyncio.create_task(application.bot.call("sendMessage", {"chat_id": n})) for n in range(9)]
        for _ in range(3):
            await arrived.acquire()
        assert len(telegram.called("sendMessage")) == 3
        gate.set()
        await asyncio.gather(*calls)
    assert len({call.port for call in telegram.called("sendMessage")}) == 3


async def test_parameters_travel_as_json_with_their_types(bot: VouchBot, telegram: LittleTelegram) -> None:
    await bot.send_message(-5, "2 jars", disable_notification=True, api_kwargs={"nested": {"a": [1, "b"]}})

    [call] = telegram.called("sendMessage")
    assert call.params == {
        "chat_id": -5,
        "text": "2 jars",
        "disable_notification": True,
        "nested": {"a": [1, "b"]},
    }


async def test_files_are_uploaded_beside_the_parameters(bot: VouchBot, telegram: LittleTelegram) -> None:
    jar = InputFile(b"x" * 3_000_000, filename="jar.jpg")

    await bot.call("sendPhoto", {"chat_id": 5, "photo": jar, "show_caption_above_media": True})
    await bot.call("sendDocument", {"chat_id": 5, "document": File(name="list.csv", content=b"a,b")})
    streamed = InputFile(io.BytesIO(b"rows"), filename="rows.csv", read_file_handle=False)
    await bot.call("sendDocument", {"chat_id": 5, "document": streamed})
    telegram.answers_once("sendMediaGroup", lambda _call: ok([]))
    await bot.send_media_group(5, [InputMediaPhoto(b"one"), InputMediaPhoto(b"two")])

    [photo] = telegram.called("sendPhoto")
    assert photo.params == {"chat_id": "5", "show_caption_above_media": "true"}
    assert photo.files == {"photo": ("jar.jpg", b"x" * 3_000_000)}
    plain, handle = telegram.called("sendDocument")
    assert plain.files["document"][1] == b"a,b"
    assert handle.files["document"] == ("rows.csv", b"rows")
    [album] = telegram.called("sendMediaGroup")
    assert sorted(content for _, content in album.files.values()) == [b"one", b"two"]


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (refusal(400, "Bad Request: chat not found"), BadRequest, "Chat not found"),
        (refusal(401, "Unauthorized"), InvalidToken, "Unauthorized"),
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden, "blocked"),
        (refusal(404, "Not Found"), EndPointNotFound, "no method sendMessage"),
        (refusal(409, "Conflict: terminated by other getUpdates"), Conflict, "terminated"),
        (refusal(429, "Too Many Requests", retry_after=7), RetryAfter, "7"),
        (refusal(400, "upgraded", migrate_to_chat_id=-1005), ChatMigrated, "-1005"),
        (refusal(500, "Internal Server Error"), NetworkError, "Internal"),
        (
            web.Response(status=502, text=f"<p>/bot{TOKEN}/ is down"),
            NetworkError,
            "Bad Gateway",
        ),
        (web.Response(status=502, text="[1]"), NetworkError, "Bad Gateway"),
        (web.Response(status=302, headers={"Location": "/elsewhere"}), NetworkError, "Found"),
        (web.Response(text=f"not json, but {TOKEN}"), TelegramError, "not JSON"),
        (web.Response(text="[]"), TelegramError, "not JSON"),
    ],
)
async def test_each_refusal_has_its_own_error(
    bot: VouchBot, telegram: LittleTelegram, answer: web.Response, kind: type[TelegramError], words: str
) -> None:
    telegram.answers_once("sendMessage", lambda _call: answer)

    with pytest.raises(kind, match=words) as caught:
        await bot.call("sendMessage", {"chat_id": 1})

    assert type(caught.value) is kind
    assert TOKEN not in texts_of(caught.value)


async def test_a_flood_wait_is_told_in_seconds(bot: VouchBot, telegram: LittleTelegram) -> None:
    telegram.answers_once("sendMessage", lambda _call: refusal(429, "Too Many Requests", retry_after=7))

    with pytest.raises(RetryAfter) as caught:
        await bot.call("sendMessage", {"chat_id": 1})

    assert seconds_of(caught.value) == 7


async def test_nobody_listening_means_surely_not_sent(request_to_nobody: tuple[AiohttpRequest, str]) -> None:
    request, url = request_to_nobody

    with pytest.raises(NotSent) as caught:
        await request.post(url)

    assert TOKEN not in texts_of(caught.value)


async def test_no_free_connection_in_time_means_surely_not_sent(telegram: LittleTelegram) -> None:
    gate = asyncio.Event()

    async def slow(_call: Call) -> web.Response:
        await gate.wait()
        return ok()

    telegram.answers_once("sendMessage", slow)
    async with build_application(TOKEN, telegram.url, connections=1, connect_timeout=0.05) as application:
        first = asyncio.create_task(application.bot.call("sendMessage", {"chat_id": 1}))
        await telegram.receives("sendMessage")
        with pytest.raises(NotSent) as caught:
            await application.bot.call("sendMessage", {"chat_id": 2})
        gate.set()
        await first

    assert TOKEN not in texts_of(caught.value)
    assert len(telegram.called("sendMessage")) == 1


async def test_a_cut_after_the_request_means_perhaps_sent(bot: VouchBot, telegram: LittleTelegram) -> None:
    telegram.answers_once("sendMessage", Call.cut)

    with pytest.raises(NetworkError) as caught:
        await bot.call("sendMessage", {"chat_id": 1})

    assert not isinstance(caught.value, NotSent | TimedOut)
    assert TOKEN not in texts_of(caught.value)


async def test_a_cut_in_the_middle_of_the_answer_means_perhaps_sent(
    bot: VouchBot, telegram: LittleTelegram
) -> None:
    async def half(call: Call) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(call.request)
        await response.write(b'{"ok": ')
        call.cut()
        return response

    telegram.answers_once("sendMessage", half)

    with pytest.raises(NetworkError) as caught:
        await bot.call("sendMessage", {"chat_id": 1})

    assert not isinstance(caught.value, NotSent)


async def test_no_answer_in_time_means_perhaps_sent(bot: VouchBot, telegram: LittleTelegram) -> None:
    gate = asyncio.Event()

    async def never(_call: Call) -> web.Response:
        await gate.wait()
        return ok()

    telegram.answers_once("sendMessage", never)

    with pytest.raises(TimedOut) as caught:
        await bot.call("sendMessage", {"chat_id": 1}, read_timeout=0.05)

    gate.set()
    assert TOKEN not in texts_of(caught.value)


async def test_a_closed_transport_sends_nothing(telegram: LittleTelegram) -> None:
    request = AiohttpRequest(token=TOKEN)

    with pytest.raises(NotSent):
        await request.post(f"{telegram.url}/bot{TOKEN}/getMe")

    assert telegram.calls == []


async def test_a_refused_token_is_not_quoted(telegram: LittleTelegram) -> None:
    telegram.answers_once("getMe", lambda _call: refusal(401, "Unauthorized"))

    with pytest.raises(InvalidToken) as caught:
        await build_application(TOKEN, telegram.url).initialize()

    assert TOKEN not in texts_of(caught.value)


async def test_the_token_and_the_words_of_people_reach_no_log(
    telegram: LittleTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async with build_application(TOKEN, telegram.url) as application:
        await application.bot.send_message(1, "between us")
        telegram.answers_once("sendMessage", Call.cut, lambda _call: web.Response(text="between us, no json"))
        for _ in range(2):
            with pytest.raises(TelegramError):
                await application.bot.send_message(1, "between us")
        logging.getLogger("anyone").warning("%r %r", application, application.bot)

    ours = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("asyncio"))
    assert TOKEN not in caplog.text
    assert "between us" not in ours


def test_log_lines_can_be_cleansed_of_the_token() -> None:
    encoded = TOKEN.replace(":", "%3A")
    line = {"event": f"cannot reach /bot{TOKEN}/getMe", "url": f"/bot{encoded}", "attempt": 2}

    hidden = token_hider(TOKEN)(None, "error", line)

    assert hidden == {"event": "cannot reach /bot<token>/getMe", "url": "/bot<token>", "attempt": 2}
