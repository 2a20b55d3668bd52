"""All that buyers say of an offer, page by page, and one review in full."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.details import DetailsButton
from bot.callbacks.reviews import HelpfulButton, ReviewButton, ReviewPhotosButton, ReviewsButton
from bot.i18n import Translator
from bot.rules.reviews import in_parts
from bot.services.reviews import REVIEWS_A_PAGE, OfferReviews, ReviewPage
from bot.views.review_lines import (
    EDITED_FROM,
    rating_line,
    review_facts,
    runs_to_the_left,
    words_shown,
    words_within,
)
from bot.views.screens import Button, Screen, lines, paragraphs, shortened, shown_length
from storage.repositories.picks import PostedPick
from storage.repositories.review_pages import SaidReview

_WORDS_IN_LIST: Final = 800
_WORDS_IN_FULL: Final = 3000
#: Each line of those written from right to left takes two more units.
_LEFTWARDS_IN_FULL: Final = 1900
_LONGEST_TITLE: Final = 60


def all_reviews(t: Translator, shown: ReviewPage, *, now: datetime) -> Screen:
    """A page of an offer's reviews, the most helpful first."""
    posted, first = shown.posted, shown.page * REVIEWS_A_PAGE + 1
    if not shown.reviews and shown.page == 0:
        none_yet = t.html("No reviews yet. Whoever has bought it is asked a week after it was handed over.")
        return Screen(
            text=paragraphs(_head(t, posted, shown.summary), none_yet),
            buttons=[_to_details(t, posted.id)],
        )
    parts = [
        _review(t, posted, review, number=number, now=now)
        for number, review in enumerate(shown.reviews, first)
    ]
    rule = t.html("Only buyers whose goods were handed over can write here, and nothing is left out.")
    return Screen(
        text=paragraphs(_head(t, posted, shown.summary), *parts, rule),
        buttons=[
            *(_deeds(t, shown, review, number=number) for number, review in enumerate(shown.reviews, first)),
            _turning(t, shown),
            _to_details(t, posted.id),
        ],
    )


def review_in_full(
    t: Translator, posted: PostedPick, review: SaidReview, *, part: int, page: int, now: datetime
) -> Screen:
    """One review with all of its words, part by part where they fill more than a message."""
    limit = _LEFTWARDS_IN_FULL if runs_to_the_left(review.words) else _WORDS_IN_FULL
    parts = in_parts(review.words, limit=limit)
    part = min(max(part, 0), len(parts) - 1)
    turning = []
    if part > 0:
        turning.append(Button(text=t("‹ Back"), data=ReviewButton(posted.id, review.id, part - 1, page)))
    if part < len(parts) - 1:
        turning.append(Button(text=t("More ›"), data=ReviewButton(posted.id, review.id, part + 1, page)))
    return Screen(
        text=paragraphs(_title(t, posted), _about(t, posted, review, now=now), words_shown(parts[part])),
        buttons=[turning, [Button(text=t("All reviews"), data=ReviewsButton(posted.id, page))]],
    )


def all_reviews_button(t: Translator, pick_id: int, reviews: OfferReviews | None) -> list[Button]:
    """Opens all that buyers say of a pick's offer, if they say anything."""
    is_reviewed = reviews is not None and reviews.everywhere.buyers
    return [Button(text=t("All reviews"), data=ReviewsButton(pick_id, 0))] if is_reviewed else []


def _head(t: Translator, posted: PostedPick, summary: OfferReviews) -> Markup:
    return lines(_title(t, posted), rating_line(t, summary))


def _title(t: Translator, posted: PostedPick) -> Markup:
    return t.html(
        "<b>Reviews of {title}</b> (#{number})",
        title=shortened(posted.offer.title, _LONGEST_TITLE),
        number=posted.pick.number,
    )


def _about(
    t: Translator, posted: PostedPick, review: SaidReview, *, now: datetime, number: int | None = None
) -> Markup:
    zone = posted.group.time_zone
    facts = review_facts(t, review, group_id=posted.pick.group_id, time_zone=zone, now=now)
    is_edited = review.edited_at is not None and review.edited_at > review.created_at + EDITED_FROM
    return lines(
        Markup("<b>{}.</b> {}").format(number, facts) if number is not None else Markup.escape(facts),
        t.html("<i>Changed {day}</i>", day=t.day(review.edited_at, zone, now=now))
        if is_edited and review.edited_at
        else None,
    )


def _review(t: Translator, posted: PostedPick, review: SaidReview, *, number: int, now: datetime) -> Markup:
    words = words_within(review.words, _WORDS_IN_LIST) if review.words else None
    return lines(_about(t, posted, review, now=now, number=number), words)


def _deeds(t: Translator, shown: ReviewPage, review: SaidReview, *, number: int) -> Sequence[Button]:
    pick_id, count = shown.posted.id, t.number(review.helpful_count)
    helpful = t("{number}. Helpful ({count})", number=number, count=count)
    deeds = [
        Button(
            text=f"• {helpful}" if review.id in shown.found_helpful else helpful,
            data=HelpfulButton(pick_id, review.id, shown.page),
        )
    ]
    if shown_length(words_shown(review.words)) > _WORDS_IN_LIST:
        whole = ReviewButton(pick_id, review.id, 0, shown.page)
        deeds.append(Button(text=t("{number}. In full", number=number), data=whole))
    if review.photo_ids:
        photos = ReviewPhotosButton(pick_id, review.id)
        deeds.append(Button(text=t("{number}. Photos", number=number), data=photos))
    return deeds


def _turning(t: Translator, shown: ReviewPage) -> list[Button]:
    turning = []
    if shown.page > 0:
        turning.append(Button(text=t("‹ Back"), data=ReviewsButton(shown.posted.id, shown.page - 1)))
    if shown.has_more:
        turning.append(Button(text=t("More ›"), data=ReviewsButton(shown.posted.id, shown.page + 1)))
    return turning


def _to_details(t: Translator, pick_id: int) -> list[Button]:
    return [Button(text=t("Details"), data=DetailsButton(pick_id, 0))]
