"""Draws campaigns: a post as groups see it, the results as a chart and as a file."""

import asyncio
from functools import partial
from typing import Any, Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, markup, message_call
from bot.pictures.drawing import draw
from bot.rules.campaigns import counted_until, link_payload
from bot.services.campaigns.running import progress_of
from bot.telegram.parcels import File, Late
from bot.views.campaign_posts import campaign_post
from bot.views.campaign_results import (
    chart_caption,
    chart_data,
    chart_missing,
    results_book,
)
from bot.views.campaigns import ZONE
from bot.views.screens import Screen
from bot.views.spreadsheets import as_xlsx
from storage.states import OutboxKind


async def _post(due: Due) -> Call | None:
    campaign = await due.uow.campaigns.find(due.subject_id)
    if campaign is None:
        return None
    group_id = int(due.payload.get("group_id", 0))
    group = await due.uow.groups.find(group_id)
    language = group.language if group is not None else due.payload["language"]
    screen = campaign_post(
        Translator(language),
        campaign,
        await due.uow.campaigns.find_promotion(campaign.promotion_id),
        link=due.shop.link(link_payload(campaign.token, group_id)),
        time_zone=group.time_zone if group is not None else ZONE,
        now=due.now,
    )
    if campaign.photo_id is None or due.payload.get("plain"):
        return message_call(screen.payload())
    params: dict[str, Any] = {"caption": str(screen.text), "parse_mode": "HTML", **markup(screen.keyboard())}
    return "sendPhoto", {"photo": campaign.photo_id, **params}


async def _sheet(due: Due) -> Call | None:
    campaign = await due.uow.campaigns.find(due.subject_id)
    if campaign is None or campaign.launched_at is None:
        return None
    t = Translator((await due.uow.members.get(due.entry.chat_id)).language)
    progress = await progress_of(due.uow, campaign)
    rows = await due.uow.campaign_results.by_group(campaign, until=counted_until(campaign.launched_at))
    # Ten thousand rows take long enough to keep everybody else waiting.
    content = await asyncio.to_thread(lambda: as_xlsx(results_book(t, progress, rows)))
    return "sendDocument", {
        "document": File(name=f"campaign-{campaign.id}.xlsx", content=content),
        "caption": str(chart_caption(t, campaign)),
        "parse_mode": "HTML",
    }


async def _chart(due: Due) -> Call | None:
    campaign = await due.uow.campaigns.find(due.subject_id)
    if campaign is None or campaign.launched_at is None:
        return None
    t = Translator((await due.uow.members.get(due.entry.chat_id)).language)
    results, until = due.uow.campaign_results, counted_until(campaign.launched_at)
    data = chart_data(
        t,
        await progress_of(due.uow, campaign),
        opened_at=await results.opened_at(campaign.id or 0),
        ordered_at=await results.ordered_at(campaign, until=until),
    )
    instead = message_call(Screen(text=chart_missing(t)).payload())
    picture = Late(name="campaign.png", make=partial(draw, "campaign", data), otherwise=instead)
    return "sendPhoto", {
        "photo": picture,
        "caption": str(chart_caption(t, campaign)),
        "parse_mode": "HTML",
    }


CAMPAIGN_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.CAMPAIGN: _post,
    OutboxKind.CAMPAIGN_SHEET: _sheet,
    OutboxKind.CAMPAIGN_CHART: _chart,
}
