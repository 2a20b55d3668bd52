"""A campaign under way: paused, resumed, stopped; what is unclear is settled, what failed tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.campaign_errors import CampaignOver
from bot.errors import ButtonOutdated
from bot.rules.campaigns import Deed, Hindrance, counted_until, may
from storage.models import Campaign, Promotion
from storage.states import CampaignPostState, CampaignState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Results:
    """What came of a campaign; the discount in minor units of its promotion's currency."""

    opens: int
    joined: int
    orders: int
    discount_amount: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a campaign has come, and what came of it."""

    campaign: Campaign
    promotion: Promotion | None
    counts: Mapping[CampaignPostState, int]
    #: Why groups were left out, and why Telegram refused, with how many.
    left_out: Mapping[str, int]
    refused: Mapping[str, int]
    next_due: datetime | None
    results: Results


async def campaign_of(uow: UnitOfWork, campaign_id: int, *, lock: bool = False) -> Campaign:
    """A campaign. Raises ButtonOutdated."""
    campaign = await uow.campaigns.find(campaign_id, lock=lock)
    if campaign is None:
        raise ButtonOutdated
    return campaign


async def pause_campaign(uow: UnitOfWork, campaign_id: int, *, by_id: int, now: datetime) -> Campaign:
    """Send no more of it, but what is on its way. Raises CampaignOver."""
    return await _halt(uow, campaign_id, Deed.PAUSE, CampaignState.PAUSED, by_id=by_id, now=now)


async def stop_campaign(uow: UnitOfWork, campaign_id: int, *, by_id: int, now: datetime) -> Campaign:
    """Send no more of it, for good. Raises CampaignOver."""
    campaign = await _halt(uow, campaign_id, Deed.STOP, CampaignState.STOPPED, by_id=by_id, now=now)
    await uow.campaign_posts.move_all(
        campaign_id,
        CampaignPostState.WAITING,
        CampaignPostState.SKIPPED,
        failure=Hindrance.STOPPED.value,
    )
    campaign.ended_at = now
    await uow.campaigns.save(campaign)
    return campaign


async def resume_campaign(uow: UnitOfWork, campaign_id: int, *, by_id: int, now: datetime) -> Campaign:
    """Go on with one that was paused. Raises CampaignOver."""
    campaign = await campaign_of(uow, campaign_id, lock=True)
    if not may(campaign.state, Deed.RESUME):
        raise CampaignOver
    return await _turn(uow, campaign, CampaignState.RUNNING, "campaign_resumed", by_id=by_id, now=now)


async def try_again(uow: UnitOfWork, campaign_id: int, *, by_id: int, now: datetime) -> int:
    """Send it once more where Telegram refused it; returns to how many groups. Raises CampaignOver."""
    campaign = await _unstopped(uow, campaign_id)
    count = await uow.campaign_posts.move_all(
        campaign_id,
        CampaignPostState.FAILED,
        CampaignPostState.WAITING,
        due_at=now,
        failure=None,
    )
    if count:
        await _note(uow, campaign, "campaign_tried_again", by_id=by_id, now=now, groups=count)
        await _go_on(uow, campaign)
    return count


async def settle_unclear(
    uow: UnitOfWork, campaign_id: int, group_id: int, *, arrived: bool, by_id: int, now: datetime
) -> None:
    """Somebody has looked whether it arrived in a group; where it did not, it is sent.

    Raises ButtonOutdated where that was settled before, and CampaignOver.
    """
    campaign = await _unstopped(uow, campaign_id) if not arrived else await campaign_of(uow, campaign_id)
    place = await uow.campaign_posts.find(campaign_id, group_id, lock=True)
    if place is None or place.state is not CampaignPostState.UNCLEAR:
        raise ButtonOutdated
    action = "campaign_post_found" if arrived else "campaign_post_sent_again"
    await _note(uow, campaign, action, by_id=by_id, now=now, group_id=group_id)
    if arrived:
        await uow.campaign_posts.mark(
            campaign_id, [group_id], CampaignPostState.SENT, sent_at=now, failure=None
        )
        return
    await uow.campaign_posts.mark(
        campaign_id, [group_id], CampaignPostState.WAITING, due_at=now, failure=None
    )
    await _go_on(uow, campaign)


async def progress_of(uow: UnitOfWork, campaign: Campaign) -> Progress:
    """How far a campaign has come, and what came of it until now."""
    key, posts = campaign.id or 0, uow.campaign_posts
    return Progress(
        campaign=campaign,
        promotion=await uow.campaigns.find_promotion(campaign.promotion_id),
        counts=await posts.counts(key),
        left_out=await posts.why(key, CampaignPostState.SKIPPED),
        refused=await posts.why(key, CampaignPostState.FAILED),
        next_due=await posts.next_due(key),
        results=await _results(uow, campaign),
    )


async def _halt(
    uow: UnitOfWork, campaign_id: int, deed: Deed, state: CampaignState, *, by_id: int, now: datetime
) -> Campaign:
    campaign = await campaign_of(uow, campaign_id, lock=True)
    if not may(campaign.state, deed):
        raise CampaignOver
    back = await uow.campaign_posts.take_back(campaign_id)
    await uow.campaign_posts.mark(campaign_id, back, CampaignPostState.WAITING)
    action = "campaign_paused" if deed is Deed.PAUSE else "campaign_stopped"
    return await _turn(uow, campaign, state, action, by_id=by_id, now=now)


async def _unstopped(uow: UnitOfWork, campaign_id: int) -> Campaign:
    campaign = await campaign_of(uow, campaign_id, lock=True)
    if campaign.state in (CampaignState.DRAFT, CampaignState.STOPPED):
        raise CampaignOver
    return campaign


async def _go_on(uow: UnitOfWork, campaign: Campaign) -> None:
    """What was done with is under way once more."""
    if campaign.state is CampaignState.DONE:
        campaign.ended_at = None
        campaign.state = CampaignState.RUNNING
        await uow.campaigns.save(campaign)


async def _turn(
    uow: UnitOfWork, campaign: Campaign, state: CampaignState, action: str, *, by_id: int, now: datetime
) -> Campaign:
    campaign.state = state
    await uow.campaigns.save(campaign)
    await _note(uow, campaign, action, by_id=by_id, now=now)
    return campaign


async def _note(
    uow: UnitOfWork,
    campaign: Campaign,
    action: str,
    *,
    by_id: int,
    now: datetime,
    group_id: int | None = None,
    **more: int,
) -> None:
    details = {"campaign_id": campaign.id, "title": campaign.title, **more}
    await uow.audit.add(action, group_id=group_id, person_id=by_id, now=now, details=details)


async def _results(uow: UnitOfWork, campaign: Campaign) -> Results:
    if campaign.launched_at is None:
        return Results(opens=0, joined=0, orders=0, discount_amount=0)
    opens, joined, orders, discount = await uow.campaign_results.totals(
        campaign, until=counted_until(campaign.launched_at)
    )
    return Results(opens=opens, joined=joined, orders=orders, discount_amount=discount)
