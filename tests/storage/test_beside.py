"""Migrating in a process of its own leaves this one without Alembic, and says nothing of what fails."""

import subprocess
import sys
from pathlib import Path

from storage.engine import opened
from storage.schema import is_current

_ROOT = Path(__file__).parents[2]

_START = """
import sys
from storage.beside import migrated_beside
with migrated_beside(sys.argv[1]):
    pass
sys.exit("alembic" in sys.modules)
"""


def start(url: str) -> "subprocess.CompletedProcess[str]":
    """Start as the bot does; forking needs a process without threads, which the tests' is not."""
    command = [sys.executable, "-c", _START, url]
    return subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=60, check=False)


async def test_after_the_block_the_database_is_current_and_alembic_is_not_loaded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    done = start(url)
    assert (done.returncode, done.stderr) == (0, "")
    async with opened(url) as database:
        assert await is_current(database.read)


def test_what_fails_is_left_to_whoever_opens_the_database(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = start(f"sqlite:///{tmp_path}/file/new.db")
    assert (done.returncode, done.stderr) == (0, "")


def test_postgresql_is_left_alone() -> None:
    done = start("postgresql://nobody@127.0.0.1:1/nothing")
    assert (done.returncode, done.stderr) == (0, "")
