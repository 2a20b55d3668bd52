"""Campaigns move on: a few posts at a time into the outbox."""

from bot.i18n import Translator
from bot.services.campaigns.posting import move_on
from bot.services.campaigns.running import progress_of
from bot.shop import Shop
from storage.models import Campaign
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def send_campaigns(shop: Shop) -> None:
    """Hand over what may go now, and tell who launched a campaign that it is done."""
    async with shop.reading() as uow:
        running = await uow.campaigns.list_running()
    for campaign_id in running:
        async with shop.writing() as uow:
            done = await move_on(uow, campaign_id, now=shop.now())
            if done is not None:
                await _tell(uow, shop, done)


async def _tell(uow: UnitOfWork, shop: Shop, campaign: Campaign) -> None:
    # Words are loaded when there is something to say.
    from bot.views.campaign_results import done_notice

    person = await uow.members.find(campaign.created_by_id)
    if person is not None and person.private_is_open:
        t = Translator(person.language)
        screen = done_notice(t, await progress_of(uow, campaign), now=shop.now())
        await uow.outbox.add(OutboxKind.MESSAGE, chat_id=person.id, payload=screen.payload(), now=shop.now())
