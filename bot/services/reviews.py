"""Asking buyers how it was, keeping what they say, and gathering it for those who decide."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import ButtonOutdated
from bot.review_errors import OwnReview, StarsMissing
from bot.rules.commissions import next_notice
from bot.rules.quiet_hours import is_quiet
from bot.rules.reviews import (
    ASK_AFTER,
    ASK_UNTIL,
    MOST_STARS,
    PLEASED_FROM,
    check_reviewable,
    checked_photos,
    checked_stars,
    checked_words,
    is_reviewable,
)
from storage.models import Review
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.repositories.review_pages import SaidReview, Verdicts
from storage.repositories.reviews import AskKey, BoughtLine
from storage.states import NoticeKind, OutboxKind
from storage.unit_of_work import UnitOfWork

REVIEWS_A_PAGE = 3

_ALBUM_COMES_WITHIN = timedelta(seconds=1.5)


@dataclass(frozen=True, kw_only=True)
class OfferReviews:
    """What buyers say of an offer, here and elsewhere, with the most helpful kind and critical word of it."""

    here: Verdicts
    elsewhere: Verdicts
    kind: SaidReview | None = None
    critical: SaidReview | None = None

    @property
    def everywhere(self) -> Verdicts:
        """What all of them say together."""
        both = (self.here, self.elsewhere)
        buyers = sum(one.buyers for one in both)
        stars = sum(one.buyers * one.stars for one in both)
        return Verdicts(buyers, stars / buyers if buyers else 0.0, sum(one.pleased for one in both))


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """A page of all reviews of a pick's offer, as one member sees it: which of them she finds helpful."""

    posted: PostedPick
    summary: OfferReviews
    reviews: Sequence[SaidReview]
    found_helpful: frozenset[int]
    page: int
    has_more: bool


async def ask_due(
    uow: UnitOfWork, *, now: datetime, limit: int, after: AskKey | None
) -> tuple[int, AskKey | None]:
    """Ask those who have had their goods for a week how it was, once; in nobody's quiet hours.

    One message a person, whatever she fetched. Returns how many were asked, and behind which order to go
    on, if there are more.
    """
    begin = after or (now - ASK_UNTIL, 0)
    found = await uow.reviews.list_to_ask(until=now - ASK_AFTER, after=begin, limit=limit)
    awake = [
        one
        for one in found
        if not is_quiet(now, time_zone=one.time_zone, quiet_from=one.quiet_from, quiet_until=one.quiet_until)
    ]
    wanting = await uow.notices.wants({one.person_id for one in awake}, NoticeKind.REVIEWS)
    asked = [one for one in awake if one.person_id in wanting]
    taken = await uow.reviews.take_to_ask([one.order_id for one in asked], now=now) if asked else set()
    orders: dict[int, list[int]] = defaultdict(list)
    for one in asked:
        if one.order_id in taken:
            orders[one.person_id].append(one.order_id)
    await _ask(uow, orders, now=now)
    return len(orders), (found[-1].handed_over_at, found[-1].order_id) if len(found) == limit else None


async def own_line(uow: UnitOfWork, order_id: int, variant_id: int, *, person_id: int) -> BoughtLine:
    """What a buyer may say how it was of. Raises ButtonOutdated, GoodsNotFetched and OwnGoods."""
    line = await uow.reviews.find_line(order_id, variant_id)
    check_reviewable(line, person_id=person_id)
    assert line is not None
    return line


async def rate(
    uow: UnitOfWork, order_id: int, variant_id: int, stars: int, *, person_id: int, now: datetime
) -> BoughtLine:
    """A buyer gives stars, for the first time or others than before. Raises as `own_line` does."""
    line = await _locked(uow, order_id, variant_id, person_id=person_id)
    review = line.review
    if review is not None:
        review.stars, review.edited_at = checked_stars(stars), now
        return await _rated(uow, line, review, now=now)
    review = Review(
        order_id=order_id,
        variant_id=variant_id,
        pick_id=line.pick_id,
        origin_id=line.origin_id,
        group_id=line.group_id,
        person_id=person_id,
        stars=checked_stars(stars),
        created_at=now,
    )
    kept = await _rated(uow, line, review, now=now)
    await _tell_curator(uow, line, now=now)
    return kept


