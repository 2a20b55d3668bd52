"""Prices are read as people write them, and money is divided to the last cent."""

import re

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
    ("10000000", "JPY", 10_000_000, "JPY"),
    ("10000000", "KWD", 10_000_000_000, "KWD"),
    ("0" * 21 + "1.5", "USD", 150, "USD"),
    ("0" * 20 + "1.50", "USD", 150, "USD"),
]

SIGNS = [
    ("$ dollar dollars dólares dólar долларов доллара доллар", "USD",
     "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU DOP"),
    ("us$ 美元 美金", "USD", "USD"),
    ("a$ au$", "AUD", "AUD"),
    ("ca$", "CAD", "CAD"),
    ("nz$", "NZD", "NZD"),
    ("hk$", "HKD", "HKD"),
    ("nt$", "TWD", "TWD"),
    ("mx$", "MXN", "MXN"),
    ("r$", "BRL", "BRL"),
    ("₱", "PHP", "PHP"),
    ("€ euro euros евро 欧元", "EUR", "EUR"),
    ("£ pound pounds", "GBP", "GBP EGP LBP SYP"),
    ("¥", "CNY", "CNY JPY"),
    ("元 块 块钱 圆 塊", "CNY", "CNY TWD HKD MOP"),
    ("rmb 人民币 yuan cn¥ юаней юань", "CNY", "CNY"),
    ("円 日元 yen jp¥", "JPY", "JPY"),
    ("₽ р р. руб руб. рублей рубля рубль", "RUB", "RUB BYN"),
    ("₴ грн грн.", "UAH", "UAH"),
    ("₸ тг тенге", "KZT", "KZT"),
    ("₹", "INR", "INR"),
    ("₩", "KRW", "KRW"),
    ("₫", "VND", "VND"),
    ("zł", "PLN", "PLN"),
    ("₺", "TRY", "TRY"),
    ("฿", "THB", "THB"),
    ("₪", "ILS", "ILS"),
    ("peso pesos", None, "MXN ARS CLP COP UYU DOP PHP CUP"),
    ("kr kr.", None, "SEK NOK DKK ISK CZK"),
]  # fmt: skip
"""Signs and words, what they mean where a group has none of their currencies, and which a group may have."""

UNREADABLE = [
    ("", "USD", "not a price"),
    ("free", "USD", "not a price"),
    ("1e9", "USD", "not a price"),
    ("-3", "USD", "not a price"),
    ("−3", "USD", "an unknown currency"),
    ("+3", "USD", "not a price"),
    ("0", "USD", "a price of zero"),
    ("0.00", "USD", "a price of zero"),
    ("12.999", "USD", "thousands or decimals?"),
    ("12,999", "EUR", "thousands or decimals?"),
    ("1.299", "CNY", "thousands or decimals?"),
    ("12.9999", "USD", "too many decimals"),
    ("12.5", "KRW", "too many decimals"),
    ("12.999", "JPY", "thousands or decimals?"),
    ("1,500", "KWD", "thousands or decimals?"),
    ("1,29", "JPY", "too many decimals"),
    ("10000000.01", "USD", "an absurdly large price"),
    ("9" * 30, "USD", "an absurdly large price"),
    ("9" * 5000, "USD", "an absurdly large price"),
    ("$5€", "USD", "two currencies"),
    ("5 parsecs", "USD", "an unknown currency"),
    ("5 kr", "USD", "an unknown currency"),
    ("20 pesos", "EUR", "an unknown currency"),
    ("5 DEM", "USD", "an unknown currency"),
    ("1,299,50", "USD", "the same sign for thousands and for decimals"),
    ("1,299,500,5", "USD", "the same sign for thousands and for decimals"),
    ("12..90", "USD", "not a number"),
    ("12 90", "USD", "not a number"),
    ("5 10", "USD", "not a number"),
    ("½", "USD", "not a price"),
    ("12.90 each 2", "USD", "not a price"),
    ("٣", "USD", "not a price"),
    ("10000001", "JPY", "an absurdly large price"),
    ("10000000.001", "KWD", "an absurdly large price"),
    ("0" * 21 + "1.50", "USD", "an absurdly large price"),
]


@pytest.mark.parametrize(("text", "default", "amount", "currency"), READABLE)
def test_a_price_is_read_as_it_is_written(text: str, default: str, amount: int, currency: str) -> None:
    assert parse_price(text, default) == Money(amount=amount, currency=currency)


@pytest.mark.parametrize(("text", "default", "reason"), UNREADABLE)
def test_a_doubtful_price_is_not_guessed(text: str, default: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        parse_price(text, default)


@pytest.mark.parametrize(("signs", "elsewhere", "groups"), SIGNS)
def test_a_sign_is_the_groups_own_money_if_it_can_be(signs: str, elsewhere: str | None, groups: str) -> None:
    for sign in signs.split():
        for group in groups.split():
            assert parse_price(f"5 {sign}", group).currency == group
        if elsewhere is not None:
            assert parse_price(f"5 {sign}", "CHF").currency == elsewhere
        else:
            with pytest.raises(ValueError, match="unknown"):
                parse_price(f"5 {sign}", "CHF")


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
        (Money(amount=1650, currency="XTR"), "en", "1,650\u00a0XTR"),
        (Money(amount=1650, currency="XTR"), "ru", "1\u00a0650\u00a0XTR"),
    ],
)
def test_a_price_is_written_as_the_reader_is_used_to(money: Money, locale: str, words: str) -> None:
    assert format_money(money, locale) == words


def test_currencies_have_their_own_decimals() -> None:
    assert [minor_digits(code) for code in ("JPY", "XTR", "EUR", "KWD")] == [0, 0, 2, 3]


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
    assert allocate(10, [5, 1, 1]) == (7, 2, 1)
    assert allocate(5, [1]) == (5,)
    assert allocate(-100, [1, 1, 1]) == (-34, -33, -33)


def test_all_of_it_can_be_divided_by_rates() -> None:
    assert split_bps(1000, [7_500, 2_500]) == (750, 250)
    assert split_bps(1000, []) == ()


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2]])
def test_impossible_weights_are_a_fault(weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"^weights must not be negative and some must be positive$"):
        allocate(100, weights)


@pytest.mark.parametrize("bps", [[9_000, 1_001], [-1]])
def test_impossible_rates_are_a_fault(bps: list[int]) -> None:
    with pytest.raises(ValueError, match=r"^rates must not be negative nor exceed the whole$"):
        split_bps(100, bps)
