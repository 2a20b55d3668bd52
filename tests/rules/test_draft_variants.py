"""Kinds and stock as curators type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.draft_errors import KindsUnreadable, TooManyOptionGroups
from bot.errors import (
    ShopError,
    StockUnreadable,
    TooManyVariants,
    VariantNameTooLong,
    VariantRepeated,
    VariantUnknown,
)
from bot.rules.draft_variants import read_count, read_kinds, restocked

TWO_GROUPS = "Size: S, M / Colour: red, light blue"


def stocks(text: str) -> dict[str, int | None]:
    """The kinds in a text, with their stock."""
    return {variant.name: variant.stock for variant in read_kinds(text).variants}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("S 5, M 10, L", {"S": 5, "M": 10, "L": None}),
        ("red: 10, blue: 5", {"red": 10, "blue": 5}),
        ("S 5\nM 10", {"S": 5, "M": 10}),
        ("S/M, L/XL", {"S/M": None, "L/XL": None}),
        ("41, 42, 43", {"41": None, "42": None, "43": None}),
        ("大号 5，小号 3", {"大号": 5, "小号": 3}),
        ("Very large green bowl 5, small one 3", {"Very large green bowl": 5, "small one": 3}),
        ("one", {"one": None}),
        ("Size: S 5, M 10", {"S": 5, "M": 10}),
        (TWO_GROUPS, dict.fromkeys(("S red", "S light blue", "M red", "M light blue"))),
        ("Размер: S\nЦвет: красный, синий", dict.fromkeys(("S красный", "S синий"))),
    ],
)
def test_kinds_are_read(text: str, kinds: dict[str, int | None]) -> None:
    assert stocks(text) == kinds


def test_groups_keep_their_names_and_values() -> None:
    kinds = read_kinds(TWO_GROUPS)
    assert kinds.option_names == ("Size", "Colour")
    assert [variant.options for variant in kinds.variants][:2] == [("S", "red"), ("S", "light blue")]
    assert read_kinds("Size: S, M").variants[1].options == ("M",)


def test_a_number_alone_is_a_stock() -> None:
    assert (read_kinds("20 jars").stock, read_kinds("20 jars").unit) == (20, "jars")
    assert read_kinds("20").variants == ()


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", KindsUnreadable),
        ("S, s", VariantRepeated),
        ("Size: S / size: M", VariantRepeated),
        ("Size: S, s / Colour: red", VariantRepeated),
        ("Size: S 5 / Colour: red", StockUnreadable),
        ("A: a / B: b / C: c / D: d", TooManyOptionGroups),
        ("A: " + ", ".join("abcdefgh") + " / B: " + ", ".join("abcdefgh"), TooManyVariants),
        (", ".join(f"kind {n}a" for n in range(51)), TooManyVariants),
        ("x" * 31, VariantNameTooLong),
        ("one two three four 0", StockUnreadable),
        ("!!, ??", KindsUnreadable),
    ],
)
def test_what_makes_no_kinds_is_refused(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_kinds(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("5", {"S red": 5, "S light blue": 5, "M red": 5, "M light blue": 5}),
        ("-", {"S red": None, "S light blue": None, "M red": None, "M light blue": None}),
        ("S 5", {"S red": 5, "S light blue": 5, "M red": None, "M light blue": None}),
        ("light blue: 2", {"S red": None, "S light blue": 2, "M red": None, "M light blue": 2}),
        ("red M 9; S red 0", {"S light blue": None, "M red": 9, "M light blue": None}),
        ("M 4, M red -", {"S red": None, "S light blue": None, "M red": None, "M light blue": 4}),
    ],
)
def test_stock_is_set_by_kind_and_by_option(text: str, kinds: dict[str, int | None]) -> None:
    variants = restocked(read_kinds(TWO_GROUPS).variants, text)
    assert {variant.name: variant.stock for variant in variants} == kinds


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("XL 5", VariantUnknown),
        ("S", StockUnreadable),
        ("0", StockUnreadable),
        ("S -5", StockUnreadable),
        ("S 0, M 0", StockUnreadable),
        ("S 10000000", StockUnreadable),
    ],
)
def test_stock_that_cannot_be_is_refused(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        restocked(read_kinds(TWO_GROUPS).variants, text)


def test_a_count_alone_is_read() -> None:
    assert read_count("20") == 20
    assert read_count("–") is None
    with pytest.raises(StockUnreadable):
        read_count("many")


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        kinds = read_kinds(text)
        restocked(kinds.variants, text)
    except ShopError:
        return
    assert len(kinds.variants) <= 50
