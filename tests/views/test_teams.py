"""Teams in words: exact, and short enough for where they stand."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.callbacks.teams import FallbackButton, TeamButton
from bot.i18n import Translator
from bot.rules.teams import completion
from bot.services.teams import TeamsOfPick
from bot.views.cards import CardFacts
from bot.views.picks import pick_card
from bot.views.screens import LONGEST_CAPTION, LONGEST_TEXT, LONGEST_TOAST
from bot.views.teams import (
    MOST_SHOWN,
    chance_line,
    choose_kind,
    expired_notice,
    left_notice,
    team_buttons,
    team_lines,
    team_page,
    team_toast,
)
from sandbox.entities import utf16_length
from storage.repositories.picks import PostedPick
from storage.repositories.teams import Seat, TeamEntry
from storage.states import PickState, TeamFallback, TeamState
from tests.views.strange import NAME, NOW, long, make_posted, shown

EN = Translator("en")


def honey(text: str = "Honey", *, variants: int = 1, state: PickState = PickState.LIVE) -> PostedPick:
    posted = make_posted(text, variants=variants, state=state)
    offer = posted.offer
    offer.price_amount, offer.currency, offer.team_price_amount, offer.team_size = 1290, "EUR", 990, 20
    posted.pick.closes_at = NOW + timedelta(days=2)
    return posted


def team(
    *names: str,
    key: int = 1,
    size: int = 3,
    state: TeamState = TeamState.OPEN,
    fallback: TeamFallback = TeamFallback.DROP,
    hours: int = 24,
) -> TeamEntry:
    seats = [
        Seat(key, person, name, fallback, 1250 if fallback is TeamFallback.SOLO else None, person)
        for person, name in enumerate(names, 1)
    ]
    return TeamEntry(
        id=key,
        pick_id=1,
        leader_id=1,
        size=size,
        state=state,
        opened_at=NOW,
        expires_at=NOW + timedelta(hours=hours),
        seats=seats,
    )


def crowd(text: str, count: int) -> Sequence[str]:
    return [long(text, NAME)] * count


@pytest.mark.parametrize("limit", [LONGEST_TEXT, LONGEST_CAPTION])
def test_the_longest_card_with_teams_fits(t: Translator, text: str, limit: int) -> None:
    newest = [team(*crowd(text, 19), key=10**12 + n, size=20) for n in range(MOST_SHOWN)]
    teams = TeamsOfPick(newest=newest, open_count=10**6, complete_count=10**6, expired_count=10**6)
    for state in PickState:
        for variants in (1, 50):
            facts = CardFacts(posted=honey(text, variants=variants, state=state), teams=teams)
            shown(pick_card(t, facts, now=NOW, limit=limit), limit=limit)


def test_a_card_says_how_far_each_team_is() -> None:
    newest = [team("Ann", key=3), team("Bob", "Cem", key=2), team("Dora", key=1, hours=0)]
    teams = TeamsOfPick(newest=newest, open_count=5, complete_count=1, expired_count=2)
    posted = honey()
    until = EN.moment(NOW + timedelta(hours=24), posted.group.time_zone, now=NOW)
    said = str(team_lines(EN, posted, teams, now=NOW)).splitlines()
    assert said == [
        f"Ann's team: 1 of 3, until {until}",
        f"Bob's team: 2 of 3, until {until}",
        "and 3 more open teams",
        "1 team is complete.",
        "2 teams did not fill up.",
    ]
    buttons = team_buttons(EN, honey(), teams, now=NOW)
    assert [row[0].text for row in buttons] == [
        "Open a team",
        "Join Ann's team (1 of 3)",
        "Join Bob's team (2 of 3)",
    ]
    assert [row[0].data for row in buttons][1:] == [TeamButton(1, 3, 0), TeamButton(1, 2, 0)]
    assert team_lines(EN, honey(), TeamsOfPick(), now=NOW) is None


def test_a_members_page_fits_and_marks_her_choice(t: Translator, text: str) -> None:
    for fallback in TeamFallback:
        of_many = team(*crowd(text, 19), size=20, fallback=fallback)
        page = team_page(t, honey(text), of_many, of_many.seats[0], now=NOW)
        shown(page)
        marked = [b.data for row in page.buttons for b in row if b.text.startswith("✓")]
        assert marked == [FallbackButton(1, fallback.value)]


def test_what_is_decided_is_not_asked(t: Translator) -> None:
    for late in (
        team("Ann", hours=0),
        team("Ann", state=TeamState.EXPIRED),
        team("Ann", state=TeamState.COMPLETE),
    ):
        page = team_page(t, honey(), late, late.seats[0], now=NOW)
        assert not page.buttons
        shown(page)


def test_she_is_told_the_price_that_she_agreed_to() -> None:
    agreed = team("Ann", fallback=TeamFallback.SOLO)
    told = shown(team_page(EN, honey(), agreed, agreed.seats[0], now=NOW))
    assert "you buy alone, at €12.50 a piece" in told


def test_notices_and_toasts_fit(t: Translator, text: str) -> None:
    posted, open_team = honey(text, variants=50), team(*crowd(text, 19), size=20)
    seat = open_team.seats[0]
    shown(choose_kind(t, posted, open_team))
    shown(choose_kind(t, posted, None))
    shown(expired_notice(t, posted, price_amount=None))
    shown(expired_notice(t, posted, price_amount=10**9))
    shown(left_notice(t, posted, open_team, seat, who=crowd(text, 19), leads_now=True, now=NOW))
    for state in (TeamState.OPEN, TeamState.COMPLETE):
        toast = team_toast(t, posted, team("Ann", state=state), quantity=10**6, now=NOW)
        assert utf16_length(toast) <= LONGEST_TOAST


def test_what_is_sold_out_cannot_be_chosen() -> None:
    posted = honey(variants=2)
    posted.variants[0].sold = posted.variants[0].stock or 0
    kinds = choose_kind(EN, posted, None).buttons
    assert [button.text for row in kinds for button in row] == [posted.variants[1].name]
    posted.variants[1].sold = posted.variants[1].stock or 0
    assert not choose_kind(EN, posted, None).buttons


def test_the_chance_is_told_with_what_it_stands_on() -> None:
    chance = completion(filled=14, settled=20)
    assert chance is not None
    assert str(chance_line(EN, chance)) == "14 of 20 teams here filled up; expect between 48 % and 85 %."
