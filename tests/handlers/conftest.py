"""A house on SQLite, by polling: what a handler does is the same in every other, as the scenarios prove."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import sqlite_database
from tests.scenarios.house import Circle, House, honey_friends, house_open


@pytest.fixture
async def database_url(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[str]:
    async with sqlite_database(tmp_path / "vouch.db", sqlite_template) as url:
        yield url


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with house_open(database_url, way="polling") as house:
        yield house


@pytest.fixture
async def friends(house: House) -> Circle:
    return await honey_friends(house)
