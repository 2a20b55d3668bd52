"""Sends one campaign to ten thousand groups, with a Telegram that answers at once."""

import tempfile
import time
from pathlib import Path

from sqlalchemy import insert

from benchmarks.table import Row
from bot.jobs.campaigns import send_campaigns
from bot.jobs.outbox import DatabaseOutbox
from bot.services.campaigns.drafting import begin_campaign, launch_campaign, reach_of, write_words
from bot.shop import Shop
from storage.engine import opened
from storage.models import Group
from storage.repositories.members import Seen
from storage.schema import migrate
from storage.states import CampaignPostState
from storage.tables import table

GROUPS = 10_000
_SENT = 2_000
_TELEGRAM = 30
"""Messages a second that Telegram bears."""

_OLGA = Seen(id=7_000_000_000, name="Olga", username=None, language="en")


async def measure() -> list[Row]:
    """Choose the groups, and send to the first two thousand."""
    with tempfile.TemporaryDirectory() as place:
        async with opened(f"sqlite:///{Path(place) / 'bench.db'}") as database:
            await migrate(database.write)
            shop = Shop(database=database, bot_username="vouch_bot")
            await _make_groups(shop)
            campaign_id, choosing = await _launched(shop)
            began = time.perf_counter()
            sent = await _sent(shop)
            sending = time.perf_counter() - began
            async with shop.reading() as uow:
                counts = await uow.campaign_posts.counts(campaign_id)
    kept = counts.get(CampaignPostState.SENT, 0)
    return [
        Row(
            what=f"a campaign launched in {GROUPS:,} groups",
            figure=f"{choosing * 1000:,.0f} ms",
            aim="1,000 ms",
            reached=choosing < 1 and sum(counts.values()) == GROUPS,
        ),
        Row(
            what="its posts moved on from waiting to sent, each with four commits at most",
            figure=f"{sent / sending:,.0f}/s",
            aim=f"{_TELEGRAM}/s, Telegram's pace",
            reached=sent / sending > _TELEGRAM and sent == kept,
        ),
    ]


async def _make_groups(shop: Shop) -> None:
    rows = [
        {
            "chat_id": -1_000_000_000_000 - n,
            "title": f"Group {n}",
            "language": "en",
            "currency": "EUR",
            "time_zone": "UTC",
            "quiet_from": 0,
            "quiet_until": 0,
            "created_at": shop.now(),
        }
        for n in range(GROUPS)
    ]
    async with shop.database.write.begin() as connection:
        await connection.execute(insert(table(Group)), rows)


async def _launched(shop: Shop) -> tuple[int, float]:
    """The campaign's key, and the seconds that its launch took."""
    async with shop.writing() as uow:
        await uow.members.meet([_OLGA], now=shop.now())
        campaign = await begin_campaign(uow, by_id=_OLGA.id, now=shop.now())
        assert campaign.id is not None
        await write_words(uow, campaign.id, "Honey week")
    began = time.perf_counter()
    async with shop.writing() as uow:
        reached = await reach_of(uow, campaign, now=shop.now())
        await launch_campaign(uow, campaign.id, confirmed=reached.groups, by_id=_OLGA.id, now=shop.now())
    return campaign.id, time.perf_counter() - began


async def _sent(shop: Shop) -> int:
    outbox, sent = DatabaseOutbox(shop), 0
    while sent < _SENT:
        await send_campaigns(shop)
        parcels = await outbox.take(now=shop.now(), limit=32, not_chats=(), full_chats=())
        for parcel in parcels:
            await outbox.delivered(parcel, {"message_id": 1})
        sent += len(parcels)
    return sent
