"""Whatever an offer and its groups are called, the market's pages fit into a message, in every language."""

from datetime import timedelta

import pytest

from bot.i18n import Translator
from bot.rules.listings import MOST_GROUPS, MOST_PIECES, MOST_SHARE_BPS, MarketOrder, Terms
from bot.rules.scores import Score
from bot.services.listings import A_PAGE, ListingSeen, MarketPage, Standing
from bot.services.reviews import OfferReviews
from bot.views.listing_market import ListingFacts, categories_page, listing_page, market_page
from bot.views.listings import end_question, own_listing_page, terms_page
from storage.models import Listing
from storage.repositories.carryings import Carrier
from storage.repositories.cases import Disputes
from storage.repositories.listings import Fulfilled
from storage.repositories.picks import PostedPick
from storage.repositories.review_pages import SaidReview, Verdicts
from storage.states import PickState
from tests.views.strange import GROUP, NAME, NOW, long, make_posted, shown

HARD = Terms(
    share_bps=MOST_SHARE_BPS,
    opens_at=NOW + timedelta(days=3),
    groups_limit=MOST_GROUPS,
    pieces_limit=MOST_PIECES,
)
KNOWN = Standing(
    verdicts=(Verdicts(10**6, 4.7, 10**6), Verdicts(10**6, 4.7, 10**6)),
    disputes=Disputes(10**6, 10**7),
    fulfilled=Fulfilled(10**7, 10**6),
)
UNKNOWN = Standing(verdicts=(Verdicts(), Verdicts()), disputes=Disputes(0, 0), fulfilled=Fulfilled(0, 4))


def make_seen(posted: PostedPick, standing: Standing) -> ListingSeen:
    listing = Listing(
        id=2**62,
        pick_id=2**62,
        offer_id=2,
        group_id=1,
        share_bps=HARD.share_bps,
        opens_at=NOW + timedelta(days=3),
        groups_limit=MOST_GROUPS,
        pieces_limit=MOST_PIECES,
        created_at=NOW,
    )
    return ListingSeen(listing=listing, posted=posted, carriers=MOST_GROUPS - 1, standing=standing)


def make_review(text: str) -> SaidReview:
    return SaidReview(
        id=1,
        person_id=1,
        group_id=1,
        kind="",
        stars=5,
        words=long(text, 4096),
        photo_ids=(),
        would_again=True,
        helpful_count=3,
        bought_at=NOW,
        created_at=NOW,
        edited_at=None,
    )


@pytest.mark.parametrize("standing", [KNOWN, UNKNOWN], ids=["known", "unknown"])
def test_the_market_fits(t: Translator, text: str, standing: Standing) -> None:
    posted = make_posted(text, variants=20, photo=True, words=long(text, 4096))
    seen = make_seen(posted, standing)
    found = MarketPage(
        listings=[seen] * A_PAGE,
        order=MarketOrder.RATING,
        category=long("k", 30),
        page=999_998,
        has_more=True,
    )
    shown(market_page(t, posted.group, found, tiers={}, now=NOW))
    kind = critical = make_review(text)
    here, elsewhere = standing.verdicts
    facts = ListingFacts(
        seen=seen,
        tiers=(),
        curator=long(text, NAME),
        score=Score(bps=9999, orders=200, disputed=3, hours=12.0),
        reviews=OfferReviews(here=here, elsewhere=elsewhere, kind=kind, critical=critical),
        sold_before=10**9,
    )
    shown(listing_page(t, posted.group, facts, now=NOW))


def test_what_a_supplier_reads_fits(t: Translator, text: str) -> None:
    posted = make_posted(text)
    carrier = Carrier(
        pick_id=1,
        group_id=1,
        group=long(text, GROUP),
        number=1,
        state=PickState.LIVE,
        share_bps=HARD.share_bps,
        orders=10**6,
        quantity=10**9,
        ended_at=None,
    )
    shown(terms_page(t, posted, HARD, carriers=1000, now=NOW))
    shown(own_listing_page(t, posted, HARD, [carrier] * 1000, now=NOW))
    shown(end_question(t, posted, carriers=1000))
    names: dict[str | None, int] = {f"{n}{long('k', 27)}": 5 for n in range(200)}
    shown(categories_page(t, posted.group, names, MarketOrder.SHARE))


def test_nothing_is_said_of_few(t: Translator) -> None:
    posted = make_posted()
    found = MarketPage(
        listings=[make_seen(posted, UNKNOWN)], order=MarketOrder.RATING, category=None, page=0, has_more=False
    )
    page = shown(market_page(t, posted.group, found, tiers={}, now=NOW))
    assert t("Not enough reviews yet.") in page
    assert "★" not in page
