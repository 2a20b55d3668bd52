"""How many method calls a second the sandbox answers on one core: no benchmark should measure it instead."""

import asyncio
import contextlib
import itertools
import json
import os
import sys
from collections.abc import Iterator

import psutil

from benchmarks.table import Row
from sandbox.people import Sandbox

_CALLS = 12_000
_WARM_UP = 1_500
_CONNECTIONS = 16
_AIM = 3_000
_ROUNDS = 3


async def measure() -> list[Row]:
    """Load a sandbox in a process of its own with the calls that a busy bot makes most."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.sandbox"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(120):
        port, token, chat_id, card_id, *presses = (await process.stdout.readline()).decode().split()
        with _pinned(1):
            requests = _requests(f"/bot{token}", chat_id, card_id, presses)
            await _load(itertools.islice(requests, _WARM_UP), int(port))
            server = psutil.Process(process.pid)
            rounds = [list(itertools.islice(requests, _CALLS)) for _ in range(_ROUNDS)]
            rates = [await _rate(server, each, int(port)) for each in rounds]
        await process.communicate(b"")
    rate = sorted(rates)[_ROUNDS // 2]
    return [
        Row(
            what="sandbox: sends, edits, answers to presses, on one core",
            figure=f"{rate:,.0f} calls/s",
            aim=f"{_AIM:,} calls/s",
            reached=rate >= _AIM,
        )
    ]


def _requests(path: str, chat_id: str, card_id: str, presses: list[str]) -> Iterator[bytes]:
    """Yield sends, edits and answers in turn, each with buttons as a shop's bot would send them."""
    keyboard = [
        [{"text": "Order +1", "callback_data": "order:1:1"}, {"text": "-1", "callback_data": "o:1:-1"}]
    ]
    markup = {"inline_keyboard": keyboard}
    for number, press in zip(itertools.count(1), itertools.cycle(presses)):
        text = f"<b>#1 Yunnan honey</b>\n{number} of 20,000 jars, €12.90 each"
        words = {"chat_id": int(chat_id), "text": text, "parse_mode": "HTML", "reply_markup": markup}
        yield _post(f"{path}/sendMessage", words)
        yield _post(f"{path}/editMessageText", words | {"message_id": int(card_id)})
        yield _post(f"{path}/answerCallbackQuery", {"callback_query_id": press, "text": "You have 1 jar."})


def _post(path: str, fields: dict[str, object]) -> bytes:
    body = json.dumps(fields).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body


async def _rate(server: psutil.Process, requests: list[bytes], port: int) -> float:
    """Return the answers in a second of the server's own time: the core is shared with whatever else runs."""
    before = server.cpu_times()
    await _load(iter(requests), port)
    after = server.cpu_times()
    return len(requests) / (after.user + after.system - before.user - before.system)


async def _load(requests: Iterator[bytes], port: int) -> None:
    """Post every request, each connection one at a time."""
    await asyncio.gather(*(_post_all(requests, port) for _ in range(_CONNECTIONS)))


async def _post_all(requests: Iterator[bytes], port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        at = head.lower().index(b"content-length:") + 15
        body = await reader.readexactly(int(head[at : head.index(b"\r\n", at)]))
        if not body.startswith(b'{"ok":true'):
            raise RuntimeError(f"the sandbox answered {body!r}")
    writer.close()


@contextlib.contextmanager
def _pinned(core: int) -> Iterator[None]:
    """Stay on one core, where the system knows how and has that many."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    cores = sorted(before)
    os.sched_setaffinity(0, {cores[core % len(cores)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


async def _serve() -> None:
    """Serve a group with a card in it until standard input ends; prints what the load needs."""
    with _pinned(0):
        async with Sandbox.running() as tg:
            bot = tg.create_bot("vouch_bot")
            mei, ann = tg.person("Mei"), tg.person("Ann")
            group = tg.group("Honey friends", owner=mei, members=[ann])
            await mei.adds_bot(bot, group, admin=True)
            card = await mei.says("#1 Yunnan honey", in_=group)
            press = [tg.world.press(ann.user, card.message, "order:1:1", bot).id for _ in range(200)]
            sent = await _first_card(tg, bot.token, group.id)
            print(tg.port, bot.token, group.id, sent, *press, flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


async def _first_card(tg: Sandbox, token: str, chat_id: int) -> int:
    async with tg.world.http().post(
        f"{tg.url}/bot{token}/sendMessage", json={"chat_id": chat_id, "text": "#1"}
    ) as response:
        message_id: int = (await response.json())["result"]["message_id"]
        return message_id


if __name__ == "__main__":
    import uvloop

    uvloop.run(_serve())
