"""What buyers say of an offer, in a line or a few: on its card and among its details."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from typing import Final
from unicodedata import bidirectional

from babel.numbers import format_decimal
from markupsafe import Markup

from bot.i18n import Translator
from bot.rules.reviews import FEW_BUYERS, FEWEST_BUYERS, MOST_STARS, shrunk_stars, wilson_low
from bot.services.reviews import OfferReviews
from bot.views.screens import lines, paragraphs, shortened, shown_length
from storage.repositories.review_pages import SaidReview, Verdicts

EDITED_FROM: Final = timedelta(days=1)
"""What is added sooner than that belongs to the first word."""

_LONGEST_QUOTE: Final = 280
_LEAST_QUOTE: Final = 60
_LEFTWARDS: Final = frozenset({"R", "AL", "AN"})
_TOKENS: Final = re.compile(r"[\s\u3000-\u9fff\uff00-\uffef]+|[^\s\u3000-\u9fff\uff00-\uffef]+")
#: What Telegram would make a link, a mention, a tag or a command of.
_CLICKABLE: Final = re.compile(r"://|[^\W_]\.[^\W\d_]{2}|(?:^|\W)[@#/$][^\W_]")


def stars_shown(stars: int) -> str:
    """So many of five stars."""
    return "★" * stars + "☆" * (MOST_STARS - stars)


def words_shown(words: str) -> Markup:
    """What somebody wrote, as text alone: nothing in it opens anything, and it turns nothing beside it."""
    return Markup("\n").join(_line(line) for line in words.split("\n"))


def words_within(words: str, room: int) -> Markup:
    """The same, with as much of it as fits into so many UTF-16 units as they are shown."""
    limit = room
    while (excess := shown_length(shown := words_shown(shortened(words, limit))) - room) > 0 and limit > 1:
        limit = max(1, limit - excess)
    return shown


def runs_to_the_left(text: str) -> bool:
    """Whether any of it is written from right to left."""
    return any(bidirectional(c) in _LEFTWARDS for c in text)


def rating_line(t: Translator, reviews: OfferReviews | None) -> Markup | None:
    """The mean of the stars, from how many buyers here and elsewhere; nothing of too few."""
    if reviews is None:
        return None
    here, elsewhere = reviews.here, reviews.elsewhere
    if here.buyers < FEWEST_BUYERS:
        return _rated_elsewhere(t, here, elsewhere)
    stars = _mean(t, here.stars)
    buyers = t.plural("{n} buyer here", "{n} buyers here", here.buyers)
    if elsewhere.buyers >= FEWEST_BUYERS:
        return t.html(
            "★ <b>{stars}</b> of 5 from {buyers}, {mean} from {others} elsewhere",
            stars=stars,
            buyers=buyers,
            mean=_mean(t, elsewhere.stars),
            others=t.number(elsewhere.buyers),
        )
    if elsewhere.buyers:
        return t.html(
            "★ <b>{stars}</b> of 5 from {buyers}, {others} elsewhere",
            stars=stars,
            buyers=buyers,
            others=t.number(elsewhere.buyers),
        )
    return t.html("★ <b>{stars}</b> of 5 from {buyers}", stars=stars, buyers=buyers)


def overall_line(t: Translator, reviews: OfferReviews | None) -> Markup | None:
    """The same for somebody to whom no group is "here": the mean of all, wherever they bought."""
    if reviews is None or reviews.everywhere.buyers < FEWEST_BUYERS:
        return None
    stars = _mean(t, reviews.everywhere.stars)
    return t.html_plural(
        "★ <b>{stars}</b> of 5 from {n} buyer",
        "★ <b>{stars}</b> of 5 from {n} buyers",
        reviews.everywhere.buyers,
        stars=stars,
    )


def review_section(
    t: Translator, reviews: OfferReviews | None, *, time_zone: str, now: datetime, room: int
) -> Markup | None:
    """Among a pick's details: what all say together, and the most helpful critical and kind word of it."""
    if reviews is None:
        return None
    summary = lines(rating_line(t, reviews) or _too_few(t, reviews), *_certainty(t, reviews))
    quotes = [
        (t.html("The most helpful critical review"), reviews.critical),
        (t.html("The most helpful kind review"), reviews.kind),
    ]
    left = (room - shown_length(summary)) // 2
    said = [
        _quote(t, head, one, time_zone=time_zone, now=now, room=left)
        for head, one in quotes
        if one is not None
    ]
    return paragraphs(summary, *said)


