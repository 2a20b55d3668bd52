"""Lower prices, minimum quantities and limits are read in four languages, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ShopError
from bot.pricing_errors import LimitUnreadable, MinimumUnreadable, TierUnreadable
from bot.rules.pricing import TierPrice
from bot.rules.pricing_text import read_limit, read_minimum, read_tiers

_TWO = (TierPrice(10, 1190), TierPrice(30, 990))


@pytest.mark.parametrize(
    "text",
    [
        "10+ 11.90, 30+ 9.90",
        "10+ 11,90, 30+ 9,90",
        "10+: 11.90 30+: 9.90",
        "10+ €11.90 / 30+ €9.90",
        "10+ 11.90 each; 30+ 9.90 each",
        "10+ jars 11.90, 30+ jars 9.90",
        "from 10 11.90, from 30 9.90",
        "From 10 for 11.90, from 30 for 9.90",
        "10 or more 11.90, 30 or more 9.90",
        "≥10 11.90, ≥30 9.90",
        "от 10 11.90, от 30 9.90",
        "от 10 шт. — 11,90; от 30 шт. — 9,90",
        "от 10 по 11,90, от 30 по 9,90",
        "10 и больше 11.90, 30 и больше 9.90",
        "desde 10 11,90, desde 30 9,90",
        "a partir de 10: 11,90, a partir de 30: 9,90",
        "10 o más 11,90, 30 o más 9,90",
        "10件起 11.90，30件起 9.90",
        "10件起11.90，30件起9.90",
        "10件以上每件11.90，30件以上每件9.90",
        "满10件11.90、满30件9.90",
        "１０+ １１.９０, ３０+ ９.９０",
    ],
)
def test_tiers_are_read_as_people_write_them(text: str) -> None:
    assert read_tiers(text, currency="EUR") == _TWO


def test_a_tier_has_the_currency_of_the_pick() -> None:
    assert read_tiers("10件起11元", currency="CNY") == (TierPrice(10, 1100),)
    assert read_tiers("от 10 500 рублей за шт", currency="RUB") is None
    assert read_tiers("от 10: 500 рублей за шт", currency="RUB") == (TierPrice(10, 50_000),)
    with pytest.raises(TierUnreadable):
        read_tiers("10+ $11.90", currency="EUR")


@pytest.mark.parametrize(
    "text",
    [
        *("", "20 jars", "till 20:00", "10+", "от 10", "18+", "10+ years of experience", "100+ happy buyers"),
        *("от 10 лет", "from 3 beekeepers", "from 10 to 12", "from 10 for 12", "desde 1990 en Madrid"),
        *("5+1 free", "5+1", "2 + 1", "3件起发货", "10岁以上", "满100元减10", "from 10:30 12", "от 10 по 12"),
        *("от 10 000 рублей", "from 5 5 kg", "from 1.5 l", "The price falls: 10+ 11.90"),
    ],
)
def test_what_only_looks_like_tiers_is_none(text: str) -> None:
    assert read_tiers(text, currency="EUR") is None


@pytest.mark.parametrize(
    "text", ["10+ 12.999", "10+ 11.90, 30+ cheap", "10+ 0", "99999999+ 5.00", "from 10 11.2026"]
)
def test_half_a_tier_is_refused(text: str) -> None:
    with pytest.raises(TierUnreadable) as refusal:
        read_tiers(text, currency="EUR")
    assert refusal.value.text == text


@pytest.mark.parametrize(
    "text",
    [
        *("min 10", "Min. 10 jars", "minimum 10", "10 minimum", "at least 10", "mínimo 10", "min: 10"),
        *("al menos 10 unidades", "минимум 10 банок", "не меньше 10", "мин 10 шт."),
        *("最少10件", "10件成团", "满10件成团", "起订10"),
    ],
)
def test_a_minimum_is_read(text: str) -> None:
    assert read_minimum(text) == 10


@pytest.mark.parametrize(
    "text",
    [
        "at least 3 layers",
        "min 18 years",
        "10 min",
        "мин 3 года",
        "mini 5",
        "at least 10 years old",
        "20 jars",
    ],
)
def test_what_only_looks_like_a_minimum_is_none(text: str) -> None:
    assert read_minimum(text) is None


def test_what_is_in_stock_may_be_counted() -> None:
    assert read_minimum("min 10 combs") is None
    assert read_minimum("min 10 combs", units={"combs"}) == 10
    assert read_limit("max 2 combs", units={"combs"}) == 2


@pytest.mark.parametrize("text", ["min 0", "min 1", "min 99999999"])
def test_a_minimum_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(MinimumUnreadable):
        read_minimum(text)


@pytest.mark.parametrize(
    "text",
    [
        *("max 2 each", "max 2", "2 per person", "max 2 per person", "up to 2 each", "max 2 jars each"),
        *("máximo 2 por persona", "hasta 2 por persona", "no más de 2", "2 por persona"),
        *("не больше 2 на человека", "по 2 в одни руки", "до 2 на человека", "лимит 2", "макс. 2"),
        *("每人限购2件", "每人2份", "限购2件", "最多2", "限2件每人"),
    ],
)
def test_a_limit_is_read(text: str) -> None:
    assert read_limit(text) == 2


@pytest.mark.parametrize(
    "text", ["до 20", "hasta 2", "up to 5", "2 each", "max 5 kg", "at most 2 kids", "20 jars"]
)
def test_what_only_looks_like_a_limit_is_none(text: str) -> None:
    assert read_limit(text) is None


@pytest.mark.parametrize("text", ["max 0", "max 99999999 each"])
def test_a_limit_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(LimitUnreadable):
        read_limit(text)


@given(st.text(alphabet="0123456789+.,от fromdesdemin满件起max2 each€:;|", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tiers = read_tiers(text, currency="EUR")
        read_minimum(text)
        read_limit(text)
    except ShopError:
        return
    assert tiers is None or all(tier.unit_amount > 0 for tier in tiers)
