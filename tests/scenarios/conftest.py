"""A house on either database, by polling and by webhook, and a circle of friends in it."""

from collections.abc import AsyncIterator

import pytest

from tests.scenarios.house import Circle, House, Way, honey_friends, house_open

# Each way and each database is met by every story; all four pairs only by those that ask for them.
USUAL_WAY: dict[str, Way] = {"sqlite": "polling", "postgresql": "webhook"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give the stories marked `every_way` both ways on each database."""
    if "way" in metafunc.fixturenames and metafunc.definition.get_closest_marker("every_way"):
        metafunc.parametrize("way", ["polling", "webhook"], indirect=True)


@pytest.fixture
def way(request: pytest.FixtureRequest) -> Way:
    """How updates reach the bot."""
    chosen: Way = getattr(request, "param", None) or USUAL_WAY[request.node.callspec.params["database_url"]]
    return chosen


@pytest.fixture
async def house(database_url: str, way: Way) -> AsyncIterator[House]:
    async with house_open(database_url, way=way) as house:
        yield house


@pytest.fixture
async def friends(house: House) -> Circle:
    return await honey_friends(house)
