"""What is said of tellings: shares of people, whether they differ, and nothing of a few."""

import pytest

from bot.i18n import LANGUAGES, Translator
from bot.rules.statistic_shares import Share
from bot.services.statistics import Tellings
from bot.views.manage import managed_pick
from bot.views.telling_results import telling_notes, telling_shares, telling_verdict
from storage.models import Telling
from tests.views.strange import NOW, make_posted

EN = Translator("en")


def tellings(told: tuple[int, int], held: tuple[int, int], *, to_count: int = 0) -> Tellings:
    return Tellings(
        told=Share(part=told[0], whole=told[1]),
        held=Share(part=held[0], whole=held[1]),
        counted=4,
        to_count=to_count,
    )


def test_both_shares_are_named_with_their_people() -> None:
    found = [(name, words) for name, _, words in telling_shares(EN, tellings((31, 214), (2, 25)))]
    assert found == [
        ("Were told", "31 of 214 ordered (14%)"),
        ("Were left out by lot", "2 of 25 ordered (8%)"),
    ]


@pytest.mark.parametrize(
    ("told", "held", "words"),
    [
        ((31, 214), (2, 25), "-11 to +14 percentage points: that may be chance."),
        ((80, 214), (1, 25), "more of those who are told order"),
        ((2, 214), (10, 25), "fewer of those who are told order"),
        ((310, 3_000), (25, 330), "-0.8 to +5 percentage points"),
    ],
)
def test_the_difference_is_told_with_its_range(
    told: tuple[int, int], held: tuple[int, int], words: str
) -> None:
    assert words in telling_verdict(EN, tellings(told, held))


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_too_few_only_that_is_said(language: str) -> None:
    t, few = Translator(language), tellings((8, 41), (1, 4), to_count=1)
    assert telling_shares(t, few) == ()
    said = telling_verdict(t, few)
    assert "41" in said
    assert "4" in said
    assert "8" not in said, "whoever knows these people could tell who ordered without being told"
    assert len(telling_notes(t, few)) == 3


def test_on_a_picks_page_stands_to_how_many_it_was_told() -> None:
    telling = Telling(pick_id=1, group_id=1, begun_at=NOW, member_count=300, told_count=34, held_count=3)
    posted = make_posted("Honey")
    page = managed_pick(EN, posted, beside=[posted.pick], telling=telling, now=NOW).text
    assert "Told personally to 34 members; left out by lot: 3." in page
    assert "Told personally" not in managed_pick(EN, posted, beside=[posted.pick], now=NOW).text
