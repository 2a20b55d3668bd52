"""Campaigns in private for those who run the bot; and what a campaign's link opens for everybody."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from telegram import Bot

from bot.callbacks.campaigns import CampaignButton, CampaignDeedButton, CampaignPostButton, CampaignsButton
from bot.campaign_errors import CampaignReachChanged
from bot.errors import ButtonOutdated, NotInGroup
from bot.i18n import LANGUAGES, Translator
from bot.rules.campaigns import SIZES, Audience, audience_of
from bot.services.campaigns.drafting import (
    announce,
    begin_campaign,
    discard_campaign,
    launch_campaign,
    mean,
    reach_of,
    set_photo,
)
from bot.services.campaigns.running import (
    campaign_of,
    pause_campaign,
    progress_of,
    resume_campaign,
    settle_unclear,
    stop_campaign,
    try_again,
)
from bot.shop import Shop
from bot.views.campaign_posts import opened, outside
from bot.views.campaign_results import MOST_UNCLEAR, campaign_progress, unclear_posts
from bot.views.campaigns import (
    CAMPAIGNS_A_PAGE,
    Drafted,
    ask_groups,
    ask_photo,
    ask_words,
    campaign_draft,
    campaign_list,
    choose_groups,
    choose_promotion,
    confirm_launch,
    confirm_stop,
)
from bot.views.overview import overview
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.access import require_admin
from handlers.details import admit_to
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Campaign, Group
from storage.states import CampaignPostState, CampaignState, OutboxKind
from storage.unit_of_work import UnitOfWork

WORDS_ASKED: Final = "campaign_words"
PHOTO_ASKED: Final = "campaign_photo"
GROUPS_ASKED: Final = "campaign_groups"
STEPS: Final = (WORDS_ASKED, PHOTO_ASKED, GROUPS_ASKED)
"""Under these steps something is waited for."""

_MOST_PROMOTIONS = 20


async def campaigns_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/campaigns`: all of them, for those who run the bot."""
    async with shop.handling(said.update_id) as uow:
        await require_admin(uow, shop, said.person.id)
        t = await speaker(uow, said.person)
        await tell(uow, shop, said, await _list(uow, t, 0), payload="campaigns_0")


async def campaigns_turned(tap: Tap, shop: Shop) -> None:
    """Another page of them."""
    button = CampaignsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        await _wait_no_more(uow, tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _list(uow, t, max(0, button.page)))
    await tap.answer()


async def campaign_turned(tap: Tap, shop: Shop) -> None:
    """One campaign, or a page of it."""
    button = CampaignButton.read(tap.data)
    if button.page not in _PAGES:
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        await _wait_no_more(uow, tap.person.id)
        campaign = await campaign_of(uow, button.campaign_id)
        t = await speaker(uow, tap.person)
        page = _PAGES[button.page] if _fits(campaign, button.page) else _home
        await redraw(uow, shop, tap, await page(uow, shop, t, campaign))
    await tap.answer()


async def campaign_deed_tapped(tap: Tap, shop: Shop) -> None:
    """Change it, launch it, halt it, or ask for its results."""
    button = CampaignDeedButton.read(tap.data)
    deed = _DEEDS.get(button.deed)
    if deed is None:
        raise ButtonOutdated
    changed: CampaignReachChanged | None = None
    try:
        async with shop.handling(tap.update_id) as uow:
            await require_admin(uow, shop, tap.person.id)
            await _wait_no_more(uow, tap.person.id)
            t = await speaker(uow, tap.person)
            screen = await deed(uow, shop, tap, t, button)
            if screen is not None:
                await redraw(uow, shop, tap, screen)
    except CampaignReachChanged as error:
        changed = error
    if changed is None:
        await tap.answer()
        return
    async with shop.writing() as uow:
        campaign = await campaign_of(uow, button.campaign_id)
        await redraw(uow, shop, tap, await _confirm_launch(uow, shop, t, campaign))
    await tap.answer(refusal(t, changed), alert=True)


async def campaign_post_tapped(tap: Tap, shop: Shop) -> None:
    """Somebody has looked whether it arrived in a group."""
    button = CampaignPostButton.read(tap.data)
    if button.deed not in ("there", "again"):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        await require_admin(uow, shop, tap.person.id)
        await settle_unclear(
            uow,
            button.campaign_id,
            button.group_id,
            arrived=button.deed == "there",
            by_id=tap.person.id,
            now=shop.now(),
        )
        campaign = await campaign_of(uow, button.campaign_id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _unclear(uow, shop, t, campaign))
    await tap.answer()


