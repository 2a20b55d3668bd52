"""What to post next, in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.i18n import LANGUAGES, Translator
from bot.rules.prospects import MOST_SHOWN, Answered, Forecast
from bot.rules.wishes import Wished, demand_of
from bot.services.prospects import Again, OfOthers, Prospects
from bot.services.wishes.sorting import NeedSeen
from bot.views.prospects import prospects_page
from storage.models import Group, Need

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
GROUP = Group(
    id=1,
    chat_id=-1,
    title="Honey <friends>",
    currency="EUR",
    time_zone="Europe/Berlin",
    language="en",
    created_at=NOW,
)
RANGE = Forecast(mean=9.0, low=6, high=14)
KNOWN = Prospects(
    picks=12,
    again=[
        Again(
            offer_id=key,
            origin_id=key,
            title=f"Honey {key} " + "x" * 200,
            rounds=[9, 12, 8, 7, 3],
            ended_at=NOW - timedelta(days=9),
            forecast=RANGE,
        )
        for key in range(MOST_SHOWN)
    ],
    new=Forecast(mean=2, low=2, high=2),
    answered=[Answered(told=20, ordered=9), Answered(told=11, ordered=8)],
    of_others=[
        OfOthers(
            listing_id=3,
            origin_id=3,
            title="Bread",
            supplier="Bakers",
            share_bps=800,
            groups=6,
            forecast=RANGE,
        )
    ],
)
MANGO = NeedSeen(
    need=Need(id=7, group_id=1, title="dried mango", created_at=NOW),
    wishes=[],
    demand=demand_of([Wished(person_id=1, quantity=2), Wished(person_id=2, quantity=1)], now=NOW),
)


def test_each_line_says_from_what_it_is_known() -> None:
    expected = {7: Forecast(mean=1.2, low=1, high=2)}
    page = prospects_page(Translator("en"), GROUP, KNOWN, [MANGO], of_wishes=expected, now=NOW)
    for part in (
        "<b>What to post next in Honey &lt;friends&gt;</b>",
        "From the last 12 picks here.",
        "Something new: 2 orders",
        "6–14 orders. Orders so far, the last first: 9, 12, 8, 7; ended",
        "<b>dried mango</b>: 2 people want it; of them 1–2 orders, as 17 of 31 did who were told before.",
        "<b>Bread</b> from Bakers: 6–14 orders, by what 6 other groups ordered; your group keeps 8%.",
    ):
        assert part in page.text
    texts = [button.text for row in page.buttons for button in row]
    assert len(texts) == MOST_SHOWN + 2
    assert texts[-2:] == ["Wish: dried mango", "Sell: Bread"]


def test_where_nothing_is_known_nothing_is_guessed() -> None:
    nothing = Prospects(picks=1, again=[], new=None, answered=[], of_others=[])
    page = prospects_page(Translator("en"), GROUP, nothing, [], of_wishes={}, now=NOW)
    assert "1 pick has ended here in the last year: too little to say how many orders to expect." in page.text
    assert "I try from 8 on." in page.text
    assert "Nothing comes to mind now, and nobody wishes" in page.text
    page = prospects_page(
        Translator("en"), GROUP, replace(nothing, some_rest=True), [], of_wishes={}, now=NOW
    )
    assert "what ended in the last seven days rests" in page.text
    page = prospects_page(Translator("en"), GROUP, nothing, [MANGO], of_wishes={}, now=NOW)
    assert "<b>dried mango</b>: 2 people want it." in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_into_a_message_in_every_language(language: str) -> None:
    page = prospects_page(Translator(language), GROUP, KNOWN, [MANGO] * 9, of_wishes={7: RANGE}, now=NOW)
    assert len(page.text) < 4096
    assert "{" not in page.text
