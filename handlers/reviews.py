"""Reviews in private: one's own, written by taps and words, and what all buyers say of an offer."""

from typing import Final

from telegram import Bot

from bot.callbacks.reviews import (
    HelpfulButton,
    OwnReviewButton,
    OwnReviewsButton,
    ReviewButton,
    ReviewDeedButton,
    ReviewPhotosButton,
    ReviewsButton,
    StarsButton,
)
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.review_errors import StarsMissing, TooManyReviewPhotos
from bot.rules.reviews import MOST_PHOTOS
from bot.services.reviews import own_line, page_of_reviews, rate, review_of, say_again, take_out, turn_vote
from bot.shop import Shop
from bot.views.review_pages import all_reviews, review_in_full
from bot.views.reviews import OWN_REVIEWS_A_PAGE, own_review, own_reviews, review_done
from bot.views.screens import Screen
from handlers.details import require_member, shown_pick
from handlers.speaking import redraw, speaker, tell
from handlers.updates import Said, Tap
from storage.repositories.picks import PostedPick
from storage.repositories.reviews import BoughtLine
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

WRITING: Final = "review"
"""The step under which words and photos of a review are waited for."""


async def reviews_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/reviews`: what I bought and fetched, and what I said of it, in private."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await tell(uow, shop, said, await _own_list(uow, t, said.person.id, page=0), payload="reviews")


async def own_reviews_turned(tap: Tap, shop: Shop) -> None:
    """Another page of it."""
    page = max(0, OwnReviewsButton.read(tap.data).page)
    async with shop.handling(tap.update_id) as uow:
        await uow.pickups.wait_no_more(tap.person.id, WRITING)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _own_list(uow, t, tap.person.id, page=page))
    await tap.answer()


async def own_review_tapped(tap: Tap, shop: Shop) -> None:
    """One of them, to be written or changed."""
    button = OwnReviewButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        line = await own_line(uow, button.order_id, button.variant_id, person_id=tap.person.id)
        await uow.pickups.wait_no_more(tap.person.id, WRITING)
        await _show(uow, shop, tap, line, is_writing=False)
    await tap.answer()


async def stars_tapped(tap: Tap, shop: Shop) -> None:
    """So many stars; with the first ones, words and photos are waited for."""
    button = StarsButton.read(tap.data)
    by_id, now = tap.person.id, shop.now()
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        before = await own_line(uow, button.order_id, button.variant_id, person_id=by_id)
        line = await rate(uow, button.order_id, button.variant_id, button.stars, person_id=by_id, now=now)
        is_writing = before.review is None
        if is_writing:
            await _wait(uow, shop, line, anew=False)
        await _show(uow, shop, tap, line, is_writing=is_writing)
    await tap.answer()


async def review_deed_tapped(tap: Tap, shop: Shop) -> None:
    """Everything else that can be done with one's own review."""
    button = ReviewDeedButton.read(tap.data)
    words = ""
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        line = await own_line(uow, button.order_id, button.variant_id, person_id=tap.person.id)
        review = line.review
        if review is None:
            raise StarsMissing
        match button.deed:
            case "again" | "never" | "cut_words" | "cut_photos":
                line = await _changed(uow, shop, line, button.deed)
            case "words" | "photos":
                if button.deed == "photos" and len(review.photo_ids or ()) >= MOST_PHOTOS:
                    raise TooManyReviewPhotos(MOST_PHOTOS)
                await _wait(uow, shop, line, anew=button.deed == "words")
            case "look":
                await _show_photos(uow, shop, tap, review.id or 0)
            case "done":
                await uow.pickups.wait_no_more(tap.person.id, WRITING)
                words = review_done(await speaker(uow, tap.person))
            case _:
                raise ButtonOutdated
        if button.deed != "look":
            await _show(uow, shop, tap, line, is_writing=button.deed in ("words", "photos"))
    await tap.answer(words)


async def reviews_turned(tap: Tap, shop: Shop) -> None:
    """All that buyers say of a pick's offer, page by page."""
    button = ReviewsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await _readable(uow, tap, button.pick_id)
        await _show_all(uow, shop, tap, posted, page=max(0, button.page))
    await tap.answer()


async def review_tapped(tap: Tap, shop: Shop) -> None:
    """One of them in full."""
    button = ReviewButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await _readable(uow, tap, button.pick_id)
        review = await review_of(uow, posted, button.review_id)
        t, page = await speaker(uow, tap.person), max(0, button.page)
        screen = review_in_full(t, posted, review, part=button.part, page=page, now=shop.now())
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def review_photos_tapped(tap: Tap, shop: Shop) -> None:
    """The photos of one."""
    button = ReviewPhotosButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await _readable(uow, tap, button.pick_id)
        review = await review_of(uow, posted, button.review_id)
        await _show_photos(uow, shop, tap, review.id)
    await tap.answer()


async def helpful_tapped(tap: Tap, shop: Shop) -> None:
    """A review helps me, or does so no more."""
    button = HelpfulButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await _readable(uow, tap, button.pick_id)
        await turn_vote(uow, posted, button.review_id, person_id=tap.person.id, now=shop.now())
        await _show_all(uow, shop, tap, posted, page=max(0, button.page))
    await tap.answer()


async def _own_list(uow: UnitOfWork, t: Translator, person_id: int, *, page: int) -> Screen:
    found = await uow.reviews.list_own(
        person_id, limit=OWN_REVIEWS_A_PAGE + 1, offset=page * OWN_REVIEWS_A_PAGE
    )
    return own_reviews(
        t,
        found[:OWN_REVIEWS_A_PAGE],
        page=page,
        has_more=len(found) > OWN_REVIEWS_A_PAGE,
    )


async def _changed(uow: UnitOfWork, shop: Shop, line: BoughtLine, deed: str) -> BoughtLine:
    order_id, variant_id, by_id = line.order_id, line.variant_id, line.person_id
    if deed in ("again", "never"):
        would = deed == "again"
        return await say_again(uow, order_id, variant_id, would=would, person_id=by_id, now=shop.now())
    what = deed.removeprefix("cut_")
    return await take_out(uow, order_id, variant_id, what, person_id=by_id, now=shop.now())


async def _wait(uow: UnitOfWork, shop: Shop, line: BoughtLine, *, anew: bool) -> None:
    waits = {"order_id": line.order_id, "variant_id": line.variant_id, "anew": anew}
    await uow.pickups.wait_for(line.person_id, WRITING, waits, now=shop.now())


async def _show(uow: UnitOfWork, shop: Shop, tap: Tap, line: BoughtLine, *, is_writing: bool) -> None:
    t = await speaker(uow, tap.person)
    await redraw(uow, shop, tap, own_review(t, line, is_writing=is_writing, now=shop.now()))


async def _show_all(uow: UnitOfWork, shop: Shop, tap: Tap, posted: PostedPick, *, page: int) -> None:
    t = await speaker(uow, tap.person)
    shown = await page_of_reviews(uow, posted, person_id=tap.person.id, page=page)
    await redraw(uow, shop, tap, all_reviews(t, shown, now=shop.now()))


async def _show_photos(uow: UnitOfWork, shop: Shop, tap: Tap, review_id: int) -> None:
    await uow.outbox.add(OutboxKind.REVIEW_ALBUM, chat_id=tap.person.id, subject_id=review_id, now=shop.now())


async def _readable(uow: UnitOfWork, tap: Tap, pick_id: int) -> PostedPick:
    """A pick whose reviews somebody may read: she is in its group. Raises ButtonOutdated and NotInGroup."""
    tap.require_private()
    posted = await shown_pick(uow, pick_id)
    await require_member(uow, posted, tap.person.id)
    return posted
