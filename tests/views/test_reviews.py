"""Reviews in every language, whatever buyers wrote; means that are never of too few."""

import pytest

from bot.i18n import LANGUAGES, Translator
from bot.rules.reviews import LONGEST_WORDS
from bot.services.reviews import OfferReviews, ReviewPage
from bot.views.review_lines import overall_line, rating_line, review_section, words_shown
from bot.views.review_pages import all_reviews, review_in_full
from bot.views.reviews import own_review, own_reviews, review_news, reviews_asked
from sandbox.entities import find_entities, utf16_length
from sandbox.parsing.html import parse_html
from storage.models import Review
from storage.repositories.review_pages import ReviewNews, SaidReview, Verdicts
from storage.repositories.reviews import BoughtLine
from storage.states import FulfilmentState, OrderState
from tests.views.strange import GROUP, NOW, STRANGE, TITLE, VARIANT, long, make_posted, shown

KEY = 2**62


def make_review(text: str, *, stars: int = 2, gap: str = " ") -> SaidReview:
    return SaidReview(
        id=KEY,
        person_id=1,
        group_id=2,
        kind=long(text, VARIANT),
        stars=stars,
        words=long(f"{text}{gap}", LONGEST_WORDS // 2),
        photo_ids=["p"],
        would_again=False,
        helpful_count=10**6,
        bought_at=NOW.replace(year=2025),
        created_at=NOW.replace(year=2025),
        edited_at=NOW,
    )


def make_line(text: str, *, written: bool, gap: str = " ") -> BoughtLine:
    review = Review(
        order_id=KEY,
        variant_id=KEY,
        pick_id=1,
        origin_id=1,
        group_id=1,
        person_id=1,
        stars=4,
        words=long(f"{text}{gap}", LONGEST_WORDS // 2),
        photo_ids=["p"] * 10,
        would_again=True,
        created_at=NOW,
    )
    return BoughtLine(
        order_id=KEY,
        variant_id=KEY,
        person_id=1,
        number=7,
        state=OrderState.COMPLETED,
        fulfilment=FulfilmentState.HANDED_OVER,
        placed_at=NOW,
        handed_over_at=NOW,
        pick_id=1,
        pick_number=10**6,
        curator_id=2,
        is_own=False,
        title=long(text, TITLE),
        kind=long(text, VARIANT),
        origin_id=1,
        group_id=1,
        group_title=long(text, GROUP),
        time_zone="Asia/Shanghai",
        review=review if written else None,
    )


def reviews_of(here: tuple[int, float], elsewhere: tuple[int, float] = (0, 0.0)) -> OfferReviews:
    """What so many buyers say with this mean, here and elsewhere."""
    return OfferReviews(
        here=Verdicts(here[0], here[1], here[0]), elsewhere=Verdicts(elsewhere[0], elsewhere[1], 0)
    )


@pytest.mark.parametrize(
    ("here", "elsewhere", "line"),
    [
        ((23, 4.58), (2, 1.0), "★ 4.6 of 5 from 23 buyers here, 2 elsewhere"),
        ((23, 4.58), (40, 4.04), "★ 4.6 of 5 from 23 buyers here, 4.0 from 40 elsewhere"),
        ((3, 5.0), (0, 0.0), "★ 5.0 of 5 from 3 buyers here"),
        ((2, 5.0), (3, 3.25), "★ 3.3 of 5 from 3 buyers elsewhere, 2 here"),
        ((0, 0.0), (1200, 4.449), "★ 4.4 of 5 from 1,200 buyers elsewhere"),
        ((2, 5.0), (2, 5.0), None),
        ((0, 0.0), (0, 0.0), None),
    ],
)
def test_a_mean_is_of_three_at_least_and_says_where_they_are(
    here: tuple[int, float], elsewhere: tuple[int, float], line: str | None
) -> None:
    told = rating_line(Translator("en"), reviews_of(here, elsewhere))
    assert (told and parse_html(told)[0]) == line


def test_a_guest_hears_of_all_together() -> None:
    told = overall_line(Translator("en"), reviews_of((2, 5.0), (2, 4.0)))
    assert told == "★ <b>4.5</b> of 5 from 4 buyers"
    assert overall_line(Translator("en"), reviews_of((2, 5.0))) is None


def test_of_too_few_it_is_said_that_they_are() -> None:
    t = Translator("en")

    def told(*counts: int, stars: float = 4.0) -> str:
        section = review_section(
            t, reviews_of((counts[0], stars), (counts[1], stars)), time_zone="UTC", now=NOW, room=900
        )
        assert section is not None
        return parse_html(section)[0]

    assert told(0, 0) == "No reviews yet."
    assert told(1, 0) == "Not enough reviews yet: 1 buyer has said something."
    assert told(2, 2) == "Not enough reviews yet: 4 buyers have said something."
    assert "rather expect about 4.6." in told(3, 0, stars=5.0)
    assert "expect" not in told(3, 0, stars=2.0), "it does not flatter"
    assert "expect" not in told(5, 5, stars=5.0)
    assert "Four stars or more: 23 of 23; of all who buy it, most likely at least 85%." in told(23, 0)
    assert review_section(t, None, time_zone="UTC", now=NOW, room=900) is None


def test_what_is_quoted_fits(t: Translator, text: str) -> None:
    reviews = OfferReviews(
        here=Verdicts(5, 4.0, 4),
        elsewhere=Verdicts(5, 4.0, 4),
        kind=make_review(text, stars=5),
        critical=make_review(text, stars=1),
    )
    for room in (-10, 0, 100, 300, 900):
        section = review_section(t, reviews, time_zone="UTC", now=NOW, room=room)
        assert section is not None
        # The summary itself is always there.
        assert utf16_length(parse_html(section)[0]) <= max(room, 300)


def test_nothing_in_a_review_can_be_opened() -> None:
    wild = (
        "see https://evil.example/a?b#c or www.evil.example, evil.example; t.me/evil ,@mei_tea! (/start) "
        "#spam\n/start\n看https://evil.example/x吧 ask@evil.example $TON tg://resolve?domain=x"
    )
    told, entities = parse_html(words_shown(wild))
    assert len(find_entities(told)) > 8, "the text alone is full of them"
    closed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] == "code"
    ]
    for entity in find_entities(told):
        assert any(a <= entity["offset"] < b for a, b in closed), entity
    assert words_shown("Great, 3.50 each and/or #1") == "Great, 3.50 each and/or <code>#1</code>"


