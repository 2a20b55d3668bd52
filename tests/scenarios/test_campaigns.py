"""Those who run the bot send one message to many groups, and see what came of it."""

import asyncio
import io
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.admin_errors import NotAnAdmin
from bot.i18n import Translator
from bot.jobs.campaigns import send_campaigns
from bot.services.campaigns.drafting import begin_campaign, launch_campaign, write_words
from bot.views.refusals import refusal
from sandbox.people import Group, Person, SeenMessage
from storage.models import Campaign, CampaignPost
from storage.models import Group as StoredGroup
from storage.states import CampaignPostState, CampaignState
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import EXPECTED_SECONDS, Circle
from tests.scenarios.test_crash import process_of
from tests.services.promotions import make_promotion

PNG = b"\x89PNG\r\n"
LOOKS = ([["Have a look"]], [["Посмотреть"]])
"""The button under a campaign, in the languages of these groups."""


@pytest.fixture
async def team(friends: Circle) -> Circle:
    """The friends; Mei runs the bot, and everybody reads private messages."""
    friends.house.parts.shop.admin_ids = frozenset({friends.mei.id})
    for person in (friends.ann, friends.ben):
        await person.starts(friends.house.account)
    await friends.house.settles()
    return friends


async def serves(friends: Circle, title: str, *, owner: Person, username: str | None = None) -> Group:
    """Another group with the bot."""
    group = friends.house.tg.group(title, owner=owner, username=username)
    await owner.adds_bot(friends.house.account, group)
    await friends.house.settles()
    return group


async def goes_out(friends: Circle) -> None:
    """The campaigns go out as far as they can now."""
    for _ in range(3):
        await send_campaigns(friends.house.parts.shop)
        await friends.house.settles()


async def taps(friends: Circle, words: str, *, by: Person | None = None) -> SeenMessage:
    """Tap a button under the newest message in private; returns what stands there then."""
    person = by or friends.mei
    await person.taps(words, on=last_with(friends, person, words))
    await friends.house.settles()
    return last(friends, person)


async def writes(friends: Circle, words: str) -> SeenMessage:
    await friends.mei.says(words, to=friends.house.account)
    await friends.house.settles()
    return last(friends, friends.mei)


async def made(friends: Circle, words: str = "Honey week!\nCome & see <3") -> None:
    """A new campaign that has its words."""
    await writes(friends, "/campaigns")
    await taps(friends, "New campaign")
    await taps(friends, "Words")
    page = await writes(friends, words)
    assert words in page.text


def posted_in(friends: Circle, group: Group) -> list[SeenMessage]:
    return [post for post in friends.house.posts_in(group) if post.buttons in LOOKS]


