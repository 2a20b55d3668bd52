"""A supplier lets other groups sell a pick: on which terms, by taps or in a line, who does, and its end."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from telegram import Bot

from bot.callbacks.listings import OwnListingButton, TermsButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.listings import Clock, Terms, checked_terms, read_terms
from bot.services.listings import end_listing, open_listing, terms_of
from bot.shop import Shop
from bot.views.listings import end_question, ended_notice, own_listing_page, terms_page
from bot.views.screens import Screen
from handlers.conversation import Part, not_understood, written_for
from handlers.manage import managed_by, pick_screen
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.models import Listing
from storage.repositories.picks import PostedPick
from storage.unit_of_work import UnitOfWork

ASKED: Final = "listing_terms"
"""The step under which terms are waited for, with those that are shown meanwhile."""

_FURTHEST: Final = 2**36
"""Seconds since 1970 that a clock can still show."""


async def own_listing_tapped(tap: Tap, shop: Shop) -> None:
    """Who sells a pick for its group, or something about that was chosen."""
    button = OwnListingButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await managed_by(uow, button.pick_id, tap.person.id)
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        listing = await uow.listings.find_by_pick(posted.id)
        if button.act == "home":
            await redraw(uow, shop, tap, await pick_screen(uow, shop, t, posted.id))
        elif listing is None or listing.ended_at is not None:
            # Nothing is open, or not any more: what it could be is shown.
            await _show_terms(uow, shop, tap, posted, terms_of(listing) if listing else Terms())
        elif button.act == "change":
            await _show_terms(uow, shop, tap, posted, terms_of(listing))
        else:
            await redraw(uow, shop, tap, await _act(uow, shop, t, posted, listing, button.act, tap.person.id))
    await tap.answer()


async def terms_tapped(tap: Tap, shop: Shop) -> None:
    """Other terms were chosen, or it is opened on them."""
    button = TermsButton.read(tap.data)
    terms = _terms_in(button)
    async with shop.handling(tap.update_id) as uow:
        posted = await managed_by(uow, button.pick_id, tap.person.id)
        match button.act:
            case "show":
                await _show_terms(
                    uow, shop, tap, posted, checked_terms(terms, closes_at=posted.pick.closes_at)
                )
            case "open":
                listing = await open_listing(uow, posted.id, terms, by_id=tap.person.id, now=shop.now())
                await uow.pickups.wait_no_more(tap.person.id, ASKED)
                t = await speaker(uow, tap.person)
                await redraw(uow, shop, tap, await _page(uow, shop, t, posted, listing))
            case _:
                raise ButtonOutdated
    await tap.answer()


async def _act(
    uow: UnitOfWork, shop: Shop, t: Translator, posted: PostedPick, listing: Listing, act: str, person_id: int
) -> Screen:
    match act:
        case "page":
            return await _page(uow, shop, t, posted, listing)
        case "end":
            return end_question(t, posted, carriers=await _carriers(uow, listing))
        case "ended":
            await end_listing(uow, posted.id, by_id=person_id, now=shop.now())
            return ended_notice(t, posted)
    raise ButtonOutdated


async def _page(uow: UnitOfWork, shop: Shop, t: Translator, posted: PostedPick, listing: Listing) -> Screen:
    carriers = await uow.carryings.list_carriers(listing.id or 0)
    return own_listing_page(t, posted, terms_of(listing), carriers, now=shop.now())


async def _carriers(uow: UnitOfWork, listing: Listing) -> int:
    listing_id = listing.id or 0
    return (await uow.listings.count_carriers([listing_id])).get(listing_id, 0)


async def _show_terms(uow: UnitOfWork, shop: Shop, tap: Tap, posted: PostedPick, terms: Terms) -> None:
    """The terms, which may be changed by taps on them or in words."""
    await redraw(uow, shop, tap, await _asked_for_terms(uow, shop, tap, posted, terms))


async def _asked_for_terms(
    uow: UnitOfWork, shop: Shop, by: Tap | Said, posted: PostedPick, terms: Terms
) -> Screen:
    if terms.opens_at is not None and terms.opens_at <= shop.now():
        terms = replace(terms, opens_at=None)
    await uow.pickups.wait_for(by.person.id, ASKED, _kept(posted.id, terms), now=shop.now())
    listing = await uow.listings.find_by_pick(posted.id)
    is_open = listing is not None and listing.ended_at is None
    carriers = await _carriers(uow, listing) if listing is not None and is_open else None
    return terms_page(await speaker(uow, by.person), posted, terms, carriers=carriers, now=shop.now())


def _terms_in(button: TermsButton) -> Terms:
    if not 0 <= button.opens_at < _FURTHEST:
        raise ButtonOutdated
    return Terms(
        share_bps=button.share_bps,
        opens_at=datetime.fromtimestamp(button.opens_at, UTC) if button.opens_at else None,
        groups_limit=button.groups_limit or None,
        pieces_limit=button.pieces_limit or None,
    )


def _kept(pick_id: int, terms: Terms) -> dict[str, Any]:
    at = terms.opens_at
    return {
        "pick_id": pick_id,
        "share_bps": terms.share_bps,
        "opens_at": at.isoformat() if at else None,
        "groups_limit": terms.groups_limit,
        "pieces_limit": terms.pieces_limit,
    }


def _kept_terms(content: dict[str, Any]) -> Terms:
    at = content["opens_at"]
    return Terms(
        share_bps=content["share_bps"],
        opens_at=datetime.fromisoformat(at) if at else None,
        groups_limit=content["groups_limit"],
        pieces_limit=content["pieces_limit"],
    )


async def _terms_written(said: Said, shop: Shop, bot: Bot, _key: int) -> None:
    """Terms in a line: they are shown, to be opened by a tap."""
    async with shop.reading() as uow:
        asked = await uow.pickups.find_waiting(said.person.id, ASKED)
        t = await speaker(uow, said.person)
        posted = await managed_by(uow, asked.content["pick_id"], said.person.id) if asked else None
    if asked is None or posted is None:
        await not_understood(said, shop, bot)
        return
    clock = Clock(now=shop.now(), time_zone=posted.group.time_zone, language=t.language)
    # In a thread: the first moment to be read loads a large library.
    terms = await asyncio.to_thread(read_terms, said.text, _kept_terms(asked.content), clock)
    checked_terms(terms, closes_at=posted.pick.closes_at)
    async with shop.handling(said.update_id) as uow:
        screen = await _asked_for_terms(uow, shop, said, posted, terms)
        await send(uow, shop, said.person.id, screen)


PART = Part(finds=written_for(ASKED), handles=_terms_written)
"""Takes terms on which other groups may sell a pick."""
