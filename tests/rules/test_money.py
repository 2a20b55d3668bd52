"""Prices are read as people write them, and money is divided to the last cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.money import (
    Money,
    allocate,
    format_money,
    known_currency,
    minor_digits,
    parse_price,
    share,
    split_bps,
)

READABLE = [
    ("12.90", "USD", 1290, "USD"),
    ("12,90", "EUR", 1290, "EUR"),
    ("12.9", "EUR", 1290, "EUR"),
    ("5", "USD", 500, "USD"),
    ("¥12.90", "CNY", 1290, "CNY"),
    ("¥12.90", "USD", 1290, "CNY"),
    ("¥1290", "JPY", 1290, "JPY"),
    ("¥12.90", "JPY", 1290, "CNY"),
    ("¥1,290", "JPY", 1290, "JPY"),
    ("12.90€", "USD", 1290, "EUR"),
    ("€12,90", "USD", 1290, "EUR"),
    ("€ 12,90", "USD", 1290, "EUR"),
    ("$5", "EUR", 500, "USD"),
    ("$5", "CAD", 500, "CAD"),
    ("5 USD", "EUR", 500, "USD"),
    ("usd 5", "EUR", 500, "USD"),
    ("1 299,50", "RUB", 129950, "RUB"),
    ("1\u00a0299,50 ₽", "USD", 129950, "RUB"),
    ("1,299.50", "USD", 129950, "USD"),
    ("1.299,50", "EUR", 129950, "EUR"),
    ("1'299.50", "CHF", 129950, "CHF"),
    ("1,299,000", "USD", 129900000, "USD"),
    ("1 299", "RUB", 129900, "RUB"),
    ("１２．９０", "CNY", 1290, "CNY"),
    ("￥１２．９０", "CNY", 1290, "CNY"),
    ("12元", "EUR", 1200, "CNY"),
    ("12元", "TWD", 1200, "TWD"),
    ("150 руб", "USD", 15000, "RUB"),
    ("150 руб.", "BYN", 15000, "BYN"),
    ("150р", "USD", 15000, "RUB"),
    ("20 pesos", "MXN", 2000, "MXN"),
    ("1.500", "KWD", 1500, "KWD"),
    ("0,500", "KWD", 500, "KWD"),
    ("12.990", "CLP", 12990, "CLP"),
    ("10000000", "USD", 1_000_000_000, "USD"),
]

UNREADABLE = [
    ("", "USD"),
    ("free", "USD"),
    ("1e9", "USD"),
    ("-3", "USD"),
    ("−3", "USD"),
    ("+3", "USD"),
    ("0", "USD"),
    ("0.00", "USD"),
    ("12.999", "USD"),
    ("12,999", "EUR"),
    ("1.299", "CNY"),
    ("12.9999", "USD"),
    ("12.5", "KRW"),
    ("12.999", "JPY"),
    ("1,500", "KWD"),
    ("1,29", "JPY"),
    ("10000000.01", "USD"),
    ("9" * 30, "USD"),
    ("9" * 5000, "USD"),
    ("$5€", "USD"),
    ("5 parsecs", "USD"),
    ("5 kr", "USD"),
    ("20 pesos", "EUR"),
    ("5 DEM", "USD"),
    ("1,299,50", "USD"),
    ("1,299,500,5", "USD"),
    ("12..90", "USD"),
    ("12 90", "USD"),
    ("5 10", "USD"),
    ("½", "USD"),
    ("12.90 each 2", "USD"),
    ("٣", "USD"),
]


@pytest.mark.parametrize(("text", "default", "amount", "currency"), READABLE)
def test_a_price_is_read_as_it_is_written(text: str, default: str, amount: int, currency: str) -> None:
    assert parse_price(text, default) == Money(amount=amount, currency=currency)


@pytest.mark.parametrize(("text", "default"), UNREADABLE)
def test_a_doubtful_price_is_not_guessed(text: str, default: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_price(text, default)


@pytest.mark.parametrize(
    ("money", "locale", "words"),
    [
        (Money(amount=1290, currency="USD"), "en", "$12.90"),
        (Money(amount=1290, currency="CNY"), "zh_CN", "¥12.90"),
        (Money(amount=129950, currency="RUB"), "ru", "1\u00a0299,50\u00a0₽"),
        (Money(amount=1290, currency="EUR"), "es", "12,90\u00a0€"),
        (Money(amount=1290, currency="JPY"), "en", "¥1,290"),
        (Money(amount=1290, currency="KWD"), "en", "KWD\u00a01.290"),
        (Money(amount=-5, currency="USD"), "en", "-$0.05"),
    ],
)
def test_a_price_is_written_as_the_reader_is_used_to(money: Money, locale: str, words: str) -> None:
    assert format_money(money, locale) == words


def test_currencies_have_their_own_decimals() -> None:
    assert [minor_digits(code) for code in ("JPY", "EUR", "KWD")] == [0, 2, 3]


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("EUR", True),
        ("CNY", True),
        ("DEM", False),
        ("XXX", False),
        ("eur", False),
        ("", False),
        ("EURO", False),
    ],
)
def test_only_money_in_use_is_a_currency(code: str, known: bool) -> None:
    assert known_currency(code) is known


@given(st.integers(1, 1_000_000_000), st.sampled_from(["USD", "EUR", "CNY", "RUB"]))
def test_what_is_written_plainly_is_read_back(amount: int, currency: str) -> None:
    text = f"{amount // 100}.{amount % 100:02}"
    assert parse_price(text, currency) == Money(amount=amount, currency=currency)


@given(st.text(), st.sampled_from(["USD", "JPY", "KWD", "CLP"]))
def test_any_text_is_a_price_or_a_value_error(text: str, currency: str) -> None:
    try:
        money = parse_price(text, currency)
    except ValueError:
        return
    assert money.amount > 0


amounts = st.integers(-(10**12), 10**12)


@given(amounts, st.lists(st.integers(0, 10_000), min_size=1).filter(any))
def test_allocated_parts_sum_to_the_whole_and_are_fair(amount: int, weights: list[int]) -> None:
    parts = allocate(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)


@given(amounts, st.lists(st.integers(0, 2_500), max_size=4))
def test_rates_take_exactly_their_share(amount: int, bps: list[int]) -> None:
    assert sum(split_bps(amount, bps)) == share(amount, sum(bps))


@given(amounts, st.integers(0, 10_000))
def test_a_share_is_never_more_than_there_is_and_reverses_exactly(amount: int, bps: int) -> None:
    assert abs(share(amount, bps)) <= abs(amount)
    assert share(-amount, bps) == -share(amount, bps)
    assert share(amount, 10_000) == amount


def test_the_odd_cent_goes_to_the_largest_remainder_then_to_the_first() -> None:
    assert allocate(100, [1, 1, 1]) == (34, 33, 33)
    assert allocate(10, [1, 2]) == (3, 7)


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2]])
def test_impossible_weights_are_a_fault(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        allocate(100, weights)


@pytest.mark.parametrize("bps", [[9_000, 1_001], [-1]])
def test_impossible_rates_are_a_fault(bps: list[int]) -> None:
    with pytest.raises(ValueError, match="rates"):
        split_bps(100, bps)
