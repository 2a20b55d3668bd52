"""The quick form of a pick is read whole or refused with the one thing that is wrong."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import (
    DeadlinePast,
    DeadlineTooFar,
    DeadlineUnreadable,
    PriceUnreadable,
    ShopError,
    StockUnreadable,
    TitleMissing,
    TitleTooLong,
    TooManyVariants,
    VariantNameTooLong,
    VariantRepeated,
    WordsTooLong,
)
from bot.money import Money
from bot.pricing_errors import (
    LimitUnreadable,
    MinimumAboveStock,
    MinimumUnreadable,
    TierAboveStock,
    TierRepeated,
    TierTooDear,
    TierUnreadable,
    TooManyTiers,
)
from bot.rules.pick_text import LONGEST_TITLE, LONGEST_WORDS, PickText, read_pick
from bot.rules.pick_variants import LARGEST_STOCK, MOST_VARIANTS, VariantText
from bot.rules.pricing import TierPrice
from bot.rules.teams import TeamTerms
from bot.team_errors import TeamHoursUnreadable, TeamNotCheaper, TeamSizeUnreadable, TeamWithTiers

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
TONIGHT = datetime(2026, 11, 25, 17, tzinfo=UTC)


def read(text: str, currency: str = "USD", language: str = "en") -> PickText:
    return read_pick(text, currency=currency, now=NOW, time_zone="Europe/Moscow", language=language)


def variants_in(text: str) -> list[tuple[str, int | None]]:
    return [(variant.name, variant.stock) for variant in read(f"9 Tee | {text}").variants]


def test_the_whole_form() -> None:
    assert read("12.90 Yunnan honey | 20 jars | till 20:00 | Raw, from the hills.") == PickText(
        price=Money(amount=1290, currency="USD"),
        title="Yunnan honey",
        variants=(VariantText(name="", stock=20),),
        closes_at=TONIGHT,
        words="Raw, from the hills.",
        unit="jars",
    )


def test_lower_prices_a_minimum_and_a_limit() -> None:
    pick = read("12.90 Honey | 40 jars | 10+ 11.90, 30+ 9.90 | min 10 | max 2 each | till 20:00")
    assert pick.tiers == (TierPrice(10, 1190), TierPrice(30, 990))
    assert (pick.minimum_quantity, pick.limit_per_person) == (10, 2)
    assert (pick.words, pick.unit, pick.closes_at) == ("", "jars", TONIGHT)
    assert pick.variants == (VariantText(name="", stock=40),)


def test_lower_prices_may_stand_on_lines_of_their_own() -> None:
    pick = read("12.90 Honey\n30+ 9.90\n10+ 11.90\nmin 10 combs\n40 combs")
    assert pick.tiers == (TierPrice(10, 1190), TierPrice(30, 990))
    assert pick.minimum_quantity == 10


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("10+ 12.90", TierTooDear),
        ("10+ 11.90, 30+ 11.95", TierTooDear),
        ("10+ 11.90, 10+ 9.90", TierRepeated),
        ("10+ 11.90, 30+ cheap", TierUnreadable),
        ("10+ €11.90", TierUnreadable),
        ("1+ 11.90", TierUnreadable),
        ("10+ 11.90, 50+ 9.90 | 40 jars", TierAboveStock),
        ("2+ 9, 3+ 8, 4+ 7, 5+ 6, 6+ 5, 7+ 4, 8+ 3", TooManyTiers),
        ("min 1", MinimumUnreadable),
        ("min 10 | minimum 12", MinimumUnreadable),
        ("min 50 | 40 jars", MinimumAboveStock),
        ("max 0", LimitUnreadable),
        ("max 2 | 3 per person", LimitUnreadable),
    ],
)
def test_what_makes_no_sense_about_prices_is_refused(text: str, refusal: type[ShopError]) -> None:
    with pytest.raises(refusal):
        read(f"12.90 Honey | {text}")


@pytest.mark.parametrize(
    "words",
    ["10+ years of experience", "From 3 beekeepers", "At least 3 layers", "18+", "5+1", "Up to 5 colours"],
)
def test_what_only_looks_like_a_condition_describes(words: str) -> None:
    pick = read(f"12.90 Honey | {words}")
    assert (pick.words, pick.tiers, pick.minimum_quantity, pick.limit_per_person) == (words, (), None, None)


def test_a_price_and_a_title_are_enough_for_a_day() -> None:
    pick = read("12.90 Honey")
    assert pick.variants == (VariantText(name="", stock=None),)
    assert (pick.closes_at, pick.words, pick.unit) == (NOW + timedelta(hours=24), "", "")


@pytest.mark.parametrize(
    "text",
    [
        "1 299,50 ₽ Шарф | красный 10, синий 5 | до 20:00 | Тёплый, мягкий.",
        "1 299,50 ₽ Шарф | Тёплый, мягкий. | до 20:00 | красный: 10; синий: 5",
        "Шарф 1 299,50 ₽ ｜ красный x10，синий x5 ｜ до 20:00 ｜ Тёплый, мягкий.",
        "1 299,50 ₽\nШарф\nкрасный 10\nсиний 5\nдо 20:00\nТёплый, мягкий.",
    ],
)
def test_the_parts_stand_in_any_order(text: str) -> None:
    pick = read(text, language="ru")
    assert (pick.price, pick.title) == (Money(amount=129950, currency="RUB"), "Шарф")
    assert pick.variants == (VariantText(name="красный", stock=10), VariantText(name="синий", stock=5))
    assert (pick.closes_at, pick.words) == (TONIGHT, "Тёплый, мягкий.")


def test_in_chinese() -> None:
    pick = read("12元 云南蜂蜜｜20罐｜截止今晚8点", language="zh_CN")
    assert (pick.price, pick.title, pick.unit) == (Money(amount=1200, currency="CNY"), "云南蜂蜜", "罐")
    assert (pick.variants, pick.closes_at) == ((VariantText(name="", stock=20),), TONIGHT)


@pytest.mark.parametrize(
    ("text", "amount", "currency", "title"),
    [
        ("12.90 Honey", 1290, "USD", "Honey"),
        ("¥12.90 Honey", 1290, "CNY", "Honey"),
        ("€ 12,90 Honey", 1290, "EUR", "Honey"),
        ("15 € Honey", 1500, "EUR", "Honey"),
        ("5 USD cable", 500, "USD", "cable"),
        ("5 EUR cable", 500, "EUR", "cable"),
        ("Honey 12.90", 1290, "USD", "Honey"),
        ("Honey - 15 руб", 1500, "RUB", "Honey"),
        ("Honey: 15", 1500, "USD", "Honey"),
        ("12.90 - Honey", 1290, "USD", "Honey"),
        ("12.90 iPhone 15 case", 1290, "USD", "iPhone 15 case"),
        ("20 iPhone 15", 2000, "USD", "iPhone 15"),
        ("3 apples $5", 500, "USD", "3 apples"),
        ("500g honey 12.90", 1290, "USD", "500g honey"),
        ("12 All natural soap", 1200, "USD", "All natural soap"),
        ("12 TOP quality", 1200, "USD", "TOP quality"),
        ("5 gel pens", 500, "USD", "gel pens"),
        ("5 100% cotton", 500, "USD", "100% cotton"),
        ("１２．９０　蜂蜜", 1290, "USD", "蜂蜜"),
    ],
)
def test_the_price_stands_first_or_last(text: str, amount: int, currency: str, title: str) -> None:
    pick = read(text)
    assert (pick.price, pick.title) == (Money(amount=amount, currency=currency), title)


def test_a_code_that_is_a_word_is_money_where_it_is_used() -> None:
    assert read("5 GEL honey", currency="GEL").price == Money(amount=500, currency="GEL")
    assert read("5 gel honey", currency="GEL").title == "gel honey"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", ""),
        ("|||", ""),
        ("free honey", "free honey"),
        ("1e9 honey", "1e9"),
        ("-3 honey", "-3"),
        ("-3 honey 5", "-3"),
        ("$0 honey", "$0"),
        ("12.999 honey", "12.999"),
        ("99999999 honey", "99999999"),
        ("12 500 ml oil", "12 500"),
        ("20 Cola 1.5", "20 Cola 1.5"),
        ("honey | 12.90", "honey"),
    ],
)
def test_a_doubtful_price_is_named(text: str, named: str) -> None:
    with pytest.raises(PriceUnreadable) as refusal:
        read(text)
    assert refusal.value.text == named


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ("20", [("", 20)]),
        ("20 jars", [("", 20)]),
        ("20 шт.", [("", 20)]),
        ("20罐", [("", 20)]),
        ("２０", [("", 20)]),
        ("red 10, blue 5", [("red", 10), ("blue", 5)]),
        ("red: 10; blue = 5", [("red", 10), ("blue", 5)]),
        ("red x10, blue ×5", [("red", 10), ("blue", 5)]),
        ("S-3, M - 5", [("S", 3), ("M", 5)]),
        ("10 red, 5 dark blue", [("red", 10), ("dark blue", 5)]),
        ("10 x red, 5 x blue", [("red", 10), ("blue", 5)]),
        ("red 10 pcs, blue 5 pcs.", [("red", 10), ("blue", 5)]),
        ("10 red\n5 blue", [("red", 10), ("blue", 5)]),
        ("S 3\nM 5", [("S", 3), ("M", 5)]),
        ("red 10", [("red", 10)]),
        ("red, blue", [("red", None), ("blue", None)]),
        ("red 10, blue", [("red", 10), ("blue", None)]),
        ("41 3, 42 5", [("41", 3), ("42", 5)]),
        ("41, 42, 43", [("41", None), ("42", None), ("43", None)]),
        ("500 g 10, 1 kg 5", [("500 g", 10), ("1 kg", 5)]),
        ("红色10个，蓝色5个", [("红色", 10), ("蓝色", 5)]),
        ("10个红、5个蓝", [("个红", 10), ("个蓝", 5)]),
        ("原味、辣味", [("原味", None), ("辣味", None)]),
    ],
)
def test_stock_and_variants(text: str, variants: list[tuple[str, int | None]]) -> None:
    assert variants_in(text) == variants


@pytest.mark.parametrize(
    "words",
    [
        "Warm and soft",
        "soft and warm, from Peru",
        "Warm, soft, light.",
        "500 ml",
        "100% wool",
        "3 generations of beekeepers",
        "来自云南，纯天然，无添加",
        "Made by hand in 1990",
        "x" * 120 + " 5",
        "Pure wool\nMade in Peru",
        "- , -",
    ],
)
def test_what_is_neither_stock_nor_time_describes(words: str) -> None:
    pick = read(f"9 Tee | {words}")
    assert (pick.words, pick.variants) == (words, (VariantText(name="", stock=None),))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("0", "0"),
        ("0 jars", "0 jars"),
        ("-5 jars", "-5 jars"),
        ("1.5", "1.5"),
        ("2,5 kg", "2,5 kg"),
        (f"{LARGEST_STOCK + 1}", "1000001"),
        ("9" * 60, "9" * 60),
        ("red 0, blue 1", "red 0"),
        ("red -3, blue 1", "red -3"),
        ("20 jars | red, blue", "20 jars"),
        ("20 | 30", "30"),
        ("20 jars | 30", "30"),
    ],
)
def test_a_doubtful_stock_is_named(text: str, named: str) -> None:
    with pytest.raises(StockUnreadable) as refusal:
        read(f"9 Tee | {text}")
    assert refusal.value.text == named


@pytest.mark.parametrize(
    "text", ["12.90", "12.90 |", "12.90 | 20 jars", "12.90 \u202e\u200f", "12.90 ...", "12.90 -"]
)
def test_a_pick_needs_a_title(text: str) -> None:
    with pytest.raises(TitleMissing):
        read(text)


def test_a_title_and_words_have_limits() -> None:
    assert read(f"9 {'x' * LONGEST_TITLE} | {'y' * LONGEST_WORDS}").title == "x" * LONGEST_TITLE
    with pytest.raises(TitleTooLong) as title:
        read(f"9 {'x' * (LONGEST_TITLE + 1)}")
    assert (title.value.length, title.value.limit) == (101, 100)
    with pytest.raises(WordsTooLong) as words:
        read(f"9 Tee | {'y' * 300} | {'y' * 300}")
    assert (words.value.length, words.value.limit) == (601, 600)


def test_variants_have_limits() -> None:
    assert len(variants_in(", ".join(f"v{i}" for i in range(MOST_VARIANTS)))) == MOST_VARIANTS
    with pytest.raises(TooManyVariants) as many:
        variants_in(", ".join(f"v{i}" for i in range(500)))
    assert (many.value.count, many.value.limit) == (500, 50)
    with pytest.raises(VariantNameTooLong) as long:
        variants_in(f"{'x' * 31} 5, blue 3")
    assert (long.value.name, long.value.limit) == ("x" * 31, 30)


@pytest.mark.parametrize("text", ["red 1, Red 2", "café, cafe", "тёмный 1, темный 2", "red 1 | red 2"])
def test_two_variants_must_differ_in_more_than_accents(text: str) -> None:
    with pytest.raises(VariantRepeated):
        variants_in(text)


@pytest.mark.parametrize(
    "text", ["20:00", "till 20:00", "in 3h | 20", "24.12. 18:00", "24.12", "18.30", "завтра"]
)
def test_a_time_is_a_deadline_wherever_it_stands(text: str) -> None:
    pick = read(f"9 Tee | {text}")
    assert NOW < pick.closes_at != NOW + timedelta(hours=24)
    assert pick.words == ""


def test_a_doubtful_deadline_is_refused() -> None:
    for text, refusal in (
        ("till noon of never", DeadlineUnreadable),
        ("till 20:00 | in 3h", DeadlineUnreadable),
        ("today 10:00", DeadlinePast),
        ("in 100 days", DeadlineTooFar),
    ):
        with pytest.raises(refusal):
            read(f"9 Tee | {text}")


def test_titles_are_plain_text_without_tricks() -> None:
    typed = '9 =HYPERLINK("x")  <b>\u202eSale\u202c</b>\x00\u2066!\u2069 👨‍👩‍👧'
    assert read(typed).title == '=HYPERLINK("x") <b>Sale</b>! 👨‍👩‍👧'


PARTS = """
12.90 5 $5 -3 free Honey Tee 20 jars red blue 10 0 , : ; x till 20:00 in 3h soft from | | ｜ 红 个 шт GEL
ALL 1 500 . \u202e
"""
sellers = st.lists(st.sampled_from([*PARTS.split(), "\n"]), max_size=14)


@given(
    st.one_of(st.text(), sellers.map(" ".join), sellers.map("".join)),
    st.sampled_from(["USD", "JPY", "KWD", "GEL"]),
)
def test_any_text_is_a_whole_pick_or_refused(text: str, currency: str) -> None:
    try:
        pick = read(text, currency=currency)
    except ShopError:
        return
    assert pick.title
    assert pick.variants
    assert pick.closes_at > NOW
    assert all(variant.stock is None or 1 <= variant.stock <= LARGEST_STOCK for variant in pick.variants)


@pytest.mark.parametrize("flood", ["😀", "1", "a", "a ", "1 a, ", "红", "x1,", "|", "12.90 ", "- "])
def test_a_flood_of_characters_is_refused_at_once(flood: str) -> None:
    began = time.process_time()
    for text in (flood * (4096 // len(flood)), "9 Tee | " + flood * (4000 // len(flood))):
        try:
            read(text)
        except ShopError:
            continue
    assert time.process_time() - began < 5


def test_a_team_price() -> None:
    pick = read("12.90 Honey | team 3 9.90 48h | 40 jars | till 20:00")
    assert pick.team == TeamTerms(price_amount=990, size=3, hours=48)
    assert (pick.unit, pick.closes_at, pick.words) == ("jars", TONIGHT, "")
    assert read("12.90 Honey | team 9.90").team == TeamTerms(price_amount=990, size=2, hours=24)
    assert read("12.90 Scarf | Team colours, woven by hand.").team is None


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("12.90 Honey | team 12.90", TeamNotCheaper),
        ("12.90 Honey | team 21 9.90", TeamSizeUnreadable),
        ("12.90 Honey | team 9.90 200h", TeamHoursUnreadable),
        ("12.90 Honey | team 9.90 | 10+ 11.90", TeamWithTiers),
        ("12.90 Honey | team 9.90 | team 8.90", PriceUnreadable),
    ],
)
def test_a_team_price_that_makes_no_sense(text: str, refusal: type[ShopError]) -> None:
    with pytest.raises(refusal):
        read(text)
