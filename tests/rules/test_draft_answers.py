"""What is typed at the steps of a draft."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import draft_errors, errors, pricing_errors
from bot.rules.draft_answers import Reading, answered, read_tiers, refused_file, with_photo, with_words
from bot.rules.drafts import DraftContent, DraftVariant
from bot.rules.pricing import TierPrice
from bot.team_errors import TeamNotCheaper, TeamSizeUnreadable, TeamWithTiers
from storage.states import DraftStep

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
READING = Reading(currency="EUR", now=NOW, time_zone="Europe/Berlin", language="en")
PRICED = DraftContent(title="Scarf", price_amount=1290, currency="EUR")


@pytest.mark.parametrize(
    ("step", "text", "changed"),
    [
        (DraftStep.TITLE, "  Wool\u202e scarf ", {"title": "Wool scarf"}),
        (DraftStep.WORDS, "Warm.\n\n Soft. ", {"words": "Warm.\nSoft."}),
        (DraftStep.PRICE, "€14", {"price_amount": 1400}),
        (DraftStep.VARIANTS, "20 jars", {"stock": 20, "unit": "jars"}),
        (DraftStep.STOCK, "20", {"stock": 20}),
        (DraftStep.STOCK, "-", {"stock": None}),
        (DraftStep.TIERS, "10: 11,90; 20: 9,90", {"tiers": (TierPrice(10, 1190), TierPrice(20, 990))}),
        (DraftStep.MINIMUM, "10", {"minimum_quantity": 10}),
        (DraftStep.LIMIT, " 3 ", {"limit_per_person": 3}),
        (DraftStep.TEAM, "9.90", {"team_price_amount": 990, "team_size": 2, "team_hours": 24}),
        (DraftStep.TEAM, "team of 3: 9.90", {"team_price_amount": 990, "team_size": 3, "team_hours": 24}),
        (DraftStep.MINIMUM, "min 10", {"minimum_quantity": 10}),
        (DraftStep.LIMIT, "max 2 each", {"limit_per_person": 2}),
        (DraftStep.TEAM, "9.90, 3, 48h", {"team_price_amount": 990, "team_size": 3, "team_hours": 48}),
        (DraftStep.DEADLINE, "till 20:00", {"closes_at": datetime(2026, 3, 2, 19, tzinfo=UTC)}),
        (DraftStep.START, "in 2h", {"opens_at": datetime(2026, 3, 2, 12, tzinfo=UTC)}),
    ],
)
def test_answers_become_part_of_the_draft(step: DraftStep, text: str, changed: dict[str, object]) -> None:
    assert answered(PRICED, step, text, READING) == replace(PRICED, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("step", "text", "refusal"),
    [
        (DraftStep.PHOTO, "words", draft_errors.PhotoNeeded),
        (DraftStep.PLACE, "there", draft_errors.ChoiceNeeded),
        (DraftStep.TITLE, "…", draft_errors.DraftTitleMissing),
        (DraftStep.TITLE, "x" * 101, draft_errors.DraftTitleTooLong),
        (DraftStep.WORDS, "x" * 601, errors.WordsTooLong),
        (DraftStep.PRICE, "free", draft_errors.DraftPriceUnreadable),
        (DraftStep.STOCK, "red 5", errors.StockUnreadable),
        (DraftStep.TIERS, "10: $9", pricing_errors.TierUnreadable),
        (DraftStep.TIERS, "10: cheap 9", pricing_errors.TierUnreadable),
        (DraftStep.TIERS, "cheaper", pricing_errors.TierUnreadable),
        (DraftStep.TIERS, "|", pricing_errors.TierUnreadable),
        (DraftStep.TIERS, "10: 13", pricing_errors.TierTooDear),
        (DraftStep.MINIMUM, "a lot", pricing_errors.MinimumUnreadable),
        (DraftStep.MINIMUM, "1", pricing_errors.MinimumUnreadable),
        (DraftStep.LIMIT, "none", pricing_errors.LimitUnreadable),
        (DraftStep.TEAM, "12.90", TeamNotCheaper),
        (DraftStep.TEAM, "9.90, 1", TeamSizeUnreadable),
        (DraftStep.TEAM, "$9, 2", draft_errors.TeamUnreadable),
        (DraftStep.TEAM, "cheap", draft_errors.TeamUnreadable),
        (DraftStep.TEAM, "", draft_errors.TeamUnreadable),
        (DraftStep.DEADLINE, "soonish", errors.DeadlineUnreadable),
        (DraftStep.START, "yesterday", errors.ShopError),
    ],
)
def test_what_cannot_be_read_is_refused(step: DraftStep, text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        answered(PRICED, step, text, READING)


@pytest.mark.parametrize("step", [DraftStep.TIERS, DraftStep.TEAM])
def test_what_is_compared_with_the_price_needs_one(step: DraftStep) -> None:
    with pytest.raises(draft_errors.PriceFirst):
        answered(DraftContent(), step, "10: 9.90", READING)


def test_tiers_and_a_team_price_exclude_each_other() -> None:
    with pytest.raises(TeamWithTiers):
        answered(replace(PRICED, tiers=(TierPrice(10, 1190),)), DraftStep.TEAM, "9.90", READING)
    with pytest.raises(TeamWithTiers):
        answered(replace(PRICED, team_price_amount=990), DraftStep.TIERS, "10: 11.90", READING)


def test_the_stock_of_several_kinds_is_set_by_kind() -> None:
    kinds = replace(PRICED, variants=(DraftVariant(name="S"), DraftVariant(name="M")))
    assert [v.stock for v in answered(kinds, DraftStep.STOCK, "S 4", READING).variants] == [4, None]


def test_tiers_stay_below_a_new_price_and_go_with_another_currency() -> None:
    tiered = replace(PRICED, tiers=(TierPrice(10, 1190),))
    with pytest.raises(pricing_errors.TierTooDear):
        answered(tiered, DraftStep.PRICE, "11", READING)
    assert answered(tiered, DraftStep.PRICE, "15", READING).tiers == tiered.tiers
    assert answered(tiered, DraftStep.PRICE, "15 USD", READING).tiers == ()


@pytest.mark.parametrize(
    "text", ["10 11.90, 20 9.90", "10+ 11.90\n20+ 9.90", "10:11.90,20:9.90", "from 10 €11.90, from 20 €9.90"]
)
def test_tiers_are_read_as_they_are_written(text: str) -> None:
    tiers = read_tiers(text, price_amount=1290, currency="EUR")
    assert tiers == (TierPrice(10, 1190), TierPrice(20, 990))


def test_photos_gather_up_to_ten() -> None:
    content = DraftContent()
    for number in range(10):
        content = with_photo(content, str(number), width=640, height=100, album_id="a")
    assert with_photo(content, "3", width=640, height=100, album_id="a") == content
    with pytest.raises(draft_errors.TooManyPhotos):
        with_photo(content, "x", width=640, height=100, album_id="a")
    with pytest.raises(draft_errors.PhotoTooSmall):
        with_photo(DraftContent(), "x", width=199, height=90, album_id=None)


def test_a_file_is_told_from_a_picture_sent_as_one() -> None:
    assert isinstance(refused_file("image/png"), draft_errors.PhotoAsFile)
    assert isinstance(refused_file("application/pdf"), draft_errors.PhotoNeeded)
    assert with_words(DraftContent(), "\u202e").words == ""


@given(st.sampled_from(list(DraftStep)), st.text(max_size=60))
def test_whatever_is_typed_is_taken_or_refused(step: DraftStep, text: str) -> None:
    try:
        answered(PRICED, step, text, READING)
    except errors.ShopError:
        return
