"""The wizard's screens hold whatever a draft holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.i18n import Translator
from bot.rules.drafts import STEPS, DraftContent, DraftPlace, DraftVariant, as_document
from bot.rules.pricing import TierPrice
from bot.rules.teams import Completion
from bot.views import drafts
from bot.views.cards import CardFacts
from bot.views.draft_steps import step_name
from bot.views.drafts import DraftFacts, draft_list, draft_screen
from bot.views.screens import LONGEST_TEXT, LONGEST_TOAST
from sandbox.entities import utf16_length
from storage.models import Draft, Group, PickupPoint, Topic
from storage.states import DraftStep, PickState
from tests.views.strange import NOW, TITLE, VARIANT, WORDS, long, make_posted, shown

LINK = "https://t.me/vouch_bot?start=new_1"
LONGEST_BUTTON = 20


def full(text: str) -> DraftContent:
    """A draft in which all is set, as long as it may be."""
    kinds = [
        DraftVariant(name=long(text, VARIANT - 2) + str(n), stock=5, options=(text, text)) for n in range(50)
    ]
    return DraftContent(
        title=long(text, TITLE),
        words=long(text, WORDS),
        photo_ids=("a", "b"),
        price_amount=1290,
        currency="EUR",
        option_names=("Size", "Colour"),
        variants=tuple(kinds),
        tiers=tuple(TierPrice(n * 100, 1200 - n) for n in range(1, 7)),
        minimum_quantity=1_000_000,
        limit_per_person=1_000_000,
        team_price_amount=990,
        team_size=100,
        team_hours=168,
        closes_at=NOW + timedelta(days=400),
        opens_at=NOW + timedelta(days=1),
        places=tuple(DraftPlace(group_id=n, topic_id=5) for n in range(1, 41)),
        point_ids=tuple(range(1, 31)),
    )


def facts(text: str, content: DraftContent, step: DraftStep) -> DraftFacts:
    """The draft with many groups, topics and points."""
    one = make_posted(text).group
    groups = [Group(**{**one.model_dump(), "id": n, "is_forum": True}) for n in range(1, 121)]
    topics = [Topic(group_id=1, topic_id=n, name=long(text, 128)) for n in range(2, 32)]
    points = [PickupPoint(id=n, group_id=1, name=long(text, 40)) for n in range(1, 61)]
    draft = Draft(
        id=2**50, person_id=1, step=step, content=as_document(content), created_at=NOW, updated_at=NOW
    )
    return DraftFacts(
        draft=draft,
        content=content,
        groups=groups,
        topics=dict.fromkeys((1, 2, 3, 4), topics),
        points=points,
        chance=Completion(filled=9, settled=10, least_percent=50, most_percent=90),
    )


@pytest.mark.parametrize("step", [*STEPS, DraftStep.HOME, DraftStep.DELETED])
def test_each_screen_of_a_full_draft(t: Translator, text: str, step: DraftStep) -> None:
    shown(draft_screen(t, facts(text, full(text), step), now=NOW))


@pytest.mark.parametrize("step", [*STEPS, DraftStep.HOME])
def test_each_screen_of_an_empty_draft(t: Translator, step: DraftStep) -> None:
    empty = replace(facts("Tea", DraftContent(is_guided=True), step), topics={}, points=(), groups=())
    shown(draft_screen(t, empty, now=NOW))
    stocked = replace(empty, content=DraftContent(stock=5, unit="jars", runs_hours=48))
    shown(draft_screen(t, stocked, now=NOW))


@pytest.mark.parametrize("state", [PickState.LIVE, PickState.SCHEDULED])
def test_a_posted_draft_says_where_it_is(t: Translator, text: str, state: PickState) -> None:
    posted = make_posted(text, state=state)
    shown(draft_screen(t, replace(facts(text, full(text), DraftStep.HOME), posted=posted), now=NOW))


def test_the_list_of_drafts(t: Translator, text: str) -> None:
    draft = facts(text, full(text), DraftStep.HOME).draft
    shown(draft_list(t, [draft] * 30, deleted=draft))
    shown(draft_list(t, []))


def test_the_preview_and_what_is_said_around_it(t: Translator, text: str) -> None:
    card = CardFacts(posted=make_posted(text, variants=50))
    preview = drafts.preview_card(t, card, draft_id=2**50, now=NOW, limit=LONGEST_TEXT)
    shown(preview)
    assert len({button.data for row in preview.buttons for button in row}) == 1
    shown(drafts.make_in_private(t, link=LINK))
    shown(drafts.copy_in_private(t, number=1, link=LINK))
    assert drafts.words_not_kept(t)
    for toast in (drafts.preview_explained(t), drafts.draft_posted(t, number=10**6, is_scheduled=False)):
        assert utf16_length(toast) <= LONGEST_TOAST
    assert utf16_length(drafts.draft_posted(t, number=10**6, is_scheduled=True)) <= LONGEST_TOAST


def test_the_names_of_steps_fit_on_buttons(t: Translator) -> None:
    for step in STEPS:
        assert len(t("✓ {choice}", choice=step_name(t, step))) <= LONGEST_BUTTON