def test_right_to_left_stays_within_its_line() -> None:
    told = words_shown("דבש טוב\n\nfine")
    assert told == "\u2068דבש טוב\u2069\n\nfine"


@pytest.mark.parametrize("written", [True, False])
def test_ones_own_reviews_fit(t: Translator, text: str, written: bool) -> None:
    line = make_line(text, written=written)
    for is_writing in (True, False):
        shown(own_review(t, line, is_writing=is_writing, now=NOW))
    shown(own_review(t, make_line("ש", written=written, gap="\n"), is_writing=True, now=NOW))
    shown(own_reviews(t, [line] * 8, page=1, has_more=True))
    shown(own_reviews(t, [], page=0, has_more=False))
    shown(reviews_asked(t, [line], now=NOW))
    shown(reviews_asked(t, [line] * 200, now=NOW))


@pytest.mark.parametrize("words", [*STRANGE, "ש"])
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_all_that_is_said_fits(t: Translator, words: str, gap: str) -> None:
    text, posted = words, make_posted(words)
    reviews = [make_review(text, gap=gap)] * 3
    page = ReviewPage(
        posted=posted,
        summary=reviews_of((10**6, 4.5), (10**6, 4.5)),
        reviews=reviews,
        found_helpful=frozenset([KEY]),
        page=1,
        has_more=True,
    )
    shown(all_reviews(t, page, now=NOW))
    for part in (0, 99):
        shown(review_in_full(t, posted, reviews[0], part=part, page=0, now=NOW))
    news = ReviewNews(1, 10**6, long(text, TITLE), long(text, GROUP), 5, long(text, LONGEST_WORDS))
    shown(review_news(t, [news] * 10, has_more=True))


def test_every_language_writes_its_own_mean() -> None:
    told = [
        str(rating_line(Translator(language), reviews_of((23, 4.58), (2, 1.0)))) for language in LANGUAGES
    ]
    assert len(set(told)) == len(LANGUAGES)
    assert ["4,6" in line for line in told] == [language in ("ru", "es") for language in LANGUAGES]
