"""What the bot loads to start: everything it holds for months, and nothing that is seldom used."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

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
        *("matplotlib", "numpy", "PIL", "prometheus_client", "scipy", "sqlalchemy.dialects.postgresql"),
        *("handlers.links", "handlers.campaigns", "handlers.drafts", "handlers.promotion_drafts"),
        *(
            "handlers.members",
            "handlers.orders",
            "handlers.picks",
            "handlers.receipts",
            "handlers.trust_votes",
            "bot.views.refusals",
        ),
        *("bot.jobs.rendering", "bot.jobs.draft_rendering", "bot.views.boards", "bot.views.details"),
        *("bot.jobs.trust_rendering", "bot.views.campaigns", "bot.views.flags", "bot.views.statistics"),
    ],
)
def test_what_is_seldom_used_is_not_loaded(loaded: set[str], name: str) -> None:
    assert "handlers" in loaded
    assert name not in loaded


@pytest.mark.parametrize("place", ["dispatch", "message_routes", "tap_routes"])
def test_every_name_that_is_loaded_later_is_there(place: str) -> None:
    tree = ast.parse((_ROOT / "handlers" / f"{place}.py").read_text(encoding="utf-8"))
    [unread] = [node for node in tree.body if isinstance(node, ast.If)]
    later = {alias.name for node in unread.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    named = {
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in later
    }
    assert later
    assert {module for module, _ in named} == later, "what is not used need not be named"
    assert [
        f"{module}.{name}"
        for module, name in sorted(named)
        if not hasattr(import_module(f"handlers.{module}"), name)
    ] == []
