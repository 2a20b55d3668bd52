"""Campaigns: which groups, what may be done when, and what an order cost."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.campaigns import (
    LONGEST_TITLE,
    Answer,
    Audience,
    Deed,
    Hindrance,
    answer_for,
    audience_of,
    cost_per_order,
    link_payload,
    may,
    names_in,
    read_payload,
    title_of,
)
from bot.rules.promotions import Obstacle
from storage.states import CampaignState

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Somewhere:
    is_active: bool = True
    takes_campaigns: bool = True
    time_zone: str = "UTC"
    quiet_from: int = 21 * 60
    quiet_until: int = 8 * 60


@pytest.mark.parametrize(
    ("group", "answer"),
    [
        (Somewhere(), Answer()),
        (Somewhere(is_active=False), Answer(hindrance=Hindrance.GONE)),
        (Somewhere(takes_campaigns=False), Answer(hindrance=Hindrance.UNWANTED)),
        (
            Somewhere(quiet_from=11 * 60, quiet_until=13 * 60),
            Answer(not_before=datetime(2026, 3, 3, 13, tzinfo=UTC)),
        ),
        (Somewhere(time_zone="Asia/Tokyo"), Answer(not_before=datetime(2026, 3, 3, 23, tzinfo=UTC))),
    ],
)
def test_a_group_is_asked_before_it_gets_one(group: Somewhere, answer: Answer) -> None:
    assert answer_for(group, now=NOON) == answer


def test_what_is_over_is_not_announced() -> None:
    over, off = Answer(hindrance=Hindrance.OVER), Somewhere(is_active=False)
    assert answer_for(Somewhere(), now=NOON, announced=Obstacle.OVER) == over
    assert answer_for(Somewhere(), now=NOON, announced=Obstacle.USED_UP) == over
    assert answer_for(Somewhere(), now=NOON, announced=Obstacle.NOT_YET) == Answer()
    assert answer_for(off, now=NOON, announced=Obstacle.OVER) == Answer(hindrance=Hindrance.GONE)


def test_what_is_over_stays_over() -> None:
    allowed = {state: {deed for deed in Deed if may(state, deed)} for state in CampaignState}
    assert allowed[CampaignState.STOPPED] == allowed[CampaignState.DONE] == set()
    assert allowed[CampaignState.DRAFT] == {Deed.LAUNCH, Deed.DISCARD}
    assert allowed[CampaignState.RUNNING] == {Deed.PAUSE, Deed.STOP}
    assert allowed[CampaignState.PAUSED] == {Deed.RESUME, Deed.STOP}


@given(
    languages=st.sets(st.sampled_from(["en", "ru", "es", "zh_CN"])),
    size=st.integers(0, 1000),
    listed=st.none() | st.lists(st.integers(1, 9), unique=True).map(lambda keys: tuple(sorted(keys))),
)
def test_an_audience_is_stored_as_it_is(
    languages: set[str], size: int, listed: tuple[int, ...] | None
) -> None:
    audience = Audience(languages=tuple(sorted(languages)), members_from=size, group_ids=listed)
    assert audience_of(audience.kept()) == audience
    toggled = audience.toggled("en")
    assert ("en" in toggled.languages) != ("en" in audience.languages)
    assert toggled.group_ids is None


def test_nothing_stored_means_everybody() -> None:
    assert audience_of({}) == Audience()


@given(st.text(max_size=200))
def test_a_title_is_short(words: str) -> None:
    assert len(title_of(words)) <= LONGEST_TITLE


def test_groups_are_listed_one_a_line_or_with_commas() -> None:
    assert names_in(" @tea\n\nHoney friends, -1001 ,@tea") == ["@tea", "Honey friends", "-1001"]


def test_a_link_reads_back_and_no_other_does() -> None:
    assert read_payload(link_payload("0123456789ab", 17)) == ("0123456789ab", 17)
    assert all(read_payload(other) is None for other in ("c-", "c-xyz-1", "c-0123456789ab", "board_1"))


@pytest.mark.parametrize(
    ("spent", "orders", "each"), [(0, 0, None), (0, 3, 0), (100, 3, 33), (200, 3, 67), (5, 2, 3)]
)
def test_an_order_costs_its_share_of_what_was_spent(spent: int, orders: int, each: int | None) -> None:
    assert cost_per_order(spent, orders) == each
