"""The child process: reads what to draw, writes the picture, and ends."""

import importlib
import json
import os
import sys
from contextlib import suppress

KINDS = {
    "campaign": "bot.pictures.campaigns",
    "chain": "bot.pictures.chains",
    "poster": "bot.pictures.posters",
    "statistics": "bot.pictures.statistics",
}
"""The kinds of picture, each with its module; its `paint` makes a PNG of the data."""

_CPU_SECONDS = 30
_MEMORY = 2 * 1024**3


def main() -> None:
    """Draw the picture whose kind is the one argument."""
    _hold_back()
    painter = importlib.import_module(KINDS[sys.argv[1]])
    content: bytes = painter.paint(json.load(sys.stdin.buffer))
    sys.stdout.buffer.write(content)


def _hold_back() -> None:
    """End rather than take the machine's memory, or its processor for long."""
    # More threads would only wait for one another.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
