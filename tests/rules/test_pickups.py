"""Names, words and the order of pick-up points."""

import pytest

from bot import errors, handover_errors
from bot.rules.pickups import (
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_POINTS,
    check_room_for_another,
    moved,
    point_fee,
    point_name,
    point_words,
)


def test_a_name_is_one_clean_line() -> None:
    assert point_name("  Harbour,\tgate\u202e 3 ", others=["School"]) == "Harbour, gate 3"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", handover_errors.PointNameMissing),
        (" \u200b ", handover_errors.PointNameMissing),
        ("…", handover_errors.PointNameMissing),
        ("x" * (LONGEST_NAME + 1), handover_errors.PointNameTooLong),
        ("HARBOUR", handover_errors.PointNameTaken),
        ("Hárbour", handover_errors.PointNameTaken),
    ],
)
def test_bad_names_are_refused(text: str, error: type[errors.ShopError]) -> None:
    with pytest.raises(error):
        point_name(text, others=["Harbour"])


def test_words_keep_their_lines() -> None:
    assert point_words(" Gate 3 \n\n daily 17:00 \u202e") == "Gate 3\ndaily 17:00"
    assert point_words("") == ""
    with pytest.raises(handover_errors.PointWordsTooLong):
        point_words("x" * (LONGEST_WORDS + 1))


def test_there_is_room_for_so_many() -> None:
    check_room_for_another(MOST_POINTS - 1)
    with pytest.raises(handover_errors.TooManyPoints):
        check_room_for_another(MOST_POINTS)


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [(1, 1, [2, 1, 3]), (3, -1, [1, 3, 2]), (1, -1, [1, 2, 3]), (3, 1, [1, 2, 3]), (2, 9, [1, 3, 2])],
)
def test_points_move_and_stay_at_the_ends(key: int, by: int, order: list[int]) -> None:
    assert moved([1, 2, 3], key, by=by) == order


@pytest.mark.parametrize(
    ("text", "amount"), [("2.50", 250), ("2,50 €", 250), ("3", 300), ("0", 0), ("0,00", 0), ("-", 0)]
)
def test_what_fetching_costs_is_read_as_people_type_it(text: str, amount: int) -> None:
    assert point_fee(text, "EUR") == amount


@pytest.mark.parametrize("text", ["free?", "2.505", "5 USD", "-3", "1e3"])
def test_what_is_no_fee_is_refused(text: str) -> None:
    with pytest.raises(handover_errors.PointFeeUnreadable):
        point_fee(text, "EUR")