async def campaign_opened(said: Said, shop: Shop, bot: Bot, token: str, group_id: int) -> None:
    """A campaign's link: what it announces and what the group has on offer, or the way in."""
    async with shop.reading() as uow:
        campaign = await uow.campaigns.find_by_token(token)
        group = await uow.groups.find(group_id)
    if campaign is None or group is None:
        raise ButtonOutdated
    is_inside = True
    try:
        await admit_to(said.person, shop, bot, group)
    except NotInGroup:
        is_inside = False
    async with shop.handling(said.update_id) as uow:
        if await uow.campaign_posts.find(campaign.id or 0, group_id) is None:
            raise ButtonOutdated
        await uow.members.meet([said.person], now=shop.now())
        await uow.campaigns.visit(campaign.id or 0, said.person.id, group_id, now=shop.now())
        t = await speaker(uow, said.person)
        screen = await _opened(uow, shop, t, campaign, group, is_inside=is_inside)
        await send(uow, shop, said.person.id, screen)


async def draft_screen(uow: UnitOfWork, shop: Shop, t: Translator, campaign: Campaign) -> Screen:
    """A campaign in the making."""
    return campaign_draft(t, await _drafted(uow, shop, campaign), now=shop.now())


async def _opened(
    uow: UnitOfWork, shop: Shop, t: Translator, campaign: Campaign, group: Group, *, is_inside: bool
) -> Screen:
    promotion = await uow.campaigns.find_promotion(campaign.promotion_id)
    where: dict[str, Any] = {"group": group.title, "time_zone": group.time_zone, "now": shop.now()}
    if not is_inside:
        url = f"https://t.me/{group.username}" if group.username else None
        return outside(t, promotion, url=url, **where)
    live = await uow.picks.list_live(group.id or 0)
    tiers = await uow.pricing.tiers({posted.pick.offer_id for posted in live})
    details = {posted.id: shop.link(f"d_{posted.id}") for posted in live}
    return opened(t, promotion, overview(t, live, now=shop.now(), details=details, tiers=tiers), **where)


async def _list(uow: UnitOfWork, t: Translator, page: int) -> Screen:
    found = await uow.campaigns.list_newest(limit=CAMPAIGNS_A_PAGE + 1, offset=page * CAMPAIGNS_A_PAGE)
    return campaign_list(t, found[:CAMPAIGNS_A_PAGE], page=page, has_more=len(found) > CAMPAIGNS_A_PAGE)


async def _drafted(uow: UnitOfWork, shop: Shop, campaign: Campaign) -> Drafted:
    return Drafted(
        campaign=campaign,
        promotion=await uow.campaigns.find_promotion(campaign.promotion_id),
        reached=await reach_of(uow, campaign, now=shop.now()),
    )


async def _wait_no_more(uow: UnitOfWork, person_id: int) -> None:
    for step in STEPS:
        await uow.pickups.wait_no_more(person_id, step)


async def _home(uow: UnitOfWork, shop: Shop, t: Translator, campaign: Campaign) -> Screen:
    if campaign.state is CampaignState.DRAFT:
        return await draft_screen(uow, shop, t, campaign)
    return campaign_progress(t, await progress_of(uow, campaign), now=shop.now())


async def _promotions(uow: UnitOfWork, shop: Shop, t: Translator, campaign: Campaign) -> Screen:
    promotions = await uow.campaigns.promotions_to_announce(now=shop.now(), limit=_MOST_PROMOTIONS)
    return choose_promotion(t, campaign, promotions)


async def _groups(uow: UnitOfWork, shop: Shop, t: Translator, campaign: Campaign) -> Screen:
    drafted = await _drafted(uow, shop, campaign)
    return choose_groups(t, drafted, await uow.campaigns.count_by_language(drafted.promotion))


async def _confirm_launch(uow: UnitOfWork, shop: Shop, t: Translator, campaign: Campaign) -> Screen:
    drafted = await _drafted(uow, shop, campaign)
    if not campaign.words or not drafted.reached.groups:
        return campaign_draft(t, drafted, now=shop.now())
    return confirm_launch(t, drafted)


async def _confirm_stop(_uow: UnitOfWork, _shop: Shop, t: Translator, campaign: Campaign) -> Screen:
    return confirm_stop(t, campaign)


async def _unclear(uow: UnitOfWork, _shop: Shop, t: Translator, campaign: Campaign) -> Screen:
    key = campaign.id or 0
    counts = await uow.campaign_posts.counts(key)
    places = await uow.campaign_posts.list_in(key, [CampaignPostState.UNCLEAR], limit=MOST_UNCLEAR)
    return unclear_posts(t, campaign, places, total=counts.get(CampaignPostState.UNCLEAR, 0))


def _fits(campaign: Campaign, page: str) -> bool:
    """What is for drafts alone shows nothing of a campaign that was launched, and the other way round."""
    return page == "home" or (campaign.state is CampaignState.DRAFT) == (
        page in ("promotion", "groups", "launch")
    )


async def _new(uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, _button: CampaignDeedButton) -> Screen:
    await uow.members.meet([tap.person], now=shop.now())
    campaign = await begin_campaign(uow, by_id=tap.person.id, now=shop.now())
    return await draft_screen(uow, shop, t, campaign)


