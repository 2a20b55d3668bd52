"""A buyer's own reviews in private: being asked for one, writing it, and all of them; what curators hear."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.reviews import (
    OwnReviewButton,
    OwnReviewsButton,
    ReviewDeedButton,
    ReviewsButton,
    StarsButton,
)
from bot.i18n import Translator
from bot.rules.reviews import MOST_PHOTOS, MOST_STARS
from bot.views.review_lines import stars_shown, words_shown, words_within
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened, shown_length
from bot.views.telling_notes import suggestions_button, suggestions_offered
from storage.models import Review
from storage.repositories.review_pages import ReviewNews
from storage.repositories.reviews import BoughtLine

OWN_REVIEWS_A_PAGE: Final = 8
MOST_NEWS: Final = 10

_LONGEST_TITLE: Final = 40
_LONGEST_BUTTON: Final = 45
_OWN_WORDS: Final = 2500
_NEWS_WORDS: Final = 200


def reviews_asked(
    t: Translator, lines_: Sequence[BoughtLine], *, offers_suggestions: bool = False, now: datetime
) -> Screen:
    """A week after she got it: how was it? Perhaps with the question whether she wants to hear of others."""
    screen = _how_was_it(t, lines_, now=now)
    if not offers_suggestions:
        return screen
    return Screen(
        text=paragraphs(screen.text, suggestions_offered(t)),
        buttons=[*screen.buttons, [suggestions_button(t)]],
    )


def _how_was_it(t: Translator, lines_: Sequence[BoughtLine], *, now: datetime) -> Screen:
    why = t.html(
        "Only those who bought can say how something was, so your word helps whoever decides next. "
        "Good or bad, it is shown as you say it, without your name, and nobody is paid for it."
    )
    if len(lines_) == 1:
        [line] = lines_
        return Screen(
            text=paragraphs(
                t.html("<b>How was it?</b>"), _bought(t, line, now=now), why, t.html("Tap the stars.")
            ),
            buttons=[_star_buttons(line)],
        )
    listed = as_fits((_bought(t, line, now=now) for line in lines_), between="\n", limit=2500)
    return Screen(
        text=paragraphs(t.html("<b>How was it?</b>"), listed, why),
        buttons=[[_own_button(line)] for line in lines_[:OWN_REVIEWS_A_PAGE]],
    )


def own_review(t: Translator, line: BoughtLine, *, is_writing: bool, now: datetime) -> Screen:
    """One's own review, which can be changed at any time."""
    review = line.review
    if review is None:
        return Screen(
            text=paragraphs(
                t.html("<b>How was it?</b>"), _bought(t, line, now=now), t.html("Tap the stars.")
            ),
            buttons=[_star_buttons(line), own_reviews_button(t)],
        )
    return Screen(
        text=paragraphs(
            t.html("<b>Your review</b>"),
            lines(
                _bought(t, line, now=now), Markup.escape(stars_shown(review.stars)), _again_line(t, review)
            ),
            _own_words(review),
            t.html_plural("{n} photo", "{n} photos", len(review.photo_ids)) if review.photo_ids else None,
            _what_next(t, review, is_writing=is_writing),
        ),
        buttons=_form(t, line, review),
    )


def own_reviews(t: Translator, lines_: Sequence[BoughtLine], *, page: int, has_more: bool) -> Screen:
    """What somebody bought and fetched, with what she said of it: each opens its review."""
    if not lines_ and page == 0:
        return Screen(
            text=t.html(
                "Here you can say how your goods were, once you have fetched them. "
                "A week later I ask you, too."
            )
        )
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=OwnReviewsButton(page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=OwnReviewsButton(page + 1)))
    return Screen(
        text=paragraphs(
            t.html("<b>Your reviews</b>"),
            t.html("What you have fetched, the newest first. Tap it to say how it was, or to change that."),
        ),
        buttons=[*([_own_button(line)] for line in lines_), turning],
    )


