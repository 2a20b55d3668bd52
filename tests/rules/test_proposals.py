"""A proposal in the making, and when a reminder comes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.errors import PickClosed
from bot.member_errors import (
    ProposalIncomplete,
    ProposalTitleTooLong,
    ProposalWordsTooLong,
    ReminderTooLate,
)
from bot.rules.proposals import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    STEPS,
    Recommendation,
    RecommendStep,
    as_document,
    check_ready,
    cleared,
    neighbour,
    read_recommendation,
    with_title,
    with_words,
)
from bot.rules.reminders import reminder_time
from storage.states import PickState

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_what_was_said_comes_back_as_it_was_stored() -> None:
    said = Recommendation(group_id=1, photo_id="p", album_id="a", title="Oil", words="Good", has_bought=False)
    assert read_recommendation({**as_document(said), "of a later version": 1}) == said


def test_a_title_says_something_and_is_short() -> None:
    assert with_title(Recommendation(), " Olive\n oil ").title == "Olive oil"
    with pytest.raises(ProposalIncomplete):
        with_title(Recommendation(), " \u200b ")
    with pytest.raises(ProposalTitleTooLong):
        with_title(Recommendation(), "x" * (LONGEST_TITLE + 1))


def test_words_are_short_too() -> None:
    assert with_words(Recommendation(), "From home").words == "From home"
    with pytest.raises(ProposalWordsTooLong):
        with_words(Recommendation(), "x" * (LONGEST_WORDS + 1))


def test_a_step_that_is_skipped_forgets_its_answer() -> None:
    said = Recommendation(group_id=1, photo_id="p", title="Oil", words="Good", has_bought=True)
    for step in (RecommendStep.PHOTO, RecommendStep.TITLE, RecommendStep.WORDS, RecommendStep.BOUGHT):
        assert cleared(said, step) != said
    assert cleared(said, RecommendStep.LOOK) == said


def test_back_and_skip_walk_along_the_steps() -> None:
    for before, after in pairwise(STEPS):
        assert neighbour(before, by=1, choosing_group=True) is after
        assert neighbour(after, by=-1, choosing_group=True) is before
    assert neighbour(RecommendStep.PHOTO, by=-1, choosing_group=False) is RecommendStep.PHOTO
    assert neighbour(RecommendStep.LOOK, by=1, choosing_group=True) is RecommendStep.LOOK


def test_it_must_say_what_it_is_and_for_whom() -> None:
    check_ready(Recommendation(group_id=1, title="Oil"))
    for said in (Recommendation(group_id=1), Recommendation(title="Oil")):
        with pytest.raises(ProposalIncomplete):
            check_ready(said)


def test_a_reminder_comes_an_hour_before_the_close() -> None:
    closes_at = NOON + timedelta(hours=3)
    due = reminder_time(number=1, state=PickState.LIVE, closes_at=closes_at, now=NOON)
    assert due == NOON + timedelta(hours=2)
    with pytest.raises(ReminderTooLate):
        reminder_time(number=1, state=PickState.LIVE, closes_at=NOON + timedelta(hours=1), now=NOON)
    for state, at in ((PickState.CLOSED, closes_at), (PickState.LIVE, NOON)):
        with pytest.raises(PickClosed):
            reminder_time(number=1, state=state, closes_at=at, now=NOON)
