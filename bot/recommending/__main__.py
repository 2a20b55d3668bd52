"""The child process: reads the facts, learns from them, says each person's ranking in a line, and ends.

It is told the database's address on its standard input, so that no list of processes shows it.
"""

import asyncio
import json
import os
import sys
from contextlib import suppress

_CPU_SECONDS = 1800
_MEMORY = 4 * 1024**3
_NICE = 10


def main() -> None:
    """Rank for everybody."""
    _hold_back()
    from bot.recommending.learning import rank_all

    asyncio.run(rank_all(json.loads(sys.stdin.readline())["database_url"], out=sys.stdout))


def _hold_back() -> None:
    """Let the bot go first, and end rather than take the machine's memory or its processor for long."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with suppress(AttributeError, OSError):
        os.nice(_NICE)
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
