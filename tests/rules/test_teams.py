"""Who may join a team, who leads it, what follows if it does not fill up, and how likely it does."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ShopError
from bot.rules.teams import (
    LARGEST_SIZE,
    LONGEST_HOURS,
    TeamTerms,
    after_joining,
    after_leaving,
    check_seat,
    checked_team,
    completion,
    deadline,
    expiry,
    price_alone,
)
from bot.team_errors import (
    TeamDissolved,
    TeamFull,
    TeamHoursUnreadable,
    TeamNotCheaper,
    TeamOver,
    TeamSizeUnreadable,
    TeamWithTiers,
)
from storage.states import TeamFallback, TeamState

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OPEN, COMPLETE, EXPIRED, DISSOLVED = (
    TeamState.OPEN,
    TeamState.COMPLETE,
    TeamState.EXPIRED,
    TeamState.DISSOLVED,
)
ANN, BEN, CEM = 1, 2, 3


def test_what_is_left_out_is_as_usual() -> None:
    assert checked_team(price_amount=990, solo_amount=1290) == TeamTerms(price_amount=990, size=2, hours=24)


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"price_amount": 1290}, TeamNotCheaper),
        ({"price_amount": 0}, TeamNotCheaper),
        ({"size": 1}, TeamSizeUnreadable),
        ({"size": LARGEST_SIZE + 1}, TeamSizeUnreadable),
        ({"hours": 0}, TeamHoursUnreadable),
        ({"hours": LONGEST_HOURS + 1}, TeamHoursUnreadable),
        ({"has_tiers": True}, TeamWithTiers),
    ],
)
def test_terms_that_make_no_sense(terms: dict[str, Any], refusal: type[ShopError]) -> None:
    with pytest.raises(refusal):
        checked_team(**{"price_amount": 990, "solo_amount": 1290, **terms})


def test_a_team_has_its_own_hours_and_never_more_than_its_pick() -> None:
    assert expiry(opened_at=NOW, hours=3) == NOW + timedelta(hours=3)
    assert expiry(opened_at=NOW, hours=None) == NOW + timedelta(hours=24)
    assert deadline(expires_at=NOW, closes_at=LATER) == deadline(expires_at=LATER, closes_at=NOW) == NOW


@pytest.mark.parametrize(
    ("state", "taken", "until", "refusal"),
    [
        (OPEN, 2, LATER, None),
        (OPEN, 3, LATER, TeamFull),
        (COMPLETE, 3, LATER, TeamFull),
        (COMPLETE, 2, NOW, TeamFull),
        (OPEN, 2, NOW, TeamOver),
        (EXPIRED, 2, LATER, TeamOver),
        (DISSOLVED, 0, LATER, TeamDissolved),
    ],
)
def test_a_seat(state: TeamState, taken: int, until: datetime, refusal: type[ShopError] | None) -> None:
    if refusal is None:
        check_seat(state=state, taken=taken, size=3, until=until, now=NOW)
    else:
        with pytest.raises(refusal):
            check_seat(state=state, taken=taken, size=3, until=until, now=NOW)


def test_the_last_seat_completes_a_team() -> None:
    assert [after_joining(taken=taken, size=3) for taken in (1, 2, 3)] == [OPEN, OPEN, COMPLETE]


@pytest.mark.parametrize(
    ("state", "present", "until", "after", "leader"),
    [
        (OPEN, [BEN, CEM], LATER, OPEN, BEN),
        (OPEN, [ANN, CEM], LATER, OPEN, ANN),
        (OPEN, [], LATER, DISSOLVED, ANN),
        (COMPLETE, [], NOW, DISSOLVED, ANN),
        (COMPLETE, [BEN, CEM], LATER, OPEN, BEN),
        (COMPLETE, [CEM, BEN], NOW, COMPLETE, CEM),
        (OPEN, [BEN], NOW, OPEN, BEN),
    ],
)
def test_whoever_leaves(
    state: TeamState, present: list[int], until: datetime, after: TeamState, leader: int
) -> None:
    standing = after_leaving(state=state, leader_id=ANN, present=present, size=3, until=until, now=NOW)
    assert (standing.state, standing.leader_id) == (after, leader)


def test_nobody_pays_more_alone_than_she_agreed_to() -> None:
    def alone(fallback: TeamFallback, agreed: int | None) -> int | None:
        return price_alone(fallback, agreed_amount=agreed, solo_amount=1290)

    assert alone(TeamFallback.DROP, None) is None
    assert alone(TeamFallback.SOLO, 1200) == 1200
    assert alone(TeamFallback.SOLO, 1500) == 1290
    assert alone(TeamFallback.SOLO, None) == 1290


def test_the_chance_that_a_team_fills_up() -> None:
    chance = completion(filled=14, settled=20)
    assert chance is not None
    assert (chance.least_percent, chance.most_percent) == (48, 85)
    assert completion(filled=9, settled=9) is None


@given(st.integers(10, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_chance_holds_what_was_seen(history: tuple[int, int]) -> None:
    filled, settled = history
    chance = completion(filled=filled, settled=settled)
    assert chance is not None
    assert 0 <= chance.least_percent <= round(100 * filled / settled) <= chance.most_percent <= 100
