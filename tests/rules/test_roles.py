"""What a role allows."""

import pytest

from bot.rules.roles import configures, curates, hands_over, leads
from storage.states import Role


@pytest.mark.parametrize(
    ("role", "own_picks_only", "her_own", "anothers", "settings"),
    [
        (Role.OWNER, False, True, True, True),
        (Role.CURATOR, False, True, True, True),
        (Role.CURATOR, True, True, False, False),
        (Role.MEMBER, False, False, False, False),
        (Role.MEMBER, True, False, False, False),
    ],
)
def test_who_may_touch_which_pick(
    role: Role, own_picks_only: bool, her_own: bool, anothers: bool, settings: bool
) -> None:
    assert curates(role, own_picks_only=own_picks_only, is_own=True) is her_own
    assert curates(role, own_picks_only=own_picks_only, is_own=False) is anothers
    assert configures(role, own_picks_only=own_picks_only) is settings
    assert leads(role) is her_own


@pytest.mark.parametrize(
    ("role", "helps_at", "point_id", "may"),
    [
        (Role.MEMBER, set(), None, False),
        (Role.MEMBER, {3}, None, True),
        (Role.MEMBER, {3}, 3, True),
        (Role.MEMBER, {3}, 4, False),
        (Role.CURATOR, set(), 4, True),
        (Role.OWNER, set(), None, True),
    ],
)
def test_who_may_hand_goods_over(role: Role, helps_at: set[int], point_id: int | None, may: bool) -> None:
    assert hands_over(role, helps_at=helps_at, point_id=point_id) is may