def review_facts(t: Translator, review: SaidReview, *, group_id: int, time_zone: str, now: datetime) -> str:
    """What is known of a review beside its words: its stars, what was bought and when, and where."""
    again = {True: t("would buy it again"), False: t("would not buy it again")}
    facts = [
        stars_shown(review.stars),
        f"\u2068{review.kind}\u2069" if review.kind else "",
        t("bought {day}", day=t.day(review.bought_at, time_zone, now=now)),
        again[review.would_again] if review.would_again is not None else "",
        t("in another group") if review.group_id != group_id else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def _rated_elsewhere(t: Translator, here: Verdicts, elsewhere: Verdicts) -> Markup | None:
    if elsewhere.buyers < FEWEST_BUYERS:
        return None
    stars = _mean(t, elsewhere.stars)
    buyers = t.plural("{n} buyer elsewhere", "{n} buyers elsewhere", elsewhere.buyers)
    if here.buyers:
        return t.html(
            "★ <b>{stars}</b> of 5 from {buyers}, {others} here",
            stars=stars,
            buyers=buyers,
            others=t.number(here.buyers),
        )
    return t.html("★ <b>{stars}</b> of 5 from {buyers}", stars=stars, buyers=buyers)


def _too_few(t: Translator, reviews: OfferReviews) -> Markup:
    count = reviews.everywhere.buyers
    if not count:
        return t.html("No reviews yet.")
    return t.html_plural(
        "Not enough reviews yet: {n} buyer has said something.",
        "Not enough reviews yet: {n} buyers have said something.",
        count,
    )


def _certainty(t: Translator, reviews: OfferReviews) -> list[Markup]:
    """How far what they say goes for whoever buys next."""
    if max(reviews.here.buyers, reviews.elsewhere.buyers) < FEWEST_BUYERS:
        return []
    together = reviews.everywhere
    # Rounded down: it is a bound.
    share = t.percent(100 * floor(100 * wilson_low(together.pleased, together.buyers)))
    told = [
        t.html(
            "Four stars or more: {pleased} of {buyers}; of all who buy it, most likely at least {share}.",
            pleased=t.number(together.pleased),
            buyers=t.number(together.buyers),
            share=share,
        )
    ]
    expected = shrunk_stars(together.stars, together.buyers)
    # Said where few praise, never where few are disappointed: it shall dampen, not flatter.
    if together.buyers < FEW_BUYERS and expected < together.stars:
        told.append(t.html("So few say little yet: rather expect about {stars}.", stars=_mean(t, expected)))
    return told


def _quote(
    t: Translator, head: Markup, review: SaidReview, *, time_zone: str, now: datetime, room: int
) -> Markup | None:
    facts = review_facts(t, review, group_id=review.group_id, time_zone=time_zone, now=now)
    about = lines(Markup("<i>{}</i>").format(head), Markup.escape(facts))
    room -= shown_length(about) + len("\n\n\n")
    if room < _LEAST_QUOTE:
        return None
    return lines(about, words_within(review.words.replace("\n", " "), min(room, _LONGEST_QUOTE)))


def _mean(t: Translator, stars: float) -> str:
    mean = Decimal(repr(stars)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(format_decimal(mean, format="0.0", locale=t.language))


def _line(line: str) -> Markup:
    tokens = Markup("").join(_tokens(line))
    return Markup("\u2068{}\u2069").format(tokens) if runs_to_the_left(line) else tokens


def _tokens(line: str) -> Iterator[Markup]:
    for token in _TOKENS.findall(line):
        yield Markup("<code>{}</code>").format(token) if _CLICKABLE.search(token) else Markup.escape(token)
