"""A house on either database, by polling and by webhook, and a circle of friends in it."""

from collections.abc import AsyncIterator

import pytest

from tests.scenarios.house import Circle, House, Way, honey_friends, house_open


@pytest.fixture(params=["polling", "webhook"])
def way(request: pytest.FixtureRequest) -> Way:
    """How updates reach the bot."""
    chosen: Way = request.param
    return chosen


@pytest.fixture
async def house(database_url: str, way: Way) -> AsyncIterator[House]:
    async with house_open(database_url, way=way) as house:
        yield house


@pytest.fixture
async def friends(house: House) -> Circle:
    return await honey_friends(house)
