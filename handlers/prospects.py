"""What to post next, for curators in private, and a draft of it."""

from functools import partial

from telegram import Bot

from bot.callbacks.prospects import ProspectDraftButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.drafts import DraftPlace
from bot.rules.prospects import of_wishes
from bot.services.drafts import copy_offer
from bot.services.prospects import read_prospects
from bot.services.wishes.sorting import see_needs
from bot.shop import Shop
from bot.views.prospects import draft_comes, prospects_page
from bot.views.screens import Screen
from handlers.access import group_curated, group_led
from handlers.speaking import page_of_led, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.unit_of_work import UnitOfWork


async def prospects_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/next`: what the group may be asked next, in private; there, of the group that she leads."""
    group = None if said.is_private else await group_led(said, shop, bot)
    # Reading all that a group ever had takes a while: nobody shall wait for it who writes.
    async with shop.reading() as uow:
        t = await speaker(uow, said.person)
        show = partial(_page, uow, shop, t)
        page = (
            await page_of_led(uow, shop, said, t, page=show, payload="next")
            if group is None
            else await show(group)
        )
    async with shop.handling(said.update_id) as uow:
        if group is None:
            await send(uow, shop, said.person.id, page)
        else:
            await tell(uow, shop, said, page, payload=f"next_{group.id}")


async def prospects_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The same of one group, by deep link."""
    async with shop.reading() as uow:
        group = await group_curated(uow, group_id, said.person.id)
        page = await _page(uow, shop, await speaker(uow, said.person), group)
    async with shop.handling(said.update_id) as uow:
        await send(uow, shop, said.person.id, page)


async def prospect_draft_tapped(tap: Tap, shop: Shop) -> None:
    """A draft of what was posted before."""
    button = ProspectDraftButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await group_curated(uow, button.group_id, tap.person.id)
        if not await uow.prospects.was_posted(button.group_id, button.offer_id):
            raise ButtonOutdated
        place = DraftPlace(group_id=group.id or 0)
        await copy_offer(uow, button.offer_id, person_id=tap.person.id, places=[place], now=shop.now())
        t = await speaker(uow, tap.person)
    await tap.answer(draft_comes(t))


async def _page(uow: UnitOfWork, shop: Shop, t: Translator, group: Group) -> Screen:
    now = shop.now()
    prospects = await read_prospects(uow, group, now=now)
    needs = [seen for seen in await see_needs(uow, group, now=now) if seen.need.pick_id is None]
    expected = {seen.need.id: of_wishes(seen.demand.people, answered=prospects.answered) for seen in needs}
    known = {need_id: forecast for need_id, forecast in expected.items() if need_id and forecast is not None}
    return prospects_page(t, group, prospects, needs, of_wishes=known, now=now)
