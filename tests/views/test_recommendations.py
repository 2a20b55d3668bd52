"""What somebody may like, in every language, whatever people wrote: it fits, and names only what holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.callbacks.details import DetailsButton
from bot.callbacks.recommendations import NotForMeButton, SuggestionsButton
from bot.i18n import LANGUAGES, Translator
from bot.rules.acquaintances import Proof
from bot.rules.recommendations import A_PAGE, Silence
from bot.services.recommendations import Because, Reasons, Suggested, Suggestions
from bot.views.recommendations import put_aside, suggestions_page
from bot.views.screens import Screen
from storage.repositories.review_pages import Verdicts
from storage.states import PickState
from tests.views.strange import NOW, TITLE, long, make_posted, shown

NOTHING = Reasons(because=None, known=Proof(), verdicts=None, buyers=0, orders=0)
ENGLISH = Translator("en")


def page(t: Translator, *suggested: Suggested, **more: object) -> Screen:
    found = Suggestions(page=0, picks=suggested, has_more=False, silence=None, dismissed=0)
    return suggestions_page(t, replace(found, **more), tiers={}, now=NOW)  # type: ignore[arg-type]


def said(reasons: Reasons, **posted: PickState) -> str:
    return shown(page(ENGLISH, Suggested(posted=make_posted(**posted), reasons=reasons)))  # type: ignore[arg-type]


def data(screen: Screen) -> list[list[object]]:
    return [[button.data for button in row] for row in screen.buttons if row]


def test_a_full_page_fits_whatever_people_wrote(t: Translator, text: str) -> None:
    reasons = Reasons(
        because=Because(title=long(text, TITLE), both=10**5, others=10**6),
        known=Proof(known_bought=10**4, known_again=10**3),
        verdicts=(Verdicts(10**4, 4.66, 9_000), Verdicts(10**4, 4.1, 9_000)),
        buyers=10**6,
        orders=10**6,
    )
    posted = make_posted(text)
    full = [Suggested(posted=posted, reasons=reasons)] * A_PAGE
    screen = page(t, *full, page=1, has_more=True, dismissed=3)
    assert shown(screen)
    assert data(screen) == [
        *([[DetailsButton(posted.id, 0), NotForMeButton(posted.id, 1)]] * A_PAGE),
        [SuggestionsButton(0, 0), SuggestionsButton(2, 0)],
        [SuggestionsButton(0, 1)],
    ]
    assert put_aside(t)


def test_each_reason_is_said_as_it_is() -> None:
    because = replace(NOTHING, because=Because(title="Tea", both=12, others=15), buyers=20)
    assert "Because you bought Tea: 12 of 15 others who did bought this, too." in said(because)
    assert "20 people" not in said(because), "what is about her says enough"
    known = said(replace(NOTHING, known=Proof(known_bought=3, known_again=2), buyers=20))
    assert "3 people you know here bought this, 2 would again." in known
    rated = said(replace(NOTHING, verdicts=(Verdicts(31, 4.7, 30), Verdicts()), buyers=40))
    assert "4.7 of 5 from 31 buyers here" in rated
    assert "40 people have bought it so far." in rated
    assert "1 person has bought it so far." in said(replace(NOTHING, buyers=1, orders=7))
    assert "7 people have ordered it this time." in said(replace(NOTHING, orders=7))


def test_what_comes_says_when_and_cannot_be_opened_yet(t: Translator) -> None:
    posted = make_posted(state=PickState.SCHEDULED)
    posted.pick.opens_at = NOW + timedelta(hours=3)
    screen = page(t, Suggested(posted=posted, reasons=replace(NOTHING, buyers=4)))
    assert t.moment(posted.pick.opens_at, posted.group.time_zone, now=NOW) in shown(screen)
    assert data(screen) == [[NotForMeButton(posted.id, 0)]]


@pytest.mark.parametrize("silence", Silence)
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_nothing_it_is_said_why(language: str, silence: Silence) -> None:
    screen = page(Translator(language), silence=silence, dismissed=1)
    assert shown(screen)
    assert data(screen) == [[SuggestionsButton(0, 1)]], "what was put aside can be had again"
