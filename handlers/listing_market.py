"""The market: what a curator could sell for other groups, page by page, and all about one of it."""

from telegram import Bot

from bot.callbacks.listings import CategoriesButton, ListingButton, ListingPhotosButton, MarketButton
from bot.errors import ButtonOutdated
from bot.rules.listings import MarketOrder
from bot.rules.notice_text import category_key
from bot.rules.pricing import TierPrice
from bot.services.listings import see_listing, see_market
from bot.services.reviews import reviews_of
from bot.services.scores import score_of_curator
from bot.shop import Shop
from bot.views.listing_market import ListingFacts, categories_page, listing_page, market_page
from bot.views.screens import Screen
from handlers.access import group_curated, group_led
from handlers.speaking import page_of_led, redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def market_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/market`: in private, of the group that she leads; asked in a group, for that one."""
    if not said.is_private:
        group = await group_led(said, shop, bot)
        async with shop.handling(said.update_id) as uow:
            page = await _market(uow, shop, said, group)
            await tell(uow, shop, said, page, payload=f"market_{group.id}")
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        page = await page_of_led(
            uow, shop, said, t, page=lambda group: _market(uow, shop, said, group), payload="market"
        )
        await send(uow, shop, said.person.id, page)


async def market_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        group = await group_curated(uow, group_id, said.person.id)
        await send(uow, shop, said.person.id, await _market(uow, shop, said, group))


async def market_turned(tap: Tap, shop: Shop) -> None:
    """Another page, order or category."""
    button = MarketButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await group_curated(uow, button.group_id, tap.person.id)
        screen = await _market(
            uow,
            shop,
            tap,
            group,
            order=_order(button.order),
            category=await _category(uow, shop, group, button.category),
            page=max(0, button.page),
        )
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def categories_turned(tap: Tap, shop: Shop) -> None:
    """Of which category?"""
    button = CategoriesButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await group_curated(uow, button.group_id, tap.person.id)
        categories = await uow.listings.count_categories(group, now=shop.now())
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, categories_page(t, group, categories, _order(button.order)))
    await tap.answer()


async def listing_tapped(tap: Tap, shop: Shop) -> None:
    """All about one of it."""
    button = ListingButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await group_curated(uow, button.group_id, tap.person.id)
        facts = await _facts(uow, shop, group, button.listing_id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, listing_page(t, group, facts, now=shop.now()))
    await tap.answer()


async def listing_photos_asked(tap: Tap, shop: Shop) -> None:
    """Its photos come below."""
    button = ListingPhotosButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await group_curated(uow, button.group_id, tap.person.id)
        seen = await see_listing(uow, button.listing_id, group, now=shop.now())
        await uow.outbox.add(
            OutboxKind.ALBUM, chat_id=tap.person.id, subject_id=seen.posted.id, now=shop.now()
        )
    await tap.answer()


async def _market(
    uow: UnitOfWork,
    shop: Shop,
    by: Tap | Said,
    group: Group,
    *,
    order: MarketOrder = MarketOrder.RATING,
    category: str | None = None,
    page: int = 0,
) -> Screen:
    found = await see_market(uow, group, order, category=category, page=page, now=shop.now())
    tiers = await uow.pricing.tiers([seen.listing.offer_id for seen in found.listings])
    t = await speaker(uow, by.person)
    return market_page(t, group, found, tiers=tiers, now=shop.now())


async def _facts(uow: UnitOfWork, shop: Shop, group: Group, listing_id: int) -> ListingFacts:
    seen = await see_listing(uow, listing_id, group, now=shop.now())
    pick = seen.posted.pick
    tiers = (await uow.pricing.tiers([pick.offer_id])).get(pick.offer_id, [])
    curator = await uow.members.find(pick.curator_id) if pick.curator_id is not None else None
    score = (
        await score_of_curator(uow, pick.group_id, pick.curator_id, now=shop.now())
        if pick.curator_id is not None
        else None
    )
    return ListingFacts(
        seen=seen,
        tiers=[TierPrice(*tier) for tier in tiers],
        curator=curator.name if curator is not None else None,
        score=score,
        reviews=await reviews_of(uow, seen.posted, with_words=True),
        sold_before=(await uow.carryings.find_here(listing_id, group.id or 0)).quantity,
    )


async def _category(uow: UnitOfWork, shop: Shop, group: Group, key: str) -> str | None:
    """The category that a button means; what is not there any more is none."""
    if not key:
        return None
    categories = await uow.listings.count_categories(group, now=shop.now())
    return next((name for name in categories if name is not None and category_key(name) == key), None)


def _order(word: str) -> MarketOrder:
    try:
        return MarketOrder(word)
    except ValueError:
        raise ButtonOutdated from None
