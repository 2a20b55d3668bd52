"""Orders a second through the webhook, beside the same bot with a handler that does nothing."""

import asyncio
import random
import socket
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.load import Connections, Load, tap
from benchmarks.server import SECRET
from benchmarks.table import Row
from bot.callbacks.orders import OrderButton
from sandbox.people import Sandbox

TAPS = 8_000
BURST = 500
WARM_UP = 1_000
PEOPLE = 5_000
CONNECTIONS = 100
ROUNDS = 3
AIM = 0.8


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two bursts of taps, one right after the other: on the bot that sells and on the idle one."""

    orders: Load
    nothing: Load

    @property
    def ratio(self) -> float:
        """How much of its pace the bot keeps that sells."""
        return self.orders.rate / self.nothing.rate


async def measure() -> list[Row]:
    """Orders and nothing in turn, in short bursts; the ratio is the median of the pairs' ratios.

    What else the machine does changes within seconds: bursts of a fraction of one meet the same machine.
    """
    pairs = [pair for _ in range(ROUNDS) for pair in await _round()]
    low, ratio, high = statistics.quantiles((pair.ratio for pair in pairs), n=4)
    waits = Load(waits=[wait for pair in pairs for wait in pair.orders.waits])
    return [
        Row(
            what="orders a second (webhook, one pick, 5,000 people, SQLite FULL)",
            figure=f"{statistics.median(pair.orders.rate for pair in pairs):,.0f}",
        ),
        Row(
            what="the same bot, answering taps and doing nothing",
            figure=f"{statistics.median(pair.nothing.rate for pair in pairs):,.0f}",
        ),
        Row(
            what=f"their ratio, median of {len(pairs)} pairs of bursts (the middle half of them)",
            figure=f"{ratio:.2f} ({low:.2f} to {high:.2f})",
            aim=f"≥ {AIM}",
            reached=ratio >= AIM,
        ),
        Row(what="answer to a tap under that load, p50", figure=f"{waits.percentile(0.5):.1f} ms"),
        Row(what="answer to a tap under that load, p95", figure=f"{waits.percentile(0.95):.1f} ms"),
    ]


async def _round() -> list[Pair]:
    async with _bot("orders") as orders, _bot("nothing") as nothing:
        pairs = []
        for number in range(TAPS // BURST):
            # Whoever comes second might meet a machine that the first has tired or warmed.
            turns = (orders, nothing) if number % 2 else (nothing, orders)
            loads = {bot: await bot.burst() for bot in turns}
            pairs.append(Pair(orders=loads[orders], nothing=loads[nothing]))
        return pairs


class _Bot:
    """A bot behind its webhook, and the taps that are still to be posted to it."""

    def __init__(self, connections: Connections, *, chat_id: int, data: str) -> None:
        self._connections = connections
        people = random.Random(7)
        self._taps = iter(
            [
                tap(number, person_id=1000 + people.randrange(PEOPLE), chat_id=chat_id, data=data)
                for number in range(1, WARM_UP + TAPS + 1)
            ]
        )

    async def burst(self, taps: int = BURST) -> Load:
        load = await self._connections.post_all(list(islice(self._taps, taps)))
        if load.answers != taps:
            raise RuntimeError(f"only {load.answers} of {taps} taps were answered")
        return load


@asynccontextmanager
async def _bot(mode: str) -> AsyncIterator[_Bot]:
    async with _server(mode) as (port, chat_id, pick_id, variant_id):
        connections = Connections(port=port, secret=SECRET)
        await connections.open(CONNECTIONS)
        bot = _Bot(connections, chat_id=chat_id, data=OrderButton(pick_id, variant_id, 1).pack())
        await bot.burst(WARM_UP)
        yield bot
        connections.close()


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
