"""What somebody who runs the bot writes for a campaign: its words, its photo, its groups."""

from datetime import timedelta
from typing import Final

from telegram import Bot

from bot.campaign_errors import CampaignLaunched
from bot.errors import ButtonOutdated, NotAllowed
from bot.services.campaigns.drafting import list_groups, set_photo, write_words
from bot.shop import Shop
from handlers.access import require_admin
from handlers.campaigns import GROUPS_ASKED, PHOTO_ASKED, STEPS, draft_screen
from handlers.conversation import Part, Waiting, not_understood, stop_asking, waiting_by
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.models import Campaign, Draft
from storage.unit_of_work import UnitOfWork

_ANSWERED_WITHIN: Final = timedelta(hours=2)
"""What is written later than that is probably meant for something else."""


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.drafts.find_step(said.person.id, STEPS)
    return waiting_by(asked) if asked is not None and _fits(asked, said) else None


async def _answered(said: Said, shop: Shop, bot: Bot, key: int) -> None:
    async with shop.reading() as uow:
        asked = await uow.drafts.find(key)
    if asked is None or asked.person_id != said.person.id or asked.updated_at + _ANSWERED_WITHIN < shop.now():
        await stop_asking(said, shop, *STEPS)
        await not_understood(said, shop, bot)
        return
    try:
        async with shop.handling(said.update_id) as uow:
            await require_admin(uow, shop, said.person.id)
            campaign = await _take(uow, said, asked)
            for step in STEPS:
                await uow.pickups.wait_no_more(said.person.id, step)
            t = await speaker(uow, said.person)
            await send(uow, shop, said.person.id, await draft_screen(uow, shop, t, campaign))
    except (NotAllowed, CampaignLaunched, ButtonOutdated):
        # Nothing that could be written instead would help.
        await stop_asking(said, shop, *STEPS)
        raise


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


PART = Part(finds=_finds, handles=_answered)
"""Takes words, photos and lists of groups."""
