"""What somebody who runs the bot writes for a campaign: its words, its photo, its groups."""

from typing import Final

from bot.campaign_errors import CampaignLaunched
from bot.errors import ButtonOutdated, NotAllowed
from bot.services.campaigns.drafting import list_groups, set_photo, write_words
from bot.shop import Shop
from handlers.access import require_admin
from handlers.campaigns import GROUPS_ASKED, PHOTO_ASKED, STEPS, draft_screen
from handlers.conversation import Part, Waiting, answering, waiting_by
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.models import Campaign, Draft
from storage.unit_of_work import UnitOfWork

_IN_VAIN: Final = (NotAllowed, CampaignLaunched, ButtonOutdated)
"""Refusals after which nothing that could be written instead would help."""


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.drafts.find_step(said.person.id, STEPS)
    return waiting_by(asked) if asked is not None and _fits(asked, said) else None


async def _answered(said: Said, shop: Shop, asked: Draft) -> None:
    async with shop.handling(said.update_id) as uow:
        await require_admin(uow, shop, said.person.id)
        campaign = await _take(uow, said, asked)
        for step in STEPS:
            await uow.pickups.wait_no_more(said.person.id, step)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await draft_screen(uow, shop, t, campaign))


def _fits(asked: Draft, said: Said) -> bool:
    """Words and lists are text, a photo is a photo; a photo with words under it may be both."""
    if asked.step == GROUPS_ASKED:
        return bool(said.text) and not said.photos
    if asked.step == PHOTO_ASKED:
        return bool(said.photos)
    return bool(said.text or said.photos)


async def _take(uow: UnitOfWork, said: Said, asked: Draft) -> Campaign:
    campaign_id = int(asked.content["campaign_id"])
    if asked.step == GROUPS_ASKED:
        return await list_groups(uow, campaign_id, said.text)
    if said.photos:
        campaign = await set_photo(uow, campaign_id, said.photos[-1].id)
    if said.text or not said.photos:
        campaign = await write_words(uow, campaign_id, said.text)
    return campaign


PART = Part(finds=_finds, handles=answering(*STEPS, takes=_answered, in_vain=_IN_VAIN))
"""Takes words, photos and lists of groups."""
