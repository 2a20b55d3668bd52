"""The catalogue of a group, in private: its pages, its offers, and what is done with one."""

from telegram import Bot

from bot.callbacks.offers import OfferButton, OfferDeedButton, OffersButton
from bot.errors import (
    ButtonOutdated,
    NotACurator,
    OnlyInPrivate,
    SoldOut,
)
from bot.i18n import Translator
from bot.price_list_errors import CatalogueNotYours
from bot.rules.drafts import DraftPlace
from bot.services.drafts import copy_offer
from bot.services.offers import archive_offer, catalogue_offer, restore_offer
from bot.shop import Shop
from bot.views.groups import leads_none
from bot.views.offers import (
    OFFERS_A_PAGE,
    PICKS_SHOWN,
    catalogue_page,
    choose_catalogue,
    offer_page,
    searchable,
)
from bot.views.screens import Screen
from handlers.access import is_leader, may_configure, may_curate
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.repositories.posts import WholeOffer
from storage.unit_of_work import UnitOfWork


async def offers_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/offers`, or `/offers honey`: what a group's catalogue holds."""
    if not said.is_private:
        raise OnlyInPrivate
    words = searchable(said.arguments)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        groups = await uow.groups.list_led_by(said.person.id)
        if not groups:
            await send(uow, shop, said.person.id, leads_none(t))
        elif len(groups) == 1:
            screen = await _page(uow, t, groups[0].id or 0, page=0, words=words)
            await send(uow, shop, said.person.id, screen)
        else:
            await send(uow, shop, said.person.id, choose_catalogue(t, groups, words=words))


async def offers_turned(tap: Tap, shop: Shop) -> None:
    """Another page of a catalogue."""
    button = OffersButton.read(tap.data)
    if button.page < 0:
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        if not await is_leader(uow, button.group_id, tap.person.id):
            raise NotACurator
        t = await speaker(uow, tap.person)
        screen = await _page(uow, t, button.group_id, page=button.page, words=button.words)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def offer_opened(tap: Tap, shop: Shop) -> None:
    """One offer of a catalogue."""
    button = OfferButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        whole = await _led(uow, button.offer_id, tap.person.id)
        t = await speaker(uow, tap.person)
        screen = await _offer(uow, t, whole, tap.person.id, page=button.page, words=button.words)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def offer_deed_tapped(tap: Tap, shop: Shop) -> None:
    """Something is to be done with an offer."""
    button = OfferDeedButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        whole = await _led(uow, button.offer_id, tap.person.id)
        t = await speaker(uow, tap.person)
        match button.deed:
            case "pick":
                said = await _make_draft(uow, shop, t, whole, tap.person.id)
            case "archive" | "restore":
                said = await _archive(uow, shop, t, whole, tap.person.id, away=button.deed == "archive")
                await redraw(uow, shop, tap, await _offer(uow, t, whole, tap.person.id))
            case _:
                raise ButtonOutdated
    await tap.answer(said)


async def _make_draft(uow: UnitOfWork, shop: Shop, t: Translator, whole: WholeOffer, person_id: int) -> str:
    offer = whole.offer
    assert offer.id is not None
    assert offer.group_id is not None
    if not await may_curate(uow, offer.group_id, person_id):
        raise NotACurator
    if all(kind.stock == 0 for kind in whole.variants):
        raise SoldOut("", 0)
    place = DraftPlace(group_id=offer.group_id)
    await copy_offer(uow, offer.id, person_id=person_id, places=[place], now=shop.now())
    return t("The draft is below.")


async def _archive(
    uow: UnitOfWork, shop: Shop, t: Translator, whole: WholeOffer, person_id: int, *, away: bool
) -> str:
    if not await may_configure(uow, whole.offer.group_id or 0, person_id):
        raise CatalogueNotYours
    change = archive_offer if away else restore_offer
    await change(uow, whole, by_id=person_id, now=shop.now())
    return t("Archived.") if away else t("It is back in the catalogue.")


async def _page(uow: UnitOfWork, t: Translator, group_id: int, *, page: int, words: str) -> Screen:
    group = await uow.groups.get(group_id)
    found = await uow.offers.search(group_id, words, limit=OFFERS_A_PAGE, offset=page * OFFERS_A_PAGE)
    if page and not found.offers and found.count:
        # What stood on the last page was archived meanwhile.
        return await _page(uow, t, group_id, page=0, words=words)
    return catalogue_page(t, group, found, page=page, words=words)


async def _offer(
    uow: UnitOfWork, t: Translator, whole: WholeOffer, person_id: int, *, page: int = 0, words: str = ""
) -> Screen:
    group_id = whole.offer.group_id or 0
    return offer_page(
        t,
        await uow.groups.get(group_id),
        whole,
        await uow.offers.last_picks(group_id, whole.offer, limit=PICKS_SHOWN),
        may_archive=await may_configure(uow, group_id, person_id),
        page=page,
        words=words,
    )


async def _led(uow: UnitOfWork, offer_id: int, person_id: int) -> WholeOffer:
    """An offer in the catalogue of a group that a person leads. Raises ButtonOutdated and NotACurator."""
    whole = await catalogue_offer(uow, offer_id)
    if not await is_leader(uow, whole.offer.group_id or 0, person_id):
        raise NotACurator
    return whole