async def write(
    uow: UnitOfWork, order_id: int, variant_id: int, text: str, *, anew: bool, person_id: int, now: datetime
) -> BoughtLine:
    """A buyer says it in words, behind those that she wrote before or (anew) in their place.

    Raises as `own_line` does, StarsMissing, ReviewWordsMissing and ReviewWordsTooLong.
    """
    line, review = await _begun(uow, order_id, variant_id, person_id=person_id)
    review.words = checked_words(text, behind="" if anew else review.words)
    review.edited_at = now
    return await _kept(uow, line, review)


async def show(
    uow: UnitOfWork, order_id: int, variant_id: int, photo_id: str, *, person_id: int, now: datetime
) -> BoughtLine:
    """A buyer shows it. Raises as `own_line` does, StarsMissing and TooManyReviewPhotos."""
    line, review = await _begun(uow, order_id, variant_id, person_id=person_id)
    review.photo_ids = checked_photos(review.photo_ids or [], photo_id)
    review.edited_at = now
    return await _kept(uow, line, review)


async def take_out(
    uow: UnitOfWork, order_id: int, variant_id: int, what: str, *, person_id: int, now: datetime
) -> BoughtLine:
    """A buyer takes her `words` or her `photos` back. Raises as `own_line` does, and StarsMissing."""
    line, review = await _begun(uow, order_id, variant_id, person_id=person_id)
    if what == "photos":
        review.photo_ids = None
    else:
        review.words = ""
    review.edited_at = now
    return await _kept(uow, line, review)


async def say_again(
    uow: UnitOfWork, order_id: int, variant_id: int, *, would: bool, person_id: int, now: datetime
) -> BoughtLine:
    """Whether a buyer would buy it again; saying the same twice takes it back.

    Raises as `own_line` does, and StarsMissing.
    """
    line, review = await _begun(uow, order_id, variant_id, person_id=person_id)
    review.would_again = None if review.would_again is would else would
    review.edited_at = now
    return await _kept(uow, line, review)


async def turn_vote(
    uow: UnitOfWork, posted: PostedPick, review_id: int, *, person_id: int, now: datetime
) -> bool:
    """Somebody finds a review helpful, or does so no more; says whether she does now.

    Raises ButtonOutdated and OwnReview.
    """
    review = await review_of(uow, posted, review_id)
    if review.person_id == person_id:
        raise OwnReview
    if await uow.reviews.vote(review_id, person_id, now=now):
        return True
    await uow.reviews.withdraw_vote(review_id, person_id)
    return False


async def reviews_of(uow: UnitOfWork, posted: PostedPick, *, with_words: bool) -> OfferReviews:
    """What buyers say of a pick's offer in all its rounds, perhaps with the most helpful of their words."""
    origin_id, group_id = posted.offer.first_round_id, posted.pick.group_id
    here, elsewhere = await uow.review_pages.verdicts(origin_id, group_id, pleased_from=PLEASED_FROM)
    said = OfferReviews(here=here, elsewhere=elsewhere)
    if not with_words or not (here.buyers or elsewhere.buyers):
        return said
    best = uow.review_pages.find_best
    return replace(
        said,
        kind=await best(origin_id, stars_from=PLEASED_FROM, stars_up_to=MOST_STARS),
        critical=await best(origin_id, stars_from=1, stars_up_to=PLEASED_FROM - 1),
    )


