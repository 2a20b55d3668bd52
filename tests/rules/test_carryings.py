"""Whether a group can carry what another supplies, and what it says of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.carrying_errors import (
    CarriedAlready,
    ListingFull,
    ListingNotOpen,
    ListingOver,
    OtherCurrency,
    OwnListing,
    PortionSold,
    SupplierGone,
)
from bot.errors import ShopError
from bot.rules.carryings import Supplied, check_carriable, read_word
from storage.states import PickState

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HONEY = Supplied(
    supplier_id=1,
    supplier_is_here=True,
    currency="EUR",
    state=PickState.LIVE,
    pick_opens_at=NOW - HOUR,
    closes_at=NOW + HOUR,
    is_stopped=False,
    opens_at=NOW,
    is_ended=False,
    groups_limit=3,
    carrier_count=2,
)


def check(
    supplied: Supplied, *, group_id: int = 2, number_here: int | None = None, pieces_left: int | None = None
) -> None:
    check_carriable(
        supplied,
        group_id=group_id,
        currency="EUR",
        number_here=number_here,
        pieces_left=pieces_left,
        now=NOW,
    )


def test_what_is_open_can_be_carried_up_to_the_last_place() -> None:
    check(HONEY)
    check(replace(HONEY, groups_limit=None, carrier_count=10_000))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"supplier_id": 2}, OwnListing),
        ({"supplier_is_here": False}, SupplierGone),
        ({"currency": "JPY"}, OtherCurrency),
        ({"is_stopped": True}, ListingOver),
        ({"is_ended": True}, ListingOver),
        ({"state": PickState.CLOSED}, ListingOver),
        ({"state": PickState.FAILED}, ListingOver),
        ({"state": PickState.WITHDRAWN}, ListingOver),
        ({"closes_at": NOW}, ListingOver),
        ({"opens_at": NOW + HOUR / 2}, ListingNotOpen),
        ({"state": PickState.SCHEDULED, "pick_opens_at": NOW + HOUR / 2}, ListingNotOpen),
        ({"state": PickState.SCHEDULED, "pick_opens_at": NOW - HOUR}, ListingNotOpen),
        ({"carrier_count": 3}, ListingFull),
    ],
)
def test_what_cannot_be_carried_is_refused(change: dict[str, object], refusal: type[ShopError]) -> None:
    with pytest.raises(refusal):
        check(replace(HONEY, **change))  # type: ignore[arg-type]


def test_whoever_has_it_is_told_its_number() -> None:
    with pytest.raises(CarriedAlready) as refused:
        check(replace(HONEY, is_ended=True), number_here=7)
    assert refused.value.number == 7


@pytest.mark.parametrize("pieces_left", [0, -2], ids=["all sold", "and its supplier lets it sell fewer now"])
def test_a_group_that_sold_its_portion_before_does_not_take_it_up_again(pieces_left: int) -> None:
    check(HONEY, pieces_left=1)
    with pytest.raises(PortionSold) as refused:
        check(HONEY, pieces_left=pieces_left)
    assert refused.value.left == 0


@pytest.mark.parametrize("text", ["", " ", "-", "–", " — "])
def test_a_dash_takes_a_word_away(text: str) -> None:
    assert read_word(text) is None


def test_a_word_is_one_line() -> None:
    assert read_word(" I have it\n every morning ") == "I have it every morning"
