"""Names, words and the order of pick-up points."""

import pytest

from bot import errors, handover_errors
from bot.rules.pickups import (
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_POINTS,
    check_room_for_another,
    moved,
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