async def page_of_reviews(uow: UnitOfWork, posted: PostedPick, *, person_id: int, page: int) -> ReviewPage:
    """A page of all that is said of a pick's offer; pages count from 0."""
    found = await uow.review_pages.list_said(
        posted.offer.first_round_id, limit=REVIEWS_A_PAGE + 1, offset=page * REVIEWS_A_PAGE
    )
    shown = found[:REVIEWS_A_PAGE]
    return ReviewPage(
        posted=posted,
        summary=await reviews_of(uow, posted, with_words=False),
        reviews=shown,
        found_helpful=frozenset(await uow.reviews.votes_of(person_id, [one.id for one in shown])),
        page=page,
        has_more=len(found) > REVIEWS_A_PAGE,
    )


async def review_of(uow: UnitOfWork, posted: PostedPick, review_id: int) -> SaidReview:
    """One review of a pick's offer. Raises ButtonOutdated."""
    review = await uow.review_pages.find_said(posted.offer.first_round_id, review_id)
    if review is None:
        raise ButtonOutdated
    return review


def to_review(lines: Sequence[BoughtLine]) -> list[BoughtLine]:
    """Those lines of which their buyer has said nothing yet and may."""
    return [line for line in lines if line.review is None and is_reviewable(line)]


async def show_anew(
    uow: UnitOfWork, order_id: int, variant_id: int, *, person_id: int, in_album: bool, now: datetime
) -> None:
    """Ask for somebody's own review to be shown as it is then; of an album, once all of it has come."""
    await uow.outbox.add(
        OutboxKind.REVIEW,
        chat_id=person_id,
        subject_id=order_id,
        payload={"variant_id": variant_id},
        merge_key=f"{OutboxKind.REVIEW}:{order_id}:{variant_id}",
        due_at=now + _ALBUM_COMES_WITHIN if in_album else now,
        now=now,
    )


async def _ask(uow: UnitOfWork, orders: Mapping[int, Sequence[int]], *, now: datetime) -> None:
    # Who has got something for the first time is asked this, too: once, and never by itself.
    offered = await uow.notices.offer(orders, NoticeKind.SUGGESTIONS, now=now)
    rows = [
        {
            "kind": OutboxKind.REVIEW_ASKED,
            "chat_id": person_id,
            "subject_id": None,
            "payload": {"order_ids": list(order_ids), "offers_suggestions": person_id in offered},
            "merge_key": None,
            "priority": int(Priority.BROADCAST),
            "due_at": now,
        }
        for person_id, order_ids in sorted(orders.items())
    ]
    await uow.outbox.add_all(rows, now=now)


async def _locked(uow: UnitOfWork, order_id: int, variant_id: int, *, person_id: int) -> BoughtLine:
    await uow.reviews.lock_order(order_id)
    return await own_line(uow, order_id, variant_id, person_id=person_id)


async def _begun(
    uow: UnitOfWork, order_id: int, variant_id: int, *, person_id: int
) -> tuple[BoughtLine, Review]:
    line = await _locked(uow, order_id, variant_id, person_id=person_id)
    if line.review is None:
        raise StarsMissing
    return line, line.review


async def _kept(uow: UnitOfWork, line: BoughtLine, review: Review) -> BoughtLine:
    return replace(line, review=await uow.reviews.save(review))


async def _rated(uow: UnitOfWork, line: BoughtLine, review: Review, *, now: datetime) -> BoughtLine:
    kept = await _kept(uow, line, review)
    await uow.outbox.add_cards(await uow.review_pages.list_cards(line.origin_id), now=now)
    return kept


async def _tell_curator(uow: UnitOfWork, line: BoughtLine, *, now: datetime) -> None:
    """Quietly and together, once a day."""
    if line.curator_id is None:
        return
    await uow.outbox.add(
        OutboxKind.REVIEW_NEWS,
        chat_id=line.curator_id,
        payload={"since": now.isoformat()},
        merge_key=f"{OutboxKind.REVIEW_NEWS}:{line.curator_id}",
        priority=Priority.BROADCAST,
        due_at=next_notice(now, line.time_zone),
        now=now,
    )
