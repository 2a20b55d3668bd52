"""Reviews by the rules: who may write one, what is kept of words, and what few or many say together."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from bot.errors import ButtonOutdated
from bot.review_errors import (
    GoodsNotFetched,
    OwnGoods,
    ReviewWordsMissing,
    ReviewWordsTooLong,
    TooManyReviewPhotos,
)
from bot.rules.reviews import (
    LONGEST_WORDS,
    MOST_PHOTOS,
    PRIOR_STARS,
    check_reviewable,
    checked_photos,
    checked_stars,
    checked_words,
    in_parts,
    is_reviewable,
    shrunk_stars,
    wilson_low,
)
from sandbox.entities import utf16_length
from storage.states import FulfilmentState

ANN, BEN = 1, 2


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of Ann's order."""

    person_id: int = ANN
    is_own: bool = False
    number: int = 7
    fulfilment: FulfilmentState = FulfilmentState.HANDED_OVER
    review: object | None = None


@pytest.mark.parametrize("fulfilment", [FulfilmentState.HANDED_OVER, FulfilmentState.RETURNED])
def test_who_had_it_in_her_hands_can_say_how_it_was_even_if_she_gave_it_back(
    fulfilment: FulfilmentState,
) -> None:
    check_reviewable(Line(fulfilment=fulfilment), person_id=ANN)


@pytest.mark.parametrize("fulfilment", [FulfilmentState.WAITING, FulfilmentState.READY])
def test_who_has_not_fetched_it_cannot(fulfilment: FulfilmentState) -> None:
    with pytest.raises(GoodsNotFetched):
        check_reviewable(Line(fulfilment=fulfilment), person_id=ANN)
    check_reviewable(Line(fulfilment=fulfilment, review="what she has said"), person_id=ANN)


def test_nobody_reviews_anothers_goods_nor_her_own_offer() -> None:
    with pytest.raises(ButtonOutdated):
        check_reviewable(Line(), person_id=BEN)
    with pytest.raises(ButtonOutdated):
        check_reviewable(None, person_id=ANN)
    with pytest.raises(OwnGoods):
        check_reviewable(Line(is_own=True), person_id=ANN)
    assert is_reviewable(Line())
    assert not is_reviewable(Line(is_own=True))
    assert not is_reviewable(Line(fulfilment=FulfilmentState.READY))


@pytest.mark.parametrize("stars", [0, 6, -1, 10**12])
def test_forged_stars_are_none(stars: int) -> None:
    with pytest.raises(ButtonOutdated):
        checked_stars(stars)
    assert [checked_stars(real) for real in range(1, 6)] == [1, 2, 3, 4, 5]


def test_a_review_may_fill_a_whole_message_and_no_more() -> None:
    whole = "ы" * LONGEST_WORDS
    assert checked_words(whole) == whole
    assert checked_words("😀" * (LONGEST_WORDS // 2)) == "😀" * (LONGEST_WORDS // 2)
    with pytest.raises(ReviewWordsTooLong):
        checked_words("and more", behind=whole)
    with pytest.raises(ReviewWordsTooLong):
        checked_words("😀" * (LONGEST_WORDS // 2) + "!")


def test_lines_stay_and_tricks_go() -> None:
    assert checked_words("  Good \n\n\n\n honey \u202eevil\u202c ") == "Good\n\nhoney evil"
    assert checked_words("quick, too", behind="Good honey") == "Good honey\nquick, too"
    assert checked_words("עסל טוב מאוד") == "עסל טוב מאוד"
    for nothing in ("", " \n ", "\u200b\u2060", "...", "!?"):
        with pytest.raises(ReviewWordsMissing):
            checked_words(nothing)


def test_photos_are_added_once_each_up_to_an_album() -> None:
    photos: list[str] = []
    for number in range(MOST_PHOTOS):
        photos = checked_photos(photos, f"photo {number}")
    assert checked_photos(photos, "photo 3") == photos
    with pytest.raises(TooManyReviewPhotos):
        checked_photos(photos, "one more")


@given(st.text(st.characters(codec="utf-8"), max_size=400), st.integers(2, 50))
def test_a_long_text_in_parts_loses_nothing_but_gaps(words: str, limit: int) -> None:
    parts = in_parts(words, limit=limit)
    assert parts
    assert all(utf16_length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("pleased", "buyers"), [(0, 1), (1, 1), (3, 3), (21, 23), (0, 40), (40, 40), (999, 1000), (7, 10)]
)
def test_the_lower_bound_is_wilsons(pleased: int, buyers: int) -> None:
    low = binomtest(pleased, buyers).proportion_ci(confidence_level=0.95, method="wilson").low
    assert wilson_low(pleased, buyers) == pytest.approx(low, abs=1e-12)


def test_published_bounds_are_met() -> None:
    # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29; Wilson's method.
    for pleased, buyers, low in [(81, 263, 0.2553), (15, 148, 0.0624), (0, 20, 0.0), (1, 29, 0.0061)]:
        assert wilson_low(pleased, buyers) == pytest.approx(low, abs=5e-5)
    assert wilson_low(0, 0) == 0


def test_few_stars_say_little_and_many_what_they_say() -> None:
    assert shrunk_stars(5.0, 0) == PRIOR_STARS
    assert shrunk_stars(5.0, 1) == pytest.approx((5 * 4.34 + 5) / 6)
    assert shrunk_stars(1.0, 1) > shrunk_stars(3.5, 100)
    assert shrunk_stars(3.0, 10_000) == pytest.approx(3.0, abs=0.001)
