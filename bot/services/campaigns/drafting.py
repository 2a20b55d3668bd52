"""Making a campaign: its words, its photo, what it announces and for which groups."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.campaign_errors import (
    CampaignForNobody,
    CampaignGroupsTooMany,
    CampaignGroupsUnknown,
    CampaignLaunched,
    CampaignReachChanged,
    CampaignWordsMissing,
    CampaignWordsTooLong,
)
from bot.errors import ButtonOutdated
from bot.rules.campaigns import (
    IS_OVER,
    LONGEST_WORDS,
    MOST_LISTED,
    Audience,
    audience_of,
    names_in,
    title_of,
)
from bot.rules.promotions import why_not_in_force
from bot.rules.quiet_hours import is_quiet
from storage.models import Campaign
from storage.states import CampaignState
from storage.unit_of_work import UnitOfWork

_TOKEN_BYTES = 6


@dataclass(frozen=True, kw_only=True)
class Reached:
    """How many groups are meant, and in how many of them it is quiet now."""

    groups: int
    quiet: int


async def begin_campaign(uow: UnitOfWork, *, by_id: int, now: datetime) -> Campaign:
    """A new, empty campaign for every group that takes campaigns."""
    campaign = Campaign(
        token=secrets.token_hex(_TOKEN_BYTES),
        title="",
        words="",
        audience=Audience().kept(),
        state=CampaignState.DRAFT,
        created_at=now,
        created_by_id=by_id,
    )
    return await uow.campaigns.add(campaign)


async def draft_of(uow: UnitOfWork, campaign_id: int) -> Campaign:
    """A campaign that can still be changed, locked. Raises ButtonOutdated and CampaignLaunched."""
    campaign = await uow.campaigns.find(campaign_id, lock=True)
    if campaign is None:
        raise ButtonOutdated
    if campaign.state is not CampaignState.DRAFT:
        raise CampaignLaunched
    return campaign


async def write_words(uow: UnitOfWork, campaign_id: int, words: str) -> Campaign:
    """Give a campaign its words. Raises CampaignWordsMissing and CampaignWordsTooLong."""
    words = words.strip()
    if not words:
        raise CampaignWordsMissing
    # As Telegram counts: in UTF-16 units.
    if len(words.encode("utf-16-le")) // 2 > LONGEST_WORDS:
        raise CampaignWordsTooLong(LONGEST_WORDS)
    campaign = await draft_of(uow, campaign_id)
    campaign.words, campaign.title = words, title_of(words)
    await uow.campaigns.save(campaign)
    return campaign


async def set_photo(uow: UnitOfWork, campaign_id: int, photo_id: str | None) -> Campaign:
    """Give a campaign its photo, or take it away."""
    campaign = await draft_of(uow, campaign_id)
    campaign.photo_id = photo_id
    await uow.campaigns.save(campaign)
    return campaign


async def announce(uow: UnitOfWork, campaign_id: int, promotion_id: int | None) -> Campaign:
    """Let a campaign announce a promotion, or none. Raises ButtonOutdated."""
    campaign = await draft_of(uow, campaign_id)
    if promotion_id is not None and await uow.campaigns.find_promotion(promotion_id) is None:
        raise ButtonOutdated
    campaign.promotion_id = promotion_id
    await uow.campaigns.save(campaign)
    return campaign


async def mean(uow: UnitOfWork, campaign_id: int, audience: Audience) -> Campaign:
    """Choose the groups of a campaign."""
    campaign = await draft_of(uow, campaign_id)
    campaign.audience = audience.kept()
    await uow.campaigns.save(campaign)
    return campaign


async def list_groups(uow: UnitOfWork, campaign_id: int, text: str) -> Campaign:
    """Choose exactly the groups that somebody has listed.

    Raises CampaignGroupsUnknown and CampaignGroupsTooMany.
    """
    names = names_in(text)
    if len(names) > MOST_LISTED:
        raise CampaignGroupsTooMany(MOST_LISTED)
    found, unknown = await _found(uow, names)
    if unknown or not found:
        raise CampaignGroupsUnknown(", ".join(unknown))
    return await mean(uow, campaign_id, Audience(group_ids=tuple(sorted(set(found)))))


async def reach_of(uow: UnitOfWork, campaign: Campaign, *, now: datetime) -> Reached:
    """How many groups would get a campaign if it was launched now."""
    audience = audience_of(campaign.audience)
    clocks = await uow.campaigns.reach(
        languages=audience.languages,
        members_from=audience.members_from,
        group_ids=audience.group_ids,
        promotion=await uow.campaigns.find_promotion(campaign.promotion_id),
    )
    quiet = [
        clock.groups
        for clock in clocks
        if is_quiet(
            now, time_zone=clock.time_zone, quiet_from=clock.quiet_from, quiet_until=clock.quiet_until
        )
    ]
    return Reached(groups=sum(clock.groups for clock in clocks), quiet=sum(quiet))


async def launch_campaign(
    uow: UnitOfWork, campaign_id: int, *, confirmed: int, by_id: int, now: datetime
) -> Campaign:
    """Send it to every group that is meant, if they are as many as somebody confirmed.

    Raises CampaignLaunched, CampaignWordsMissing, CampaignForNobody and CampaignReachChanged.
    """
    campaign = await draft_of(uow, campaign_id)
    if not campaign.words:
        raise CampaignWordsMissing
    audience = audience_of(campaign.audience)
    promotion = await uow.campaigns.find_promotion(campaign.promotion_id)
    if promotion is not None and why_not_in_force(promotion, now=now) in IS_OVER:
        raise CampaignForNobody
    count = await uow.campaigns.choose(
        campaign_id,
        languages=audience.languages,
        members_from=audience.members_from,
        group_ids=audience.group_ids,
        promotion=promotion,
        now=now,
    )
    if not count:
        raise CampaignForNobody
    if count != confirmed:
        raise CampaignReachChanged(count)
    campaign.state, campaign.launched_at = CampaignState.RUNNING, now
    await uow.campaigns.save(campaign)
    details = {"campaign_id": campaign_id, "title": campaign.title, "groups": count}
    await uow.audit.add("campaign_launched", group_id=None, person_id=by_id, now=now, details=details)
    return campaign


async def discard_campaign(uow: UnitOfWork, campaign_id: int) -> None:
    """Forget a draft. Raises ButtonOutdated and CampaignLaunched."""
    await draft_of(uow, campaign_id)
    await uow.campaigns.remove(campaign_id)


async def _found(uow: UnitOfWork, names: Sequence[str]) -> tuple[list[int], list[str]]:
    found, unknown = [], []
    for name in names:
        groups = await uow.campaigns.find_named(name)
        if len(groups) == 1:
            found.append(groups[0].id or 0)
        else:
            unknown.append(name)
    return found, unknown
