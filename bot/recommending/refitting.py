"""Has rankings worked out by a child process: what learning takes, the bot need not hold for months."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import make_url

LINES_AT_ONCE: Final = 100
"""More would be kept in a transaction for which people who write have to wait."""
SECONDS: Final = 3600.0
"""How long it may take."""
_LONGEST_LINE: Final = 2**22
_SAID: Final = 2_000
_ROOT: Final = Path(__file__).parents[2]
#: All that the child gets of the environment: it has no business with tokens.
_ENVIRONMENT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT", "USERPROFILE")


class NotRanked(Exception):
    """The child broke, took too long, or could not be started; the text is for the log."""


async def ranked(database_url: str, *, within: float = SECONDS) -> AsyncGenerator[Sequence[Any], None]:
    """What the child says, some lines at a time: what is popular first, then (person, best) each.

    Raises NotRanked if the child ends before it has said all; what was said until then holds.
    """
    child = await _started(database_url)
    said = asyncio.create_task(_read(child))
    ends_at = asyncio.get_running_loop().time() + within
    is_whole = False
    try:
        while not is_whole:
            try:
                async with asyncio.timeout_at(ends_at):
                    lines = await _some_lines(child)
            except TimeoutError as exc:
                raise NotRanked(f"it took longer than {within:g} s") from exc
            if not lines:
                words = (await said).decode(errors="replace")[-_SAID:].strip()
                raise NotRanked(f"the child ended with {await child.wait()}: {words}")
            is_whole = lines[-1] is None
            yield lines[:-1] if is_whole else lines
    finally:
        await _end(child)
        said.cancel()
        await asyncio.gather(said, return_exceptions=True)


async def _started(database_url: str) -> Process:
    try:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.recommending"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=_ROOT,
            limit=_LONGEST_LINE,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )
    except OSError as exc:
        raise NotRanked(str(exc)) from exc
    assert child.stdin is not None
    with suppress(ConnectionError):
        child.stdin.write(json.dumps({"database_url": _from_anywhere(database_url)}).encode() + b"\n")
        await child.stdin.drain()
    child.stdin.close()
    return child


def _from_anywhere(database_url: str) -> str:
    """The address of the same database for a process that works in another folder."""
    address = make_url(database_url)
    if address.get_backend_name() == "sqlite" and address.database:
        address = address.set(database=str(Path(address.database).absolute()))
    return address.render_as_string(hide_password=False)


async def _some_lines(child: Process) -> Sequence[Any]:
    assert child.stdout is not None
    lines: list[Any] = []
    while len(lines) < LINES_AT_ONCE and (line := await child.stdout.readline()).endswith(b"\n"):
        lines.append(json.loads(line))
        if lines[-1] is None:
            break
    return lines


async def _read(child: Process) -> bytes:
    assert child.stderr is not None
    return await child.stderr.read()


async def _end(child: Process) -> None:
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.kill()
    await child.wait()