async def test_a_campaign_goes_from_words_to_orders(team: Circle) -> None:
    house, shop, noor = team.house, team.house.parts.shop, team.house.tg.person("Noor")
    tea = await serves(team, "Чай", owner=team.ben, username="tea_friends")
    await team.ben.says("/settings currency EUR", in_=tea)
    await team.offers("10.00 Yunnan honey | 20 jars | till 20:00")
    await make_promotion(shop, None, in_all_groups=True)

    await made(team)
    await taps(team, "Promotion")
    assert "It announces “Harvest”" in (await taps(team, "Harvest")).text
    await taps(team, "Groups")
    assert "It goes to 1 group." in (await taps(team, "Русский")).text
    assert "It goes to 2 groups." in (await taps(team, "✓ Русский")).text
    await taps(team, "‹ Back")
    preview = await taps(team, "Preview")
    assert "Come & see <3" in preview.text
    assert "10% off" in preview.text
    await taps(team, "Launch…")
    await taps(team, "Send it to 2 groups")
    await goes_out(team)

    [post], [russian] = posted_in(team, team.group), posted_in(team, tea)
    assert "Come & see <3" in post.text
    assert "От тех, кто управляет этим ботом" in russian.text
    assert "Your campaign has reached its last group." in last(team, team.mei).text

    await team.ann.taps("Have a look", on=post)
    await house.settles()
    assert "Yunnan honey" in last(team, team.ann).text
    await team.ann.says("/order 1 2", in_=team.group)
    await noor.taps("Посмотреть", on=russian)
    await house.settles()
    [door] = [button for row in last(team, noor).rows for button in row]
    assert door["url"] == "https://t.me/tea_friends"
    await noor.joins_directly(tea)
    await house.settles()

    results = await taps(team, "Refresh")
    for line in ("Sent: 2 of 2", "Opened by 2", "New members: 1", "Orders: 1"):
        assert line in results.text
    assert "Discount spent: €2.00" in results.text
    assert "Discount per order: €2.00" in results.text
    await team.mei.taps("Chart", on=results)
    await team.mei.taps("Table", on=results)
    await house.settles()
    chart, table = house.posts_in(team.mei.private(house.account))[-2:]
    if chart.photo is None:
        chart, table = table, chart
    assert chart.photo is not None
    assert chart.photo.startswith(PNG)
    assert table.document is not None
    [sheet] = load_workbook(io.BytesIO(table.document)).worksheets
    rows = {str(row[0]): row[4:] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert rows["Honey friends"] == (1, 0, 1, 2)
    assert rows["Чай"] == (1, 1, 0, 0)
    assert rows["Together"] == (2, 1, 1, 2)


async def test_it_is_paused_gone_on_with_and_stopped(team: Circle) -> None:
    house = team.house
    tea = await serves(team, "Tea", owner=team.ben)
    gone = await serves(team, "Gone", owner=team.ben)
    moved = await serves(team, "Moved", owner=team.ben)
    await made(team)
    await taps(team, "Groups")
    await taps(team, "Only those I list")
    refused = await writes(team, "Tea, nowhere")
    assert "nowhere" in refused.text
    assert "It goes to 3 groups." in (await writes(team, "Tea\nGone\nMoved")).text
    await taps(team, "Launch…")

    await team.ben.says("/settings campaigns off", in_=moved)
    await house.settles()
    await team.mei.taps("Send it to 3 groups", on=last(team, team.mei))
    await house.settles()
    assert "Send it to 2 groups?" in last(team, team.mei).text
    await team.ben.says("/settings campaigns on", in_=moved)
    await house.settles()
    await taps(team, "‹ Back")
    await taps(team, "Launch…")
    await taps(team, "Send it to 3 groups")
    await taps(team, "Pause")
    await goes_out(team)
    assert posted_in(team, tea) == []

    await team.ben.removes_bot(house.account, gone)
    await house.settles()
    await taps(team, "Go on")
    await goes_out(team)
    assert len(posted_in(team, tea)) == len(posted_in(team, moved)) == 1
    result = await taps(team, "Refresh")
    assert "Sent: 2 of 3" in result.text
    assert "Left out: 1 (I am no longer there: 1)" in result.text
    [campaign] = await house.rows(Campaign)
    assert campaign.state is CampaignState.DONE

    await made(team, "Another one")
    await taps(team, "Launch…")
    await taps(team, "Send it to 3 groups")
    await taps(team, "Stop…")
    stopped = await taps(team, "Stop it for good")
    assert "Campaign, stopped" in stopped.text
    await goes_out(team)
    assert not [post for post in house.posts_in(tea) if "Another one" in post.text]


async def test_only_those_who_run_the_bot_may(team: Circle) -> None:
    house = team.house
    await made(team)
    refused = refusal(Translator("en"), NotAnAdmin())
    [told] = await house.hears(team.ann.says("/campaigns", to=house.account))
    assert told.text == refused
    house.parts.shop.admin_ids = frozenset()
    tap = await team.mei.taps("Launch…", on=last(team, team.mei))
    assert (await tap.answered()).text == refused
    assert await house.rows(CampaignPost) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_killed_outright_it_goes_on_where_it_was(team: Circle, tmp_path: Path) -> None:
    """What was with Telegram at that moment is left to a person; nobody gets it twice."""
    house = team.house
    groups = [await serves(team, f"Group {n}", owner=team.ben) for n in range(14)]
    now = datetime.now(UTC)
    async with house.parts.shop.writing() as uow:
        for stored in await uow.groups.list_active():
            stored.quiet_from = stored.quiet_until = 0
            await uow.groups.save(stored)
        campaign = await begin_campaign(uow, by_id=team.mei.id, now=now)
        assert campaign.id is not None
        await write_words(uow, campaign.id, "Honey week")
        await launch_campaign(uow, campaign.id, confirmed=15, by_id=team.mei.id, now=now)
    await house.settles()
    await house.stops()

    def have_it() -> Counter[str]:
        everywhere = (team.group, *groups)
        return Counter({group.chat.title or "": len(posted_in(team, group)) for group in everywhere})

    async with process_of(house, tmp_path) as process:
        async with asyncio.timeout(EXPECTED_SECONDS):
            while have_it().total() < 4:
                await house.something_stirs()
        process.kill()
        await process.wait()

    await house.starts()
    for _ in range(4):
        await goes_out(team)
    counts = have_it()
    titles = {stored.id: stored.title for stored in await house.rows(StoredGroup)}
    states = {titles[post.group_id]: post.state for post in await house.rows(CampaignPost)}
    assert max(counts.values()) == 1
    assert set(states.values()) <= {CampaignPostState.SENT, CampaignPostState.UNCLEAR}
    assert all(counts[title] == 1 for title, state in states.items() if state is CampaignPostState.SENT)