def review_news(t: Translator, news: Sequence[ReviewNews], *, has_more: bool) -> Screen:
    """To a curator, once a day: what buyers say of her picks."""
    head = t.html("<b>New reviews of your picks</b>")
    parts = [
        lines(
            t.html(
                "#{number} {title} ({group}): {stars}",
                number=one.pick_number,
                title=shortened(one.title, _LONGEST_TITLE),
                group=shortened(one.group_title, _LONGEST_TITLE),
                stars=stars_shown(one.stars),
            ),
            words_within(one.words.replace("\n", " "), _NEWS_WORDS) if one.words else None,
        )
        for one in news
    ]
    more = t.html("There are more behind the details of each pick.") if has_more else None
    return Screen(text=paragraphs(head, as_fits(parts, between="\n\n", limit=3900), more))


def review_done(t: Translator) -> str:
    """A toast: it is kept."""
    return t("Thank you. You can change it at any time: /reviews")


def review_button(t: Translator, lines_: Sequence[BoughtLine]) -> list[Button]:
    """Beneath a receipt of goods that were fetched: say how they were, or change that."""
    if not lines_:
        return []
    said = t("Your review") if all(line.review for line in lines_) else t("How was it?")
    if len(lines_) == 1:
        return [Button(text=said, data=OwnReviewButton(lines_[0].order_id, lines_[0].variant_id))]
    return [Button(text=said, data=OwnReviewsButton(0))]


def own_reviews_button(t: Translator) -> list[Button]:
    """Opens what I bought and fetched, with what I said of it."""
    return [Button(text=t("My reviews"), data=OwnReviewsButton(0))]


def _bought(t: Translator, line: BoughtLine, *, now: datetime) -> Markup:
    title = shortened(line.title, _LONGEST_TITLE)
    return t.html(
        "<b>{title}</b> (#{number}, {group}), bought {day}",
        title=f"{title}, {line.kind}" if line.kind else title,
        number=line.pick_number,
        group=shortened(line.group_title, _LONGEST_TITLE),
        day=t.day(line.placed_at, line.time_zone, now=now),
    )


def _own_button(line: BoughtLine) -> Button:
    title = f"#{line.pick_number} {line.title}" + (f", {line.kind}" if line.kind else "")
    shown = shortened(title, _LONGEST_BUTTON)
    return Button(
        text=f"{stars_shown(line.review.stars)} {shown}" if line.review else shown,
        data=OwnReviewButton(line.order_id, line.variant_id),
    )


def _star_buttons(line: BoughtLine) -> list[Button]:
    given = line.review.stars if line.review else 0
    return [
        Button(
            text=f"• {stars} ★" if stars == given else f"{stars} ★",
            data=StarsButton(line.order_id, line.variant_id, stars),
        )
        for stars in range(1, MOST_STARS + 1)
    ]


def _again_line(t: Translator, review: Review) -> Markup | None:
    if review.would_again is None:
        return None
    return t.html("You would buy it again.") if review.would_again else t.html("You would not buy it again.")


def _own_words(review: Review) -> Markup | None:
    return words_within(review.words, _OWN_WORDS) if review.words else None


def _what_next(t: Translator, review: Review, *, is_writing: bool) -> Markup:
    if is_writing:
        return t.html("Send me a few words or photos now, if you like: they are added to it.")
    if shown_length(words_shown(review.words)) > _OWN_WORDS:
        return t.html("All of your words are kept, though not all fit here.")
    return t.html("It is shown without your name, and you can change it at any time.")


def _form(t: Translator, line: BoughtLine, review: Review) -> list[Sequence[Button]]:
    def deed(text: str, name: str) -> Button:
        return Button(text=text, data=ReviewDeedButton(line.order_id, line.variant_id, name))

    again, never = t("I would buy it again"), t("Not again")
    photos = review.photo_ids or []
    return [
        _star_buttons(line),
        [
            deed(f"• {again}" if review.would_again is True else again, "again"),
            deed(f"• {never}" if review.would_again is False else never, "never"),
        ],
        [
            deed(t("Write it anew") if review.words else t("Add words"), "words"),
            *([deed(t("Add photos"), "photos")] if len(photos) < MOST_PHOTOS else []),
        ],
        [
            *([deed(t("Take the words out"), "cut_words")] if review.words else []),
            *([deed(t("Take the photos out"), "cut_photos")] if photos else []),
        ],
        [deed(t("Show my photos"), "look")] if photos else [],
        [deed(t("Done"), "done"), Button(text=t("All reviews of it"), data=ReviewsButton(line.pick_id, 0))],
        own_reviews_button(t),
    ]
