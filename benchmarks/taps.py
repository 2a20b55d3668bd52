"""Orders a second through the webhook, beside the same bot with a handler that does nothing."""

import asyncio
import random
import socket
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.load import Load, post_all, tap
from benchmarks.server import SECRET
from benchmarks.table import Row
from bot.callbacks.orders import OrderButton
from sandbox.people import Sandbox

TAPS = 8_000
WARM_UP = 1_000
PEOPLE = 5_000
CONNECTIONS = 100
ROUNDS = 5
AIM = 0.8


async def measure() -> list[Row]:
    """Orders and nothing in turn, several rounds; the ratio is the median of the rounds' ratios."""
    rounds = [(await _run("orders"), await _run("nothing")) for _ in range(ROUNDS)]
    ratio = statistics.median(orders.rate / nothing.rate for orders, nothing in rounds)
    orders = sorted((orders for orders, _ in rounds), key=lambda load: load.rate)[ROUNDS // 2]
    nothing = statistics.median(nothing.rate for _, nothing in rounds)
    spread = ", ".join(f"{orders.rate / nothing.rate:.2f}" for orders, nothing in rounds)
    return [
        Row(
            what="orders a second (webhook, one pick, 5,000 people, SQLite FULL)",
            figure=f"{orders.rate:,.0f}",
        ),
        Row(what="the same bot, answering taps and doing nothing", figure=f"{nothing:,.0f}"),
        Row(
            what="their ratio, median of rounds",
            figure=f"{ratio:.2f} ({spread})",
            aim=f"≥ {AIM}",
            reached=ratio >= AIM,
        ),
        Row(what="answer to a tap under that load, p50", figure=f"{orders.percentile(0.5):.1f} ms"),
        Row(what="answer to a tap under that load, p95", figure=f"{orders.percentile(0.95):.1f} ms"),
    ]


async def _run(mode: str) -> Load:
    async with _server(mode) as (port, chat_id, pick_id, variant_id):
        data = OrderButton(pick_id, variant_id, 1).pack()
        people = random.Random(7)
        bodies = [
            tap(number, person_id=1000 + people.randrange(PEOPLE), chat_id=chat_id, data=data)
            for number in range(1, WARM_UP + TAPS + 1)
        ]
        await post_all(bodies[:WARM_UP], port=port, secret=SECRET, connections=CONNECTIONS)
        load = await post_all(bodies[WARM_UP:], port=port, secret=SECRET, connections=CONNECTIONS)
        if load.answers != TAPS:
            raise RuntimeError(f"only {load.answers} of {TAPS} taps were answered")
        return load


@asynccontextmanager
async def _server(mode: str) -> AsyncIterator[tuple[int, int, int, int]]:
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox.running() as telegram:
            bot = telegram.create_bot("vouch_bot")
            owner = telegram.person("Mei")
            group = telegram.group("Benchmark", owner=owner)
            await owner.adds_bot(bot, group, admin=True)
            port = _free_port()
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "benchmarks.server", mode, telegram.url, bot.token, str(port),
                f"sqlite:///{Path(folder) / 'bench.db'}", str(group.id),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            pick_id, variant_id = (int(word) for word in (await process.stdout.readline()).split())
            try:
                yield port, group.id, pick_id, variant_id
            finally:
                process.stdin.close()
                await process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
