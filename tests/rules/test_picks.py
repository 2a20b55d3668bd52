"""What an /edit says, and what its words become."""

from datetime import UTC, datetime

import pytest

from bot.draft_errors import DraftPriceUnreadable, DraftTitleMissing
from bot.edit_errors import EditUnreadable, ReasonMissing
from bot.errors import (
    DeadlinePast,
    StockUnreadable,
    VariantUnknown,
    WordsTooLong,
)
from bot.pricing_errors import TierTooDear
from bot.rules.draft_answers import Reading
from bot.rules.drafts import DraftVariant
from bot.rules.picks import (
    LONGEST_REASON,
    Edit,
    as_field,
    asks_buyers,
    is_field,
    new_deadline,
    new_price,
    new_stocks,
    new_tiers,
    new_title,
    new_words,
    read_edit,
    read_reason,
)
from bot.rules.pricing import Terms, TierPrice

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
READING = Reading(currency="EUR", now=NOW, time_zone="UTC", language="en")


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("title Wool scarf", Edit(field="title", text="Wool scarf")),
        ("TITLE: Wool scarf", Edit(field="title", text="Wool scarf")),
        ("title\nWool scarf", Edit(field="title", text="Wool scarf")),
        (
            "description From the mountain\nand the sea",
            Edit(field="words", text="From the mountain\nand the sea"),
        ),
        ("stock red 12, blue 5", Edit(field="stock", text="red 12, blue 5")),
        ("till 21:00", Edit(field="till", text="21:00")),
        ("until fri 18:00", Edit(field="till", text="fri 18:00")),
        ("название Шарф", Edit(field="title", text="Шарф")),
        ("título Bufanda", Edit(field="title", text="Bufanda")),
        ("库存 30", Edit(field="stock", text="30")),
    ],
)
def test_an_edit_names_what_changes_and_into_what(text: str, edit: Edit) -> None:
    assert read_edit(text, number=1, has_photo=False) == edit


@pytest.mark.parametrize("text", ["", "title", "title  ", "colour red", "photo", "12"])
def test_an_edit_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(EditUnreadable) as refused:
        read_edit(text, number=7, has_photo=False)
    assert refused.value.number == 7


@pytest.mark.parametrize("text", ["", "photo", "foto"])
def test_a_photo_alone_is_the_new_photo(text: str) -> None:
    assert read_edit(text, number=1, has_photo=True) == Edit(field="photo", text="")


def test_a_photo_beside_words_leaves_the_words_their_meaning() -> None:
    assert read_edit("title Scarf", number=1, has_photo=True) == Edit(field="title", text="Scarf")
    for unread in ("title", "nonsense"):
        with pytest.raises(EditUnreadable):
            read_edit(unread, number=1, has_photo=True)


def test_a_field_is_one_of_few_words() -> None:
    assert is_field("stock")
    assert as_field("stock") == "stock"
    assert not is_field("withdraw")
    with pytest.raises(LookupError):
        as_field("withdraw")


def test_titles_words_and_deadlines_are_read_as_in_a_draft() -> None:
    assert new_title(" Wool   scarf ", READING) == "Wool scarf"
    assert new_words("one\n\n two ", READING) == "one\ntwo"
    assert new_deadline("in 2h", READING) == datetime(2026, 3, 2, 12, tzinfo=UTC)
    with pytest.raises(DraftTitleMissing):
        new_title("  ", READING)
    with pytest.raises(DeadlinePast):
        new_deadline("2 march 9:00", READING)


SOLE = {5: DraftVariant(name="", stock=20)}
KINDS = {7: DraftVariant(name="red", stock=10), 8: DraftVariant(name="blue", stock=None)}


@pytest.mark.parametrize(
    ("kinds", "text", "stocks"),
    [
        (SOLE, "30", {5: 30}),
        (SOLE, "-", {5: None}),
        (KINDS, "red 12", {7: 12, 8: None}),
        (KINDS, "red 12, blue 4", {7: 12, 8: 4}),
        (KINDS, "6", {7: 6, 8: 6}),
        (KINDS, "red 0", {7: 0, 8: None}),
    ],
)
def test_stock_is_read_for_each_kind(
    kinds: dict[int, DraftVariant], text: str, stocks: dict[int, int | None]
) -> None:
    assert new_stocks(kinds, text) == stocks


@pytest.mark.parametrize(
    ("kinds", "text", "refusal"),
    [(SOLE, "many", StockUnreadable), (SOLE, "-3", StockUnreadable), (KINDS, "green 3", VariantUnknown)],
)
def test_stock_that_cannot_be_read_is_refused(
    kinds: dict[int, DraftVariant], text: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        new_stocks(kinds, text)


TERMS = Terms(price_amount=1290, tiers=(TierPrice(10, 1190), TierPrice(20, 990)))


def test_another_price_keeps_the_tiers_that_fit_below_it() -> None:
    assert new_price(TERMS, "12.50", READING) == Terms(price_amount=1250, tiers=TERMS.tiers)
    with pytest.raises(TierTooDear):
        new_price(TERMS, "11.00", READING)
    for unread in ("much", "20 USD"):
        with pytest.raises(DraftPriceUnreadable):
            new_price(TERMS, unread, READING)


def test_other_tiers_stand_below_the_same_price() -> None:
    assert new_tiers(TERMS, "5: 12.00", READING) == Terms(price_amount=1290, tiers=(TierPrice(5, 1200),))
    assert new_tiers(TERMS, "-", READING) == Terms(price_amount=1290)
    with pytest.raises(TierTooDear):
        new_tiers(TERMS, "5: 13.00", READING)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("13.90", ("13.90", False)),
        ("13.90 ask", ("13.90", True)),
        ("13.90  ASK", ("13.90", True)),
        ("13,90 спросить", ("13,90", True)),
        ("ask", ("ask", False)),
        ("13.90 later", ("13.90 later", False)),
    ],
)
def test_who_is_asked_stands_behind_the_price(text: str, read: tuple[str, bool]) -> None:
    assert asks_buyers(text) == read


def test_a_reason_is_one_line_that_says_something() -> None:
    assert read_reason(" the bees\n have left ", number=1) == "the bees have left"
    for nothing in ("", "  ", "…"):
        with pytest.raises(ReasonMissing):
            read_reason(nothing, number=1)
    with pytest.raises(WordsTooLong):
        read_reason("x" * (LONGEST_REASON + 1), number=1)
