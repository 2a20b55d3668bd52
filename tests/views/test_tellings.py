"""Whom a pick would be told, in words; and what they read who are told."""

import pytest

from bot.i18n import Translator
from bot.rules.tellings import Care, Reason
from bot.services.tellings.explaining import NoteFacts, Why
from bot.services.tellings.telling import Audience
from bot.views.screens import LONGEST_CAPTION, LONGEST_TEXT
from bot.views.telling_notes import telling_explained, telling_note
from bot.views.tellings import pick_audience
from storage.repositories.telling_facts import PostedRound
from tests.views.strange import NAME, NOW, TITLE, long, make_posted, shown


def every_reason(text: str) -> Why:
    """Why somebody is told of a pick, for all reasons that there are but one."""
    earlier = PostedRound(1, 12, long(text, TITLE), 1, "honey", 2)
    care = Care(wished=long(text, 200), bought=1, follows=True, asked=1, sort=3, liked=1, faithful=3)
    return Why(
        care=care, bought=earlier, asked=earlier, liked=earlier, together=None, curator=long(text, NAME)
    )


def test_what_is_told_fits_below_a_photo(t: Translator) -> None:
    posted = make_posted("A jar of honey ", words="From the hills. " * 100)
    note = telling_note(
        t, NoteFacts(posted=posted, why=every_reason("Honey ")), now=NOW, limit=LONGEST_CAPTION
    )
    assert shown(note, limit=LONGEST_CAPTION).endswith("…")


def test_the_longest_that_is_told_fits(t: Translator, text: str) -> None:
    posted, why = make_posted(text), every_reason(text)
    posted.offer.category = "honey"
    shown(telling_note(t, NoteFacts(posted=posted, why=why), now=NOW))
    for limit in (LONGEST_TEXT, LONGEST_CAPTION):
        shown(telling_explained(t, posted, why, limit=limit), limit=limit)


@pytest.mark.parametrize("keeps_allowance", [True, False])
def test_what_it_spends_is_said_where_an_allowance_is_kept(keeps_allowance: bool) -> None:
    posted = make_posted("Honey")
    posted.group.keeps_allowance = keeps_allowance
    audience = Audience(people={n: [Reason.BOUGHT] for n in range(1, 7)}, members=12)
    page = pick_audience(Translator("en"), posted, audience, now=NOW)
    assert "with a chance of one in ten" in page.text
    assert ("spends at most 50% of a post" in page.text) is keeps_allowance
