"""Promotions in the making: what is typed, what fits which kind, and what may change later."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ShopError
from bot.promotion_errors import (
    BoundBelowUsed,
    BudgetBelowSpent,
    BudgetTooSmall,
    CountUnreadable,
    CurrencyUnknown,
    PackUnreadable,
    PercentUnreadable,
    PromotionAmountUnreadable,
    PromotionChoiceNeeded,
    PromotionEndsTooEarly,
    PromotionIncomplete,
    PromotionTitleMissing,
    PromotionTitleTooLong,
)
from bot.rules.promotion_answers import (
    PromotionReading,
    answered,
    read_count,
    read_pack,
    read_percent,
)
from bot.rules.promotion_drafts import (
    BOUNDS,
    STEPS,
    PromotionContent,
    PromotionStep,
    Used,
    applies,
    as_document,
    check_bounds,
    check_ready,
    cleared,
    is_set,
    may_change,
    missing,
    most_amount,
    read_content,
    step_after,
    step_before,
    times_of,
    with_currency,
    with_kind,
)
from storage.states import PromotionKind, PromotionState

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
READING = PromotionReading(now=NOW, time_zone="UTC", language="en")
PLAIN = PromotionContent(group_id=1, currency="EUR")


@pytest.mark.parametrize(
    ("text", "bps"),
    [("10", 1000), ("10%", 1000), ("12,5 %", 1250), ("−7.25%", 725), ("１５％", 1500), ("100", 10_000)],
)
def test_a_rate_is_read_as_people_type_it(text: str, bps: int) -> None:
    assert read_percent(text) == bps


@pytest.mark.parametrize("text", ["0", "101", "ten", "1.234", "10 20", "", "%"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(PercentUnreadable):
        read_percent(text)


@pytest.mark.parametrize(
    ("text", "pack"),
    [
        ("3 for 2", (3, 2)),
        ("3x2", (3, 2)),
        ("2+1", (3, 2)),
        ("买3付2", (3, 2)),
        ("买2送1", (3, 2)),
        ("3 по цене 2", (3, 2)),
        ("3 por 2", (3, 2)),
        ("buy 4 get 1 free", (5, 4)),
    ],
)
def test_so_many_for_the_price_of_so_many(text: str, pack: tuple[int, int]) -> None:
    assert read_pack(text) == pack


@pytest.mark.parametrize("text", ["2 for 3", "3 for 3", "3", "three for two", "0+1", "101 for 1", "3 for 0"])
def test_what_is_no_pack_is_refused(text: str) -> None:
    with pytest.raises(PackUnreadable):
        read_pack(text)


def test_counts_have_bounds() -> None:
    assert read_count("1 000") == 1000
    for text in ("0", "-1", "1.5", "1000001", "many"):
        with pytest.raises(CountUnreadable):
            read_count(text)


@pytest.mark.parametrize(
    ("step", "kind", "text", "refused"),
    [
        (PromotionStep.TITLE, None, "···", PromotionTitleMissing),
        (PromotionStep.TITLE, None, "x" * 61, PromotionTitleTooLong),
        (PromotionStep.VALUE, PromotionKind.AMOUNT, "5 USD", PromotionAmountUnreadable),
        (PromotionStep.BUDGET, None, "a lot", PromotionAmountUnreadable),
        (PromotionStep.CURRENCY, None, "XXQ", CurrencyUnknown),
        (PromotionStep.KIND, None, "percent", PromotionChoiceNeeded),
        (PromotionStep.VALUE, None, "5", PromotionChoiceNeeded),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    step: PromotionStep, kind: PromotionKind | None, text: str, refused: type[ShopError]
) -> None:
    with pytest.raises(refused):
        answered(replace(PLAIN, at=step, kind=kind), text, READING)


contents = st.builds(
    PromotionContent,
    at=st.sampled_from(PromotionStep),
    group_id=st.none() | st.integers(1, 9),
    kind=st.none() | st.sampled_from(PromotionKind),
    title=st.text(max_size=5),
    currency=st.sampled_from(["", "EUR"]),
    bps=st.none() | st.integers(1, 10_000),
    amount=st.none() | st.integers(1, 900),
    buy_quantity=st.none() | st.just(3),
    by_coupon=st.booleans(),
    first_order_only=st.booleans(),
    stacks=st.booleans(),
    starts_at=st.none() | st.just(NOW),
    runs_hours=st.none() | st.just(24),
    budget_amount=st.none() | st.integers(1, 5000),
    quantity_limit=st.none() | st.integers(1, 9),
    group_ids=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    offer_ids=st.lists(st.integers(1, 9), max_size=3).map(tuple),
)


@given(contents)
def test_what_is_kept_reads_back(content: PromotionContent) -> None:
    assert read_content(as_document(content)) == content


@given(contents, st.sampled_from(PromotionKind))
def test_another_kind_keeps_nothing_that_it_has_no_step_for(
    content: PromotionContent, kind: PromotionKind
) -> None:
    changed = with_kind(replace(content, currency="EUR"), kind)
    if content.kind is not kind:
        for step in (PromotionStep.QUANTITY, PromotionStep.CODE, PromotionStep.WHO, PromotionStep.STACKS):
            assert applies(step, changed) or not is_set(step, changed)
        assert not is_set(PromotionStep.VALUE, changed)


@given(contents)
def test_every_step_can_be_cleared_and_the_way_ends(content: PromotionContent) -> None:
    for one in STEPS:
        if one is not PromotionStep.KIND:
            assert not is_set(one, cleared(content, one))
    content = replace(content, is_guided=True)
    step: PromotionStep = STEPS[0]
    walked: list[PromotionStep] = []
    while step is not PromotionStep.HOME:
        walked.append(step)
        step = step_after(step, content)
    assert len(set(walked)) == len(walked)
    assert step_before(walked[-1], content) == ([PromotionStep.HOME, *walked][len(walked) - 1])


def test_another_currency_takes_amounts_and_groups_with_it() -> None:
    old = replace(PLAIN, group_id=None, amount=500, budget_amount=1000, group_ids=(1,), bps=10)
    new = with_currency(old, "USD")
    assert (new.amount, new.budget_amount, new.group_ids, new.bps) == (None, None, (), 10)
    assert with_currency(old, "EUR") == old


def test_what_is_missing_keeps_it_from_being_launched() -> None:
    flash = replace(PLAIN, kind=PromotionKind.FLASH_PRICE, title="Now")
    assert missing(flash) == (PromotionStep.VALUE, PromotionStep.OFFERS)
    with pytest.raises(PromotionIncomplete):
        check_ready(flash, now=NOW)
    across = replace(PLAIN, group_id=None, currency="", kind=PromotionKind.FREE_PICKUP, title="Free")
    assert missing(across) == (PromotionStep.CURRENCY, PromotionStep.PLACE)
    friend = replace(PLAIN, kind=PromotionKind.FRIEND, title="Friends", amount=500, budget_amount=999)
    with pytest.raises(BudgetTooSmall):
        check_ready(friend, now=NOW)
    check_ready(replace(friend, budget_amount=1000), now=NOW)
    with pytest.raises(PromotionEndsTooEarly):
        check_ready(replace(friend, budget_amount=None, ends_at=NOW), now=NOW)


def test_what_it_costs_at_most_is_said_where_it_is_known() -> None:
    amount = replace(PLAIN, kind=PromotionKind.AMOUNT, amount=300, uses_limit=10)
    assert most_amount(amount) == 3000
    assert most_amount(replace(amount, budget_amount=2000)) == 2000
    assert most_amount(replace(amount, kind=PromotionKind.PERCENT)) is None
    assert most_amount(replace(amount, kind=PromotionKind.FRIEND)) == 6000


def test_a_start_in_the_past_is_now_and_hours_count_from_the_start() -> None:
    late = replace(PLAIN, starts_at=NOW - timedelta(days=1), runs_hours=24)
    assert times_of(late, now=NOW) == (NOW, NOW + timedelta(days=1))
    ahead = replace(PLAIN, starts_at=NOW + timedelta(days=1), runs_hours=24)
    assert times_of(ahead, now=NOW) == (NOW + timedelta(days=1), NOW + timedelta(days=2))


def test_what_may_change_shrinks_as_it_is_read_and_used() -> None:
    later = NOW + timedelta(hours=1)
    fresh = may_change(PromotionState.ACTIVE, starts_at=later, used=Used(), now=NOW)
    assert PromotionStep.VALUE in fresh
    assert may_change(PromotionState.ACTIVE, starts_at=NOW, used=Used(), now=NOW) == BOUNDS
    assert may_change(PromotionState.PAUSED, starts_at=later, used=Used(count=1), now=NOW) == BOUNDS
    assert may_change(PromotionState.ENDED, starts_at=later, used=Used(), now=NOW) == ()


def test_no_bound_goes_below_what_was_used() -> None:
    used = Used(count=3, quantity=7, amount=900)
    check_bounds(replace(PLAIN, budget_amount=900, uses_limit=3, quantity_limit=7), used)
    with pytest.raises(BudgetBelowSpent):
        check_bounds(replace(PLAIN, budget_amount=899), used)
    for bound in (replace(PLAIN, uses_limit=2), replace(PLAIN, quantity_limit=6)):
        with pytest.raises(BoundBelowUsed):
            check_bounds(bound, used)
