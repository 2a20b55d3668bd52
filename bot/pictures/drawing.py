"""Has pictures drawn by a child process, which loads for a second what the bot must not hold for months."""

import asyncio
import json
import os
import sys
import time
from asyncio import AbstractEventLoop, Semaphore
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

import structlog

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 2
SECONDS: Final = 30.0
"""How long one picture may take."""
QUEUE_SECONDS: Final = 30.0
"""How long it may wait for others."""
_ROOT: Final = Path(__file__).parents[2]
_PNG: Final = b"\x89PNG\r\n"
_SAID: Final = 2_000
#: All that the child gets of the environment: it has no business with tokens and passwords.
_ENVIRONMENT: Final = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT", "USERPROFILE"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR"),
)
_turns: WeakKeyDictionary[AbstractEventLoop, Semaphore] = WeakKeyDictionary()


class PictureNotDrawn(Exception):
    """The child broke, took too long, or could not be started; the text is for the log."""


async def draw(kind: str, data: Mapping[str, Any], *, within: float = SECONDS) -> bytes:
    """A picture of this kind (a module beside this one that has `paint`) as PNG. Raises PictureNotDrawn.

    The data is what JSON can hold, all its words in the reader's language.
    """
    turn = _turns.setdefault(asyncio.get_running_loop(), Semaphore(MOST_AT_ONCE))
    try:
        async with asyncio.timeout(QUEUE_SECONDS):
            await turn.acquire()
    except TimeoutError as exc:
        raise PictureNotDrawn(f"{kind}: too many are being drawn") from exc
    began = time.perf_counter()
    try:
        content = await _drawn(kind, json.dumps(data, ensure_ascii=False).encode(), within=within)
    finally:
        turn.release()
    log.info("picture_drawn", kind=kind, size=len(content), seconds=round(time.perf_counter() - began, 2))
    return content


async def _drawn(kind: str, data: bytes, *, within: float) -> bytes:
    try:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.pictures", kind),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )
    except OSError as exc:
        raise PictureNotDrawn(f"{kind}: {exc}") from exc
    try:
        async with asyncio.timeout(within):
            content, said = await child.communicate(data)
    except TimeoutError as exc:
        raise PictureNotDrawn(f"{kind}: took longer than {within:g} s") from exc
    finally:
        await _end(child)
    if child.returncode != 0 or not content.startswith(_PNG):
        words = said.decode(errors="replace")[-_SAID:].strip()
        raise PictureNotDrawn(f"{kind}: the child ended with {child.returncode}: {words}")
    return content


async def _end(child: Process) -> None:
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
