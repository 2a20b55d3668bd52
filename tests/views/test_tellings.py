"""Whom a pick would be told, in words."""

import pytest

from bot.i18n import Translator
from bot.rules.tellings import Reason
from bot.services.tellings.telling import Audience
from bot.views.tellings import pick_audience
from tests.views.strange import NOW, make_posted


@pytest.mark.parametrize("keeps_allowance", [True, False])
def test_what_it_spends_is_said_where_an_allowance_is_kept(keeps_allowance: bool) -> None:
    posted = make_posted("Honey")
    posted.group.keeps_allowance = keeps_allowance
    audience = Audience(people={n: [Reason.BOUGHT] for n in range(1, 7)}, members=12)
    page = pick_audience(Translator("en"), posted, audience, now=NOW)
    assert "with a chance of one in ten" in page.text
    assert ("spends at most 50% of a post" in page.text) is keeps_allowance
