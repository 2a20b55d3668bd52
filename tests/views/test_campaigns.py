"""Campaigns in words: whatever was written, in every state, short enough for where it stands."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from bot.i18n import Translator
from bot.rules.campaigns import LONGEST_WORDS, SIZES, Audience, Hindrance
from bot.services.campaigns.drafting import Reached
from bot.services.campaigns.running import Progress, Results
from bot.views import campaign_posts, campaign_results, campaigns
from bot.views.screens import LONGEST_CAPTION, Screen, shortened
from bot.views.spreadsheets import as_xlsx
from storage.models import Campaign, Promotion
from storage.repositories.campaign_posts import Place
from storage.repositories.campaign_results import GroupResult
from storage.states import CampaignPostState, CampaignState, PromotionKind, PromotionState
from tests.views.strange import GROUP, NOW, long, shown

EN = Translator("en")
LINK = "https://t.me/vouch_bot?start=c-0123456789ab-1"


def make_campaign(text: str = "Honey week", state: CampaignState = CampaignState.DRAFT) -> Campaign:
    return Campaign(
        id=2**62,
        token="0123456789ab",
        title=long(text, 40),
        words=shortened(long(text, LONGEST_WORDS), LONGEST_WORDS),
        photo_id="photo",
        audience=Audience().kept(),
        state=state,
        created_at=NOW,
        created_by_id=1,
        launched_at=None if state is CampaignState.DRAFT else NOW,
        ended_at=NOW if state in (CampaignState.DONE, CampaignState.STOPPED) else None,
    )


def make_promotion(text: str = "Harvest") -> Promotion:
    return Promotion(
        id=2**62,
        in_all_groups=True,
        title=long(text, 60),
        kind=PromotionKind.AMOUNT,
        amount=9_999_999_999,
        state=PromotionState.ACTIVE,
        currency="KWD",
        by_coupon=True,
        first_order_only=True,
        minimum_amount=9_999_999_999,
        minimum_quantity=1_000,
        uses_per_person=99,
        starts_at=NOW + timedelta(days=1),
        ends_at=NOW + timedelta(days=400),
        created_at=NOW,
    )


def make_progress(
    text: str = "Honey week", state: CampaignState = CampaignState.RUNNING, *, announces: bool = True
) -> Progress:
    return Progress(
        campaign=make_campaign(text, state),
        promotion=make_promotion(text) if announces else None,
        counts=dict.fromkeys(CampaignPostState, 10_000),
        left_out=dict.fromkeys(map(str, Hindrance), 2_000),
        refused={long(text, 200): 9_999, "Bad Request: not enough rights": 1},
        next_due=NOW + timedelta(hours=9),
        results=Results(opens=1_234_567, joined=12, orders=3, discount_amount=200),
    )


@pytest.mark.parametrize("announces", [True, False])
def test_a_post_fits_under_a_photo(t: Translator, text: str, announces: bool) -> None:
    promotion = make_promotion(text) if announces else None
    screen = campaign_posts.campaign_post(
        t, make_campaign(text), promotion, link=LINK, time_zone="Asia/Tokyo", now=NOW
    )
    assert text.strip()[:5] in shown(screen, limit=LONGEST_CAPTION)
    picks = Screen(text=EN.html("There are none yet."))
    where = {"group": long(text, GROUP), "time_zone": "UTC", "now": NOW}
    shown(campaign_posts.opened(t, promotion, picks, **where))  # type: ignore[arg-type]
    for url in (None, LINK):
        shown(campaign_posts.outside(t, promotion, url=url, **where))  # type: ignore[arg-type]


def test_a_campaign_is_made_step_by_step(t: Translator, text: str) -> None:
    drafted = campaigns.Drafted(
        campaign=make_campaign(text), promotion=make_promotion(text), reached=Reached(groups=10_000, quiet=21)
    )
    empty = replace(
        drafted,
        campaign=Campaign(**{**drafted.campaign.model_dump(), "words": "", "title": "", "photo_id": None}),
        promotion=None,
        reached=Reached(groups=0, quiet=0),
    )
    listed = [drafted.campaign, empty.campaign] * 4
    shown(campaigns.campaign_list(t, listed, page=3, has_more=True))
    shown(campaigns.campaign_list(t, [], page=0, has_more=False))
    for each in (drafted, empty):
        shown(campaigns.campaign_draft(t, each, now=NOW))
        shown(campaigns.choose_groups(t, each, dict.fromkeys(["en", "ru", "es", "zh_CN"], 2_500)))
        shown(campaigns.choose_promotion(t, each.campaign, [make_promotion(text)] * 20))
    shown(campaigns.confirm_launch(t, drafted))
    shown(campaigns.confirm_stop(t, drafted.campaign))
    for ask in (campaigns.ask_words, campaigns.ask_photo, campaigns.ask_groups):
        shown(ask(t, 2**62))


def test_how_far_it_has_come(t: Translator, text: str) -> None:
    launched = [state for state in CampaignState if state is not CampaignState.DRAFT]
    for state, announces in product(launched, [True, False]):
        progress = make_progress(text, state, announces=announces)
        page = shown(campaign_results.campaign_progress(t, progress, now=NOW))
        assert t.number(1_234_567) in page
        shown(campaign_results.done_notice(t, progress, now=NOW))
        shown(campaign_results.chart_caption(t, progress.campaign))
    shown(campaign_results.chart_missing(t))


def test_results_are_exact() -> None:
    page = shown(campaign_results.campaign_progress(EN, make_progress(), now=NOW))
    for line in (
        "Sent: 10,000 of 70,000",
        "On their way: 20,000",
        "Waiting for a free slot, or for the end of their quiet hours: 10,000, "
        "the first until Mon 2 Mar, 21:00 (UTC)",
        "Unclear: 10,000",
        "Left out: 12,000 (I am no longer there: 2,000; it takes no campaigns: 2,000; "
        "stopped before its turn: 2,000; …)",
        "Discount spent: KWD\u00a00.200",
        "Discount per order: KWD\u00a00.067",
    ):
        assert line in page


def test_what_can_be_done_is_on_buttons() -> None:
    def words(state: CampaignState) -> set[str]:
        screen = campaign_results.campaign_progress(EN, make_progress(state=state), now=NOW)
        return {button.text for row in screen.buttons for button in row}

    mending = {"Unclear: 10,000", "Try the refused again"}
    always = {"Refresh", "Chart", "Table", "‹ All campaigns"}
    assert words(CampaignState.RUNNING) == {"Pause", "Stop…"} | mending | always
    assert words(CampaignState.PAUSED) == {"Go on", "Stop…"} | mending | always
    assert words(CampaignState.DONE) == mending | always
    assert words(CampaignState.STOPPED) == {"Unclear: 10,000"} | always


def test_what_is_unclear_is_asked_group_by_group(t: Translator, text: str) -> None:
    place = Place(
        campaign_id=2**62,
        group_id=2**62,
        state=CampaignPostState.UNCLEAR,
        due_at=NOW,
        failure=Hindrance.INTERRUPTED.value,
        chat_id=-1,
        title=long(text, GROUP),
        username=None,
        language="en",
        time_zone="UTC",
        quiet_from=0,
        quiet_until=0,
        is_active=True,
        takes_campaigns=True,
    )
    most = [place] * campaign_results.MOST_UNCLEAR
    shown(campaign_results.unclear_posts(t, make_campaign(text), most, total=9_999))
    shown(campaign_results.unclear_posts(t, make_campaign(text), [], total=0))


def test_results_make_a_table(t: Translator, text: str) -> None:
    rows = [
        GroupResult(
            group_id=n,
            title=long(text, GROUP),
            username=None,
            state=state,
            failure=long(text, 200) if state is CampaignPostState.FAILED else None,
            sent_at=NOW if state is CampaignPostState.SENT else None,
            opens=n,
            joined=0,
            orders=n,
            discount_amount=n * 100,
        )
        for n, state in enumerate(CampaignPostState)
    ]
    for announces in (True, False):
        progress = make_progress(text, announces=announces)
        assert as_xlsx(campaign_results.results_book(t, progress, rows)).startswith(b"PK")


def test_results_make_a_chart() -> None:
    t = Translator("zh_CN")
    hours = [NOW + timedelta(hours=n) for n in range(0, 24 * 40, 5)]
    data = campaign_results.chart_data(t, make_progress("蜂蜜🍯"), opened_at=hours, ordered_at=hours[:9])
    assert len(data["days"]) == campaign_results.MOST_DAYS
    assert data["days"][0][1:] == [3, 3]


def test_the_sizes_begin_with_any() -> None:
    assert SIZES[0] == 0


def test_a_link_that_is_opened_late_says_that_it_is_late() -> None:
    promotion = make_promotion()
    where = {"group": "Tea", "url": None, "time_zone": "UTC"}

    def said(days: int) -> str:
        screen = campaign_posts.outside(EN, promotion, now=NOW + timedelta(days=days), **where)  # type: ignore[arg-type]
        return shown(screen)

    assert "is over" not in said(399)
    assert "This promotion is over." in said(400)
    promotion.uses_limit = promotion.used_count = 3
    assert "This promotion is used up." in said(2)
