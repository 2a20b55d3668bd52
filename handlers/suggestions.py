"""What somebody may like: /foryou, page by page, and what is not for her."""

from telegram import Bot

from bot.callbacks import NotForMeButton, SuggestionsButton
from bot.errors import Anonymous, ButtonOutdated
from bot.i18n import Translator
from bot.services.recommendations import dismiss, restore, suggest
from bot.shop import Shop
from bot.views.recommendations import put_aside, suggestions_page
from bot.views.screens import Screen
from handlers.access import group_of
from handlers.details import require_member
from handlers.speaking import redraw, send, show_door, speaker
from handlers.updates import Said, Tap
from storage.states import PickState
from storage.unit_of_work import UnitOfWork


async def suggestions_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/foryou`: the answer comes in private; whoever asks in a group is known to be in it from then on."""
    if not said.has_face:
        raise Anonymous
    group = None if said.is_private else await group_of(said, shop, bot)
    async with shop.handling(said.update_id) as uow:
        await uow.members.meet([said.person], now=shop.now())
        if group is not None:
            await uow.members.enter(group.id or 0, [said.person.id], now=shop.now())
        known = await uow.members.find(said.person.id)
        if said.is_private or (known is not None and known.private_is_open):
            await _send(uow, shop, said)
        else:
            await show_door(uow, shop, said, payload="foryou_0")


async def suggestions_opened(said: Said, shop: Shop) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        await _send(uow, shop, said)


async def suggestions_turned(tap: Tap, shop: Shop) -> None:
    """Another page, or all again that she put aside."""
    button = SuggestionsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        if button.restored:
            await restore(uow, tap.person.id)
        await _redraw(uow, shop, tap, await speaker(uow, tap.person), page=button.page)
    await tap.answer()


async def not_for_me_tapped(tap: Tap, shop: Shop) -> None:
    """It is gone from the page at once."""
    button = NotForMeButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = (await uow.picks.load([button.pick_id])).get(button.pick_id)
        if posted is None or posted.pick.state is PickState.DRAFT:
            raise ButtonOutdated
        await require_member(uow, posted, tap.person.id)
        await dismiss(uow, tap.person.id, posted, now=shop.now())
        t = await speaker(uow, tap.person)
        await _redraw(uow, shop, tap, t, page=button.page)
    await tap.answer(put_aside(t))


async def _send(uow: UnitOfWork, shop: Shop, said: Said) -> None:
    t = await speaker(uow, said.person)
    await send(uow, shop, said.person.id, await _page(uow, shop, said.person.id, t, page=0))


async def _redraw(uow: UnitOfWork, shop: Shop, tap: Tap, t: Translator, *, page: int) -> None:
    await redraw(uow, shop, tap, await _page(uow, shop, tap.person.id, t, page=max(0, page)))


async def _page(uow: UnitOfWork, shop: Shop, person_id: int, t: Translator, *, page: int) -> Screen:
    found = await suggest(uow, person_id, page=page, now=shop.now())
    tiers = await uow.pricing.tiers({one.posted.pick.offer_id for one in found.picks})
    return suggestions_page(t, found, tiers=tiers, now=shop.now())
