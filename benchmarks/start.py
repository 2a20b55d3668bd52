"""How long the bot takes from its start to the first getUpdates, and what it holds in memory when idle."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.table import Row
from sandbox.people import Sandbox

ROUNDS = 5
START_AIM = 1.5
MEMORY_AIM = 120
IDLE_SECONDS = 3


async def measure() -> list[Row]:
    """Start the real program several times, as `make run` does: with an empty database, and once more."""
    runs = [await _run() for _ in range(ROUNDS)]
    first, again = (
        statistics.median(start.seconds for start in starts) for starts in zip(*runs, strict=True)
    )
    memory = statistics.median(start.memory for _, start in runs)
    return [
        _row("start to the first getUpdates, with an empty database", first),
        _row("start to the first getUpdates, with a database that is there", again),
        Row(
            what="idle memory",
            figure=f"{memory:.0f} MB",
            aim=f"< {MEMORY_AIM} MB",
            reached=memory < MEMORY_AIM,
        ),
    ]


class Start(NamedTuple):
    """How long a start took, and what the bot held in memory when it was idle, in MB."""

    seconds: float
    memory: float


def _row(what: str, seconds: float) -> Row:
    return Row(what=what, figure=f"{seconds:.2f} s", aim=f"< {START_AIM} s", reached=seconds < START_AIM)


async def _run() -> tuple[Start, Start]:
    with tempfile.TemporaryDirectory() as folder:
        return await _start(Path(folder)), await _start(Path(folder))


async def _start(folder: Path) -> Start:
    async with Sandbox.running() as telegram:
        bot = telegram.create_bot("vouch_bot")
        # Something to answer, so that the first getUpdates is answered at once and can be seen.
        await telegram.person("Mei").starts(bot)
        environment = os.environ | {
            "BOT_TOKEN": bot.token,
            "VOUCH_API_URL": telegram.url,
            "VOUCH_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        }
        # It is started as on every day but the first: with the modules that Python compiled and kept.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-OO", "run_bot.py", "run", env=environment,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await telegram.world.until(
                lambda: any(call.method == "getUpdates" for call in telegram.world.calls), timeout=30
            )
            seconds = time.perf_counter() - began
            await asyncio.sleep(IDLE_SECONDS)
            memory = psutil.Process(process.pid).memory_info().rss / 1e6
        finally:
            process.terminate()
            await process.wait()
        return Start(seconds, memory)