async def _ask(uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, button: CampaignDeedButton) -> Screen:
    step, ask = {
        "words": (WORDS_ASKED, ask_words),
        "photo": (PHOTO_ASKED, ask_photo),
        "list": (GROUPS_ASKED, ask_groups),
    }[button.deed]
    content = {"campaign_id": button.campaign_id}
    await uow.pickups.wait_for(tap.person.id, step, content, now=shop.now())
    return ask(t, button.campaign_id)


async def _no_photo(
    uow: UnitOfWork, shop: Shop, _tap: Tap, t: Translator, button: CampaignDeedButton
) -> Screen:
    return await draft_screen(uow, shop, t, await set_photo(uow, button.campaign_id, None))


async def _announce(
    uow: UnitOfWork, shop: Shop, _tap: Tap, t: Translator, button: CampaignDeedButton
) -> Screen:
    promotion_id = _number(button.value)
    return await draft_screen(uow, shop, t, await announce(uow, button.campaign_id, promotion_id or None))


async def _mean(uow: UnitOfWork, shop: Shop, _tap: Tap, t: Translator, button: CampaignDeedButton) -> Screen:
    campaign = await campaign_of(uow, button.campaign_id)
    audience = audience_of(campaign.audience)
    if button.deed == "language" and button.value in LANGUAGES:
        audience = audience.toggled(button.value)
    elif button.deed == "size" and _number(button.value) in SIZES:
        audience = Audience(languages=audience.languages, members_from=_number(button.value))
    elif button.deed == "all":
        audience = Audience()
    else:
        raise ButtonOutdated
    campaign = await mean(uow, button.campaign_id, audience)
    return await _groups(uow, shop, t, campaign)


async def _preview(uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, button: CampaignDeedButton) -> None:
    await uow.outbox.add(
        OutboxKind.CAMPAIGN,
        chat_id=tap.person.id,
        subject_id=button.campaign_id,
        payload={"language": t.language},
        now=shop.now(),
    )


async def _launch(uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, button: CampaignDeedButton) -> Screen:
    campaign = await launch_campaign(
        uow,
        button.campaign_id,
        confirmed=_number(button.value),
        by_id=tap.person.id,
        now=shop.now(),
    )
    return campaign_progress(t, await progress_of(uow, campaign), now=shop.now())


async def _discard(
    uow: UnitOfWork, _shop: Shop, _tap: Tap, t: Translator, button: CampaignDeedButton
) -> Screen:
    await discard_campaign(uow, button.campaign_id)
    return await _list(uow, t, 0)


async def _turn(uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, button: CampaignDeedButton) -> Screen:
    turns = {"pause": pause_campaign, "resume": resume_campaign, "stop": stop_campaign}
    campaign = await turns[button.deed](uow, button.campaign_id, by_id=tap.person.id, now=shop.now())
    return campaign_progress(t, await progress_of(uow, campaign), now=shop.now())


async def _again(uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, button: CampaignDeedButton) -> Screen:
    await try_again(uow, button.campaign_id, by_id=tap.person.id, now=shop.now())
    campaign = await campaign_of(uow, button.campaign_id)
    return campaign_progress(t, await progress_of(uow, campaign), now=shop.now())


async def _results(uow: UnitOfWork, shop: Shop, tap: Tap, _t: Translator, button: CampaignDeedButton) -> None:
    kind = OutboxKind.CAMPAIGN_CHART if button.deed == "chart" else OutboxKind.CAMPAIGN_SHEET
    await uow.outbox.add(
        kind,
        chat_id=tap.person.id,
        subject_id=button.campaign_id,
        # Impatient taps need one drawing.
        merge_key=f"{kind.value}:{button.campaign_id}:{tap.person.id}",
        now=shop.now(),
    )


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise ButtonOutdated
    return int(text)


_Page = Callable[[UnitOfWork, Shop, Translator, Campaign], Awaitable[Screen]]
_Deed = Callable[[UnitOfWork, Shop, Tap, Translator, CampaignDeedButton], Awaitable[Screen | None]]

_PAGES: Final[dict[str, _Page]] = {
    "home": _home,
    "promotion": _promotions,
    "groups": _groups,
    "launch": _confirm_launch,
    "stop": _confirm_stop,
    "unclear": _unclear,
}

_DEEDS: Final[dict[str, _Deed]] = {
    "new": _new,
    "words": _ask,
    "photo": _ask,
    "list": _ask,
    "nophoto": _no_photo,
    "promo": _announce,
    "language": _mean,
    "size": _mean,
    "all": _mean,
    "preview": _preview,
    "launch": _launch,
    "discard": _discard,
    "pause": _turn,
    "resume": _turn,
    "stop": _turn,
    "again": _again,
    "chart": _results,
    "sheet": _results,
}
