"""Who is named as the one who brought somebody."""

from itertools import combinations

import pytest

from bot.rules.referrals import Attribution, Obstacle, attribute, obstacle
from storage.states import ReferralSource

SUREST_FIRST = [
    ReferralSource.INVITE_LINK,
    ReferralSource.ADDED,
    ReferralSource.START,
    ReferralSource.JOIN_REQUEST,
]


def test_of_any_two_signs_the_surer_decides() -> None:
    for surer, weaker in combinations(SUREST_FIRST, 2):
        assert attribute({weaker: 1, surer: 2}) == Attribution(referrer_id=2, source=surer)


def test_without_signs_nobody_is_named() -> None:
    assert attribute({}) is None


@pytest.mark.parametrize(
    ("person", "referrer", "upline", "why"),
    [
        (1, 1, [], Obstacle.SELF),
        (1, 2, [1], Obstacle.LOOP),
        (1, 2, [3, 4, 1], Obstacle.LOOP),
        (1, 2, [], None),
        (1, 2, [3, 4], None),
    ],
)
def test_why_an_edge_must_not_be(person: int, referrer: int, upline: list[int], why: Obstacle | None) -> None:
    assert obstacle(person, referrer, upline=upline) is why
