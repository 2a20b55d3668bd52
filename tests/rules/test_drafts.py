"""A draft: what is stored of it, what it lacks, and the way through its steps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.draft_errors import (
    DraftDeadlinePast,
    DraftEndsBeforeStart,
    DraftIncomplete,
    DraftStartPast,
)
from bot.pricing_errors import MinimumAboveStock, TierTooDear
from bot.rules.drafts import (
    GUIDED,
    STEPS,
    DraftContent,
    DraftPlace,
    DraftVariant,
    as_document,
    check_ready,
    cleared,
    closing_time,
    copied,
    missing,
    neighbour,
    read_content,
    step_after,
)
from bot.rules.pricing import TierPrice
from bot.team_errors import TeamNotCheaper, TeamWithTiers
from storage.states import DraftStep

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
WHOLE = DraftContent(
    title="Wool scarf",
    words="Warm.",
    photo_ids=("a", "b"),
    price_amount=1290,
    currency="EUR",
    option_names=("Size",),
    variants=(DraftVariant(name="S", stock=5, options=("S",)), DraftVariant(name="M", options=("M",))),
    tiers=(TierPrice(10, 1190),),
    minimum_quantity=4,
    closes_at=NOW + timedelta(hours=5),
    places=(DraftPlace(group_id=1, topic_id=7), DraftPlace(group_id=2)),
    point_ids=(3,),
    typed={"12": "title"},
)


def test_what_is_stored_comes_back() -> None:
    assert read_content(as_document(WHOLE)) == WHOLE
    assert read_content(as_document(DraftContent())) == DraftContent()
    assert as_document(DraftContent()) == {"version": 1}


def test_what_a_newer_version_noted_is_kept() -> None:
    stored = {**as_document(WHOLE), "version": 2, "perfume": ["rose"], "opens_at": None}
    content = read_content(stored)
    assert content.title == "Wool scarf"
    assert as_document(replace(content, title="Scarf"))["perfume"] == ["rose"]


def test_what_is_missing_is_named() -> None:
    assert missing(DraftContent()) == (DraftStep.PLACE, DraftStep.TITLE, DraftStep.PRICE)
    assert missing(WHOLE) == ()
    with pytest.raises(DraftIncomplete):
        check_ready(DraftContent(), now=NOW)
    check_ready(WHOLE, now=NOW)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        (replace(WHOLE, opens_at=NOW), DraftStartPast),
        (replace(WHOLE, closes_at=NOW), DraftDeadlinePast),
        (replace(WHOLE, opens_at=NOW + timedelta(hours=6)), DraftEndsBeforeStart),
        (replace(WHOLE, price_amount=1000), TierTooDear),
        (replace(WHOLE, team_price_amount=990), TeamWithTiers),
        (replace(WHOLE, tiers=(), team_price_amount=1290), TeamNotCheaper),
        (replace(WHOLE, variants=(), stock=3, tiers=()), MinimumAboveStock),
    ],
)
def test_what_makes_no_sense_is_refused(changed: DraftContent, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_ready(changed, now=NOW)


def test_it_closes_when_it_is_told_to() -> None:
    assert closing_time(WHOLE, now=NOW) == NOW + timedelta(hours=5)
    open_end = replace(WHOLE, closes_at=None)
    assert closing_time(open_end, now=NOW) == NOW + timedelta(hours=24)
    later = replace(open_end, opens_at=NOW + timedelta(hours=3), runs_hours=48)
    assert closing_time(later, now=NOW) == NOW + timedelta(hours=51)


def test_a_new_draft_is_led_through_the_steps_that_matter() -> None:
    led = DraftContent(is_guided=True)
    way = [GUIDED[0]]
    while way[-1] is not DraftStep.HOME:
        way.append(step_after(way[-1], led))
    assert way == [*GUIDED, DraftStep.HOME]
    assert step_after(DraftStep.TITLE, DraftContent()) is DraftStep.HOME
    assert step_after(DraftStep.LIMIT, led) is DraftStep.HOME


def test_back_and_skip_pass_what_does_not_apply() -> None:
    assert neighbour(DraftStep.PLACE, by=-1) is DraftStep.HOME
    assert neighbour(STEPS[-1], by=1) is DraftStep.HOME
    passing = (DraftStep.POINTS, DraftStep.TOPIC)
    assert neighbour(DraftStep.DEADLINE, by=1, passing=passing) is DraftStep.START
    assert neighbour(DraftStep.POINTS, by=1, passing=passing) is DraftStep.START


def test_a_step_is_cleared_alone() -> None:
    assert cleared(WHOLE, DraftStep.PHOTO) == replace(WHOLE, photo_ids=())
    assert cleared(WHOLE, DraftStep.DEADLINE).closes_at is None


def test_a_copy_leaves_times_and_messages_behind() -> None:
    copy = copied(replace(WHOLE, preview_id=5, deleted_at=NOW))
    assert copy == replace(WHOLE, closes_at=None, typed={})
    assert copy.kinds == WHOLE.kinds
    assert copy.group_ids == (1, 2)


def test_without_variants_there_is_one_nameless_kind() -> None:
    assert DraftContent(stock=5).kinds == (DraftVariant(name="", stock=5),)
