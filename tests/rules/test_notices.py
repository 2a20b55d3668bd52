"""Who hears of a new pick, how many are told at a time, and what people write about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.notice_errors import CategoryUnreadable, WishUnreadable
from bot.rules.acquaintances import Proof, shown_proof
from bot.rules.draft_answers import Reading, answered
from bot.rules.drafts import DraftContent, as_document, cleared, read_content
from bot.rules.notice_text import Wish, WishText, category_key, find_wish, read_wish
from bot.rules.notices import hears, portion
from bot.rules.pick_categories import (
    LONGEST_CATEGORY,
    Categorised,
    categorised,
    listed_category,
    read_category,
)
from bot.rules.pick_text import read_pick
from bot.rules.picks import new_category, read_edit
from bot.rules.price_list import read_price_list
from storage.states import CategoryWish, DraftStep
from tests.clock import NOON

ONLY, MUTE = CategoryWish.ONLY, CategoryWish.MUTE


@pytest.mark.parametrize(
    ("is_on", "wishes", "category", "heard"),
    [
        (None, {}, "honey", False),
        (True, {}, "honey", True),
        (True, {}, None, True),
        (True, {"honey": MUTE}, "honey", False),
        (True, {"honey": MUTE}, "tea", True),
        (True, {"honey": ONLY}, "tea", False),
        (True, {"honey": ONLY}, None, False),
        (None, {"honey": ONLY}, "honey", True),
        (None, {"honey": ONLY, "tea": ONLY}, "tea", True),
        (None, {"honey": MUTE}, "tea", False),
        (False, {"honey": ONLY}, "honey", False),
    ],
)
def test_who_hears_of_a_new_pick(
    is_on: bool | None, wishes: dict[str, CategoryWish], category: str | None, heard: bool
) -> None:
    assert hears(is_on=is_on, wishes=wishes, category=category) is heard


@given(
    st.dictionaries(st.integers(1, 4), st.sets(st.integers(1, 40), max_size=25), min_size=1),
    st.integers(1, 9),
)
def test_portions_reach_everybody_once_with_all_her_picks_together(
    hearers: dict[int, set[int]], limit: int
) -> None:
    told: dict[int, tuple[int, ...]] = {}
    after: int | None = 0
    while after is not None:
        heard = {pick: sorted(p for p in people if p > after)[:limit] for pick, people in hearers.items()}
        next_ones = portion(heard, limit=limit)
        assert not next_ones.people.keys() & told.keys()
        assert len(next_ones.people) <= limit * len(hearers)
        assert next_ones.up_to is None or next_ones.up_to > after
        told |= next_ones.people
        after = next_ones.up_to
    assert told == {
        person: tuple(sorted(pick for pick, people in hearers.items() if person in people))
        for person in set().union(*hearers.values())
    }


@pytest.mark.parametrize(
    ("text", "wish", "categories"),
    [
        ("only honey", Wish.ONLY, ("honey",)),
        ("only honey, wool socks", Wish.ONLY, ("honey", "wool_socks")),
        ("tell me only about #honey and #Tea", Wish.ONLY, ("honey", "tea")),
        ("mute tea", Wish.MUTE, ("tea",)),
        ("all but #tea", Wish.MUTE, ("tea",)),
        ("unmute tea", Wish.AS_USUAL, ("tea",)),
        ("solo miel y té", Wish.ONLY, ("miel", "té")),
        ("avísame solo de #miel", Wish.ONLY, ("miel",)),
        ("sin té", Wish.MUTE, ("té",)),
        ("только мёд", Wish.ONLY, ("мед",)),
        ("сообщай мне только про #мёд", Wish.ONLY, ("мед",)),
        ("всё, кроме #чай", Wish.MUTE, ("чай",)),
        ("без чай", Wish.MUTE, ("чай",)),
        ("只要 蜂蜜", Wish.ONLY, ("蜂蜜",)),
        ("只告诉我 #蜂蜜", Wish.ONLY, ("蜂蜜",)),
        ("屏蔽 茶", Wish.MUTE, ("茶",)),
        ("取消屏蔽 茶", Wish.AS_USUAL, ("茶",)),
        ("all", Wish.ALL, ()),
        ("todo", Wish.ALL, ()),
        ("всё", Wish.ALL, ()),
        ("全部", Wish.ALL, ()),
        ("off", Wish.NOTHING, ()),
        ("nada", Wish.NOTHING, ()),
        ("ничего", Wish.NOTHING, ()),
        ("关闭", Wish.NOTHING, ()),
    ],
)
def test_wishes_are_read_in_four_languages(text: str, wish: Wish, categories: tuple[str, ...]) -> None:
    assert read_wish(text) == WishText(wish=wish, categories=categories)


@pytest.mark.parametrize("text", ["", "honey", "only", "mute   ", "12"])
def test_what_is_no_wish_is_refused(text: str) -> None:
    with pytest.raises(WishUnreadable):
        read_wish(text)


def test_a_sentence_without_a_wish_or_without_a_category_is_none() -> None:
    assert find_wish("I like #honey") is None
    assert find_wish("only honey for me") is None
    assert find_wish("only pick #12 please") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.90 Chestnut honey #Honey", Categorised("12.90 Chestnut honey", "honey")),
        ("Socks #wool #warm", Categorised("Socks", "wool")),
        ("The best #honey there is", Categorised("The best #honey there is", "honey")),
        ("#мёд", Categorised("", "мед")),
        ("蜂蜜 #蜂蜜", Categorised("蜂蜜", "蜂蜜")),
        ("like pick #12", Categorised("like pick #12", None)),
        ("a#b and ##c", Categorised("a#b and ##c", None)),
        ("x #" + "y" * 31, Categorised("x #" + "y" * 31, None)),
    ],
)
def test_a_hashtag_is_the_category(text: str, expected: Categorised) -> None:
    assert categorised(text) == expected


def test_a_category_is_one_folded_word() -> None:
    assert read_category("#Honey") == read_category(" HONEY ") == "honey"
    assert read_category("Wool socks") == "wool_socks"
    for text in ("", "#", "12", "!?", "a" * 31, "<b>", "a:b"):
        with pytest.raises(CategoryUnreadable):
            read_category(text)


def test_a_price_list_never_fails_for_its_categories() -> None:
    assert listed_category("Food / Honey & jam") == "food_honey_jam"
    assert listed_category("") is listed_category("12") is listed_category("<b>") is None
    long = listed_category("Food and drink / Honey and sweets")
    assert long is not None
    assert len(long) <= LONGEST_CATEGORY


@given(st.text(max_size=60))
def test_any_text_gives_a_category_that_fits_or_none(text: str) -> None:
    found = [categorised(text).category, listed_category(text)]
    for category in filter(None, found):
        assert 0 < len(category) <= LONGEST_CATEGORY
        assert len(category_key(category)) == 10


@pytest.mark.parametrize(
    ("known", "bought", "again", "told"),
    [
        (10, 3, 2, (3, 2)),
        (10, 3, 1, (3, 0)),
        (10, 2, 2, (0, 0)),
        (3, 3, 3, (0, 0)),
        (4, 3, 3, (3, 3)),
        (0, 0, 0, (0, 0)),
    ],
)
def test_a_count_tells_of_nobody_alone(known: int, bought: int, again: int, told: tuple[int, int]) -> None:
    proof = shown_proof(known=known, bought=bought, again=again, here=23, elsewhere=2)
    assert proof == Proof(known_bought=told[0], known_again=told[1], here=23, elsewhere=2)


def test_every_way_of_writing_a_pick_can_say_what_sort_of_thing_it_is() -> None:
    reading = Reading(currency="EUR", now=NOON, time_zone="UTC", language="en")
    quick = read_pick(
        "12.90 Chestnut honey #Honey | 20 jars | From the hills",
        currency="EUR",
        now=NOON,
        time_zone="UTC",
        language="en",
    )
    assert (quick.title, quick.category, quick.words) == ("Chestnut honey", "honey", "From the hills")
    typed = answered(DraftContent(), DraftStep.CATEGORY, "#Honey", reading)
    assert typed.category == read_content(as_document(typed)).category == "honey"
    named = answered(typed, DraftStep.TITLE, "Socks #wool", reading)
    assert (named.title, named.category) == ("Socks", "wool")
    assert answered(named, DraftStep.TITLE, "Warm socks", reading).category == "wool"
    assert cleared(named, DraftStep.CATEGORY).category is None
    edit = read_edit("категория #Мёд", number=1, has_photo=False)
    assert new_category(edit.text) == "мед"
    assert new_category("-") is None
    listed = read_price_list([("Title", "Price", "分类"), ("Honey", "12.90", "蜂蜜")], currency="EUR")
    assert [offer.category for offer in listed.offers.values()] == ["蜂蜜"]
