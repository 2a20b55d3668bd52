"""What a group bears, in words: whatever was written, in every state, short enough for where it stands."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import product

import pytest

from bot.i18n import Translator
from bot.rules.trust_allowance import Hold, Left, Reason, Slot
from bot.rules.trust_votes import Choice, Outcome, Stays, choices, kept
from bot.services.trust_slots import Waiting
from bot.services.trust_standing import Standing
from bot.services.trust_votes import Decided
from bot.views.screens import LONGEST_TOAST, Screen
from bot.views.trust import trust_page
from bot.views.trust_caps import allowance_words, caps_page, choice_words
from bot.views.trust_slots import (
    drop_question,
    drop_reason,
    dropped_notice,
    held_in_group,
    moved_note,
    owner_asked,
    posted_notice,
    slot_screen,
    slot_times,
)
from bot.views.trust_votes import (
    poll_option,
    poll_question,
    vote_begun,
    vote_counted,
    vote_page,
    vote_result,
)
from sandbox.entities import utf16_length
from storage.models import Group, TrustEntry, TrustVote
from storage.repositories.picks import PostedPick
from storage.repositories.trust import Listed
from storage.states import PickState
from tests.views.strange import NOW, make_posted, shown

LONGEST_BUTTON = 24
"""A tick and a space stand before a cap that is chosen."""

LATER = NOW + timedelta(days=400)
EVERY_HOLD = [
    Hold(reason=reason, until=LATER, count=count) for reason, count in zip(Reason, range(5), strict=True)
]


def held(text: str) -> PostedPick:
    posted = make_posted(text, state=PickState.SCHEDULED)
    posted.pick.wanted_at = NOW
    return posted


def vote_of(group: Group) -> TrustVote:
    options = [kept(choice) for choice in choices(Choice(4, 99))]
    return TrustVote(
        id=1,
        group_id=1,
        started_by_id=1,
        started_at=NOW,
        closes_at=LATER,
        options=options,
        counts=[10**6] * 7,
    )


def standing_of(posted: PostedPick, *, group: Group, vote: TrustVote | None) -> Standing:
    entry = TrustEntry(group_id=1, posted_at=NOW, is_override=True, measured_at=NOW, leaves=12)
    return Standing(
        group=group,
        left=[
            Left(reason=reason, cap=200, used=1, window=timedelta(1), refills_at=at) for reason, at in WINDOWS
        ],
        messages_since=10**9,
        slot=Slot(at=LATER, holds=EVERY_HOLD),
        waiting=[posted] * 10,
        posts=[Listed(entry, posted.offer.title, 999_999), Listed(entry, posted.offer.title, None)] * 3,
        vote=vote,
        change=None,
    )


WINDOWS = [(Reason.DAY, LATER), (Reason.DAY, None), (Reason.WEEK, LATER), (Reason.WEEK, None)]


def every_screen(t: Translator, text: str) -> Sequence[Screen]:
    posted = held(text)
    group = posted.group
    group.keeps_allowance, group.trust_bps = True, 1_250
    waits = Waiting(posted=posted, slot=Slot(at=LATER, holds=EVERY_HOLD))
    talks = Waiting(posted=posted, slot=Slot(at=LATER, holds=[EVERY_HOLD[3]]))
    fits = Waiting(posted=posted, slot=Slot(at=NOW))
    vote = vote_of(group)
    return [
        *(
            slot_screen(t, waiting, is_owner=owns, now=NOW, asked_by=text * 100, note=text)
            for waiting, owns in product((waits, talks, fits), (True, False))
        ),
        held_in_group(t, posted, link="https://t.me/x?start=slot_1", now=NOW),
        slot_times(t, posted, [LATER + timedelta(hours=3 * n) for n in range(6)], now=NOW),
        drop_question(t, posted),
        dropped_notice(t, posted),
        posted_notice(t, posted),
        caps_page(t, group, saved=True),
        vote_page(t, group, None, members=200_000, now=NOW),
        vote_page(t, group, vote, members=3, now=NOW),
        trust_page(t, standing_of(posted, group=group, vote=vote), now=NOW, leads=True, owns=True),
        trust_page(t, standing_of(posted, group=group, vote=None), now=NOW, link="https://t.me/x"),
    ]


def test_every_screen_fits(t: Translator, text: str) -> None:
    for screen in every_screen(t, text):
        shown(screen)


def test_without_an_allowance_it_is_said_how_to_begin(t: Translator) -> None:
    posted = held("Honey")
    assert allowance_words(t, posted.group) == t("off")
    shown(caps_page(t, posted.group))
    shown(trust_page(t, standing_of(posted, group=posted.group, vote=None), now=NOW, leads=True, owns=True))


def test_buttons_are_short(t: Translator) -> None:
    screens = every_screen(t, "x")
    # One that has a row to itself has twice the room.
    named = [
        (button.text, LONGEST_BUTTON if len(row) > 1 else 2 * LONGEST_BUTTON)
        for screen in screens
        for row in screen.buttons
        for button in row
        if button.url is None
    ]
    tapped = [(name, room) for name, room in named if not name.startswith(("#", "№")) and ":" not in name]
    assert [name for name, room in tapped if utf16_length(name) > room] == []


def test_toasts_and_the_poll_fit(t: Translator, text: str) -> None:
    posted = held(text)
    toasts = [vote_begun(t), vote_counted(t), drop_reason(t)]
    toasts += [owner_asked(t, is_told=is_told) for is_told in (True, False)]
    toasts += [moved_note(t, posted, wanted=wanted, now=NOW) for wanted in (NOW, LATER)]
    assert all(0 < utf16_length(toast) <= LONGEST_TOAST for toast in toasts)
    assert utf16_length(poll_question(t, posted.group, vote_of(posted.group), now=NOW)) <= 300
    options = [poll_option(t, choice, is_current=True) for choice in choices(Choice(50, 200))]
    assert len(set(options)) == len(options) <= 12
    assert all(utf16_length(option) <= 100 for option in options)


@pytest.mark.parametrize("choice", [Choice(1, 3), Choice(0, 3), Choice(1, 0), Choice(0, 0)])
def test_caps_are_told_apart(t: Translator, choice: Choice) -> None:
    others = {choice_words(t, other) for other in choices(Choice(0, 3)) if other != choice}
    assert choice_words(t, choice) not in others


@pytest.mark.parametrize("stays", [None, *Stays])
def test_whatever_comes_of_a_vote_is_said(t: Translator, stays: Stays | None) -> None:
    group = held("Honey").group
    decided = Decided(
        vote=vote_of(group),
        group=group,
        outcome=Outcome(taken=1, stays=stays),
        votes=5,
        members=30,
        choice=Choice(2, 7),
    )
    assert choice_words(t, Choice(2, 7)) in shown(vote_result(t, decided))
