"""What the bot loads to start: everything it holds for months, and nothing that is seldom used."""

import subprocess
import sys
from pathlib import Path

import pytest

import handlers
from bot.later import Deferred

_ROOT = Path(__file__).parent.parent

_START = """
import sys
from run_bot import loading
with loading():
    import bot.composition
    import handlers
print(*sys.modules, sep="\\n")
import click, rich
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """Every module there is after the bot has loaded what `run` needs; click and rich still can be."""
    command = [sys.executable, "-c", _START]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "name",
    [
        *("aiohttp.web", "alembic", "click", "dateparser", "openpyxl", "rich", "sandbox", "segno", "typer"),
        *("anyascii", "emoji", "snowballstemmer", "bot.rules.wish_lexicon", "handlers.wishes"),
        "xlsxwriter",
        *("matplotlib", "numpy", "PIL", "scipy", "sqlalchemy.dialects.postgresql"),
        *("handlers.links", "handlers.campaigns", "handlers.drafts", "handlers.promotion_drafts"),
    ],
)
def test_what_is_seldom_used_is_not_loaded(loaded: set[str], name: str) -> None:
    assert "handlers" in loaded
    assert name not in loaded


@pytest.mark.parametrize("table", [handlers._TAPS, handlers._COMMANDS], ids=["taps", "commands"])
def test_every_handler_that_is_loaded_later_is_there(table: dict[object, object]) -> None:
    assert all(callable(entry.loaded) for entry in table.values() if isinstance(entry, Deferred))


def test_every_part_that_is_loaded_later_is_there() -> None:
    assert all(callable(part.finds) and callable(part.handles) for part in handlers._CONVERSATIONS)
