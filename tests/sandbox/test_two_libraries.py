"""A small bot on python-telegram-bot and a small bot on aiogram live through the same day in a group."""

from collections.abc import AsyncIterator

import pytest

from sandbox.models.media import plain_picture
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.honey_bots import LIBRARIES, HoneyBot, Way


@pytest.fixture(params=sorted(LIBRARIES))
def library(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["polling", "webhook"])
def way(request: pytest.FixtureRequest) -> Way:
    way: Way = request.param
    return way


@pytest.fixture
async def fresh_bot(tg: Sandbox) -> Bot:
    """A bot that has asked for nothing yet."""
    return tg.create_bot("honey_bot")


@pytest.fixture
async def honey_bot(tg: Sandbox, fresh_bot: Bot, library: str, way: Way) -> AsyncIterator[HoneyBot]:
    async with LIBRARIES[library](tg.url, fresh_bot.token, way) as bot:
        await tg.world.until(
            lambda: fresh_bot.updates.is_polled or fresh_bot.webhook, waiting_for=f"the bot on {library}"
        )
        yield bot


async def test_both_libraries_live_through_the_same_day(
    tg: Sandbox, honey_bot: HoneyBot, fresh_bot: Bot, mei: Person, ann: Person, bob: Person
) -> None:
    group = tg.group("Honey friends", owner=mei, members=[ann])
    await mei.adds_bot(fresh_bot, group, admin=True)

    await commands_are_answered(group, mei)
    await buttons_edit_the_card(group, ann)
    await replies_are_understood(group, ann)
    await people_who_join_by_link_are_greeted(group, mei, bob)
    await reactions_are_counted(group, ann)
    await photos_are_sent_back(group, mei)
    await edits_are_noticed(group, ann)
    assert tg.world.limits.refusals == 0


async def commands_are_answered(group: Group, mei: Person) -> None:
    await mei.says("/pick@honey_bot", in_=group)
    card = await group.until_message(containing="Yunnan honey: 0 jars")
    assert card.buttons == [["Order +1"]]
    assert card.entities[0]["type"] == "bold"


async def buttons_edit_the_card(group: Group, ann: Person) -> None:
    card = await group.until_message(containing="Yunnan honey")
    tap = await ann.taps("Order +1", on=card)
    assert (await tap.answered()).text == "1 jar for you, Ann"
    await card.until(contains="Yunnan honey: 1 jars")


async def replies_are_understood(group: Group, ann: Person) -> None:
    card = await group.until_message(containing="Yunnan honey")
    order = await ann.says("+2", reply_to=card)
    await card.until(contains="Yunnan honey: 3 jars")
    await order.until_reaction("👍", 1)


async def people_who_join_by_link_are_greeted(group: Group, mei: Person, bob: Person) -> None:
    await mei.says("/link@honey_bot", in_=group)
    told = await group.until_message(containing="https://t.me/+")
    await bob.joins(told.text.split()[-1])
    await group.until_message(containing="Welcome, Bob, by the link for friends")


async def reactions_are_counted(group: Group, ann: Person) -> None:
    card = await group.until_message(containing="Yunnan honey")
    await ann.reacts("🔥", to=card)
    await group.until_message(containing="Ann likes it: 🔥")


async def photos_are_sent_back(group: Group, mei: Person) -> None:
    photo = await mei.sends_photo(caption="The first jars", in_=group, image=plain_picture())
    echo = await group.until_message(containing="Seen: The first jars", after=photo)
    assert echo.photo == plain_picture()


async def edits_are_noticed(group: Group, ann: Person) -> None:
    said = await ann.says("/note@honey_bot one", in_=group)
    await group.until_message(containing="Noted: one")
    await ann.edits(said, "/note@honey_bot two")
    await group.until_message(containing="Changed to: two")
