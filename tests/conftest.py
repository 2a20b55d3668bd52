"""What most tests stand on: a clock, a database of either kind, and a shop that uses both."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.shop import Shop
from storage.engine import Database, opened
from tests.clock import Clock
from tests.databases import Postgres, make_template, postgres_database, postgres_running, sqlite_database

pytest_plugins = ["tests.conformance.plugin"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[Postgres]:
    """A PostgreSQL that serves the whole run."""
    with postgres_running(testrun_uid) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrated SQLite file that each test gets a copy of."""
    template = tmp_path_factory.mktemp("sqlite") / "template.db"
    make_template(template)
    return template


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path, worker_id: str
) -> AsyncIterator[str]:
    """The address of a fresh, migrated database, once of each kind."""
    async with AsyncExitStack() as stack:
        if request.param == "sqlite":
            yield await stack.enter_async_context(sqlite_database(tmp_path / "vouch.db", sqlite_template))
        else:
            server = request.getfixturevalue("postgres")
            yield await stack.enter_async_context(postgres_database(server, f"vouch_{worker_id}"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated database, open."""
    async with opened(database_url) as database:
        yield database


@pytest.fixture
def shop(database: Database, clock: Clock) -> Shop:
    """A shop on a fresh database, whose time the test's clock tells."""
    return Shop(database=database, now=clock.now, bot_id=1000, bot_username="vouch_bot")
