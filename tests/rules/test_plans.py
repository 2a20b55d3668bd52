"""What owners type of a plan is read as they mean it, or refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plan_errors import (
    BoundUnreadable,
    PercentUnreadable,
    PlanRefused,
    ReturnDaysUnreadable,
    RewardsTooHigh,
    ThirdLevel,
)
from bot.rules.plans import (
    MOST_RETURN_DAYS,
    Reward,
    check_rates,
    read_bound,
    read_least,
    read_rates,
    read_return_days,
    read_second_rate,
    reward_for,
)


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("10", (1_000, 0)),
        ("10%", (1_000, 0)),
        ("７,5 ％", (750, 0)),
        ("7.25", (725, 0)),
        ("0.01", (1, 0)),
        ("100", (10_000, 0)),
        ("10 2", (1_000, 200)),
        ("10, 2", (1_000, 200)),
        ("10% + 2.5%", (1_000, 250)),
        ("10 % / 2 %", (1_000, 200)),
        # A comma between digits is a decimal one.
        ("10,2", (1_020, 0)),
    ],
)
def test_percentages_are_read_as_people_type_them(text: str, rates: tuple[int, int]) -> None:
    assert read_rates(text) == rates


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", PercentUnreadable),
        ("much", PercentUnreadable),
        ("-5", PercentUnreadable),
        ("0", PercentUnreadable),
        ("12.345", PercentUnreadable),
        ("10 much", PercentUnreadable),
        ("5 3 1", ThirdLevel),
        ("5% + 3% + 1% + 1%", ThirdLevel),
        ("101", RewardsTooHigh),
        ("60 41", RewardsTooHigh),
    ],
)
def test_what_is_no_reward_is_refused(text: str, error: type[PlanRefused]) -> None:
    with pytest.raises(error):
        read_rates(text)


@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_every_rate_can_be_typed(first: int, second: int) -> None:
    text = f"{first // 100}.{first % 100:02} {second // 100},{second % 100:02}"
    if first + second > 10_000:
        with pytest.raises(RewardsTooHigh):
            read_rates(text)
        with pytest.raises(RewardsTooHigh):
            check_rates(first, second)
    else:
        assert read_rates(text) == (first, second)


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_a_reader(text: str) -> None:
    for read in (
        read_rates,
        read_second_rate,
        read_return_days,
        lambda words: read_bound(words, "EUR"),
    ):
        try:
            read(text)
        except PlanRefused:
            continue


def test_the_second_level_can_be_taken_away() -> None:
    assert [read_second_rate(text) for text in ("-", "0", "2 %", "2,5")] == [0, 0, 200, 250]
    with pytest.raises(PercentUnreadable):
        read_second_rate("none")


def test_days_and_bounds_are_whole_and_of_the_groups_money() -> None:
    assert [read_return_days(text) for text in ("0", " 14 ", "٧")] == [0, 14, 7]
    for text in ("-1", "1.5", str(MOST_RETURN_DAYS + 1), "week"):
        with pytest.raises(ReturnDaysUnreadable):
            read_return_days(text)
    assert [read_bound(text, "EUR") for text in ("-", "20", "€20.50")] == [None, 2_000, 2_050]
    assert [read_least(text, "EUR") for text in ("-", "0", "20")] == [0, 0, 2_000]
    for text in ("0", "$20", "-20", "lots", ""):
        with pytest.raises(BoundUnreadable):
            read_bound(text, "EUR")


@given(
    st.integers(0, 10_000), st.integers(0, 10_000), st.none() | st.integers(0, 5_000), st.integers(1, 10**6)
)
def test_a_card_never_promises_more_than_the_bound(
    first: int, second: int, cap: int | None, price: int
) -> None:
    if first + second > 10_000:
        return
    reward = reward_for(
        first_bps=first,
        second_bps=second,
        order_cap_amount=cap,
        inviter_recommends=True,
        unit_amount=price,
        currency="EUR",
    )
    if first + second == 0:
        assert reward is None
        return
    assert isinstance(reward, Reward)
    assert 0 <= reward.first_amount + reward.second_amount <= min(price, price if cap is None else cap)
